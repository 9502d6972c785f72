"""The swipe: pixels of each layer on its side, exactly; nothing of QGIS touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsContrastEnhancement,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent, QRegion
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QPushButton, QSlider, QToolButton, QWidget

from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.shapes import Mode
from dinamis_qgis.core.change.align import Shift

RED, BLUE = (200, 20, 20), (20, 20, 200)

# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")


def raster(path: Path, color: tuple[int, int, int]) -> QgsRasterLayer:
    """One colour over ten kilometres, with a stripe a pixel wide every ten pixels to see shifts."""
    import numpy as np
    from osgeo import gdal, osr

    data = gdal.GetDriverByName("GTiff").Create(str(path), 1000, 1000, 3, gdal.GDT_Byte)
    data.SetGeoTransform((400_000, 10, 0, 6_210_000, 0, -10))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2154)
    data.SetProjection(reference.ExportToWkt())
    for band, value in enumerate(color, 1):
        pixels = np.full((1000, 1000), value, np.uint8)
        pixels[:, ::10] = 255
        data.GetRasterBand(band).WriteArray(pixels)
    data = None
    layer = QgsRasterLayer(str(path), path.stem)
    assert layer.isValid()
    none = QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement
    layer.setContrastEnhancement(none)  # the colours of the file, with no contrast to share
    return layer


@pytest.fixture
def layers(tmp_path: Path, iface: Any) -> Iterator[tuple[Any, Any]]:
    left, right = raster(tmp_path / "left.tif", RED), raster(tmp_path / "right.tif", BLUE)
    QgsProject.instance().addMapLayers([left, right])
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    iface.mainWindow().show()
    canvas.setExtent(QgsRectangle(402_000, 6_202_000, 406_000, 6_205_000))
    QgsProject.instance().setDirty(False)
    yield left, right
    swipe.stop_comparison(canvas)


def ready(canvas: Any, wait_until: Callable[..., None]) -> Any:
    current = swipe.current_comparison(canvas)
    wait_until(lambda: current.ready() and not canvas.isDrawing(), what="both sides")
    QApplication.processEvents()
    return current


def color_at(canvas: Any, x: int, y: int) -> QColor:
    return QColor(canvas.viewport().grab().toImage().pixel(x, y))


def near(color: QColor, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 60 for a, b in zip(color.getRgb()[:3], wanted))


def row_colors(canvas: Any) -> list[str]:
    image = canvas.viewport().grab().toImage()
    y = canvas.height() // 3
    colors = [QColor(image.pixel(x, y)) for x in range(image.width())]
    return ["r" if near(c, RED) else "b" if near(c, BLUE) else "-" for c in colors]


def test_each_layer_on_its_side(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    canvas = iface.mapCanvas()
    swipe.start_comparison(canvas, *layers)
    current = ready(canvas, wait_until)
    current.move(0.25)
    QApplication.processEvents()
    colors = row_colors(canvas)
    line = round(0.25 * canvas.width())
    assert set(colors[: line - 4]) == {"r", "-"} and set(colors[line + 4 : -4]) == {"b", "-"}


def test_exact_to_the_pixel(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    """What a side shows, above its label, is the picture of it, copied."""
    canvas = iface.mapCanvas()
    swipe.start_comparison(canvas, *layers)
    left, _ = ready(canvas, wait_until).images()
    swipe.current_comparison(canvas).move(1.0)
    QApplication.processEvents()
    shown = canvas.viewport().grab().toImage()
    wanted = left.convertToFormat(shown.format())
    assert shown.size() == wanted.size()
    different = sum(
        shown.pixel(x, y) != wanted.pixel(x, y)
        for x in range(0, shown.width() - 20, 3)
        for y in range(0, shown.height() - 60, 17)
    )
    assert different == 0


def test_dragging_the_line(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    canvas = iface.mapCanvas()
    tool = QgsMapToolPan(canvas)
    canvas.setMapTool(tool)
    swipe.start_comparison(canvas, *layers)
    current = ready(canvas, wait_until)
    extent, view = canvas.extent(), canvas.viewport()
    middle, height = round(canvas.width() / 2), canvas.height() // 2
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(middle + 3, height))
    place, left, plain = (
        QPointF(300, height),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, place, left, left, plain))
    assert current.share == pytest.approx(300 / canvas.width(), abs=0.01), "while it is dragged"
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(100, height))
    assert current.share == pytest.approx(100 / canvas.width(), abs=0.01)
    assert canvas.extent() == extent, "the map did not move"


def squeezed(widgets: list[QWidget]) -> list[str]:
    """Those that have less than they need, show less than they say, or lie over another or outside
    their frame.
    """
    found, boxes = [], []
    for widget in widgets:
        name = (
            f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()} "
            f"{widget.geometry()}"
        )
        least = widget.minimumSizeHint()
        if widget.height() < least.height() or widget.width() < least.width():
            found.append(f"{name}: needs {least}")
        if (
            isinstance(widget, QLabel)
            and widget.wordWrap()
            and widget.height() < widget.heightForWidth(widget.width())
        ):
            found.append(f"{name}: lines are cut")
        if (
            isinstance(widget, QLabel)
            and not widget.wordWrap()
            and widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width()
        ):
            found.append(f"{name}: “{widget.text()}” is cut")
        box = QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
        found += [f"{name} over {other}" for other, known in boxes if known.intersects(box)]
        boxes.append((name, box))
    return found


@pytest.mark.parametrize("size", [(320, 500), (400, 500), (700, 430), (960, 540), (1600, 1000)])
def test_the_bar_and_the_panel_fit_small_maps(
    iface: Any, layers: Any, wait_until: Callable[..., None], french: None, size: tuple[int, int]
) -> None:
    for number, layer in enumerate(layers):
        layer.setCustomProperty("dinamis/datetime", f"2022-0{number + 6}-27T10:50:00+00:00")
        layer.setCustomProperty("dinamis/constellation", "SPOT 6")
    canvas = iface.mapCanvas()
    canvas.setFixedSize(*size)
    QApplication.processEvents()
    swipe.start_comparison(canvas, *layers)
    current, bar = ready(canvas, wait_until), swipe.comparison_bar(canvas)
    bar.shift.measure()
    QApplication.processEvents()
    current.shifting.shift = Shift(3.1, -1.1, 1.0, 0.1, 9, 1.5)
    current.changed.emit()
    bar.show_difference()
    panel = bar.panel
    panel.summary.setText(
        "Plus de la moitié de la partie commune semble avoir changé : le résultat est incertain. "
        * 2
    )
    bar.place()
    QApplication.processEvents()
    frame = QRect(0, 0, *size)
    assert frame.contains(bar.geometry()) and frame.contains(panel.geometry())
    assert panel.height() >= 150 and panel.geometry().top() > bar.geometry().bottom()
    shown = [
        w
        for w in bar.findChildren(QWidget)
        if w.isVisible() and isinstance(w, (QLabel, QToolButton, QPushButton, QSlider))
    ]
    assert not squeezed(shown) and all(
        bar.rect().contains(QRect(w.mapTo(bar, QPoint()), w.size())) for w in shown
    )
    form = [
        panel.kinds,
        panel.where,
        panel.unit,
        panel.go,
        panel.threshold,
        panel.auto,
        panel.summary,
        panel.areas,
        panel.export_button,
    ]
    assert not squeezed(form)
    assert all(
        QRect(0, 0, panel.width(), 10**6).contains(
            QRect(w.mapTo(panel, QPoint(0, 0)), w.size()).translated(0, 10**4)
        )
        for w in form
    )
    assert panel.areas.height() >= 60
    if size[1] != 540:  # fits or not, as the system's font is
        assert panel.scroll.verticalScrollBar().isVisible() is (size[1] < 540)
    panel.export_button.setEnabled(True)
    panel.scroll.ensureWidgetVisible(panel.export_button)
    assert panel.rect().contains(
        QRect(panel.export_button.mapTo(panel, QPoint()), panel.export_button.size())
    ), "everything can be reached"


def test_the_panel_opens_whole(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    """Before there is anything to sum up."""
    canvas = iface.mapCanvas()
    swipe.start_comparison(canvas, *layers)
    ready(canvas, wait_until)
    bar = swipe.comparison_bar(canvas)
    bar.show_difference()
    panel = bar.panel
    assert panel.rect().contains(
        QRect(panel.export_button.mapTo(panel, QPoint()), panel.export_button.size())
    )
    assert not panel.scroll.verticalScrollBar().isVisible()


def test_the_upper_date_is_seen(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    """Below the bar, which takes the whole width of a narrow map."""
    canvas = iface.mapCanvas()
    canvas.setFixedSize(320, 500)
    QApplication.processEvents()
    swipe.start_comparison(canvas, *layers)
    current = ready(canvas, wait_until)
    current.set_mode(Mode.HORIZONTAL)
    said = current.item.labels
    shown = iface.mainWindow().grab().toImage()
    current.item.labels = ("", said[1])
    current.item.update()
    QApplication.processEvents()
    assert said[0] and iface.mainWindow().grab().toImage() != shown


class Painted(QObject):
    """How many pixels a widget was asked to paint."""

    pixels = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        if event.type() == QEvent.Type.Paint:
            self.pixels += sum(p.width() * p.height() for p in event.region().rects())
        return False


def test_moving_a_slanted_line_paints_what_it_sweeps(
    iface: Any, layers: Any, wait_until: Callable[..., None]
) -> None:
    """A canvas would make one rectangle of a region: nearly the whole view."""
    if not hasattr(QRegion, "rects"):
        pytest.skip("PyQt6 does not tell the parts of a region")
    canvas = iface.mapCanvas()
    swipe.start_comparison(canvas, *layers)
    current = ready(canvas, wait_until)
    current.set_mode(Mode.ANGLE)
    QApplication.processEvents()
    painted = Painted()
    canvas.viewport().installEventFilter(painted)
    current.move(current.share + 0.01)
    QApplication.processEvents()
    canvas.viewport().removeEventFilter(painted)
    assert 0 < painted.pixels < 0.25 * canvas.width() * canvas.height()


def test_view_moves_and_both_sides_follow(
    iface: Any, layers: Any, wait_until: Callable[..., None]
) -> None:
    canvas = iface.mapCanvas()
    swipe.start_comparison(canvas, *layers)
    current = ready(canvas, wait_until)
    canvas.zoomByFactor(0.5)
    assert not current.ready()
    ready(canvas, wait_until)
    canvas.setRotation(30)
    ready(canvas, wait_until)
    canvas.setRotation(0)
    iface.mainWindow().resize(1000, 700)
    ready(canvas, wait_until)
    assert near(color_at(canvas, 15, 15), RED) or color_at(canvas, 15, 15).red() > 150


def test_nothing_of_qgis_is_touched(
    iface: Any, layers: Any, wait_until: Callable[..., None]
) -> None:
    canvas = iface.mapCanvas()
    root = QgsProject.instance().layerTreeRoot()
    root.findLayer(layers[1].id()).setItemVisibilityChecked(False)
    wait_until(lambda: len(canvas.layers()) == 1)
    QgsProject.instance().setDirty(False)
    tool, items = canvas.mapTool(), len(canvas.scene().items())
    swipe.start_comparison(canvas, *layers)
    ready(canvas, wait_until)
    assert [n.isVisible() for n in root.findLayers()] == [
        n.layerId() != layers[1].id() for n in root.findLayers()
    ]
    assert canvas.mapTool() == tool and len(canvas.layers()) == 1
    swipe.stop_comparison(canvas)
    assert len(canvas.scene().items()) == items
    assert swipe.current_comparison(canvas) is None
    assert QApplication.overrideCursor() is None
    assert not QgsProject.instance().isDirty()


def test_removing_a_layer_ends_it(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    canvas = iface.mapCanvas()
    ended: list[int] = []
    swipe.start_comparison(canvas, *layers, lambda: ended.append(1))
    QgsProject.instance().removeMapLayer(layers[0].id())
    assert ended == [1] and swipe.current_comparison(canvas) is None
    QTest.qWait(50)


def test_stopped_while_rendering(iface: Any, layers: Any, wait_until: Callable[..., None]) -> None:
    canvas = iface.mapCanvas()
    for _ in range(10):
        swipe.start_comparison(canvas, *layers)
        canvas.zoomByFactor(0.9)
        swipe.stop_comparison(canvas)
    QTest.qWait(200)
    assert swipe.current_comparison(canvas) is None
