"""The query: areas, following the map, every filter, who applied them, the period chosen on the
timeline.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapToolExtent, QgsMapToolPan
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu
from shapely.geometry import mapping as to_geojson
from shapely.geometry import shape

from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.catalogue.plan import coverage_plan
from dinamis_qgis.core.geo import MOST_SENT, area_km2, vertex_count
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.gui.area import follow_map
from dinamis_qgis.gui.area.draw_tool import DrawTool
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
from tests.unit.catalogue.stac_api import CORE, FILTER, SORT
from tests.unit.catalogue.things import ragged

PAU = (-0.45, 43.2)


class Dated(StacApi):
    """Answers the period it is asked for, as every service does."""

    def __call__(self, seen: Seen) -> Answer:
        whole, asked = self.items, seen.json() if seen.method == "POST" else {}
        start, _, end = str(asked.get("datetime") or "../..").partition("/")
        try:
            self.items = [
                i
                for i in whole
                if (start == ".." or i["properties"]["datetime"] >= start)
                and (end == ".." or i["properties"]["datetime"] <= end)
            ]
            return super().__call__(seen)
        finally:
            self.items = whole


@pytest.fixture
def api() -> StacApi:
    """One product a year and a half, of several kinds."""
    return Dated(
        [
            square(1, *PAU, datetime="2023-08-12T09:04:00Z", **{"eo:cloud_cover": 5, "gsd": 0.5}),
            square(2, *PAU, datetime="2021-01-01T11:00:00Z", **{"eo:cloud_cover": 60, "gsd": 1.5}),
            square(
                3,
                *PAU,
                datetime="2019-07-20T11:00:00Z",
                license="crise",
                **{"eo:cloud_cover": None, "gsd": 6.0},
            ),
            square(
                4,
                -0.6,
                43.35,
                side=0.05,
                datetime="2015-02-01T11:00:00Z",
                **{"product:type": "P", "eo:cloud_cover": 0},
            ),
        ]
    )


@pytest.fixture
def panel(api: StacApi, iface: Any) -> Iterator[Any]:
    with scripted(api) as server, search_panel(iface, make_profile(server.root)) as shown:
        yield shown


def ids(panel: Any) -> list[str]:
    return [r.product.id[-1] for r in panel.model.rows()]


def entry(panel: Any, text: str) -> Any:
    """The entry of the area's menu."""
    menu: QMenu = panel.query_bar.area_menu
    menu.aboutToShow.emit()
    found = [
        a
        for a in menu.actions()
        + [b for a in menu.actions() if a.menu() for b in a.menu().actions()]
        if text in a.text()
    ]
    assert found, [a.text() for a in menu.actions()]
    return found[0]


def polygons(name: str, *wkts: str) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", name, "memory")
    features = []
    for wkt in wkts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer)
    return layer


BOX = "POLYGON((-0.4 43.25,-0.3 43.25,-0.3 43.3,-0.4 43.3,-0.4 43.25))"
FAR = "POLYGON((2 43.25,2.1 43.25,2.1 43.3,2 43.3,2 43.25))"


# areas


def test_a_drawn_polygon_is_searched_and_the_tool_before_comes_back(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    canvas = panel.context.iface.mapCanvas()
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    entry(panel, "Draw a polygon").trigger()
    view = canvas.viewport()
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.5, 0.6)):
        QTest.mouseClick(
            view,
            Qt.MouseButton.LeftButton,
            pos=QPoint(int(view.width() * x), int(view.height() * y)),
        )
    QTest.mouseClick(
        view,
        Qt.MouseButton.RightButton,
        pos=QPoint(int(view.width() * 0.5), int(view.height() * 0.6)),
    )
    wait_until(lambda: api.searches and panel._job is None)
    assert len(api.searches[0].json()["intersects"]["coordinates"][0]) == 4
    assert canvas.mapTool() is pan
    assert panel.map.area._outline.isVisible()
    assert "drawn polygon" in panel.query_bar.area_button.full_text()
    canvas.unsetMapTool(pan)


