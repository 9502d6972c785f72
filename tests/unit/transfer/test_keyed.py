"""Files given to whoever has the catalogue's key: asked for, kept under its origin, sent to it
alone, refused.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.catalogue.keys import (
    forget_key,
    headers_for,
    keep_key,
    key_header,
    key_page,
    read_key,
)
from dinamis_qgis.core.errors import Action, AuthError, InvalidInput, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Catalogue
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.tools import Wanted
from dinamis_qgis.core.transfer.keyed import with_key
from tests.support.scripted import Answer, Seen, scripted

VALUE = "cle-de-l-entite-42"
BODY = b"PK\x03\x04" + b"scene" * 400


def catalogue(root: str, **options: Any) -> Catalogue:
    given = {
        "download": "key",
        "download_header": "X-API-Key",
        "key_page": "https://geodes.example/keys",
        **options,
    }
    return Catalogue(
        "geodes",
        "GEODES",
        "geodes",
        f"{root}/api/stac",
        page="https://geodes.example/",
        options=given,
    )


def portal(seen: Seen) -> Answer:
    """Gives the file to the right key, with ranges."""
    if seen.headers.get("x-api-key") != VALUE:
        return Answer(401, b'{"message": "no valid key"}')
    return Answer(200, BODY, {"ETag": '"1"'})


def vault_with(found: Catalogue, value: str = VALUE) -> MemoryVault:
    vault = MemoryVault()
    keep_key(vault, found, f" {value}\n")
    return vault


def test_with_the_key_the_file_comes(tools: Any, tmp_path: Path) -> None:
    with scripted(portal) as server:
        found = catalogue(server.root)
        access = with_key(found, vault_with(found))
        assert fetch_file(
            Wanted(f"{server.root}/api/download/scene.zip", tmp_path / "scene.zip"),
            tools(access),
            Cancel(),
        )
    assert (tmp_path / "scene.zip").read_bytes() == BODY
    assert VALUE not in repr(access)


def test_without_a_key_nothing_is_asked() -> None:
    with scripted(portal) as server:
        found = catalogue(server.root)
        for vault in (None, MemoryVault(), vault_with(catalogue("http://127.0.0.1:9"))):
            with pytest.raises(AuthError) as caught:
                with_key(found, vault)
            assert (caught.value.code, caught.value.action) == (
                "key-missing",
                Action.CATALOGUE_KEYS,
            )
        assert not server.seen


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_is_said_at_once(tools: Any, tmp_path: Path, status: int) -> None:
    with scripted(lambda _: Answer(status, b'{"message": "forbidden"}')) as server:
        found = catalogue(server.root)
        access = with_key(found, vault_with(found, "perimee"))
        with pytest.raises(AuthError) as caught:
            fetch_file(
                Wanted(f"{server.root}/api/download/scene.zip", tmp_path / "scene.zip"),
                tools(access),
                Cancel(),
            )
        assert len(server.seen) == 1
    assert (caught.value.code, caught.value.action) == ("key-refused", Action.CATALOGUE_KEYS)
    assert "GEODES" in caught.value.message and "perimee" not in str(vars(caught.value))


def test_a_quota_is_not_a_wrong_key(tools: Any, tmp_path: Path) -> None:
    with scripted(lambda _: Answer(403, b'{"detail": "download exceeds quota limit"}')) as server:
        found = catalogue(server.root)
        with pytest.raises(ServiceError) as caught:
            fetch_file(
                Wanted(f"{server.root}/f.zip", tmp_path / "f.zip"),
                tools(with_key(found, vault_with(found))),
                Cancel(),
            )
    assert caught.value.code == "key-quota"


def test_the_key_goes_to_its_origin_only(tools: Any, tmp_path: Path) -> None:
    """A file of the catalogue that is elsewhere, or is sent elsewhere, never sees the key."""
    with scripted(lambda _: Answer(200, BODY)) as other:
        with scripted(
            lambda _: Answer(302, headers={"Location": f"{other.root}/moved.zip"})
        ) as server:
            found = catalogue(server.root)
            access = with_key(found, vault_with(found))
            fetch_file(
                Wanted(f"{other.root}/elsewhere.zip", tmp_path / "a.zip"), tools(access), Cancel()
            )
            fetch_file(Wanted(f"{server.root}/sent.zip", tmp_path / "b.zip"), tools(access), Cancel())
            assert server.seen[-1].headers["x-api-key"] == VALUE
        assert len(other.seen) >= 2 and all("x-api-key" not in seen.headers for seen in other.seen)
    for url in (
        "http://127.0.0.1:9/x",
        server.root.replace("http", "https"),
        f"{server.root}.example/x",
    ):
        assert headers_for(found, VALUE, url) == {}


def test_kept_forgotten_and_what_cannot_be_a_key() -> None:
    found, vault = catalogue("https://geodes.example"), MemoryVault()
    assert read_key(vault, found) == ""
    keep_key(vault, found, VALUE)
    assert (
        read_key(vault, found) == VALUE
        and read_key(vault, catalogue("https://other.example")) == ""
    )
    for wrong in ("", "  ", "two words", "a\nb", "é", "x" * 5000):
        with pytest.raises(InvalidInput):
            keep_key(vault, found, wrong)
    assert read_key(vault, found) == VALUE
    forget_key(vault, found)
    forget_key(vault, found)
    assert read_key(vault, found) == ""


def test_only_a_profile_that_says_so_has_keys() -> None:
    found = catalogue("https://geodes.example")
    assert key_header(found) == "X-API-Key" and key_page(found) == "https://geodes.example/keys"
    for options in (
        {"download": "elsewhere"},
        {"download_header": "Host"},
        {"download_header": "a b"},
        {"download_header": 3},
    ):
        assert key_header(catalogue("https://geodes.example", **options)) == ""
    assert key_page(replace(found, options={"key_page": "javascript:alert(1)"})) == found.page
