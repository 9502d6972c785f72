"""“Before / after here…” on the map: the day asked for, the training service searched, the best
pair opened and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QDate, QEvent, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QMenu, QPushButton

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers import add as layers
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.before_after import DayDialog, before_after, open_pair
from dinamis_qgis.compare.menus import Entries
from dinamis_qgis.core.catalogue import search as catalogue_search
from dinamis_qgis.core.catalogue.model import Page
from dinamis_qgis.core.errors import NetworkError
from tests.gui.test_search_service import panel, service  # noqa: F401
from tests.support.search import search

LANDIRAS, PAU = QgsPointXY(426_483, 6_388_513), QgsPointXY(425_752, 6_250_739)
FIRE = date(2022, 7, 12)


@pytest.fixture
def entries(panel: Any, wait_until: Callable[..., None]) -> Iterator[Any]:
    canvas = panel.context.iface.mapCanvas()
    made = Entries(panel.context)
    yield made
    made.stop()
    assert swipe.current_comparison(canvas) is None


def look_at(canvas: Any, place: QgsPointXY) -> None:
    canvas.setExtent(
        QgsRectangle(place.x() - 300, place.y() - 250, place.x() + 300, place.y() + 250)
    )


def ask_here(canvas: Any, day: QDate | None) -> None:
    """The map's menu at the middle of the view; ``day`` typed into the dialog, or the dialog given
    up.
    """
    menu = QMenu()
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    canvas.contextMenuAboutToShow.emit(
        menu, QgsMapMouseEvent(canvas, QEvent.Type.MouseButtonRelease, middle)
    )
    action = next(
        action for action in menu.actions() if action.objectName() == "dinamisBeforeAfter"
    )
    seen: list[Any] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append(dialog)
        if day is None:
            dialog.reject()
            return
        dialog.day.setDate(day)
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()

    QTimer.singleShot(100, answer)
    action.trigger()
    assert seen and isinstance(seen[0], DayDialog)


def test_the_pair_around_the_fire(
    entries: Any, panel: Any, wait_until: Callable[..., None]
) -> None:
    canvas = panel.context.iface.mapCanvas()
    look_at(canvas, LANDIRAS)
    ask_here(canvas, QDate(2022, 7, 12))
    assert swipe.current_comparison(canvas) is None, "nothing waits for the service here"
    wait_until(
        lambda: swipe.current_comparison(canvas) and swipe.current_comparison(canvas).ready(),
        seconds=90,
        what="the comparison",
    )
    before, after = swipe.current_comparison(canvas).facts()
    assert before.moment.date() < date(2022, 7, 12) <= after.moment.date()
    assert {before.item, after.item} == {
        str(layer.customProperty("dinamis/item"))
        for layer in QgsProject.instance().mapLayers().values()
    }
    one, two = swipe.current_comparison(canvas).images()
    assert one is not None and two is not None and one != two
    ask_here(canvas, QDate(2022, 7, 12))
    first = swipe.current_comparison(canvas)
    wait_until(
        lambda: swipe.current_comparison(canvas) is not first and swipe.current_comparison(canvas).ready(),
        seconds=60,
        what="again",
    )
    assert len(QgsProject.instance().mapLayers()) == 2, "the layers are used again"


def test_no_pair_and_given_up(entries: Any, panel: Any, wait_until: Callable[..., None]) -> None:
    canvas, bar = panel.context.iface.mapCanvas(), panel.context.iface.messageBar()
    look_at(canvas, LANDIRAS)
    ask_here(canvas, None)
    assert not bar.items()
    ask_here(canvas, QDate(1990, 1, 1))
    wait_until(
        lambda: bar.items() and "before and after" in bar.items()[0].text(),
        seconds=60,
        what="the message",
    )
    assert (
        len(bar.items()) == 1
        and not QgsProject.instance().mapLayers()
        and swipe.current_comparison(canvas) is None
    )


def test_says_that_it_looks_and_can_be_given_up(
    entries: Any, panel: Any, wait_until: Callable[..., None]
) -> None:
    canvas, bar = panel.context.iface.mapCanvas(), panel.context.iface.messageBar()
    look_at(canvas, LANDIRAS)
    before_after(panel.context, LANDIRAS, FIRE)
    assert len(bar.items()) == 1 and "…" in bar.items()[0].text()
    cancel = next(
        button for button in bar.items()[0].findChildren(QPushButton) if button.text() == "Cancel"
    )
    cancel.click()
    assert not bar.items()
    wait_until(lambda: not tasks._running, what="the end of the search")
    assert (
        not QgsProject.instance().mapLayers() and swipe.current_comparison(canvas) is None and not bar.items()
    )


def test_asked_twice_opens_one_pair(
    entries: Any, panel: Any, wait_until: Callable[..., None]
) -> None:
    canvas, bar = panel.context.iface.mapCanvas(), panel.context.iface.messageBar()
    look_at(canvas, LANDIRAS)
    for _ in range(2):
        before_after(panel.context, LANDIRAS, FIRE)
    wait_until(
        lambda: swipe.current_comparison(canvas) and swipe.current_comparison(canvas).ready(),
        seconds=90,
        what="the comparison",
    )
    wait_until(lambda: not tasks._running, what="everything")
    assert len(QgsProject.instance().mapLayers()) == 2 and not bar.items()


@pytest.mark.parametrize("found", [False, True])
def test_a_catalogue_that_does_not_answer_is_named(
    entries: Any,
    panel: Any,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    found: bool,
) -> None:
    canvas, bar, whole = (
        panel.context.iface.mapCanvas(),
        panel.context.iface.messageBar(),
        catalogue_search.search,
    )
    look_at(canvas, LANDIRAS)
    silent = panel.context.profile.catalogues[0]

    def search_partly(*args: Any) -> Iterator[Page]:
        if found:
            yield from whole(*args)
        yield Page(silent.id, (), last=True, error=NetworkError("The service cannot be reached."))

    monkeypatch.setattr(catalogue_search, "search", search_partly)
    before_after(panel.context, LANDIRAS, FIRE)
    wait_until(
        lambda: any(silent.title in item.text() for item in bar.items()),
        seconds=90,
        what="its name",
    )
    assert len(bar.items()) == 1
    wait_until(
        lambda: not tasks._running and (swipe.current_comparison(canvas) is not None) is found,
        seconds=60,
        what="the comparison",
    )
    if found:
        return
    monkeypatch.undo()
    next(
        button
        for button in bar.items()[0].findChildren(QPushButton)
        if button.text() == "Try again"
    ).click()
    wait_until(lambda: swipe.current_comparison(canvas) is not None, seconds=90, what="the comparison")


def test_an_image_removed_while_the_other_opens(
    entries: Any,
    panel: Any,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    canvas, bar = panel.context.iface.mapCanvas(), panel.context.iface.messageBar()
    look_at(canvas, PAU)
    search(panel, wait_until)
    found = sorted(
        (r.product for r in panel.model.rows() if "spot" in r.product.collection),
        key=lambda p: p.datetime,
    )
    held: list[Callable[[], Any]] = []
    add = layers.add_product

    def one_at_a_time(context: Any, product: Any, **calls: Any) -> Any:
        held.append(lambda: add(context, product, **calls))
        return held[0]() if len(held) == 1 else SimpleNamespace(stop=lambda: None)

    monkeypatch.setattr(layers, "add_product", one_at_a_time)
    open_pair(panel.context, found[:2])
    assert "…" in bar.items()[0].text()
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 1, what="the first image")
    QgsProject.instance().removeAllMapLayers()
    held[1]()
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 1, what="the second image")
    wait_until(lambda: bar.items() and "removed" in bar.items()[0].text(), what="the reason")
    assert len(bar.items()) == 1 and swipe.current_comparison(canvas) is None


def test_steps_into_what_the_search_found(
    entries: Any, panel: Any, wait_until: Callable[..., None]
) -> None:
    """A third date, not opened yet, is opened by the arrow; stepping back uses the layer again."""
    canvas = panel.context.iface.mapCanvas()
    look_at(canvas, PAU)
    search(panel, wait_until)
    found = sorted(
        (r.product for r in panel.model.rows() if "spot" in r.product.collection),
        key=lambda p: p.datetime,
    )
    assert len(found) >= 3
    open_pair(panel.context, found[:2])
    wait_until(
        lambda: swipe.current_comparison(canvas) and swipe.current_comparison(canvas).ready(),
        seconds=60,
        what="the comparison",
    )
    comparison, bar = swipe.current_comparison(canvas), swipe.comparison_bar(canvas)
    later = [
        date for date in comparison.dates.dates() if date.stamp > found[1].datetime.isoformat()
    ]
    assert later and all(date.product is not None for date in later), "found, not opened"
    assert len(QgsProject.instance().mapLayers()) == 2
    assert bar.labels[1].text()
    QTest.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "…" in bar.labels[1].text(), "says what is on its way"
    wait_until(
        lambda: len(QgsProject.instance().mapLayers()) == 3 and comparison.ready(),
        seconds=60,
        what="the third date",
    )
    assert comparison.originals()[1].customProperty("dinamis/item") == later[0].product.id
    assert "…" not in bar.labels[1].text() and comparison.dates.opening is None
    if later[0].product.cloud_cover is not None:
        assert comparison.facts()[1].cloud == pytest.approx(later[0].product.cloud_cover)
    QTest.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    wait_until(lambda: comparison.ready())
    assert comparison.originals()[1].customProperty("dinamis/item") == found[1].id
    assert len(QgsProject.instance().mapLayers()) == 3, "the layers are used again"
