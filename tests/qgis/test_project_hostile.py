"""Projects made by strangers: nothing raises into QGIS, nobody unknown is called, no address of the
gateway stays anywhere.
"""

from __future__ import annotations

import json
import random
import string
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable
from urllib.parse import quote, urlsplit

import pytest
from qgis.core import (
    QgsLayoutItemMap,
    QgsPathResolver,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
)

from dinamis_qgis.bridge import guard, profiles
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.layers.add import add_mosaic, add_product
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.layers.style import Preset
from dinamis_qgis.bridge.project.hooks import ProjectHooks
from dinamis_qgis.bridge.settings import Paths
from dinamis_qgis.core.catalogue.model import Asset
from dinamis_qgis.core.imagery.layer_source import curl_source
from dinamis_qgis.core.net.urls import parse_address
from tests.qgis.test_project import is_drawn
from tests.support.imagery import PAN, XS, cog, context_over, product_of
from tests.support.scripted import Answer, ScriptedServer
from tests.support.storage import StorageService, storage


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return cog(tmp_path_factory.mktemp("cog") / "xs.tif", 512)


@pytest.fixture
def service(image: bytes) -> Iterator[StorageService]:
    with storage({XS: image, PAN: image}) as running:
        yield running


@pytest.fixture
def context(iface: Any, service: StorageService, tmp_path: Path) -> Iterator[Any]:
    with context_over(iface, service, tmp_path / "home") as made:
        yield made
        QgsProject.instance().clear()


@pytest.fixture
def hooks(context: Any) -> Iterator[ProjectHooks]:
    made = ProjectHooks(context)
    yield made
    QgsProject.instance().clear()
    made.remove()


def added(context: Any, wait: Callable[..., None], add: Callable[..., Any]) -> QgsRasterLayer:
    outcome: list[Any] = []
    add(done=outcome.append, failed=outcome.append)
    wait(lambda: outcome, what="layer")
    assert isinstance(outcome[0], QgsRasterLayer), outcome[0]
    return outcome[0]


def settle(hooks: ProjectHooks, wait: Callable[..., None]) -> None:
    wait(lambda: not hooks.revival._soon.isActive())
    wait(lambda: hooks.revival._job is None or hooks.revival._job.finished)


def texts_of(path: Path) -> str:
    if path.suffix == ".qgs":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())


