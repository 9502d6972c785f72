"""“My products” and the download dialog, in a real QGIS, against a real server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.PyQt.QtCore import Qt
from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.profile.model import Catalogue, Collection, Licence, Profile
from dinamis_qgis.core.transfer.queue import Ask
from tests.support.hostile import Storage, content, hostile

SHOTS = os.environ.get("SCREENSHOTS", "")
WEST, SOUTH, EAST, NORTH = -0.45, 43.25, -0.40, 43.30


@pytest.fixture
def storage() -> Iterator[Storage]:
    with hostile() as running:
        yield running


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small four-band image on the ground."""
    import numpy as np
    from osgeo import gdal, osr

    path = tmp_path_factory.mktemp("image") / "a.tif"
    memory = gdal.GetDriverByName("MEM").Create("", 700, 600, 4, gdal.GDT_UInt16)
    memory.SetGeoTransform((WEST, (EAST - WEST) / 700, 0, NORTH, 0, (SOUTH - NORTH) / 600))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4326)
    memory.SetSpatialRef(crs)
    noise = np.random.default_rng(1)
    for band in range(1, 5):
        memory.GetRasterBand(band).WriteArray(
            noise.integers(100, 1000, (600, 700)).astype("uint16")
        )
    gdal.GetDriverByName("COG").CreateCopy(str(path), memory, options=["COMPRESS=DEFLATE"])
    return path.read_bytes()


@pytest.fixture
def context(iface: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from dinamis_qgis.bridge import messages
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.imagery.signing import Signer

    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path / "profile"))
    monkeypatch.setenv("DINAMIS_DOWNLOAD_FOLDER", str(tmp_path / "home"))
    made = Context(iface)
    messages.install_messages(iface)
    collection = Collection(
        "spot-6-7-drs", "SPOT 6/7", data_assets=("src_xs",), credit="© Airbus DS {year}"
    )
    catalogue = Catalogue("mtd", "MTD", "stac", "http://127.0.0.1:9/stac", (collection,))
    made.profile = Profile(
        "formation", "Formation", (catalogue,), licences=(Licence("spot67", "SPOT", open=True),)
    )
    made.signer = Signer(made.profile, made.http, None)  # type: ignore[arg-type]
    yield made
    made.close()
    messages.install_messages(None)
    discard_windows()


def discard_windows() -> None:
    """Panels of a test end with it, as the dock does with the plugin: menus must not outlive the
    application.
    """
    from qgis.PyQt.QtCore import QCoreApplication, QEvent
    from qgis.PyQt.QtWidgets import QApplication

    from dinamis_qgis.gui.downloads.panel import DownloadsPanel

    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, DownloadsPanel):
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scene(storage: Storage, name: str, data: bytes, day: int = 5, **values: Any) -> Product:
    href = storage.put(f"{name}.tif", data)
    assets = (
        Asset(
            "src_xs",
            href,
            "image/tiff; application=geotiff",
            ("data",),
            "Multispectral",
            6.0,
            len(data),
        ),
        Asset(
            "thumbnail",
            storage.put(f"{name}.png", b"png" * 40),
            "image/png",
            ("thumbnail",),
            "Thumbnail",
            size=120,
        ),
    )
    return Product(
        "formation",
        "mtd",
        "spot-6-7-drs",
        name,
        box(WEST, SOUTH, EAST, NORTH),
        datetime(2018, 5, day, 10, 26, 42, tzinfo=timezone.utc),
        "SPOT 6/7",
        "spot-7",
        "MS",
        6.0,
        4.0,
        12.0,
        4326,
        "spot67",
        assets=assets,
        **values,
    )


def panel_of(context: Any) -> Any:
    from dinamis_qgis.gui.downloads.panel import DownloadsPanel

    panel = DownloadsPanel(context)
    panel.resize(320, 480)
    panel.show()
    return panel


def shoot(widget: Any, name: str) -> None:
    if not SHOTS:
        return
    from qgis.PyQt.QtCore import QCoreApplication

    for width in (320, 500):
        widget.resize(width, widget.height())
        for _ in range(5):
            QCoreApplication.processEvents()
        widget.grab().save(f"{SHOTS}/{name}-{width}.png")


