"""The algorithms that compare two images, through the real ``qgis_process``, on scenes whose change
and shift are known.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage

from dinamis_qgis.bridge.layers.scene import scene_of
from dinamis_qgis.core.change.grid import common_grid
from dinamis_qgis.processing.comparisonsheet import measured_text
from dinamis_qgis.sandbox.world import all_shots
from dinamis_qgis.sandbox.world.truth import ground_truth
from tests.qgis.test_processing_search import PROGRAM, environment, plugins  # noqa: F401
from tests.support.pairs import Pair, pair, rasterized, shot

# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")


@pytest.fixture(scope="module")
def fire(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """SPOT before and after the fire of Landiras; the second is shifted and its air hazier."""
    return pair(
        tmp_path_factory.mktemp("fire"),
        shot("Landiras", "spot-6", "2022-06-19"),
        shot("Landiras", "spot-6", "2022-07-27"),
    )


def process(
    environment: dict[str, str], name: str, code: int = 0, **parameters: object
) -> tuple[dict[str, Any], str]:
    arguments = [f"--{key}={value}" for key, value in parameters.items()]
    done = subprocess.run(
        [PROGRAM, "--json", "run", f"dinamis:{name}", *arguments],
        env=environment, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    text = done.stdout + done.stderr
    assert "Traceback" not in text
    assert (done.returncode == 0) is (code == 0), text
    return json.loads(done.stdout[done.stdout.index("{") :])["results"] if code == 0 else {}, text


def test_shift_within_a_fifth_of_a_pixel(
    environment: dict[str, str], fire: Pair, tmp_path: Path
) -> None:
    from osgeo import gdal

    moved = tmp_path / "moved.tif"
    found, _ = process(
        environment, "alignment", FIRST=fire.first.source, SECOND=fire.second.source, OUTPUT=moved
    )
    pixel = gdal.Open(fire.second.source).GetGeoTransform()[1]
    assert (
        abs(found["EAST"] - fire.shift[0]) < 0.2 * pixel
        and abs(found["NORTH"] - fire.shift[1]) < 0.2 * pixel
    )
    assert (
        found["CONFIDENCE"] > 0.5
        and abs(found["LENGTH"] - (found["EAST"] ** 2 + found["NORTH"] ** 2) ** 0.5) < 1e-6
    )
    before, after = gdal.Open(fire.second.source), gdal.Open(str(moved))
    assert (before.ReadAsArray() == after.ReadAsArray()).all(), "its pixels are not resampled"
    steps = [b - a for a, b in zip(before.GetGeoTransform(), after.GetGeoTransform())]
    assert steps[0] == pytest.approx(-found["EAST"]) and steps[3] == pytest.approx(-found["NORTH"])
    again, _ = process(environment, "alignment", FIRST=fire.first.source, SECOND=moved)
    assert again["LENGTH"] < 0.2 * pixel and "OUTPUT" not in again


def test_a_shift_is_corrected_in_the_images_own_units(
    environment: dict[str, str], fire: Pair, tmp_path: Path
) -> None:
    """Both images in Web Mercator: the shift is in metres of the ground, and what is moved stays in
    Web Mercator.
    """
    from osgeo import gdal

    images = [str(tmp_path / name) for name in ("first.tif", "second.tif")]
    for target, scene in zip(images, (fire.first, fire.second)):
        gdal.Warp(target, scene.source, dstSRS="EPSG:3857", resampleAlg="cubic", dstNodata=0)
    moved = tmp_path / "moved.tif"
    found, _ = process(environment, "alignment", FIRST=images[0], SECOND=images[1], OUTPUT=moved)
    assert found["LENGTH"] == pytest.approx(
        (fire.shift[0] ** 2 + fire.shift[1] ** 2) ** 0.5, abs=0.6
    )
    assert gdal.Open(str(moved)).GetSpatialRef().GetAuthorityCode(None) == "3857"
    again, _ = process(environment, "alignment", FIRST=images[0], SECOND=moved)
    assert again["LENGTH"] < 0.6


def test_an_untrusted_shift_moves_nothing(
    environment: dict[str, str], fire: Pair, tmp_path: Path
) -> None:
    """Noise beside an image: numbers are given, with a warning, and the position stays."""
    import numpy as np
    from osgeo import gdal

    other, moved = str(tmp_path / "other.tif"), tmp_path / "moved.tif"
    gdal.Translate(other, fire.second.source)
    image = gdal.Open(other, gdal.GA_Update)
    noise = np.random.default_rng(5).integers(200, 3000, (4, image.RasterYSize, image.RasterXSize))
    image.WriteArray(noise.astype(np.uint16))
    image = None
    found, text = process(
        environment, "alignment", FIRST=fire.first.source, SECOND=other, OUTPUT=moved
    )
    assert found["CONFIDENCE"] < 0.5 and found["LENGTH"] > 0 and "not sure enough" in text
    assert gdal.Open(str(moved)).GetGeoTransform() == gdal.Open(other).GetGeoTransform()


def test_a_full_disk_is_an_error_and_leaves_no_part(fire: Pair, tmp_path: Path) -> None:
    from dinamis_qgis.core.errors import StorageError
    from dinamis_qgis.processing.pairwise import write_copy
    from tests.unit.change.test_detect import room_for

    target = tmp_path / "copy.tif"
    with room_for(20_000), pytest.raises(StorageError, match="copy"):
        write_copy(fire.second.source, str(target), 2)
    assert not target.exists()
    write_copy(fire.second.source, str(target), 2)
    size = target.stat().st_size
    assert size > 20_000
    with room_for(size - 1), pytest.raises(StorageError, match="copy"):
        write_copy(fire.second.source, str(target), 2)
    assert not target.exists()


def test_clouds_are_said(environment: dict[str, str], tmp_path: Path) -> None:
    """What is hidden is no unchanged ground."""
    one = shot("Pau", "spot-6", "2020-08-12", 256)
    cloudy = pair(tmp_path, one, shot("Pau", "spot-7", "2020-10-21", 256, cloud=0.5))
    _, text = process(
        environment,
        "change",
        FIRST=cloudy.first.source,
        SECOND=cloudy.second.source,
        KIND=4,
        OUTPUT=tmp_path / "changes.gpkg",
    )
    assert "Seen on both images: " in text and " ha (" in text


def test_burnt_area_against_the_truth(
    environment: dict[str, str], fire: Pair, tmp_path: Path
) -> None:
    import numpy as np
    from osgeo import gdal

    target, scores = tmp_path / "burnt.gpkg", tmp_path / "scores.tif"
    found, _ = process(
        environment,
        "change",
        FIRST=fire.first.source,
        SECOND=fire.second.source,
        KIND=0,
        MIN_AREA=0.1,
        OUTPUT=target,
        SCORES=scores,
    )
    areas = QgsVectorLayer(str(target), "burnt", "ogr")
    features = list(areas.getFeatures())
    assert abs(found["EAST"] - fire.shift[0]) < 1.2 and abs(found["NORTH"] - fire.shift[1]) < 1.2
    assert len(features) == found["COUNT"] > 0 and {f["kind"] for f in features} == {"burnt"}
    sizes = [f["area_ha"] for f in features]
    assert sizes == sorted(sizes, reverse=True) and min(sizes) >= 0.1
    assert sum(sizes) == pytest.approx(found["AREA_HA"], abs=0.01)
    drawn = sum(f.geometry().area() for f in features) / 1e4
    assert sum(sizes) == pytest.approx(drawn, rel=0.01), (
        "ellipsoid and Lambert-93 differ by less than a hundredth here"
    )
    grid = common_grid(fire.first, fire.second)
    real = rasterized(ground_truth(all_shots())["fires"][0]["geometry"], grid)
    seen = np.isfinite(gdal.Open(str(scores)).ReadAsArray())
    ours = np.zeros_like(real)
    for feature in features:
        ours |= rasterized(feature.geometry().asJson(3), grid)
    real, ours = real & seen, ours & seen
    assert real.mean() > 0.1
    assert 2 * (ours & real).sum() / (ours.sum() + real.sum()) >= 0.9


def test_errors_are_one_sentence(environment: dict[str, str], fire: Pair, tmp_path: Path) -> None:
    """An extent where the images have nothing in common; and a threshold above everything finds
    nothing.
    """
    away = "0,1000,0,1000 [EPSG:2154]"
    _, text = process(
        environment,
        "change",
        1,
        FIRST=fire.first.source,
        SECOND=fire.second.source,
        EXTENT=away,
        OUTPUT=tmp_path / "x.gpkg",
    )
    assert "common" in text.lower()
    found, _ = process(
        environment,
        "change",
        FIRST=fire.first.source,
        SECOND=fire.second.source,
        THRESHOLD=50,
        OUTPUT=tmp_path / "none.gpkg",
    )
    assert found["COUNT"] == 0 and found["AREA_HA"] == 0 and found["USED_THRESHOLD"] == 50


def test_sheet_with_measured_change(
    environment: dict[str, str], fire: Pair, tmp_path: Path
) -> None:
    areas = tmp_path / "burnt.gpkg"
    found, _ = process(
        environment, "change", FIRST=fire.first.source, SECOND=fire.second.source, OUTPUT=areas
    )
    pdf = tmp_path / "fiche.pdf"
    sheet, _ = process(
        environment,
        "comparisonsheet",
        FIRST=fire.first.source,
        SECOND=fire.second.source,
        CHANGES=areas,
        PAGE=1,
        TITLE="Landiras avant et après",
        AUTHOR="Camille Dupouy",
        ENTITY="SDIS 64",
        OUTPUT=pdf,
    )
    assert sheet["OUTPUT"] == str(pdf) and pdf.read_bytes().startswith(b"%PDF")
    image = QImage(sheet["PNG"])
    assert (image.width(), image.height()) == (round(420 / 25.4 * 200), round(297 / 25.4 * 200))
    left, right = (image.copy(x, 700, 1000, 700) for x in (300, 1950))
    assert len({left.pixel(x, y) for x in range(0, 1000, 50) for y in range(0, 700, 50)}) > 50, (
        "imagery, not paper"
    )
    assert left != right
    if not shutil.which("pdftotext"):  # what can be read in it, where the machine has the tool
        return
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (
        "Landiras avant et après",
        "Camille Dupouy",
        "SDIS 64",
        f"{found['AREA_HA']:.1f} ha",
    ):
        assert words in text, words


def layer_of(path: Path, bands: int, epsg: int | None) -> QgsRasterLayer:
    """Eight bits: of four bands GDAL calls the last one alpha, as is said here of the fifth."""
    from osgeo import gdal

    made = gdal.GetDriverByName("GTiff").Create(str(path), 8, 8, bands)
    made.SetGeoTransform((400_000, 2, 0, 6_250_000, 0, -2))
    if epsg is not None:
        made.SetProjection(QgsCoordinateReferenceSystem(f"EPSG:{epsg}").toWkt())
    if bands == 5:
        made.GetRasterBand(5).SetColorInterpretation(gdal.GCI_AlphaBand)
    made = None
    return QgsRasterLayer(str(path), path.stem)


def test_transparency_is_no_near_infrared(qgis_app: Any, tmp_path: Path) -> None:
    """But where the profile knows the band, the file's word for it is GDAL's habit."""
    known = SimpleNamespace(collection=lambda *_: SimpleNamespace(rgb=(1, 2, 3), nir=4))
    for bands, wanted, alpha in (
        (1, (1,), 0),
        (2, (1,), 0),
        (3, (1, 2, 3), 0),
        (4, (1, 2, 3), 4),
        (5, (1, 2, 3, 4), 5),
    ):
        layer = layer_of(tmp_path / f"{bands}.tif", bands, 2154)
        scene = scene_of(layer)
        assert scene is not None and (scene.bands, scene.alpha) == (wanted, alpha)
    scene = scene_of(QgsRasterLayer(str(tmp_path / "4.tif"), "4"), known)  # type: ignore[arg-type]
    assert scene is not None and (scene.bands, scene.alpha) == ((1, 2, 3, 4), 0)


@pytest.mark.parametrize("said", [None, 32631])
def test_the_system_told_to_qgis_is_measured_in(
    qgis_app: Any, tmp_path: Path, said: int | None
) -> None:
    right = scene_of(layer_of(tmp_path / "right.tif", 3, 2154))
    layer = layer_of(tmp_path / "wrong.tif", 3, said)
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    wrong = scene_of(layer)
    assert right is not None and wrong is not None
    assert common_grid(right, wrong) == common_grid(wrong, right) == common_grid(right, right)


@pytest.mark.parametrize("field", ["double", "string"])
def test_areas_drawn_by_hand_count_too(french: None, project: QgsProject, field: str) -> None:
    """Nothing has filled in their area: the ellipsoid tells; the total is in the language of the
    sheet.
    """
    changes = QgsVectorLayer(f"Polygon?crs=EPSG:2154&field=area_ha:{field}", "changes", "memory")
    made = []
    for side, said in ((500, None), (100, 12.25)):
        feature = QgsFeature(changes.fields())
        feature.setGeometry(
            QgsGeometry.fromRect(QgsRectangle(400_000, 6_400_000, 400_000 + side, 6_400_000 + side))
        )
        if said is not None and field == "double":
            feature["area_ha"] = said
        made.append(feature)
    changes.dataProvider().addFeatures(made)
    empty = QgsFeature(changes.fields())  # no geometry either
    changes.dataProvider().addFeatures([empty])
    assert (
        measured_text(changes)
        == f"3 zones · {'37,3' if field == 'double' else '26,0'}\u00a0ha au total"
    )
