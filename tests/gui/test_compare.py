"""A comparison in a real window: every way, steps, stretch, shift, changes, sheet, animation; and
nothing of QGIS touched.
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutItemMap,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsMapTool, QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QKeyEvent, QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QMessageBox
from qgis.PyQt.QtXml import QDomDocument

from dinamis_qgis.bridge.layers.data_source import swap_source
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.canvas.view import ComparisonOverlay
from dinamis_qgis.compare.change import panel as difference
from dinamis_qgis.compare.menus import Entries
from dinamis_qgis.compare.output.animation import Animator
from dinamis_qgis.compare.output.sheet import Maker, sheet_of
from dinamis_qgis.compare.shapes import Mode
from dinamis_qgis.core.change.align import Shift
from dinamis_qgis.core.change.difference import SCALES, Kind
from dinamis_qgis.core.errors import StorageError
from tests.support.pairs import scene, shot

# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """(file, moment) of three dates of Landiras: before the fire, after it (shifted), two years
    later.
    """
    folder = tmp_path_factory.mktemp("landiras")
    shots = [
        shot("Landiras", "spot-6", day, 384) for day in ("2022-06-19", "2022-07-27", "2024-07-18")
    ]
    return [(scene(folder, wanted).source, wanted.scene.when.isoformat()) for wanted in shots]


@pytest.fixture
def layers(
    files: list[tuple[str, str]], iface: Any, wait_until: Callable[..., None]
) -> Iterator[list[QgsRasterLayer]]:
    made = []
    for source, moment in files:
        layer = QgsRasterLayer(source, moment[:10])
        layer.setCustomProperty("dinamis/datetime", moment)
        layer.setCustomProperty("dinamis/item", f"SPOT6_MS_{moment[:10]}")
        layer.setCustomProperty("dinamis/credit", f"© Airbus DS {moment[:4]}")
        made.append(layer)
    QgsProject.instance().addMapLayers(made)
    iface.mainWindow().show()
    canvas = iface.mapCanvas()
    QTest.qWait(50)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas.setExtent(made[0].extent())
    yield made
    swipe.stop_comparison(canvas)


@pytest.fixture
def comparison(layers: list[QgsRasterLayer], iface: Any, wait_until: Callable[..., None]) -> Any:
    started = swipe.start_comparison(iface.mapCanvas(), layers[0], layers[1])
    wait_until(started.ready, what="both pictures")
    return started


def picture(canvas: Any) -> Any:
    QApplication.processEvents()
    image = canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    bits.setsize(image.bytesPerLine() * image.height())
    return np.frombuffer(bits, np.uint32).reshape(image.height(), -1)[:, : image.width()] & 0xFFFFFF


def project_text() -> str:
    tree = QgsProject.instance().layerTreeRoot().dump()
    styles = []
    for layer in sorted(QgsProject.instance().mapLayers().values(), key=lambda known: known.id()):
        style = QDomDocument()
        layer.exportNamedStyle(style)
        styles.append(style.toString())
    return tree + "".join(styles)


def move_mouse(canvas: Any, x: float, y: float, pressed: bool = False) -> None:
    held = Qt.MouseButton.LeftButton if pressed else Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(x, y),
        Qt.MouseButton.NoButton,
        held,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def test_every_way_shows_both(comparison: Any, wait_until: Callable[..., None]) -> None:
    """Each mode differs from the two pictures alone, and changing it renders nothing."""
    canvas, starts = comparison.canvas, []
    comparison.first.start = lambda *a: starts.append(a)
    seen = {}
    for mode in Mode:
        comparison.set_mode(mode)
        seen[mode] = picture(canvas)
    comparison.set_mode(Mode.BLINK)
    one = picture(canvas)
    comparison.show_state(replace(comparison.state, second=True))
    two = picture(canvas)
    assert (one != two).mean() > 0.1
    alone = {
        Mode.BLINK,
        Mode.BESIDE,
    }  # the first shows one at a time, the second has a canvas of its own
    for mode, shown in seen.items():
        if mode not in alone:
            assert (shown != two).mean() > 0.01 and (shown != one).mean() > 0.01, mode
    assert len(starts) == 0


def test_blinking_takes_turns(comparison: Any, wait_until: Callable[..., None]) -> None:
    comparison.set_mode(Mode.BLINK)
    comparison.show_state(replace(comparison.state, rate=8.0))
    wait_until(lambda: comparison.state.second)
    wait_until(lambda: not comparison.state.second)
    comparison.set_mode(Mode.VERTICAL)
    QTest.qWait(200)
    assert not comparison.state.second


def test_glass_follows_the_mouse_and_line_turns(comparison: Any) -> None:
    canvas = comparison.canvas
    comparison.set_mode(Mode.SPYGLASS)
    move_mouse(canvas, 100, 120)
    assert comparison.state.x == pytest.approx(100 / canvas.width(), abs=0.01)
    comparison.set_mode(Mode.ANGLE)
    comparison.move(0.5, 0.5)
    knob = comparison.state.knob(comparison.item.size()).toPoint()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=knob)
    centre = QPointF(canvas.width() / 2, canvas.height() / 2)
    move_mouse(canvas, centre.x() + 100, centre.y(), pressed=True)
    QTest.mouseRelease(
        canvas.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(int(centre.x() + 100), int(centre.y())),
    )
    assert comparison.state.angle == pytest.approx(90, abs=1)
    QTest.qWait(400)
    assert canvas.viewportUpdateMode() == comparison.pointer._usual


def test_side_by_side_moves_together(comparison: Any, wait_until: Callable[..., None]) -> None:
    canvas = comparison.canvas
    comparison.set_mode(Mode.BESIDE)
    other = comparison.second_canvas
    for step in (
        lambda: canvas.zoomByFactor(0.5),
        lambda: other.zoomByFactor(0.7),
        lambda: canvas.setRotation(30),
        lambda: other.setCenter(canvas.center()),
    ):
        step()
        QApplication.processEvents()
        assert other.mapUnitsPerPixel() == pytest.approx(canvas.mapUnitsPerPixel(), rel=1e-6)
        assert other.rotation() == canvas.rotation()
        x, y = canvas.width() // 4, canvas.height() // 2
        left = canvas.getCoordinateTransform().toMapCoordinates(x, y)
        right = other.getCoordinateTransform().toMapCoordinates(
            other.width() // 2, other.height() // 2
        )
        assert left.distance(right) < 1.5 * canvas.mapUnitsPerPixel()
    move_mouse(canvas, 120, 150)
    shown = [m for m in comparison._beside._marks if m.isVisible()]
    assert len(shown) == 1
    comparison.set_mode(Mode.VERTICAL)
    assert comparison.second_canvas is None


@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_what_lies_above_is_in_one_place_side_by_side(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None], angle: float
) -> None:
    """A scene is moved to lie on the other; vectors and the picture of changes are not."""
    canvas = comparison.canvas
    canvas.setRotation(angle)
    comparison.set_mode(Mode.BESIDE)
    extent = canvas.extent()
    place = canvas.getCoordinateTransform().toMapCoordinates(
        canvas.width() // 4, canvas.height() // 2
    )
    above = QgsVectorLayer("Polygon?crs=EPSG:2154", "above", "memory")
    square = QgsFeature()
    square.setGeometry(QgsGeometry.fromPointXY(place).buffer(extent.width() / 20, 4))
    above.dataProvider().addFeatures([square])
    above.renderer().setSymbol(
        QgsFillSymbol.createSimple({"color": "255,0,255", "outline_style": "no"})
    )
    QgsProject.instance().addMapLayer(above)
    wait_until(lambda: above in comparison.shown_vectors(), what="the layer on the map")
    comparison.shifting.shift = Shift(60.0, -30.0, 1.0, 0.1, 9, 1.5)
    comparison.set_aligned(True)
    changes = QImage(4, 4, QImage.Format.Format_ARGB32)
    changes.fill(QColor(0, 255, 0))
    west, south, east, north = (place.x() + 300, place.y() + 300, place.x() + 500, place.y() + 500)
    corners = [
        QgsPointXY(*corner)
        for corner in ((west, north), (east, north), (east, south), (west, south))
    ]
    comparison.lay(ComparisonOverlay(changes, corners))
    other = comparison.second_canvas
    wait_until(
        lambda: comparison.ready() and comparison.vectors.finished and not other.isDrawing(),
        what="both maps",
    )
    assert comparison.correction() != (0.0, 0.0)
    one, two = picture(canvas)[:, : other.width() - 40], picture(other)[:, : other.width() - 40]
    for color in (0xFF00FF, 0x00FF00):
        here, there = one == color, two == color
        assert here.sum() > 500 and (here != there).sum() < 0.06 * here.sum(), hex(color)


def test_side_by_side_left_while_it_draws(comparison: Any, wait_until: Callable[..., None]) -> None:
    """The second canvas is gone before its drawing, given up, has ended: QGIS must outlive that."""
    for _ in range(20):
        comparison.set_mode(Mode.BESIDE)
        wait_until(comparison.second_canvas.isDrawing, what="drawing")
        comparison.set_mode(Mode.VERTICAL)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wait_until(comparison.ready, what="both pictures")
    assert comparison.second_canvas is None


def test_swap_and_step(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None]
) -> None:
    comparison.swap()
    assert comparison.originals() == [layers[1], layers[0]]
    wait_until(comparison.ready)
    comparison.swap()
    wait_until(comparison.ready)
    bar = swipe.comparison_bar(comparison.canvas)
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert comparison.originals() == [layers[0], layers[2]]
    wait_until(comparison.ready)
    assert not comparison.step(1, 1)
    QTest.keyClick(bar, Qt.Key.Key_4)
    assert comparison.state.mode is Mode.SPYGLASS
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert swipe.current_comparison(comparison.canvas) is None


def test_the_keys_on_the_map(comparison: Any, layers: list[QgsRasterLayer]) -> None:
    """Once the map is clicked, all that the bar promises; Esc in the panel of changes closes that
    alone.
    """
    canvas, bar = comparison.canvas, swipe.comparison_bar(comparison.canvas)
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    QTest.keyClick(canvas, Qt.Key.Key_3)
    assert comparison.state.mode is Mode.ANGLE
    QTest.keyClick(canvas, Qt.Key.Key_X)
    assert comparison.originals() == [layers[1], layers[0]]
    QTest.keyClick(canvas, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert comparison.originals() == [layers[1], layers[0]], "Ctrl+X is QGIS's"
    for name in ("unit", "areas", "go", "kinds", "threshold"):
        bar.show_difference()
        QTest.keyClick(getattr(bar.panel, name), Qt.Key.Key_Escape)
        assert (
            bar.panel is None
            and not bar.difference.isChecked()
            and swipe.current_comparison(canvas) is comparison
        )
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert swipe.current_comparison(canvas) is None


def test_the_keys_on_the_second_map(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None]
) -> None:
    canvas = comparison.canvas
    comparison.set_mode(Mode.BESIDE)
    QTest.keyClick(comparison.second_canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert comparison.originals() == [layers[0], layers[2]]
    wait_until(comparison.ready)
    extent = canvas.extent()
    QTest.keyClick(comparison.second_canvas, Qt.Key.Key_Left)
    assert comparison.state.mode is Mode.BESIDE and canvas.extent() != extent, (
        "plain arrows move the map"
    )
    QTest.keyClick(comparison.second_canvas, Qt.Key.Key_1)
    assert comparison.state.mode is Mode.VERTICAL
    comparison.set_mode(Mode.BESIDE)
    QTest.keyClick(comparison.second_canvas, Qt.Key.Key_Escape)
    assert swipe.current_comparison(canvas) is None


class Drawing(QgsMapTool):
    """A tool that knows keys."""

    def __init__(self, canvas: Any) -> None:
        super().__init__(canvas)
        self.keys: list[int] = []

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 (Qt)
        self.keys.append(event.key())


def test_no_key_is_taken_from_who_needs_it(comparison: Any, layers: list[QgsRasterLayer]) -> None:
    """A tool that draws, edits or measures; a field that is typed into; QGIS's own shortcuts."""
    canvas, bar = comparison.canvas, swipe.comparison_bar(comparison.canvas)
    tool = Drawing(canvas)
    canvas.setMapTool(tool)
    for key in (Qt.Key.Key_3, Qt.Key.Key_X, Qt.Key.Key_Escape):
        QTest.keyClick(canvas, key)
        assert key in tool.keys
    bar.show_difference()
    canvas.unsetMapTool(tool)
    bar.panel.unit.selectAll()
    for key in (Qt.Key.Key_3, Qt.Key.Key_X):
        QTest.keyClick(bar.panel.unit, key)
    assert bar.panel.unit.value() == 3
    assert comparison.state.mode is Mode.VERTICAL and comparison.originals() == layers[:2]
    assert swipe.current_comparison(canvas) is comparison and bar.panel is not None
    asked = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3"
    )
    asked.ignore()
    QApplication.sendEvent(canvas, asked)
    assert not asked.isAccepted(), "a shortcut that a person gave this key comes first"