def states(panel: Any) -> list[str]:
    return [row.view.entry.state.value if row.view else "home" for row in panel.model.rows]


def dialog_of(context: Any, products: list[Product], area: Any) -> Any:
    from dinamis_qgis.gui.downloads.dialog import DownloadDialog, ask_download

    ask_download(context, products, area)
    found = context.iface.mainWindow().findChildren(DownloadDialog)
    return found[-1] if found else None


def messages_in(iface: Any) -> list[str]:
    return [item.text() for item in iface.messageBar().items()]


def test_empty_says_what_to_do(context: Any, wait_until: Callable[..., None], french: None) -> None:
    panel = panel_of(context)
    assert panel.pages.currentWidget() is panel.empty
    assert panel.empty.title.text()
    assert panel.view.objectName() == "downloadsView"
    shoot(panel, "empty")


def test_the_whole_way_from_dialog_to_layer(
    context: Any,
    storage: Storage,
    image: bytes,
    wait_until: Callable[..., None],
    project: Any,
    french: None,
) -> None:
    from qgis.PyQt.QtCore import QPoint
    from qgis.PyQt.QtTest import QTest

    panel = panel_of(context)
    product = scene(storage, "A", image)
    dialog = dialog_of(
        context, [product], box(WEST + 0.01, SOUTH + 0.01, WEST + 0.02, SOUTH + 0.02)
    )
    wait_until(lambda: dialog.go.isEnabled(), what="folder examined")
    assert dialog.area_choice.isChecked(), "a small area is proposed alone"
    assert "(" in dialog.go.text()
    shoot(dialog, "dialog")
    QTest.mouseClick(
        dialog.whole_choice,
        Qt.MouseButton.LeftButton,
        pos=QPoint(12, dialog.whole_choice.height() // 2),
    )
    assert dialog.whole_choice.isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    target = Path(context.settings.download_folder) / "A" / "A_src_xs.tif"
    wait_until(lambda: project.mapLayers(), what="layer added")
    assert target.read_bytes() == image
    layer = next(iter(project.mapLayers().values()))
    assert layer.source() == str(target)
    assert layer.customProperty("dinamis/item") == "A"
    assert layer.customProperty("dinamis/href") == product.assets[0].href
    assert layer.customProperty("dinamis/credit") == "© Airbus DS 2018"
    wait_until(lambda: states(panel) == ["home"], what="at home")
    assert len([m for m in messages_in(context.iface) if "1" in m]) >= 1
    shoot(panel, "home")
    panel.view.setCurrentIndex(panel.model.index(0))
    panel.to_map.trigger()
    wait_until(lambda: len(project.mapLayers()) == 2, what="added again from the list")


def test_only_the_area(
    context: Any, storage: Storage, image: bytes, wait_until: Callable[..., None], project: Any
) -> None:
    panel = panel_of(context)
    dialog = dialog_of(
        context,
        [scene(storage, "A", image)],
        box(WEST + 0.01, SOUTH + 0.01, WEST + 0.02, SOUTH + 0.02),
    )
    wait_until(lambda: dialog.go.isEnabled(), what="folder examined")
    dialog.go.click()
    wait_until(lambda: project.mapLayers(), what="layer added")
    layer = next(iter(project.mapLayers().values()))
    assert "zone" in layer.source()
    assert layer.width() == pytest.approx(140, abs=2)
    assert layer.extent().xMinimum() == pytest.approx(WEST + 0.01, abs=1e-4)
    wait_until(lambda: states(panel) == ["home"])


def test_pause_go_on_cancel(
    context: Any, storage: Storage, wait_until: Callable[..., None], french: None
) -> None:
    storage.pace = 1.0  # so slow that none is done before it is given up
    panel = panel_of(context)
    products = [scene(storage, name, content(3_000_000, i), i + 1) for i, name in enumerate("ABC")]
    dialog = dialog_of(context, products, None)
    assert not dialog.area_choice.isEnabled()
    assert dialog.area_choice.toolTip()
    wait_until(lambda: dialog.go.isEnabled())
    dialog.show_after.setChecked(False)
    dialog.go.click()
    wait_until(lambda: states(panel) == ["running", "running", "waiting"], what="two at a time")
    wait_until(lambda: panel.model.rows[0].view.speed, what="speed known")
    panel.view.setCurrentIndex(panel.model.index(0))
    shoot(panel, "running")
    assert panel.pause.isEnabled() and panel.cancel.isEnabled() and not panel.resume.isVisible()
    panel.pause.trigger()
    wait_until(lambda: states(panel)[0] == "paused", what="paused")
    shoot(panel, "paused")
    assert panel.resume.isEnabled()
    panel.resume.trigger()
    wait_until(lambda: states(panel)[0] in ("waiting", "running"), what="goes on")
    panel.view.selectAll()
    panel.cancel.trigger()
    wait_until(lambda: states(panel) == ["cancelled"] * 3, what="cancelled")
    assert not list(Path(context.settings.download_folder).rglob("*.part"))
    panel.view.selectAll()
    panel.remove.trigger()
    wait_until(lambda: panel.pages.currentWidget() is panel.empty, what="empty again")


def test_offline_goes_on_by_itself(
    context: Any,
    storage: Storage,
    wait_until: Callable[..., None],
    french: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dinamis_qgis.core.transfer.fetch.tools import FetchRules

    monkeypatch.setattr(
        "dinamis_qgis.bridge.transfer.downloads.FetchRules",
        lambda **_: FetchRules(tries=1, backoff_s=0.01),
    )
    panel = panel_of(context)
    storage.trick = lambda handler, asked: handler.drop() or True
    dialog = dialog_of(context, [scene(storage, "A", content(1000))], None)
    wait_until(lambda: dialog.go.isEnabled())
    dialog.show_after.setChecked(False)
    dialog.go.click()
    wait_until(lambda: panel.overview.banner.isVisible(), what="banner")
    assert states(panel) == ["waiting"]
    panel.view.setCurrentIndex(panel.model.index(0))
    shoot(panel, "offline")
    storage.trick = None
    assert panel.retry.isEnabled()
    panel.retry.trigger()
    wait_until(lambda: states(panel) == ["home"], what="at home")
    assert not panel.overview.banner.isVisible()


def test_an_error_has_a_face_and_a_way_on(
    context: Any, storage: Storage, wait_until: Callable[..., None], french: None
) -> None:
    panel = panel_of(context)
    product = scene(storage, "A", content(1000))
    del storage.files["/bucket/A.tif"]
    dialog = dialog_of(context, [product], None)
    wait_until(lambda: dialog.go.isEnabled())
    dialog.go.click()
    wait_until(lambda: states(panel) == ["failed"], what="failed")
    panel.view.setCurrentIndex(panel.model.index(0))
    shoot(panel, "failed")
    assert panel.retry.isEnabled() and panel.remove.isEnabled()
    assert "127.0.0.1" in panel.model.index(0).data()
    storage.put("A.tif", content(1000))
    panel.retry.trigger()
    wait_until(lambda: states(panel) == ["home"], what="at home")


def test_a_full_disk_is_said_before_and_during(
    context: Any,
    storage: Storage,
    wait_until: Callable[..., None],
    french: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    import shutil
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    real = shutil.disk_usage
    panel = panel_of(context)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 20_000_000))
    dialog = dialog_of(context, [scene(storage, "A", content(9_000_000))], None)
    wait_until(lambda: dialog.state.text() and not dialog.go.isEnabled(), what="not enough room")
    shoot(dialog, "dialog-full")
    monkeypatch.setattr(shutil, "disk_usage", real)
    dialog._look_at_folder()
    wait_until(lambda: dialog.go.isEnabled())
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 20_000_000))
    dialog.go.click()
    wait_until(lambda: states(panel) == ["failed"], what="disk full")
    assert panel.overview.banner.isVisible()
    shoot(panel, "disk-full")
    # The banner's button: another disk, where it goes on from the beginning.
    monkeypatch.setattr(shutil, "disk_usage", real)
    other = tmp_path / "autre disque"
    other.mkdir()
    from qgis.PyQt.QtWidgets import QFileDialog

    from dinamis_qgis.bridge import messages
    from dinamis_qgis.core.errors import Action
    from dinamis_qgis.gui.downloads.other_folder import choose_download_folder

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    actions = {Action.CHOOSE_FOLDER: lambda: choose_download_folder(context)}
    monkeypatch.setattr(messages, "_actions", actions)
    assert messages.button_label(Action.CHOOSE_FOLDER) in panel.overview.banner.text()
    panel.overview.banner.linkActivated.emit("#")
    wait_until(lambda: states(panel) == ["home"], what="on the other disk")
    assert list(other.rglob("*.tif")) and context.settings.download_folder == str(other)


