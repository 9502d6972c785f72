"""One product by its ids from every kind of catalogue, and what each catalogue lets one do with
it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dinamis_qgis.core.catalogue.adapters.wmts import layer_document
from dinamis_qgis.core.catalogue.adapters.wmts_capabilities import (
    read_capabilities,
    write_capabilities,
)
from dinamis_qgis.core.catalogue.availability import reach
from dinamis_qgis.core.catalogue.fetch import fetch_product
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.errors import DinamisError, InvalidInput, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Profile
from tests.support.catalogues import IDS, Catalogues, dinamis_profile
from tests.support.scripted import Answer, scripted
from tests.support.wmts import COLOURS, capabilities
from tests.unit.catalogue.stac_api import StacApi, make_http, make_item, make_profile

SPOT_2020 = next(iter(COLOURS))


def fetched(profile: Profile, catalogue: str, collection: str, item: str) -> Product:
    http = make_http(retries=0)
    try:
        return fetch_product(profile, catalogue, collection, item, http, None, Cancel())
    finally:
        http.close()


@pytest.fixture
def service() -> Any:
    catalogues = Catalogues()
    with scripted(catalogues) as server:
        catalogues.root = server.root
        yield catalogues


def found(service: Catalogues) -> dict[str, Product]:
    """A product of each catalogue, as a search gives it."""
    from dinamis_qgis.core.catalogue.model import Query

    http = make_http(retries=0)
    pages = search(dinamis_profile(service.root), Query(), http, None, Cancel(), IDS)
    products = {product.catalogue: product for page in pages for product in page.products}
    http.close()
    return products


@pytest.mark.parametrize("catalogue", ["openspot", "geoplateforme"])
def test_the_product_is_the_one_a_search_gives(service: Catalogues, catalogue: str) -> None:
    wanted = found(service)[catalogue]
    assert fetched(dinamis_profile(service.root), catalogue, wanted.collection, wanted.id) == wanted


@pytest.mark.parametrize(
    ("catalogue", "collection", "item"),
    [
        ("openspot", "openspot", "2020_MS:99"),
        ("openspot", "openspot", "1999_MS:1"),
        ("openspot", "openspot", "../../etc"),
        ("geoplateforme", "ortho-sat-spot", "ORTHOIMAGERY.ORTHO-SAT.SPOT.1914"),
        ("geoplateforme", "bd-ortho", SPOT_2020),
        ("teledetection", "spot-6-7-drs", "gone"),
    ],
)
def test_a_product_that_is_not_there_is_missing(
    service: Catalogues, catalogue: str, collection: str, item: str
) -> None:
    service.broken["teledetection"] = Answer(404)
    with pytest.raises(ServiceError) as caught:
        fetched(dinamis_profile(service.root), catalogue, collection, item)
    assert caught.value.code == "missing" and caught.value.message


def test_geodes_says_that_it_gives_none_by_name(service: Catalogues) -> None:
    with pytest.raises(InvalidInput) as caught:
        fetched(
            dinamis_profile(service.root), "geodes", "SWH_SPOT5_L1", "URN:FEATURE:DATA:gdh:1:V1"
        )
    assert "GEODES" in caught.value.message and caught.value.remedy and not service.asked


@pytest.mark.parametrize("catalogue", ["openspot", "geoplateforme", "teledetection", "copernicus"])
@pytest.mark.parametrize(
    "answer",
    [Answer(500), Answer(200, b"<html>"), Answer(200, b"[]"), Answer(200, b"\x00\xff" * 99, cut=3)],
)
def test_a_catalogue_that_fails_is_an_error_of_ours(
    service: Catalogues, catalogue: str, answer: Answer
) -> None:
    service.broken[catalogue] = answer
    item = {"openspot": "2020_MS:7", "geoplateforme": SPOT_2020}.get(catalogue, "x")
    with pytest.raises(DinamisError) as caught:
        fetched(dinamis_profile(service.root), catalogue, "ortho-sat-spot", item)
    assert caught.value.message


def test_a_catalogue_that_is_gone() -> None:
    with pytest.raises(NetworkError):
        fetched(dinamis_profile("http://127.0.0.1:9"), "openspot", "openspot", "2020_MS:7")


# what can be done


def test_each_catalogue_says_what_can_be_done(service: Catalogues) -> None:
    profile, products = dinamis_profile(service.root), found(service)
    assert set(products) == set(IDS)
    said = {name: reach(profile, product) for name, product in products.items()}
    assert said["geoplateforme"].add == "" and said["geoplateforme"].download
    assert said["geodes"].add and said["geodes"].download == "" and not said["geodes"].elsewhere
    for name in ("openspot", "copernicus"):
        assert (
            said[name].elsewhere
            and said[name].page.startswith("https://")
            and said[name].add == said[name].download
        )
        assert next(c.title for c in profile.catalogues if c.id == name) in said[name].add
    image = replace(
        products["teledetection"],
        assets=(Asset("src_xs", "https://x.example/a.tif", "image/tiff", ("data",)),),
    )
    assert (reach(profile, image).add, reach(profile, image).download) == ("", "")
    assert (reach(None, image).add, reach(profile, replace(image, catalogue="unknown")).add) == (
        "",
        "",
    )


def test_images_behind_a_key_are_downloaded_first(service: Catalogues) -> None:
    profile, product = dinamis_profile(service.root), found(service)["geodes"]
    image = replace(
        product, assets=(Asset("cog", "https://x.example/a.tif", "image/tiff", ("data",)),)
    )
    said = reach(profile, image)
    assert "key" in said.add and said.download == ""


@pytest.mark.parametrize(
    ("kind", "href", "expected"),
    [
        ("application/zip", "https://x.example/a", True),
        ("", "https://x.example/a.TAR.GZ?x=1", True),
        ("application/x-7z-compressed", "https://x.example/a", True),
        ("image/tiff; application=geotiff", "https://x.example/zip/a.tif", False),
        ("", "", False),
    ],
)
def test_archives(kind: str, href: str, expected: bool) -> None:
    assert Asset("a", href, kind).is_archive is expected


# the document of one layer


def test_what_is_written_says_the_same_as_what_was_read() -> None:
    (one, _) = read_capabilities(capabilities(*COLOURS), "https://wmts.example/wmts")
    written = write_capabilities(one)
    assert read_capabilities(written, "https://wmts.example/wmts") == [replace(one, abstract="")]
    assert "127.0.0.1:9" not in written and written.count("https://wmts.example/wmts?") == 2


def test_nothing_a_service_says_becomes_markup() -> None:
    hostile = (
        capabilities(SPOT_2020)
        .replace("PM<", "P&quot;&lt;evil/&gt;M<")
        .replace(f">{SPOT_2020}<", ">a&lt;b&gt;&amp;&quot;<")
    )
    (one,) = read_capabilities(hostile, "https://wmts.example/wmts")
    written = write_capabilities(one)
    assert "<evil" not in written and "<b>" not in written
    assert read_capabilities(written, "https://wmts.example/wmts")[0].layer == one.layer


def test_a_document_without_a_grid_is_an_error(service: Catalogues) -> None:
    service.wmts.document = capabilities(SPOT_2020, levels=0)
    profile, product = dinamis_profile(service.root), found(service)["geoplateforme"]
    catalogue = next(c for c in profile.catalogues if c.id == "geoplateforme")
    layer = product.tiled_layer()
    assert layer is not None
    http = make_http(retries=0)
    with pytest.raises(ServiceError) as caught:
        layer_document(catalogue, layer, http, Cancel())
    http.close()
    assert caught.value.code == "not-wmts"


def test_a_service_without_an_address_for_each_item_is_searched() -> None:
    """Item search alone is a STAC API too; one that ignores ``ids`` gives other items as well."""
    api = StacApi([make_item(1), make_item(2)])
    with scripted(api) as server:
        profile = make_profile(server.root)
        http = make_http(retries=0)
        found = fetch_product(profile, "c0", "spot-6-7-drs", "SPOT7_00002", http, None)
        assert found.id == "SPOT7_00002" and found.data_assets()
        assert api.searches[-1].json()["ids"] == ["SPOT7_00002"]
        with pytest.raises(ServiceError) as raised:
            fetch_product(profile, "c0", "spot-6-7-drs", "SPOT7_00009", http, None)
        assert raised.value.code == "missing"
        http.close()
