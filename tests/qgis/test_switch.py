"""The same layer from elsewhere or otherwise: local copy, streaming again, presets; the layer
tree's menu; the first layer and the view.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsProjectBadLayerHandler,
    QgsRasterLayer,
    QgsRectangle,
    QgsRelation,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QItemSelectionModel
from shapely.geometry import box, mapping

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers.add import add_mosaic, add_product
from dinamis_qgis.bridge.layers.gateway import gateways, prepare_soon
from dinamis_qgis.bridge.layers.local_file import add_file
from dinamis_qgis.bridge.layers.origin import STREAMED, is_local
from dinamis_qgis.bridge.layers.presets import default_asset
from dinamis_qgis.bridge.layers.style import Preset, same_stretch
from dinamis_qgis.bridge.transfer.downloads import downloads_of
from dinamis_qgis.core.local_catalogue.naming import target_path
from dinamis_qgis.core.local_catalogue.record import products_at_home, write_record
from dinamis_qgis.gui.layers.menu import LayerMenu
from dinamis_qgis.gui.layers.presets import PresetMenu
from tests.qgis.test_presets import EAST, bundle, got, pair, raster
from tests.qgis.test_project import Session, is_drawn, reopen, saved, style_of, styled
from tests.support.imagery import PAN, XS, product_of
from tests.support.scripted import Answer, Seen, as_json
from tests.support.storage import StorageService, storage


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("switch")
    return {
        XS: raster(folder / "xs.tif", 512, 2, 4, 1),
        PAN: raster(folder / "pan.tif", 2048, 0.5, 1, 2),
        EAST: raster(folder / "east.tif", 512, 2, 4, 5, west=420000 + 768),
    }


@pytest.fixture
def service(images: dict[str, bytes]) -> Iterator[StorageService]:
    with storage(images) as running:
        yield running


@pytest.fixture
def run(
    iface: Any, service: StorageService, tmp_path: Path, wait_until: Callable[..., None]
) -> Iterator[Session]:
    messages.install_messages(iface)
    started = Session(iface, service, tmp_path / "machine", wait_until)
    started.context.settings.download_folder = str(tmp_path / "home")
    yield started
    started.close()
    messages.install_messages(None)


@pytest.fixture
def menu(run: Session) -> Iterator[LayerMenu]:
    made = LayerMenu(run.context)
    yield made
    made.stop()


def bring_home(service: StorageService, product: Any, key: str, root: Path) -> Path:
    """As a download does: the file and its record."""
    asset = product.asset(key)
    file = target_path(root, product, asset)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(service.objects["/bucket/" + asset.href.rpartition("/")[2]])
    write_record(root, product, {key: (file, {})})
    return file


def with_catalogue(run: Session, service: StorageService, product: Any) -> None:
    """The catalogue answers with ``product``."""
    item = {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": product.id,
        "collection": product.collection,
        "geometry": None,
        "properties": {"datetime": "2023-08-12T11:04:07Z", "license": "pleiades"},
        "links": [],
        "assets": {
            a.key: {"href": a.href, "type": a.media_type, "roles": list(a.roles)}
            for a in product.assets
        },
    }

    def fault(seen: Seen, answer: Answer) -> Any:
        return as_json(item) if seen.path.startswith("/stac/") else None

    service.fault = fault
    catalogue = replace(run.context.profile.catalogues[0], url=f"{service.root}/stac")
    run.context.profile = replace(run.context.profile, catalogues=(catalogue,))


def test_a_local_copy_takes_the_place_of_the_stream_and_back(
    run: Session, menu: LayerMenu, service: StorageService, tmp_path: Path
) -> None:
    layer = run.add()
    styled(layer)
    root = QgsProject.instance().layerTreeRoot()
    group = root.addGroup("Fonds")
    node = root.findLayer(layer)
    group.addChildNode(node.clone())
    root.removeChildNode(node)
    parcels = QgsVectorLayer("Polygon?field=id:int", "p", "memory")
    QgsProject.instance().addMapLayer(parcels)
    relation = QgsRelation()
    relation.setId("r")
    relation.setReferencedLayer(layer.id())
    layer.setCustomProperty("mine", "kept")
    before, identity, live = style_of(layer), layer.id(), layer.source()
    file = bring_home(service, product_of(service), "src_xs", tmp_path / "home")
    run.iface.layerTreeView().setCurrentLayer(layer)
    menu.refresh()
    assert menu.to_local.isVisible() and not menu.to_stream.isVisible()
    menu.to_local.trigger()
    run.wait(lambda: is_local(layer), what="local copy", seconds=30)
    assert Path(layer.source()) == file
    assert style_of(layer) == before and layer.id() == identity
    assert layer.customProperty("mine") == "kept"
    assert (
        relation.referencedLayerId() == identity
        and QgsProject.instance().mapLayer(identity) is layer
    )
    assert [each.name() for each in group.children()] == [layer.name()]
    assert is_drawn(layer) and QgsProject.instance().isDirty()
    menu.switch.to_stream(layer)
    run.wait(lambda: not is_local(layer), what="stream", seconds=30)
    assert layer.source() == live and style_of(layer) == before and is_drawn(layer)


def test_without_a_copy_the_download_is_offered_and_used_when_it_has_come(
    run: Session, service: StorageService, tmp_path: Path
) -> None:
    layer, product, asked = run.add(), product_of(service), []
    with_catalogue(run, service, product)
    menu = LayerMenu(run.context)
    menu.switch._ask = asked.extend
    menu.switch.to_local(layer)
    run.wait(lambda: asked, what="offer", seconds=30)
    assert asked[0].id == product.id and not is_local(layer)
    bring_home(service, product, "src_xs", tmp_path / "home")
    downloads_of(run.context).home_changed.emit()
    run.wait(lambda: is_local(layer), what="local copy", seconds=30)
    assert is_drawn(layer)
    menu.stop()


def test_a_mosaic_of_local_copies(
    run: Session, menu: LayerMenu, service: StorageService, tmp_path: Path
) -> None:
    layer = got(run, lambda **to: add_mosaic(run.context, pair(service), **to))
    for product in pair(service):
        bring_home(service, product, "src_xs", tmp_path / "home")
    menu.switch.to_local(layer)
    run.wait(lambda: is_local(layer), what="local copies", seconds=30)
    assert "/vsicurl" not in layer.source() and is_drawn(layer)
    menu.switch.to_stream(layer)
    run.wait(lambda: not is_local(layer), what="stream", seconds=30)
    assert layer.source().count("/vsicurl") == 8 and is_drawn(layer)


@pytest.mark.parametrize("preset", list(Preset))
def test_every_preset_from_the_menu(
    run: Session, menu: LayerMenu, service: StorageService, preset: Preset
) -> None:
    product = bundle(service)
    layer = got(run, lambda **to: add_product(run.context, product, preset=Preset.NATURAL, **to))
    with_catalogue(run, service, product)
    run.iface.layerTreeView().setCurrentLayer(layer)
    menu.refresh()
    action = menu.presets[preset]
    other = Preset.INFRARED if preset is Preset.NATURAL else preset
    if preset is Preset.NATURAL:
        menu.switch.show_as(layer, other)
        run.wait(
            lambda: layer.customProperty("dinamis/preset") == other.value, what="preset", seconds=30
        )
    assert action.isEnabled()
    action.trigger()
    run.wait(
        lambda: layer.customProperty("dinamis/preset") == preset.value, what="preset", seconds=30
    )
    expected = {Preset.GRAY: "singlebandgray", Preset.VEGETATION: "singlebandpseudocolor"}.get(
        preset, "multibandcolor"
    )
    assert layer.renderer().type() == expected
    assert layer.bandCount() == {Preset.GRAY: 1, Preset.VEGETATION: 1}.get(preset, 4)
    assert is_drawn(layer)
    assert layer.name().endswith(
        {Preset.GRAY: "PAN", Preset.VEGETATION: "NDVI", Preset.PANSHARPENED: "PMS"}.get(
            preset, "MS"
        )
    )


def show_as(run: Session, menu: LayerMenu, layer: QgsRasterLayer, preset: Preset) -> None:
    menu.switch.show_as(layer, preset)
    run.wait(
        lambda: layer.customProperty("dinamis/preset") == preset.value,
        what=preset.value,
        seconds=30,
    )


def test_of_two_wishes_the_latest_counts(
    run: Session, menu: LayerMenu, service: StorageService
) -> None:
    """However long the earlier one takes."""
    product = bundle(service)
    layer = got(run, lambda **to: add_product(run.context, product, preset=Preset.NATURAL, **to))
    with_catalogue(run, service, product)
    catalogue, gate, through = service.fault, threading.Event(), threading.Event()

    def slow(seen: Seen, answer: Answer) -> Any:
        if seen.path.startswith(PAN):
            gate.wait(30)
            through.set()
        return catalogue(seen, answer)

    service.fault = slow
    menu.switch.show_as(layer, Preset.GRAY)
    show_as(run, menu, layer, Preset.INFRARED)
    gate.set()
    run.wait(through.is_set)
    run.wait(lambda: not any(job.title == "preset" for job, _ in tasks._running.values()))
    assert (
        layer.customProperty("dinamis/preset") == Preset.INFRARED.value and layer.bandCount() == 4
    )


def test_a_smaller_cache_holds_at_once(run: Session) -> None:
    run.add()
    gateway = gateways(run.context).current()
    assert gateway.cache.size() > 0
    run.context.settings.cache_mb = 0
    gateways(run.context).resize()
    run.wait(lambda: gateway.cache.size() == 0)


@pytest.mark.parametrize(
    "preset", [Preset.INFRARED, Preset.VEGETATION, Preset.PANSHARPENED, Preset.GRAY]
)
def test_a_preset_of_a_local_copy_is_local_without_the_service(
    run: Session, menu: LayerMenu, service: StorageService, tmp_path: Path, preset: Preset
) -> None:
    product = bundle(service)
    layer = got(run, lambda **to: add_product(run.context, product, **to))
    for key in ("src_xs", "src_pan"):
        bring_home(service, product, key, tmp_path / "home")
    menu.switch.to_local(layer)
    run.wait(lambda: is_local(layer), what="local copy", seconds=30)
    run.settle()
    asked = len(service.server.seen)
    for chosen in (preset, Preset.NATURAL, preset):
        show_as(run, menu, layer, chosen)
        assert is_local(layer) and "/vsicurl" not in layer.source() and is_drawn(layer)
    assert len(service.server.seen) == asked, "the files are at home: nobody is asked"
    before, name = layer.renderer().type(), layer.name()
    files = [service.href(file) in layer.customProperty(STREAMED) for file in (XS, PAN)]
    assert files == [preset is not Preset.GRAY, preset in (Preset.PANSHARPENED, Preset.GRAY)]
    menu.switch.to_stream(layer)
    run.wait(lambda: not is_local(layer), what="stream", seconds=30)
    assert "/vsicurl" in layer.source() and is_drawn(layer)
    assert (layer.renderer().type(), layer.name()) == (before, name)


def test_a_preset_whose_files_are_not_all_at_home_is_streamed(
    run: Session, menu: LayerMenu, service: StorageService, tmp_path: Path
) -> None:
    product = bundle(service)
    layer = got(run, lambda **to: add_product(run.context, product, preset=Preset.NATURAL, **to))
    with_catalogue(run, service, product)
    bring_home(service, product, "src_xs", tmp_path / "home")
    menu.switch.to_local(layer)
    run.wait(lambda: is_local(layer), what="local copy", seconds=30)
    show_as(run, menu, layer, Preset.VEGETATION)
    show_as(run, menu, layer, Preset.NATURAL)
    assert is_local(layer) and layer.name().endswith("MS")
    show_as(run, menu, layer, Preset.PANSHARPENED)
    assert not is_local(layer) and layer.source().count("/vsicurl") > 1 and is_drawn(layer)


def test_a_name_a_person_gave_stays(run: Session, menu: LayerMenu, service: StorageService) -> None:
    layer = run.add()
    layer.setName("Mon fond")
    with_catalogue(run, service, bundle(service))
    menu.switch.show_as(layer, Preset.VEGETATION)
    run.wait(
        lambda: layer.customProperty("dinamis/preset") == "vegetation", what="preset", seconds=30
    )
    assert layer.name() == "Mon fond"


def test_layers_of_others_have_no_entry(run: Session, menu: LayerMenu) -> None:
    layer = QgsVectorLayer("Polygon", "p", "memory")
    QgsProject.instance().addMapLayer(layer)
    run.iface.layerTreeView().setCurrentLayer(layer)
    menu.refresh()
    assert not any(action.isVisible() for action in menu.actions)


def test_one_stretch_for_several_images(run: Session, service: StorageService) -> None:
    first = run.add()
    second = got(run, lambda **to: add_product(run.context, pair(service)[1], **to))
    first.renderer().redContrastEnhancement().setMaximumValue(5000)
    same_stretch([first, second])
    ends = [
        (e.minimumValue(), e.maximumValue())
        for e in (x.renderer().redContrastEnhancement() for x in (first, second))
    ]
    assert ends[0] == ends[1] and 2500 < ends[0][1] < 5000


def test_one_stretch_is_for_images_of_one_kind(
    run: Session, menu: LayerMenu, service: StorageService
) -> None:
    """Grey has no red to share: colours keep their balance, and two images of different kinds are
    offered nothing.
    """
    gray = got(
        run, lambda **to: add_product(run.context, bundle(service), preset=Preset.GRAY, **to)
    )
    first, second = (
        run.add(),
        got(run, lambda **to: add_product(run.context, pair(service)[1], **to)),
    )
    gray.renderer().contrastEnhancement().setMaximumValue(9000)
    first.renderer().redContrastEnhancement().setMaximumValue(5000)
    same_stretch([gray, first, second])
    reds = [x.renderer().redContrastEnhancement().maximumValue() for x in (first, second)]
    greens = [x.renderer().greenContrastEnhancement().maximumValue() for x in (first, second)]
    assert gray.renderer().contrastEnhancement().maximumValue() == 9000
    assert reds[0] == reds[1] and 2500 < reds[0] < 5000
    assert greens[0] == greens[1] < 2500
    tree = run.iface.layerTreeView()
    for chosen, offered in (([gray, first], False), ([gray, first, second], True)):
        tree.clearSelection()
        for layer in chosen:
            index = tree.node2index(QgsProject.instance().layerTreeRoot().findLayer(layer))
            tree.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        assert set(tree.selectedLayers()) == set(chosen)
        assert menu.same.isVisible() is offered


def test_the_first_layer_does_not_move_the_map(run: Session, service: StorageService) -> None:
    canvas, project = run.iface.mapCanvas(), QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas.setDestinationCrs(project.crs())
    wanted = QgsRectangle(420200, 6249300, 420500, 6249533)
    canvas.setExtent(wanted)
    before = canvas.extent()
    run.add()
    run.wait(lambda: canvas.layers(), what="layer on the canvas")
    assert canvas.extent().toString(1) == before.toString(1)
    assert run.iface.layerTreeCanvasBridge().autoSetupOnFirstLayer()


def test_a_view_nobody_chose_is_left_to_qgis(run: Session, service: StorageService) -> None:
    canvas, project = run.iface.mapCanvas(), QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setDestinationCrs(project.crs())
    canvas.setExtent(QgsRectangle(-180, -90, 180, 90))
    layer = run.add()
    run.wait(lambda: canvas.extent().width() < 100, what="QGIS's own zoom")
    assert isinstance(layer, QgsRasterLayer)


def test_a_project_saved_after_the_plugin_was_unloaded_comes_back(
    run: Session, service: StorageService, tmp_path: Path
) -> None:
    """The dead gateway's address still holds the href."""
    layer = run.add()
    styled(layer)
    before = style_of(layer)
    live = layer.source()
    run.hooks.remove()
    run._manager.__exit__(None, None, None)
    text = saved(tmp_path / "dead.qgz")
    assert (
        live.partition("url=")[2].partition("/storage")[0] in text.replace("%3A", ":")
        or "127.0.0.1" in text
    )
    run.closed = True
    QgsProject.instance().clear()
    again = Session(run.iface, service, tmp_path / "colleague", run.wait)
    try:
        assert QgsProject.instance().read(str(tmp_path / "dead.qgz"))
        (layer,) = QgsProject.instance().mapLayers().values()
        again.settle()
        assert is_drawn(layer) and layer.source() != live
        assert style_of(layer)[:9] == before[:9]
        assert f"<datasource>/vsicurl/{service.href(XS)}</datasource>" in saved(
            tmp_path / "healed.qgz"
        )
    finally:
        again.close()


