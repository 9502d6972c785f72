"""Heights along a line: at pixels, between them, over borders and unknown ground, from overviews."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")
gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")

from dinamis_qgis.core.elevation.profile_line import (  # noqa: E402
    MOST_SAMPLES,
    line_in_metres,
    profile_table,
    read_profile,
    sample_line,
)
from dinamis_qgis.core.errors import InvalidInput  # noqa: E402
from tests.unit.elevation.test_surface_difference import NORTH, WEST, write  # noqa: E402


def wkt(code: int) -> str:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(code)
    return str(crs.ExportToWkt())


def ramp(size: int = 600) -> Any:
    """Rises by 0.1 m a metre eastwards, 0.02 m southwards."""
    rows, columns = np.mgrid[0:size, 0:size]
    return (100 + 0.1 * columns + 0.02 * rows).astype("float32")


def at(x: float, y: float) -> float:
    """The ramp at metres from the corner: pixels are known at their centres."""
    return 100 + 0.1 * (x - 0.5) + 0.02 * (y - 0.5)


def line(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(WEST + x, NORTH - y) for x, y in points]


@pytest.mark.parametrize(
    "points", [((20, 30), (500, 30)), ((20, 30), (500, 410)), ((500, 410), (20, 30), (20, 300))]
)
def test_a_plane_is_a_plane(points: tuple[tuple[float, float], ...], tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", ramp())
    found = read_profile(path, line(*points), wkt(2154))
    wanted = [at(x - WEST, NORTH - y) for x, y in found.places]
    assert np.allclose(found.heights, wanted, atol=1e-3)
    assert found.distances[-1] == pytest.approx(
        sum(math.dist(a, b) for a, b in zip(points, points[1:]))
    )


def test_a_long_line_reads_overviews(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", ramp(3000))
    image = gdal.Open(str(path), gdal.GA_Update)
    image.BuildOverviews("AVERAGE", [2, 4, 8])
    image = None
    zigzag = line((10, 10), (2900, 900), (10, 1800), (2900, 2700), (10, 2900))
    found = read_profile(path, zigzag, wkt(2154))
    assert len(found.heights) == MOST_SAMPLES and np.isfinite(found.heights).all()
    wanted = [at(x - WEST, NORTH - y) for x, y in found.places]
    assert np.allclose(found.heights, wanted, atol=0.02)


def test_beyond_the_border_and_where_nothing_is_known(tmp_path: Path) -> None:
    heights = ramp(100)
    heights[:, 40:60] = np.nan
    path = write(tmp_path / "a.tif", heights)
    found = read_profile(path, line((-20, 50), (120, 50)), wkt(2154))
    x = found.places[:, 0] - WEST
    unknown = np.isnan(found.heights)
    assert unknown[(x < -1) | (x > 101)].all() and unknown[(x > 41) & (x < 59)].all()
    assert not unknown[(x > 1) & (x < 39)].any()


def test_lines_of_maps_in_degrees_and_of_the_web(tmp_path: Path) -> None:
    from pyproj import Transformer

    path = write(tmp_path / "a.tif", ramp())
    metres = line((50, 50), (450, 350))
    for code in (4326, 3857):
        there = Transformer.from_crs(2154, code, always_xy=True)
        points, system = line_in_metres([there.transform(x, y) for x, y in metres], wkt(code))
        found = read_profile(path, points, system)
        assert found.distances[-1] == pytest.approx(500, abs=1.0)
        assert found.heights[0] == pytest.approx(at(50, 50), abs=0.1)
    assert line_in_metres(metres, wkt(2154)) == (metres, wkt(2154))


def test_lines_that_are_none() -> None:
    for points in ([], [(1, 1)], [(1, 1), (1, 1)], [(0, 0), (float("nan"), 1)]):
        with pytest.raises(InvalidInput):
            sample_line(points, 1.0)


def test_what_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_text("x")
    with pytest.raises(InvalidInput):
        read_profile(tmp_path / "a.tif", [(0, 0), (1, 1)], wkt(2154))


def test_the_table_opens_in_a_french_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", ramp(100))
    found = read_profile(path, line((10, 10), (20, 10)), wkt(2154))
    rows = profile_table([("=1+1;x", found), ("sol", found)]).splitlines()
    assert rows[0].startswith("\ufeff") and rows[0].count(";") == 4 and "=1" not in rows[0].split(
        ";"
    )[3][:2]
    assert rows[1].split(";")[3] == f"{found.heights[0]:.2f}".replace(".", ",")
    assert profile_table([]) == ""
