"""The area by every way: shapes, editing, features, layers, files; others' requests joined; passes,
export, layer, waiting requests.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton
from shapely.geometry import box, shape

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.geo import area_km2, polygons
from dinamis_qgis.core.tasking.model import READY
from dinamis_qgis.gui.area.shapes import CIRCLE, CORRIDOR, RECTANGLE
from dinamis_qgis.gui.requests.panel import RequestsPanel
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.test_requests import (  # noqa: F401 (fixtures)
    CORNERS,
    LEFT,
    RIGHT,
    click,
    context,
    panel,
    pixel,
    press,
    quick_service,
    signed_in,
    write,
)
from tests.support.service import ask, bearer, sign_in

AREA = box(-0.5, 43.2, -0.3, 43.35)


def begin(panel: RequestsPanel, shape_: Any, size: float | None = None) -> None:
    press(panel, "newRequestButton")
    panel.form.area_bar.choose(shape_)
    if size is not None:
        panel.form.area_bar.size.setValue(size)
    press(panel, "drawAreaButton")


def test_a_rectangle_ends_with_its_second_corner(panel: RequestsPanel) -> None:
    begin(panel, RECTANGLE)
    click(panel, *CORNERS[0])
    click(panel, *CORNERS[2])
    assert panel.canvas.mapTool() is not panel.tool
    assert area_km2(panel.form.draft.area) == pytest.approx(255, rel=0.02)


def test_a_circle_by_its_edge_and_by_its_radius(panel: RequestsPanel) -> None:
    begin(panel, CIRCLE)
    click(panel, 430000, 6250000)
    assert panel.canvas.mapTool() is panel.tool
    click(panel, 436000, 6250000)
    assert area_km2(panel.form.draft.area) == pytest.approx(113.1, rel=0.03)
    begin_again(panel, CIRCLE, 8.0)
    click(panel, 430000, 6250000)
    assert panel.canvas.mapTool() is not panel.tool
    assert area_km2(panel.form.draft.area) == pytest.approx(201.06, rel=0.01)


def begin_again(panel: RequestsPanel, shape_: Any, size: float) -> None:
    panel.form.area_bar.choose(shape_)
    panel.form.area_bar.size.setValue(size)
    press(panel, "drawAreaButton")


def test_a_corridor_has_its_width_in_any_projection(panel: RequestsPanel) -> None:
    for crs, points in (
        ("EPSG:2154", [(420000, 6250000), (440000, 6250000)]),
        ("EPSG:3857", [(-60000, 5350000), (-30000, 5350000)]),
    ):
        panel.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        panel.canvas.setExtent(
            QgsRectangle(min(xs) - 5000, min(ys) - 9000, max(xs) + 5000, max(ys) + 9000)
        )
        begin(panel, CORRIDOR, 4.0)
        for point in points:
            click(panel, *point)
        click(panel, *points[-1], RIGHT)
        area = panel.form.draft.area
        length = 20.0 if crs == "EPSG:2154" else 30.0 * 0.7271
        assert area_km2(area) == pytest.approx(4.0 * length, rel=0.03), crs
        panel.form.close_form()


def drag(panel: RequestsPanel, start: QPoint, end: QPoint) -> None:
    view = panel.canvas.viewport()
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for step in (0.5, 1.0):
        from qgis.PyQt.QtCore import QEvent, QPointF
        from qgis.PyQt.QtGui import QMouseEvent
        from qgis.PyQt.QtWidgets import QApplication

        place = QPointF(start) + (QPointF(end) - QPointF(start)) * step
        QApplication.sendEvent(
            view,
            QMouseEvent(
                QEvent.Type.MouseMove, place, place, LEFT, LEFT, Qt.KeyboardModifier.NoModifier
            ),
        )
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, end)


def test_corners_are_moved_added_and_deleted(panel: RequestsPanel) -> None:
    begin(panel, RECTANGLE)
    click(panel, *CORNERS[0])
    click(panel, *CORNERS[2])
    before = area_km2(panel.form.draft.area)
    press(panel, "editAreaButton")
    assert panel.canvas.mapTool() is panel.taking.edit_tool
    drag(panel, pixel(panel, 437000, 6258000), pixel(panel, 441000, 6261000))
    moved = panel.form.draft.area
    assert area_km2(moved) > before * 1.1 and len(moved.exterior.coords) == 5
    drag(panel, pixel(panel, 428500, 6243000), pixel(panel, 428500, 6241000))
    assert len(panel.form.draft.area.exterior.coords) == 6
    QTest.mouseClick(
        panel.canvas.viewport(),
        RIGHT,
        Qt.KeyboardModifier.NoModifier,
        pixel(panel, 428500, 6241000),
    )
    assert len(panel.form.draft.area.exterior.coords) == 5
    assert area_km2(panel.form.draft.area) == pytest.approx(area_km2(moved), rel=0.01)
    for _ in range(3):
        QTest.mouseClick(
            panel.canvas.viewport(),
            LEFT,
            Qt.KeyboardModifier.NoModifier,
            pixel(panel, 420000, 6243000),
        )
        QTest.keyClick(panel.canvas, Qt.Key.Key_Delete)
    assert len(panel.form.draft.area.exterior.coords) == 4, "an outline keeps three corners"
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert (
        panel.canvas.mapTool() is not panel.taking.edit_tool and not panel.taking.edit_tool._markers
    )


def test_editing_over_the_antimeridian_and_a_hole(panel: RequestsPanel) -> None:
    from shapely.geometry import Polygon

    tool = panel.taking.edit_tool
    tool.set_area(box(179.5, -17.5, 180.5, -16.5))
    area = tool.area()
    assert (
        area is not None
        and len(polygons(area)) == 2
        and area_km2(area) == pytest.approx(area_km2(box(0, -17.5, 1, -16.5)), rel=1e-4)
    )
    holed = Polygon(
        box(-0.6, 43.2, -0.2, 43.5).exterior.coords, [[(-0.45, 43.3), (-0.4, 43.3), (-0.42, 43.35)]]
    )
    tool.set_area(holed)
    assert tool.area().equals(holed)
    tool._chosen = (1, 0)
    tool.remove()
    assert not tool.area().interiors


def test_several_selected_features_are_merged(
    panel: RequestsPanel, iface: Any, project: Any, wait_until: Callable[..., None]
) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "communes", "memory")
    for x in (420000, 428000, 460000):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, 6243000, x + 8000, 6257000)))
        layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    press(panel, "newRequestButton")
    panel.form.area_bar.selection_wanted.emit()
    assert iface.messageBar().items(), "nothing is selected: a message says so"
    layer.selectByIds([1, 2])
    panel.form.area_bar.selection_wanted.emit()
    wait_until(lambda: panel.form.draft.area is not None, what="the selection")
    assert len(polygons(panel.form.draft.area)) == 1 and area_km2(
        panel.form.draft.area
    ) == pytest.approx(224, rel=0.01)
    panel.form.area_bar.layer_wanted.emit()
    wait_until(lambda: len(polygons(panel.form.draft.area)) == 2, what="the layer")


def test_a_file_is_read_and_a_bad_one_told(
    panel: RequestsPanel, iface: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    path = tmp_path / "zone.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [list(AREA.exterior.coords)]},
            }
        )
    )
    press(panel, "newRequestButton")
    panel.taking.take_file(path)
    wait_until(lambda: panel.form.draft.area is not None, what="the file's area")
    assert (
        panel.form.draft.area.equals(AREA)
        and "France métropolitaine" in panel.form.area_bar.label.text()
    )
    path.write_text("{}")
    panel.taking.take_file(path)
    wait_until(lambda: iface.messageBar().items(), what="a message")
    assert panel.form.draft.area.equals(AREA)


def test_anothers_open_request_is_shown_and_joined(
    signed_in: Context,
    panel: RequestsPanel,
    quick_service: Any,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    from tests.support.orders import PLEIADES_PRODUCT, payload

    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True
    )
    monkeypatch.setattr(quick_service.auth, "auto_approve", "sdis")
    target = f"{quick_service.root}/stapi/products/{PLEIADES_PRODUCT}/orders"
    made = ask(
        target,
        "POST",
        data=payload(title="Crue du Gave"),
        headers=bearer(sign_in(quick_service, "sdis")),
    )
    order_id = made.json()["id"]
    panel.begin(AREA)
    wait_until(
        lambda: [o.id for o in panel.form.shared_view.orders if o.id == order_id],
        what="the other's request",
    )
    assert (
        "SDIS 64" in panel.form.shared_view.findChildren(type(panel.form.area_bar.label))[0].text()
    )
    posts = sum(s.method == "POST" and s.path.endswith("/orders") for s in quick_service.seen)
    button = panel.findChild(QPushButton, f"join-{order_id}")
    QTest.mouseClick(button, LEFT)
    wait_until(
        lambda: [r for r in panel.tracker.requests if r.joined and r.order_id == order_id],
        what="the joined request",
    )
    wait_until(lambda: opened, seconds=60, what="the message")
    assert opened[0].startswith("mailto:pigma@formation.invalid") and order_id in opened[0]
    reference = next(
        r.reference for r in panel.tracker.requests if r.joined and r.order_id == order_id
    )
    wait_until(
        lambda: panel.tracker.get(reference).delivered,
        seconds=60,
        what="the delivery of the other's request",
    )
    assert (
        sum(s.method == "POST" and s.path.endswith("/orders") for s in quick_service.seen) == posts
    )


def test_passes_are_a_timeline_with_swaths(
    signed_in: Context, panel: RequestsPanel, wait_until: Callable[..., None]
) -> None:
    panel.begin(AREA)
    write(panel)
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    line = panel.review.timeline
    wait_until(lambda: line.isVisible() and line.passes, what="the passes")
    swath = panel.overlay._swath
    assert (
        swath is not None
        and not swath.equals(AREA)
        and swath.intersection(AREA).area > 0.3 * AREA.area
    )
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert (
        line.current == 1
        and line.accessibleDescription()
        and panel.overlay._swath is line.passes[1].area
    )
    QTest.mouseClick(line, LEFT, pos=line.place(0).toPoint())
    assert line.current == 0
    press(panel, "changeRequestButton")
    assert panel.overlay._swath is None


def test_confirmed_offline_it_leaves_when_the_service_is_back(
    signed_in: Context, panel: RequestsPanel, quick_service: Any, wait_until: Callable[..., None]
) -> None:
    quick_service.faults.add(Fault("/stapi/.*", refuse=True))
    signed_in.http.retries = 0
    panel.tracker.save(panel.tracker.begin(panel.form.draft))  # a mere draft, never confirmed
    panel.begin(AREA)
    write(panel, "Du terrain")
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    press(panel, "submitRequestButton")
    wait_until(
        lambda: [r for r in panel.tracker.requests if r.state == READY and r.queued]
        and not panel.tracker._jobs,
        what="waiting",
    )
    quick_service.faults.clear()
    wait_until(
        lambda: [r for r in panel.tracker.requests if r.draft.title == "Du terrain" and r.order_id],
        seconds=60,
        what="sent by itself",
    )
    assert all(not r.order_id for r in panel.tracker.requests if r.draft.title != "Du terrain")


def test_a_refused_request_is_not_sent_again_by_itself(
    signed_in: Context, panel: RequestsPanel, quick_service: Any, wait_until: Callable[..., None]
) -> None:
    quick_service.faults.add(Fault("/stapi/products/.*/orders", method="POST", status=422))
    panel.begin(AREA)
    write(panel)
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    press(panel, "submitRequestButton")
    refused = lambda: [
        r
        for r in panel.tracker.requests
        if r.state == READY and not r.queued and len(r.history) >= 3
    ]
    wait_until(lambda: refused() and not panel.tracker._jobs, what="ready again, and not waiting")


def test_the_list_is_exported_and_shown_as_a_layer(
    panel: RequestsPanel, tmp_path: Path, project: Any, wait_until: Callable[..., None]
) -> None:
    panel.begin(AREA)
    write(panel, "Exportee")
    press(panel, "closeFormButton")
    wait_until(lambda: panel.tracker.requests, what="the draft")
    panel.export(tmp_path / "demandes.geojson")
    wait_until(lambda: (tmp_path / "demandes.geojson").exists(), what="the file")
    found = json.loads((tmp_path / "demandes.geojson").read_text(encoding="utf-8"))["features"][0]
    assert found["properties"]["title"] == "Exportee" and shape(
        found["geometry"]
    ).area == pytest.approx(AREA.area)
    panel._show_layer()
    panel._show_layer()
    layers = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("dinamis/requests")
    ]
    assert len(layers) == 1 and layers[0].featureCount() == 1 and layers[0].readOnly()
    assert layers[0].renderer().categoryIndexForValue("draft") >= 0
    panel.begin(box(-0.9, 43.2, -0.7, 43.35))
    write(panel, "Autre")
    wait_until(
        lambda: len(panel.tracker.requests) == 2 and layers[0].featureCount() == 2,
        what="the second in the layer",
    )


def test_the_archive_is_outlined_and_taken_instead(
    signed_in: Context,
    panel: RequestsPanel,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    from dinamis_qgis.gui.downloads import dialog

    asked: list[Any] = []
    monkeypatch.setattr(
        dialog,
        "ask_download",
        lambda context, products, extent, places: asked.append((products, places[0].area)),
    )
    panel.begin(box(-0.356, 43.285, -0.346, 43.295))  # the scenes of the small world are small
    panel.form._take(replace(panel.form.draft, max_cloud=100.0, max_age_days=6000))
    wait_until(lambda: panel.form.archive_view.archive is not None, what="the archive")
    archive = panel.form.archive_view.archive
    assert archive.products and panel.overlay._archive
    press(panel, "downloadInsteadButton")
    products, extent = asked[0]
    assert 0 < len(products) <= len(archive.products) and extent.equals(panel.form.draft.area)
    if archive.share < 0.995:
        gap = archive.gap
        press(panel, "requestGapButton")
        assert panel.form.draft.area.equals(gap)
