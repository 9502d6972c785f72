"""Static STAC catalogues: files walked within bounds, broken ones left out, nothing elsewhere
asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dinamis_qgis.core.catalogue.adapters import stac_static
from dinamis_qgis.core.catalogue.fetch import fetch_product
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Profile
from tests.support.scripted import Answer, ScriptedServer, Seen, as_json, scripted
from tests.unit.catalogue.stac_api import make_http, make_item, make_profile


def folder(kind: str, name: str, *links: tuple[str, str]) -> dict[str, Any]:
    return {
        "type": kind,
        "id": name,
        "stac_version": "1.0.0",
        "links": [{"rel": rel, "href": href} for rel, href in links],
    }


class Files:
    """Files by path; 404 for the others."""

    def __init__(self, files: dict[str, Any]) -> None:
        self.files = files

    def __call__(self, seen: Seen) -> Answer:
        found = self.files.get(seen.path)
        if isinstance(found, bytes):
            return Answer(200, found)
        return as_json(found) if found is not None else as_json({"detail": "no"}, 404)


def sample(elsewhere: str = "https://ailleurs.example.invalid/item.json") -> dict[str, Any]:
    return {
        "/stac/catalog.json": folder(
            "Catalog", "region", ("child", "./spot/collection.json"), ("child", "gone.json")
        ),
        "/stac/spot/collection.json": folder(
            "Collection",
            "spot-6-7-drs",
            ("root", "../catalog.json"),
            ("child", "../catalog.json"),
            ("item", "1.json"),
            ("item", "./2.json"),
            ("item", "broken.json"),
            ("item", elsewhere),
        ),
        "/stac/spot/1.json": make_item(1, datetime="2020-06-01T10:00:00Z"),
        "/stac/spot/2.json": make_item(2, datetime="2022-06-01T10:00:00Z"),
        "/stac/spot/broken.json": b"{",
    }


def profile_at(server: ScriptedServer) -> Profile:
    made = make_profile(server.root)
    catalogue = replace(made.catalogues[0], url=f"{server.root}/stac/catalog.json")
    return replace(made, catalogues=(catalogue,))


def products(profile: Profile, **query: Any) -> list[Product]:
    http = make_http(retries=0)
    try:
        pages = list(search(profile, Query(**query), http, None, Cancel()))
    finally:
        http.close()
    errors = [page.error for page in pages if page.error]
    if errors:
        raise errors[0]
    return [product for page in pages for product in page.products]


def test_its_items_are_read_and_filtered_here() -> None:
    with scripted(Files(sample())) as server:
        profile = profile_at(server)
        assert {p.id for p in products(profile)} == {"SPOT7_00001", "SPOT7_00002"}
        late = products(profile, start=date(2021, 1, 1))
        assert [p.id for p in late] == ["SPOT7_00002"]
        # an address relative to the item's own file
        assert late[0].assets and all(a.href.startswith("http") for a in late[0].assets)


def test_one_product_by_its_ids() -> None:
    with scripted(Files(sample())) as server:
        profile, http = profile_at(server), make_http(retries=0)
        try:
            found = fetch_product(profile, "c0", "spot-6-7-drs", "SPOT7_00002", http, None)
            assert found.id == "SPOT7_00002"
            with pytest.raises(ServiceError):
                fetch_product(profile, "c0", "spot-6-7-drs", "nobody", http, None)
        finally:
            http.close()


def test_a_service_that_fails_does_not_look_like_all_there_is() -> None:
    files = Files(sample())

    def answer(seen: Seen) -> Answer:
        return as_json({}, 500) if seen.path.endswith("/2.json") else files(seen)

    with scripted(answer) as server, pytest.raises(ServiceError) as raised:
        products(profile_at(server))
    assert raised.value.status == 500


def test_another_host_is_not_asked() -> None:
    with scripted(Files({})) as stranger:
        href = f"{stranger.root}/stac/spot/3.json".replace("127.0.0.1", "localhost")
        with scripted(Files(sample(href))) as server:
            assert len(products(profile_at(server))) == 2
        assert stranger.seen == []


def test_a_large_one_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stac_static, "MOST_ITEMS", 2)
    with scripted(Files(sample())) as server, pytest.raises(ServiceError) as raised:
        products(profile_at(server))
    assert raised.value.code == "static-large"


def test_what_is_no_catalogue_is_not_walked() -> None:
    with scripted(Files({"/stac/catalog.json": {"hello": "world"}})) as server:
        with pytest.raises(ServiceError) as raised:
            products(profile_at(server))
        assert raised.value.code == "not-stac"
        assert len(server.seen) == 1
