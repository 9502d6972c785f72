"""Windows of height models: stitched, gone on with, never half-written, never with false zeros."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")
gdal = pytest.importorskip("osgeo.gdal")

from dinamis_qgis.core.elevation import fetch  # noqa: E402
from dinamis_qgis.core.elevation.fetch import (  # noqa: E402
    fetch_heights,
    plan_grid,
    sources_of_kind,
)
from dinamis_qgis.core.elevation.grid import HeightGrid, grid_over  # noqa: E402
from dinamis_qgis.core.elevation.service import NODATA  # noqa: E402
from dinamis_qgis.core.errors import (  # noqa: E402
    Cancelled,
    InvalidInput,
    NetworkError,
    ServiceError,
    StorageError,
)
from dinamis_qgis.core.net.cancel import Cancel  # noqa: E402
from dinamis_qgis.core.net.http import Http  # noqa: E402
from dinamis_qgis.sandbox.elevation import wms  # noqa: E402
from dinamis_qgis.sandbox.world.projection import to_degrees, to_lambert  # noqa: E402
from tests.unit.elevation.conftest import source  # noqa: E402

PAU = tuple(round(value / 500) * 500 for value in to_lambert(-0.3708, 43.2965))


_clients: list[Http] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while _clients:
        _clients.pop().close()


def http() -> Http:
    _clients.append(Http("test", backoff=0.01))
    return _clients[-1]


def around(east: float, north: float, half: float) -> tuple[float, float, float, float]:
    """Degrees that lie within a square of EPSG:2154."""
    west, south = to_degrees(east - half, north - half)
    right, top = to_degrees(east + half, north + half)
    return west, south, right, top


def window(half: float = 90, east: float = PAU[0], north: float = PAU[1]) -> HeightGrid:
    return grid_over((east - half, north - half, east + half, north + half), 2154, 0.5)


def read(path: Path) -> Any:
    return gdal.Open(str(path)).ReadAsArray()


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_pieces_make_the_window_that_one_request_gives(healthy: Any, tmp_path: Path) -> None:
    small = source(healthy, wms.SURFACE, "surface", most=100)
    large = source(healthy, wms.SURFACE, "surface", most=1000)
    one = fetch_heights([small], window(), tmp_path / "a.tif", http())
    two = fetch_heights([large], window(), tmp_path / "b.tif", http())
    assert one.known == two.known == 1 and one.vertical == "IGN69"
    assert np.array_equal(read(one.path), read(two.path))
    assert read(one.path).std() > 1, "a town is not flat"
    image = gdal.Open(str(one.path))
    assert image.GetRasterBand(1).GetNoDataValue() == NODATA
    assert image.GetGeoTransform() == one.grid.geotransform
    assert "crédit" in image.GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION")
    assert left_in(tmp_path) == ["a.tif", "b.tif"]


def test_what_stands_is_the_surface_less_the_ground(healthy: Any, tmp_path: Path) -> None:
    found = {
        kind: read(
            fetch_heights([source(healthy, layer, kind)], window(60), tmp_path / f"{kind}.tif",
                          http()).path
        )
        for kind, layer in (
            ("ground", wms.GROUND), ("surface", wms.SURFACE), ("height", wms.HEIGHT))
    }  # fmt: skip
    assert np.allclose(found["surface"] - found["ground"], found["height"], atol=0.02)
    assert found["height"].min() >= 0 and found["height"].max() > 3


def test_where_the_first_knows_nothing_the_next_is_asked(healthy: Any, tmp_path: Path) -> None:
    """Across the border of what was flown; the coarse model has its own word for nothing."""
    east = PAU[0] + 9000
    first = source(healthy, wms.GROUND, "ground")
    alone = fetch_heights([first], window(60, east), tmp_path / "a.tif", http())
    assert 0.4 < alone.known < 0.6
    heights = read(alone.path)
    assert (heights == NODATA).mean() == pytest.approx(1 - alone.known, abs=0.01)
    assert heights[heights != NODATA].min() > 50, "no zero where nothing is known"
    both = fetch_heights(
        [first, source(healthy, wms.COARSE, "ground")],
        window(60, east),
        tmp_path / "b.tif",
        http(),
    )
    assert both.known == 1 and both.titles == (wms.GROUND, wms.COARSE)
    assert np.abs(np.diff(read(both.path), axis=1)).max() < 3, "both are one ground"


def test_a_place_nobody_has_measured(healthy: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="None of the sources"):
        fetch_heights(
            [source(healthy, wms.SURFACE, "surface")],
            window(60, PAU[0] + 40_000),
            tmp_path / "a.tif",
            http(),
        )
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    "page",
    [
        b'<?xml version="1.0"?><ServiceExceptionReport/>',
        b"",
        b"II*\x00 and nothing behind",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_an_error_page_is_no_height(
    page: bytes, healthy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 200 and the type of an image, as services send them."""
    monkeypatch.setattr("dinamis_qgis.core.elevation.service.read_body", lambda *_: page)
    with pytest.raises(ServiceError, match="something else than heights"):
        fetch_heights(
            [source(healthy, wms.SURFACE, "surface")], window(40), tmp_path / "a.tif", http()
        )
    assert "a.tif" not in left_in(tmp_path)


