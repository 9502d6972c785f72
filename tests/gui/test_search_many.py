"""Ten thousand results: the window stays awake while they come, are sorted, grouped, chosen and
scrolled.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from dinamis_qgis.core.catalogue.model import SortOrder
from tests import code
from tests.support.search import make_profile, search_panel
from tools import heartbeat as tools_heartbeat
from tools.heartbeat import Heartbeat, heartbeat

COUNT = 10_000
LIMIT = 0.3  # seconds; the benchmark holds 50 ms


def held(heart: Heartbeat, what: str) -> None:
    print(f"{what}: longest stall {heart.longest * 1000:.0f} ms")
    assert heart.longest < LIMIT, f"{what}: {heart.longest * 1000:.0f} ms in\n{heart.where}"


# A process of its own: its work must not count as ours.
_SERVICE = """
import random, sys
from tests.support.search import StacApi, scripted, square
dice = random.Random(3)
items = [
    square(
        n, -0.5 + dice.random() * 0.1, 43.2 + dice.random() * 0.1, side=0.15 + dice.random() * 0.2,
        datetime=f"{2004 + dice.randrange(20)}-{1 + dice.randrange(12):02d}-{1 + dice.randrange(28):02d}T10:30:00Z",
        **{"eo:cloud_cover": None if n % 9 == 0 else dice.randrange(100), "view:incidence_angle": dice.randrange(40)},
    )
    for n in range(int(sys.argv[1]))
]
with scripted(StacApi(items)) as server:
    print(server.root, flush=True)
    sys.stdin.read()
"""


class Queued:
    """Seconds the threads of this process have waited for a processor since it was made.

    A worker that holds Python's lock and waits for its turn holds up the window too: that is the
    machine's business, and nothing on a machine at rest.
    """

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._total = 0

    def __call__(self) -> float:
        for task in Path("/proc/self/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                now = int(task.read_text().split()[1])
                self._total += max(0, now - self._seen.get(str(task), now))
                self._seen[str(task)] = now
        return self._total / 1e9


@pytest.fixture(autouse=True)
def _other_threads_wait_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools_heartbeat, "_queued", Queued())


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    """A catalogue of squares around Pau, on days of twenty years in no order, some without cloud
    cover.
    """
    command = [sys.executable, "-c", _SERVICE, str(COUNT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=code.ROOT, text=True
    ) as process:
        assert process.stdout and process.stdin
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.fixture
def panel(root: str, iface: Any) -> Iterator[Any]:
    with search_panel(iface, make_profile(root, page_size=500)) as shown:
        yield shown


def test_ten_thousand_stay_fluid(panel: Any, wait_until: Callable[..., None]) -> None:
    ended: list[int] = []
    panel.searched.connect(lambda: ended.append(1))
    with heartbeat() as heart:
        panel._search(None)
        wait_until(lambda: ended, seconds=90, what="all pages")
        wait_until(panel.footprints.ready, seconds=30)
    assert panel.model.count() == COUNT and panel.footprints.count() == COUNT
    held(heart, "arriving")

    with heartbeat() as heart:
        for by in ("cloud", "coverage", "incidence", "resolution", "date"):
            panel.footer.order_wanted.emit(SortOrder(by, False))
            QTest.qWait(30)
    dates = [r.product.datetime for r in panel.model.rows()]
    assert dates == sorted(dates)
    held(heart, "sorting")

    panel.view.setFocus()
    with heartbeat() as heart:
        QTest.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(50)
    assert len(panel.selected()) == COUNT
    held(heart, "choosing all")

    with heartbeat() as heart:
        panel.footer.order_wanted.emit(SortOrder("cloud", False))
        QTest.qWait(50)
    assert len(panel.selected()) == COUNT, "sorted with all of them chosen"
    held(heart, "sorting what is chosen")

    panel.view.selectionModel().clearSelection()
    with heartbeat() as heart:
        panel.footer.grouped_wanted.emit(True)
        QTest.qWait(50)
        grouped = panel.model.rowCount()
        panel.footer.grouped_wanted.emit(False)
        QTest.qWait(50)
    assert grouped < COUNT == panel.model.rowCount()
    held(heart, "grouping")

    with heartbeat() as heart:
        bar = panel.view.verticalScrollBar()
        for step in range(0, bar.maximum(), bar.maximum() // 60):
            bar.setValue(step)
            QApplication.processEvents()
            QTest.qWait(5)
    held(heart, "scrolling")
