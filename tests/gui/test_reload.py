"""Loaded, used in every panel, unloaded, five times: QGIS is as it was, and nothing grows."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsPathResolver, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, QTranslator
from qgis.PyQt.QtWidgets import QApplication

from tests.support.service import running_service
from tests.support.window import Window, window

AROUND = QgsRectangle(412000, 6234000, 442000, 6259000)
ROUNDS = 5


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_service(
        tmp_path_factory.mktemp("service"), auto_approve="technicien", device_interval=0.1
    ) as running:
        yield str(running.profile_path)


def settle(wait: Callable[..., None]) -> None:
    """Everything that ends by itself has ended."""
    ours = ("dinamis", "keyring")
    wait(
        lambda: not [
            t
            for t in threading.enumerate()
            if t.name.startswith(ours) and t.name != "dinamis-training"
        ],
        what=f"the end of the threads {[t.name for t in threading.enumerate()]}",
    )
    for _ in range(3):
        gc.collect()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sockets() -> int:
    """How many sockets this process has open."""
    folder = Path("/proc/self/fd")
    count = 0
    for name in os.listdir(folder) if folder.is_dir() else ():
        try:
            count += os.readlink(folder / name).startswith("socket:")
        except OSError:
            continue
    return count


def state(iface: Any) -> dict[str, Any]:
    """What a plugin could have changed of QGIS and of this process."""
    window_, canvas = iface.mainWindow(), iface.mapCanvas()
    return {
        "actions": len(iface.plugin_actions),
        "docks": len(iface.docks),
        "factories": len(iface.factories),
        "locator": len(iface.locator_filters),
        "providers": sorted(p.id() for p in QgsApplication.processingRegistry().providers()),
        "children": sorted(
            f"{type(c).__name__}:{c.objectName()}" for c in window_.children() if c.objectName()
        ),
        "windows": sorted(
            type(w).__name__
            for w in QApplication.topLevelWidgets()
            if w.objectName() or w.isVisible()
        ),
        "map tool": type(canvas.mapTool()).__name__,
        "canvas items": len(canvas.scene().items()),
        "canvas children": sorted(type(c).__name__ for c in canvas.viewport().children()),
        "path writers": QgsPathResolver().writePath("/vsicurl/http://127.0.0.1:9/x"),
        "paths": list(sys.path),
        "translators": len(QApplication.instance().findChildren(QTranslator)),
        "temporary files": sorted(p.name for p in Path(tempfile.gettempdir()).iterdir()),
        "layers": len(QgsProject.instance().mapLayers()),
        "bar": len(iface.messageBar().items()),
    }


def use(there: Window) -> None:
    """Every panel, and something of each."""
    there.wait(lambda: there.context.profile, what="the profile")
    there.sign_in()
    panel = there.search()
    there.choose(panel)
    there.click("addToMapButton")
    there.wait(lambda: there.layers(), what="the layer")
    there.choose(panel)
    there.download()
    there.wait(
        lambda: any(Path(layer.source()).is_file() for layer in there.layers()),
        seconds=60,
        what="the file on the map",
    )
    there.draw()
    there.tab("search")
    QgsProject.instance().removeAllMapLayers()


def test_unload_after_use_leaves_nothing(
    iface: Any,
    profile: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    settle(wait_until)
    before, open_sockets, objects = None, [], []
    for number in range(ROUNDS):
        with window(iface, wait_until, profile, tmp_path, monkeypatch, AROUND) as there:
            use(there)
        iface.messageBar().clearWidgets()
        settle(wait_until)
        now = state(iface)
        if before is None:
            before = now
            assert (
                now["actions"]
                == now["docks"]
                == now["factories"]
                == now["locator"]
                == now["layers"]
                == 0
            )
            assert "dinamis" not in now["providers"] and now["temporary files"] == []
        assert now == before, f"round {number}"
        open_sockets.append(sockets())
        objects.append(sum(isinstance(o, QObject) for o in gc.get_objects()))
    # The first rounds fill caches of QGIS and of Python; the training service closes its ends a
    # little later.
    assert max(open_sockets[2:]) <= open_sockets[1] + 2, open_sockets
    assert sorted(objects)[ROUNDS // 2] <= objects[0] + 10, (
        objects
    )  # one round may be looked at before its last object is gone
