"""Items as products: complete ones, old ones, and everything a service may get wrong."""

from __future__ import annotations

import copy
import itertools
import json
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.filters import product_matches
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.catalogue.platforms import constellation_of, mode_of, platform_label
from dinamis_qgis.core.catalogue.saved import query_from_json, query_to_json
from dinamis_qgis.core.json_values import related_links
from tests.unit.catalogue.stac_api import ITEM, make_item, make_profile

ROOT = "http://127.0.0.1:8000"


def product(item: Any) -> Product:
    profile = make_profile(ROOT)
    return product_from_item(
        json.loads(json.dumps(item).replace("{root}", ROOT)), profile, profile.catalogues[0]
    )


def read(**changes: Any) -> Product:
    return product({**ITEM, **changes})


def test_complete_item() -> None:
    found = product(ITEM)
    assert found.key == (
        "essai",
        "c0",
        "spot-6-7-drs",
        "SPOT7_MS_201805051026429_SPOT7_P_201805051026429_1",
    )
    assert found.datetime == datetime(2018, 5, 5, 10, 26, 42, 900000, timezone.utc)
    assert (found.constellation, found.platform, found.mode) == ("SPOT 6/7", "spot-7", "PMS")
    assert (found.gsd, found.cloud_cover, found.incidence, found.epsg) == (1.5, 4.5, 12.5, 2154)
    assert (found.licence, found.credit) == ("spot67", "© Airbus DS 2018")
    assert found.footprint is not None and found.footprint.bounds == (-1, 43, 0, 44)
    assert found.thumbnail == f"{ROOT}/storage/spot/1/thumb.jpg"
    xs, pan, _ = found.assets
    assert (xs.bands, xs.size, xs.gsd) == (("red", "green", "blue", "nir"), 1234, 6)
    assert pan.href == f"{ROOT}/storage/spot/1/pan.tif", "relative to the item's own address"
    assert [a.key for a in found.data_assets()] == ["src_xs", "src_pan"]


def test_stac_1_0_words() -> None:
    item = copy.deepcopy(ITEM)
    item["stac_version"] = "1.0.0"
    properties = item["properties"]
    del properties["proj:code"]
    properties["proj:epsg"] = 32630
    asset = item["assets"]["src_xs"]
    asset["eo:bands"] = [
        {"name": "B0", "common_name": "blue"},
        {"name": "B1", "common_name": "red"},
    ]
    del asset["bands"]
    found = product(item)
    assert found.epsg == 32630
    assert found.assets[0].bands == ("blue", "red")


def test_crs_may_be_an_assets() -> None:
    item = make_item(**{"proj:code": None})
    item["assets"]["src_xs"]["proj:code"] = "EPSG:5490"
    assert product(item).epsg == 5490


def test_acquisition_is_start_datetime_when_datetime_is_null() -> None:
    item = make_item(start_datetime="2020-02-03T10:00:00+02:00")
    item["properties"]["datetime"] = None
    assert product(item).datetime == datetime(2020, 2, 3, 8, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "when",
    ["2020-13-01T00:00:00Z", "hier", "", 12, None, "0000-01-01", "9999-12-31T23:59:59-12:00"],
)
def test_bad_date_is_unknown(when: Any) -> None:
    assert product(make_item(datetime=when)).datetime is None


def test_nothing_known_is_nothing_said() -> None:
    found = product({"id": "X", "collection": "other"})
    empty = Product("essai", "c0", "other", "X", None)
    assert found == empty


def test_unknown_values_are_none_never_zero() -> None:
    found = product(
        make_item(**{"eo:cloud_cover": None, "view:incidence_angle": None, "gsd": None})
    )
    assert (found.cloud_cover, found.incidence) == (None, None)
    assert found.gsd == 1.5, "from the assets"


@pytest.mark.parametrize("value", [-1, 101, "n/a", float("inf"), True, [], {}, "NaN"])
def test_cloud_out_of_range_is_unknown(value: Any) -> None:
    assert product(make_item(**{"eo:cloud_cover": value})).cloud_cover is None


@pytest.mark.parametrize(
    ("declared", "link", "expected"),
    [
        ("crise", "https://example.org/etalab", "crise"),
        ("ETALAB-2.0", "", "etalab-2.0"),
        ("proprietary", "https://example.org/etalab", "etalab-2.0"),
        (
            "proprietary",
            "https://example.org/licence",
            "spot67",
        ),  # two licences share that text: the collection decides
        (None, "", "spot67"),
        (["x"], "", "spot67"),
        ("CC-BY-4.0", "", ""),  # a licence the profile does not know stays unknown
    ],
)
def test_licence(declared: Any, link: str, expected: str) -> None:
    item = make_item(license=declared)
    item["links"] = [{"rel": "license", "href": link}] if link else []
    assert product(item).licence == expected