def test_same_stretch_on_copies_only(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None]
) -> None:
    def limits(layer: Any) -> tuple[float, float]:
        red = layer.renderer().redContrastEnhancement()
        return red.minimumValue(), red.maximumValue()

    before = [limits(layer) for layer in layers[:2]]
    copies = [side.layer for side in comparison.sides]
    now = [limits(copy) for copy in copies]
    assert sum(a == b for a, b in zip(now, before)) == 1, "the clearer one keeps its colours"
    assert [limits(layer) for layer in layers[:2]] == before
    comparison.set_same_stretch(False)
    wait_until(comparison.ready)
    assert [limits(copy) for copy in copies] == before


def test_shift_found_and_corrected_in_the_comparison_only(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None]
) -> None:
    comparison.measure_shift(lambda shift: None, pytest.fail)
    wait_until(lambda: comparison.shift, what="the shift")
    assert (comparison.shift.east, comparison.shift.north) == (
        pytest.approx(-3.0, abs=1.2),
        pytest.approx(1.5, abs=1.2),
    )
    extent = layers[1].extent().toString()
    before = comparison.second.image
    comparison.set_aligned(True)
    wait_until(comparison.ready)
    assert comparison.correction() == (-comparison.shift.east, -comparison.shift.north)
    assert comparison.second.image != before
    assert layers[1].extent().toString() == extent


