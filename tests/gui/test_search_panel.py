"""The search panel as a person uses it, with the mouse and the keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QWidget

from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.gui.search.chosen import actions
from tests.support.scripted import Answer, Seen
from tests.support.search import (
    StacApi,
    make_profile,
    scripted,
    search,
    search_panel,
    signed_in,
    square,
)

PAU = (-0.45, 43.2)


@pytest.fixture
def api() -> StacApi:
    """Three products over the map, one beside the others."""
    return StacApi(
        [
            square(1, *PAU, datetime="2023-08-12T09:04:00Z"),
            square(2, *PAU, datetime="2021-01-01T11:00:00Z", **{"eo:cloud_cover": 60}),
            square(3, -0.6, 43.35, side=0.05, datetime="2015-01-01T11:00:00Z", license="crise"),
        ]
    )


@pytest.fixture
def panel(api: StacApi, iface: Any) -> Iterator[Any]:
    with scripted(api) as server, search_panel(iface, make_profile(server.root)) as shown:
        yield shown


def button(panel: Any, name: str) -> QAbstractButton:
    found = panel.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def ids(panel: Any) -> list[str]:
    return [r.product.id[-1] for r in panel.model.rows()]


def face(panel: Any) -> str:
    return panel.state.title.text() if panel.stack.currentWidget() is panel.state else ""


def offer(panel: Any, text: str) -> QAbstractButton:
    return next(b for b in panel.state.buttons if text in b.text())


def test_opens_ready_to_search(panel: Any, wait_until: Callable[..., None]) -> None:
    assert face(panel)
    assert button(panel, "searchButton").isEnabled()
    for name in ("addToMapButton", "downloadButton", "compareButton"):
        assert not button(panel, name).isEnabled()
        assert button(panel, name).toolTip(), "says why"
    QTest.mouseClick(button(panel, "searchButton"), Qt.MouseButton.LeftButton)
    wait_until(lambda: ids(panel) == ["1", "2", "3"])
    assert panel.view.isVisible()


def test_searches_what_the_map_shows(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    ring = api.searches[0].json()["intersects"]["coordinates"][0]
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    assert (
        -0.95 < min(xs) < -0.5 < -0.2 < max(xs) < 0.1
        and 43.0 < min(ys) < 43.3 < 43.4 < max(ys) < 43.6
    )


def test_enter_searches_from_the_list_and_from_the_filters(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    for widget in (panel.view, panel.query_bar.cloud.slider):
        before = len(api.searches)
        QTest.keyClick(widget, Qt.Key.Key_Return)
        wait_until(lambda n=before: len(api.searches) > n and panel._job is None)


def test_ctrl_enter_adds_to_the_map(
    panel: Any, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[Any] = []
    monkeypatch.setattr(
        actions, "add_to_map", lambda context, products, done=None: added.extend(products) or []
    )
    search(panel, wait_until)
    panel.view.setCurrentIndex(panel.model.index(0))
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    QTest.keyClick(panel.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [p.id[-1] for p in added] == ["2"]


def test_filters_are_sent_and_shown(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    panel.query_bar.set_query(Query(start=date(2018, 1, 1), end=date(2025, 12, 31), max_cloud=20))
    assert panel.query_bar.period_button.text() == "2018 – 2025"
    assert panel.query_bar.filters_button.text() == "Filters (1)"
    search(panel, wait_until)
    assert api.searches[0].json()["datetime"].startswith("2017-12-31T23:00:00Z/2025-12-31T22:59:59")
    assert ids(panel) == ["1"]


def test_every_filter_reads_what_it_shows(panel: Any) -> None:
    bar = panel.query_bar
    for query in (
        Query(),
        Query(start=date(2020, 2, 29)),
        Query(end=date(2021, 12, 31)),
        Query(max_cloud=15, max_incidence=30),
        Query(constellations=("Pléiades",)),
        Query(max_cloud=0),
    ):
        bar.set_query(query)
        assert bar.query() == query


def test_nothing_found_is_an_offer(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    api.items = []
    panel.query_bar.set_query(Query(start=date(2018, 1, 1), max_cloud=20))
    search(panel, wait_until)
    assert face(panel) == "No product here"
    wanted: list[Any] = []
    panel.request_wanted.connect(wanted.append)
    QTest.mouseClick(offer(panel, "Request an acquisition"), Qt.MouseButton.LeftButton)
    assert wanted[0].equals(panel._query.area)
    QTest.mouseClick(offer(panel, "all dates"), Qt.MouseButton.LeftButton)
    wait_until(lambda: len(api.searches) == 2 and panel._job is None)
    assert "datetime" not in api.searches[1].json()
    assert panel.query_bar.query() == Query(max_cloud=20)
    QTest.mouseClick(offer(panel, "without the filters"), Qt.MouseButton.LeftButton)
    wait_until(lambda: len(api.searches) == 3 and panel._job is None)
    assert panel.query_bar.query() == Query()
    width = panel.context.iface.mapCanvas().extent().width()
    QTest.mouseClick(offer(panel, "Look around"), Qt.MouseButton.LeftButton)
    wait_until(lambda: len(api.searches) == 4 and panel._job is None)
    assert panel.context.iface.mapCanvas().extent().width() == pytest.approx(3 * width, rel=0.01)


def test_rows_appear_while_searching_and_cancel_keeps_them(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    api.items = [square(i, *PAU) for i in range(25)]
    gate = threading.Event()

    def before(seen: Seen) -> Answer | None:
        return Answer(hang=gate) if len(api.searches) >= 1 and "search" in seen.path else None

    api.before = before
    panel.search()
    wait_until(lambda: panel.model.rowCount() == 10)
    assert panel.progress.isVisible()
    assert button(panel, "searchButton").text() == "Cancel"
    QTest.mouseClick(button(panel, "searchButton"), Qt.MouseButton.LeftButton)
    assert not panel.progress.isVisible()
    assert button(panel, "searchButton").text() == "Search"
    assert panel.model.rowCount() == 10
    gate.set()


def test_escape_cancels(panel: Any, api: StacApi, wait_until: Callable[..., None]) -> None:
    gate = threading.Event()
    api.before = lambda _: Answer(hang=gate)
    panel.search()
    wait_until(lambda: len(panel.context.profile.catalogues) and panel.progress.isVisible())
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel._job is None
    assert "Searching" not in face(panel)
    gate.set()


def test_old_page_never_overwrites_a_newer_search(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    gate, held = threading.Event(), threading.Event()

    def before(seen: Seen) -> Answer | None:
        if "search" in seen.path and not held.is_set():
            held.set()
            gate.wait(20)
        return None

    api.before = before
    panel.search()
    wait_until(held.is_set)
    api.items = [square(9, *PAU)]
    search(panel, wait_until)
    assert ids(panel) == ["9"]
    api.items = [square(8, *PAU)]
    gate.set()
    QTest.qWait(200)
    assert ids(panel) == ["9"]


def test_error_has_a_face_and_retry_works(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    panel.context.http.retries = 0
    api.before = lambda _: Answer(500, b'{"detail": "Traceback (most recent call last)"}')
    search(panel, wait_until)
    assert face(panel) == "The search did not succeed"
    assert "Traceback" not in panel.state.text.text()
    assert not panel.progress.isVisible()
    api.before = None
    QTest.mouseClick(offer(panel, "Try again"), Qt.MouseButton.LeftButton)
    wait_until(lambda: ids(panel) == ["1", "2", "3"])


def test_offline_has_a_face(panel: Any, wait_until: Callable[..., None]) -> None:
    panel.context.http.retries = 0
    with scripted(lambda _: Answer()) as server:
        gone = server.root
    panel.context.profile = make_profile(gone)
    search(panel, wait_until)
    assert face(panel) == "No connection"


def test_map_without_place_has_a_face(panel: Any, wait_until: Callable[..., None]) -> None:
    panel.context.iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem())
    search(panel, wait_until)
    assert "coordinate reference system" in panel.state.text.text()


def test_partly_answered(panel: Any, wait_until: Callable[..., None]) -> None:
    panel.context.http.retries = 0
    profile = panel.context.profile
    down = replace(profile.catalogues[0], id="c1", title="GEODES", url="http://127.0.0.1:9/stac")
    panel.context.profile = replace(profile, catalogues=(*profile.catalogues, down))
    search(panel, wait_until)
    assert ids(panel) == ["1", "2", "3"]
    assert panel.partial.isVisible()
    assert panel.partial.label.text() == "1 catalogues out of 2 have answered."
    assert "GEODES" in panel.partial.toolTip()


def test_first_five_hundred_then_all(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.gui.search import panel as module

    api.items = [square(i, *PAU) for i in range(30)]
    original, module.FIRST = module.FIRST, 20
    try:
        search(panel, wait_until)
    finally:
        module.FIRST = original
    assert panel.model.rowCount() == 20
    assert panel.more.isVisible() and "20" in panel.more.label.text()
    panel.select([panel.model.rows()[3].product.key])
    QTest.mouseClick(button(panel, "loadAllButton"), Qt.MouseButton.LeftButton)
    wait_until(lambda: panel.model.rowCount() == 30 and panel._job is None)
    assert not panel.more.isVisible()
    assert len(panel.selected()) == 1, "what was chosen stays chosen"


# rights


def test_not_licensed_says_so_and_whom_to_ask(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.select([panel.model.rows()[2].product.key])
    assert button(panel, "addToMapButton").isEnabled(), "signed out: not known yet"
    signed_in(panel, "spot67")
    assert panel.licence.isVisible() and "Crise" in panel.licence.label.text()
    assert not button(panel, "addToMapButton").isEnabled()
    assert "licence" in button(panel, "addToMapButton").toolTip()
    panel.select([panel.model.rows()[0].product.key])
    assert not panel.licence.isVisible()
    assert button(panel, "addToMapButton").isEnabled()


def test_compare_wants_two(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    keys = [r.product.key for r in panel.model.rows()]
    panel.select(keys[:1])
    assert not button(panel, "compareButton").isEnabled()
    panel.select(keys[:2])
    assert button(panel, "compareButton").isEnabled()
    panel.select(keys)
    assert not button(panel, "compareButton").isEnabled()


# the map


def click(
    panel: Any, lon: float, lat: float, modifier: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    """A click on the map at a place on Earth, as the mouse makes it."""
    canvas = panel.context.iface.mapCanvas()
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY

    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        canvas.mapSettings().destinationCrs(),
        QgsProject.instance(),
    )
    place = canvas.getCoordinateTransform().transform(to_map.transform(QgsPointXY(lon, lat)))
    QTest.mouseClick(
        canvas.viewport(),
        Qt.MouseButton.LeftButton,
        modifier,
        QPoint(round(place.x()), round(place.y())),
    )


def chosen(panel: Any) -> list[str]:
    return [p.id[-1] for p in panel.selected()]


def test_selecting_in_the_list_lights_the_map(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    assert panel.footprints.count() == 3
    key = panel.model.rows()[1].product.key
    panel.select([key])
    assert panel.footprints._drawing.lit == {key: True}


def test_clicking_the_map_selects_in_the_list(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    canvas = panel.context.iface.mapCanvas()
    tool = QgsMapToolPan(canvas)
    canvas.setMapTool(tool)
    click(panel, -0.58, 43.37)
    assert chosen(panel) == ["3"]
    canvas.setExtent(QgsRectangle(400_000, 6_235_000, 440_000, 6_265_000))
    click(panel, -0.35, 43.3, Qt.KeyboardModifier.ControlModifier)
    assert len(chosen(panel)) == 2


def test_clicking_again_goes_to_the_next_below(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    canvas = panel.context.iface.mapCanvas()
    canvas.unsetMapTool(canvas.mapTool())
    seen = []
    for _ in range(3):
        click(panel, -0.35, 43.3)
        seen += chosen(panel)
    assert sorted(seen[:2]) == ["1", "2"] and seen[2] == seen[0]


def test_other_tools_keep_their_clicks(panel: Any, wait_until: Callable[..., None]) -> None:
    from qgis.gui import QgsMapToolEmitPoint

    search(panel, wait_until)
    canvas = panel.context.iface.mapCanvas()
    tool = QgsMapToolEmitPoint(canvas)
    got: list[Any] = []
    tool.canvasClicked.connect(lambda *_: got.append(1))
    canvas.setMapTool(tool)
    click(panel, -0.35, 43.3)
    assert got and chosen(panel) == []
    canvas.unsetMapTool(tool)


def test_selecting_does_not_move_the_map(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    canvas = panel.context.iface.mapCanvas()
    before = canvas.extent()
    panel.select([panel.model.rows()[2].product.key])
    assert canvas.extent() == before
    panel.view.doubleClicked.emit(panel.model.index(2))
    assert canvas.extent().width() < before.width(), "double click zooms"


def test_footprints_follow_the_projection(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    key = panel.model.rows()[0].product.key
    panel.context.iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    extent = panel.footprints.extent([key])
    assert extent.xMinimum() == pytest.approx(-0.45) and extent.yMaximum() == pytest.approx(43.4)


def painted(panel: Any) -> bool:
    """Whether anything is drawn on the (empty, white) map."""
    image = panel.context.iface.mapCanvas().grab().toImage()
    colors = {
        image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 3)
    }
    return len(colors) > 3


def test_closing_the_dock_clears_the_map_and_the_project_is_not_touched(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    wait_until(panel.footprints.ready)
    QApplication.processEvents()
    assert painted(panel), "at rest"
    panel.select([panel.model.rows()[0].product.key])
    panel.parentWidget().hide()
    QApplication.processEvents()
    assert not painted(panel)
    panel.parentWidget().show()
    QApplication.processEvents()
    assert painted(panel)
    assert QgsProject.instance().mapLayers() == {}
    assert not QgsProject.instance().isDirty()


def test_unload_leaves_the_canvas_as_it_was(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    wait_until(panel.footprints.ready)
    scene = panel.context.iface.mapCanvas().scene()
    drawing = panel.footprints._drawing
    assert drawing in scene.items()
    panel.context.closing.emit()
    assert drawing not in scene.items()


def test_hover_lights_the_footprint(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    rect = panel.view.visualRect(panel.model.index(1))
    place = QPointF(rect.center())
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(panel.view.viewport(), event)
    assert panel.footprints._drawing.lit == {panel.model.rows()[1].product.key: False}
    QApplication.sendEvent(panel.view, QEvent(QEvent.Type.Leave))
    assert panel.footprints._drawing.lit == {}


def test_hover_button_adds_to_the_map(
    panel: Any, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[Any] = []
    monkeypatch.setattr(
        actions, "add_to_map", lambda context, products, done=None: added.extend(products) or []
    )
    search(panel, wait_until)
    index = panel.model.index(1)
    rect = panel.delegate.button_rects(panel.view._option(index))[0]
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert [p.id[-1] for p in added] == ["2"]


def test_another_profile_clears_everything(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.context.profile_changed.emit()
    assert panel.model.rowCount() == 0 and panel.footprints.count() == 0
    assert face(panel) == "Satellite images of your area"


@pytest.mark.parametrize("width", [300, 320, 500])
def test_fits_a_narrow_dock(panel: Any, wait_until: Callable[..., None], width: int) -> None:
    search(panel, wait_until)
    panel.query_bar.filters_button.setChecked(True)
    assert panel.minimumSizeHint().width() <= 300
    panel.query_bar.period_button.setChecked(True)
    assert panel.minimumSizeHint().width() <= 300


def test_everything_has_a_name_for_screen_readers(panel: Any) -> None:
    panel.query_bar.filters_button.setChecked(True)
    seen = [b for b in panel.findChildren(QAbstractButton) if b.isVisible()]
    assert len(seen) >= 8
    nameless = [b for b in seen if not (b.text() or b.accessibleName() or b.toolTip())]
    assert not nameless
    assert panel.view.accessibleName() and panel.query_bar.cloud.slider.accessibleName()


def test_offer_of_an_empty_search_opens_a_request(
    api: StacApi, iface: Any, wait_until: Callable[..., None]
) -> None:
    """Through the dock: the request begins over the area that was searched."""
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.gui.dock import DinamisDock

    begun: list[Any] = []

    class Requests(QWidget):
        def begin(self, area: Any) -> None:
            begun.append(area)

    api.items = []
    with scripted(api) as server:
        context = Context(iface)
        context.profile = make_profile(server.root)
        dock = DinamisDock(context, iface.mainWindow())
        dock._MAKERS = {**dock._MAKERS, "requests": lambda _: Requests()}  # type: ignore[misc]
        panel = dock.panel("search")
        iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        iface.mapCanvas().setExtent(QgsRectangle(400_000, 6_235_000, 440_000, 6_265_000))
        search(panel, wait_until)
        offer(panel, "Request an acquisition").click()
        assert begun[0].equals(panel._query.area)
        assert dock.tabs.currentWidget().objectName() == "requestsPage"
        context.close()
        dock.close()
