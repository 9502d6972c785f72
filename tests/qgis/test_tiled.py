"""Ready map layers (WMTS): pixels on a rendered map, dates and credit, saved and opened again, and
what goes wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.layers import wmts as tiled
from dinamis_qgis.bridge.layers.add import add_product
from dinamis_qgis.bridge.project.hooks import ProjectHooks
from dinamis_qgis.bridge.settings import Paths
from dinamis_qgis.bridge.transfer.downloads import way_in
from dinamis_qgis.core.catalogue.fetch import fetch_product
from dinamis_qgis.core.errors import AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.net.http import Cancel
from tests.support.scripted import Answer, ScriptedServer, scripted
from tests.support.wmts import COLOURS, Wmts, capabilities, wmts_profile

SPOT_2020, SPOT_2021 = COLOURS
PAU = QgsRectangle(-60_000, 5_340_000, -50_000, 5_350_000)


@pytest.fixture
def wmts() -> Wmts:
    return Wmts()


@pytest.fixture
def server(wmts: Wmts) -> Iterator[ScriptedServer]:
    with scripted(wmts) as running:
        yield running


@pytest.fixture
def context(server: ScriptedServer, iface: Any, project: Any, tmp_path: Path) -> Iterator[Any]:
    made = Context(iface)
    made.paths = Paths(tmp_path / "home")
    made.profile = wmts_profile(server.root)
    messages.install_messages(iface)
    yield made
    made.close()
    messages.install_messages(None)


def product(context: Any, name: str = SPOT_2020) -> Any:
    return fetch_product(
        context.profile, "geoplateforme", "ortho-sat-spot", name, context.http, None, Cancel()
    )


def add(context: Any, wait: Callable[..., None], name: str = SPOT_2020, wanted: Any = None) -> Any:
    outcome: list[Any] = []
    add_product(
        context, wanted or product(context, name), done=outcome.append, failed=outcome.append
    )
    wait(lambda: outcome, seconds=60, what="layer")
    return outcome[0]


def colour_of(layer: QgsRasterLayer) -> QColor:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(200, 200))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setExtent(PAU)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage().pixelColor(100, 100)


def test_a_coverage_is_drawn_on_the_map(
    context: Any, wmts: Wmts, wait_until: Callable[..., None]
) -> None:
    layer = add(context, wait_until)
    assert isinstance(layer, QgsRasterLayer) and layer.providerType() == "wms"
    assert QgsProject.instance().layerTreeRoot().layerOrder()[0] is layer
    assert colour_of(layer).getRgb()[:3] == COLOURS[SPOT_2020]
    (asked, *_) = wmts.tiles
    wanted = {
        "LAYER": SPOT_2020,
        "STYLE": "normal",
        "FORMAT": "image/png",
        "TILEMATRIXSET": "PM",
        "VERSION": "1.0.0",
    }
    assert {name: asked[name] for name in wanted} == wanted
    source = parse_qs(layer.source())
    assert (
        source["crs"] == ["EPSG:3857"]
        and source["tileMatrixSet"] == ["PM"]
        and source["layers"] == [SPOT_2020]
    )


@pytest.mark.parametrize(
    ("crs", "corner"),
    [
        ("urn:ogc:def:crs:EPSG::3857", None), ("http://www.opengis.net/def/crs/EPSG/0/3857", None),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "-180 90"), ("urn:ogc:def:crs:EPSG::4326", "90 -180"),
    ],
)  # fmt: skip
def test_drawn_on_grids_of_other_crs(
    crs: str, corner: str | None, context: Any, wmts: Wmts, wait_until: Callable[..., None]
) -> None:
    document = wmts.document.replace("<ows:SupportedCRS>EPSG:3857", f"<ows:SupportedCRS>{crs}")
    if corner:  # 256 pixels a tile, two tiles around the world at level 0
        document = re.sub(r"<TopLeftCorner>[^<]*", f"<TopLeftCorner>{corner}", document)
        document = re.sub(
            r"<MatrixWidth>(\d+)", lambda m: f"<MatrixWidth>{2 * int(m.group(1))}", document
        )
        document = re.sub(
            r"<ScaleDenominator>([^<]*)",
            lambda m: f"<ScaleDenominator>{float(m.group(1)) / 2}",
            document,
        )
    wmts.document = document
    layer = add(context, wait_until)
    assert isinstance(layer, QgsRasterLayer), layer
    assert colour_of(layer).getRgb()[:3] == COLOURS[SPOT_2020]
    tile = wmts.tiles[0]
    level, row, column = (int(tile[name]) for name in ("TILEMATRIX", "TILEROW", "TILECOL"))
    if corner:
        assert (row, column) == (
            int((90 - 43.2) / 180 * 2**level),
            int((180 - 0.5) / 180 * 2**level),
        )
    else:
        assert abs(row / 2**level - 0.366) < 0.02


def test_two_years_are_two_layers_with_their_dates(
    context: Any, wait_until: Callable[..., None]
) -> None:
    layers = [add(context, wait_until, name) for name in COLOURS]
    assert [layer.name() for layer in layers] == ["ORTHO-SAT® SPOT 2020", "ORTHO-SAT® SPOT 2021"]
    assert [colour_of(layer).getRgb()[:3] for layer in layers] == list(COLOURS.values())
    for layer, year in zip(layers, (2020, 2021)):
        temporal = layer.temporalProperties()
        assert temporal.isActive() and temporal.mode() == Qgis.RasterTemporalMode.FixedTemporalRange
        period = temporal.fixedTemporalRange()
        assert (
            period.begin().date().year(),
            period.end().date().year(),
            period.end().date().month(),
        ) == (year, year, 12)


@pytest.mark.parametrize(("expired", "code"), [(False, "signed-out"), (True, "auth-expired")])
def test_nobody_is_signed_in(
    context: Any,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    expired: bool,
    code: str,
) -> None:
    """For the map, and for a download: an ended sign-in is called so."""
    monkeypatch.setattr(Context, "expired", expired)
    wanted = replace(product(context), licence="dinamis-drs")
    refused = add(context, wait_until, wanted=wanted)
    assert isinstance(refused, AuthError) and refused.code == code
    with pytest.raises(AuthError) as other:
        way_in(
            context.profile,
            Signer(context.profile, context.http, None),
            None,
            wanted,
            expired=context.expired,
        )
    assert other.value.code == code


def test_says_whose_it_is(context: Any, wait_until: Callable[..., None]) -> None:
    layer = add(context, wait_until)
    assert layer.customProperty("dinamis/item") == SPOT_2020
    assert layer.customProperty("dinamis/licence") == "ortho-sat"
    assert (
        "IGN" in layer.customProperty("dinamis/credit") and "2020" in layer.metadata().rights()[0]
    )
    assert layer.metadata().licenses() == [context.profile.licence("ortho-sat").title]


def test_capabilities_are_asked_once_and_never_by_the_window(
    context: Any, wmts: Wmts, wait_until: Callable[..., None]
) -> None:
    for name in COLOURS:
        colour_of(add(context, wait_until, name))
    assert wmts.asked == 1


def reopened(path: Path, project: Any) -> QgsRasterLayer:
    project.clear()
    assert project.read(str(path))
    (layer,) = project.mapLayers().values()
    return layer


def test_saved_under_the_services_address_and_opened_without_asking(
    context: Any,
    server: ScriptedServer,
    wmts: Wmts,
    project: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
) -> None:
    hooks = ProjectHooks(context)
    try:
        layer = add(context, wait_until)
        path = tmp_path / "project.qgs"
        assert project.write(str(path))
        text = path.read_text(encoding="utf-8")
        assert (
            str(context.paths.home) not in text
            and "file:" not in text
            and f"{server.root}/wmts%3FSERVICE" in text
        )
        before, wmts.asked = layer.source(), 0
        again = reopened(path, project)
        assert again.isValid() and again.source() == before and wmts.asked == 0
        assert colour_of(again).getRgb()[:3] == COLOURS[SPOT_2020]
        assert (
            again.customProperty("dinamis/item") == SPOT_2020
            and again.temporalProperties().isActive()
        )
        assert again.name() == "ORTHO-SAT® SPOT 2020"
    finally:
        hooks.remove()


def test_opened_with_the_service_down(
    context: Any,
    server: ScriptedServer,
    project: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
) -> None:
    """Valid at once, for nobody is asked; it is drawn again when the service is back."""
    hooks = ProjectHooks(context)
    try:
        add(context, wait_until)
        path = tmp_path / "project.qgz"
        assert project.write(str(path))
        before = len(server.seen)
        server.script = lambda _: Answer(503)
        again = reopened(path, project)
        assert again.isValid() and len(server.seen) == before
        server.script = Wmts()
        assert colour_of(again).getRgb()[:3] == COLOURS[SPOT_2020]
    finally:
        hooks.remove()


def test_opened_when_qgis_has_lost_its_cache(
    context: Any,
    server: ScriptedServer,
    wmts: Wmts,
    project: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
) -> None:
    """As in another session, after a day of other maps: what was kept of the layer is given back
    before the project is read.
    """
    hooks = ProjectHooks(context)
    try:
        add(context, wait_until)
        path = tmp_path / "project.qgs"
        assert project.write(str(path))
        wmts.asked = 0
        QgsNetworkAccessManager.instance().cache().clear()
        assert reopened(path, project).isValid() and wmts.asked == 0
    finally:
        hooks.remove()


def test_opened_by_a_qgis_without_the_plugin(
    context: Any, wmts: Wmts, project: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    """QGIS asks the service itself, at the address the project has."""
    add(context, wait_until)
    path = tmp_path / "project.qgs"
    assert project.write(str(path))
    project.clear()
    QgsNetworkAccessManager.instance().cache().clear()
    wmts.asked = 0
    assert reopened(path, project).isValid() and wmts.asked == 1


def test_documents_that_are_spoilt_are_left_out(
    context: Any, wait_until: Callable[..., None]
) -> None:
    add(context, wait_until)
    folder = tiled.folder_of(context)
    for number, text in enumerate(("", "[]", "{", '{"address": 3, "document": "x"}', "null")):
        (folder / f"{number}.json").write_text(text, encoding="utf-8")
    tiled.remember_all(folder)
    tiled.remember_all(folder / "gone")


def forget(context: Any) -> None:
    """As another session: nothing of the service is remembered."""
    context.http.notes.clear()


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (Answer(503), ServiceError, "service"),
        (Answer(200, b"<html>maintenance</html>"), ServiceError, "garbage"),
        (Answer(200, b"\xff\xfe<Capabilities>" * 500), ServiceError, "not-wmts"),
        (Answer(200, capabilities(SPOT_2021).encode()), ServiceError, "missing"),
        (Answer(200, capabilities(SPOT_2020, levels=0).encode()), ServiceError, "not-wmts"),
    ],
)
def test_capabilities_that_fail_are_said(
    context: Any,
    server: ScriptedServer,
    answer: Answer,
    kind: type[DinamisError],
    code: str,
    wait_until: Callable[..., None],
) -> None:
    wanted = product(context)
    forget(context)
    context.http.retries = 0
    server.script = lambda _: answer
    error = add(context, wait_until, wanted=wanted)
    assert isinstance(error, kind) and error.code == code and error.message
    assert not QgsProject.instance().mapLayers()


def test_service_that_is_gone(
    context: Any, server: ScriptedServer, wait_until: Callable[..., None]
) -> None:
    wanted = product(context)
    forget(context)
    context.http.retries = 0
    server.stop()
    assert isinstance(add(context, wait_until, wanted=wanted), NetworkError)
