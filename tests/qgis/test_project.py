"""Projects with our imagery: saved, reopened on another day, signed out, with the service gone, on
another port, without the plugin.
"""

from __future__ import annotations

import re
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, Callable
from urllib.parse import quote

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRasterDataProvider,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QPushButton

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layers.add import add_product
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.project.hooks import ProjectHooks
from dinamis_qgis.core.catalogue.model import Asset
from dinamis_qgis.core.profile.model import Storage
from tests.support.imagery import (
    PAN,
    XS,
    cog,
    context_over,
    open_profile,
    product_of,
    profile_of,
    sign_in,
)
from tests.support.scripted import Answer, Seen
from tests.support.storage import StorageService, storage


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return cog(tmp_path_factory.mktemp("cog") / "xs.tif")


@pytest.fixture
def service(image: bytes) -> Iterator[StorageService]:
    with storage({XS: image}) as running:
        yield running


class Session:
    """One run of QGIS with the plugin: its own home, context and hooks."""

    def __init__(
        self,
        iface: Any,
        service: StorageService,
        home: Path,
        wait: Callable[..., None],
        signed_in: bool = True,
    ) -> None:
        self.iface, self.wait, self.service = iface, wait, service
        self._manager = context_over(iface, service, home, signed_in)
        self.context = self._manager.__enter__()
        self.hooks = ProjectHooks(self.context)
        self.closed = False

    def add(self, asset: Asset | None = None) -> QgsRasterLayer:
        outcome: list[Any] = []
        product = product_of(self.service)
        product = replace(product, assets=(asset,)) if asset else product
        add_product(self.context, product, done=outcome.append, failed=outcome.append)
        self.wait(lambda: outcome, what="layer")
        assert isinstance(outcome[0], QgsRasterLayer), outcome[0]
        return outcome[0]

    def settle(self) -> None:
        """Until nothing more is being brought back."""
        self.wait(lambda: not self.hooks.revival._soon.isActive())
        self.wait(
            lambda: self.hooks.revival._job is None or self.hooks.revival._job.finished, seconds=60
        )

    def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        QgsProject.instance().clear()
        self.hooks.remove()
        self._manager.__exit__(None, None, None)


@pytest.fixture
def session(
    iface: Any, service: StorageService, tmp_path: Path, wait_until: Callable[..., None]
) -> Iterator[Callable[..., Session]]:
    """Starts a run of QGIS; ``home`` names the person's machine."""
    messages.install_messages(iface)
    running: list[Session] = []

    def start(
        home: str = "machine", signed_in: bool = True, over: StorageService | None = None
    ) -> Session:
        while running:
            running.pop().close()
        iface.messageBar().clearWidgets()
        running.append(Session(iface, over or service, tmp_path / home, wait_until, signed_in))
        return running[0]

    yield start
    while running:
        running.pop().close()
    messages.install_messages(None)


def saved(path: Path) -> str:
    """The project file's text (what the .qgz holds)."""
    QgsProject.instance().write(str(path))
    with zipfile.ZipFile(path) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def reopen(path: Path) -> tuple[QgsRasterLayer, float]:
    """The one layer, and the seconds opening took."""
    began = time.perf_counter()
    assert QgsProject.instance().read(str(path))
    seconds = time.perf_counter() - began
    print(f"opened in {seconds * 1000:.0f} ms")
    (layer,) = QgsProject.instance().mapLayers().values()
    return layer, seconds


def styled(layer: QgsRasterLayer) -> None:
    """A style a person made: other bands, other limits, half transparent."""
    renderer = layer.renderer()
    renderer.setRedBand(4)
    stretch = renderer.redContrastEnhancement()
    stretch.setMaximumValue(777)
    renderer.setOpacity(0.75)
    layer.setName("Mon fond 2023")


