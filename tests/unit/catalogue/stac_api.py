"""A STAC API that a test bends to its will: pages over a list of items, on a scripted server."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Catalogue, Collection, Licence, Profile, Storage
from tests.support.scripted import Answer, Seen, as_json

CLASSES = "https://api.stacspec.org/v1.0.0/"
CORE = [CLASSES + x for x in ("core", "collections", "item-search")]
SORT, QUERY = CLASSES + "item-search#sort", CLASSES + "item-search#query"
FILTER = [
    CLASSES + "item-search#filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
]

ITEM: dict[str, Any] = {
    "type": "Feature",
    "stac_version": "1.1.0",
    "id": "SPOT7_MS_201805051026429_SPOT7_P_201805051026429_1",
    "collection": "spot-6-7-drs",
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[-1, 43], [0, 43], [0, 44], [-1, 44], [-1, 43]]],
    },
    "bbox": [-1, 43, 0, 44],
    "properties": {
        "datetime": "2018-05-05T10:26:42.9Z",
        "created": "2019-01-01T00:00:00Z",
        "platform": "spot-7",
        "constellation": "spot",
        "instruments": ["naomi"],
        "gsd": 1.5,
        "eo:cloud_cover": 4.5,
        "view:incidence_angle": -12.5,
        "proj:code": "EPSG:2154",
        "proj:shape": [100, 100],
        "proj:transform": [6, 0, 400000, 0, -6, 6200000],
        "proj:bbox": [400000, 6200000, 400600, 6200600],
        "product:type": "PMS",
        "license": "spot67",
    },
    "links": [
        {"rel": "self", "href": "{root}/stac/collections/spot-6-7-drs/items/1"},
        {"rel": "license", "href": "https://example.org/licence"},
    ],
    "assets": {
        "src_xs": {
            "href": "{root}/storage/spot/1/xs.tif",
            "type": "image/tiff; application=geotiff; profile=cloud-optimized",
            "roles": ["data"],
            "gsd": 6,
            "file:size": 1234,
            "bands": [
                {"name": f"b{i}", "eo:common_name": c}
                for i, c in enumerate(["red", "green", "blue", "nir"])
            ],
        },
        "src_pan": {
            "href": "../../../../storage/spot/1/pan.tif",
            "type": "image/tiff; application=geotiff",
            "roles": ["data"],
            "gsd": 1.5,
            "bands": [{"eo:common_name": "pan"}],
        },
        "thumbnail": {
            "href": "{root}/storage/spot/1/thumb.jpg",
            "type": "image/jpeg",
            "roles": ["thumbnail"],
        },
    },
}


def make_item(number: int = 1, **properties: Any) -> dict[str, Any]:
    """A complete item; a property given as None is removed."""
    item = copy.deepcopy(ITEM)
    item["id"] = f"SPOT7_{number:05d}"
    item["properties"].update(properties)
    item["properties"] = {k: v for k, v in item["properties"].items() if v is not None}
    return item


def make_profile(
    *roots: str, page_size: int = 10, kind: str = "stac", signed_in: bool = False, **options: Any
) -> Profile:
    """A profile with one catalogue a root: ``c0``, ``c1``…"""
    spot = Collection(
        "spot-6-7-drs",
        "SPOT 6/7",
        "SPOT 6/7",
        "spot67",
        "© Airbus DS {year}",
        ("src_xs", "src_pan"),
        "src_pan",
    )
    pleiades = Collection(
        "pleiades-drs", "Pléiades", "Pléiades", "pleiades", "© CNES {year}, Distribution Airbus DS"
    )
    return Profile(
        id="essai",
        title="Essai",
        licences=(
            Licence("spot67", "SPOT", "https://example.org/licence"),
            Licence("pleiades", "Pléiades", "https://example.org/licence"),
            Licence("crise", "Crise", "https://example.org/crise"),
            Licence("etalab-2.0", "Licence Ouverte", "https://example.org/etalab/", open=True),
        ),
        storage=Storage(tuple(urlsplit(r).netloc for r in roots)),
        catalogues=tuple(
            Catalogue(
                f"c{i}",
                f"Catalogue {i}",
                kind,
                f"{r}/stac",
                (spot, pleiades),
                signed_in,
                page_size,
                options,
            )
            for i, r in enumerate(roots)
        ),
    )


def make_http(**options: Any) -> Http:
    return Http("tests", **{"retries": 2, "backoff": 0.01, "timeout": (2.0, 5.0), **options})


class StacApi:
    """``api(seen)`` answers landing page and search; ``items`` is what it has, ``before`` may
    answer in its place.
    """

    def __init__(
        self, items: list[Any], conforms: Any = None, methods: tuple[str, ...] = ("GET", "POST")
    ) -> None:
        self.items = items
        self.conforms = CORE if conforms is None else conforms
        self.methods = methods
        self.count_total = False
        self.searches: list[Seen] = []
        self.before: Any = None

    def __call__(self, seen: Seen) -> Answer:
        root = f"http://{seen.headers['host']}"
        if self.before is not None:
            answer = self.before(seen)
            if answer is not None:
                return answer  # type: ignore[no-any-return]
        path = urlsplit(seen.path)
        if path.path == "/stac":
            links = [
                {"rel": "search", "href": f"{root}/stac/search", "method": m} for m in self.methods
            ]
            return as_json(
                {"type": "Catalog", "id": "x", "conformsTo": self.conforms, "links": links}
            )
        if path.path != "/stac/search":
            return as_json({"detail": "not found"}, 404)
        self.searches.append(seen)
        asked = (
            seen.json()
            if seen.method == "POST"
            else {k: v[0] for k, v in parse_qs(path.query).items()}
        )
        start, limit = int(asked.get("token") or 0), int(asked.get("limit") or 10)
        page: dict[str, Any] = {
            "type": "FeatureCollection",
            "features": self.items[start : start + limit],
            "links": [],
        }
        if self.count_total:
            page["numberMatched"] = len(self.items)
        if start + limit < len(self.items):
            page["links"] = [self.next_link(root, seen, asked, start + limit)]
        return as_json(page)

    def next_link(self, root: str, seen: Seen, asked: Any, start: int) -> dict[str, Any]:
        if seen.method == "POST":
            body = {"token": str(start)}
            return {
                "rel": "next",
                "href": f"{root}/stac/search",
                "method": "POST",
                "merge": True,
                "body": body,
            }
        return {"rel": "next", "href": f"search?limit={asked.get('limit')}&token={start}"}
