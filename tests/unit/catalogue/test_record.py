"""Products as flat rows and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import Asset, Product, TiledLayer
from dinamis_qgis.core.catalogue.record import FIELDS, assets_from_json, product_from_record, record
from tests.unit.catalogue.stac_api import make_item, make_profile

PROFILE = make_profile("http://127.0.0.1:8000")


def test_round_trip() -> None:
    item = json.loads(json.dumps(make_item(3)).replace("{root}", "http://127.0.0.1:8000"))
    product = product_from_item(item, PROFILE, PROFILE.catalogues[0])
    row = record(product, 0.5, Holding.HELD)
    assert list(row) == list(FIELDS)
    assert row["licensed"] is True and row["coverage"] == 0.5
    back = product_from_record(row, product.footprint, PROFILE)
    assert back == replace(product, epsg=None, properties={})


def test_unknown_is_none() -> None:
    row = record(Product("essai", "c0", "x", "y", None), None, Holding.UNKNOWN)
    assert {k for k, v in row.items() if v is not None} == {
        "id",
        "collection",
        "catalogue",
        "assets",
    }
    assert row["assets"] == "{}"


@pytest.mark.parametrize(
    ("holding", "licensed"),
    [(Holding.OPEN, True), (Holding.MISSING, False), (Holding.UNKNOWN, None)],
)
def test_licensed(holding: Holding, licensed: bool | None) -> None:
    assert record(Product("essai", "c0", "x", "y", None), None, holding)["licensed"] is licensed


@pytest.mark.parametrize("value", ["", "x", "[]", "null", '{"a": 1}', '{"a": {"href": 3}}'])
def test_unreadable_assets_are_left_out(value: str) -> None:
    assert assets_from_json(value) == ()


def test_half_readable_asset() -> None:
    (asset,) = assets_from_json(
        '{"a": {"href": "h", "bands": 4, "roles": "data", "file:size": "big"}}'
    )
    assert (asset.bands, asset.roles, asset.size) == ((), (), None)


def test_a_map_service_comes_back() -> None:
    layer = TiledLayer("https://wmts.example/wmts", "ORTHO.2020", "normal", "PM", "image/jpeg")
    asset = Asset(
        "wmts", layer.url, "application/vnd.ogc.wmts_xml", ("visual",), "Ortho", layer=layer
    )
    product = Product(
        "essai",
        "c0",
        "spot-6-7-drs",
        "ORTHO.2020",
        None,
        constellation="SPOT 6/7",
        assets=(asset,),
        page="https://x.example/",
    )
    row = record(product, None, Holding.OPEN)
    told = json.loads(row["assets"])
    assert told["wmts"]["wmts"]["matrix_set"] == "PM" and set(told) == {"wmts"}
    back = product_from_record(row, None, PROFILE)
    assert back.assets == (asset,) and back.tiled_layer() == layer


def test_what_is_elsewhere_has_its_page() -> None:
    elsewhere = Asset("Product", "https://x.example/a.zip", "application/zip", ("elsewhere",))
    for assets in ((), (elsewhere,)):
        product = Product(
            "essai", "c0", "spot-6-7-drs", "y", None, assets=assets, page="https://x.example/scene"
        )
        row = record(product, None, Holding.UNKNOWN)
        assert json.loads(row["assets"])["page"] == {
            "href": "https://x.example/scene",
            "type": "text/html",
            "roles": ["elsewhere"],
        }
        back = product_from_record(row, None, PROFILE)
        assert back.page == product.page and back.assets == assets
    image = Asset("src_xs", "https://x.example/a.tif", "image/tiff", ("data",))
    assert "page" not in json.loads(
        record(replace(product, assets=(image,)), None, Holding.HELD)["assets"]
    )


@pytest.mark.parametrize("wmts", ['"x"', "[]", '{"url": "u"}', '{"url": 3, "layer": "a"}', "null"])
def test_half_a_map_service_is_none(wmts: str) -> None:
    (asset,) = assets_from_json(f'{{"a": {{"href": "h", "wmts": {wmts}}}}}')
    assert asset.layer is None


def test_a_file_called_page_is_a_file() -> None:
    (asset,) = assets_from_json('{"page": {"href": "https://x.example/p.tif", "roles": ["data"]}}')
    assert asset.key == "page"
