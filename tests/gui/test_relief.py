"""The view in relief: heights fetched into the project, shaded, cut along a line, read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsHillshadeRenderer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtTest import QTest

from dinamis_qgis.bridge.elevation import relief
from dinamis_qgis.gui.relief.panel import ReliefDock, show_relief
from dinamis_qgis.gui.relief.profile_plot import round_ticks
from dinamis_qgis.sandbox.faults import Fault
from dinamis_qgis.sandbox.world.projection import to_lambert
from tests.support.window import Window, window

SHOTS = os.environ.get("SCREENSHOTS", "")
PAU = to_lambert(-0.3708, 43.2965)


@pytest.fixture
def desk(
    service: Any,
    iface: Any,
    wait_until: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Window]:
    service.faults.clear()
    with window(iface, wait_until, str(service.profile_path), tmp_path, monkeypatch) as shown:
        shown.context.open()
        shown.wait(lambda: shown.context.profile, what="the profile")
        yield shown
    service.faults.clear()


def look_at(desk: Window, half: float, east: float = PAU[0], north: float = PAU[1]) -> None:
    canvas = desk.iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas.setExtent(QgsRectangle(east - half, north - half, east + half, north + half))


def open_panel(desk: Window, half: float = 70) -> Any:
    look_at(desk, half)
    dock: ReliefDock = show_relief(desk.context)
    dock.panel.refresh()
    return dock.panel


def heights(desk: Window, panel: Any) -> list[Any]:
    panel.fetch_button.click()
    assert not panel.fetch_button.isEnabled() and panel.cancel_button.isVisibleTo(panel)
    desk.wait(lambda: panel._job is None, what="the heights")
    return relief.height_layers()


def test_the_surface_of_the_view(desk: Window) -> None:
    panel = open_panel(desk)
    assert "km²" in panel.about.text() and "MB" in panel.about.text()
    layers = heights(desk, panel)
    assert len(layers) == 1 and "LiDAR" in panel.shown.text() and "IGN69" in panel.shown.text()
    folder = relief.relief_folder(desk.context)
    assert Path(layers[0].source()).parent == folder
    group = QgsProject.instance().layerTreeRoot().children()[0]
    assert group.customProperty(relief.GROUP)
    shade = group.children()[0].layer()
    assert isinstance(shade.renderer(), QgsHillshadeRenderer)
    assert group.children()[0].isVisible() and not group.children()[1].isVisible()


def test_a_profile_over_surface_and_ground(
    desk: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = open_panel(desk)
    heights(desk, panel)
    panel.kind.setCurrentIndex(panel.kind.findData("ground"))
    assert len(heights(desk, panel)) == 2
    panel.line_button.click()
    canvas = desk.iface.mapCanvas()
    assert canvas.mapTool() is panel.tool
    panel.tool.drawn.emit([QgsPointXY(PAU[0] - 60, PAU[1]), QgsPointXY(PAU[0] + 60, PAU[1] + 20)])
    desk.wait(lambda: len(panel._profiles) == 2, what="the profile")
    assert canvas.mapTool() is not panel.tool and not panel.line_button.isChecked()
    surface, ground = (profile for _, profile in panel._profiles)
    assert surface.distances[-1] == pytest.approx((120**2 + 20**2) ** 0.5, abs=0.1)
    assert (surface.heights - ground.heights).min() > -1.5
    assert (surface.heights - ground.heights).max() > 3, "houses stand on the ground"
    panel.plot.resize(300, 180)
    QTest.mouseMove(panel.plot, panel.plot.rect().center())
    lines = panel.plot.value_lines(60.0)
    assert len(lines) == 2 and all(" m · " in line for line in lines)
    target = tmp_path / "profil.csv"
    monkeypatch.setattr("dinamis_qgis.gui.relief.panel.ask_file", lambda *_: target)
    panel.export_button.click()
    desk.wait(target.is_file, what="the table")
    rows = target.read_text("utf-8-sig").splitlines()
    assert len(rows) == len(surface.distances) + 1 and rows[0].count(";") == 4
    if SHOTS:
        panel.resize(308, 640)
        panel.grab().save(str(Path(SHOTS) / "relief-308.png"))
        desk.iface.mainWindow().grab().save(str(Path(SHOTS) / "relief-window.png"))


def test_heights_under_the_mouse(desk: Window) -> None:
    panel = open_panel(desk)
    layer = heights(desk, panel)[0]
    place = QgsPointXY(*PAU)
    crs = desk.iface.mapCanvas().mapSettings().destinationCrs()
    assert 50 < (relief.height_at(layer, place, crs) or 0) < 400
    assert relief.height_at(layer, QgsPointXY(0, 0), crs) is None
    panel._read_here(place)
    assert layer.name() in panel.here.text()


def test_a_place_without_heights_says_so(desk: Window) -> None:
    panel = open_panel(desk)
    look_at(desk, 70, PAU[0] + 40_000)
    panel.refresh()
    assert heights(desk, panel) == []
    assert "None of the sources" in desk.said()
    assert panel.fetch_button.isEnabled()


def test_a_silent_service_can_be_tried_again(desk: Window, service: Any) -> None:
    service.faults.add(Fault(r"/elevation/wms", status=500))
    panel = open_panel(desk)
    assert heights(desk, panel) == []
    assert "internal problem" in desk.said()
    service.faults.clear()
    assert len(heights(desk, panel)) == 1


def test_heights_of_a_stranger_s_project_are_files_or_nothing(desk: Window, tmp_path: Path) -> None:
    """Read while the mouse moves: nothing that lies on another host, or is made up of files."""
    panel = open_panel(desk)
    layer = heights(desk, panel)[0]
    virtual = tmp_path / "heights.vrt"
    virtual.write_text(
        '<VRTDataset rasterXSize="1" rasterYSize="1"><GeoTransform>0,1,0,0,0,-1</GeoTransform>'
        '<VRTRasterBand dataType="Float32" band="1"/></VRTDataset>'
    )
    for source in (str(virtual), virtual.read_text(), f"/vsizip//{tmp_path}/x.zip/a.tif"):
        stranger = QgsRasterLayer(source, "x", "gdal")
        stranger.setCustomProperty(relief.KIND, "surface")
        QgsProject.instance().addMapLayer(stranger)
    assert [each.source() for each in relief.height_layers()] == [layer.source()]


def test_a_3d_view_over_the_surface(desk: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of a QGIS that has 3D; older ones say from which version on."""
    from qgis.core import Qgis

    panel = open_panel(desk)
    layer = heights(desk, panel)[0]
    if Qgis.QGIS_VERSION_INT < 32600:
        assert not panel.view_button.isEnabled() and "3.26" in panel.view_button.toolTip()
        return
    asked: list[Any] = []

    class View:
        def setViewFrom2DExtent(self, extent: Any) -> None:  # noqa: N802 (QGIS)
            asked.append(extent)

    def create(name: str) -> View:
        asked.append(name)
        return View()

    monkeypatch.setattr(type(desk.iface), "createNewMapCanvas3D", create, raising=False)
    monkeypatch.setattr(desk.iface, "createNewMapCanvas3D", create, raising=False)
    panel.refresh()
    panel.view_button.click()
    assert len(asked) == 2
    terrain = QgsProject.instance().elevationProperties().terrainProvider()
    assert terrain.layer().id() == layer.id() and terrain.scale() == 1.5


