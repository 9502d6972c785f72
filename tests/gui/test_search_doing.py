"""What is done with the results: sorted, grouped, previewed, exported, saved, planned; and what
goes wrong on the way.
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, Qt
from qgis.PyQt.QtGui import QColor, QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QToolButton
from shapely.geometry import Polygon, box

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import SortOrder
from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.gui.search.chosen import actions, export
from dinamis_qgis.gui.search.chosen import selection as choosing
from dinamis_qgis.gui.search.map import footprint_style, quicklook
from tests.support.scripted import Answer, Seen
from tests.support.search import (
    StacApi,
    make_profile,
    scripted,
    search,
    search_panel,
    signed_in,
    square,
)
from tests.unit.catalogue.stac_api import CORE, SORT

WEST, SOUTH = -0.45, 43.2


def jpeg(color: str) -> bytes:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


class Api(StacApi):
    """With quicklooks at ``/look/<number>.png``, or ``look`` in their place."""

    look: Answer | None = None

    def __call__(self, seen: Seen) -> Answer:
        if seen.path.startswith("/look/"):
            return self.look or Answer(200, jpeg("#40a040"), {"Content-Type": "image/png"})
        return super().__call__(seen)


def pictured(number: int, *place: float, **properties: Any) -> dict[str, Any]:
    item = square(number, *place, **properties)
    item["links"] = []
    item["assets"] = {
        "thumbnail": {"href": f"../look/{number}.png", "type": "image/png", "roles": ["thumbnail"]}
    }
    return item


@pytest.fixture
def api() -> Api:
    """Two of one pass, one of another satellite, one without a quicklook."""
    return Api(
        [
            pictured(1, WEST, SOUTH, datetime="2023-08-12T09:04:00Z", **{"eo:cloud_cover": 30}),
            pictured(
                2, WEST, SOUTH + 0.1, datetime="2023-08-12T09:04:09Z", **{"eo:cloud_cover": 10}
            ),
            pictured(
                3,
                WEST + 0.1,
                SOUTH,
                datetime="2021-01-01T11:00:00Z",
                platform="pleiades-1a",
                **{"eo:cloud_cover": 20},
            ),
            square(
                4,
                -0.6,
                43.35,
                side=0.05,
                datetime="2015-01-01T11:00:00Z",
                license="crise",
                **{"eo:cloud_cover": None},
            ),
        ]
    )


@pytest.fixture
def panel(api: Api, iface: Any) -> Iterator[Any]:
    with scripted(api) as server, search_panel(iface, make_profile(server.root)) as shown:
        yield shown
        (shown.context.paths.home / "searches.json").unlink(
            missing_ok=True
        )  # the home is that of the whole run


def ids(panel: Any) -> str:
    return "".join(
        panel.model.row(panel.model.index(n)).product.id[-1] for n in range(panel.model.rowCount())
    )


def key(panel: Any, number: int) -> Any:
    return next(r.product.key for r in panel.model.rows() if r.product.id.endswith(str(number)))


def action(panel: Any, text: str) -> Any:
    menus = [panel.footer.sort_button.menu(), panel.footer.more_button.menu()]
    return next(a for menu in menus for a in menu.actions() if text in a.text())


def said(panel: Any) -> str:
    bar = panel.context.iface.messageBar()
    return " ".join(
        str(getattr(i, "text", str)())
        for i in (bar.items() if hasattr(bar, "items") else [bar.currentItem()])
        if i
    )


# order and passes


def test_sorts_either_way_and_keeps_what_is_chosen(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    assert ids(panel) == "2134"
    panel.select([key(panel, 3)])
    action(panel, "Cloud cover").trigger()
    assert ids(panel) == "2314", "clearest first, unknown last"
    action(panel, "Descending").trigger()
    assert ids(panel) == "1324", "unknown last either way"
    assert [p.id[-1] for p in panel.selected()] == ["3"]
    assert "cloud cover" in panel.footer.sort_button.accessibleName()


def test_a_cut_list_is_asked_again_in_the_new_order(
    panel: Any, api: Api, wait_until: Callable[..., None]
) -> None:
    from dinamis_qgis.gui.search import panel as module

    api.items = [pictured(i, WEST, SOUTH, **{"eo:cloud_cover": 99 - i}) for i in range(30)]
    original, module.FIRST = module.FIRST, 10
    try:
        search(panel, wait_until)
        before = len(api.searches)
        action(panel, "Cloud cover").trigger()
        wait_until(lambda: len(api.searches) > before and panel._job is None)
    finally:
        module.FIRST = original


def test_a_cut_list_the_service_cannot_sort_says_so_and_keeps_what_is_chosen(
    panel: Any, api: Api, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dinamis_qgis.core.catalogue.saved import SavedSearch, product_mark
    from dinamis_qgis.gui.search import panel as module

    monkeypatch.setattr(module, "FIRST", 10)
    api.conforms = [*CORE, SORT]
    api.items = [pictured(i, WEST, SOUTH, **{"eo:cloud_cover": i}) for i in range(30)]
    search(panel, wait_until)
    assert "sorted here" not in panel.more.label.text(), "the service gives the latest first"
    chosen = [row.product for row in panel.model.rows()][:2]
    panel.select([product.key for product in chosen])
    panel.model.set_opened(
        SavedSearch(
            "id", "Pau", "essai", panel._query, fresh=frozenset(product_mark(product) for product in chosen)
        )
    )
    before = len(api.searches)
    action(panel, "Cloud cover").trigger()
    wait_until(lambda: len(api.searches) > before and panel._job is None)
    assert panel.more.isVisible() and "sorted here" in panel.more.label.text()
    assert "order" in panel.searching.tally.filtered_text().partition("By QGIS")[2]
    assert {p.key for p in panel.selected()} == {p.key for p in chosen}
    assert all(panel.model.is_new(product) for product in chosen)


def test_groups_by_pass(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    action(panel, "Group by pass").trigger()
    assert ids(panel) == "234" and panel.model.count() == 4
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0))
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert ids(panel) == "2134", "open"
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert ids(panel) == "234"
    index = panel.model.index(0)
    option = panel.view._option(index)
    from dinamis_qgis.gui.search.results.model import PILE_ROLE

    mark = panel.delegate.pile_rect(option, index.data(PILE_ROLE))
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=mark.center().toPoint())
    assert ids(panel) == "2134", "opened with the mouse"
    assert panel.model.index_of(key(panel, 1)).row() == 1


def test_what_is_chosen_is_never_another_of_its_pass(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    """Products 1 and 2 are of one pass; 2 is the first of their pile."""
    search(panel, wait_until)
    panel.select([key(panel, 1)])
    action(panel, "Group by pass").trigger()
    assert [p.key for p in panel.selected()] == [key(panel, 1)], "still chosen, its pile is open"
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index_of(key(panel, 1)))
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert ids(panel) == "234" and panel.selected() == [], "hidden: nothing else is chosen instead"
    assert panel.view.currentIndex().row() == 0, "the keyboard is on the card that stayed"
    panel.footprints.clicked.emit(key(panel, 1), False)
    assert [p.key for p in panel.selected()] == [key(panel, 1)] and ids(panel) == "2134", (
        "chosen on the map"
    )
    panel.model.toggle_pile(panel.model.index(0), False)
    assert panel.selected() == [], "hidden with the mouse"
    panel.select([key(panel, 2), key(panel, 1)])
    assert {p.key for p in panel.selected()} == {key(panel, 1), key(panel, 2)}, (
        "as a plan chooses them"
    )


def test_a_newcomer_of_the_same_pass_hides_nothing_chosen(
    panel: Any, api: Api, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    action(panel, "Group by pass").trigger()
    panel.select([key(panel, 2)])
    row = next(r for r in panel.model.rows() if r.product.key == key(panel, 2))
    other = replace(row.product, id="later", datetime=row.product.datetime + timedelta(minutes=1))
    panel.model.append(panel._generation, [replace(row, product=other)])
    assert [p.key for p in panel.selected()] == [key(panel, 2)]


# the map


def test_footprints_by_state(panel: Any, wait_until: Callable[..., None]) -> None:
    signed_in(panel, "spot67")
    search(panel, wait_until)
    looks = {k[3][-1]: v for k, v in panel.footprints._looks.items()}
    assert looks == {"1": "spot", "2": "spot", "3": "spot", "4": "spot-missing"}
    signed_in(panel, "spot67", "crise")
    assert panel.footprints._looks[key(panel, 4)] == "spot"
    layer = QgsRasterLayer("", "x", "gdal")
    product = next(r.product for r in panel.model.rows() if r.product.id.endswith("1"))
    for name, value in (
        ("catalogue", product.catalogue),
        ("collection", product.collection),
        ("item", product.id),
    ):
        layer.setCustomProperty(f"dinamis/{name}", value)
    QgsProject.instance().addMapLayer(layer)
    assert panel.footprints._looks[product.key] == "spot-loaded"
    assert panel.footprints._drawing.bare == {product.key}, "no tint over its imagery"
    drawn = {f["name"]: f["look"] for f in panel.footprints.layer.getFeatures()}
    assert drawn["\n".join(product.key)] == "spot-loaded"
    QgsProject.instance().removeAllMapLayers()
    assert panel.footprints._looks[product.key] == "spot"


def test_footprints_carry_their_dates(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    layer = panel.footprints.layer
    assert layer.labelsEnabled() and layer.labeling().settings().fieldName == "label"
    assert {f["label"] for f in layer.getFeatures()} >= {
        footprint_style.date_label(r.product) for r in panel.model.rows()
    }
    assert all(
        category.symbol().symbolLayer(0).properties()["style"] == "no"
        for category in layer.renderer().categories()
    )


def green(panel: Any) -> bool:
    """Whether the middle of the first footprint is the quicklook's colour on the map."""
    canvas = panel.context.iface.mapCanvas()
    canvas.repaint()
    image = canvas.grab().toImage()
    colors = [
        QColor(image.pixel(x, y))
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    ]
    return sum(c.green() > c.red() + 60 and c.green() > c.blue() + 60 for c in colors) > 50