def test_odd_sources_never_raise_and_never_wait(
    context: Any, hooks: ProjectHooks, service: StorageService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "fault_listeners", [])
    faults: list[BaseException] = []
    guard.fault_listeners.append(faults.append)
    marks, href = random.Random(30), service.href(XS)
    live = gateways(context).current().url_for(href)
    bits = [
        *("/vsicurl/", "/vsicurl?", "url=", "&", "&amp;", "|", "'", '"', "<", ">", "&lt;", " "),
        *("<VRTDataset rasterXSize='10' rasterYSize='10'>", "</VRTDataset>", "<SRS>", "</SRS>"),
        *("<GeoTransform>", "</GeoTransform>", "0, 1, 0, 0, 0, -1", "nan", "1e999", "9" * 5000),
        *("<VRTRasterBand dataType='Byte' band='1'>", "<VRTRasterBand dataType='Zork' band='1'>"),
        *("<NoDataValue>", "</NoDataValue>", "<SourceFilename relativeToVRT='1'>", "\\", "-1"),
        *(
            "</SourceFilename>",
            href,
            live,
            curl_source(live),
            "https://other.example/x.tif",
            ".vrt",
        ),
        *("http://[", "%", "%00", "\x00", "\ud800", "\u202e", "é", "vrt://", "?bands=1", "//srv/"),
        f"{hooks._folder.as_posix()}/{'a' * 32}.vrt",
    ]
    whole = (
        "<VRTDataset rasterXSize='10' rasterYSize='10'><GeoTransform>0, 1, 0, 0, 0, -1"
        "</GeoTransform><SRS>x</SRS><VRTRasterBand dataType='Byte' band='1'><NoDataValue>0"
        f"</NoDataValue><SimpleSource><SourceFilename>/vsicurl/{href}</SourceFilename>"
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    for turn in range(1500):
        source = "".join(marks.choices(bits, k=marks.randrange(10)))
        if turn % 2:
            at = marks.randrange(len(whole))
            source = whole[:at] + marks.choice(bits) + whole[at + marks.choice([0, 1, 5, 30]) :]
        hooks.opened(source)
        hooks.saved(source)
    for place in ("nan, 1, 0, 0, 0, -1", "1" * 5000, "0, 0, 0, 0, 0, 0", "1e999, 1, 0, 0, 0, -1"):
        hooks.opened(whole.replace("0, 1, 0, 0, 0, -1", place))
    assert not faults
    monkeypatch.setattr(hooks, "_own", lambda source: 1 / 0)
    assert QgsPathResolver().writePath("/vsicurl/x") == "/vsicurl/x", "what cannot be is given back"
    assert isinstance(faults[0], ZeroDivisionError)


def test_a_token_of_ours_goes_into_no_foreign_source(
    context: Any, hooks: ProjectHooks, service: StorageService, wait_until: Callable[..., None]
) -> None:
    layer = added(
        context, wait_until, lambda **how: add_product(context, product_of(service), **how)
    )
    href, server = service.href(XS), ScriptedServer(lambda seen: Answer(404))
    try:
        evil, project = server.root, QgsProject.instance()
        sources = [
            f"/vsicurl/{evil}/?a=/vsicurl/{href}",
            f"/vsicurl/{evil}/a.tif#/vsicurl/{href}",
            f"vrt:///vsicurl/{evil}/?a=/vsicurl/{href}",
            f"/vsizip//vsicurl/{href}/x.tif",
            f"<VRTDataset rasterXSize='9' rasterYSize='9'><VRTRasterBand dataType='Byte' band='1'>"
            f"<SimpleSource><SourceFilename>/vsicurl/{evil}/?/vsicurl/{href}</SourceFilename>"
            "</SimpleSource></VRTRasterBand></VRTDataset>",
            f"/vsicurl/{href[:-4]}.geojson",
            rf"/vsicurl/http://127.0.0.1:{urlsplit(evil).port}\@{urlsplit(href).netloc}/x.tif",
        ]
        for source in sources:
            assert hooks.opened(source) == source
            assert project.pathResolver().readPath(source) == source
        mixed = (
            f"<VRTDataset rasterXSize='9' rasterYSize='9'><SourceFilename>/vsicurl/{href}"
            f"</SourceFilename><SourceFilename>/vsicurl/{evil}/b.tif</SourceFilename></VRTDataset>"
        )
        assert hooks.opened(mixed) == mixed and hooks.plain_of(mixed) is None
        assert not server.seen
        assert "closed" in hooks.saved(f"/vsizip/{layer.source()}/x"), "and none is saved in one"
    finally:
        server.stop()


@pytest.mark.parametrize("ending", ["qgz", "qgs"])
def test_layouts_with_locked_layers_are_saved_plain(
    context: Any, hooks: ProjectHooks, service: StorageService, wait_until: Callable[..., None],
    tmp_path: Path, ending: str,
) -> None:  # fmt: skip
    layer = added(
        context, wait_until, lambda **how: add_product(context, product_of(service), **how)
    )
    project, layout = QgsProject.instance(), QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    layout.setName("Planche")
    item = QgsLayoutItemMap(layout)
    layout.addLayoutItem(item)
    item.setLayers([layer])
    item.setKeepLayerSet(True)
    item.storeCurrentLayerStyles()
    item.setKeepLayerStyles(True)
    project.layoutManager().addLayout(layout)
    port = urlsplit(gateways(context).current().root).port
    file = tmp_path / f"p.{ending}"
    assert project.write(str(file)) and project.write(str(file))
    date = file.stat().st_mtime_ns
    wait_until(lambda: f":{port}/" not in texts_of(file))
    assert file.stat().st_mtime_ns == date
    text = texts_of(file)
    assert "Planche" in text
    assert text.count(f'source="/vsicurl/{service.href(XS)}"') >= 2, "in Layer and LayerStyle"
    assert [f.name for f in tmp_path.iterdir() if f.suffix == ".part"] == []
    project.clear()
    assert project.read(str(file))
    settle(hooks, wait_until)
    (again,) = project.mapLayers().values()
    (map_again,) = [
        each
        for each in project.layoutManager().layoutByName("Planche").items()
        if isinstance(each, QgsLayoutItemMap)
    ]
    assert map_again.layers() == [again] and is_drawn(again)


MARKS = ["&", "'", ";", "<>", '"', "|", "?", "#", "%", " ", "é", "+=,", "{}[]", "\\^`", "&amp;%26"]


@pytest.mark.parametrize("mark", [*MARKS, "".join(sorted(set(string.punctuation) - set("/")))])
def test_names_with_any_character_are_shown_saved_and_come_back(
    context: Any, hooks: ProjectHooks, service: StorageService, image: bytes, mark: str,
    wait_until: Callable[..., None], tmp_path: Path,
) -> None:  # fmt: skip
    paths = [f"/bucket/{name}{quote(mark, safe='')}x.tif" for name in ("xs", "pan", "other")]
    paths = [urlsplit(parse_address(service.root + path).text).path for path in paths]
    for path in paths:
        service.objects[path], service.etags[path] = image, '"one"'
    hrefs = [service.href(path) for path in paths]
    first, second = (
        product_of(
            service,
            assets=(
                Asset(
                    "src_xs", href, "image/tiff", ("data",), bands=("red", "green", "blue", "nir")
                ),
                Asset("src_pan", hrefs[1], "image/tiff", ("data",), bands=("pan",)),
            ),
        )
        for href in (hrefs[0], hrefs[2])
    )
    ways = [
        lambda **how: add_product(context, first, **how),
        lambda **how: add_product(context, first, preset=Preset.VEGETATION, **how),
        lambda **how: add_product(context, first, preset=Preset.PANSHARPENED, **how),
        lambda **how: add_mosaic(context, [first, replace(second, id="other")], **how),
    ]
    for add in ways:
        assert is_drawn(added(context, wait_until, add))
    file = tmp_path / "p.qgs"
    assert QgsProject.instance().write(str(file))
    port = urlsplit(gateways(context).current().root).port
    assert f":{port}/" not in file.read_text("utf-8")
    QgsProject.instance().clear()
    assert QgsProject.instance().read(str(file))
    settle(hooks, wait_until)
    layers = list(QgsProject.instance().mapLayers().values())
    assert len(layers) == len(ways) and all(is_drawn(layer) for layer in layers)
    before = file.read_text("utf-8").count("/vsicurl/")
    assert QgsProject.instance().write(str(file))
    assert file.read_text("utf-8").count("/vsicurl/") == before


def test_a_profile_opened_by_path_is_known_before_it_is_open(
    iface: Any, service: StorageService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its imagery is not asked for on the GUI thread, unsigned, of a storage that says nothing."""
    file = tmp_path / "relais.json"
    built_in = json.loads((profiles.schema_path().parent / "dinamis.json").read_text("utf-8"))
    built_in.update(id="relais", storage={"hosts": ["silent.example.org"]})
    file.write_text(json.dumps(built_in), "utf-8")
    monkeypatch.setenv("DINAMIS_PROFILE", str(file))
    context = Context(iface)
    context.paths = Paths(tmp_path / "home")
    monkeypatch.setattr(context, "open", lambda name="": None)
    made = ProjectHooks(context)
    try:
        assert context.profile is None
        source = "/vsicurl/https://silent.example.org/b/x.tif"
        began = time.monotonic()
        shown = made.opened(source)
        assert time.monotonic() - began < 5
        assert shown.endswith(".vrt") and Path(shown).is_file()
        assert made.saved(shown) == source
    finally:
        made.remove()
        context.close()
