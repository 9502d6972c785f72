"""Clips through the gateway: only the window's tiles move, and a refusal says what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

gdal = pytest.importorskip("osgeo.gdal")
np = pytest.importorskip("numpy")

from osgeo import osr  # noqa: E402
from shapely.wkt import loads  # noqa: E402

from dinamis_qgis.core.catalogue.model import Asset, Product  # noqa: E402
from dinamis_qgis.core.errors import DinamisError, LicenceError  # noqa: E402
from dinamis_qgis.core.imagery.gateway import Gateway  # noqa: E402
from dinamis_qgis.core.imagery.sharp import SHARP, with_sharp  # noqa: E402
from dinamis_qgis.core.imagery.signing import Signer  # noqa: E402
from dinamis_qgis.core.net.http import Cancel  # noqa: E402
from dinamis_qgis.core.profile.model import Collection  # noqa: E402
from dinamis_qgis.core.transfer.ask import asks_for, make_clipper  # noqa: E402
from dinamis_qgis.core.transfer.clip.source import sources_through  # noqa: E402
from dinamis_qgis.core.transfer.clip.window import ClipWindow, byte_ranges  # noqa: E402
from dinamis_qgis.core.transfer.queue import Ask, Queue  # noqa: E402
from tests.support.storage import Login, StorageService, client, storage  # noqa: E402

SIZE, PIXEL, LEFT, TOP = 3000, 2.0, 420000.0, 6250000.0
PATH = "/bucket/A.tif"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Some 30 MB that do not compress."""
    path = tmp_path_factory.mktemp("cog") / "a.tif"
    memory = gdal.GetDriverByName("MEM").Create("", SIZE, SIZE, 2, gdal.GDT_UInt16)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    memory.SetSpatialRef(crs)
    memory.SetGeoTransform((LEFT, PIXEL, 0, TOP, 0, -PIXEL))
    random = np.random.default_rng(3)
    for band in (1, 2):
        memory.GetRasterBand(band).WriteArray(
            random.integers(1, 60000, (SIZE, SIZE), dtype="uint16")
        )
    gdal.GetDriverByName("COG").CreateCopy(
        str(path), memory, options=["COMPRESS=DEFLATE", "LEVEL=1", "BLOCKSIZE=256"]
    )
    return path.read_bytes()


@pytest.fixture
def service(data: bytes) -> Iterator[StorageService]:
    with storage({PATH: data}) as running:
        yield running


def area(west: float, south: float, east: float, north: float) -> str:
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.ImportFromEPSG(2154)
    target.ImportFromEPSG(4326)
    for reference in (source, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(source, target)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({','.join(' '.join(f'{v:.12f}' for v in change.TransformPoint(x, y)[:2]) for x, y in corners)}))"


WANTED = (LEFT + 1001, TOP - 2801, LEFT + 2801, TOP - 1001)


def clip_of(service: StorageService, folder: Path, path: str = PATH) -> tuple[Path, Gateway]:
    """A clip as the engine makes it; the gateway tells what moved."""
    href = service.href(path)
    product = Product(
        "essai", "mtd", "c", "A", None, assets=(Asset("src_xs", href, "image/tiff", ("data",)),)
    )
    queue = Queue(folder / "queue.sqlite")
    queue.add([Ask(product, product.assets[0], area(*WANTED))], folder / "home")
    (entry,) = queue.entries()
    with client() as http:
        gateway = Gateway(http, Signer(service.profile(), http, Login()), folder / "blocks")
        try:
            make_clipper(sources_through(gateway), "tests")(entry, product, Cancel(), lambda done, total: None)
        finally:
            gateway.stop()
            queue.close()
    return entry.target, gateway


def test_only_the_tiles_of_the_window_move(
    service: StorageService, data: bytes, tmp_path: Path
) -> None:
    target, gateway = clip_of(service, tmp_path)
    (tmp_path / "whole.tif").write_bytes(data)
    source, made = gdal.Open(str(tmp_path / "whole.tif")), gdal.Open(str(target))
    column, row = (
        round((made.GetGeoTransform()[0] - LEFT) / PIXEL),
        round((TOP - made.GetGeoTransform()[3]) / PIXEL),
    )
    assert (column, row) == (500, 500)
    assert (
        made.ReadAsArray() == source.ReadAsArray(column, row, made.RasterXSize, made.RasterYSize)
    ).all()
    tiles = byte_ranges(source, ClipWindow(column, row, made.RasterXSize, made.RasterYSize))
    needed = sum(stop - start for start, stop in tiles)
    # each run of tiles begins and ends inside a block of 128 kB; the file's beginning is five of
    # them
    assert gateway.metrics.bytes <= needed + (len(tiles) + 6) * 131072 < len(data) / 2