def test_credit_without_a_date_has_no_year() -> None:
    assert product(make_item(datetime=None)).credit == "© Airbus DS"


@pytest.mark.parametrize(
    "href",
    [
        "s3://bucket/key",
        "file:///etc/passwd",
        "http://u:p@host/x",
        "http://[",
        "http://h:99999/",
        3,
        "",
    ],
)
def test_address_that_is_no_use_is_dropped(href: Any) -> None:
    item = make_item()
    item["assets"]["src_xs"]["href"] = href
    item["links"] = [{"rel": "thumbnail", "href": href}]
    del item["assets"]["thumbnail"]
    found = product(item)
    assert found.asset("src_xs") is None
    assert found.thumbnail == ""


def test_relative_files_of_a_service_that_takes_itself_for_http() -> None:
    item = {**ITEM, "links": [{"rel": "self", "href": "http://stac.example/collections/a/items/1"}]}
    profile = make_profile("https://stac.example")
    found = product_from_item(item, profile, profile.catalogues[0], "https://stac.example/search")
    assert found.assets[1].href.startswith("https://stac.example/")


def test_signature_in_an_answer_is_not_kept() -> None:
    item = make_item()
    item["assets"]["src_xs"]["href"] = f"{ROOT}/storage/a/b.tif?X-Amz-Signature=abc&X-Amz-Date=1"
    item["assets"]["thumbnail"]["href"] = "https://elsewhere.example/t.jpg?size=small"
    found = product(item)
    assert found.assets[0].href == f"{ROOT}/storage/a/b.tif"
    assert found.thumbnail.endswith("?size=small"), "another host's query is its own business"


def test_thumbnail_may_be_an_overview_or_a_link() -> None:
    item = make_item()
    item["assets"]["thumbnail"] = {"href": "o.png", "type": "image/png", "roles": ["overview"]}
    assert product(item).thumbnail.endswith("/o.png")
    del item["assets"]["thumbnail"]
    item["links"].append({"rel": "preview", "href": "https://example.org/p.jpg"})
    assert product(item).thumbnail == "https://example.org/p.jpg"


def test_footprint_from_bbox_and_across_the_antimeridian() -> None:
    item = make_item()
    item["geometry"] = None
    assert product(item).footprint.bounds == (-1, 43, 0, 44)  # type: ignore[union-attr]
    item["bbox"] = [179, -10, 0, -179, -9, 100]
    assert product(item).footprint.area == pytest.approx(2.0)  # type: ignore[union-attr]


BROKEN_GEOMETRIES: list[Any] = [
    {"type": "Polygon", "coordinates": []},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
    {"type": "Polygon", "coordinates": [[["a", "b"], [1, 1], [2, 2], [0, 0]]]},
    {"type": "Polygon", "coordinates": [[[0, None], [1, 1], [2, 0], [0, None]]]},
    {"type": "Point", "coordinates": [0, 0]},
    {"type": "Polygon"},
    {"type": "Polygon", "coordinates": [[[4e5, 6e6], [5e5, 6e6], [5e5, 7e6], [4e5, 6e6]]]},
    {"type": ["Polygon"]},
    {"type": "GeometryCollection", "geometries": []},
    "POLYGON((0 0))",
]


@pytest.mark.parametrize("geometry", BROKEN_GEOMETRIES)
def test_broken_geometry_is_no_footprint(geometry: Any) -> None:
    item = make_item()
    item["geometry"], item["bbox"] = geometry, [1, "x", 2]
    assert product(item).footprint is None


@pytest.mark.parametrize("ring", [
    [[179, -18], [-179, -18], [-179, -17], [179, -17], [179, -18]],
    [[179, -18], [181, -18], [181, -17], [179, -17], [179, -18]],
    [[-181, -18, 40], [-179, -18, 40], [-179, -17, 40], [-181, -17, 40], [-181, -18, 40]],
])  # fmt: skip
def test_footprint_across_the_antimeridian_however_written(ring: Any) -> None:
    """Fiji is not all around the world: over La Réunion there is nothing of it."""
    found = read(geometry={"type": "Polygon", "coordinates": [ring]}).footprint
    assert found is not None and found.is_valid and not found.has_z
    assert sorted(p.bounds for p in found.geoms) == [(-180, -18, -179, -17), (179, -18, 180, -17)]
    assert not found.intersects(box(55, -17.9, 56, -17.1))


def test_an_area_searched_may_be_wider_than_any_scene() -> None:
    area = box(-170, -30, 170, 60)
    assert query_from_json(query_to_json(Query(area=area))).area.equals(area)


