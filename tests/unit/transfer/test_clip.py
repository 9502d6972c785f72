"""Clips: the right pixels on the right grid, what surrounds them nodata, everything a GIS expects
inside the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

gdal = pytest.importorskip("osgeo.gdal")
np = pytest.importorskip("numpy")

from osgeo import osr  # noqa: E402

from dinamis_qgis.core.errors import Cancelled, InvalidInput, NetworkError  # noqa: E402
from dinamis_qgis.core.net.http import Cancel  # noqa: E402
from dinamis_qgis.core.transfer.clip.clip import Tags, clip_to_area  # noqa: E402
from dinamis_qgis.core.transfer.clip.window import ClipWindow, share_of_file  # noqa: E402
from tests.support.hostile import Storage  # noqa: E402

LEFT, TOP, PIXEL = 420000.0, 6250000.0, 2.0
COLUMNS, ROWS = 1300, 1100
TAGS = Tags(
    title="SPOT",
    credit="© Airbus DS 2018",
    moment="2018:05:20 10:26:42",
    software="DINAMIS",
    bands=("red", "nir"),
    more={"DINAMIS_ITEM": "SPOT7_X"},
)


def to_lonlat(x: float, y: float) -> tuple[float, float]:
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.ImportFromEPSG(2154)
    target.ImportFromEPSG(4326)
    target.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return tuple(osr.CoordinateTransformation(source, target).TransformPoint(x, y)[:2])


def wkt(*points: tuple[float, float]) -> str:
    """A polygon in EPSG:4326 through points in EPSG:2154."""
    ring = [to_lonlat(*p) for p in (*points, points[0])]
    return f"POLYGON(({','.join(f'{x:.12f} {y:.12f}' for x, y in ring)}))"


def box(west: float, south: float, east: float, north: float) -> str:
    return wkt((west, south), (east, south), (east, north), (west, north))


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-band COG whose pixels say where they are."""
    path = tmp_path_factory.mktemp("image") / "scene.tif"
    rows, columns = np.mgrid[0:ROWS, 0:COLUMNS]
    memory = gdal.GetDriverByName("MEM").Create("", COLUMNS, ROWS, 2, gdal.GDT_UInt16)
    memory.SetGeoTransform((LEFT, PIXEL, 0, TOP, 0, -PIXEL))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    memory.SetSpatialRef(crs)
    for number, values in ((1, 1 + columns), (2, 5000 + rows)):
        band = memory.GetRasterBand(number)
        band.WriteArray(values.astype("uint16"))
        band.SetNoDataValue(0)
    gdal.GetDriverByName("COG").CreateCopy(str(path), memory, options=["COMPRESS=DEFLATE"])
    return path


def read(path: Path) -> tuple[Any, Any]:
    dataset = gdal.Open(str(path))
    return dataset, dataset.ReadAsArray()


def only(folder: Path, name: str) -> None:
    assert sorted(p.name for p in folder.iterdir()) == ([name] if name else [])


def test_a_rectangle_keeps_every_pixel_of_its_window(image: Path, tmp_path: Path) -> None:
    seen: list[float] = []
    target = tmp_path / "zone.tif"
    area = box(LEFT + 401, TOP - 1603, LEFT + 1403, TOP - 201)
    facts = clip_to_area(str(image), area, target, TAGS, Cancel(), seen.append)
    dataset, values = read(target)
    left, width, _, top, _, height = dataset.GetGeoTransform()
    assert (width, height) == (PIXEL, -PIXEL)
    column, row = (left - LEFT) / PIXEL, (TOP - top) / PIXEL
    assert column == int(column) and row == int(row), "on the grid of the image"
    assert column in (199, 200) and row in (99, 100)
    assert (
        values.shape[0] == 2 and abs(values.shape[1] - 702) <= 2 and abs(values.shape[2] - 502) <= 2
    )
    assert (values[0] == 1 + int(column) + np.arange(values.shape[2])[None, :]).all()
    assert (values[1] == 5000 + int(row) + np.arange(values.shape[1])[:, None]).all()
    assert facts["proj:shape"] == list(values.shape[1:])
    assert facts["proj:code"] == "EPSG:2154"
    assert facts["proj:transform"] == [PIXEL, 0.0, left, 0.0, -PIXEL, top]
    assert seen == sorted(seen) and seen[-1] == 1.0
    only(tmp_path, "zone.tif")


def test_what_a_gis_expects_is_inside(image: Path, tmp_path: Path) -> None:
    clip_to_area(
        str(image),
        box(LEFT + 400, TOP - 1600, LEFT + 1600, TOP - 200),
        tmp_path / "zone.tif",
        TAGS,
        Cancel(),
    )
    dataset, _ = read(tmp_path / "zone.tif")
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "2154"
    assert dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    metadata = dataset.GetMetadata()
    assert metadata["TIFFTAG_COPYRIGHT"] == "© Airbus DS 2018"
    assert metadata["TIFFTAG_DATETIME"] == "2018:05:20 10:26:42"
    assert metadata["TIFFTAG_IMAGEDESCRIPTION"] == "SPOT"
    assert metadata["DINAMIS_ITEM"] == "SPOT7_X"
    for number, name in ((1, "red"), (2, "nir")):
        band = dataset.GetRasterBand(number)
        assert band.GetNoDataValue() == 0
        assert band.GetDescription() == name
        assert "STATISTICS_MEAN" in band.GetMetadata()
    assert dataset.GetRasterBand(1).GetOverviewCount() >= 1


