"""The window never freezes: the longest stall of the event loop during the main job, with the service 300 ms away."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import QTimer

from tests import code
from tools.heartbeat import Heartbeat, heartbeat

LIMIT = 0.1  # seconds, of the issue
RTT = 300  # milliseconds
PAU = QgsRectangle(423500, 6248500, 430500, 6253000)

# A process of its own: its work must not count as ours.
SERVICE = """
import json, sys
from pathlib import Path
from dinamis_qgis.sandbox.service import Options, start
options = Options(port=0, data=Path(sys.argv[1]), small=True, auto_approve="technicien", rtt_ms=float(sys.argv[2]), days_per_second=20)
with start(options) as service:
    print(json.dumps({"profile": str(service.profile_path)}), flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def far_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The profile file of a training service that answers after 300 ms."""
    command = [sys.executable, "-c", SERVICE, str(tmp_path_factory.mktemp("service")), str(RTT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=code.ROOT, text=True) as process:
        assert process.stdout and process.stdin
        yield json.loads(process.stdout.readline())["profile"]
        process.stdin.close()


@pytest.fixture
def plugin(
    iface: Any, far_service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> Iterator[Any]:
    """The plugin in a shown window, the profile open, somebody signed in, the map on Pau."""
    from dinamis_qgis import classFactory

    monkeypatch.setenv("DINAMIS_PROFILE", far_service)
    monkeypatch.setenv("DINAMIS_DOWNLOAD_FOLDER", str(tmp_path))
    instance = classFactory(iface)
    instance.initGui()
    iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    iface.mapCanvas().setExtent(PAU)
    iface.mainWindow().show()
    wait_until(lambda: instance.context.profile, seconds=60, what="the profile")
    instance.dock.sign_in()
    wait_until(lambda: instance.context.account, seconds=60, what="the account")
    yield instance
    instance.unload()


def held(heart: Heartbeat) -> None:
    assert heart.longest < LIMIT, f"{heart.longest * 1000:.0f} ms in\n{heart.where}"


def search(plugin: Any, wait_until: Callable[..., None]) -> Any:
    """A search to its end; the panel."""
    panel = plugin.dock.panel("search")
    ended: list[bool] = []
    panel.searched.connect(lambda: ended.append(True))
    panel.search()
    wait_until(lambda: ended, seconds=60, what="the end of the search")
    assert panel.model.rowCount() > 3
    return panel


def test_a_stall_is_measured(wait_until: Callable[..., None]) -> None:
    """The measure itself: a slot that sleeps is seen, with its place; a quiet loop is not."""
    with heartbeat() as quiet:
        end = time.monotonic() + 0.3
        wait_until(lambda: time.monotonic() > end)
    held(quiet)
    with heartbeat() as frozen:
        slept: list[bool] = []

        def sleep_in_slot() -> None:
            time.sleep(0.25)
            slept.append(True)

        QTimer.singleShot(20, sleep_in_slot)
        wait_until(lambda: slept)
        wait_until(lambda: frozen.longest > LIMIT, seconds=2)
    assert 0.2 < frozen.longest < 0.5
    assert "sleep_in_slot" in frozen.where


def test_signing_in_and_searching(plugin: Any, wait_until: Callable[..., None]) -> None:
    with heartbeat() as heart:
        search(plugin, wait_until)
    held(heart)
