"""Searches of the training service give the same products as reading all its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("osgeo", reason="the training world is made with GDAL")

from shapely.geometry import box

from dinamis_qgis.core.catalogue.filters import product_matches
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import load_profile
from tests.support.service import running_service

SCHEMA = Path(__file__).resolve().parents[3] / "resources" / "profiles" / "schema.json"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="module")
def http() -> Iterator[Http]:
    client = Http("tests")
    yield client
    client.close()


@pytest.fixture(scope="module")
def profile(service: Any) -> Profile:
    found = load_profile(Path(service.profile_path), SCHEMA)
    return replace(found, catalogues=(replace(found.catalogues[0], page_size=3),))


@pytest.fixture(scope="module")
def everything(service: Any, profile: Profile, http: Http) -> list[Product]:
    """Every item, read plainly."""
    catalogue = profile.catalogues[0]
    page = http.json("GET", f"{catalogue.url}/search?limit=1000")
    assert not any(link["rel"] == "next" for link in page["links"])
    return [product_from_item(item, profile, catalogue) for item in page["features"]]


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(box(-0.5, 43.2, -0.2, 43.4)),
        Query(start=date(2018, 1, 1), end=date(2021, 12, 31)),
        Query(constellations=("Pléiades",)),
        Query(max_cloud=5),
        Query(max_incidence=10),
        Query(max_cloud=0, max_incidence=5, constellations=("SPOT 6/7",)),
        Query(box(10, 10, 11, 11)),
    ],
)
def test_same_as_reading_everything(
    profile: Profile, everything: list[Product], http: Http, query: Query
) -> None:
    wanted = {
        p.key
        for p in everything
        if product_matches(p, query)
        and (query.area is None or (p.footprint is not None and p.footprint.intersects(query.area)))
    }
    found = [p for page in search(profile, query, http, None, Cancel()) for p in page.products]
    assert {p.key for p in found} == wanted and len(found) == len(wanted)
    dates = [p.datetime for p in found if p.datetime]
    assert dates == sorted(dates, reverse=True), "newest first: the service declares that it sorts"


def test_items_are_understood_whole(everything: list[Product]) -> None:
    assert len(everything) >= 3
    for product in everything:
        assert product.footprint is not None and product.datetime is not None
        assert product.constellation in ("SPOT 6/7", "Pléiades") and product.epsg == 2154
        assert product.licence and str(product.datetime.year) in product.credit
        assert product.thumbnail and product.gsd
        xs, pan = product.asset("src_xs"), product.asset("src_pan")
        assert (xs is not None) == ("MS" in product.mode) and (xs is not None or pan is not None)
        assert xs is None or xs.bands == ("red", "green", "blue", "nir")
