"""Runs inside the real QGIS program (``--code``): does one thing with the plugin, then closes QGIS
in the middle of it. ``DINAMIS_TEST_CASE`` names the thing: a function below. Each yields what it
waits for.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import qgis.utils
from qgis.core import QgsApplication, QgsProject, QgsRectangle, QgsTask
from qgis.PyQt.QtCore import QThreadPool, QTimer
from qgis.PyQt.QtWidgets import QWidget

FOLDER = Path(os.environ["DINAMIS_TEST_FOLDER"])
PROJECT = FOLDER / "project.qgs"
PAU = QgsRectangle(-0.385, 43.285, -0.355, 43.305)
Steps = Iterator[Callable[[], Any]]


def plugin() -> Any:
    return qgis.utils.plugins["dinamis_qgis"]


def click(name: str) -> None:
    found = [w for w in plugin().dock.findChildren(QWidget, name) if w.isVisible()]
    found[0].click()


def layers() -> list[Any]:
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("dinamis/item") and layer.isValid()
    ]


def age_pool() -> Steps:
    """As half a minute after the start: a thread of QGIS's pool has read the authentication
    database, as QGIS's news do, and sleeps.
    """
    manager = QgsApplication.taskManager()
    pool = manager.threadPool() if hasattr(manager, "threadPool") else QThreadPool.globalInstance()
    usual = pool.expiryTimeout()
    pool.setExpiryTimeout(10)
    read: list[Any] = []
    task = QgsTask.fromFunction(
        "as the news", lambda _: read.append(QgsApplication.authManager().configIds())
    )
    manager.addTask(task)
    yield lambda: read and pool.activeThreadCount() == 0
    QTimer.singleShot(300, lambda: read.append("asleep"))
    yield lambda: "asleep" in read
    pool.setExpiryTimeout(usual)


def sign_in() -> Steps:
    context = plugin().context
    plugin().dock.setUserVisible(True)
    yield lambda: context.profile
    click("accountButton")
    yield lambda: context.account


def search() -> Steps:
    qgis.utils.iface.mapCanvas().setExtent(PAU)
    panel = plugin().dock.panel("search")
    click("searchButton")
    yield lambda: panel.progress.isVisible()


def products() -> list[Any]:
    """What the account may use of what was found."""
    panel = plugin().dock.panel("search")
    return [
        row.product
        for row in panel.model.rows()
        if panel.model.holding(row.product).name in ("HELD", "OPEN")
    ]


def find() -> Steps:
    yield from sign_in()
    yield from search()
    panel = plugin().dock.panel("search")
    yield lambda: panel.progress.isHidden() and len(products()) > 1


def drawing() -> Steps:
    """Closed as soon as the first scene starts to be drawn."""
    yield from find()
    plugin().dock.panel("search").select([products()[0].key])
    click("addToMapButton")
    yield lambda: layers() and qgis.utils.iface.mapCanvas().isDrawing()


def project() -> Steps:
    """A project with a streamed scene, saved, opened again and drawn."""
    canvas = qgis.utils.iface.mapCanvas()
    yield from drawing()
    yield lambda: not canvas.isDrawing()
    assert QgsProject.instance().write(str(PROJECT))
    yield from opened()


def opened() -> Steps:
    """The project of yesterday; nobody is signed in, the dock may never have been shown."""
    canvas = qgis.utils.iface.mapCanvas()
    qgis.utils.iface.newProject(False)
    qgis.utils.iface.addProject(str(PROJECT))
    yield lambda: layers() and not canvas.isDrawing()


def download() -> Steps:
    yield from find()
    plugin().dock.panel("search").select([products()[0].key])
    click("downloadButton")
    window = qgis.utils.iface.mainWindow()
    yield lambda: window.findChild(QWidget, "startDownloadButton")
    window.findChild(QWidget, "startDownloadButton").click()
    yield lambda: list(FOLDER.rglob("*.part*"))


def comparison() -> Steps:
    from dinamis_qgis.compare import swipe

    yield from find()
    plugin().dock.panel("search").select([product.key for product in products()[:2]])
    click("compareButton")
    yield lambda: swipe.current_comparison(qgis.utils.iface.mapCanvas())


def detection() -> Steps:
    from dinamis_qgis.compare import swipe

    yield from comparison()
    canvas = qgis.utils.iface.mapCanvas()

    def readable() -> bool:
        sides = swipe.current_comparison(canvas).sides
        return sides is not None and all(side.scene is not None for side in sides)

    yield readable
    bar = swipe.comparison_bar(canvas)
    bar.show_difference()
    bar.panel.detect()
    yield lambda: not bar.panel.ready()


def play(case: str) -> Steps:
    yield from age_pool()
    yield from globals()[case]()
    yield lambda: QgsApplication.taskManager().count() == 0  # or QGIS asks about them


def go_on() -> None:
    """Called again and again; closes QGIS after the last step."""
    global waits_for
    try:
        while waits_for():
            waits_for = next(steps)
    except StopIteration:
        timer.stop()
        (FOLDER / "played").touch()
        QgsProject.instance().setDirty(False)
        qgis.utils.iface.actionExit().trigger()
    except Exception:  # to the log at once: QGIS would show a window and wait
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(99)


steps = play(os.environ["DINAMIS_TEST_CASE"])
waits_for: Callable[[], Any] = lambda: True
timer = QTimer()
timer.timeout.connect(go_on)
timer.start(20)
