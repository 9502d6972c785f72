"""A product as a layer, through the gateway, in a real QGIS."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsDateTimeRange,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QDateTime, QLocale, QSize, Qt
from qgis.PyQt.QtGui import QColor

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layers.add import add_product
from dinamis_qgis.bridge.layers.gateway import gateways, prepare_files
from dinamis_qgis.bridge.layers.style import Preset, bands_for
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import (
    AuthError,
    DinamisError,
    LicenceError,
    NetworkError,
    ServiceError,
)
from tests.support.imagery import PAN, XS, cog, context_over, product_of
from tests.support.scripted import Answer
from tests.support.storage import StorageService, storage


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("cog")
    return {XS: cog(folder / "xs.tif"), PAN: cog(folder / "pan.tif", bands=1, nodata=None)}


@pytest.fixture
def service(images: dict[str, bytes]) -> Iterator[StorageService]:
    with storage(images) as running:
        yield running


@pytest.fixture
def context(iface: Any, service: StorageService, tmp_path: Path) -> Iterator[Any]:
    messages.install_messages(iface)
    with context_over(iface, service, tmp_path) as made:
        yield made
    messages.install_messages(None)


@pytest.fixture
def add(context: Any, wait_until: Callable[..., None]) -> Callable[..., Any]:
    """Adds a product; gives the layer or the error."""

    def run(product: Product, **options: Any) -> Any:
        outcome: list[Any] = []
        add_product(context, product, done=outcome.append, failed=outcome.append, **options)
        wait_until(lambda: outcome, what="layer")
        return outcome[0]

    return run


def render(layer: QgsRasterLayer, size: int = 400) -> Any:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(layer.extent())
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(size, size))
    settings.setBackgroundColor(QColor(Qt.GlobalColor.magenta))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def test_a_product_becomes_a_layer_of_the_project(
    service: StorageService, add: Callable[..., Any]
) -> None:
    layer = add(product_of(service))
    assert isinstance(layer, QgsRasterLayer) and layer.isValid()
    assert QgsProject.instance().mapLayer(layer.id()) is layer
    assert layer.thread() is QgsProject.instance().thread()
    assert layer.crs().authid() == "EPSG:2154"
    assert "X-Amz" not in layer.source()


def test_its_name_is_satellite_day_and_mode(
    service: StorageService, add: Callable[..., Any]
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("fr"))
    try:
        whole = product_of(service)
        assert add(whole).name() == "Pléiades 1B · 12 août 2023 · PMS"
        pan = replace(whole.assets[0], key="src_pan", bands=("pan",))
        bundle = replace(whole, assets=(*whole.assets, pan))
        assert [add(bundle, asset_key=key).name()[-5:] for key in ("src_xs", "src_pan")] == [
            " · MS",
            "· PAN",
        ]
    finally:
        QLocale.setDefault(before)
    assert add(product_of(service, datetime=None, mode="", platform="")).name() == "Pléiades"


def test_it_knows_where_it_comes_from(service: StorageService, add: Callable[..., Any]) -> None:
    layer = add(product_of(service))
    got = {
        name: layer.customProperty(f"dinamis/{name}")
        for name in ("profile", "catalogue", "collection", "item", "asset")
    }
    assert got == {
        "profile": "essai",
        "catalogue": "c",
        "collection": "pleiades-drs",
        "item": "PHR1B_20230812",
        "asset": "src_xs",
    }
    assert layer.customProperty("dinamis/href") == service.href(XS)
    assert layer.customProperty("dinamis/datetime") == "2023-08-12T11:04:07Z"
    assert layer.customProperty("dinamis/licence") == "pleiades"
    assert layer.customProperty("dinamis/credit") == "© CNES 2023, Distribution Airbus DS"


def test_credit_metadata_and_dates(service: StorageService, add: Callable[..., Any]) -> None:
    layer = add(product_of(service))
    metadata = layer.metadata()
    assert metadata.identifier() == "PHR1B_20230812"
    assert metadata.rights() == ["© CNES 2023, Distribution Airbus DS"]
    assert metadata.licenses() == ["Licence Pléiades (DSP)"]
    assert metadata.crs().authid() == "EPSG:2154"
    (space,) = metadata.extent().spatialExtents()
    assert space.bounds.xMinimum() == 420000
    (when,) = metadata.extent().temporalExtents()
    assert when.begin().toString(Qt.DateFormat.ISODate).startswith("2023-08-12T11:04:07")
    server = layer.serverProperties() if hasattr(layer, "serverProperties") else layer
    assert (
        server.attribution() if hasattr(server, "attribution") else layer.attribution()
    ) == "© CNES 2023, Distribution Airbus DS"


def test_dates_drive_the_temporal_controller_and_hide_nothing_while_it_is_off(
    service: StorageService, add: Callable[..., Any]
) -> None:
    layer = add(product_of(service))
    temporal = layer.temporalProperties()
    assert temporal.mode() == Qgis.RasterTemporalMode.FixedTemporalRange

    def year(value: int) -> QgsDateTimeRange:
        utc = Qt.TimeSpec.UTC
        first, last = (
            QDateTime.fromString(f"{value + n}-01-01T00:00:00", Qt.DateFormat.ISODate)
            for n in (0, 1)
        )
        first.setTimeSpec(utc), last.setTimeSpec(utc)
        return QgsDateTimeRange(first, last, True, False)

    assert temporal.isVisibleInTemporalRange(year(2023))
    assert not temporal.isVisibleInTemporalRange(year(2021))
    settings_without_time = render(layer)
    assert settings_without_time.pixelColor(200, 300) != QColor(Qt.GlobalColor.magenta)


def test_natural_colours_from_the_overview_and_nodata_transparent(
    service: StorageService, add: Callable[..., Any]
) -> None:
    layer = add(product_of(service))
    renderer = layer.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (1, 2, 3)
    red = renderer.redContrastEnhancement()
    assert (
        red.contrastEnhancementAlgorithm()
        == QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    )
    assert 200 < red.minimumValue() < 400 < red.maximumValue() < 900
    image = render(layer)
    assert image.pixelColor(200, 10) == QColor(Qt.GlobalColor.magenta)
    pixels = [image.pixelColor(x, y) for x in range(20, 400, 37) for y in range(60, 400, 37)]
    assert min(p.red() for p in pixels) < 60 and max(p.red() for p in pixels) > 190
    assert len({p.rgb() for p in pixels}) > 20


def test_no_more_than_overviews_are_read_to_open(
    service: StorageService, add: Callable[..., Any], context: Any, tmp_path: Path
) -> None:
    service.objects[XS] = cog(tmp_path / "large.tif", size=2048)
    service.etags[XS] = '"large"'
    add(product_of(service))
    moved = gateways(context).current().metrics.bytes
    assert 0 < moved < 0.2 * len(service.objects[XS])
    assert {seen.method for seen in service.reads} == {"GET"}
    assert all("range" in seen.headers for seen in service.reads)


def test_opening_asks_the_storage_for_nothing_but_the_file(
    service: StorageService, add: Callable[..., Any]
) -> None:
    layer = add(product_of(service))
    render(layer)
    assert {seen.path.partition("?")[0] for seen in service.reads} == {XS}


def test_panchromatic_and_infrared(service: StorageService, add: Callable[..., Any]) -> None:
    both = product_of(service)
    both = product_of(
        service,
        assets=(
            *both.assets,
            Asset("src_pan", service.href(PAN), "image/tiff", ("data",), bands=("pan",)),
        ),
        mode="MS+PAN",
    )
    gray = add(both, asset_key="src_pan")
    assert gray.renderer().type() == "singlebandgray"
    assert gray.name().endswith("PAN")
    assert render(gray).pixelColor(200, 10) == QColor(
        Qt.GlobalColor.magenta
    )  # nodata of the profile, the file has none
    infrared = add(both, preset=Preset.INFRARED)
    assert (infrared.renderer().redBand(), infrared.renderer().greenBand()) == (4, 1)
    assert infrared.name().endswith("MS")


def test_bands_follow_their_names_then_the_profile() -> None:
    named = Asset("a", "h", bands=("blue", "green", "red", "nir"))
    assert bands_for(Preset.NATURAL, named, None, 4) == (3, 2, 1)
    assert bands_for(Preset.INFRARED, named, None, 4) == (4, 3, 2)
    assert bands_for(Preset.NATURAL, Asset("a", "h"), None, 3) == (1, 2, 3)
    assert bands_for(Preset.INFRARED, Asset("a", "h"), None, 3) == (1, 2, 3)
    assert bands_for(Preset.NATURAL, named, None, 1) == (1,)


def test_without_the_licence_no_byte_moves(
    service: StorageService, add: Callable[..., Any]
) -> None:
    error = add(product_of(service, licence="crise"))
    assert isinstance(error, LicenceError)
    assert "Imagerie de crise" in error.message
    assert not service.server.seen
    assert not QgsProject.instance().mapLayers()


def test_signed_out_says_so_but_open_products_pass_the_check(
    service: StorageService, add: Callable[..., Any], context: Any
) -> None:
    context.session.account, context.session.credentials.signed_in = None, False
    assert isinstance(add(product_of(service)), AuthError)
    assert not service.server.seen
    error = add(product_of(service, licence="etalab-2.0"))
    assert isinstance(error, AuthError)  # this storage wants a signature all the same
    assert service.reads


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, LicenceError), (404, ServiceError), (500, DinamisError), (503, DinamisError)],
)
def test_faults_of_the_storage_are_sentences(
    service: StorageService, add: Callable[..., Any], status: int, kind: type
) -> None:
    service.fault = lambda seen, true: Answer(status, b"<Error><Code>AccessDenied</Code></Error>")
    error = add(product_of(service))
    assert isinstance(error, kind)
    assert error.message and "X-Amz" not in error.details
    service.fault = None


def test_after_a_failure_the_next_try_works(
    service: StorageService, add: Callable[..., Any], context: Any
) -> None:
    service.fault = lambda seen, true: Answer(500)
    assert isinstance(add(product_of(service)), DinamisError)
    service.fault = None
    gateways(context).refresh()
    assert add(product_of(service)).isValid()


def test_garbage_instead_of_an_image_is_told(
    service: StorageService, add: Callable[..., Any]
) -> None:
    service.objects[XS], service.etags[XS] = b"<html>not an image</html>" * 100, '"html"'
    assert isinstance(add(product_of(service)), ServiceError)


def test_a_file_cut_short_is_told_or_shown_without_its_end(
    service: StorageService, add: Callable[..., Any]
) -> None:
    service.objects[XS] = service.objects[XS][: len(service.objects[XS]) // 20]
    service.etags[XS] = '"short"'
    outcome = add(product_of(service))
    assert isinstance(outcome, (DinamisError, QgsRasterLayer))


def test_errors_are_shown_with_a_way_to_try_again(
    service: StorageService, context: Any, iface: Any, wait_until: Callable[..., None]
) -> None:
    service.server.stop()
    add_product(context, product_of(service))
    wait_until(lambda: iface.messageBar().items(), seconds=60, what="message")
    assert "127.0.0.1" in iface.messageBar().items()[0].text()


def test_an_unreachable_storage_is_a_network_error(
    service: StorageService, add: Callable[..., Any]
) -> None:
    service.server.stop()
    assert isinstance(add(product_of(service)), NetworkError)


def test_stopping_gives_no_layer(
    service: StorageService, context: Any, wait_until: Callable[..., None]
) -> None:
    hang = threading.Event()
    service.fault = lambda seen, true: Answer(true.status, true.body, true.headers, hang=hang)
    outcome: list[Any] = []
    job = add_product(context, product_of(service), done=outcome.append, failed=outcome.append)
    wait_until(lambda: service.reads, what="first read")
    job.stop()
    hang.set()
    ended: list[int] = []
    job.ended.connect(lambda: ended.append(1))
    wait_until(lambda: ended, what="end of the job")
    assert not outcome and not QgsProject.instance().mapLayers()


def test_an_expired_signature_does_not_break_a_layer(
    service: StorageService, add: Callable[..., Any]
) -> None:
    layer = add(product_of(service))
    service.expire()
    image = render(layer, 1000)
    assert image.pixelColor(500, 700) != QColor(Qt.GlobalColor.magenta)


def test_selecting_a_product_prepares_its_opening(
    service: StorageService, context: Any, wait_until: Callable[..., None]
) -> None:
    prepare_files(context, [service.href(XS), "https://example.org/foreign.tif"])
    wait_until(lambda: service.reads, what="the beginning of the file")


def test_a_proxy_in_gdal_s_settings_is_not_asked_for_the_gateway(
    service: StorageService, add: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from osgeo import gdal

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    gdal.SetConfigOption("GDAL_HTTP_PROXY", "127.0.0.1:9")
    try:
        assert add(product_of(service)).isValid()
    finally:
        gdal.SetConfigOption("GDAL_HTTP_PROXY", None)


def test_no_gdal_option_is_changed(service: StorageService, add: Callable[..., Any]) -> None:
    from osgeo import gdal

    names = (
        "GDAL_DISABLE_READDIR_ON_OPEN",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS",
        "GDAL_HTTP_PROXY",
        "CPL_VSIL_CURL_CHUNK_SIZE",
        "VSI_CACHE",
    )
    before = [gdal.GetConfigOption(name) for name in names]
    render(add(product_of(service)))
    assert [gdal.GetConfigOption(name) for name in names] == before


def test_the_gateway_stops_with_the_plugin(
    service: StorageService, add: Callable[..., Any], context: Any
) -> None:
    add(product_of(service))
    gateway = gateways(context).current()
    assert gateway.root
    QgsProject.instance().clear()
    gateways(context).stop()
    assert not gateway.root
