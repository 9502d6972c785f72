"""The training world: what it makes, that it makes it the same twice, and that what it claims as
truth is in the pixels.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

gdal = pytest.importorskip("osgeo.gdal", reason="the training imagery is made with GDAL")
np = pytest.importorskip("numpy", reason="the training imagery is made with numpy")

from dinamis_qgis.sandbox.world import (  # noqa: E402  # noqa: E402
    PLEIADES,
    PUBLIC,
    SPOT,
    World,
    all_shots,
    build,
    geography,
    make_scene,
    prepare_world,
)
from dinamis_qgis.sandbox.world.make import array_of  # noqa: E402
from dinamis_qgis.sandbox.world.programme import Shot, _make_shot  # noqa: E402
from dinamis_qgis.sandbox.world.projection import to_degrees, to_lambert  # noqa: E402
from dinamis_qgis.sandbox.world.scene import works_stage  # noqa: E402


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def scene(
    tmp: Path,
    place: str,
    lon: float,
    lat: float,
    satellite: str,
    day: str,
    size: int = 64,
    further: str = "",
    cloud: float = 0.0,
) -> tuple[Any, Path]:
    shot = _make_shot(place, lon, lat, satellite, day, size, cloud, further)
    item = make_scene(tmp / day / further.replace("=", "").replace(",", "_"), shot)
    return item, tmp / day / further.replace("=", "").replace(",", "_")


def pixels(item: Any, folder: Path, asset: str = "src_xs") -> Any:
    return array_of(folder / item["assets"][asset]["href"].partition("/")[2]).astype(float)


def test_programme_is_rich_enough() -> None:
    shots = all_shots()
    assert len(shots) >= 60
    assert len({shot.id for shot in shots}) == len(shots)
    assert {shot.collection for shot in shots} == {SPOT, PLEIADES}
    assert {shot.licence for shot in shots} == {"spot67", "pleiades", "crise", "etalab-2.0"}
    assert {shot.product for shot in shots} >= {"PMS", "MS"}
    years = [shot.scene.when.year for shot in shots]
    assert min(years) == 2015 and max(years) == 2025
    assert any(shot.incidence is None for shot in shots) and any(
        not shot.says_cloud for shot in shots
    )
    for place in ("Pau", "Landiras", "Mont-de-Marsan"):
        assert len({shot.scene.when.date() for shot in shots if shot.place.startswith(place)}) >= 3
    for shot in shots:
        lon, lat = to_degrees(shot.scene.x, shot.scene.y)
        assert -2 < lon < 2.7 and 42.7 < lat < 47.3, shot.place
        assert re.fullmatch(r"(SPOT[67]|PHR1[AB])_MS_\d{15}(_\1_P_\d{15})?_1", shot.id)


def test_small_world(world: World) -> None:
    items = world.items()
    assert len(items) == 12
    assert [i["properties"]["datetime"] for i in items] == sorted(
        (i["properties"]["datetime"] for i in items), reverse=True
    )
    for item in items:
        for name, asset in item["assets"].items():
            _, bucket, key = asset["href"].split("/", 2)
            path = world.file_for(bucket, key)
            assert path is not None and path.stat().st_size == asset["file:size"]
            assert world.licence_for(bucket, key) == (
                PUBLIC if name == "thumbnail" else item["properties"]["license"]
            )
    assert world.item(items[0]["collection"], items[0]["id"]) is items[0]
    assert world.item(SPOT, "nothing") is None


@pytest.mark.parametrize(
    "bucket, key",
    [
        ("..", "world.sqlite"),
        ("spot-6-7-drs", "../../world.sqlite"),
        ("spot-6-7-drs", ""),
        ("", ""),
        ("spot-6-7-drs", "/etc/passwd"),
        ("spot-6-7-drs", "2020"),
        ("spot-6-7-drs", "a\0b"),
        ("nowhere", "x" * 5000),
        ("spot-6-7-drs", "..\\..\\world.sqlite"),
    ],
)
def test_no_other_file_is_served(world: World, bucket: str, key: str) -> None:
    assert world.file_for(bucket, key) is None
    with pytest.raises(KeyError):
        world.licence_for(bucket, key)


def test_images_are_cogs_as_their_items_say(world: World) -> None:
    for item in world.items():
        for name, asset in item["assets"].items():
            dataset = gdal.Open(str(world.data_dir / asset["href"]))
            assert dataset is not None
            if name == "thumbnail":
                assert (
                    max(dataset.RasterXSize, dataset.RasterYSize) <= 256
                    and dataset.RasterCount == 4
                )
                continue
            assert dataset.GetMetadata("IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            assert dataset.GetMetadata("IMAGE_STRUCTURE")["COMPRESSION"] == "DEFLATE"
            assert dataset.GetSpatialRef().GetAuthorityCode(None) == "2154"
            assert dataset.RasterCount == (4 if name == "src_xs" else 1)
            band = dataset.GetRasterBand(1)
            assert band.DataType == gdal.GDT_UInt16 and band.GetNoDataValue() == 0
            assert [dataset.RasterYSize, dataset.RasterXSize] == asset["proj:shape"]
            x0, dx, rx, y0, ry, dy = dataset.GetGeoTransform()
            assert [dx, rx, x0, ry, dy, y0] == asset["proj:transform"] and dx == asset["gsd"]


def test_nodata_is_outside_the_footprint_only(world: World) -> None:
    from osgeo import ogr

    item = world.items()[0]
    data = array_of(world.data_dir / item["assets"]["src_xs"]["href"])
    empty = data[0] == 0
    assert 0.02 < empty.mean() < 0.4
    assert (empty == (data == 0).all(axis=0)).all(), "a band is 0 inside the footprint"
    step, _, x0, _, _, y0 = item["assets"]["src_xs"]["proj:transform"]
    shape = ogr.CreateGeometryFromJson(json.dumps(item["geometry"]))
    for row, column in ((2, 2), (48, 48), (93, 93), (2, 93), (93, 2), (60, 30)):
        lon, lat = to_degrees(x0 + (column + 0.5) * step, y0 - (row + 0.5) * step)
        assert shape.Contains(
            ogr.CreateGeometryFromJson(json.dumps({"type": "Point", "coordinates": [lon, lat]}))
        ) == (not empty[row, column])


def test_radiometry_is_that_of_such_products(world: World) -> None:
    for item in world.items():
        data = array_of(world.data_dir / item["assets"]["src_xs"]["href"]).astype(float)
        seen = data[:, data[0] > 0]
        assert 300 < np.median(seen[0]) < 6500 and seen.max() < 12000, item["id"]
        assert seen.std(axis=1).min() > 40, "a band is flat"


def test_same_world_twice(world: World, tmp_path: Path) -> None:
    again = prepare_world(tmp_path, small=True)
    try:
        assert files_of(tmp_path / "storage") == files_of(world.storage)
        assert again.items() == world.items()
        assert again.truth() == world.truth()
    finally:
        again.close()


def test_a_place_is_the_same_at_every_scale(tmp_path: Path) -> None:
    item, folder = scene(tmp_path, "Pau", -0.379, 43.303, "S6", "2020-08-12")
    xs, pan = pixels(item, folder), pixels(item, folder, "src_pan")[0]
    from dinamis_qgis.sandbox.world.scene import PAN_WEIGHTS

    coarse = pan.reshape(64, 4, 64, 4).mean(axis=(1, 3))
    whole = (pan.reshape(64, 4, 64, 4).min(axis=(1, 3)) > 0) & (xs[0] > 0)
    expected = sum(w * band for w, band in zip(PAN_WEIGHTS, xs))
    assert np.corrcoef(coarse[whole], expected[whole])[0, 1] > 0.995


def test_a_window_is_part_of_the_whole() -> None:
    from dinamis_qgis.sandbox.world.ground import ground_cover
    from dinamis_qgis.sandbox.world.lattice import LatticeWindow

    x, y = to_lambert(-0.379, 43.303)
    x, y = round(x / 48) * 48.0, round(y / 48) * 48.0
    whole = ground_cover(LatticeWindow(x, y, 128, 128, 1.5), (0.3, 0.5))
    part = ground_cover(LatticeWindow(x + 96, y - 48, 64, 64, 1.5), (0.3, 0.5))
    same = whole.key[32:96, 64:128] == part.key
    assert same.mean() > 0.99
    assert np.abs(whole.tree[32:96, 64:128] - part.tree)[same].mean() < 0.01


def test_interrupted_start_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = build.make_files, []

    def failing(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise OSError("disk full")
        return real(*args)

    monkeypatch.setattr(build, "make_files", failing)
    with pytest.raises(OSError):
        prepare_world(tmp_path, small=True)
    monkeypatch.setattr(build, "make_files", lambda *args: calls.append(1) or real(*args))
    before = len(calls)
    made = prepare_world(tmp_path, small=True)
    try:
        assert len(made.items()) == 12
        groups = len(build._group_by_grid(all_shots(True)))
        assert len(calls) - before < groups, "what was finished is made again"
    finally:
        made.close()
    monkeypatch.setattr(build, "make_files", lambda *args: pytest.fail("a finished world is made again"))
    prepare_world(tmp_path, small=True).close()


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    made = prepare_world(tmp_path, small=True)
    item = made.items()[0]
    path = made.data_dir / item["assets"]["src_xs"]["href"]
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    made.store.keep("finished", None)
    made.close()
    again = prepare_world(tmp_path, small=True)
    assert path.read_bytes() == whole
    again.close()


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    prepare_world(tmp_path, lambda share, text: told.append(share), small=True).close()
    assert told[0] == 0.0 and told == sorted(told) and told[-1] > 0.99


def test_burnt_scar_is_where_the_truth_says(tmp_path: Path, world: World) -> None:
    from osgeo import ogr

    fire = world.truth()["fires"][0]
    x, y = to_lambert(geography.FIRES[0].lon, geography.FIRES[0].lat)
    lon, lat = to_degrees(x, y + 700)
    before, folder_a = scene(tmp_path, "Landiras", lon, lat, "S6", "2022-06-19", 160)
    after, folder_b = scene(tmp_path, "Landiras", lon, lat, "S6", "2022-07-27", 160)
    a, b = pixels(before, folder_a), pixels(after, folder_b)
    step, _, x0, _, _, y0 = after["assets"]["src_xs"]["proj:transform"]
    mask = gdal.GetDriverByName("MEM").Create("", 160, 160, 1, gdal.GDT_Byte)
    mask.SetGeoTransform((x0, step, 0, y0, 0, -step))
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("scar", None, ogr.wkbMultiPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromJson(json.dumps(fire["geometry"])))
    layer.CreateFeature(feature)
    gdal.RasterizeLayer(mask, [1], layer, burn_values=[1])
    burnt, seen = mask.ReadAsArray() == 1, (a[0] > 0) & (b[0] > 0)
    assert 0.2 < burnt[seen].mean() < 0.9

    def ndvi(d: Any) -> Any:
        return (d[3] - d[0]) / np.maximum(d[3] + d[0], 1)

    drop = ndvi(a) - ndvi(b)
    assert np.median(b[3][burnt & seen]) < 0.6 * np.median(a[3][burnt & seen])
    found = (drop > 0.18) & seen
    hits = (found & burnt).sum()
    f1 = 2 * hits / (found.sum() + (burnt & seen).sum())
    assert f1 > 0.88, f1
    assert abs(fire["area_ha"] - 490) < 150


def test_registration_shift_is_the_one_told(tmp_path: Path) -> None:
    plain, folder_a = scene(tmp_path, "Pau", -0.379, 43.303, "S6", "2020-08-12", 64)
    moved, folder_b = scene(
        tmp_path, "Pau", -0.379, 43.303, "S6", "2020-08-12", 64, "shift=6.0,-12.0"
    )
    a, b = pixels(plain, folder_a)[0], pixels(moved, folder_b)[0]
    # Six metres east is one column to the right, twelve south two rows down.
    assert np.corrcoef(a[16:40, 16:40].ravel(), b[18:42, 17:41].ravel())[0, 1] > 0.98
    assert np.corrcoef(a[16:40, 16:40].ravel(), b[16:40, 16:40].ravel())[0, 1] < 0.9


def test_pau_grows(tmp_path: Path) -> None:
    roofs = []
    for day in ("2015-08-12", "2020-08-12", "2025-08-12"):
        item, folder = scene(tmp_path, "Pau", -0.3520, 43.2930, "S6", day, 128)
        data = pixels(item, folder)
        seen = data[0] > 0
        ndvi = (data[3] - data[0]) / np.maximum(data[3] + data[0], 1)
        roofs.append(float(((ndvi < 0.2) & seen).sum()))
    from dinamis_qgis.sandbox.world.ground import ground_cover
    from dinamis_qgis.sandbox.world.lattice import LatticeWindow

    x, y = to_lambert(-0.3520, 43.2930)
    land = ground_cover(LatticeWindow(x - 400, y + 400, 400, 400, 2.0), (0.3, 0.5))
    built = [int(((land.opened + land.built.delay) < year).sum()) for year in (2015, 2020, 2025)]
    assert built[0] < built[1] < built[2], built


def test_works_advance() -> None:
    days = [
        datetime(y, m, 1, tzinfo=timezone.utc)
        for y, m in ((2018, 6), (2020, 7), (2022, 6), (2024, 6))
    ]
    stages = [works_stage(day) for day in days]
    assert (
        stages[0] == 0.0
        and stages[-1] == 1.0
        and stages == sorted(stages)
        and 0 < stages[1] < stages[2] < 1
    )


def test_cloud_cover_is_measured_in_the_pixels(tmp_path: Path) -> None:
    shot = replace(_make_shot("Orthez", -0.6, 43.5, "S6", "2020-06-12", 128, 0.4, "MS"), says_cloud=True)
    item = make_scene(tmp_path, shot)
    told = item["properties"]["eo:cloud_cover"]
    data = pixels(item, tmp_path)
    bright = (data[2] > 4000)[data[0] > 0].mean() * 100
    assert 15 < told < 65 and abs(bright - told) < 8, (told, bright)


def test_tiny_and_odd_sizes(tmp_path: Path) -> None:
    for size in (16, 20, 132):
        shot = _make_shot("Dax", -1.05, 43.71, "P1A", "2019-07-01", size, 0.3, "")
        item = make_scene(tmp_path / str(size), shot)
        assert pixels(item, tmp_path / str(size)).shape == (4, size, size)
        assert pixels(item, tmp_path / str(size), "src_pan").shape == (1, 4 * size, 4 * size)


def test_shot_of_one_component(tmp_path: Path) -> None:
    shot: Shot = replace(_make_shot("Dax", -1.05, 43.71, "S7", "2019-07-01", 32, 0.0, ""), product="P")
    item = make_scene(tmp_path, shot)
    assert set(item["assets"]) == {"src_pan", "thumbnail"} and item["properties"]["gsd"] == 1.5