class Listed(QgsProjectBadLayerHandler):
    """Counts what QGIS would show in its dialog of unavailable layers."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handleBadLayers(self, layers: list[Any]) -> None:  # noqa: N802
        self.names += [layer.firstChildElement("layername").text() for layer in layers]


@pytest.fixture
def unavailable() -> Iterator[list[str]]:
    handler = Listed()
    QgsProject.instance().setBadLayerHandler(handler)
    yield handler.names
    QgsProject.instance().setBadLayerHandler(QgsProjectBadLayerHandler())


COPIED: dict[str, Callable[[Session, StorageService], QgsRasterLayer]] = {
    "file": lambda run, service: run.add(),
    "mosaic": lambda run, service: got(
        run, lambda **to: add_mosaic(run.context, pair(service), **to)
    ),
    "vegetation": lambda run, service: got(
        run,
        lambda **to: add_product(run.context, product_of(service), preset=Preset.VEGETATION, **to),
    ),
}


def copied(
    run: Session, menu: LayerMenu, service: StorageService, kind: str, project: Path
) -> QgsRasterLayer:
    """A layer of local copies in a project file; both in the same folder."""
    layer = COPIED[kind](run, service)
    for product in pair(service):
        bring_home(service, product, "src_xs", project.parent / "home")
    menu.switch.to_local(layer)
    run.wait(lambda: is_local(layer), what="local copy", seconds=30)
    saved(project)
    return layer


@pytest.mark.parametrize("machine", ["the same", "another"])
@pytest.mark.parametrize("kind", list(COPIED))
def test_a_local_copy_that_is_gone_is_streamed_again(
    run: Session,
    menu: LayerMenu,
    service: StorageService,
    tmp_path: Path,
    unavailable: list[str],
    kind: str,
    machine: str,
) -> None:
    layer = copied(run, menu, service, kind, tmp_path / "p.qgz")
    if kind == "file":
        styled(layer)
        saved(tmp_path / "p.qgz")
    name, renderer, crs = layer.name(), layer.renderer().type(), layer.crs().authid()
    look = style_of(layer) if kind == "file" else ()
    shutil.rmtree(tmp_path / "home")
    run.close()
    run.iface.messageBar().clearWidgets()
    again = Session(
        run.iface,
        service,
        tmp_path / ("machine" if machine == "the same" else "colleague"),
        run.wait,
    )
    try:
        asked = len(service.server.seen)
        layer, _ = reopen(tmp_path / "p.qgz")
        assert layer.isValid() and not unavailable
        assert len(service.server.seen) == asked, "opening waits for nobody"
        again.settle()
        (item,) = again.iface.messageBar().items()
        assert "1" in item.text() and "copy" in item.text()
        assert not is_local(layer) and "/vsicurl" in layer.source() and is_drawn(layer)
        assert (layer.name(), layer.renderer().type(), layer.crs().authid()) == (
            name,
            renderer,
            crs,
        )
        assert kind != "file" or style_of(layer) == look
        assert not QgsProject.instance().isDirty()
        assert service.href(XS) in saved(tmp_path / "healed.qgz")
        assert STREAMED not in saved(tmp_path / "healed.qgz")
        again.iface.messageBar().clearWidgets()
        layer, _ = reopen(tmp_path / "healed.qgz")
        again.settle()
        assert not again.iface.messageBar().items()
    finally:
        again.close()


def at_home(run: Session, service: StorageService, home: Path, clipped: bool) -> QgsRasterLayer:
    """A layer added from the list of files at home: whole, or cut to an area."""
    product = product_of(service)
    file = bring_home(service, product, "src_xs", home)
    if clipped:
        area = mapping(box(0, 43, 0.1, 43.1))
        write_record(home, product, {"src_xs": (file, {"dinamis:area": area})})
    (kept,) = products_at_home(home)
    outcome: list[Any] = []
    add_file(run.context, file, kept, "src_xs", outcome.append, outcome.append)
    run.wait(lambda: outcome, what="the file's layer")
    assert isinstance(outcome[0], QgsRasterLayer), outcome[0]
    return outcome[0]


@pytest.mark.parametrize("clipped", [False, True])
def test_an_image_at_home_that_is_gone_is_streamed_or_said(
    run: Session, service: StorageService, tmp_path: Path, unavailable: list[str], clipped: bool
) -> None:
    layer = at_home(run, service, tmp_path / "home", clipped)
    name = layer.name()
    assert is_local(layer) is not clipped
    saved(tmp_path / "p.qgz")
    shutil.rmtree(tmp_path / "home")
    run.close()
    run.iface.messageBar().clearWidgets()
    again = Session(run.iface, service, tmp_path / "machine", run.wait)
    try:
        layer, _ = reopen(tmp_path / "p.qgz")
        again.settle()
        (item,) = again.iface.messageBar().items()
        if clipped:
            assert unavailable == [name] and name in item.text() and "disk" in item.text()
        else:
            assert not unavailable and "copy" in item.text()
            assert not is_local(layer) and is_drawn(layer)
    finally:
        again.close()


def test_a_local_copy_moved_with_its_project_stays_one(
    run: Session, menu: LayerMenu, service: StorageService, tmp_path: Path, unavailable: list[str]
) -> None:
    (tmp_path / "work").mkdir()
    run.context.settings.download_folder = str(tmp_path / "work" / "home")
    copied(run, menu, service, "file", tmp_path / "work" / "p.qgz")
    QgsProject.instance().clear()
    (tmp_path / "work").rename(tmp_path / "moved")
    layer, _ = reopen(tmp_path / "moved" / "p.qgz")
    run.settle()
    assert is_local(layer) and layer.isValid() and not unavailable
    assert (
        Path(layer.source()).is_relative_to(tmp_path / "moved")
        and not run.iface.messageBar().items()
    )


def test_a_missing_copy_is_looked_for_once(
    run: Session,
    menu: LayerMenu,
    service: StorageService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a network folder that is away each look takes its time."""
    copied(run, menu, service, "file", tmp_path / "p.qgz")
    QgsProject.instance().clear()
    shutil.rmtree(tmp_path / "home")
    looks: list[str] = []
    true = os.path.isfile
    monkeypatch.setattr(os.path, "isfile", lambda path: looks.append(str(path)) or true(path))
    reopen(tmp_path / "p.qgz")
    assert len([path for path in looks if path.endswith(".tif")]) == 1