def test_nothing_of_the_project_changes(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None]
) -> None:
    swipe.stop_comparison(comparison.canvas)
    QgsProject.instance().setDirty(False)
    before = project_text()
    QTest.qWait(50)
    items = len(comparison.canvas.scene().items())
    children = len(comparison.canvas.children())
    again = swipe.start_comparison(comparison.canvas, layers[0], layers[1])
    wait_until(again.ready)
    for mode in Mode:
        again.set_mode(mode)
    assert not QgsProject.instance().isDirty() and project_text() == before
    assert len(QgsProject.instance().mapLayers()) == 3
    swipe.stop_comparison(again.canvas)
    wait_until(lambda: len(again.canvas.children()) <= children)
    assert len(again.canvas.scene().items()) == items
    assert not QgsProject.instance().isDirty() and project_text() == before
    assert QApplication.overrideCursor() is None


def test_changes_measured_live_and_exported(
    comparison: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    bar = swipe.comparison_bar(comparison.canvas)
    bar.show_difference()
    panel = bar.panel
    panel.choose(Kind.BURNT)
    panel.detect()
    wait_until(lambda: panel.change is not None and panel.ready(), what="the change")
    found = panel.measured()
    assert panel.change.unsure and "unsure" in panel.summary.text(), (
        "more than half of this cut-out has burnt"
    )
    assert (
        found.area_ha > 30
        and "ha" in panel.summary.text()
        and panel.areas.count() == len(found.patches)
    )
    plain = picture(comparison.canvas)
    panel.threshold.setValue(panel.threshold.maximum())
    assert (picture(comparison.canvas) != plain).mean() > 0.02, "the picture answers at once"
    wait_until(panel.ready)
    assert panel.measured().area_ha < found.area_ha
    panel.automatic()
    wait_until(panel.ready)
    written: list[Path] = []
    panel.export_to(tmp_path / "burnt.gpkg", written.append)
    wait_until(lambda: written)
    assert (tmp_path / "burnt.gpkg").stat().st_size > 10_000
    folder = panel._folder
    bar.show_difference(False)
    assert not folder.exists() and comparison.item.overlay is None


def detected(comparison: Any, wait_until: Callable[..., None]) -> tuple[Any, Any]:
    """The bar, and its panel of changes with the burnt areas of the view."""
    bar = swipe.comparison_bar(comparison.canvas)
    bar.show_difference()
    bar.panel.choose(Kind.BURNT)
    bar.panel.detect()
    wait_until(lambda: bar.panel.change is not None and bar.panel.ready(), what="the change")
    return bar, bar.panel


@pytest.mark.parametrize("moved", ["threshold", "unit"])
def test_nothing_of_an_old_count_stays_to_be_clicked(
    comparison: Any, wait_until: Callable[..., None], moved: str
) -> None:
    bar, panel = detected(comparison, wait_until)
    assert panel.areas.count() and panel.export_button.isEnabled() and bar.sheet.isEnabled()
    getattr(panel, moved).setValue(
        getattr(panel, moved).value() - (30 if moved == "threshold" else 0.5)
    )
    assert not panel.ready() and panel.measured() is None
    assert panel.areas.count() == 0 and not panel.export_button.isEnabled()
    assert not bar.sheet.isEnabled() and "counted" in bar.sheet.toolTip(), (
        "a sheet would say nothing was measured"
    )
    wait_until(panel.ready, what="the areas")
    assert panel.areas.count() and panel.export_button.isEnabled()
    assert bar.sheet.isEnabled() and "counted" not in bar.sheet.toolTip()


def test_a_count_that_fails_is_over(
    comparison: Any, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bar, panel = detected(comparison, wait_until)

    def full(*_: Any) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(difference, "changed_patches", full)
    panel.threshold.setValue(panel.threshold.value() - 30)
    wait_until(panel.ready, what="the end of the count")
    assert (
        panel.measured() is None and bar.sheet.isEnabled() and not panel.export_button.isEnabled()
    )
    monkeypatch.undo()
    panel.automatic()
    wait_until(panel.ready)
    assert panel.measured() is not None


def test_counted_and_none_is_said(comparison: Any, wait_until: Callable[..., None]) -> None:
    _, panel = detected(comparison, wait_until)
    panel.unit.setValue(900)
    wait_until(lambda: panel.ready() and panel.measured() is not None)
    assert panel.measured().patches == () and not panel.export_button.isEnabled()
    assert (
        "No area of at least 900 ha" in panel.summary.text()
        and "above the threshold" not in panel.summary.text()
    )


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
def test_a_name_without_its_ending_replaces_nothing_unasked(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    answer: Any,
) -> None:
    """The dialog asked about ``zones``, which is not what would be written."""
    _, panel = detected(comparison, wait_until)
    (tmp_path / "zones.gpkg").write_bytes(b"precious")
    asked: list[str] = []

    def question(*args: Any) -> Any:
        asked.append(args[2])
        return answer

    monkeypatch.setattr(QMessageBox, "question", question)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "zones"), ""))
    panel.export_button.click()
    assert len(asked) == 1 and "zones.gpkg" in asked[0]
    if answer == QMessageBox.StandardButton.Yes:
        wait_until(lambda: (tmp_path / "zones.gpkg").stat().st_size > 10_000, what="the file")
    else:
        QTest.qWait(300)
        assert (tmp_path / "zones.gpkg").read_bytes() == b"precious"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "others"), ""))
    panel.export_button.click()
    wait_until((tmp_path / "others.gpkg").exists, what="the other file")
    assert len(asked) == 1, "nothing was there"