def test_outside_a_polygon_is_nodata(image: Path, tmp_path: Path) -> None:
    corners = [(LEFT + 600, TOP - 200), (LEFT + 1200, TOP - 1400), (LEFT + 200, TOP - 1400)]
    clip_to_area(str(image), wkt(*corners), tmp_path / "zone.tif", TAGS, Cancel())
    dataset, values = read(tmp_path / "zone.tif")
    left, _, _, top, _, _ = dataset.GetGeoTransform()

    def at(x: float, y: float) -> int:
        return int(values[0, int((top - y) / PIXEL), int((x - left) / PIXEL)])

    assert at(LEFT + 640, TOP - 1000) == 1 + 320
    assert at(LEFT + 250, TOP - 300) == 0
    assert at(LEFT + 1150, TOP - 300) == 0
    inside = (values[0] > 0).mean()
    assert inside == pytest.approx(0.5, abs=0.01)


def test_beyond_the_image_is_cut_to_it(image: Path, tmp_path: Path) -> None:
    clip_to_area(
        str(image),
        box(LEFT - 5000, TOP - 300, LEFT + 100, TOP + 5000),
        tmp_path / "z.tif",
        TAGS,
        Cancel(),
    )
    dataset, values = read(tmp_path / "z.tif")
    assert dataset.GetGeoTransform()[0] == LEFT and dataset.GetGeoTransform()[3] == TOP
    assert values[0, 0, 0] == 1 and values[1, 0, 0] == 5000


def test_many_strips_are_the_same_as_one(
    image: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = wkt((LEFT + 30, TOP - 40), (LEFT + 2400, TOP - 100), (LEFT + 1500, TOP - 2100))
    clip_to_area(str(image), area, tmp_path / "one.tif", TAGS, Cancel())
    monkeypatch.setattr("dinamis_qgis.core.transfer.clip.clip._STRIP_BYTES", 1)
    clip_to_area(str(image), area, tmp_path / "many.tif", TAGS, Cancel())
    assert (read(tmp_path / "one.tif")[1] == read(tmp_path / "many.tif")[1]).all()


@pytest.mark.parametrize(
    "area", ["POINT EMPTY", "nonsense", box(0, 0, 10, 10), box(LEFT - 50, TOP, LEFT - 10, TOP + 9)]
)
def test_no_overlap_is_said(image: Path, tmp_path: Path, area: str) -> None:
    with pytest.raises(InvalidInput):
        clip_to_area(str(image), area, tmp_path / "zone.tif", TAGS, Cancel())
    only(tmp_path, "")


def test_unreadable_source(tmp_path: Path) -> None:
    with pytest.raises(NetworkError):
        clip_to_area(
            str(tmp_path / "gone.tif"),
            box(LEFT, TOP - 9, LEFT + 9, TOP),
            tmp_path / "zone.tif",
            TAGS,
            Cancel(),
        )
    only(tmp_path, "")


def test_cancelled_leaves_nothing(image: Path, tmp_path: Path) -> None:
    for share in (0.05, 0.84, 0.9):
        cancel = Cancel()

        def stop(done: float, share: float = share, cancel: Cancel = cancel) -> None:
            if done >= share:
                cancel.set()

        with pytest.raises(Cancelled):
            clip_to_area(
                str(image),
                box(LEFT, TOP - 2000, LEFT + 2000, TOP),
                tmp_path / "zone.tif",
                TAGS,
                cancel,
                stop,
            )
        only(tmp_path, "")


def test_over_http_only_the_window_moves(image: Path, storage: Storage, tmp_path: Path) -> None:
    href = storage.put("scene.tif", image.read_bytes())
    clip_to_area(
        f"/vsicurl/{href}",
        box(LEFT + 10, TOP - 100, LEFT + 100, TOP - 10),
        tmp_path / "zone.tif",
        TAGS,
        Cancel(),
    )
    assert read(tmp_path / "zone.tif")[1][0].max() > 0
    assert storage.sent("/bucket/scene.tif") > 0


def test_cut_source_is_an_error_not_half_an_image(
    image: Path, storage: Storage, tmp_path: Path
) -> None:
    data = image.read_bytes()
    href = storage.put("cut.tif", data)
    storage.trick = (
        lambda handler, asked: asked.start is not None
        and asked.start > 20000
        and (handler.drop() or True)
    )
    with pytest.raises(NetworkError):
        clip_to_area(
            f"/vsicurl/{href}",
            box(LEFT, TOP - 2000, LEFT + 2400, TOP),
            tmp_path / "zone.tif",
            TAGS,
            Cancel(),
        )
    only(tmp_path, "")


def test_share_counts_blocks() -> None:
    assert share_of_file(ClipWindow(0, 0, 512, 512), 1024, 1024) == 0.25
    assert share_of_file(ClipWindow(511, 511, 2, 2), 1024, 1024) == 1.0
    assert share_of_file(ClipWindow(0, 0, 10, 10), 5120, 5120) == 0.01