def style_of(layer: QgsRasterLayer) -> tuple[Any, ...]:
    renderer = layer.renderer()
    return (
        layer.name(),
        renderer.type(),
        renderer.redBand(),
        renderer.greenBand(),
        renderer.redContrastEnhancement().maximumValue(),
        renderer.opacity(),
        layer.customProperty("dinamis/href"),
        layer.metadata().identifier(),
        layer.temporalProperties().isActive(),
        layer.temporalProperties().fixedTemporalRange().begin().toString(Qt.DateFormat.ISODate),
        tuple(len(layer.dataProvider().userNoDataValues(band)) for band in range(1, 5)),
        layer.crs().authid(),
    )


def is_drawn(layer: QgsRasterLayer, size: int = 200) -> bool:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(layer.extent())
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    settings.setOutputSize(QSize(size, size))
    settings.setBackgroundColor(QColor(Qt.GlobalColor.magenta))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return bool(
        job.renderedImage().pixelColor(size // 2, size * 3 // 4) != QColor(Qt.GlobalColor.magenta)
    )


@pytest.fixture
def project_file(session: Callable[..., Session], tmp_path: Path) -> Path:
    """A project saved yesterday, with a style a person made."""
    today = session()
    styled(today.add())
    saved(tmp_path / "projet.qgz")
    return tmp_path / "projet.qgz"


# saving
def test_the_project_file_holds_the_plain_href_and_nothing_else(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    run = session()
    layer = run.add()
    live = layer.source()
    gateway = gateways(run.context).current()
    text = saved(tmp_path / "p.qgz")
    assert f"<datasource>/vsicurl/{service.href(XS)}</datasource>" in text
    port = re.search(r":(\d+)/", gateway.root)
    assert port is not None
    for forbidden in (
        "X-Amz",
        "Signature",
        gateway.root,
        f":{port.group(1)}/",
        "proxy=",
        "placeholders",
    ):
        assert forbidden not in text
    assert layer.source() == live
    assert not QgsProject.instance().isDirty()


def test_signed_and_compound_sources_of_our_storage_are_saved_unsigned(
    session: Callable[..., Session], service: StorageService
) -> None:
    hooks = session().hooks
    signed = service.href(XS) + "?X-Amz-Date=20260101T000000Z&X-Amz-Signature=abc"
    assert hooks.saved(f"/vsicurl/{signed}") == f"/vsicurl/{service.href(XS)}"
    assert (
        hooks.saved(f"vrt:///vsicurl/{service.href(XS)}?bands=1")
        == f"vrt:///vsicurl/{service.href(XS)}?bands=1"
    )


@pytest.mark.parametrize(
    "source",
    [
        "/home/me/a.tif",
        "/vsicurl/https://example.org/a.tif?X-Amz-Signature=theirs",
        "dbname='x' table=y",
        "",
        "url=https://h/wms",
    ],
)
def test_foreign_sources_are_untouched_both_ways(
    session: Callable[..., Session], source: str
) -> None:
    hooks = session().hooks
    assert hooks.saved(source) == source
    assert hooks.opened(source) == source


# opening again
def test_reopened_the_next_day_on_the_same_machine(
    session: Callable[..., Session], service: StorageService, project_file: Path
) -> None:
    service.expire()
    run = session()
    layer, _ = reopen(project_file)
    assert layer.isValid()
    run.settle()
    assert layer.source().startswith("/vsicurl?") and "placeholders" not in layer.source()
    assert style_of(layer)[:6] == ("Mon fond 2023", "multibandcolor", 4, 2, 777.0, 0.75)
    assert style_of(layer)[6:9] == (service.href(XS), "PHR1B_20230812", True)
    assert is_drawn(layer)
    assert not run.iface.messageBar().items()


def test_what_was_opened_once_opens_truly_from_the_cache(
    session: Callable[..., Session], service: StorageService, project_file: Path
) -> None:
    run = session()
    gateways(
        run.context
    ).current()  # the profile is open and the gateway is there: the second project of the day
    layer, _ = reopen(project_file)
    assert layer.source().startswith("/vsicurl?")
    assert is_drawn(layer)


def test_on_a_colleague_s_machine(
    session: Callable[..., Session], service: StorageService, project_file: Path
) -> None:
    run = session("colleague")
    layer, _ = reopen(project_file)
    assert layer.isValid() and layer.crs().authid() == "EPSG:2154"
    run.settle()
    assert layer.source().startswith("/vsicurl?")
    assert style_of(layer)[:6] == ("Mon fond 2023", "multibandcolor", 4, 2, 777.0, 0.75)
    assert is_drawn(layer)


@pytest.mark.parametrize("home", ["machine", "colleague"])
def test_signed_out_it_opens_says_so_once_and_comes_back_with_the_sign_in(
    session: Callable[..., Session], service: StorageService, project_file: Path, home: str
) -> None:
    cached = home == "machine"
    run = session(home, signed_in=False)
    layer, _ = reopen(project_file)
    assert layer.isValid()
    before = style_of(layer)
    run.settle()
    (item,) = run.iface.messageBar().items()
    assert "1" in item.text() and "sign in" in item.text()
    if not cached:
        assert "placeholders" in layer.source()
        assert not is_drawn(layer)
        xmin = layer.extent().xMinimum()
        assert xmin == pytest.approx(420000)
    canvas = run.iface.mapCanvas()
    drawn = time.monotonic() + 0.5
    run.wait(lambda: time.monotonic() > drawn and not canvas.isDrawing(), what="the canvas")
    QgsProject.instance().setDirty(False)  # the canvas of the tests marks any project it shows
    sign_in(run.context)
    run.settle()
    assert layer.source().startswith("/vsicurl?")
    assert not QgsProject.instance().isDirty()
    assert style_of(layer) == before
    assert is_drawn(layer)


def test_saving_while_signed_out_keeps_href_and_style(
    session: Callable[..., Session], service: StorageService, project_file: Path, tmp_path: Path
) -> None:
    run = session("colleague", signed_in=False)
    reopen(project_file)
    run.settle()
    text = saved(tmp_path / "again.qgz")
    assert f"<datasource>/vsicurl/{service.href(XS)}</datasource>" in text
    assert "placeholders" not in text
    run = session("third")
    layer, _ = reopen(tmp_path / "again.qgz")
    run.settle()
    assert style_of(layer)[:6] == ("Mon fond 2023", "multibandcolor", 4, 2, 777.0, 0.75)
    assert is_drawn(layer)


@pytest.mark.parametrize("home", ["machine", "colleague"])
def test_with_the_service_gone_it_opens_as_fast_as_without_the_layer(
    session: Callable[..., Session],
    service: StorageService,
    project_file: Path,
    tmp_path: Path,
    home: str,
) -> None:
    empty = tmp_path / "empty.qgz"
    QgsProject.instance().clear()
    QgsProject.instance().write(str(empty))
    session(home)
    began = time.perf_counter()
    QgsProject.instance().read(str(empty))
    without = time.perf_counter() - began
    service.fault = lambda seen, true: time.sleep(30)  # worse than gone: never answers
    service._sign = lambda seen: time.sleep(30) or Answer(500)  # type: ignore[method-assign,func-returns-value]
    asked = len(service.server.seen)
    layer, seconds = reopen(project_file)
    assert layer.isValid()
    print(f"opening: {seconds * 1000:.0f} ms, without the layer {without * 1000:.0f} ms")
    assert len(service.server.seen) == asked  # nobody was asked, so nothing was waited for


def test_with_the_service_down_it_says_so_once_and_comes_back(
    session: Callable[..., Session], service: StorageService, project_file: Path
) -> None:
    run = session("colleague")
    service.signing_status = 503
    layer, _ = reopen(project_file)
    run.settle()
    run.wait(lambda: run.iface.messageBar().items(), what="message")
    assert len(run.iface.messageBar().items()) == 1
    run.hooks.revival.run(quiet=True)
    run.settle()
    assert len(run.iface.messageBar().items()) == 1
    service.signing_status = 200
    run.hooks.revival._retry()
    run.settle()
    assert layer.source().startswith("/vsicurl?")
    assert is_drawn(layer)


def test_without_the_plugin_the_layer_keeps_its_href(
    session: Callable[..., Session], service: StorageService, project_file: Path
) -> None:
    run = session()
    run.close()
    QgsProject.instance().read(str(project_file))
    (layer,) = QgsProject.instance().mapLayers().values()
    assert not layer.isValid()
    assert layer.source() == f"/vsicurl/{service.href(XS)}"
    assert layer.customProperty("dinamis/href") == service.href(XS)
    session()


def test_the_training_service_on_another_port(
    session: Callable[..., Session], service: StorageService, image: bytes, tmp_path: Path
) -> None:
    path = "/storage/formation/spot/a.tif"
    for port_service in (service,):
        port_service.objects[path], port_service.etags[path] = image, '"one"'
    run = session()
    open_profile(run.context, service, training=True)
    outcome: list[Any] = []
    product = product_of(service)
    product = replace(product, assets=(replace(product.assets[0], href=service.href(path)),))
    add_product(run.context, product, done=outcome.append, failed=outcome.append)
    run.wait(lambda: outcome)
    saved(tmp_path / "formation.qgz")
    with storage({path: image}) as other:
        run = session("colleague", over=other)
        open_profile(run.context, other, training=True)
        layer, _ = reopen(tmp_path / "formation.qgz")
        run.settle()
        assert is_drawn(layer)
        text = saved(tmp_path / "formation2.qgz")
        assert f"<datasource>/vsicurl/{other.href(path)}</datasource>" in text
        run.close()


SIGNATURE = (
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20200101T000000Z&X-Amz-Expires=60&"
    "X-Amz-Signature=old"
)


@pytest.mark.parametrize(
    "form",
    [
        "/vsicurl/{href}?{signature}",
        "/vsicurl?max_retry=3&retry_delay=5&list_dir=no&url={quoted}",
        "{href}?{signature}",
        "{href}",
        "vrt:///vsicurl/{href}?bands=1,2,3,4",
    ],
)
def test_an_old_project_is_brought_back_with_its_style(
    session: Callable[..., Session], service: StorageService, project_file: Path, form: str
) -> None:
    """As the SDK, scripts, and other plugins write them: signed long ago, or never."""
    with zipfile.ZipFile(project_file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    href = service.href(XS)
    source = form.format(
        href=href, signature=SIGNATURE, quoted=quote(f"{href}?{SIGNATURE}", safe="")
    )
    with zipfile.ZipFile(project_file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(
                name, data.replace(f"/vsicurl/{href}".encode(), escape(source).encode())
            )
    run = session("colleague")
    layer, _ = reopen(project_file)
    run.settle()
    assert is_drawn(layer)
    assert style_of(layer)[:6] == ("Mon fond 2023", "multibandcolor", 4, 2, 777.0, 0.75)
    text = saved(project_file)
    assert "X-Amz" not in text and f"/vsicurl/{href}" in text


def test_images_of_another_service_offer_to_open_it(
    session: Callable[..., Session], service: StorageService, project_file: Path, image: bytes
) -> None:
    with storage({XS: image}) as other:
        run = session("colleague", over=other)
        run.hooks._known = [replace(profile_of(service), id="autre", title="Autre service")]
        asked: list[str] = []
        run.context.open = asked.append
        layer, _ = reopen(project_file)
        run.settle()
        run.wait(lambda: run.iface.messageBar().items(), what="message")
        (item,) = run.iface.messageBar().items()
        (button,) = [b for b in item.findChildren(QPushButton) if "Autre service" in b.text()]
        assert layer.isValid()
        button.click()
        assert asked == ["autre"]
        run.close()


def test_a_file_replaced_on_the_service_is_reloaded(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    run = session()
    layer = run.add()
    run.settle()
    before = layer.source()
    service.objects[XS], service.etags[XS] = cog(tmp_path / "new.tif", seed=2), '"two"'
    is_drawn(layer, 1024)
    run.wait(lambda: layer.source() != before, what="new address")
    run.settle()
    assert is_drawn(layer)


def test_a_project_opened_while_another_is_brought_back_is_brought_back_too(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    """And nothing is said of the one that is closed."""
    first, second = tmp_path / "first.qgz", tmp_path / "second.qgz"
    service.objects[PAN], service.etags[PAN] = service.objects[XS], '"pan"'
    run = session()
    run.add()
    saved(first)
    QgsProject.instance().clear()
    run.add(replace(product_of(service).assets[0], href=service.href(PAN)))
    saved(second)
    QgsProject.instance().clear()
    asked, gate = threading.Event(), threading.Event()

    def away(seen: Seen, answer: Answer) -> Answer | None:
        if seen.path.startswith(XS):
            asked.set()
            gate.wait(30)
            return Answer(404, b"")
        return None

    run = session("colleague")
    service.fault = away
    try:
        reopen(first)
        run.wait(asked.is_set, what="the first project being asked for")
        layer, _ = reopen(second)
        run.wait(lambda: is_drawn(layer), what="the second project drawn")
    finally:
        gate.set()
    run.settle()
    assert not run.iface.messageBar().items()


def test_a_layer_computed_from_ours_comes_back_with_it(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    """QGIS's raster calculator, without a file of its own."""
    run = session()
    layer = run.add()
    made = QgsRasterDataProvider.VirtualRasterParameters()
    made.crs, made.extent, made.width, made.height = (
        layer.crs(),
        layer.extent(),
        layer.width(),
        layer.height(),
    )
    made.formula = '"a@1" * 2'
    image = QgsRasterDataProvider.VirtualRasterInputLayers()
    image.name, image.uri, image.provider = "a", layer.source(), "gdal"
    made.rInputLayers = [image]
    source = QgsRasterDataProvider.encodeVirtualRasterProviderUri(made)
    QgsProject.instance().addMapLayer(QgsRasterLayer(source, "double", "virtualraster"))
    QgsProject.instance().removeMapLayer(layer.id())
    point = QgsPointXY(420801, 6249199)
    truth = service_value(service, tmp_path, point)
    saved(tmp_path / "projet.qgz")
    run = session("colleague")
    double, _ = reopen(tmp_path / "projet.qgz")
    run.settle()
    assert double.dataProvider().sample(point, 1) == (2 * truth, True)


def test_what_was_drawn_while_the_service_was_away_is_drawn_anew(
    session: Callable[..., Session], service: StorageService
) -> None:
    run = session()
    layer, repainted = run.add(), []
    run.settle()
    again = run.hooks.revival._again
    gateways(run.context).current().cache.clear()
    service.fault = lambda seen, answer: Answer(503, b"")
    is_drawn(layer, 1024)
    layer.repaintRequested.connect(lambda *_: repainted.append(True))

    def a_minute_later() -> None:
        run.wait(again.isActive, what="another try")
        again.stop()
        again.timeout.emit()

    a_minute_later()
    assert repainted
    is_drawn(layer, 1024)  # still away
    repainted.clear()
    service.fault = None
    a_minute_later()
    assert repainted
    gateways(run.context).refresh()  # the breaker's pause is over
    assert is_drawn(layer, 1024) and not again.isActive()


@pytest.mark.parametrize("beside", [False, True])
def test_a_virtual_raster_a_person_made_over_ours_comes_back(
    session: Callable[..., Session], service: StorageService, tmp_path: Path, beside: bool
) -> None:
    """Its file names the gateway of that day."""
    run = session()
    folder = tmp_path / "projet"
    folder.mkdir()
    (folder / "c'est à moi.tif").write_bytes(service.objects[XS])
    parts = [run.add().source(), *([str(folder / "c'est à moi.tif")] if beside else [])]
    gdal.BuildVRT(str(folder / "mosaic.vrt"), parts)
    before = named(folder / "mosaic.vrt")
    assert any('relativeToVRT="1"' in name for name in before) == beside
    QgsProject.instance().clear()
    QgsProject.instance().addMapLayer(QgsRasterLayer(str(folder / "mosaic.vrt"), "mosaic"))
    saved(folder / "projet.qgz")
    layer, _ = reopen(folder / "projet.qgz")
    assert layer.source().endswith("mosaic.vrt"), "the same day it is read as it is"
    for home in ("colleague", "machine"):
        run = session(home)
        layer, _ = reopen(folder / "projet.qgz")
        run.settle()
        point = QgsPointXY(420801, 6249199)
        assert layer.dataProvider().sample(point, 1) == (
            service_value(service, tmp_path, point),
            True,
        )
        assert not re.search(r"127\.0\.0\.1:\d+/[\w-]{32}/", saved(tmp_path / "again.qgz"))
    assert named(folder / "mosaic.vrt") == before


def named(path: Path) -> list[str]:
    """The files of a virtual raster as it names them; newer QGIS write statistics beside them."""
    return re.findall("<SourceFilename.*", path.read_text())


def service_value(service: StorageService, folder: Path, point: QgsPointXY) -> float:
    (folder / "truth.tif").write_bytes(service.objects[XS])
    truth = QgsRasterLayer(str(folder / "truth.tif"))
    value, known = truth.dataProvider().sample(point, 1)
    assert known and value
    return float(value)


def test_a_crs_a_person_gave_stays(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    session().add().setCrs(QgsCoordinateReferenceSystem("EPSG:3948"))
    saved(tmp_path / "projet.qgz")
    run = session("colleague")
    layer, _ = reopen(tmp_path / "projet.qgz")
    run.settle()
    assert "/vsicurl" in layer.source() and layer.crs().authid() == "EPSG:3948"


@pytest.mark.parametrize("seed", range(3))
def test_a_file_replaced_since_it_was_last_opened_is_added(
    seed: int, session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    """What an earlier day kept of it is of another version: the person sees the new one, and
    nothing of that.
    """
    session().add()
    service.objects[XS], service.etags[XS] = (
        cog(tmp_path / "new.tif", seed=seed + 2),
        f'"{seed} new"',
    )
    QgsProject.instance().clear()
    run = session()
    layer = run.add()
    run.settle()
    assert is_drawn(layer)
    run.wait(lambda: is_drawn(layer), what="drawn")
    assert not [item.text() for item in run.context.iface.messageBar().items()]


def test_signing_out_while_drawing_says_so_once(
    session: Callable[..., Session], service: StorageService, tmp_path: Path
) -> None:
    service.objects[XS], service.etags[XS] = cog(tmp_path / "large.tif", size=2048), '"large"'
    run = session()
    layer = run.add()
    run.settle()
    run.context.session.account, run.context.session.credentials.signed_in = None, False
    run.context.account_changed.emit()
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(1500, 1500))
    settings.setExtent(layer.extent())
    for _ in range(2):
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
    run.wait(lambda: run.iface.messageBar().items(), what="message")
    assert len(run.iface.messageBar().items()) == 1


def test_removing_the_hooks_leaves_nothing(
    session: Callable[..., Session], service: StorageService
) -> None:
    from qgis.core import QgsPathResolver

    run = session()
    source = f"/vsicurl/{service.href(XS)}"
    assert QgsPathResolver("").readPath(source) != source
    run.hooks.remove()
    assert QgsPathResolver("").readPath(source) == source
    signed = source + "?X-Amz-Signature=x"
    assert QgsPathResolver("").writePath(signed) == signed
    run.hooks = ProjectHooks(run.context)


def test_a_project_without_our_layers_opens_no_profile(
    session: Callable[..., Session], tmp_path: Path
) -> None:
    run = session()
    asked: list[object] = []
    run.context.when_open = asked.append
    run.context.profile = None
    path = tmp_path / "empty.qgz"
    QgsProject.instance().write(str(path))
    QgsProject.instance().read(str(path))
    run.settle()
    assert not asked
    profile_storage = Storage((run.service.root.partition("//")[2],))
    assert profile_storage.holds(run.service.href(XS))
