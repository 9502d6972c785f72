"""Checks of an installation: each thing that can be wrong is told, with its remedy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("osgeo.gdal")

from dinamis_qgis.core.account.model import CHARTER_PENDING, Account
from dinamis_qgis.core.account.vault import MemoryVault, VaultError
from dinamis_qgis.core.errors import Cancelled
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.support import checks
from dinamis_qgis.core.support.checks import (
    CheckResult,
    CheckVerdict,
    Installation,
    check_installation,
    likely_cause,
    results_text,
)
from tests.support.service import LittleWorld, running_service


class Keyring(MemoryVault):
    kind = "keyring"


class Forgetful(Keyring):
    def get(self, name: str) -> str | None:
        return None


class Locked(Keyring):
    def set(self, name: str, value: str) -> None:
        raise VaultError("locked", "Unlock it.", code="vault-locked")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("check"), world=LittleWorld({})) as running:
        yield running


@pytest.fixture
def client() -> Iterator[Http]:
    http = Http("test", retries=0)
    yield http
    http.close()


def installation(client: Http, tmp_path: Path, root: str, **more: Any) -> Installation:
    catalogue = Catalogue("c", "Catalogue", "stac", f"{root}/stac")
    profile = Profile("p", "P", catalogues=(catalogue,))
    return replace(
        Installation({"QGIS": "3.22"}, client, {"plugin": tmp_path}, profile, vault=Keyring()),
        **more,
    )


def found(installation: Installation) -> dict[str, CheckResult]:
    return {result.id: result for result in check_installation(installation, Cancel())}


def test_an_installation_in_order(service: Any, client: Http, tmp_path: Path) -> None:
    account = Account("jean", licences=frozenset({"spot67"}))
    results = found(installation(client, tmp_path, service.root, account=account))
    assert {name: r.verdict for name, r in results.items() if r.verdict is not CheckVerdict.GOOD} == {}
    assert set(results) >= {"versions", "libraries", "vault", "disk", "loopback", "host", "clock"}
    assert likely_cause(list(results.values())) is None
    assert not list(tmp_path.iterdir()), "nothing is left of the checks"
    text = "\n".join(results_text(list(results.values())))
    assert "jean" not in text and "127.0.0.1" not in text and str(tmp_path) not in text


@pytest.mark.parametrize(
    ("vault", "verdict", "code"),
    [
        (None, CheckVerdict.WARNING, "memory"),
        (MemoryVault(), CheckVerdict.WARNING, "memory"),
        (Forgetful(), CheckVerdict.BAD, "vault"),
        (Locked(), CheckVerdict.BAD, "vault-locked"),
    ],
)
def test_keyrings(
    vault: Any, verdict: CheckVerdict, code: str, service: Any, client: Http, tmp_path: Path
) -> None:
    result = found(installation(client, tmp_path, service.root, vault=vault))["vault"]
    assert (result.verdict, result.code) == (verdict, code) and result.remedy


def test_a_dead_service_is_a_line_and_stops_nothing(client: Http, tmp_path: Path) -> None:
    results = found(installation(client, tmp_path, "http://127.0.0.1:9"))
    assert results["host"].verdict is CheckVerdict.BAD and results["host"].remedy
    assert results["clock"].verdict is CheckVerdict.UNKNOWN and "account" in results
    first = likely_cause(list(results.values()))
    assert first is not None and first.id == "host"


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(5, CheckVerdict.GOOD), (90, CheckVerdict.WARNING), (-900, CheckVerdict.BAD)]
)
def test_a_wrong_clock(
    seconds: float, verdict: CheckVerdict, service: Any, client: Http, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(checks, "_seconds_away", lambda date: seconds)
    assert found(installation(client, tmp_path, service.root))["clock"].verdict is verdict


@pytest.mark.parametrize(
    ("more", "name", "verdict"),
    [
        ({}, "account", CheckVerdict.WARNING),
        ({"account": Account("j"), "expired": True}, "account", CheckVerdict.BAD),
        ({"account": Account("j", roles=frozenset({CHARTER_PENDING}))}, "charter", CheckVerdict.BAD),
        ({"account": Account("j", licences=frozenset())}, "licences", CheckVerdict.WARNING),
        ({"account": Account("j", licences=None)}, "licences", CheckVerdict.UNKNOWN),
    ],
)
def test_accounts(
    more: dict[str, Any], name: str, verdict: CheckVerdict, service: Any, client: Http, tmp_path: Path
) -> None:
    assert found(installation(client, tmp_path, service.root, **more))[name].verdict is verdict


def test_folders(service: Any, client: Http, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    wrong = installation(client, tmp_path, service.root, folders={"downloads": tmp_path / "file"})
    assert found(wrong)["disk"].verdict is CheckVerdict.BAD


def test_a_check_that_fails_itself_ends_no_other(
    service: Any, client: Http, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("a path of this machine")

    monkeypatch.setattr(checks, "_served_image", broken)
    results = found(installation(client, tmp_path, service.root))
    assert results["loopback"].verdict is CheckVerdict.UNKNOWN
    assert "path" not in results["loopback"].said and "host" in results


def test_given_up(service: Any, client: Http, tmp_path: Path) -> None:
    cancel = Cancel()
    running = check_installation(installation(client, tmp_path, service.root), cancel)
    next(running)
    cancel.set()
    with pytest.raises(Cancelled):
        list(running)
    assert not [t for t in threading.enumerate() if "serve_forever" in t.name]
