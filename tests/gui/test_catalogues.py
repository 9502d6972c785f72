"""Several catalogues in the search panel, each in its dialect over real HTTP: chosen, answering,
failing, and what each lets one do.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QPushButton

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layers.add import add_product
from dinamis_qgis.bridge.settings import Paths
from dinamis_qgis.bridge.transfer.downloads import downloads_of
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.catalogue.availability import reach
from dinamis_qgis.core.catalogue.keys import keep_key, read_key
from dinamis_qgis.core.errors import Action
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.transfer.queue import FileState
from dinamis_qgis.gui.account.catalogue_keys import CatalogueKeysDialog, show_keys
from dinamis_qgis.gui.downloads.dialog import DownloadDialog, ask_download
from dinamis_qgis.gui.downloads.panel import DownloadsPanel
from dinamis_qgis.gui.options import OptionsPage
from tests.support.catalogues import ARCHIVE, IDS, KEY, Catalogues, dinamis_profile
from tests.support.dimap import Scene, write_delivery, zipped
from tests.support.scripted import Answer, scripted
from tests.support.search import search, search_panel

LONG = 60


@pytest.fixture
def catalogues() -> Catalogues:
    return Catalogues()


@pytest.fixture
def panel(
    catalogues: Catalogues, iface: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """Signed in with the licence of SPOT, with a vault in memory."""
    with scripted(catalogues) as server:
        catalogues.root = server.root
        profile = dinamis_profile(server.root)
        monkeypatch.setenv("DINAMIS_HOME", str(tmp_path / "home"))
        with search_panel(iface, profile) as shown:
            context = shown.context
            context.http.retries = 0
            context.paths = Paths(tmp_path / "home")
            account = Account("technicien", "Technicien SIG", licences=frozenset({"spot67"}))
            context.session = SimpleNamespace(
                account=account,
                credentials=None,
                vault=MemoryVault(),
                signed_in=False,
                expired=False,
            )
            context.signer = Signer(profile, context.http, None)
            context.account_changed.emit()
            yield shown
    QgsProject.instance().clear()


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that would open in a browser."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toString()))
    return found


def box(panel: Any, name: str) -> QCheckBox:
    return panel.findChild(QCheckBox, f"catalogueBox_{name}")


def check(panel: Any, *names: str) -> None:
    """These and no others, with the mouse's own signal."""
    for name in IDS:
        box(panel, name).setChecked(name in names)


def listed(panel: Any) -> set[str]:
    return {row.product.catalogue for row in panel.model.rows()}


def choose(panel: Any, name: str) -> Any:
    """The product of a catalogue, chosen in the list."""
    product = next(row.product for row in panel.model.rows() if row.product.catalogue == name)
    panel.select([product.key])
    return product


def found_in(panel: Any, name: str, wait: Callable[..., None]) -> Any:
    check(panel, name)
    search(panel, wait)
    return choose(panel, name)


def button(panel: Any, name: str) -> QAbstractButton:
    return panel.findChild(QAbstractButton, name)


def bar(panel: Any) -> str:
    return "\n".join(item.text() for item in panel.context.iface.messageBar().items())


def bar_button(panel: Any, text: str) -> QPushButton:
    found = [
        b
        for item in panel.context.iface.messageBar().items()
        for b in item.findChildren(QPushButton)
        if text in b.text()
    ]
    assert found, bar(panel)
    return found[-1]


# which are asked


