"""Presets and mosaics: what is drawn, and what a real project file keeps of layers made of several
files.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

import numpy
import pytest
from osgeo import gdal, osr
from qgis.core import QgsProject, QgsRasterLayer

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layers.add import add_mosaic, add_product
from dinamis_qgis.bridge.layers.presets import by_quality, metres_of, presets_for
from dinamis_qgis.bridge.layers.scene import scene_of
from dinamis_qgis.bridge.layers.style import Preset, preset_label
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.gui.layers.tip import layer_tip
from tests.qgis.test_project import Session, is_drawn, saved
from tests.support.imagery import PAN, XS, product_of
from tests.support.storage import StorageService, storage

EAST = "/bucket/IMG_PHR1B_EST.tif"
BESIDE = "/bucket/IMG_PHR1A_3M.tif"


def raster(
    path: Path,
    size: int,
    metres: float,
    bands: int,
    seed: int,
    west: float = 420000,
    epsg: int = 2154,
) -> bytes:
    """Fields in ``bands`` bands, a frame of zeros; the same ground whatever the pixel size."""
    random = numpy.random.default_rng(3)
    fields = random.integers(2, 9, (16, 16)).repeat(size // 16, 0).repeat(size // 16, 1)
    memory = gdal.GetDriverByName("MEM").Create("", size, size, bands, gdal.GDT_UInt16)
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    memory.SetProjection(system.ExportToWkt())
    memory.SetGeoTransform((west, metres, 0, 6250000, 0, -metres))
    noise = numpy.random.default_rng(seed)
    for band in range(bands):
        values = fields * (60 + 25 * band) + 200 * (band + 1) + noise.integers(0, 20, (size, size))
        values[: size // 16] = 0
        memory.GetRasterBand(band + 1).WriteArray(values.astype("uint16"))
    gdal.GetDriverByName("COG").CreateCopy(
        str(path), memory, options=["COMPRESS=DEFLATE", "BLOCKSIZE=256"]
    )
    return path.read_bytes()


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("presets")
    return {
        XS: raster(folder / "xs.tif", 512, 2, 4, 1),
        PAN: raster(folder / "pan.tif", 2048, 0.5, 1, 2),
        BESIDE: raster(folder / "beside.tif", 512, 2, 4, 1, west=420003),
        EAST: raster(folder / "east.tif", 512, 2, 4, 5, west=420000 + 768),
    }


@pytest.fixture
def service(images: dict[str, bytes]) -> Iterator[StorageService]:
    with storage(images) as running:
        yield running


@pytest.fixture
def session(
    iface: Any, service: StorageService, tmp_path: Path, wait_until: Callable[..., None]
) -> Iterator[Callable[..., Session]]:
    messages.install_messages(iface)
    running: list[Session] = []

    def start(home: str = "machine", signed_in: bool = True) -> Session:
        while running:
            running.pop().close()
        iface.messageBar().clearWidgets()
        running.append(Session(iface, service, tmp_path / home, wait_until, signed_in))
        return running[0]

    yield start
    while running:
        running.pop().close()
    messages.install_messages(None)


def bundle(service: StorageService) -> Product:
    found = product_of(service)
    pan = Asset("src_pan", service.href(PAN), "image/tiff", ("data",), gsd=0.5, bands=("pan",))
    return replace(found, assets=(*found.assets, pan))


def apart(service: StorageService) -> Product:
    """The two files cover places three metres apart."""
    found = bundle(service)
    return replace(
        found, assets=(replace(found.assets[0], href=service.href(BESIDE)), *found.assets[1:])
    )


def pair(service: StorageService) -> list[Product]:
    west = product_of(service, cloud_cover=20.0)
    east = replace(
        west,
        id="PHR1B_20230903",
        cloud_cover=1.0,
        datetime=datetime(2023, 9, 3, 11, tzinfo=timezone.utc),
        assets=(replace(west.assets[0], href=service.href(EAST)),),
    )
    return [west, east]


def got(run: Session, start: Callable[..., Any]) -> Any:
    outcome: list[Any] = []
    start(done=outcome.append, failed=outcome.append)
    run.wait(lambda: outcome, what="layer", seconds=60)
    return outcome[0]


def values(layer: QgsRasterLayer, x: float, y: float) -> list[float]:
    """What is read at metres east and south of the corner."""
    point = layer.extent().center()
    point.set(420000 + x, 6250000 - y)
    return [layer.dataProvider().sample(point, band)[0] for band in range(1, layer.bandCount() + 1)]


MADE: dict[str, Callable[[Session, StorageService], Any]] = {
    "pansharpened": lambda run, service: got(
        run,
        lambda **to: add_product(run.context, bundle(service), preset=Preset.PANSHARPENED, **to),
    ),
    "pansharpened, apart": lambda run, service: got(
        run, lambda **to: add_product(run.context, apart(service), preset=Preset.PANSHARPENED, **to)
    ),
    "vegetation": lambda run, service: got(
        run,
        lambda **to: add_product(run.context, product_of(service), preset=Preset.VEGETATION, **to),
    ),
    "mosaic": lambda run, service: got(
        run, lambda **to: add_mosaic(run.context, pair(service), **to)
    ),
    "sharp mosaic": lambda run, service: got(
        run, lambda **to: add_mosaic(run.context, [bundle(service), pair(service)[1]], **to)
    ),
    "sharp mosaic, apart": lambda run, service: got(
        run, lambda **to: add_mosaic(run.context, [apart(service), pair(service)[1]], **to)
    ),
}


def test_presets_are_those_the_files_allow(
    session: Callable[..., Session], service: StorageService
) -> None:
    profile = session().context.profile
    every = set(Preset)
    assert set(presets_for(profile, bundle(service))) == every
    assert set(presets_for(profile, product_of(service))) == {
        Preset.NATURAL,
        Preset.INFRARED,
        Preset.VEGETATION,
    }
    alone = replace(bundle(service), assets=bundle(service).assets[1:])
    assert presets_for(profile, alone) == [Preset.GRAY]


def test_pansharpened_has_the_detail_of_one_and_the_colours_of_the_other(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    layer = MADE["pansharpened"](run, service)
    assert isinstance(layer, QgsRasterLayer), layer
    assert layer.rasterUnitsPerPixelX() == 0.5 and layer.bandCount() == 4
    assert layer.name().endswith("PMS")
    sharp, xs = values(layer, 500.25, 500.25), numpy.array([0.0])
    xs = numpy.array(
        values(
            got(
                run,
                lambda **to: add_product(run.context, bundle(service), preset=Preset.NATURAL, **to),
            ),
            500.25,
            500.25,
        )
    )
    ratio = numpy.array(sharp) / xs
    assert ratio.std() / ratio.mean() < 0.08  # the same colour, another brightness
    assert not numpy.isfinite(values(layer, 500, 10)).any() or not any(
        values(layer, 500, 10)
    )  # the frame is no image


def test_whoever_may_use_both_files_gets_the_sharp_image(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    layer = got(run, lambda **to: add_product(run.context, bundle(service), **to))
    assert layer.rasterUnitsPerPixelX() == 0.5 and layer.bandCount() == 4
    assert layer.name().endswith(" · PMS")
    assert layer.customProperty("dinamis/preset") == "pansharpened"
    assert scene_of(layer, run.context.profile).source.endswith(XS.rpartition("/")[2])


def test_where_the_panchromatic_file_is_missing_the_colours_are_shown_and_it_is_said(
    session: Callable[..., Session], service: StorageService, iface: Any
) -> None:
    run = session()
    lacking = bundle(service)
    gone = replace(lacking.assets[1], href=service.href("/bucket/IMG_PHR1A_GONE.tif"))
    lacking = replace(lacking, assets=(lacking.assets[0], gone))
    layer = got(run, lambda **to: add_product(run.context, lacking, **to))
    assert layer.rasterUnitsPerPixelX() == 2 and is_drawn(layer)
    assert layer.customProperty("dinamis/preset") == "natural"
    said = [item.text() for item in iface.messageBar().items()]
    assert any("panchromatic detail" in text for text in said), said


def test_a_mosaic_of_bundles_is_as_sharp_as_they_are(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    layer = MADE["sharp mosaic"](run, service)
    assert layer.rasterUnitsPerPixelX() == 0.5
    alone = got(run, lambda **to: add_product(run.context, bundle(service), **to))
    assert values(layer, 100.25, 500.25) == values(alone, 100.25, 500.25)
    assert is_drawn(layer)


def test_a_menu_says_metres(session: Callable[..., Session], service: StorageService) -> None:
    profile = session().context.profile
    product = bundle(service)
    said = [
        preset_label(each, metres_of(each, profile, product)) for each in presets_for(profile, product)
    ]
    assert said[0] == "Colours 0.5 m (pansharpened)" and "Panchromatic 0.5 m" in said
    spot = replace(product, constellation="SPOT 6/7", gsd=None)
    spot = replace(spot, assets=tuple(replace(asset, gsd=None) for asset in spot.assets))
    said = [preset_label(each, metres_of(each, profile, spot)) for each in presets_for(profile, spot)]
    assert said[:3] == ["Colours 1.5 m (pansharpened)", "Colours 6 m", "Panchromatic 1.5 m"]


def test_vegetation_is_the_index(session: Callable[..., Session], service: StorageService) -> None:
    run = session()
    layer = MADE["vegetation"](run, service)
    assert layer.renderer().type() == "singlebandpseudocolor" and layer.name().endswith("NDVI")
    red, _, _, infrared = values(
        got(run, lambda **to: add_product(run.context, product_of(service), **to)), 500, 500
    )
    assert values(layer, 500, 500)[0] == pytest.approx(
        (infrared - red) / (infrared + red), abs=1e-4
    )
    assert not numpy.isfinite(values(layer, 500, 10)[0])


def test_the_best_scene_is_on_top_of_a_mosaic(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    layer = MADE["mosaic"](run, service)
    assert layer.extent().width() == 768 + 1024
    assert layer.customProperty("dinamis/item") == "PHR1B_20230903,PHR1B_20230812"
    west, east = pair(service)
    assert by_quality([west, east]) == [east, west]
    alone = got(run, lambda **to: add_product(run.context, east, **to))
    assert values(layer, 900, 500) == values(alone, 900, 500)
    assert values(layer, 100, 500)[0] > 0
    span = layer.metadata().extent().temporalExtents()
    assert span[0].begin() < span[0].end()


def test_scenes_whose_bands_are_in_another_order_keep_their_colours(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    west, east = pair(service)
    west = replace(west, assets=(replace(west.assets[0], bands=("blue", "green", "red", "nir")),))
    layer = got(run, lambda **to: add_mosaic(run.context, [west, east], **to))
    alone = got(run, lambda **to: add_product(run.context, west, **to))
    blue, green, red, nir = values(alone, 100, 500)
    assert blue != red
    assert values(layer, 100, 500) == [red, green, blue, nir], "as the best scene has them"


def test_scenes_of_different_systems_or_kinds_are_refused(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    run = session()
    west, east = pair(service)
    pan = replace(west, assets=(replace(west.assets[0], href=service.href(PAN), bands=("pan",)),))
    refused = got(run, lambda **to: add_mosaic(run.context, [pan, east], **to))
    assert isinstance(refused, InvalidInput) and "Panchromatic" in refused.message
    service.objects[XS], service.etags[XS] = (
        raster(tmp_path / "u.tif", 512, 2, 4, 1, epsg=32630),
        '"two"',
    )
    refused = got(run, lambda **to: add_mosaic(run.context, [west, east], **to))
    assert isinstance(refused, InvalidInput) and "coordinate system" in refused.message


@pytest.mark.parametrize("kind", list(MADE))
def test_a_project_keeps_it_as_plain_hrefs_and_brings_it_back(
    session: Callable[..., Session], service: StorageService, tmp_path: Path, kind: str
) -> None:
    run = session()
    layer = MADE[kind](run, service)
    assert isinstance(layer, QgsRasterLayer), layer
    assert is_drawn(layer)
    kept = (layer.name(), layer.renderer().type(), layer.extent().toString(3))
    path = tmp_path / "projet.qgz"
    text = saved(path)
    assert text.count("/vsicurl/http") and not re.search(r"X-Amz|proxy=|placeholders", text)
    assert not re.search(r"127\.0\.0\.1:\d+/[\w-]{32}/", text)
    run = session(
        "colleague", signed_in=False
    )  # signed out, on another machine: a stand-in of the same place
    assert QgsProject.instance().read(str(path))
    (layer,) = QgsProject.instance().mapLayers().values()
    assert (
        layer.isValid()
        and (layer.name(), layer.renderer().type(), layer.extent().toString(3)) == kept
    )
    run.settle()
    assert not is_drawn(layer)
    assert saved(tmp_path / "again.qgz").count("/vsicurl/http") == text.count("/vsicurl/http")
    from tests.support.imagery import sign_in

    sign_in(run.context)
    run.settle()
    assert is_drawn(layer)
    assert (layer.name(), layer.renderer().type(), layer.extent().toString(3)) == kept
    run = session()  # the same machine another day, without any network
    service.expire()
    QgsProject.instance().read(str(tmp_path / "again.qgz"))
    (layer,) = QgsProject.instance().mapLayers().values()
    run.settle()
    assert is_drawn(layer)


@pytest.mark.parametrize("kind", list(MADE))
def test_gdal_s_tools_get_it_whole(
    session: Callable[..., Session], service: StorageService, kind: str
) -> None:
    """QGIS gives them the source in a command line, between double quotes."""
    layer = MADE[kind](session(), service)
    source = layer.source()
    assert shlex.split(f'"{source}"') == [source]
    assert osr.SpatialReference(gdal.Open(source).GetProjection()).GetAuthorityCode(None) == "2154"


def test_an_image_holds_until_the_next_of_its_place(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    west, east = pair(service)
    later = replace(
        west, id="PHR1B_20240101", datetime=datetime(2024, 1, 1, 11, tzinfo=timezone.utc)
    )
    layers = [
        got(run, lambda product=p, **to: add_product(run.context, product, **to))
        for p in (later, east, west)
    ]

    def spans() -> list[tuple[str, str]]:
        ranges = [layer.temporalProperties().fixedTemporalRange() for layer in layers]
        days = [(r.begin(), r.end()) for r in ranges]
        return [tuple(day.toUTC().toString("yyyy-MM-dd") for day in pair) for pair in days]

    def wanted() -> bool:
        return spans() == [
            ("2024-01-01", "2024-01-01"),
            ("2023-09-03", "2024-01-01"),
            ("2023-08-12", "2023-09-03"),
        ]

    run.wait(wanted, what="each until the next")
    QgsProject.instance().removeMapLayer(layers.pop(1).id())
    run.wait(lambda: spans()[1] == ("2023-08-12", "2024-01-01"), what="the gap closed")


def test_a_layer_says_what_it_is_not_how_it_is_read(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    strange = replace(bundle(service), title="<b>x</b>", credit="© <i>CNES</i> 2023")
    layer = got(run, lambda **to: add_product(run.context, strange, **to))
    tip = layer_tip(layer, run.context.profile)
    for said in ("PHR1B_20230812", "0.5", "2023", "CNES"):
        assert said in tip, said
    for hidden in ("VRT", "127.0.0.1", "vsicurl", "<i>"):
        assert hidden not in tip, hidden
    other = QgsRasterLayer(layer.source(), "another", "gdal")
    assert layer_tip(other, run.context.profile) == ""