def test_a_drawn_rectangle(panel: Any, api: StacApi, wait_until: Callable[..., None]) -> None:
    canvas = panel.context.iface.mapCanvas()
    entry(panel, "Draw a rectangle").trigger()
    canvas.mapTool().extentChanged.emit(QgsRectangle(410_000, 6_240_000, 420_000, 6_250_000))
    wait_until(lambda: api.searches and panel._job is None)
    west, south, east, north = panel.map.area.fixed.bounds
    assert -0.7 < west < east < -0.4 and 43.1 < south < north < 43.4
    entry(panel, "What the map shows").trigger()
    assert panel.map.area.fixed is None and not panel.map.area._outline.isVisible()


def draws(canvas: Any) -> bool:
    return isinstance(canvas.mapTool(), (DrawTool, QgsMapToolExtent))


@pytest.mark.parametrize("shape", ["Draw a polygon", "Draw a rectangle"])
def test_drawing_is_given_up_by_esc_another_tool_another_shape_or_the_dock(
    panel: Any, shape: str
) -> None:
    calls: list[str] = []

    class Tool(QgsMapToolPan):
        def activate(self) -> None:
            calls.append("on")
            super().activate()

    canvas = panel.context.iface.mapCanvas()
    mine, other = Tool(canvas), QgsMapToolPan(canvas)
    canvas.setMapTool(mine)
    entry(panel, shape).trigger()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.mapTool() is mine, "Esc"
    entry(panel, shape).trigger()
    calls.clear()
    canvas.setMapTool(other)
    assert canvas.mapTool() is other and not calls, "another tool is the person's choice"
    canvas.setMapTool(mine)
    entry(panel, shape).trigger()
    panel.parentWidget().hide()
    assert canvas.mapTool() is mine, "the dock is closed"
    panel.parentWidget().show()
    for name in (shape, "Draw a rectangle", "Draw a polygon"):
        entry(panel, name).trigger()
        assert draws(canvas), name
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.mapTool() is mine, "whatever was begun between"
    canvas.unsetMapTool(mine)