@pytest.mark.parametrize("when", ["before the plugin", "without what the project says"])
def test_a_lost_copy_that_was_opened_as_such_is_streamed_again(
    run: Session,
    menu: LayerMenu,
    service: StorageService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    when: str,
) -> None:
    if when == "without what the project says":
        monkeypatch.setattr(
            QgsProject, "writeEntry", lambda *_: True
        )  # saved by an earlier version
    layer = copied(run, menu, service, "file", tmp_path / "p.qgz")
    styled(layer)
    saved(tmp_path / "p.qgz")
    look = style_of(layer)
    shutil.rmtree(tmp_path / "home")
    run.close()
    run.iface.messageBar().clearWidgets()
    if when == "before the plugin":
        QgsProject.instance().read(str(tmp_path / "p.qgz"))
    again = Session(run.iface, service, tmp_path / "colleague", run.wait)
    try:
        layer = (
            next(iter(QgsProject.instance().mapLayers().values()))
            if when == "before the plugin"
            else reopen(tmp_path / "p.qgz")[0]
        )
        assert not layer.isValid()
        again.settle()
        assert len(again.iface.messageBar().items()) == 1
        assert not is_local(layer) and is_drawn(layer) and style_of(layer) == look
    finally:
        again.close()


def test_default_asset_is_still_where_others_look(service: StorageService, run: Session) -> None:
    assert default_asset(run.context.profile, product_of(service)).key == "src_xs"