def test_a_licence_that_is_missing_is_said(service: StorageService, tmp_path: Path) -> None:
    service.forbidden.add(PATH)
    with pytest.raises(LicenceError):
        clip_of(service, tmp_path)
    assert not list((tmp_path / "home").rglob("*.tif*"))


def test_a_file_that_is_gone_is_said(service: StorageService, tmp_path: Path) -> None:
    with pytest.raises(DinamisError) as caught:
        clip_of(service, tmp_path, "/bucket/nothing.tif")
    assert caught.value.status == 404 or caught.value.code not in ("unreadable", "network")


def test_a_refusal_in_the_middle_is_said(service: StorageService, tmp_path: Path) -> None:
    def fault(seen: Any, answer: Any) -> Any:
        start = int(seen.headers.get("range", "bytes=0-").split("=")[1].split("-")[0])
        if start > 1_000_000:
            service.forbidden.add(PATH)
            service.expire()
            return type(answer)(403, b"<Error><Code>AccessDenied</Code></Error>")
        return None

    service.fault = fault
    with pytest.raises(LicenceError):
        clip_of(service, tmp_path)
    assert not list((tmp_path / "home").rglob("*.tif*"))


@pytest.fixture(scope="module")
def pan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same ground four times as fine, in one band."""
    path = tmp_path_factory.mktemp("pan") / "p.tif"
    memory = gdal.GetDriverByName("MEM").Create("", SIZE // 4, SIZE // 4, 1, gdal.GDT_UInt16)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    memory.SetSpatialRef(crs)
    memory.SetGeoTransform((LEFT, PIXEL / 4, 0, TOP, 0, -PIXEL / 4))
    random = np.random.default_rng(4)
    memory.GetRasterBand(1).WriteArray(
        random.integers(20000, 40000, (SIZE // 4, SIZE // 4), dtype="uint16")
    )
    gdal.GetDriverByName("COG").CreateCopy(str(path), memory, options=["COMPRESS=DEFLATE"])
    return path.read_bytes()


def test_the_sharpest_colours_come_home_as_one_file(
    service: StorageService, pan: bytes, tmp_path: Path
) -> None:
    """Made of both files while they are read: every band, at the pixels of the panchromatic one."""
    service.objects["/bucket/P.tif"], service.etags["/bucket/P.tif"] = pan, '"one"'
    assets = (
        Asset("src_xs", service.href(PATH), "image/tiff", ("data",), size=30_000_000),
        Asset(
            "src_pan",
            service.href("/bucket/P.tif"),
            "image/tiff",
            ("data",),
            gsd=0.5,
            size=len(pan),
        ),
    )
    collection = Collection("c", "C", data_assets=("src_xs",), pan_asset="src_pan")
    bundle = with_sharp(collection, Product("essai", "mtd", "c", "A", None, assets=assets))
    small = loads(area(LEFT + 100, TOP - 300, LEFT + 300, TOP - 100))
    (ask,) = asks_for(bundle, [SHARP], small, "Lescar, centre")
    queue = Queue(tmp_path / "queue.sqlite")
    queue.add([ask], tmp_path / "home")
    (entry,) = queue.entries()
    assert entry.target.name.startswith("A_Lescar-centre_PMS_zone-")
    with client() as http:
        gateway = Gateway(http, Signer(service.profile(), http, Login()), tmp_path / "blocks")
        try:
            make = make_clipper(sources_through(gateway), "tests", lambda product: collection)
            make(entry, bundle, Cancel(), lambda done, total: None)
        finally:
            gateway.stop()
            queue.close()
    made = gdal.Open(str(entry.target))
    assert (made.RasterCount, made.GetGeoTransform()[1]) == (2, 0.5)
    assert made.RasterXSize == pytest.approx(400, abs=2)
    assert made.GetRasterBand(1).GetOverviewCount() >= 0
    values = made.ReadAsArray(100, 100, 50, 50)
    assert values.mean() > 1000 and values[0].std() > 0
