"""What every test gets: a home of its own, no network outside loopback, and QGIS where a test asks
for it.

Nothing here imports QGIS before a fixture needs it: ``tests/unit`` runs on a bare Python 3.9 too.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

from tests import network

ROOT = Path(__file__).resolve().parent.parent

# Before any library reads them: no test sees or changes the settings, caches or keyring of the
# person running it.
_home = Path(tempfile.mkdtemp(prefix="dinamis-tests-"))
for _name, _folder in (
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CACHE_HOME", "cache"),
):
    (_home / _folder).mkdir()
    os.environ[_name] = str(_home / _folder)
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
for _name in [
    n for n in os.environ if n.startswith(("DINAMIS_", "TLD_")) or n.lower().endswith("_proxy")
]:
    os.environ.pop(_name)


@pytest.fixture(scope="session", autouse=True)
def _home_is_removed() -> Iterator[None]:
    yield
    shutil.rmtree(_home, ignore_errors=True)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python sockets outside loopback fail as an unplugged machine's would; Qt's are watched by
    ``qgis_app``.
    """
    network.guard(monkeypatch)
    yield
    seen = network.take_outside_requests()
    if seen:
        pytest.fail(f"QGIS was asked for hosts outside loopback: {seen}")


@pytest.fixture(autouse=True)
def _no_swallowed_exception(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An exception inside a Qt slot fails the test that caused it (PyQt would abort or print), also
    one that was contained and logged.
    """
    from dinamis_qgis.bridge import guard

    raised: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, value, trace: raised.append(value))
    monkeypatch.setattr(guard, "fault_listeners", [raised.append])
    yield
    if raised:
        raise raised[0]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def qgis_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real ``QgsApplication`` with an empty profile; one for the whole run."""
    from tests import qgis_session

    yield qgis_session.start(tmp_path_factory.mktemp("profile"))
    qgis_session.stop()


@pytest.fixture
def iface(qgis_app: Any) -> Iterator[Any]:
    """QGIS's main window as a plugin sees it: real canvas, layer tree, message bar, menus and
    docks; empty project.
    """
    from qgis.core import QgsSettings

    from tests.iface import Iface

    QgsSettings().remove("dinamis")  # what an earlier test's plugin remembers
    window = Iface()
    yield window
    window.close()


@pytest.fixture
def project(qgis_app: Any) -> Iterator[Any]:
    """The ``QgsProject`` instance, empty before and after."""
    from qgis.core import QgsProject

    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture
def wait_until(qgis_app: Any) -> Callable[..., None]:
    """``wait_until(condition, seconds=60, what="…")``: runs Qt's events until ``condition()`` is
    true, or fails.
    """
    return wait


def wait(condition: Callable[[], object], seconds: float = 60.0, what: str = "") -> None:
    from qgis.PyQt.QtCore import QCoreApplication, QEvent

    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"not within {seconds:g} s: {what or condition}")
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.005)


@pytest.fixture
def french(qgis_app: Any) -> Iterator[None]:
    """QGIS in French, with the plugin's own ``.qm`` (build it with ``make i18n``)."""
    from tests import qgis_session

    with qgis_session.language("fr", ROOT / "i18n" / "dinamis_qgis_fr.qm"):
        yield


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The training service with the small world, signing everybody in as ``technicien``; shared by
    the whole run.
    """
    from tests.support.service import running_service

    with running_service(tmp_path_factory.mktemp("training"), auto_approve="technicien") as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``display`` need a window system."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        for item in items:
            if item.get_closest_marker("display"):
                item.add_marker(pytest.mark.skip(reason="needs a display; make test gives one"))
