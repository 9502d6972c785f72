"""What changed: the fire found, the works found, nothing found where only the light differs; areas,
files, cancelling.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, ogr

from dinamis_qgis.core.change import windows as windowed
from dinamis_qgis.core.change.detect import DetectedChange, detect_change, seen_text
from dinamis_qgis.core.change.difference import (
    SCALES,
    Kind,
    classify_changed,
    otsu_threshold,
    propose_threshold,
)
from dinamis_qgis.core.change.grid import GridWindow, common_grid
from dinamis_qgis.core.change.normalise import chi2_survival, fit_model
from dinamis_qgis.core.change.polygons import changed_patches, export_patches, total_ha
from dinamis_qgis.core.change.reader import Reader
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.errors import Cancelled, InvalidInput, StorageError
from dinamis_qgis.core.net.http import Cancel
from tests.support.pairs import Pair, pair, rasterized, shot


def _area(wkb: bytes) -> float:
    return float(ogr.CreateGeometryFromWkb(wkb).GetArea())


def found(two: Pair, kind: Kind, folder: Path, **options: Any) -> DetectedChange:
    return detect_change(two.first, two.second, kind, folder, **options)


def mask_of(change: DetectedChange) -> tuple[Any, Any]:
    """(changed, seen) at the proposed threshold."""
    scores = gdal.Open(str(change.path)).ReadAsArray()
    return classify_changed(change.kind, scores, change.threshold) > 0, np.isfinite(scores)


def f1(mask: Any, truth: Any) -> float:
    return float(2 * (mask & truth).sum() / (mask.sum() + truth.sum()))


def test_burnt_area(fire: Pair, known: Any, tmp_path: Path) -> None:
    """Without any choice of the person: F1 of at least 0.9 by pixels, and by the polygons."""
    change = found(fire, Kind.BURNT, tmp_path)
    mask, seen = mask_of(change)
    truth = rasterized(known["fires"][0]["geometry"], change.grid) & seen
    assert truth.mean() > 0.1
    assert f1(mask, truth) >= 0.9
    assert (mask & truth).sum() >= 0.98 * truth.sum()  # the scorched border too
    assert (mask & ~truth).sum() <= 0.01 * truth.sum()
    areas = changed_patches(change, change.threshold, SCALES[Kind.BURNT].mapping_unit)
    drawn = np.zeros_like(truth)
    for patch in areas:
        drawn |= rasterized(ogr.CreateGeometryFromWkb(patch.wkb).ExportToJson(), change.grid)
    assert f1(drawn & seen, truth) >= 0.9
    assert total_ha(areas) == pytest.approx(truth.sum() * change.grid.step**2 / 1e4, rel=0.1)


@pytest.mark.parametrize("systems", [(2154, 4326), (4326, 4326), (3857, 3857)])
def test_the_same_area_in_any_system(fire: Pair, tmp_path: Path, systems: tuple[int, int]) -> None:
    """Hectares, pixels and the shift are the ground's, whatever the two images count in."""
    wanted = found(fire, Kind.BURNT, tmp_path / "plain")
    images = []
    for scene, epsg in zip((fire.first, fire.second), systems):
        images.append(str(tmp_path / f"{len(images)}.tif"))
        gdal.Warp(images[-1], scene.source, dstSRS=f"EPSG:{epsg}", resampleAlg="cubic", dstNodata=0)
    change = found(
        Pair(Scene(images[0]), Scene(images[1]), fire.shift), Kind.BURNT, tmp_path / "elsewhere"
    )
    assert change.shift is not None and wanted.shift is not None
    assert change.shift.trusted and change.shift.length == pytest.approx(
        wanted.shift.length, abs=0.6
    )
    assert change.grid.step == pytest.approx(wanted.grid.step, rel=0.06)  # GDAL's choice of degrees
    areas = [total_ha(changed_patches(one, one.threshold, 1.0)) for one in (wanted, change)]
    assert areas[1] == pytest.approx(areas[0], rel=0.03)
    assert change.changed_ha(change.threshold) == pytest.approx(
        wanted.changed_ha(wanted.threshold), rel=0.03
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_another_light_is_no_change(light: Pair, kind: Kind, tmp_path: Path) -> None:
    """Four hours later, three times the haze: at most 2 % of the ground, at the threshold
    proposed.
    """
    mask, seen = mask_of(found(light, kind, tmp_path))
    assert seen.mean() > 0.5
    assert mask.sum() / seen.sum() <= 0.02


def test_works(works: Pair, known: Any, tmp_path: Path) -> None:
    """Most of the stripped road is found."""
    change = found(works, Kind.WORKS, tmp_path)
    axis = known["works"][0]["axis"]
    line = ogr.CreateGeometryFromJson(json.dumps({"type": "LineString", "coordinates": axis}))
    road = rasterized(line.Buffer(known["works"][0]["width_m"] / 2 + 8).ExportToJson(), change.grid)
    mask, seen = mask_of(change)
    assert (mask & road).sum() / (road & seen).sum() > 0.6
    assert (mask & ~road).sum() / (~road & seen).sum() < 0.15


def test_without_alignment_the_edges_change(fire: Pair, tmp_path: Path) -> None:
    """What the alignment is for."""
    aligned = found(fire, Kind.MAGNITUDE, tmp_path / "a")
    unaligned = found(fire, Kind.MAGNITUDE, tmp_path / "b", align=False)
    assert aligned.shift is not None and aligned.shift.trusted and unaligned.shift is None
    assert aligned.path != unaligned.path


def test_view_and_full_agree(fire: Pair, tmp_path: Path) -> None:
    full = found(fire, Kind.BURNT, tmp_path / "full")
    west, south, east, north = full.grid.bounds
    box = (west + 300, south + 300, east - 300, north - 300)
    view = found(fire, Kind.BURNT, tmp_path / "view", step=18.0, area=(full.grid.wkt, box))
    assert view.grid.step == 18 and view.grid.bounds[0] >= box[0]
    part = found(fire, Kind.BURNT, tmp_path / "part", area=(full.grid.wkt, box))
    ours, theirs = (total_ha(changed_patches(change, 0.3, 1.0)) for change in (view, part))
    assert ours == pytest.approx(theirs, rel=0.06)


def test_windows_do_not_show(fire: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker and many, large windows and small: the same scores."""
    one = found(fire, Kind.NDVI, tmp_path / "a", workers=1)
    monkeypatch.setattr(windowed.map_windows, "__defaults__", (*windowed.map_windows.__defaults__[:-1], 100))
    many = found(fire, Kind.NDVI, tmp_path / "b", workers=4)
    first, second = (gdal.Open(str(change.path)).ReadAsArray() for change in (one, many))
    assert np.array_equal(first, second, equal_nan=True)
    assert one.counts == many.counts


def test_preview_and_histogram(fire: Pair, tmp_path: Path) -> None:
    change = found(fire, Kind.BURNT, tmp_path)
    grid, small = change.preview(5000)
    assert small.shape == (grid.height, grid.width) and small.size <= 6000
    scores = gdal.Open(str(change.path)).ReadAsArray()
    counted = np.nansum(scores >= change.threshold) * change.grid.step**2 / 1e4
    assert change.changed_ha(change.threshold) == pytest.approx(counted, rel=0.01)
    assert change.seen_ha == pytest.approx(np.isfinite(scores).sum() * change.grid.step**2 / 1e4)


def test_hidden_ground_is_said(fire: Pair, tmp_path: Path) -> None:
    """Clouds hide ground of the two images; where one of them ends is no ground of both."""
    one = shot("Pau", "spot-6", "2020-08-12", shift=(0.0, 0.0))
    cloudy = pair(
        tmp_path / "cloudy", one, shot("Pau", "spot-7", "2020-10-21", shift=(4.5, -3.0), cloud=0.35)
    )
    change = found(cloudy, Kind.MAGNITUDE, tmp_path)
    scores = gdal.Open(str(change.path)).ReadAsArray()
    both = np.ones(scores.shape, bool)
    for scene in (cloudy.first, cloudy.second):
        both &= np.isfinite(
            Reader(scene, change.grid).read(GridWindow(0, 0, *scores.shape[::-1]))
        ).all(axis=0)
    assert change.ground_ha == pytest.approx(
        both.sum() * change.grid.step**2 / 1e4, rel=0.02
    )  # by the shift's pixel at the border
    assert change.seen_share == pytest.approx(np.isfinite(scores).sum() / both.sum(), rel=0.02)
    assert change.hidden and f"({round(100 * change.seen_share)} %)" in seen_text(change, str)
    whole = change.grid.wkt, change.grid.bounds
    view = detect_change(cloudy.first, cloudy.second, Kind.MAGNITUDE, tmp_path / "view", area=whole)
    assert view.ground_ha == pytest.approx(view.grid.pixels * view.grid.step**2 / 1e4), (
        "all of a view is looked at"
    )
    clear = found(fire, Kind.BURNT, tmp_path)
    assert not clear.hidden and clear.seen_ha <= clear.ground_ha


def test_smallest_area_and_ellipsoid(fire: Pair, tmp_path: Path) -> None:
    change = found(fire, Kind.BURNT, tmp_path)
    small, large = changed_patches(change, change.threshold, 0.0), changed_patches(change, change.threshold, 5.0)
    assert len(small) > len(large) and all(patch.area_ha >= 4.99 for patch in large)
    assert [p.area_ha for p in small] == sorted((p.area_ha for p in small), reverse=True)
    flat = sum(_area(patch.wkb) for patch in large) / 1e4
    assert total_ha(large) == pytest.approx(flat, rel=0.01) and total_ha(large) != flat


def test_geopackage(fire: Pair, tmp_path: Path) -> None:
    change = found(fire, Kind.BURNT, tmp_path)
    areas = changed_patches(change, change.threshold, 1.0)
    path = tmp_path / "change.gpkg"
    for _ in range(2):  # a second time over the first
        export_patches(
            path,
            change,
            areas,
            change.threshold,
            {"before": "2022-06-19", "credit": "© Airbus DS 2022"},
        )
    written = ogr.Open(str(path))  # kept: its layer dies with it
    layer = written.GetLayerByName("changes")
    rows = [feature.items() for feature in layer]
    assert [row["rank"] for row in rows] == list(range(1, len(areas) + 1))
    assert rows[0]["area_ha"] == pytest.approx(areas[0].area_ha, abs=1e-3)
    assert rows[0]["credit"] == "© Airbus DS 2022" and rows[0]["kind"] == "burnt"
    assert not list(tmp_path.glob("*.part*")) and list(tmp_path.rglob("*.tif")) == [change.path]
    with pytest.raises(StorageError):
        export_patches(tmp_path / "nowhere" / "x.gpkg", change, areas, 0.3, {})


@contextmanager
def gdal_exceptions(on: bool) -> Iterator[None]:
    """As another plugin may have asked for."""
    before = gdal.GetUseExceptions(), ogr.GetUseExceptions()
    for module in (gdal, ogr):
        (module.UseExceptions if on else module.DontUseExceptions)()
    try:
        yield
    finally:
        for module, was in zip((ogr, gdal), reversed(before)):  # GDAL wants the last one first
            (module.UseExceptions if was else module.DontUseExceptions)()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes: to GDAL as good as a full disk."""
    resource = pytest.importorskip("resource", reason="a limit of this kind is POSIX's")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # GDAL's, closing what it could not write
@pytest.mark.parametrize("exceptions", [False, True])
def test_full_disk_leaves_the_earlier_geopackage(
    fire: Pair, tmp_path: Path, exceptions: bool
) -> None:
    """Whatever part of the file still fits."""
    change = found(fire, Kind.MAGNITUDE, tmp_path / "work")
    areas = changed_patches(change, 3.0, 0.0)
    path = tmp_path / "out" / "change.gpkg"
    path.parent.mkdir()
    export_patches(path, change, areas, 3.0, {"before": "one"})
    good = path.read_bytes()
    with gdal_exceptions(exceptions):
        for room in (0, 100_000, len(good) // 2, len(good) - 20_000):
            with room_for(room), pytest.raises(StorageError, match="change"):
                export_patches(path, change, areas, 3.0, {"before": "two"})
            assert path.read_bytes() == good and list(path.parent.iterdir()) == [path]


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # GDAL's, closing what it could not write
@pytest.mark.parametrize("exceptions", [False, True])
def test_full_disk_is_no_unchanged_ground(fire: Pair, tmp_path: Path, exceptions: bool) -> None:
    """Neither the scores nor the mask of what changed may be cut off: 0 ha is an answer."""
    whole = found(fire, Kind.BURNT, tmp_path)
    with gdal_exceptions(exceptions):
        for room in (0, 200_000, whole.path.stat().st_size - 1):
            with room_for(room), pytest.raises(StorageError):
                found(fire, Kind.BURNT, tmp_path / "full", align=False)
        for room in (0, 1000):
            with room_for(room), pytest.raises(StorageError):
                changed_patches(whole, whole.threshold)
    assert list(tmp_path.rglob("*.tif")) == [whole.path]


def test_cancelled_anywhere(fire: Pair, tmp_path: Path) -> None:
    threads = threading.active_count()
    for limit in (0.0, 0.1, 0.3, 0.5, 0.9):
        cancel = Cancel()

        def say(share: float, text: str, limit: float = limit, cancel: Cancel = cancel) -> None:
            if share >= limit:
                cancel.set()

        with pytest.raises(Cancelled):
            found(fire, Kind.BURNT, tmp_path, cancel=cancel, progress=say)
        assert not list(tmp_path.iterdir())
    change = found(fire, Kind.BURNT, tmp_path)
    cancel = Cancel()
    with pytest.raises(Cancelled):
        changed_patches(
            change,
            change.threshold,
            0.1,
            cancel,
            lambda share: cancel.set() if share > 0.3 else None,
        )
    assert list(tmp_path.rglob("*.tif")) == [change.path]
    assert threading.active_count() == threads


def test_a_run_given_up_leaves_the_next_one_alone(fire: Pair, tmp_path: Path) -> None:
    """Detect, Cancel, Detect: the first may notice only once the second is done.

    The same with the areas of a moved slider.
    """
    cancel, done = Cancel(), []

    def late(share: float, text: str) -> None:
        if share >= 0.9 and not done:
            done.append(found(fire, Kind.BURNT, tmp_path))
            cancel.set()

    with pytest.raises(Cancelled):
        found(fire, Kind.BURNT, tmp_path, cancel=cancel, progress=late)
    change = done[0]
    assert np.isfinite(change.preview()[1]).any()
    wanted = changed_patches(change, 0.5)
    cancel, areas = Cancel(), []

    def slid(share: float) -> None:
        if share > 0.2 and not areas:
            areas.append(changed_patches(change, 0.5))
            cancel.set()

    with pytest.raises(Cancelled):
        changed_patches(change, 0.2, cancel=cancel, progress=slid)
    assert areas == [wanted]
    change.discard()
    assert not list(tmp_path.iterdir())


def test_needs_near_infrared(fire: Pair, tmp_path: Path) -> None:
    gray = Pair(Scene(fire.first.source, (1,)), Scene(fire.second.source, (1,)), (0, 0))
    with pytest.raises(InvalidInput):
        found(gray, Kind.BURNT, tmp_path)
    assert found(gray, Kind.BRIGHTNESS, tmp_path).seen_ha > 100


def panchromatic(scene: Scene, path: Path) -> Scene:
    """As SPOT's: a little near infrared in it."""
    image = gdal.Open(scene.source)
    gray = np.einsum("b,bij->ij", (0.36, 0.34, 0.16, 0.14), image.ReadAsArray()).astype(np.uint16)
    made = gdal.GetDriverByName("GTiff").Create(
        str(path), image.RasterXSize, image.RasterYSize, 1, gdal.GDT_UInt16
    )
    made.SetGeoTransform(image.GetGeoTransform())
    made.SetProjection(image.GetProjection())
    made.GetRasterBand(1).WriteArray(gray)
    return Scene(str(path), (1,))


@pytest.mark.parametrize(
    ("one", "two"), [("ms", "rgb"), ("rgb", "ms"), ("ms", "pan"), ("pan", "ms")]
)
def test_other_bands(
    fire: Pair, light: Pair, known: Any, tmp_path: Path, one: str, two: str
) -> None:
    """What both images have is compared: the fire is found as well as between two images of the
    poorer kind.
    """

    def scores(pair: Pair, one: str, two: str, kind: Kind) -> tuple[DetectedChange, Any]:
        made = []
        for scene, wanted in ((pair.first, one), (pair.second, two)):
            gray = panchromatic(scene, tmp_path / f"{len(made)}.tif")
            made.append({"ms": scene, "rgb": replace(scene, bands=(1, 2, 3)), "pan": gray}[wanted])
        change = found(Pair(*made, pair.shift), kind, tmp_path)
        return change, gdal.Open(str(change.path)).ReadAsArray()

    poorer = "pan" if "pan" in (one, two) else "rgb"
    for kind, threshold in ((Kind.BRIGHTNESS, 0.4), (Kind.MAGNITUDE, 1.0)):
        good = []
        for names in ((one, two), (poorer, poorer)):
            change, values = scores(fire, *names, kind)
            truth = rasterized(known["fires"][0]["geometry"], change.grid) & np.isfinite(values)
            good.append(f1(classify_changed(kind, values, threshold) > 0, truth))
        assert good[0] == pytest.approx(good[1], abs=0.03) and good[1] > 0.55
    change, values = scores(light, one, two, Kind.MAGNITUDE)
    assert (values >= change.threshold).sum() / np.isfinite(values).sum() <= 0.02
    with pytest.raises(InvalidInput):
        scores(fire, one, two, Kind.NDVI)


def test_normalisation_undoes_gain_and_offset(light: Pair) -> None:
    """A scene and itself made brighter and hazier: gain and offset are found to a percent where a
    fifth of it changed.
    """
    grid = common_grid(light.first, light.second)
    first, _ = windowed.sample_pair(light.first, light.second, grid)
    noise = np.random.default_rng(3)
    gain, offset = np.array([1.3, 0.8, 1.1, 0.9]), np.array([200.0, -50.0, 400.0, 30.0])
    second = first * gain[:, None, None] + offset[:, None, None] + noise.normal(0, 3, first.shape)
    second[:, :80] = noise.uniform(500, 3000, second[:, :80].shape)
    model = fit_model(first, second.astype(np.float32), grid.step)
    assert model.gain == pytest.approx(1 / gain, rel=0.01)
    assert model.offset == pytest.approx(-offset / gain, abs=12)


@pytest.mark.parametrize(("chi2", "degrees", "wanted"), [
    (3.841459, 1, 0.05), (5.991465, 2, 0.05), (7.814728, 3, 0.05), (9.487729, 4, 0.05), (13.276704, 4, 0.01), (0.710723, 4, 0.95),
])  # fmt: skip
def test_chi_square(chi2: float, degrees: int, wanted: float) -> None:
    """The tables' values."""
    assert float(chi2_survival(np.array(chi2), degrees)) == pytest.approx(wanted, abs=1e-5)


def test_thresholds() -> None:
    noise = np.random.default_rng(1)
    values = np.concatenate([np.abs(noise.normal(0, 0.03, 9000)), noise.normal(0.6, 0.05, 1000)])
    assert 0.1 < otsu_threshold(values, 1.0) < 0.5
    assert propose_threshold(Kind.NDVI, np.array([np.nan, np.nan])) == SCALES[Kind.NDVI].least
    quiet = noise.normal(0, 0.01, 10000)
    assert propose_threshold(Kind.NDVI, quiet) >= SCALES[Kind.NDVI].least
    mask = classify_changed(Kind.NDVI, np.array([0.5, -0.5, 0.1, np.nan]), 0.3)
    assert mask.tolist() == [1, 2, 0, 0]


def test_unsure_when_most_has_changed(fire: Pair, light: Pair, known: Any, tmp_path: Path) -> None:
    """Of this cut-out of the fire more than half has burnt; of the other pair nothing."""
    change = found(fire, Kind.BURNT, tmp_path / "fire")
    burnt = rasterized(known["fires"][0]["geometry"], change.grid).mean()
    assert change.share == pytest.approx(burnt, abs=0.08)
    assert change.unsure is bool(burnt > 0.5)
    calm = found(light, Kind.BURNT, tmp_path / "light")
    assert calm.share <= 0.02 and not calm.unsure
    assert replace(calm, share=0.51).unsure