def test_given_up(desk: Window) -> None:
    panel = open_panel(desk, 700)
    panel.fetch_button.click()
    panel.cancel_button.click()
    assert panel.fetch_button.isEnabled() and not panel.cancel_button.isVisibleTo(panel)
    folder = relief.relief_folder(desk.context)
    assert not [p for p in folder.glob("*.tif") if not p.name.startswith(".")]


def test_too_large_a_view_is_said_before(desk: Window) -> None:
    panel = open_panel(desk)
    look_at(desk, 60_000)
    panel.step.setCurrentIndex(panel.step.findData(0.5))
    panel.refresh()
    assert "too large" in panel.about.text() and not panel.fetch_button.isEnabled()


def test_keys_of_the_line(desk: Window) -> None:
    panel = open_panel(desk)
    canvas, drawn = desk.iface.mapCanvas(), []
    panel.tool.drawn.connect(drawn.append)
    canvas.setMapTool(panel.tool)
    viewport = canvas.viewport()
    for at in ((20, 20), (60, 40), (90, 90)):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPointF(*at).toPoint())
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert len(drawn) == 1 and len(drawn[0]) == 2


def test_round_numbers_on_the_axes() -> None:
    assert round_ticks(0, 100, 5) == [0, 20, 40, 60, 80, 100]
    assert round_ticks(161.3, 168.9, 4) == [162, 164, 166, 168]
    assert round_ticks(1, 1, 4) == [1]
