"""What strangers write has bounds: titles, accents, assets, outlines, regular expressions."""

from __future__ import annotations

import math
import time

import pytest

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.item import MOST_ASSETS, product_from_item
from dinamis_qgis.core.catalogue.record import product_from_record, record
from dinamis_qgis.core.geo import vertex_count
from dinamis_qgis.core.json_values import (
    MOST_TEXT,
    MOST_VERTICES,
    read_footprint,
    read_string,
    read_strings,
)
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.profile.schema import find_problems

PROFILE = Profile("p", "P")
CATALOGUE = Catalogue("c", "C", "stac", "https://api.test/stac")


def item(**more):
    return {
        "id": "i",
        "collection": "c",
        "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        "properties": {"datetime": "2025-01-01T00:00:00Z"},
        "assets": {},
        **more,
    }


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Pau " * 1_250_000, ("Pau " * 1_250_000)[:MOST_TEXT].strip()),
        ("Z" + "\u0301" * 200_000, "Z\u0301\u0301\u0301"),
        ("é e\u0301 ꝗ\u0301\u0302", "é e\u0301 ꝗ\u0301\u0302"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("\ud800x", "x"),
        ("  une\nligne  ", "une\nligne"),
        ("日本 العربية", "日本 العربية"),
        (5, ""),
    ],
)
def test_texts_have_bounds(given: object, read: str) -> None:
    assert read_string(given) == read


def test_lists_have_bounds() -> None:
    assert len(read_strings(["x"] * 100_000)) == 1000


def test_assets_have_bounds() -> None:
    many = {f"a{n}": {"href": f"https://x.test/{n}.tif", "roles": ["data"]} for n in range(20_000)}
    product = product_from_item(item(assets=many), PROFILE, CATALOGUE, "https://api.test/x")
    assert len(product.assets) == MOST_ASSETS


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_outlines_have_bounds(kind: str) -> None:
    count = 100_000
    angles = [2 * math.pi * n / count for n in range(count)]
    ring = [[10 + math.cos(a), 45 + math.sin(a)] for a in angles]
    ring.append(ring[0])
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    before = time.process_time()
    found = read_footprint({"type": kind, "coordinates": coordinates})
    assert time.process_time() - before < 20
    assert found is not None
    assert vertex_count(found) <= MOST_VERTICES
    assert found.area == pytest.approx(math.pi, rel=1e-3)


def test_a_jagged_outline_has_bounds_too() -> None:
    ring = [[n / 50_000, 45 + (n % 2)] for n in range(50_000)] + [[1, 40], [0, 40], [0, 45]]
    found = read_footprint({"type": "Polygon", "coordinates": [ring]})
    assert found is None or vertex_count(found) <= 20 * MOST_VERTICES
    crowd = [[[n, 0], [n + 0.1, 0], [n, 0.1], [n, 0]] for n in range(5000)]
    assert read_footprint({"type": "Polygon", "coordinates": crowd}, [0, 0, 1, 1]) is not None


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "string", "pattern": "^(a+)+$"},
        {"$ref": "#/"},
        {"$ref": 5},
        {"anyOf": [{"$ref": "#"}] * 50},
        {"allOf": [{"allOf": [{"allOf": [{"pattern": "(x+x+)+y"}]}]}] * 50},
        {"maxLength": "ten"},
        {"exclusiveMinimum": {}},
        {"type": {"a": 1}},
        {"type": []},
        {"type": [{}, []]},
        {"allOf": [{"$ref": "#"}] * 50},
        {"enum": 5},
        {"minLength": None},
        {"minimum": "low", "maximum": []},
    ],
)
@pytest.mark.parametrize("value", ["a" * 40 + "!", 5, 1.5, True, None])
def test_no_rule_of_a_service_hangs_or_breaks(rule: dict, value: object) -> None:
    before = time.process_time()
    assert isinstance(find_problems(value, rule, rule, patterns=False), list)
    assert time.process_time() - before < 10


def test_the_grid_comes_back_from_a_row() -> None:
    facts = {"datetime": "2025-01-01T10:20:30.5Z", "proj:code": "EPSG:2154", "proj:shape": [5, 6]}
    assets = {"a": {"href": "https://x.test/a.tif", "roles": ["data"]}}
    given = item(properties=facts, assets=assets)
    product = product_from_item(given, PROFILE, CATALOGUE, "https://api.test/x")
    again = product_from_record(record(product, None, Holding.UNKNOWN), product.footprint, PROFILE)
    assert again.properties["proj:code"] == "EPSG:2154"
    assert again.properties["proj:shape"] == [5, 6]
    assert again.datetime == product.datetime
    assert again.datetime is not None and again.datetime.microsecond == 500_000