def test_starts_from_the_usual_ones(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    assert {name for name in IDS if box(panel, name).isChecked()} == {"teledetection"}
    assert "(" not in panel.query_bar.filters_button.text(), "the usual ones are no filter"
    search(panel, wait_until)
    assert listed(panel) == {"teledetection"} and set(catalogues.asked) == {"teledetection"}


def test_all_checked_asks_all(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    check(panel, *IDS)
    search(panel, wait_until)
    assert listed(panel) == set(IDS) == set(catalogues.asked)


def test_none_checked_asks_the_usual_ones_and_says_so(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    panel.query_bar.filters_button.setChecked(True)
    check(panel)
    assert panel.query_bar.catalogues.hint.isVisible()
    search(panel, wait_until)
    assert set(catalogues.asked) == {"teledetection"}
    check(panel, "openspot")
    assert not panel.query_bar.catalogues.hint.isVisible()


def test_taking_filters_off_goes_back_to_the_usual_ones(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    check(panel, "openspot", "geodes")
    assert "(1)" in panel.query_bar.filters_button.text()
    button(panel, "resetFiltersButton").click()
    assert panel.query_bar.catalogues.checked() == ("teledetection",)


def test_a_saved_search_keeps_its_catalogues(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    check(panel, "openspot", "geoplateforme")
    search(panel, wait_until)
    panel.saved.save("Deux catalogues")
    wait_until(lambda: panel.saved.searches, seconds=LONG)
    (saved,) = panel.saved.searches
    assert set(saved.catalogues) == {"openspot", "geoplateforme"}
    check(panel, "teledetection")
    catalogues.asked.clear()
    ended: list[int] = []
    panel.searched.connect(lambda: ended.append(1))
    panel.saved.open(saved)
    wait_until(lambda: ended, seconds=LONG)
    assert (
        set(panel.query_bar.catalogues.checked()) == {"openspot", "geoplateforme"} == listed(panel)
    )
    assert "teledetection" not in catalogues.asked


def test_a_catalogue_chosen_after_the_search_has_given_nothing_yet(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    check(panel, "openspot")
    panel.saved.save("Un autre")
    wait_until(lambda: panel.saved.searches, seconds=LONG)
    (saved,) = panel.saved.searches
    assert saved.catalogues == ("openspot",) and saved.checked == {"teledetection"}, (
        "its first answer is no news"
    )


def test_nothing_found_offers_the_other_catalogues(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    catalogues.dinamis.items = []
    search(panel, wait_until)
    ended: list[int] = []
    panel.searched.connect(lambda: ended.append(1))
    next(b for b in panel.state.buttons if "other catalogues" in b.text()).click()
    wait_until(lambda: ended, seconds=LONG)
    assert listed(panel) == set(IDS) - {"teledetection"}
    assert set(panel.query_bar.catalogues.checked()) == set(IDS)


def test_says_whose_data_and_which_licence(
    panel: Any, visited: list[str], wait_until: Callable[..., None]
) -> None:
    for name, words in {
        "geodes": ("CNES", "Licence Ouverte 2.0"),
        "geoplateforme": ("IGN", "ORTHO-SAT"),
        "copernicus": ("Copernicus", "Sentinel"),
    }.items():
        assert all(word in box(panel, name).toolTip() for word in words)
    button(panel, "cataloguePage_geodes").click()
    assert visited == ["https://geodes-portal.cnes.fr/"]
    check(panel, *IDS)
    search(panel, wait_until)
    for row in panel.model.rows():
        tip = panel.model.data(panel.model.index_of(row.product.key), Qt.ItemDataRole.ToolTipRole)
        catalogue = next(
            c for c in panel.context.profile.catalogues if c.id == row.product.catalogue
        )
        assert catalogue.title in tip and catalogue.provider in tip
        assert panel.context.profile.licence(row.product.licence).title in tip


# how they answer


def answers(panel: Any) -> str:
    return panel.findChild(QLabel, "catalogueAnswers").text().replace("\u00a0", " ")


def test_each_answer_is_seen_as_it_comes(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    gate = threading.Event()
    catalogues.broken["geodes"] = Answer(
        200, b'{"features": [], "context": {"matched": 0, "limit": 80}}', hang=gate
    )
    check(panel, "teledetection", "geodes", "openspot")
    panel.search()
    try:
        wait_until(lambda: listed(panel) == {"teledetection", "openspot"}, seconds=LONG)
        wait_until(lambda: "OpenSpot : 1" in answers(panel).split(" · "), seconds=LONG)
        wait_until(lambda: "DINAMIS : 2" in answers(panel).split(" · "), seconds=LONG)
        assert "GEODES : …" in answers(panel)
        assert panel.findChild(QLabel, "catalogueAnswers").isVisible()
    finally:
        gate.set()
    wait_until(lambda: panel.searching.job is None, seconds=LONG)
    assert "GEODES : 0" in answers(panel)


@pytest.mark.parametrize("broken", IDS)
def test_one_that_fails_says_why_and_hides_no_other(
    panel: Any, catalogues: Catalogues, broken: str, wait_until: Callable[..., None]
) -> None:
    catalogues.broken[broken] = Answer(500)
    check(panel, *IDS)
    search(panel, wait_until)
    assert listed(panel) == set(IDS) - {broken}
    title = next(c.title for c in panel.context.profile.catalogues if c.id == broken)
    assert f"⚠ {title} : " in answers(panel) and "internal problem" in answers(panel)
    assert panel.partial.isVisible() and "4" in panel.partial.label.text()
    line = panel.query_bar.catalogues._lines[broken]
    assert "internal problem" in line.answer.toolTip()


def test_when_all_fail_each_is_named(
    panel: Any, catalogues: Catalogues, wait_until: Callable[..., None]
) -> None:
    catalogues.broken = {"openspot": Answer(500), "geodes": Answer(200, b"<html>")}
    check(panel, "openspot", "geodes")
    search(panel, wait_until)
    assert panel.stack.currentWidget() is panel.state and panel.state.title.text()
    assert "⚠ OpenSpot" in answers(panel) and "⚠ GEODES" in answers(panel)


def test_one_catalogue_needs_no_line(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    assert not panel.findChild(QLabel, "catalogueAnswers").isVisible()


# what each lets one do


def test_a_coverage_of_the_geoplateforme_comes_onto_the_map(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    product = found_in(panel, "geoplateforme", wait_until)
    assert button(panel, "addToMapButton").isEnabled()
    assert (
        not button(panel, "downloadButton").isEnabled()
        and "map service" in button(panel, "downloadButton").toolTip()
    )
    panel.choosing.add()
    wait_until(lambda: QgsProject.instance().mapLayers(), seconds=LONG)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert isinstance(layer, QgsRasterLayer) and layer.providerType() == "wms"
    assert layer.customProperty("dinamis/item") == product.id and layer.name() == product.title


@pytest.mark.parametrize("name", ["openspot", "copernicus"])
def test_what_is_elsewhere_says_so_and_opens_its_page(
    panel: Any, name: str, visited: list[str], wait_until: Callable[..., None]
) -> None:
    product = found_in(panel, name, wait_until)
    for which in ("addToMapButton", "downloadButton"):
        assert not button(panel, which).isEnabled() and "own site" in button(panel, which).toolTip()
    assert panel.licence.isVisible() and "own site" in panel.licence.label.text()
    panel.licence.button.click()
    panel.choosing.add()  # as by the keyboard
    assert "own site" in bar(panel)
    bar_button(panel, "Open its page").click()
    panel.choosing.download()
    assert "own site" in bar(panel)
    assert visited == [product.page, product.page] and product.page.startswith("https://")
    assert not QgsProject.instance().mapLayers() and panel.findChild(DownloadDialog) is None


@pytest.mark.parametrize("name", ["openspot", "geoplateforme"])
def test_no_other_way_ends_in_an_obscure_failure(
    panel: Any, name: str, wait_until: Callable[..., None]
) -> None:
    """A download or a layer asked for past the panel's buttons: the same sentence."""
    product = found_in(panel, name, wait_until)
    ask_download(panel.context, [product], None)
    assert reach(panel.context.profile, product).download in bar(panel)
    if name == "openspot":
        failures: list[Any] = []
        add_product(panel.context, product, failed=failures.append)
        wait_until(lambda: failures, seconds=LONG)
        assert failures[0].message == reach(panel.context.profile, product).add


def test_the_cards_button_is_its_page(
    panel: Any, visited: list[str], wait_until: Callable[..., None]
) -> None:
    product = found_in(panel, "openspot", wait_until)
    index = panel.model.index_of(product.key)
    option = panel.view._option(index)
    add, page = panel.delegate.button_rects(option)
    assert panel.delegate.hint_at(option, page.center().toPoint(), index) == "Open its page"
    assert panel.delegate.hint_at(option, add.center().toPoint(), index) == ""
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=page.center().toPoint())
    assert visited == [product.page]


def test_some_elsewhere_do_not_keep_the_others_from_the_map(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    check(panel, "openspot", "geoplateforme")
    search(panel, wait_until)
    panel.select([row.product.key for row in panel.model.rows()])
    assert button(panel, "addToMapButton").isEnabled()
    panel.choosing.add()
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2, seconds=LONG)
    assert "left out" in bar(panel) and "own site" in bar(panel)


def test_a_plan_takes_only_what_comes_onto_the_map(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    check(panel, *IDS)
    search(panel, wait_until)
    usable = {
        row.product.catalogue for row in panel.model.rows() if panel.model.usable(row.product)
    }
    assert usable == {"teledetection"}


# keys


def dialog_of(panel: Any, kind: type, wait: Callable[..., None]) -> Any:
    window = panel.context.iface.mainWindow()
    wait(
        lambda: [d for d in window.findChildren(kind) if d.isVisible()],
        seconds=LONG,
        what=kind.__name__,
    )
    return next(d for d in window.findChildren(kind) if d.isVisible())


def start(panel: Any, folder: Path, wait: Callable[..., None]) -> None:
    dialog = dialog_of(panel, DownloadDialog, wait)
    dialog.folder.setFilePath(str(folder))
    wait(lambda: dialog.go.isEnabled(), seconds=LONG, what="the folder is looked at")
    dialog.go.click()


def type_key(panel: Any, value: str, wait: Callable[..., None]) -> None:
    dialog = dialog_of(panel, CatalogueKeysDialog, wait)
    line = dialog.findChild(QLineEdit, "keyOf_geodes")
    assert (
        line.echoMode() == QLineEdit.EchoMode.Password
        and "geodes-portal.cnes.fr" in dialog.findChild(QLabel, "keyPageLink").text()
    )
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(line, value)
    dialog.keep.click()


def states(panel: Any) -> list[FileState]:
    return [view.entry.state for view in downloads_of(panel.context).views]


def geodes(panel: Any) -> Any:
    return next(c for c in panel.context.profile.catalogues if c.id == "geodes")


def test_a_key_is_asked_for_then_the_file_comes_home(
    panel: Any, catalogues: Catalogues, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    found_in(panel, "geodes", wait_until)
    assert (
        not button(panel, "addToMapButton").isEnabled()
        and "archive" in button(panel, "addToMapButton").toolTip()
    )
    button(panel, "downloadButton").click()
    type_key(panel, KEY, wait_until)
    start(panel, tmp_path / "files", wait_until)
    wait_until(lambda: states(panel) == [FileState.DONE], seconds=LONG)
    (path,) = (tmp_path / "files").rglob("*.zip")
    assert path.read_bytes() == ARCHIVE and set(catalogues.keys) == {KEY}
    assert not QgsProject.instance().mapLayers(), "an archive is no image"
    for kept in (tmp_path / "home").rglob("*"):
        assert kept.is_dir() or KEY.encode() not in kept.read_bytes(), kept
    assert KEY not in "\n".join(messages.recent_lines())


def test_a_key_that_is_kept_is_not_asked_for(panel: Any, wait_until: Callable[..., None]) -> None:
    keep_key(panel.context.session.vault, geodes(panel), KEY)
    found_in(panel, "geodes", wait_until)
    button(panel, "downloadButton").click()
    assert dialog_of(panel, DownloadDialog, wait_until)
    assert not [
        d
        for d in panel.context.iface.mainWindow().findChildren(CatalogueKeysDialog)
        if d.isVisible()
    ]


def test_a_refused_key_is_said_and_another_makes_it_go_on(
    panel: Any, catalogues: Catalogues, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    keep_key(panel.context.session.vault, geodes(panel), "perimee")
    messages.install_messages(panel.context.iface, {Action.CATALOGUE_KEYS: lambda: show_keys(panel.context)})
    found_in(panel, "geodes", wait_until)
    button(panel, "downloadButton").click()
    start(panel, tmp_path / "files", wait_until)
    wait_until(
        lambda: any(
            v.entry.error and v.entry.error.code == "key-refused"
            for v in downloads_of(panel.context).views
        ),
        seconds=LONG,
    )
    assert catalogues.keys and set(catalogues.keys) == {"perimee"}
    (view,) = downloads_of(panel.context).views
    assert "GEODES" in view.entry.error.message and view.entry.error.action is Action.CATALOGUE_KEYS
    messages.perform_action(view.entry.error.action)
    dialog = dialog_of(panel, CatalogueKeysDialog, wait_until)
    wait_until(lambda: dialog.findChild(QPushButton, "forgetKey_geodes").isVisible(), seconds=LONG)
    type_key(panel, KEY, wait_until)
    wait_until(lambda: states(panel) == [FileState.DONE], seconds=LONG)


def test_forgetting_a_key(panel: Any, wait_until: Callable[..., None]) -> None:
    vault = panel.context.session.vault
    keep_key(vault, geodes(panel), KEY)
    show_keys(panel.context)
    dialog = dialog_of(panel, CatalogueKeysDialog, wait_until)
    forget = dialog.findChild(QPushButton, "forgetKey_geodes")
    wait_until(forget.isVisible, seconds=LONG)
    assert KEY not in dialog.findChild(QLineEdit, "keyOf_geodes").text()
    forget.click()
    wait_until(
        lambda: read_key(vault, geodes(panel)) == "" and not forget.isVisible(), seconds=LONG
    )


def test_what_cannot_be_a_key_is_said_in_the_dialog(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    show_keys(panel.context)
    dialog = dialog_of(panel, CatalogueKeysDialog, wait_until)
    type_key(panel, "deux mots", wait_until)
    wait_until(dialog.problem.isVisible, seconds=LONG)
    assert dialog.isVisible() and "key" in dialog.problem.text()
    dialog.reject()


def test_the_list_of_downloads_offers_to_enter_the_key(
    panel: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    keep_key(panel.context.session.vault, geodes(panel), "perimee")
    messages.install_messages(panel.context.iface, {Action.CATALOGUE_KEYS: lambda: show_keys(panel.context)})
    home = DownloadsPanel(panel.context, panel.context.iface.mainWindow())
    home.resize(320, 400)
    home.show()
    found_in(panel, "geodes", wait_until)
    button(panel, "downloadButton").click()
    start(panel, tmp_path / "files", wait_until)
    wait_until(home.overview.banner.isVisible, seconds=LONG, what="the banner")
    assert (
        "GEODES" in home.overview.banner.text()
        and messages.button_label(Action.CATALOGUE_KEYS) in home.overview.banner.text()
    )
    home.overview.banner.linkActivated.emit("#")
    assert dialog_of(panel, CatalogueKeysDialog, wait_until)
    home.close()
    home.deleteLater()


def test_the_options_lead_to_the_keys(panel: Any, wait_until: Callable[..., None]) -> None:
    page = OptionsPage(panel.context, panel.context.iface.mainWindow())
    page.findChild(QPushButton, "catalogueKeysButton").click()
    assert dialog_of(panel, CatalogueKeysDialog, wait_until)
    panel.context.profile = replace(
        panel.context.profile, catalogues=panel.context.profile.catalogues[:1]
    )
    assert (
        OptionsPage(panel.context, panel.context.iface.mainWindow()).findChild(
            QPushButton, "catalogueKeysButton"
        )
        is None
    )


def test_an_archive_that_came_with_a_key_is_opened_from_my_products(
    panel: Any, catalogues: Catalogues, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    (tmp_path / "in").mkdir()
    name = "SPOT5_HRG_0003"
    catalogues.archive = zipped(
        write_delivery(tmp_path / "raw", Scene(), name=name), tmp_path / "in" / f"{name}.zip"
    ).read_bytes()
    keep_key(panel.context.session.vault, geodes(panel), KEY)
    home = DownloadsPanel(panel.context, panel.context.iface.mainWindow())
    home.show()
    found_in(panel, "geodes", wait_until)
    button(panel, "downloadButton").click()
    start(panel, tmp_path / "files", wait_until)
    wait_until(
        lambda: [row for row in home.model.rows if row.view is None],
        seconds=LONG,
        what="the archive at home",
    )
    home.view.setCurrentIndex(
        home.model.index(next(n for n, row in enumerate(home.model.rows) if row.view is None))
    )
    home.to_map.trigger()
    wait_until(lambda: QgsProject.instance().mapLayers(), seconds=LONG, what="the layer")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.isValid() and layer.crs().authid() == "EPSG:2154"
    wait_until(lambda: not home.desk.busy, seconds=LONG)
    home.close()
    home.deleteLater()