def test_the_kinds_follow_the_images(
    comparison: Any, layers: list[QgsRasterLayer], tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    """Opened on a panchromatic image: stepping to a multispectral one offers what needs its bands,
    and back.
    """
    grey = QgsRasterLayer(
        gdal.Translate(
            str(tmp_path / "grey.tif"), layers[2].source(), bandList=[1]
        ).GetDescription(),
        "grey",
    )
    QgsProject.instance().addMapLayer(grey)
    bar = swipe.comparison_bar(comparison.canvas)

    def show(second: QgsRasterLayer) -> None:
        comparison.compare(layers[0], second)
        wait_until(comparison.ready, what="both pictures")

    show(grey)
    bar.show_difference()
    kinds, unit = bar.panel.kinds, bar.panel.unit
    assert kinds.findData(Kind.BURNT.value) < 0 and kinds.count()
    unit.setValue(7)
    show(layers[1])
    assert kinds.findData(Kind.BURNT.value) >= 0
    assert unit.value() == 7, "what was asked for stays"
    bar.panel.choose(Kind.WORKS)
    show(layers[2])
    assert bar.panel.kind is Kind.WORKS, "what is looked for stays"
    show(grey)
    assert kinds.findData(Kind.WORKS.value) < 0 and bar.panel.kind is Kind(kinds.itemData(0))
    assert unit.value() == SCALES[bar.panel.kind].mapping_unit


def test_ground_that_one_image_does_not_show_is_said(
    comparison: Any, layers: list[QgsRasterLayer], tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    """The second image is empty over most of the view: what was found is not said of the whole
    view.
    """
    canvas, view = comparison.canvas, layers[0].extent()
    view.scale(0.4)
    canvas.setExtent(view)
    wait_until(comparison.ready)
    _, panel = detected(comparison, wait_until)
    said = panel.seen.text()
    assert panel.seen.isVisible()
    assert said.startswith("All of it is seen on both images") or "(99 %)" in said
    holed = gdal.Translate(str(tmp_path / "holed.tif"), layers[1].source())
    for band in range(1, holed.RasterCount + 1):
        pixels = holed.GetRasterBand(band).ReadAsArray()
        pixels[:, : round(0.6 * pixels.shape[1])] = 0
        holed.GetRasterBand(band).WriteArray(pixels)
    holed = None
    layer = QgsRasterLayer(str(tmp_path / "holed.tif"), "holed")
    QgsProject.instance().addMapLayer(layer)
    comparison.compare(layers[0], layer)
    wait_until(comparison.ready)
    assert not panel.seen.isVisible(), "nothing was measured yet"
    _, panel = detected(comparison, wait_until)
    change = panel.change
    share = change.seen_ha / (change.grid.pixels * change.grid.step**2 / 1e4)
    assert 0.1 < share < 0.5
    assert panel.seen.text().startswith("⚠") and f"({round(100 * share)} %)" in panel.seen.text()


def test_sheet_as_pdf_png_and_layout(
    comparison: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    bar = swipe.comparison_bar(comparison.canvas)
    bar.show_difference()
    bar.panel.choose(Kind.BURNT)
    bar.panel.detect()
    wait_until(lambda: bar.panel.change is not None and bar.panel.ready())
    measured = bar.panel.measured()
    sheet = replace(
        sheet_of(comparison, measured, "A3", "Feu de Landiras"), author="Officier", entity="SDIS 64"
    )
    done: list[Any] = []
    maker = Maker(comparison, sheet, tmp_path / "sheet.pdf", measured, done.append, done.append)
    wait_until(lambda: done, what="the sheet")
    assert done[0] == [tmp_path / "sheet.pdf", tmp_path / "sheet.png"], maker
    image = QImage(str(tmp_path / "sheet.png"))
    assert (image.width(), image.height()) == (3307, 2339)
    layout = QgsProject.instance().layoutManager().layoutByName("Feu de Landiras")
    maps = [item for item in layout.items() if isinstance(item, QgsLayoutItemMap)]
    assert len(maps) == 3
    views = sorted(maps, key=lambda item: item.scale())[:2]
    assert views[0].scale() == pytest.approx(views[1].scale(), rel=1e-6), "both at the same scale"
    try:
        text = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / "sheet.pdf"), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except FileNotFoundError:
        return
    text = unicodedata.normalize("NFKC", text)  # ligatures
    for wanted in (
        "Feu de Landiras",
        "© Airbus DS 2022",
        "SPOT 6",
        "UTC",
        "Officier",
        "SDIS 64",
        " ha",
    ):
        assert wanted in text, wanted


def test_animation(comparison: Any, tmp_path: Path, wait_until: Callable[..., None]) -> None:
    done: list[Any] = []
    animator = Animator(comparison, tmp_path / "dates.gif", 0.5, done.append, done.append)
    wait_until(lambda: done, what="the animation")
    assert done == [tmp_path / "dates.gif"], animator
    assert (tmp_path / "dates.gif").read_bytes().count(b"\x21\xf9\x04\x04") >= 3


def test_from_the_layer_tree(
    layers: list[QgsRasterLayer], iface: Any, wait_until: Callable[..., None]
) -> None:
    context = SimpleNamespace(iface=iface, profile=None, account=None, expired=False)
    entries = Entries(context)
    tree = iface.layerTreeView()
    tree.setCurrentLayer(layers[0])
    assert not entries.action.isVisible()
    QgsProject.instance().layerTreeRoot().removeLayer(layers[2])
    tree.selectAll()
    assert entries.action.isVisible()
    entries.action.trigger()
    current = swipe.current_comparison(iface.mapCanvas())
    wait_until(current.ready)
    assert current.originals()[0] is layers[0], "the older one first"
    entries.stop()
    assert swipe.current_comparison(iface.mapCanvas()) is None


def test_older_first(layers: list[QgsRasterLayer], iface: Any) -> None:
    started = swipe.compare_layers(
        SimpleNamespace(iface=iface, profile=None, account=None, expired=False),
        layers[1],
        layers[0],
    )
    assert started.originals() == [layers[0], layers[1]]


def test_a_layer_that_reads_another_source_is_followed(
    comparison: Any, layers: list[QgsRasterLayer], wait_until: Callable[..., None]
) -> None:
    """Signed in meanwhile, a local copy, a copy that is gone: the comparison shows what the layer
    shows.
    """
    before = comparison.images()[1].copy()
    swap_source(layers[1], layers[2].source())
    wait_until(
        lambda: comparison.ready() and comparison.sides[1].layer.source() == layers[2].source(),
        what="the new source",
    )
    assert comparison.images()[1] != before
    assert comparison.sides[1].scene.source == layers[2].source()