def test_folder_that_cannot_be_used(
    context: Any, storage: Storage, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    (tmp_path / "file").write_text("x")
    dialog = dialog_of(context, [scene(storage, "A", b"x" * 100)], None)
    wait_until(lambda: dialog.go.isEnabled())
    dialog.folder.setFilePath(str(tmp_path / "file" / "x"))
    wait_until(lambda: not dialog.go.isEnabled(), what="refused")
    assert dialog.go.toolTip()
    dialog.folder.setFilePath("")
    assert not dialog.go.isEnabled()
    dialog.folder.setFilePath(str(tmp_path / "new" / "deep"))
    wait_until(lambda: dialog.go.isEnabled(), what="a folder to be made is fine")
    for row in range(dialog.files.count()):
        dialog.files.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_what_outlives_the_dialog_no_longer_speaks_to_it(
    context: Any, storage: Storage, image: bytes
) -> None:
    """A field changed after its dialog is gone calls nothing of it."""
    from qgis.PyQt import sip

    dialog = dialog_of(context, [scene(storage, "A", image)], None)
    dialog._draw()
    folder, tool = dialog.folder, dialog._drawing
    folder.setParent(None)
    sip.delete(dialog)
    folder.setFilePath("elsewhere")
    tool.cancelled.emit()
    context.iface.mapCanvas().unsetMapTool(tool)
    folder.deleteLater()


def test_no_licence_says_so_and_nothing_moves(context: Any, storage: Storage) -> None:
    from dataclasses import replace

    product = replace(scene(storage, "A", b"x"), licence="pleiades")
    assert dialog_of(context, [product], None) is None
    assert messages_in(context.iface)
    assert storage.asked == []


def test_goes_on_after_qgis_was_closed(
    context: Any, storage: Storage, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.bridge.transfer.downloads import downloads_of, resume_downloads

    storage.pace = 0.1
    dialog = dialog_of(context, [scene(storage, "A", content(3_000_000))], None)
    wait_until(lambda: dialog.go.isEnabled())
    dialog.show_after.setChecked(False)
    dialog.go.click()
    wait_until(lambda: any(v.done > 300_000 for v in downloads_of(context).views), what="under way")
    context._services.pop("downloads").stop()
    storage.pace = 0
    again = Context(context.iface)
    again.profile, again.signer = context.profile, context.signer
    resume_downloads(again)
    target = Path(context.settings.download_folder) / "A" / "A_src_xs.tif"
    wait_until(target.exists, what="finished by the next session")
    assert target.read_bytes() == content(3_000_000)
    assert storage.sent("/bucket/A.tif") < 2 * 3_000_000
    again.close()


def test_signed_in_at_the_training_service(
    context: Any, service: Any, wait_until: Callable[..., None], project: Any, root: Path
) -> None:
    """Whole and clipped, signed, through the gateway; nothing secret is left on disk."""
    from dinamis_qgis.core.account.session import Session
    from dinamis_qgis.core.account.vault import MemoryVault
    from dinamis_qgis.core.catalogue.model import Query
    from dinamis_qgis.core.catalogue.search import search
    from dinamis_qgis.core.imagery.signing import Signer
    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.profile.read import load_profile

    profile = load_profile(service.profile_path, root / "resources/profiles/schema.json")
    session = Session(profile, context.http, MemoryVault())
    session.sign_in_device(lambda _: None, Cancel())
    context.profile, context.session = profile, session
    context.signer = Signer(profile, context.http, session.credentials)
    pages = list(search(profile, Query(), context.http, session.credentials, Cancel()))
    held = [
        p
        for page in pages
        for p in page.products
        if p.licence == "spot67" and p.asset("src_xs").size
    ]
    product = min(held, key=lambda p: p.asset("src_xs").size)
    panel = panel_of(context)
    home = Path(context.settings.download_folder)
    for area, name in (
        (None, f"{product.id}_src_xs.tif"),
        (product.footprint.centroid.buffer(0.002).envelope, "zone"),
    ):
        before = len(project.mapLayers())
        dialog = dialog_of(context, [product], area)
        wait_until(lambda d=dialog: d.go.isEnabled(), what="folder examined")
        for row in range(dialog.files.count()):
            item = dialog.files.item(row)
            item.setCheckState(
                Qt.CheckState.Checked if item.toolTip() == "src_xs" else Qt.CheckState.Unchecked
            )
        assert dialog.area_choice.isChecked() is (area is not None)
        dialog.go.click()
        wait_until(lambda n=before: len(project.mapLayers()) > n, what="layer added")
        assert any(name in layer.source() for layer in project.mapLayers().values())
    wait_until(
        lambda: states(panel) == ["home"] and len(panel.model.rows[0].product.assets) == 2,
        what="one product with two files",
    )
    for path in [*home.rglob("*"), *Path(context.paths.home).rglob("*")]:
        if path.is_file():
            assert b"X-Amz-Signature" not in path.read_bytes(), path


def test_trying_again_between_two_tries_does_not_wait(
    context: Any, storage: Storage, wait_until: Callable[..., None], french: None, tmp_path: Path
) -> None:
    """The storage wants 100 s of peace; that is said, and the button asks it now."""
    product = scene(storage, "SPOT7_A", content(200_000))

    def busy(handler: Any, asked: Any) -> bool:
        handler.reply(503, {"Retry-After": "100"}, b"")
        return True

    storage.trick = busy
    panel = panel_of(context)
    panel.downloads.add([Ask(product, product.assets[0])], tmp_path / "home", show=False)
    wait_until(
        lambda: states(panel) == ["running"] and panel.model.rows[0].view.entry.error,
        seconds=60,
        what="why nothing comes",
    )
    panel.view.selectAll()
    assert panel.retry.isEnabled() and panel.retry.isVisible()
    storage.trick = None
    panel.retry.trigger()
    wait_until(
        lambda: (tmp_path / "home" / "SPOT7_A" / "SPOT7_A_src_xs.tif").is_file(),
        seconds=60,
        what="the file",
    )


def test_a_fault_of_ours_is_in_the_log_and_not_on_screen(
    context: Any,
    storage: Storage,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from dinamis_qgis.bridge import messages
    from dinamis_qgis.core.imagery import access

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("at https://storage.test/a.tif?X-Amz-Signature=0123456789abcdef")

    monkeypatch.setattr(access, "check_access", broken)
    messages._recent.clear()
    product = scene(storage, "SPOT7_A", content(1000))
    panel = panel_of(context)
    panel.downloads.add([Ask(product, product.assets[0])], tmp_path / "home", show=False)
    wait_until(lambda: states(panel) == ["failed"], seconds=60, what="the failure")
    wait_until(lambda: messages_in(context.iface), seconds=60, what="the message")
    log = "\n".join(messages.recent_lines())
    assert (
        "Traceback" in log
        and "ZeroDivisionError" in log
        and "broken" in log
        and "0123456789abcdef" not in log
    )
    shown = "\n".join(
        [*messages_in(context.iface), panel.details.text(), panel.overview.banner.text()]
    )
    assert "Traceback" not in shown and "ZeroDivision" not in shown and "unexpected" in shown
