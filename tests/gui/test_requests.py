"""The tab “Demandes”, with real mouse and keyboard events, against the training service: drawn,
written, sent, followed to its image.
"""

from __future__ import annotations

import sqlite3
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
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
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from shapely.geometry import box

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.tasking.model import DRAFT, READY, RECEIVED, SENDING
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.gui.requests.panel import FORM, LIST, REVIEW, RequestsPanel
from dinamis_qgis.sandbox.faults import Fault
from tests.support.service import running_service

PAU_L93 = QgsRectangle(415000, 6240000, 445000, 6265000)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture(scope="module")
def quick_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The training service with days that pass quickly."""
    folder = tmp_path_factory.mktemp("training")
    with running_service(
        folder, auto_approve="technicien", days_per_second=5, device_interval=0.1
    ) as running:
        yield running


@pytest.fixture
def context(
    quick_service: Any,
    iface: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> Iterator[Context]:
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DINAMIS_PROFILE", str(quick_service.profile_path))
    messages.install_messages(iface)
    made = Context(iface)
    made.open()
    wait_until(lambda: made.profile is not None, what="the profile")
    yield made
    made.close()
    quick_service.faults.clear()
    wait_until(lambda: not tasks._running, what="the end of all work")
    messages.install_messages(None)


@pytest.fixture
def signed_in(context: Context, wait_until: Callable[..., None]) -> Context:
    assert context.session is not None
    session = context.session
    tasks.run(lambda job: session.sign_in_device(lambda code: None, Cancel()))
    wait_until(lambda: context.account is not None, what="the account")
    return context


@pytest.fixture
def panel(
    context: Context, iface: Any, project: Any, wait_until: Callable[..., None]
) -> Iterator[RequestsPanel]:
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas.setExtent(PAU_L93)
    made = RequestsPanel(context)
    made.resize(320, 700)
    made.show()
    iface.window.show()
    wait_until(lambda: made.list.new_button.isEnabled(), what="the list")
    yield made
    made.close()
    made.deleteLater()


def pixel(panel: RequestsPanel, x: float, y: float) -> QPoint:
    """A place of the map (EPSG:2154) on the canvas."""
    found = panel.canvas.getCoordinateTransform().transform(x, y)
    return QPoint(round(found.x()), round(found.y()))


def click(panel: RequestsPanel, x: float, y: float, button: Any = LEFT) -> None:
    QTest.mouseClick(
        panel.canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, pixel(panel, x, y)
    )


CORNERS = [(420000, 6243000), (437000, 6243000), (437000, 6258000), (420000, 6258000)]


def draw(panel: RequestsPanel, corners: list[tuple[float, float]] = CORNERS) -> None:
    for corner in corners:
        click(panel, *corner)
    click(panel, *corners[-1], RIGHT)


def child(panel: RequestsPanel, kind: Any, name: str) -> Any:
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def write(panel: RequestsPanel, title: str = "Pau 2026") -> None:
    QTest.keyClicks(child(panel, QLineEdit, "requestTitle"), title)
    QTest.keyClicks(child(panel, QPlainTextEdit, "requestPurpose"), "Suivi des travaux")


def press(panel: RequestsPanel, name: str) -> None:
    button = child(panel, QPushButton, name)
    assert button.isEnabled() and button.isVisible(), f"{name}: {button.toolTip()}"
    QTest.mouseClick(button, LEFT)


def levels(panel: RequestsPanel) -> dict[str, str]:
    return {f.code: f.level.value for f in panel.form.findings}


def test_draw_write_send_and_follow_to_the_image(
    signed_in: Context,
    panel: RequestsPanel,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    quick_service: Any,
) -> None:
    added: list[Any] = []
    layers = types.ModuleType("dinamis_qgis.bridge.layers.add")
    layers.add_product = lambda context, product, asset_key=None: added.append(product)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dinamis_qgis.bridge.layers.add", layers)
    press(panel, "newRequestButton")
    assert panel.canvas.mapTool() is panel.tool and panel.pages.currentIndex() == FORM
    draw(panel)
    assert panel.form.draft.area is not None
    assert area_km2(panel.form.draft.area) == pytest.approx(255, rel=0.02)
    assert panel.canvas.mapTool() is not panel.tool
    wait_until(lambda: levels(panel).get("title") == "error", what="the rules")
    assert not panel.form.review_button.isEnabled()
    write(panel)
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    wait_until(lambda: panel.form.archive_view.archive is not None, what="the archive")
    assert panel.form.archive_view.text.text()
    press(panel, "reviewButton")
    assert panel.pages.currentIndex() == REVIEW
    assert "Title: Pau 2026" in panel.review.text() and "255 km²" in panel.review.text()
    wait_until(lambda: "Passes" in panel.review.passes.text(), what="the passes of the satellite")
    before = sum(
        seen.method == "POST" and seen.path.endswith("/orders") for seen in quick_service.seen
    )
    press(panel, "submitRequestButton")
    assert panel.pages.currentIndex() == LIST
    wait_until(
        lambda: panel.tracker.requests and panel.tracker.requests[0].order_id, what="the order"
    )
    reference = panel.tracker.requests[0].reference
    wait_until(lambda: panel.tracker.get(reference).delivered, seconds=60, what="the delivery")
    request = panel.tracker.get(reference)
    codes = [s.code for s in request.history]
    assert codes[:4] == [DRAFT, READY, SENDING, RECEIVED] and codes[-1] == "completed"
    assert len(codes) == len(set(codes))
    assert request.account == "technicien"
    panel.list.choose(reference)
    press(panel, "addDeliveredButton")
    wait_until(lambda: added, what="the delivered product")
    assert (added[0].catalogue, added[0].collection, added[0].id) == request.delivered[0]
    posts = sum(
        seen.method == "POST" and seen.path.endswith("/orders") for seen in quick_service.seen
    )
    assert posts - before == 1


def test_undo_too_few_and_escape(panel: RequestsPanel, wait_until: Callable[..., None]) -> None:
    press(panel, "newRequestButton")
    click(panel, *CORNERS[0])
    click(panel, *CORNERS[1])
    click(panel, *CORNERS[2])
    assert panel.tool.vertices == 3
    QTest.keyClick(panel.canvas, Qt.Key.Key_Backspace)
    assert panel.tool.vertices == 2
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert panel.canvas.mapTool() is panel.tool and panel.form.area_bar.hint.text()
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.canvas.mapTool() is not panel.tool
    assert panel.form.draft.area is None
    assert not [
        item
        for item in panel.canvas.scene().items()
        if type(item).__name__ == "QgsRubberBand" and item.isVisible() and item.numberOfVertices()
    ]


def test_double_click_and_enter_end_too(panel: RequestsPanel) -> None:
    press(panel, "newRequestButton")
    for corner in CORNERS:
        click(panel, *corner)
    QTest.mouseDClick(
        panel.canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, pixel(panel, *CORNERS[-1])
    )
    assert len(panel.form.draft.area.exterior.coords) == 5
    press(panel, "drawAreaButton")
    for corner in CORNERS[:3]:
        click(panel, *corner)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Enter)
    assert len(panel.form.draft.area.exterior.coords) == 4


def test_the_size_follows_the_mouse(panel: RequestsPanel) -> None:
    press(panel, "newRequestButton")
    click(panel, *CORNERS[0])
    click(panel, *CORNERS[1])
    place = QPointF(pixel(panel, *CORNERS[2]))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        place,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(panel.canvas.viewport(), move)
    label = panel.canvas.viewport().findChild(type(panel.form.area_bar.hint), "drawnAreaLabel")
    assert label is not None and "km²" in label.text()
    half = float(label.text().split()[0])
    assert half == pytest.approx(127.5, rel=0.03)


def test_a_crossing_outline_is_offered_a_repair(
    panel: RequestsPanel, wait_until: Callable[..., None]
) -> None:
    press(panel, "newRequestButton")
    draw(panel, [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]])
    wait_until(lambda: levels(panel).get("area-invalid") == "error", what="the rule")
    write(panel)
    button = child(panel, QPushButton, "fix-area-invalid")
    assert "km²" in button.text()
    QTest.mouseClick(button, LEFT)
    assert panel.form.draft.area.is_valid and panel.form.draft.title == "Pau 2026"
    wait_until(lambda: levels(panel).get("area-multipart") == "error", what="the next rule")


def test_the_selected_feature_is_taken(
    panel: RequestsPanel, iface: Any, project: Any, wait_until: Callable[..., None]
) -> None:
    press(panel, "newRequestButton")
    press(panel, "drawAreaButton")
    panel.form.area_bar.selection_wanted.emit()
    assert iface.messageBar().items(), "no layer: a message says so"
    layer = QgsVectorLayer("Polygon?crs=EPSG:3857", "communes", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(-60000, 5340000, -30000, 5360000)))
    layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    panel.form.area_bar.selection_wanted.emit()
    wait_until(lambda: panel.form.draft.area is not None, what="the area")
    west, south, east, north = panel.form.draft.area.bounds
    assert (west, east) == pytest.approx((-0.539, -0.2695), abs=0.001)
    assert 43 < south < north < 44


def test_every_keystroke_is_kept(
    panel: RequestsPanel, context: Context, wait_until: Callable[..., None]
) -> None:
    press(panel, "newRequestButton")
    write(panel, "Gave de Pau")
    register = Register(context.paths.register)
    wait_until(
        lambda: [r.draft.title for r in register.all()] == ["Gave de Pau"],
        what="the draft in the register",
    )
    QTest.keyClicks(child(panel, QLineEdit, "requestTitle"), "!")
    context.close()  # QGIS is closed at once
    assert [r.draft.title for r in register.all()] == ["Gave de Pau!"]


def test_signed_out_it_stays_ready_until_confirmed_again(
    context: Context, panel: RequestsPanel, wait_until: Callable[..., None]
) -> None:
    assert panel.list.banner.isVisible()
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    write(panel)
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    assert panel.review.why.text()
    press(panel, "submitRequestButton")
    wait_until(
        lambda: panel.tracker.requests and panel.tracker.requests[0].state == READY, what="ready"
    )
    session = context.session
    assert session is not None
    tasks.run(lambda job: session.sign_in_device(lambda code: None, Cancel()))
    wait_until(lambda: context.account is not None)
    panel.list.choose(panel.tracker.requests[0].reference)
    press(panel, "requestMainButton")
    wait_until(lambda: panel.pages.currentIndex() == REVIEW, what="the review")
    press(panel, "submitRequestButton")
    wait_until(lambda: panel.tracker.requests[0].order_id, seconds=60, what="the order")


def test_a_service_that_is_down_keeps_it_ready(
    signed_in: Context,
    panel: RequestsPanel,
    quick_service: Any,
    iface: Any,
    wait_until: Callable[..., None],
) -> None:
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    write(panel)
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    quick_service.faults.add(Fault("/stapi/.*", refuse=True))
    signed_in.http.retries = 0
    press(panel, "submitRequestButton")
    wait_until(
        lambda: panel.tracker.requests
        and panel.tracker.requests[0].state == READY
        and not panel.tracker._jobs,
        what="ready again",
    )
    wait_until(lambda: iface.messageBar().items(), what="a message")


def test_a_lost_answer_makes_no_second_order(
    signed_in: Context, panel: RequestsPanel, quick_service: Any, wait_until: Callable[..., None]
) -> None:
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    write(panel, "Lost answer")
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    quick_service.faults.add(Fault("/stapi/products/.*/orders", method="POST", drop=True, times=1))
    seen = sum(s.method == "POST" and s.path.endswith("/orders") for s in quick_service.seen)
    press(panel, "submitRequestButton")
    wait_until(
        lambda: panel.tracker.requests and panel.tracker.requests[0].order_id,
        what="the order found again",
    )
    assert (
        sum(s.method == "POST" and s.path.endswith("/orders") for s in quick_service.seen)
        == seen + 1
    )


def test_an_interrupted_sending_is_settled_at_sign_in(
    context: Context, panel: RequestsPanel, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.core.tasking.model import Draft, new_request

    register = Register(context.paths.register)
    day = date.today()
    draft = Draft(
        box(-0.5, 43.2, -0.3, 43.35),
        "pleiades-programmation",
        day,
        day + timedelta(days=60),
        10,
        30,
        title="Interrompue",
    )
    saved = register.save(new_request(context.profile.id, draft))  # type: ignore[union-attr]
    register.begin_sending(saved.reference, "technicien")
    with (
        closing(sqlite3.connect(register.path)) as db,
        db,
    ):  # as if it had been interrupted an hour ago
        db.execute(
            "UPDATE requests SET attempted = ?",
            ((datetime.now(timezone.utc) - timedelta(hours=1)).isoformat(),),
        )
    db.close()
    panel.tracker.reload()
    wait_until(lambda: panel.tracker.get(saved.reference), what="the list")
    session = context.session
    assert session is not None
    tasks.run(lambda job: session.sign_in_device(lambda code: None, Cancel()))
    wait_until(
        lambda: panel.tracker.get(saved.reference).order_id, seconds=60, what="the settled request"
    )


def test_delete_can_be_undone_and_duplicate_is_a_draft(
    panel: RequestsPanel, iface: Any, wait_until: Callable[..., None]
) -> None:
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    write(panel, "Un")
    press(panel, "closeFormButton")
    wait_until(lambda: [r.draft.title for r in panel.tracker.requests] == ["Un"], what="the draft")
    panel.list.choose(panel.tracker.requests[0].reference)
    press(panel, "copyRequestButton")
    press(panel, "closeFormButton")
    wait_until(lambda: len(panel.tracker.requests) == 2, what="the copy")
    panel.list.choose(panel.tracker.requests[0].reference)
    press(panel, "deleteRequestButton")
    wait_until(lambda: len(panel.tracker.requests) == 1, what="one fewer")
    undo = next(b for item in iface.messageBar().items() for b in item.findChildren(QPushButton))
    undo.click()
    wait_until(lambda: len(panel.tracker.requests) == 2, what="it is back")


def test_closing_the_panel_clears_the_map(
    panel: RequestsPanel, wait_until: Callable[..., None]
) -> None:
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    assert panel.overlay._bands
    panel.hide()
    assert not panel.overlay._bands
    assert not QgsProject.instance().mapLayers()


def test_nothing_is_cut_at_320_px(panel: RequestsPanel, wait_until: Callable[..., None]) -> None:
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    wait_until(lambda: panel.form.findings, what="the rules")
    for width in (300, 320, 500):
        panel.resize(width, 700)
        QTest.qWait(20)
        assert panel.width() == width
        inner = panel.form.scroll.widget()
        assert inner.width() <= panel.form.scroll.viewport().width()


def test_going_on_to_another_draft_loses_nothing_of_the_first(
    panel: RequestsPanel, context: Context, wait_until: Callable[..., None]
) -> None:
    register = Register(context.paths.register)
    for title in ("Une", "Deux", "Trois"):  # without a moment between them
        panel.begin(box(-0.5, 43.2, -0.3, 43.35))
        child(panel, QLineEdit, "requestTitle").insert(title)
    first = panel.tracker.begin(panel.form.draft)
    panel.tracker.save(first)
    panel.tracker.delete(first)
    wait_until(
        lambda: {r.draft.title for r in register.all()} == {"Une", "Deux", "Trois"},
        seconds=60,
        what="all three",
    )
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    child(panel, QLineEdit, "requestTitle").insert("Quatre")
    panel.begin(box(-0.5, 43.2, -0.3, 43.35))
    child(panel, QLineEdit, "requestTitle").insert("Cinq")
    context.close()  # QGIS is closed at once
    assert {r.draft.title for r in register.all()} == {"Une", "Deux", "Trois", "Quatre", "Cinq"}