def test_space_drapes_the_quicklook_and_leaves_no_layer(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index_of(key(panel, 1)))
    QTest.keyClick(panel.view, Qt.Key.Key_Space)
    wait_until(lambda: panel.map.drape.item is not None, what="the quicklook")
    wait_until(lambda: green(panel), what="the quicklook on the map")
    assert not QgsProject.instance().mapLayers() and not QgsProject.instance().isDirty()
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    wait_until(
        lambda: panel.map.drape.item is not None and panel.map.drape.key == key(panel, 3),
        what="the next one",
    )
    QTest.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel.map.drape.item is None
    wait_until(lambda: not green(panel))


def test_no_quicklook_is_told(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.view.setCurrentIndex(panel.model.index_of(key(panel, 4)))
    action(panel, "Preview").trigger()
    wait_until(lambda: "quicklook" in said(panel))
    assert panel.map.drape.key is None


def test_a_preview_on_its_way_is_given_up_with_the_dock(
    panel: Any, api: Api, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    gate = threading.Event()
    api.before = lambda seen: Answer(hang=gate) if seen.path.startswith("/look/") else None
    panel.view.setCurrentIndex(panel.model.index_of(key(panel, 1)))
    panel.choosing.previewing.toggle()
    assert panel.progress.isVisible()
    panel.parentWidget().hide()
    assert panel.map.drape.key is None
    gate.set()


def test_where_a_quicklook_lies() -> None:
    turned = Polygon([(0.2, 0), (1, 0.2), (0.8, 1), (0, 0.8)])
    assert quicklook.quad_of(turned) == [(0, 0.8), (0.8, 1), (1, 0.2), (0.2, 0)], (
        "north-west first, clockwise"
    )
    assert quicklook.quad_of(Polygon(list(turned.exterior.coords)[::-1])) == quicklook.quad_of(
        turned
    )
    blank = QImage(20, 20, QImage.Format.Format_ARGB32)
    blank.fill(0)
    full = QImage(20, 20, QImage.Format.Format_RGB32)
    full.fill(QColor("#406080"))
    assert quicklook.blank_corners(blank) == 4 and quicklook.blank_corners(full) == 0


# export


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_footprints_to_a_file(
    panel: Any,
    wait_until: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    search(panel, wait_until)
    path = tmp_path / f"mes emprises{suffix}"
    monkeypatch.setattr(export, "ask_path", lambda parent, folder: path)
    action(panel, "Export the footprints").trigger()
    wait_until(path.exists, what="the file")
    wait_until(lambda: path.name in said(panel))
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    assert layer.GetFeatureCount() == 4
    found = {f["id"]: (f["cloud_cover"], f.GetGeometryRef().GetEnvelope()) for f in layer}
    assert found["SPOT7_00001"][0] == 30
    assert found["SPOT7_00001"][1] == pytest.approx((WEST, WEST + 0.2, SOUTH, SOUTH + 0.2))
    assert found["SPOT7_00004"][0] is None, "unknown is not 0"
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_footprints_written_over_a_file_of_the_project_are_what_its_layer_shows(
    panel: Any,
    wait_until: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    search(panel, wait_until)
    path = tmp_path / f"emprises{suffix}"
    monkeypatch.setattr(export, "ask_path", lambda parent, folder: path)
    action(panel, "Export the footprints").trigger()
    wait_until(lambda: "4 footprints written" in said(panel))
    layer = QgsVectorLayer(str(path), "emprises", "ogr")
    QgsProject.instance().addMapLayer(layer)
    assert len(list(layer.getFeatures())) == 4
    panel.select([key(panel, 1), key(panel, 2)])
    action(panel, "Export the footprints").trigger()
    wait_until(lambda: "2 footprints written" in said(panel))
    assert layer.isValid() and {f["id"] for f in layer.getFeatures()} == {
        "SPOT7_00001",
        "SPOT7_00002",
    }


def test_footprints_into_the_project(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.select([key(panel, 1), key(panel, 2)])
    action(panel, "Add the footprints").trigger()
    wait_until(lambda: QgsProject.instance().mapLayers())
    layer = next(iter(QgsProject.instance().mapLayers().values()))
    assert isinstance(layer, QgsVectorLayer) and layer.featureCount() == 2, "those chosen"
    assert (
        layer.renderer().type() == "categorizedSymbol"
        and Path(layer.source().split("|")[0]).is_file()
    )


def test_a_folder_that_cannot_be_written_is_told(
    panel: Any, wait_until: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search(panel, wait_until)
    monkeypatch.setattr(export, "ask_path", lambda parent, folder: tmp_path / "nowhere" / "x.gpkg")
    action(panel, "Export the footprints").trigger()
    wait_until(lambda: "x.gpkg” could not be" in said(panel))


def test_a_folder_of_ours_that_cannot_be_made_is_told(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    folder = panel.context.paths.home / "footprints"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    try:
        action(panel, "Add the footprints").trigger()
        wait_until(lambda: "could not be" in said(panel))
    finally:
        folder.unlink()


@pytest.mark.parametrize(
    ("suffix", "room"),
    [(".gpkg", 50_000), (".gpkg", 250_000), (".geojson", 50_000), (".geojson", 250_000)],
)
def test_a_disk_that_fills_up_leaves_the_file_that_was_there(
    panel: Any, wait_until: Callable[..., None], tmp_path: Path, suffix: str, room: int
) -> None:
    resource = pytest.importorskip("resource")
    search(panel, wait_until)
    row = panel.model.rows()[0]
    rows = [replace(row, product=replace(row.product, id=f"{number}")) for number in range(1500)]
    path = tmp_path / f"emprises{suffix}"
    path.write_text("of last year")
    before, limits = (
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
        resource.getrlimit(resource.RLIMIT_FSIZE),
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(StorageError):
            export.write_rows(rows, path, panel.context.profile, None, Cancel())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert path.read_text() == "of last year" and list(tmp_path.iterdir()) == [path]


# quicklooks and nothing


def test_a_quicklook_that_failed_comes_with_the_next_search(
    panel: Any, api: Api, wait_until: Callable[..., None]
) -> None:
    api.look = Answer(503)
    search(panel, wait_until)
    href = next(row.product.thumbnail for row in panel.model.rows() if row.product.thumbnail)
    panel.thumbnails.get(href)
    wait_until(lambda: href in panel.thumbnails._images, what="the failure")
    assert panel.thumbnails.get(href) is None
    api.look = None
    search(panel, wait_until)
    wait_until(lambda: panel.thumbnails.get(href) is not None, what="the quicklook")


def test_nothing_found_in_an_area_is_said_of_it_and_looked_for_around_it(
    panel: Any, api: Api, wait_until: Callable[..., None]
) -> None:
    api.items = []
    panel.map.area.set_area(box(2.0, 48.0, 2.1, 48.1), "ma commune")
    wait_until(
        lambda: panel._job is None and panel.stack.currentWidget() is panel.state, what="nothing"
    )
    assert "over this area" in panel.state.text.text()
    next(b for b in panel.state.findChildren(QAbstractButton) if b.text() == "Look around").click()
    looked = panel._query.area
    assert looked.covers(box(2.0, 48.0, 2.1, 48.1)), (
        "around the area, not around what the map showed"
    )


# the plan


def test_plan_with_its_gap_requested(panel: Any, wait_until: Callable[..., None]) -> None:
    panel.map.area.set_area(box(WEST, SOUTH, WEST + 0.4, SOUTH + 0.2), "zone")
    wait_until(lambda: panel.model.count() == 3 and panel._job is None)
    signed_in(panel, "spot67")
    QTest.mouseClick(panel.findChild(QToolButton, "planButton"), Qt.MouseButton.LeftButton)
    wait_until(lambda: panel.plan.plan is not None, what="the plan")
    assert panel.plan.title.text() == "2 scenes cover 75\u00a0%"
    assert "km²" in panel.plan.text.text()
    assert sorted(p.id[-1] for p in panel.selected()) == ["1", "3"]
    gap = panel.map.gaps.area
    shown = panel.plan.plan
    panel.plan._planned(replace(shown, gap_km2=shown.area_km2 * 0.9999))
    assert "remain" not in panel.plan.text.text() and "ha of" in panel.plan.text.text(), (
        "what is left reads as all of it: say what is covered"
    )
    panel.plan._planned(shown)
    assert gap.bounds == pytest.approx((WEST + 0.3, SOUTH, WEST + 0.4, SOUTH + 0.2), abs=1e-6)
    wanted: list[Any] = []
    panel.request_wanted.connect(wanted.append)
    QTest.mouseClick(panel.plan.request, Qt.MouseButton.LeftButton)
    assert wanted[0].equals(gap)
    QTest.mouseClick(panel.plan.close_button, Qt.MouseButton.LeftButton)
    assert panel.map.gaps.area is None and not panel.plan.isVisible()


def test_plan_loaded_as_one_layer(
    panel: Any, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dinamis_qgis.bridge import tasks

    asked: list[str] = []

    def add(context: Any, products: Any, failed: Any = None) -> Any:
        asked.extend(p.id[-1] for p in products)
        return tasks.run(lambda job: None, parent=panel)

    monkeypatch.setattr(choosing, "add_mosaic", add)
    panel.map.area.set_area(box(WEST, SOUTH, WEST + 0.4, SOUTH + 0.2), "zone")
    wait_until(lambda: panel.model.count() == 3 and panel._job is None)
    panel.footer.plan_wanted.emit()
    wait_until(lambda: panel.plan.plan is not None)
    QTest.mouseClick(panel.plan.load, Qt.MouseButton.LeftButton)
    assert asked == ["1", "3"] and panel.choosing.busy
    wait_until(lambda: not panel.choosing.busy)


def test_plan_of_scenes_that_do_not_go_together_is_a_group_best_on_top(
    panel: Any, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a person has of them elsewhere in the tree stays there."""

    def add(context: Any, products: Any, done: Any = None) -> list[Any]:
        from dinamis_qgis.bridge import tasks
        from dinamis_qgis.bridge.layers import add as layers

        def made(_: Any, product: Any = products[0]) -> None:
            layer = QgsRasterLayer("", product.id, "gdal")
            layers.insert_layer(layer)
            done(layer)

        return [tasks.run(lambda job: None, done=made, parent=panel)]

    def refuse(context: Any, products: Any, failed: Any = None) -> Any:
        from dinamis_qgis.bridge import tasks

        def work(_: Any) -> None:
            raise InvalidInput("two projections")

        return tasks.run(work, failed=failed, parent=panel)

    monkeypatch.setattr(actions, "add_to_map", add)
    monkeypatch.setattr(choosing, "add_mosaic", refuse)
    panel.map.area.set_area(box(WEST, SOUTH, WEST + 0.4, SOUTH + 0.2), "zone")
    wait_until(lambda: panel.model.count() == 3 and panel._job is None)
    panel.footer.plan_wanted.emit()
    wait_until(lambda: panel.plan.plan is not None)
    best = panel.plan.plan.products[0]
    had = QgsRasterLayer("", "Mon fond", "gdal")
    for name, value in (
        ("catalogue", best.catalogue),
        ("collection", best.collection),
        ("item", best.id),
    ):
        had.setCustomProperty(f"dinamis/{name}", value)
    QgsProject.instance().addMapLayer(had, False)
    own = QgsProject.instance().layerTreeRoot().addGroup("Mes fonds")
    own.addLayer(had)
    QTest.mouseClick(panel.plan.load, Qt.MouseButton.LeftButton)
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 3 and not panel.choosing.busy)
    assert [c.name() for c in own.children()] == ["Mon fond"]
    group = QgsProject.instance().layerTreeRoot().children()[0]
    assert group.name() == "Mosaic of 2 scenes"
    assert [c.name()[-1] for c in group.children()] == ["1", "3"], (
        "the newer above a little clearer but older"
    )


def test_a_new_search_ends_the_plan(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.footer.plan_wanted.emit()
    wait_until(lambda: panel.plan.plan is not None)
    search(panel, wait_until)
    assert panel.plan.plan is None and not panel.plan.isVisible() and panel.map.gaps.area is None


def test_holding_is_known_once_a_licence(panel: Any, wait_until: Callable[..., None]) -> None:
    signed_in(panel, "spot67")
    search(panel, wait_until)
    product = panel.model.rows()[0].product
    assert panel.model.holding(product) is Holding.HELD
    assert panel.model.holding(replace(product, licence="crise")) is Holding.MISSING


def test_choosing_all_with_the_keyboard(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.selected()) == 4
    assert panel.status.text() == "4 products · 4 chosen"
    panel._sort(SortOrder("cloud", False))
    assert len(panel.selected()) == 4
    QApplication.processEvents()
