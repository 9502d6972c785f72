"""Heights of an area and volumes between two models, through the real ``qgis_process``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsRasterLayer, QgsVectorLayer

from dinamis_qgis.bridge.elevation.styles import style_difference, style_hillshade, style_relief
from dinamis_qgis.sandbox.world.projection import to_degrees, to_lambert
from tests.qgis.test_processing_compare import process
from tests.qgis.test_processing_search import environment, plugins  # noqa: F401
from tests.support.service import LittleWorld, running_service
from tests.unit.elevation.test_surface_difference import dug, hills, write

pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")


@pytest.fixture(scope="module")
def served(
    environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, str]]:
    """With a training service whose heights are asked for."""
    folder = tmp_path_factory.mktemp("service")
    with running_service(folder, world=LittleWorld({})) as service:
        yield {**environment, "DINAMIS_PROFILE": str(service.profile_path)}


def extent(lon: float, lat: float, half: float = 60) -> str:
    east, north = to_lambert(lon, lat)
    west, south = to_degrees(east - half, north - half)
    right, top = to_degrees(east + half, north + half)
    return f"{west},{right},{south},{top} [EPSG:4326]"


def test_the_surface_of_a_place(served: dict[str, str], tmp_path: Path) -> None:
    found, _ = process(
        served, "elevation", EXTENT=extent(-0.3708, 43.2965), KIND=1, FOLDER=tmp_path
    )
    layer = QgsRasterLayer(found["FILE"], "x")
    assert layer.isValid() and layer.crs().authid() == "EPSG:2154"
    assert layer.rasterUnitsPerPixelX() == 0.5 and found["KNOWN"] == 1
    assert found["VERTICAL"] == "IGN69" and "LiDAR" in found["SOURCES"]
    for style in (style_relief, style_hillshade, lambda x: style_difference(x, 0.4)):
        style(layer)
        assert layer.renderer() is not None


def test_a_place_without_heights(served: dict[str, str], tmp_path: Path) -> None:
    _, text = process(
        served, "elevation", 1, EXTENT=extent(2.3, 48.8), KIND=1, FOLDER=tmp_path
    )
    assert "None of the sources" in text
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tif"]


def test_no_area(served: dict[str, str], tmp_path: Path) -> None:
    _, text = process(served, "elevation", 1, FOLDER=tmp_path)
    assert "No area yet" in text


def test_volumes(served: dict[str, str], tmp_path: Path) -> None:
    first = write(tmp_path / "a.tif", hills())
    second, lost, gained = dug(tmp_path / "b.tif", 2.4, 1.7)
    found, _ = process(
        served,
        "surfacechange",
        FIRST=first,
        SECOND=second,
        OUTPUT=tmp_path / "zones.gpkg",
        DIFFERENCE=tmp_path / "difference.tif",
    )
    assert found["EAST"] == pytest.approx(2.4, abs=0.05)
    assert lost < found["LOST_M3"] < 1.1 * lost, "with what noise left in small zones"
    assert found["GAINED_M3"] == pytest.approx(gained, rel=0.25)
    zones = list(QgsVectorLayer(str(tmp_path / "zones.gpkg"), "z").getFeatures())
    assert len(zones) == found["COUNT"] >= 2
    assert zones[0]["lost_m3"] == pytest.approx(lost, rel=0.02)
    assert 0 < zones[0]["uncertainty_m3"] < 0.05 * lost
    assert QgsRasterLayer(str(tmp_path / "difference.tif"), "d").isValid()
