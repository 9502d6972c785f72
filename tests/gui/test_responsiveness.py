"""The window never freezes: the longest stall of the event loop during the main job, with the
service 300 ms away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QTimer

from tests.support.window import Window, far_service, window
from tools.heartbeat import Heartbeat, heartbeat

LIMIT = 0.3  # seconds: no network, no disk; the milliseconds are the benchmark's
RTT = 300  # milliseconds
TOWN = QgsRectangle(425000, 6250150, 426500, 6251350)
AROUND = QgsRectangle(412000, 6234000, 442000, 6259000)


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The profile file of a training service that answers after 300 ms."""
    with far_service(tmp_path_factory.mktemp("service"), RTT) as profile:
        yield profile


@pytest.fixture
def shown(
    iface: Any,
    far: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> Iterator[Window]:
    """The plugin in a shown window, the profile open, the map on Pau."""
    with window(iface, wait_until, far, tmp_path, monkeypatch, TOWN) as there:
        wait_until(lambda: there.context.profile, seconds=60, what="the profile")
        yield there


@pytest.fixture
def signed_in(shown: Window) -> Window:
    shown.sign_in()
    return shown


def held(heart: Heartbeat) -> None:
    assert heart.longest < LIMIT, f"{heart.longest * 1000:.0f} ms in\n{heart.where}"


def drawn(there: Window) -> bool:
    return not there.iface.mapCanvas().isDrawing()


def test_a_stall_is_measured(wait_until: Callable[..., None]) -> None:
    """The measure itself: a slot that sleeps is seen, with its place; a quiet loop is not."""
    with heartbeat() as quiet:
        end = time.monotonic() + 0.3
        wait_until(lambda: time.monotonic() > end)
    held(quiet)
    with heartbeat() as frozen:
        slept: list[bool] = []

        def sleep_in_slot() -> None:
            time.sleep(0.5)
            slept.append(True)

        QTimer.singleShot(20, sleep_in_slot)
        wait_until(lambda: slept)
        wait_until(lambda: frozen.longest > LIMIT, seconds=2)
    assert frozen.longest > 0.4
    assert "sleep_in_slot" in frozen.where


def test_opening_and_signing_in(shown: Window) -> None:
    with heartbeat() as heart:
        shown.sign_in()
    held(heart)


def test_searching(signed_in: Window) -> None:
    signed_in.iface.mapCanvas().setExtent(AROUND)
    with heartbeat() as heart:
        panel = signed_in.search()
        assert panel.model.rowCount() > 3
        thumbnail = next(
            row.product.thumbnail for row in panel.model.rows() if row.product.thumbnail
        )
        signed_in.wait(
            lambda: panel.thumbnails.get(thumbnail) is not None, seconds=30, what="a thumbnail"
        )
    held(heart)


def test_adding_to_the_map(signed_in: Window) -> None:
    panel = signed_in.search()
    with heartbeat() as heart:
        signed_in.choose(panel)
        signed_in.click("addToMapButton")
        signed_in.wait(lambda: signed_in.layers(), seconds=60, what="the layer")
        signed_in.wait(lambda: drawn(signed_in), seconds=60, what="the imagery")
    held(heart)


def test_downloading(signed_in: Window) -> None:
    panel = signed_in.search()
    with heartbeat() as heart:
        signed_in.choose(panel)
        signed_in.download()
        signed_in.wait(
            lambda: any(Path(layer.source()).is_file() for layer in signed_in.layers()),
            seconds=60,
            what="the file on the map",
        )
        signed_in.wait(lambda: drawn(signed_in), seconds=60, what="the imagery")
    held(heart)


def test_submitting(signed_in: Window) -> None:
    signed_in.iface.mapCanvas().setExtent(AROUND)
    with heartbeat() as heart:
        signed_in.draw()
        signed_in.write("Suivi de l’extension urbaine")
        signed_in.click("submitRequestButton")
        signed_in.wait(
            lambda: any(r.order_id for r in signed_in.requests()), seconds=60, what="the receipt"
        )
        signed_in.wait(
            lambda: any(r.delivered for r in signed_in.requests()), seconds=90, what="the delivery"
        )
    held(heart)