def test_a_layer_being_read_is_told_and_given_up_by_another_choice(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    layer = polygons("commune", *[BOX] * 3000)
    panel.map.area.take_layer(layer)
    job = panel.map.area._job
    assert "commune" in panel.query_bar.area_button.full_text() and panel.progress.isVisible()
    entry(panel, "What the map shows").trigger()
    assert (
        "what the map shows" in panel.query_bar.area_button.full_text()
        and not panel.progress.isVisible()
    )
    wait_until(lambda: job.finished)
    assert panel.map.area.fixed is None and not api.searches


def test_selected_features(panel: Any, api: StacApi, wait_until: Callable[..., None]) -> None:
    assert not entry(panel, "Selected features").isEnabled()
    layer = polygons("communes & co", BOX, FAR)
    panel.context.iface.setActiveLayer(layer)
    layer.selectByIds([1])
    entry(panel, "1 selected feature").trigger()
    wait_until(lambda: api.searches and panel._job is None)
    assert panel.map.area.fixed.bounds == pytest.approx((-0.4, 43.25, -0.3, 43.3))


def test_a_polygon_layer(panel: Any, api: StacApi, wait_until: Callable[..., None]) -> None:
    polygons("communes & co", BOX, FAR)
    entry(panel, "communes && co").trigger()
    wait_until(lambda: api.searches and panel._job is None)
    assert panel.map.area.fixed.bounds == pytest.approx((-0.4, 43.25, 2.1, 43.3))
    assert "communes & co" in panel.query_bar.area_button.toolTip()
    assert ids(panel) == ["1", "2", "3"]  # the fourth lies beside both polygons
    panel.parentWidget().hide()
    assert not panel.map.area._outline.isVisible(), "closing the dock clears the map"


def test_an_empty_layer_is_told_and_changes_nothing(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    polygons("vide")
    entry(panel, "vide").trigger()
    bar = panel.context.iface.messageBar()
    wait_until(lambda: bar.items() if hasattr(bar, "items") else bar.currentItem())
    assert panel.map.area.fixed is None and not api.searches


def test_a_detailed_outline_is_searched_planned_and_told_exactly(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    """A scene that covers a commune of 3 000 vertices covers all of it: what a service is sent is
    nobody's area.
    """
    commune = ragged(3000, *PAU).normalize()
    api.items = [{**square(1, *PAU), "geometry": to_geojson(commune)}]
    polygons("commune", commune.wkt)
    entry(panel, "commune").trigger()
    wait_until(lambda: api.searches and panel._job is None)
    assert vertex_count(shape(api.searches[-1].json()["intersects"])) <= MOST_SENT
    assert panel._query.area is panel.map.area.fixed and panel._query.area.normalize().equals_exact(
        commune, 1e-12
    )
    assert format_km2(area_km2(commune)) in panel.query_bar.area_button.toolTip()
    (row,) = panel.model.rows()
    plan = coverage_plan([row.product], panel._query.area)
    assert row.coverage == pytest.approx(1) and plan.gap is None and plan.coverage == 1
    assert panel.map.area._outline.isVisible()


# following the map


def test_follows_the_map_without_flooding(
    panel: Any, api: StacApi, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        follow_map, "SETTLE_MS", 300
    )  # far longer than a step takes on a busy machine
    monkeypatch.setattr(follow_map, "PACE_S", 0.1)
    canvas = panel.context.iface.mapCanvas()
    entry(panel, "Follow the map").trigger()
    wait_until(lambda: len(api.searches) == 1 and panel._job is None, what="the first search")
    for step in range(1, 11):
        canvas.setExtent(
            QgsRectangle(400_000 + step * 5000, 6_235_000, 440_000 + step * 5000, 6_265_000)
        )
        QTest.qWait(5)
    wait_until(
        lambda: len(api.searches) == 2 and panel._job is None, what="one search for ten moves"
    )
    QTest.qWait(600)
    assert len(api.searches) == 2
    canvas.setExtent(QgsRectangle(450_500, 6_235_000, 490_500, 6_265_000))
    QTest.qWait(600)
    assert len(api.searches) == 2, "nearly the same place"
    entry(panel, "Follow the map").trigger()
    canvas.setExtent(QgsRectangle(300_000, 6_235_000, 340_000, 6_265_000))
    QTest.qWait(600)
    assert len(api.searches) == 2, "no longer followed"


def test_followed_after_another_area_and_no_longer_when_only_the_view_is_meant(
    panel: Any, api: StacApi, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_map, "SETTLE_MS", 20)
    monkeypatch.setattr(follow_map, "PACE_S", 0.0)
    search(panel, wait_until)
    panel.map.area.set_area(
        shape({"type": "Polygon", "coordinates": [[[2, 43], [3, 43], [3, 44], [2, 43]]]}),
        "ailleurs",
    )
    wait_until(lambda: len(api.searches) == 2 and panel._job is None)
    entry(panel, "Follow the map").trigger()
    wait_until(
        lambda: len(api.searches) == 3 and panel._job is None,
        what="the map, though it shows what it did",
    )
    entry(panel, "What the map shows").trigger()
    assert (
        not panel.map.area.follow
        and "what the map shows" in panel.query_bar.area_button.full_text()
    )
    panel.context.iface.mapCanvas().setExtent(QgsRectangle(600_000, 6_235_000, 640_000, 6_265_000))
    QTest.qWait(150)
    assert len(api.searches) == 3


def test_a_closed_dock_follows_nothing(
    panel: Any, api: StacApi, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_map, "SETTLE_MS", 20)
    monkeypatch.setattr(follow_map, "PACE_S", 0.0)
    entry(panel, "Follow the map").trigger()
    wait_until(lambda: len(api.searches) == 1 and panel._job is None, what="the first search")
    panel.window().removeDockWidget(panel.parentWidget())
    panel.context.iface.mapCanvas().setExtent(QgsRectangle(450_000, 6_235_000, 490_000, 6_265_000))
    QTest.qWait(200)
    assert len(api.searches) == 1, "nobody looks"
    panel.parentWidget().show()
    wait_until(lambda: len(api.searches) == 2 and panel._job is None, what="the place it shows now")


def test_what_is_on_screen_stays_until_the_next_answer_comes(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel._search(500, quiet=True)
    assert len(ids(panel)) == 4 and panel.stack.currentWidget() is panel.view
    wait_until(lambda: panel._job is None)
    assert len(ids(panel)) == 4


def test_given_up_on_the_way_the_list_is_still_of_where_it_was_searched(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    area, gate = panel.listed.area, threading.Event()
    api.before = lambda seen: Answer(hang=gate) if "search" in seen.path else None
    panel.context.iface.mapCanvas().setExtent(QgsRectangle(600_000, 6_735_000, 640_000, 6_765_000))
    panel._search(500, quiet=True)
    assert panel.listed.area is area, "while the answer is awaited"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert (
        len(ids(panel)) == 4
        and panel.listed.area is area
        and panel.footer.status.text() == "4 products"
    )
    gate.set()
    panel.footer.plan_button.click()
    wait_until(lambda: panel.plan.plan is not None)
    assert panel.plan.plan.products, "planned where its products are"


def test_a_search_given_up_says_that_there_is_more(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    api.items, api.page = [square(i, *PAU) for i in range(25)], 10
    gate = threading.Event()
    api.before = lambda seen: Answer(hang=gate) if api.searches and "search" in seen.path else None
    panel.search()
    wait_until(lambda: panel.model.count() == 10)
    panel.cancel()
    gate.set()
    assert panel.more.isVisible() and "10" in panel.more.label.text()
    panel.footer.plan_button.click()
    wait_until(lambda: panel.plan.plan is not None)
    assert "not complete" in panel.plan.text.text(), "what it leaves uncovered may be there"
    api.before = None
    panel.more.more.click()
    wait_until(lambda: panel.model.count() == 25 and panel._job is None)
    assert not panel.more.isVisible()
    panel.footer.plan_button.click()
    wait_until(lambda: panel.plan.job is None)
    assert "not complete" not in panel.plan.text.text()


def test_overlap() -> None:
    one = QgsRectangle(0, 0, 10, 10)
    assert follow_map.overlap_share(one, one) == 1
    assert follow_map.overlap_share(one, QgsRectangle(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert follow_map.overlap_share(one, QgsRectangle(20, 0, 30, 10)) == 0


# filters


def test_every_filter_reads_what_it_shows(panel: Any) -> None:
    signed_in(panel, "spot67")
    bar = panel.query_bar
    for query in (
        Query(months=(6, 7, 8)),
        Query(modes=("PAN",)),
        Query(max_gsd=1.0),
        Query(max_gsd=0.7),
        Query(min_share=0.4),
        Query(licences=("spot67", "etalab-2.0")),
    ):
        bar.set_query(query)
        assert bar.query() == query
        assert bar.reset_button.isVisible()
    bar.set_query(Query())
    assert bar.query() == Query() and not bar.reset_button.isVisible()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"months": (7, 8)}, "13"),
        ({"modes": ("PAN",)}, "4"),
        ({"max_gsd": 1.0}, "1"),
        ({"max_cloud": 10.0}, "143"),  # the one without a value last
        ({"min_share": 0.05}, "123"),
    ],
)
def test_filters_narrow_the_list(
    panel: Any, wait_until: Callable[..., None], change: dict[str, Any], found: str
) -> None:
    panel.query_bar.set_query(replace(Query(), **change))
    search(panel, wait_until)
    assert "".join(ids(panel)) == found


def test_only_what_the_account_may_use(panel: Any, wait_until: Callable[..., None]) -> None:
    box = panel.query_bar.licence.box
    assert not box.isEnabled() and box.toolTip(), "signed out: says why"
    signed_in(panel, "spot67")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(5, box.height() // 2))
    box.setChecked(True)
    search(panel, wait_until)
    assert ids(panel) == ["1", "2", "4"]


def test_count_on_the_button_and_one_click_takes_all_off(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    panel.query_bar.set_query(Query(start=date(2020, 1, 1), max_cloud=10, max_gsd=1.0, months=(8,)))
    assert panel.query_bar.filters_button.text() == "Filters (2)"
    search(panel, wait_until)
    assert ids(panel) == ["1"]
    QTest.mouseClick(panel.query_bar.reset_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: len(ids(panel)) == 4 and panel._job is None)
    assert panel.query_bar.query() == Query()


def test_says_who_filtered(api: StacApi, iface: Any, wait_until: Callable[..., None]) -> None:
    api.conforms = [*CORE, SORT, *FILTER]
    with scripted(api) as server, search_panel(iface, make_profile(server.root)) as panel:
        panel.query_bar.set_query(Query(start=date(2010, 1, 1), max_cloud=10, months=(8,)))
        search(panel, wait_until)
        here = panel.query_bar.told.text()
        assert "season" in here and "period" not in here and "cloud cover" not in here
        assert "Catalogue 0" in panel.query_bar.told.toolTip()


def test_catalogues_can_be_left_out(
    api: StacApi, iface: Any, wait_until: Callable[..., None]
) -> None:
    other = StacApi([square(9, *PAU)])
    with (
        scripted(api) as server,
        scripted(other) as second,
        search_panel(iface, make_profile(server.root, second.root)) as panel,
    ):
        search(panel, wait_until)
        assert len(ids(panel)) == 5
        row = next(r for r in panel.model.rows() if r.product.id.endswith("9"))
        index = panel.model.index_of(row.product.key)
        assert panel.model.source(row.product) == "Catalogue 1"
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert "Catalogue 1" in tip and "SPOT" in tip and "©" in tip
        panel.query_bar.catalogues.show_chosen(["c1"])
        panel.query_bar.summarise()
        assert panel.query_bar.filters_button.text() == "Filters (1)"
        search(panel, wait_until)
        assert ids(panel) == ["9"]


# the timeline


def drag(panel: Any, first: int, last: int) -> None:
    one, other = (panel.timeline.bin_rect(n).center().toPoint() for n in (first, last))
    QTest.mousePress(panel.timeline, Qt.MouseButton.LeftButton, pos=one)
    QTest.mouseMove(panel.timeline, other)
    QTest.mouseRelease(panel.timeline, Qt.MouseButton.LeftButton, pos=other)


def test_the_timeline_counts_and_is_the_period_filter(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    assert not panel.timeline.isVisible()
    search(panel, wait_until)
    assert panel.timeline.isVisible()
    bins = panel.timeline.histogram.bins
    assert sum(b.count for b in bins) == 4
    last = len(bins) - 1
    first = next(n for n, b in enumerate(bins) if b.start > date(2020, 6, 1))
    drag(panel, first, last)
    wait_until(lambda: ids(panel) == ["1", "2"] and panel._job is None)
    assert api.searches[1].json()["datetime"].startswith("2020-06-30T22:00:00Z/"), (
        "midnight in France"
    )
    assert panel.timeline.histogram.bins == bins, "the bars stay those of the wide search"
    assert panel.query_bar.period.apply_to(Query()).start == bins[first].start
    QTest.mouseDClick(
        panel.timeline, Qt.MouseButton.LeftButton, pos=panel.timeline.bin_rect(1).center().toPoint()
    )
    wait_until(lambda: len(ids(panel)) == 4 and panel._job is None)
    assert panel.query_bar.query() == Query()


def test_the_timeline_by_keyboard(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    line = panel.timeline
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Right)
    for _ in range(2):
        QTest.keyClick(line, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(line, Qt.Key.Key_Space)
    wait_until(lambda: ids(panel) == ["4"] and panel._job is None)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    wait_until(lambda: len(ids(panel)) == 4 and panel._job is None)
    assert line.accessibleName() and "arrows" in line.accessibleDescription()


def test_esc_gives_up_choosing_and_keeps_the_period(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel._pick_period(panel.timeline.histogram.bins[0].start, panel.timeline.histogram.bins[1].end)
    wait_until(lambda: ids(panel) == ["4"] and panel._job is None)
    searches = len(api.searches)
    QTest.keyClick(panel.timeline, Qt.Key.Key_Right)
    QTest.keyClick(panel.timeline, Qt.Key.Key_Escape)
    assert (
        panel._job is None
        and len(api.searches) == searches
        and panel.query_bar.query().start is not None
    )
    QTest.keyClick(panel.timeline, Qt.Key.Key_Escape)
    wait_until(lambda: len(ids(panel)) == 4 and panel._job is None)


def test_real_count_only_when_the_service_gives_one(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.gui.search import panel as module

    api.items = [square(i, *PAU) for i in range(30)]
    original, module.FIRST = module.FIRST, 20
    try:
        search(panel, wait_until)
        assert panel.status.text() == "20 products"
        api.count_total = True
        search(panel, wait_until)
        assert panel.status.text() == "20 of 30 products"
        asked = len(api.searches)
        QTest.mouseClick(panel.more.more, Qt.MouseButton.LeftButton)
        wait_until(lambda: panel.model.count() == 30 and panel._job is None)
        assert len(api.searches) == asked + 1, "what is there is not asked again"
    finally:
        module.FIRST = original
    assert panel.status.text() == "30 products" and not panel.more.isVisible()


def test_more_that_fails_keeps_the_list_and_can_be_asked_again(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.gui.search import panel as module

    api.items = [square(i, *PAU) for i in range(30)]
    original, module.FIRST = module.FIRST, 20
    try:
        search(panel, wait_until)
        api.before = lambda seen: Answer(404)
        QTest.mouseClick(panel.more.more, Qt.MouseButton.LeftButton)
        wait_until(lambda: panel._job is None)
        assert panel.model.count() == 20 and panel.partial.isVisible() and panel.more.isVisible()
        api.before = None
        QTest.mouseClick(panel.more.more, Qt.MouseButton.LeftButton)
        wait_until(lambda: panel.model.count() == 30 and panel._job is None)
    finally:
        module.FIRST = original
    assert not panel.partial.isVisible() and not panel.more.isVisible()


def test_what_was_cut_or_failed_is_asked_again_with_more() -> None:
    from dinamis_qgis.core.catalogue.model import After, Page
    from dinamis_qgis.core.errors import NetworkError
    from dinamis_qgis.gui.search.run.worker import Tally

    tally = Tally({"cut": "A", "failed": "B", "more": "C", "done": "D"})
    tally.add(Page("cut", ()))
    tally.add(Page("failed", (), last=True, error=NetworkError("no answer")))
    tally.add(Page("more", (), last=True, after=After(place=2)))
    tally.add(Page("done", (), last=True))
    assert tally.more and tally.partial and tally.whole == {"done"}
    again = tally.go_on()
    assert set(again) == {"cut", "failed", "more"} and again["more"].place == 2
    assert not tally.partial and tally.ended == {"done"}
    for name in again:
        tally.add(Page(name, (), last=True))
    assert tally.whole == {"cut", "failed", "more", "done"} and not tally.more


def test_more_after_another_order_was_chosen_begins_with_others(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.core.catalogue.model import SortOrder
    from dinamis_qgis.gui.search import panel as module

    api.items = [square(i, *PAU) for i in range(60)]
    original, module.FIRST = module.FIRST, 20
    try:
        search(panel, wait_until)
        panel.model.set_order(SortOrder("cloud", False))
        QTest.mouseClick(panel.more.more, Qt.MouseButton.LeftButton)
        wait_until(lambda: panel._job is None and panel.model.count() == 40)
        assert panel._query.order == SortOrder("cloud", False) and panel._query.limit == 40
        QTest.mouseClick(panel.more.more, Qt.MouseButton.LeftButton)
        panel.cancel()
        assert panel._query.limit == 40, "nothing more has come"
        QTest.mouseClick(panel.more.more, Qt.MouseButton.LeftButton)
        wait_until(lambda: panel._job is None and panel.model.count() == 60)
        assert panel._query.limit == 60 and sum(panel.searching.tally.counts.values()) == 60
    finally:
        module.FIRST = original