def test_footprint_with_heights_is_flat() -> None:
    ring = [[0, 0, 9], [1, 0, 9], [1, 1, 9], [0, 1, 9], [0, 0, 9]]
    found = read(geometry={"type": "Polygon", "coordinates": [ring]}).footprint
    assert found is not None and not found.has_z and found.area == 1
    world = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]
    found = read(geometry={"type": "Polygon", "coordinates": [world]}).footprint
    assert found is not None and found.bounds == (-180, -90, 180, 90)


def test_what_was_made_of_several_days_has_its_last() -> None:
    year = {"start_datetime": "2020-01-01T00:00:00Z", "end_datetime": "2020-12-31T23:59:59Z"}
    for when in (None, "2020-01-01T00:00:00Z", "2020-07-01T00:00:00Z"):
        found = read(properties={"datetime": when, **year})
        assert (found.day, found.last_day) == (date(2020, 1, 1), date(2020, 12, 31))
        assert product_matches(found, Query(start=date(2020, 6, 1), end=date(2020, 6, 30)))
        assert not product_matches(found, Query(start=date(2021, 2, 1)))
    found = read(
        properties={
            "datetime": None,
            "start_datetime": "2020-05-01T10:50:00Z",
            "end_datetime": "2020-05-01T10:50:09Z",
        }
    )
    assert found.datetime is not None and found.end is None, (
        "an acquisition takes seconds, and has an hour"
    )


def test_bow_tie_footprint_is_made_valid() -> None:
    item = make_item()
    item["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
    }
    footprint = product(item).footprint
    assert footprint is not None and footprint.is_valid and footprint.area > 0


WRONG: tuple[Any, ...] = (
    None,
    0,
    -1.5,
    True,
    "",
    "texte",
    [],
    [None],
    {},
    {"a": 1},
    [[1, 2]],
    float("nan"),
    10**400,
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _paths(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _paths(child, (*path, index))


def test_every_field_of_every_wrong_type() -> None:
    """Field by field, deep: whatever is there, a product comes out and what it holds has its
    declared type.
    """
    profile = make_profile(ROOT)
    count = 0
    for path, wrong in itertools.product([p for p in _paths(ITEM) if p], WRONG):
        item = copy.deepcopy(ITEM)
        target: Any = item
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = wrong
        found = product_from_item(item, profile, profile.catalogues[0])
        _check_types(found)
        count += 1
    assert count > 1000


def _check_types(found: Product) -> None:
    for name in (
        "collection",
        "id",
        "constellation",
        "platform",
        "mode",
        "licence",
        "title",
        "credit",
        "thumbnail",
    ):
        assert isinstance(getattr(found, name), str), name
    for name in ("gsd", "cloud_cover", "incidence"):
        assert getattr(found, name) is None or isinstance(getattr(found, name), float), name
    assert found.datetime is None or found.datetime.tzinfo is not None
    assert found.footprint is None or found.footprint.is_valid
    for asset in found.assets:
        assert asset.href.startswith("http")
        assert asset.size is None or isinstance(asset.size, int)
        assert all(isinstance(b, str) for b in asset.bands)
    hash(replace(found, properties={}).key)


@pytest.mark.parametrize(
    ("raw", "label", "constellation"),
    [
        ("spot-7", "SPOT 7", "SPOT 6/7"),
        ("SPOT6", "SPOT 6", "SPOT 6/7"),
        ("PHR1A", "Pléiades 1A", "Pléiades"),
        ("pleiades-1b", "Pléiades 1B", "Pléiades"),
        ("Pléiades 1B", "Pléiades 1B", "Pléiades"),
        ("pleiades-neo-3", "Pléiades Neo 3", "Pléiades Neo"),
        ("sentinel-2a", "Sentinel-2A", "Sentinel-2"),
        ("spot-5", "SPOT 5", ""),
        ("Landsat 8", "Landsat 8", ""),
        ("", "", ""),
    ],
)
def test_platforms(raw: str, label: str, constellation: str) -> None:
    assert platform_label(raw) == label
    assert constellation_of(raw) == constellation


def test_modes() -> None:
    assert mode_of(["P"], []) == "PAN"
    assert mode_of(["L1C", "ms"], []) == "MS"
    assert mode_of(["Tristereo"], []) == "tristereo"
    assert mode_of([], ["ms", "pan"]) == "MS+PAN"
    assert mode_of([], ["", ""]) == ""


def test_bundle_without_a_type_is_both() -> None:
    assert product(make_item(**{"product:type": None})).mode == "MS+PAN"


@pytest.mark.parametrize("rel", ["next", ["next"], ["self", "next"]])
def test_a_link_has_one_relation_or_several(rel: object) -> None:
    data = {"links": [None, {"rel": "self"}, {"rel": rel, "href": "x"}, {"rel": ["prev"]}]}
    assert [link["href"] for link in related_links(data, "next")] == ["x"]
