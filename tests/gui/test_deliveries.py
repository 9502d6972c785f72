"""Opening deliveries from “My products”, searching what is at home, changing the order: in a real
QGIS.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.transfer.queue import FileState
from tests.gui.test_downloads import context, image, panel_of, scene, shoot, storage  # noqa: F401
from tests.support.dimap import Scene, bundle, tar, write_delivery, zipped
from tests.support.hostile import Storage, content


def messages_of(context: Any) -> list[str]:
    return [item.text() for item in context.iface.messageBar().items()]


def report_of(context: Any, panel: Any) -> Any:
    from dinamis_qgis.gui.downloads.delivery import DeliveryReport

    found = panel.window().findChildren(DeliveryReport)
    return found[-1] if found else None


@pytest.fixture
def archive(qgis_app: Any, tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tar(
        write_delivery(tmp_path / "raw", Scene(), name="SPOT6_2018_MS_82"),
        tmp_path / "in" / "SPOT6_2018_MS_82.tar.gz",
    )


def test_an_archive_becomes_a_layer(
    context: Any, archive: Path, wait_until: Callable[..., None], project: Any
) -> None:
    from qgis.core import QgsRasterLayer

    panel = panel_of(context)
    wait_until(lambda: panel.pages.currentWidget() is panel.empty, what="empty")
    shoot(panel, "delivery-empty")
    panel.desk.open([archive])
    assert panel.desk.isVisible() and panel.desk.busy
    shoot(panel, "delivery-progress")
    wait_until(lambda: project.mapLayers(), what="layer")
    layer = next(iter(project.mapLayers().values()))
    assert (
        isinstance(layer, QgsRasterLayer)
        and layer.isValid()
        and layer.crs().authid() == "EPSG:2154"
    )
    renderer = layer.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (1, 2, 3)
    assert [
        layer.dataProvider().generateBandName(n).split(": ")[-1].split(" ")[0] for n in (1, 4)
    ] == ["red", "nir"]
    assert layer.customProperty("dinamis/credit") == "© Airbus DS 2018"
    assert "SPOT 7" in layer.name() and layer.temporalProperties().isActive()
    wait_until(lambda: [row.view for row in panel.model.rows] == [None], what="at home")
    assert not panel.desk.isVisible() and context.settings.download_folder
    panel.view.setCurrentIndex(panel.model.index(0))
    assert panel.clouds.isVisible() and panel.clouds.isEnabled()
    panel.clouds.trigger()
    wait_until(lambda: len(project.mapLayers()) == 2, what="clouds")
    clouds = project.layerTreeRoot().findLayers()[0].layer()
    assert clouds.featureCount() == 1 and clouds.crs().authid() == "EPSG:2154"
    shoot(panel, "delivery-home")


def test_a_bundle_is_added_pansharpened_only(
    context: Any, tmp_path: Path, wait_until: Callable[..., None], project: Any
) -> None:
    panel = panel_of(context)
    panel.desk.open(
        [write_delivery(tmp_path / "raw", *bundle(Scene(columns=80, rows=60, tile=(80, 60))))]
    )
    wait_until(lambda: project.mapLayers() and not panel.desk.busy, what="layer")
    (layer,) = project.mapLayers().values()
    assert layer.width() == 320 and layer.bandCount() == 4 and "PMS" in layer.name()


def test_many_end_in_a_table(
    context: Any, tmp_path: Path, wait_until: Callable[..., None], project: Any
) -> None:
    folder = tmp_path / "livraisons"
    folder.mkdir()
    for year in range(2016, 2022):
        write_delivery(
            folder,
            Scene(stamp=f"{year}05051026429", level="PRJ" if year == 2017 else "ORT"),
            name=f"P{year}",
        )
    next((folder / "P2019").rglob("*R2C2.TIF")).unlink()
    (folder / "ORTHO-SAT_2022.7z.001").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    zipped(
        write_delivery(tmp_path / "raw", Scene(satellite="PHR1B"), name="PHR"), folder / "PHR1B.zip"
    )
    panel = panel_of(context)
    panel.desk.open([folder])
    wait_until(lambda: report_of(context, panel) is not None, what="table")
    report = report_of(context, panel)
    assert report.table.rowCount() == 8
    texts = ["|".join(report.table.item(row, c).text() for c in range(3)) for row in range(8)]
    assert (
        sum("R2C2" in text for text in texts) == 1 and sum("7-Zip" in text for text in texts) == 1
    )
    assert not project.mapLayers() and not report.add.isEnabled()
    report.table.selectRow(2)
    shoot_dialog(report, "delivery-table")
    assert len(report.chosen()) == 1
    report.add.click()
    wait_until(lambda: len(project.mapLayers()) == 1, what="chosen one on the map")
    wait_until(lambda: len(panel.model.rows) == 6, what="at home")


def shoot_dialog(dialog: Any, name: str) -> None:
    import os

    folder = os.environ.get("SCREENSHOTS", "")
    if folder:
        from qgis.PyQt.QtCore import QCoreApplication

        QCoreApplication.processEvents()
        dialog.grab().save(f"{folder}/{name}.png")


def test_one_that_cannot_be_read_is_one_message(
    context: Any, tmp_path: Path, wait_until: Callable[..., None], project: Any
) -> None:
    (tmp_path / "x.7z.001").write_bytes(b"7z\xbc\xaf\x27\x1c")
    panel = panel_of(context)
    panel.desk.open([tmp_path / "x.7z.001"])
    wait_until(lambda: messages_of(context), what="message")
    assert (
        "7-Zip" in messages_of(context)[0]
        and not panel.desk.isVisible()
        and report_of(context, panel) is None
    )


def test_stopping_leaves_nothing(
    context: Any, archive: Path, wait_until: Callable[..., None], project: Any
) -> None:
    panel = panel_of(context)
    panel.desk.open([archive])
    panel.desk.stop_button.click()
    wait_until(lambda: not panel.desk.busy, what="stopped")
    home = Path(context.settings.download_folder)
    assert not panel.desk.isVisible() and not project.mapLayers()
    assert not home.exists() or not list(home.rglob("*.part*"))


def test_an_archive_is_dropped(
    context: Any, archive: Path, wait_until: Callable[..., None], project: Any
) -> None:
    from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
    from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent

    panel = panel_of(context)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(archive))])
    buttons, keys, copy = (
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.DropAction.CopyAction,
    )
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, buttons, keys)
    enter.ignore()
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    panel.dropEvent(QDropEvent(QPointF(5, 5), copy, data, buttons, keys))
    wait_until(lambda: project.mapLayers(), what="layer")
    other = QMimeData()
    other.setUrls([QUrl.fromLocalFile(str(archive.parent / "letter.odt"))])
    refused = QDragEnterEvent(QPoint(5, 5), copy, other, buttons, keys)
    refused.ignore()
    panel.dragEnterEvent(refused)
    assert not refused.isAccepted()


def test_what_is_at_home_is_searched_offline(
    context: Any, tmp_path: Path, wait_until: Callable[..., None], project: Any
) -> None:
    from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

    folder = tmp_path / "in"
    for satellite, year in (("SPOT6", 2017), ("SPOT7", 2018), ("PHR1A", 2020)):
        write_delivery(
            folder,
            Scene(satellite=satellite, stamp=f"{year}05051026429"),
            name=f"{satellite}{year}",
        )
    panel = panel_of(context)
    panel.desk.open([folder])
    wait_until(lambda: len(panel.model.rows) == 3, what="three at home")
    for text, count in (
        ("pleiades", 1),
        ("Pléiades 2020", 1),
        ("2018", 1),
        ("SPOT", 2),
        ("05/05/2017", 1),
        ("airbus", 3),
        ("x9", 0),
        ("", 3),
    ):
        panel.line.search.setText(text)
        wait_until(lambda count=count: len(panel.model.rows) == count, what=f"{text}: {count}")
        assert (panel.pages.currentWidget() is panel.none_found) == (count == 0)
        if text == "x9":
            shoot(panel, "home-nothing-found")
            panel.none_found.buttons[0].click()
            wait_until(lambda: len(panel.model.rows) == 3, what="all again")
    canvas = context.iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(QgsRectangle(5, 47, 6, 48))
    panel.line.map_only.setChecked(True)
    wait_until(lambda: not panel.model.rows, what="elsewhere")
    bounds = panel.model._home[0].product.footprint.bounds
    canvas.setExtent(
        QgsRectangle(bounds[0] - 0.1, bounds[1] - 0.1, bounds[2] + 0.1, bounds[3] + 0.1)
    )
    wait_until(lambda: len(panel.model.rows) == 3, what="here")
    wait_until(lambda: panel.free.text(), what="free space")
    shoot(panel, "home-filtered")


def test_the_order_of_downloads_is_changed(
    context: Any, storage: Storage, wait_until: Callable[..., None], project: Any
) -> None:
    from dinamis_qgis.core.transfer.ask import asks_for

    storage.pace = 1.0  # so slow that the order stays as it is
    panel = panel_of(context)
    products = [scene(storage, name, content(3_000_000)) for name in "ABCDE"]
    asks = [ask for product in products for ask in asks_for(product)]
    panel.downloads.add(asks, Path(context.settings.download_folder), show=False)

    def waiting() -> list[str]:
        return [
            v.entry.target.name[0]
            for v in panel.downloads.views
            if v.entry.state is FileState.WAITING
        ]

    wait_until(lambda: waiting() == ["C", "D", "E"], what="two run, three wait")
    last = next(
        i
        for i, row in enumerate(panel.model.rows)
        if row.view and row.view.entry.target.name.startswith("E")
    )
    panel.view.setCurrentIndex(panel.model.index(last))
    assert panel.up.isEnabled() and not panel.down.isEnabled()
    panel.up.trigger()
    wait_until(lambda: waiting() == ["C", "E", "D"], what="E before D")
    panel.up.trigger()
    wait_until(lambda: waiting() == ["E", "C", "D"], what="E first")
    assert not panel.up.isEnabled()
    panel.down.trigger()
    wait_until(lambda: waiting() == ["C", "E", "D"], what="E later again")
    shoot(panel, "order")
    panel.downloads.cancel([v.entry.id for v in panel.downloads.views])
    wait_until(lambda: all(v.entry.state.over for v in panel.downloads.views), what="given up")


def test_the_folder_name_is_chosen_in_the_options(context: Any) -> None:
    from dinamis_qgis.gui.options import OptionsPage

    page = OptionsPage(context)
    page.template.setText("{year}/{platform}_{id}")
    assert "2018/spot-7_SPOT7_MS" in page.example.text()
    page.apply()
    assert context.settings.folder_template == "{year}/{platform}_{id}"
    for wrong in ("{year}", "{nothing}_{id}", "a:{id}", ""):
        page.template.setText(wrong)
        assert "SPOT7_MS" not in page.example.text()
        page.apply()
        assert context.settings.folder_template == "{year}/{platform}_{id}"
    shoot(page, "options")
    context.settings.folder_template = "{id}"
    context.settings.save()
