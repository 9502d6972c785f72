"""What can be ordered at the training service, in STAPI terms, and the rules it holds an order
to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dinamis_qgis.sandbox.world import PLEIADES, SPOT

STAPI_VERSION = "0.1.0"
MODES = ("mono", "stereo", "tristereo")


@dataclass(frozen=True)
class OrderRules:
    """Limits of a product: km², km, days, percent, degrees.

    Indicative figures, the same as the training profile's.
    """

    min_area: float
    max_area: float
    min_width: float
    max_vertices: int = 999
    min_days: int = 30
    max_days: int = 366
    min_cloud: float = 10.0
    max_incidence: float = 30.0


@dataclass(frozen=True)
class OrderableProduct:
    """One product that can be ordered."""

    id: str
    title: str
    description: str
    collection: str
    licence: str
    platforms: tuple[str, str]
    rules: OrderRules
    keywords: tuple[str, ...]

    def queryables(self) -> dict[str, Any]:
        """JSON schema of what an order's ``filter`` may speak of."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{self.id} queryables",
            "type": "object",
            "properties": {
                "eo:cloud_cover": {
                    "title": "Cloud cover",
                    "description": "Highest acceptable cloud cover, %.",
                    "type": "number",
                    "minimum": self.rules.min_cloud,
                    "maximum": 100,
                },
                "view:incidence_angle": {
                    "title": "Incidence angle",
                    "description": "Highest acceptable incidence angle, degrees.",
                    "type": "number",
                    "minimum": 0,
                    "maximum": self.rules.max_incidence,
                },
            },
            "additionalProperties": False,
        }

    def order_parameters(self) -> dict[str, Any]:
        """JSON schema of an order's ``order_parameters``; anything else is refused."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{self.id} order parameters",
            "type": "object",
            "properties": {
                "mode": {
                    "title": "Acquisition mode",
                    "type": "string",
                    "enum": list(MODES),
                    "default": "mono",
                },
                "title": {"title": "Title", "type": "string", "maxLength": 200},
                "purpose": {"title": "Purpose", "type": "string", "maxLength": 2000},
                "client_reference": {
                    "title": "Client reference",
                    "type": "string",
                    "maxLength": 200,
                    "description": "The client's own reference, given back with the order, so "
                    "that a client can find what it sent.",
                },
            },
            "additionalProperties": False,
        }

    def document(self, base: str) -> dict[str, Any]:
        """The product as served under ``base`` (``…/stapi``)."""
        home = f"{base}/products/{self.id}"
        return {
            "type": "Collection",
            "stapi_type": "Product",
            "stapi_version": STAPI_VERSION,
            "id": self.id,
            "title": self.title,
            "conformsTo": [
                "https://geojson.org/schema/Polygon.json",
                f"https://stapi.example.com/v{STAPI_VERSION}/opportunities",
            ],
            "description": self.description,
            "keywords": list(self.keywords),
            "license": "other",
            "providers": [
                {
                    "name": "Service de formation DINAMIS",
                    "description": "Programmation imaginaire, pour la formation.",
                    "roles": ["licensor", "producer", "host"],
                    "url": "https://dinamis.data-terra.org/",
                }
            ],
            "links": [
                {"rel": "self", "type": "application/json", "href": home},
                {"rel": "conformance", "type": "application/json", "href": f"{home}/conformance"},
                {"rel": "queryables", "type": "application/json", "href": f"{home}/queryables"},
                {
                    "rel": "order-parameters",
                    "type": "application/json",
                    "href": f"{home}/order-parameters",
                },
                {
                    "rel": "create-order",
                    "type": "application/json",
                    "href": f"{home}/orders",
                    "method": "POST",
                },
                {
                    "rel": "opportunities",
                    "type": "application/json",
                    "href": f"{home}/opportunities",
                },
            ],
        }


PRODUCTS: dict[str, OrderableProduct] = {
    p.id: p
    for p in (
        OrderableProduct(
            "pleiades-programmation",
            "Programmation Pléiades",
            "Nouvelle acquisition Pléiades : panchromatique 0,5 m, multispectral 2 m.",
            PLEIADES,
            "pleiades",
            ("pleiades-1a", "pleiades-1b"),
            OrderRules(100, 5000, 5),
            ("Pléiades", "programmation"),
        ),
        OrderableProduct(
            "spot-programmation",
            "Programmation SPOT 6/7",
            "Nouvelle acquisition SPOT 6/7 : panchromatique 1,5 m, multispectral 6 m.",
            SPOT,
            "spot67",
            ("spot-6", "spot-7"),
            OrderRules(500, 20000, 10),
            ("SPOT", "programmation"),
        ),
    )
}
