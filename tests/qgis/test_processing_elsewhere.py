"""Products of other catalogues in ``dinamis:downloadproducts``: why each is left out, and where it
is to be had.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Asset, Product, TiledLayer
from dinamis_qgis.processing.downloadproducts import _downloads_to_queue
from tests.support.catalogues import dinamis_profile
from tests.support.found import layer_of


class Heard(QgsProcessingFeedback):
    """What a person reads."""

    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 (QGIS)
        self.lines.append(error)


def test_each_says_why_and_where(qgis_app: Any) -> None:
    layer = TiledLayer("https://wmts.example/wmts", "ORTHO.2020", "normal", "PM", "image/jpeg")
    tiles = Asset("wmts", layer.url, "application/vnd.ogc.wmts_xml", ("visual",), layer=layer)
    archive = Asset(
        "scene.zip",
        "https://geodes-portal.cnes.fr/api/download/scene.zip",
        "application/zip",
        ("data",),
    )
    products = [
        Product(
            "dinamis",
            "openspot",
            "openspot",
            "2020_MS:7",
            None,
            page="https://openspot.example/scene",
        ),
        Product(
            "dinamis",
            "geoplateforme",
            "ortho-sat-spot",
            "ORTHO.2020",
            None,
            assets=(tiles,),
            page="https://x.example/",
        ),
        Product("dinamis", "geodes", "SWH_SPOT5_L1", "S5", None, assets=(archive,)),
    ]
    found = layer_of(products, Holding.OPEN)
    heard, house = Heard(), SimpleNamespace(profile=dinamis_profile("http://127.0.0.1:9"))
    asks, failed = _downloads_to_queue(found, QgsProcessingContext(), house, [], None, heard)  # type: ignore[arg-type]
    assert failed == 2 and [ask.asset.key for ask in asks] == ["scene.zip"]
    first, second = heard.lines
    assert (
        first.startswith("2020_MS:7: ")
        and "own site" in first
        and "https://openspot.example/scene" in first
    )
    assert second.startswith("ORTHO.2020: ") and "map service" in second
