"""My area in the download dialog: the searched polygon, a layer's features, a drawn one; each with
its size before, one file a feature; the sharpest colours as one file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox
from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.imagery.sharp import SHARP
from tests.gui.test_downloads import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    context,
    dialog_of,
    image,
    panel_of,
    scene,
    storage,
)

__all__ = ["context", "image", "storage"]
SHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture
def bundle(storage: Any, image: bytes, context: Any) -> Product:
    made = scene(storage, "A", image)
    pan = Asset(
        "src_pan", storage.put("p.tif", image), "image/tiff", ("data",), "Pan", 1.5, 900_000
    )
    (catalogue,) = context.profile.catalogues
    (collection,) = catalogue.collections
    collection = replace(collection, pan_asset="src_pan")
    context.profile = replace(
        context.profile, catalogues=(replace(catalogue, collections=(collection,)),)
    )
    return replace(made, mode="PMS", gsd=1.5, assets=(*made.assets, pan))


@pytest.fixture
def communes(project: Any) -> Iterator[QgsVectorLayer]:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=nom:string", "communes", "memory")
    for number, name in enumerate(("Lescar", "Billère", "Loin d’ici")):
        west = WEST + 0.004 + 0.012 * number + (2 if number == 2 else 0)
        feature = QgsFeature(layer.fields())
        feature.setAttribute("nom", name)
        wkt = box(west, SOUTH + 0.01, west + 0.008, SOUTH + 0.02).wkt
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeatures([feature])
    layer.setDisplayExpression('"nom"')
    QgsProject.instance().addMapLayer(layer)
    yield layer


def choose(dialog: Any, text: str) -> None:
    source = dialog.findChild(QComboBox, "areaSource")
    row = next(i for i in range(source.count()) if text in source.itemText(i))
    source.setCurrentIndex(row)
    source.activated.emit(row)


def shoot(dialog: Any, name: str) -> None:
    if SHOTS:
        for width in (340, 520):
            dialog.resize(width, dialog.height())
            dialog.grab().save(f"{SHOTS}/{name}-{width}.png")


def test_each_feature_of_a_layer_becomes_a_file_with_its_name(
    context: Any, bundle: Product, communes: Any, wait_until: Callable[..., None], french: None
) -> None:
    dialog = dialog_of(context, [bundle], None)
    wait_until(lambda: dialog.go.isEnabled(), what="folder examined")
    assert dialog.whole_choice.isChecked() and not dialog.area_choice.isEnabled()
    assert dialog.files.keys() == ["src_xs", "src_pan"]
    choose(dialog, "communes")
    wait_until(lambda: dialog.places.place() is not None, what="the layer read")
    assert dialog.area_choice.isChecked() and "(" in dialog.go.text()
    assert dialog.files.keys() == [SHARP], "of an area, the sharpest colours"
    each = dialog.findChild(QCheckBox, "filePerFeature")
    assert each.isVisible()
    whole = dialog._asks(True)
    assert len(whole) == 1 and whole[0].place == "communes"
    each.setChecked(True)
    asks = dialog._asks(True)
    assert [ask.place for ask in asks] == ["Lescar", "Billère"], "not what lies elsewhere"
    assert all(ask.estimate for ask in asks)
    shoot(dialog, "dialog-features")
    communes.selectByIds([1])
    dialog.close()
    again = dialog_of(context, [bundle], None)
    choose(again, "communes")
    wait_until(lambda: again.places.place() is not None, what="the selection read")
    assert len(again.places.place().parts) == 1 and not again.places.each.isVisible()
    assert again._asks(True)[0].place == "Lescar"


def test_the_searched_area_is_offered_first_and_a_person_s_ticks_stay(
    context: Any, bundle: Product, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.gui.downloads.dialog import DownloadDialog, ask_download
    from dinamis_qgis.gui.downloads.places import place_of

    searched = place_of("The searched area: Lescar", box(WEST, SOUTH, WEST + 0.01, NORTH), "Lescar")
    ask_download(context, [bundle], box(WEST, SOUTH, EAST, NORTH), [searched])
    dialog = context.iface.mainWindow().findChildren(DownloadDialog)[-1]
    source = dialog.findChild(QComboBox, "areaSource")
    assert source.itemText(0).startswith("The searched area: Lescar (")
    assert source.itemText(1).startswith("What the map shows (")
    assert dialog.area_choice.isChecked() and dialog.files.keys() == [SHARP]
    row = next(
        i for i in range(dialog.files.count()) if dialog.files.item(i).text().startswith("Multi")
    )
    dialog.files.item(row).setCheckState(Qt.CheckState.Checked)
    dialog.whole_choice.setChecked(True)
    assert dialog.files.keys() == [SHARP, "src_xs"]
    sharp = dialog.files.item(0).text()
    assert "1.5" in sharp and "on the disk" in sharp
    shoot(dialog, "dialog-searched")


def test_an_area_is_drawn_on_the_map(
    context: Any, bundle: Product, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.gui.area.draw_tool import DrawTool

    dialog = dialog_of(context, [bundle], None)
    choose(dialog, "Draw")
    canvas = context.iface.mapCanvas()
    assert isinstance(canvas.mapTool(), DrawTool) and not dialog.isVisible()
    tool = canvas.mapTool()
    tool._done = True
    tool.drawn.emit(box(WEST + 0.01, SOUTH + 0.01, WEST + 0.02, SOUTH + 0.02))
    assert dialog.isVisible() and dialog.area_choice.isChecked()
    assert dialog.places.place().name == "The area drawn"
    choose(dialog, "Draw")
    canvas.unsetMapTool(canvas.mapTool())
    assert dialog.isVisible(), "given up: the dialog is back"


def test_what_is_at_home_is_handed_over_and_deleted(
    context: Any,
    storage: Any,
    image: bytes,
    wait_until: Callable[..., None],
    project: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dinamis_qgis.gui.downloads import panel as panels
    from dinamis_qgis.gui.downloads.dialog import DownloadDialog, ask_download
    from dinamis_qgis.gui.downloads.places import place_of

    panel = panel_of(context)
    area = place_of("Lescar", box(WEST + 0.01, SOUTH + 0.01, WEST + 0.02, SOUTH + 0.02), "Lescar")
    ask_download(context, [scene(storage, "A", image)], None, [area])
    dialog = context.iface.mainWindow().findChildren(DownloadDialog)[-1]
    wait_until(lambda: dialog.go.isEnabled(), what="folder examined")
    dialog.go.click()
    wait_until(lambda: [r.view for r in panel.model.rows] == [None], what="at home")
    row = panel.model.rows[0]
    assert "Lescar" in row.subtitle and "_Lescar_" in row.product.assets[0].href
    panel.view.setCurrentIndex(panel.model.index(0))
    monkeypatch.setattr(
        panels.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "remise")
    )
    panel.pass_on.trigger()
    wait_until(lambda: list(tmp_path.glob("remise/*/projet.qgz")), what="the folder")
    (folder,) = (tmp_path / "remise").iterdir()
    said = (folder / "LISEZ-MOI.txt").read_text("utf-8")
    assert "© Airbus DS 2018" in said and "SPOT" in said
    handed = QgsProject()
    assert handed.read(str(folder / "projet.qgz"))
    (layer,) = handed.mapLayers().values()
    assert layer.isValid() and folder.as_posix() in layer.source()
    handed.clear()
    freed: list[int] = []
    monkeypatch.setattr(
        panels, "confirm_removal", lambda parent, products, size: freed.append(size) or True
    )
    size = Path(row.product.assets[0].href).stat().st_size
    panel.delete.trigger()
    wait_until(lambda: not panel.model.rows, what="off the list")
    assert freed == [size] and not Path(row.product.assets[0].href).exists()
