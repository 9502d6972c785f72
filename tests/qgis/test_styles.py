"""What styles do not touch: a pasted style, a style file or a map theme never makes an image say
that it is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layers.add import add_product
from dinamis_qgis.bridge.layers.origin import is_local, origin_of
from dinamis_qgis.bridge.layers.style import Preset
from dinamis_qgis.bridge.project.hooks import ProjectHooks
from dinamis_qgis.gui.layers.menu import LayerMenu
from tests.qgis.test_presets import EAST, raster
from tests.qgis.test_project import Session
from tests.qgis.test_switch import bring_home, with_catalogue
from tests.support.imagery import XS, product_of
from tests.support.storage import StorageService, storage


@pytest.fixture
def service(tmp_path: Path) -> Iterator[StorageService]:
    east = raster(tmp_path / "east.tif", 512, 2, 4, 5, west=420000 + 768)
    with storage({XS: raster(tmp_path / "xs.tif", 512, 2, 4, 1), EAST: east}) as running:
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


def style_of(layer: QgsRasterLayer) -> QDomDocument:
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext())
    return document


def added_east(run: Session, service: StorageService) -> QgsRasterLayer:
    product = product_of(service)
    product = replace(
        product, id="EST", assets=(replace(product.assets[0], href=service.href(EAST)),)
    )
    outcome: list[Any] = []
    add_product(run.context, product, done=outcome.append, failed=outcome.append)
    run.wait(lambda: outcome)
    assert isinstance(outcome[0], QgsRasterLayer), outcome[0]
    return outcome[0]


def test_a_pasted_style_brings_the_look_and_not_the_origin(
    run: Session, service: StorageService, tmp_path: Path
) -> None:
    west, east = run.add(), added_east(run, service)
    origin, credit = origin_of(east), east.customProperty("dinamis/credit")
    west.renderer().redContrastEnhancement().setMaximumValue(777)
    west.setCustomProperty("dinamis/credit", "© another")
    assert east.importNamedStyle(style_of(west))[0]
    assert east.renderer().redContrastEnhancement().maximumValue() == 777
    assert origin_of(east) == origin
    assert east.customProperty("dinamis/credit") == credit
    west.saveNamedStyle(str(tmp_path / "west.qml"))
    east.loadNamedStyle(str(tmp_path / "west.qml"))
    assert origin_of(east) == origin


def test_a_foreign_style_takes_nothing_away_and_a_foreign_layer_becomes_none_of_ours(
    run: Session, service: StorageService, tmp_path: Path
) -> None:
    ours = run.add()
    (tmp_path / "plan.tif").write_bytes(service.objects[EAST])
    foreign = QgsRasterLayer(str(tmp_path / "plan.tif"), "plan")
    foreign.setCustomProperty("somebody/else", "1")
    QgsProject.instance().addMapLayer(foreign)
    origin, theirs = origin_of(ours), style_of(foreign)
    foreign.importNamedStyle(style_of(ours))
    assert origin_of(foreign) is None
    ours.importNamedStyle(theirs)
    assert origin_of(ours) == origin
    assert ours.customProperty("somebody/else") == "1", (
        "what is not of ours is the person's business"
    )


def test_another_style_of_a_layer_forgets_nothing_done_meanwhile(
    run: Session, service: StorageService, tmp_path: Path
) -> None:
    """As a map theme does."""
    layer, product = run.add(), product_of(service)
    layer.styleManager().addStyleFromLayer("before")
    with_catalogue(run, service, product)
    menu = LayerMenu(run.context)
    try:
        menu.switch.show_as(layer, Preset.INFRARED)
        run.wait(lambda: layer.customProperty("dinamis/preset") == Preset.INFRARED.value)
        bring_home(service, product, "src_xs", tmp_path / "home")
        menu.switch.to_local(layer)
        run.wait(lambda: is_local(layer))
    finally:
        menu.stop()
    layer.styleManager().setCurrentStyle("before")
    assert is_local(layer), "or it could never be streamed again"
    assert layer.customProperty("dinamis/preset") == Preset.INFRARED.value
    layer.styleManager().setCurrentStyle("default")
    assert is_local(layer)


def test_unloaded_nothing_is_held(run: Session) -> None:
    layer = run.add()
    run.hooks.remove()
    try:
        assert layer.dynamicPropertyNames() == []
        layer.setCustomProperty("dinamis/item", "X")
        layer.emitStyleChanged()
        assert layer.customProperty("dinamis/item") == "X"
    finally:
        run.hooks = ProjectHooks(run.context)