def test_a_product_chosen_for_a_moment_is_read_ahead(run: Session, service: StorageService) -> None:
    prepare_soon(run.context, [product_of(service)])
    href = service.href(XS)
    run.wait(
        lambda: gateways(run.context).known()
        and gateways(run.context).current().file(href).version,
        what="header",
        seconds=60,
    )
    file = gateways(run.context).current().file(href)
    run.wait(lambda: not file._coming, what="the blocks asked for with the header")
    requests = len(service.reads)
    file.head()
    assert len(service.reads) == requests
    assert "requests" in gateways(run.context).metrics()


def test_the_menu_beside_add_to_the_map(run: Session, service: StorageService) -> None:
    chosen, jobs = [bundle(service)], []
    menu = PresetMenu(run.context, lambda: chosen, jobs.extend)
    menu.aboutToShow.emit()
    usable = {
        action.objectName()
        for action in menu.actions()
        if action.isEnabled() and action.objectName()
    }
    assert usable == {f"dinamisAdd_{preset.value}" for preset in Preset}
    next(a for a in menu.actions() if a.objectName() == "dinamisAdd_pansharpened").trigger()
    run.wait(lambda: QgsProject.instance().mapLayers(), what="layer", seconds=30)
    assert len(jobs) == 1
    chosen[:] = pair(service)
    menu.aboutToShow.emit()
    QgsProject.instance().clear()
    next(a for a in menu.actions() if a.objectName() == "dinamisAdd_mosaic").trigger()
    run.wait(lambda: QgsProject.instance().mapLayers(), what="mosaic", seconds=30)
