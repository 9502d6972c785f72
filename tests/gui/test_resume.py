"""What waits goes on after a restart, with the dock closed and no tab ever opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.tasking.model import READY, Draft, new_request
from dinamis_qgis.core.tasking.register.register import Register
from tests.support.service import running_service
from tests.support.window import window

Wait = Callable[..., None]


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> MemoryVault:
    """One vault for all windows of a test."""
    kept = MemoryVault()
    monkeypatch.setattr("dinamis_qgis.bridge.vault.choose_vault", lambda *_: kept)
    monkeypatch.setattr("dinamis_qgis.bridge.resume.AFTER_START_MS", 1)
    return kept


def _confirmed(there: Any) -> str:
    """A confirmed request of the person, put into the register as a cut network leaves it."""
    today = date.today()
    draft = Draft(
        area=box(-0.5, 43.2, -0.35, 43.3),
        product=there.context.profile.tasking.products[0].id,
        start=today + timedelta(days=20),
        end=today + timedelta(days=80),
        title="Après la coupure",
        purpose="Suivi",
        need="other",
    )
    request = new_request(there.context.profile.id, draft)
    account = there.context.account
    waiting = replace(
        request, state=READY, queued=True, account=account.username, entity=account.entity
    )
    Register(there.context.paths.register).save(waiting)
    return request.reference


def _restarted(iface: Any) -> Any:
    """The plugin as a new QGIS loads it: its dock closed."""
    from dinamis_qgis import classFactory

    plugin = classFactory(iface)
    plugin.initGui()
    plugin.dock.hide()
    iface.mainWindow().show()
    return plugin


def test_a_waiting_request_leaves_after_a_restart(
    iface: Any,
    wait_until: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    vault: MemoryVault,
) -> None:
    with running_service(tmp_path / "service", auto_approve="technicien") as service:
        with window(iface, wait_until, str(service.profile_path), tmp_path, monkeypatch) as there:
            there.wait(lambda: there.context.profile, what="the profile")
            there.sign_in()
            reference = _confirmed(there)
            register = there.context.paths.register
            there.dock.setUserVisible(False)
        iface.mainWindow().hide()  # QGIS loads plugins before it shows its window
        plugin = _restarted(iface)
        try:
            wait_until(
                lambda: Register(register).get(reference).order_id,
                what="the request at the service",
            )
            assert not plugin.dock.isUserVisible() and plugin.dock.strip is None
        finally:
            plugin.unload()


def test_nothing_is_opened_when_nothing_waits(
    iface: Any,
    wait_until: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    vault: MemoryVault,
) -> None:
    looked: list[bool] = []
    with running_service(tmp_path / "service", auto_approve="technicien") as service:
        monkeypatch.setenv("DINAMIS_PROFILE", str(service.profile_path))
        monkeypatch.setenv("DINAMIS_HOME", str(tmp_path / "dinamis"))
        register = Register(tmp_path / "dinamis" / "requests.gpkg")
        register.path.parent.mkdir(parents=True)
        register.save(new_request("p", Draft(title="Brouillon")))
        monkeypatch.setattr(
            "dinamis_qgis.core.waiting_work.has_waiting_downloads",
            lambda queue: looked.append(True) or False,
        )
        plugin = _restarted(iface)
        try:
            wait_until(lambda: looked, what="the look for waiting work")
            wait_until(lambda: not _running(), what="its end")
            assert plugin.context.profile is None and plugin.context.session is None
        finally:
            plugin.unload()


def _running() -> bool:
    from dinamis_qgis.bridge import tasks

    return bool(tasks._running)