def test_an_interrupted_window_goes_on(
    healthy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = source(healthy, wms.SURFACE, "surface", most=64)
    asked, real = [], fetch.fetch_piece

    def failing(*given: Any) -> Any:
        asked.append(given[2])
        if len(asked) > 10:
            raise NetworkError("cut", code="cut")
        return real(*given)

    monkeypatch.setattr(fetch, "fetch_piece", failing)
    with pytest.raises(NetworkError):
        fetch_heights([model], window(), tmp_path / "a.tif", http())
    assert len(left_in(tmp_path)) == 2 and "a.tif" not in left_in(tmp_path)
    again = []
    monkeypatch.setattr(fetch, "fetch_piece", lambda *given: (again.append(given[2]), real(*given))[1])
    found = fetch_heights([model], window(), tmp_path / "a.tif", http())
    pieces = len(list(window().split_pieces(64)))
    assert 0 < len(again) <= pieces - 8, "what was there is not asked for again"
    monkeypatch.setattr(fetch, "fetch_piece", real)
    whole = fetch_heights([model], window(), tmp_path / "b.tif", http())
    assert np.array_equal(read(found.path), read(whole.path))


def test_a_damaged_journal_starts_anew(
    healthy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = source(healthy, wms.SURFACE, "surface", most=64)
    real, count = fetch.fetch_piece, iter(range(1000))

    def failing(*given: Any) -> Any:
        if next(count) > 4:
            raise NetworkError("cut", code="cut")
        return real(*given)

    monkeypatch.setattr(fetch, "fetch_piece", failing)
    with pytest.raises(NetworkError):
        fetch_heights([model], window(40), tmp_path / "a.tif", http())
    journal = next(path for path in tmp_path.iterdir() if path.suffix == ".json")
    journal.write_text('{"done": 7')
    monkeypatch.setattr(fetch, "fetch_piece", real)
    assert fetch_heights([model], window(40), tmp_path / "a.tif", http()).known == 1
    assert left_in(tmp_path) == ["a.tif"]


def test_cancelled_in_the_middle(healthy: Any, tmp_path: Path) -> None:
    cancel = Cancel()

    def stop(share: float, text: str) -> None:
        if share > 0.2:
            cancel.set()

    model = source(healthy, wms.SURFACE, "surface", most=64)
    with pytest.raises(Cancelled):
        fetch_heights([model], window(), tmp_path / "a.tif", http(), cancel, stop)
    assert "a.tif" not in left_in(tmp_path)


def test_a_full_disk_is_said_before(
    healthy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 1_000_000

    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda _: Usage())
    with pytest.raises(StorageError, match="too full"):
        fetch_heights(
            [source(healthy, wms.SURFACE, "surface")], window(40), tmp_path / "a.tif", http()
        )
    assert left_in(tmp_path) == [] and not healthy.seen


def test_a_folder_that_cannot_be_written_to_is_said(healthy: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StorageError):
            fetch_heights(
                [source(healthy, wms.SURFACE, "surface")], window(40), folder / "a.tif", http()
            )


def test_two_at_once_are_one(healthy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = source(healthy, wms.SURFACE, "surface")
    real, told = fetch.fetch_piece, []

    def meanwhile(*given: Any) -> Any:
        if not told:
            told.append("")
            with pytest.raises(StorageError, match="already") as error:
                fetch_heights([model], window(40), tmp_path / "a.tif", http())
            told[0] = error.value.code
        return real(*given)

    monkeypatch.setattr(fetch, "fetch_piece", meanwhile)
    assert fetch_heights([model], window(40), tmp_path / "a.tif", http()).known == 1
    assert told == ["busy"] and left_in(tmp_path) == ["a.tif"]


def test_too_many_requests_are_waited_for(tmp_path: Path, healthy: Any) -> None:
    """Forty a second are answered, the next with 429."""
    model = source(healthy, wms.HEIGHT, "height", most=64)
    found = fetch_heights([model], window(230), tmp_path / "a.tif", http())
    assert found.known == 1


@pytest.mark.parametrize(
    "bounds", [(0, 0, 0, 1), (1, 0, 0, 1), (float("nan"), 0, 1, 1), (0, 0, 1e7, 1e7)]
)
def test_windows_that_are_none(bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(InvalidInput):
        grid_over(bounds, 2154, 0.5)


def test_the_grid_of_a_place_in_degrees(healthy: Any) -> None:
    model = source(healthy, wms.GROUND, "ground")
    grid = plan_grid(model, around(*PAU, 100))
    assert grid.step == 0.5 and 400 <= grid.width <= 420
    assert (grid.x0 / 0.5).is_integer() and (grid.y0 / 0.5).is_integer()
    assert plan_grid(model, around(*PAU, 100), 5.0).step == 5
    with pytest.raises(InvalidInput):
        sources_of_kind([model], "surface")


def test_the_service_keeps_its_limits(healthy: Any) -> None:
    from tests.support.service import ask

    base = f"{healthy.root}{wms.PATH}?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&STYLES="
    good = f"{base}&LAYERS={wms.GROUND}&CRS=EPSG:2154&FORMAT=image/geotiff&BBOX=0,0,10,10"
    assert ask(f"{good}&WIDTH=20&HEIGHT=20").headers["content-type"] == "image/geotiff"
    for wrong in (
        f"{good}&WIDTH=5011&HEIGHT=20",
        f"{good}&WIDTH=20",
        f"{base}&LAYERS=x&CRS=EPSG:2154&FORMAT=image/geotiff&BBOX=0,0,10,10&WIDTH=2&HEIGHT=2",
        good.replace("EPSG:2154", "EPSG:4326") + "&WIDTH=2&HEIGHT=2",
        good.replace("0,0,10,10", "0,0,0,10") + "&WIDTH=2&HEIGHT=2",
    ):
        answer = ask(wrong)
        assert answer.status == 400 and b"ServiceException" in answer.body
    text = ask(f"{healthy.root}{wms.PATH}?SERVICE=WMS&REQUEST=GetCapabilities").body
    assert wms.SURFACE.encode() in text
