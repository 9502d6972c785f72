"""``di `` in QGIS's real locator, in front of the training service and of one that is down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsLocator, QgsLocatorContext, QgsLocatorResult
from qgis.PyQt.QtCore import Qt
from shapely.geometry import box

from dinamis_qgis.bridge import messages, profiles
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.searches import saved_searches
from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.gui.dock import DinamisDock
from dinamis_qgis.gui.locator import PLACES, Locator, note_place, searched_places
from tests.support.service import running_service

PAU = box(-0.7, 43.0, -0.3, 43.4)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def context(service: Any, iface: Any, tmp_path: Path) -> Iterator[Any]:
    made = Context(iface)
    made.paths = replace(made.paths, home=tmp_path)
    made.profile = load_profile(Path(service.profile_path), profiles.schema_path())
    messages.install_messages(iface)
    yield made
    made.close()
    messages.install_messages(None)


@pytest.fixture
def ask(
    context: Any, iface: Any, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> Iterator[Any]:
    """``ask(text)``: what QGIS's locator lists."""
    locator = QgsLocator()
    monkeypatch.setattr(iface, "registerLocatorFilter", locator.registerFilter, raising=False)
    monkeypatch.setattr(iface, "deregisterLocatorFilter", locator.deregisterFilter, raising=False)
    dock = DinamisDock(context, iface.mainWindow())
    iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.hide()
    iface.mainWindow().show()
    shown = Locator(context, dock)
    results: list[QgsLocatorResult] = []
    ended: list[int] = []
    locator.foundResult.connect(
        lambda found: results.append(QgsLocatorResult(found))
    )  # theirs is gone after the signal
    locator.finished.connect(lambda: ended.append(1))

    def asked(text: str) -> list[QgsLocatorResult]:
        results.clear()
        ended.clear()
        locator.fetchResults(text, QgsLocatorContext())
        wait_until(lambda: ended and not locator.isRunning(), seconds=60, what="the locator")
        return list(results)

    asked.trigger = lambda result: shown._filter.triggerResult(result)  # type: ignore[attr-defined]
    asked.dock, asked.locator = dock, locator  # type: ignore[attr-defined]
    yield asked
    shown.stop()
    assert not locator.filters()
    dock.close()
    dock.deleteLater()
    locator.deleteLater()


@pytest.fixture
def shown(context: Any) -> list[Any]:
    """What failed to open."""
    found: list[Any] = []
    context.open_failed.connect(found.append)
    return found


def some_product(context: Any) -> Product:
    pages = search(context.profile, Query(), context.http, None, Cancel())
    return next(p for page in pages for p in page.products)


def test_a_product_by_its_id(ask: Any, context: Any, wait_until: Callable[..., None]) -> None:
    product = some_product(context)
    (result,) = ask(f"di {product.id}")
    assert result.displayString == product.id
    ask.trigger(result)
    panel = ask.dock.panel("search")
    wait_until(
        lambda: [p.key for p in panel.selected()] == [product.key],
        seconds=60,
        what="the product chosen in the list",
    )
    assert ask.dock.isUserVisible()
    assert product.id in [r.displayString for r in ask(f"di {product.id[:9]}")], (
        "from the results in hand"
    )


def test_without_the_prefix_nothing(ask: Any, context: Any) -> None:
    assert ask(some_product(context).id) == []


def test_an_id_nobody_has(ask: Any) -> None:
    assert ask("di SPOT7_MS_209901010000000") == []


def test_a_saved_search(ask: Any, context: Any, wait_until: Callable[..., None]) -> None:
    saved_searches(context).add(
        "Forêts du Béarn", context.profile.id, Query(area=PAU, max_cloud=20)
    )
    saved_searches(context).add("Ailleurs", "another", Query(area=PAU))
    assert ask("di ailleurs") == []
    for typed in ("di bearn", "di BÉARN", "di be\u0301arn", "di forets"):
        assert [r.displayString for r in ask(typed)] == ["Forêts du Béarn"]
    (result,) = ask("di béarn")
    assert result.displayString == "Forêts du Béarn"
    ask.trigger(result)
    panel = ask.dock.panel("search")
    wait_until(
        lambda: panel.searching.tally is not None and panel._job is None,
        seconds=60,
        what="the search",
    )
    assert panel._query.max_cloud == 20 and panel._query.area.equals(PAU)


def test_a_saved_search_with_news_is_opened_as_from_the_star(
    ask: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    store, panel = saved_searches(context), ask.dock.panel("search")
    panel.ask(Query(area=PAU))
    wait_until(
        lambda: panel.model.count() and panel._job is None and panel.saved._checking is None,
        seconds=60,
    )
    products = [row.product for row in panel.model.rows()]
    clearest = SortOrder("cloud", descending=False)
    store.add(
        "Nuages",
        context.profile.id,
        Query(area=PAU, order=clearest),
        (),
        products[1:],
        panel.searching.tally.whole,
    )
    panel.saved.check()
    wait_until(lambda: panel.query_bar.star_button.count == 1, seconds=60, what="the badge")
    (result,) = ask("di nuages")
    ask.trigger(result)
    wait_until(lambda: panel.query_bar.star_button.count == 0, seconds=60, what="seen")
    assert panel.model.order == clearest and panel._job is None
    assert [r.product.key for r in panel.model.rows() if panel.model.is_new(r.product)] == [
        products[0].key
    ]


def test_a_place_already_searched(ask: Any, wait_until: Callable[..., None]) -> None:
    panel = ask.dock.panel("search")
    panel.ask(Query(area=PAU), "Pau et ses coteaux")
    wait_until(lambda: searched_places(), seconds=60, what="the place remembered")
    (result,) = ask("di coteaux")
    assert result.displayString == "Pau et ses coteaux"
    panel.map.area.set_map()
    ask.trigger(result)
    assert panel.map.area.fixed.equals(PAU)
    wait_until(lambda: panel._job is None, seconds=60)


def test_the_latest_places_once_each(context: Any) -> None:
    for number in [*range(PLACES + 3), 5]:
        note_place(f"place {number}", Query(area=box(number, 0, number + 1, 1)))
    note_place("", Query(area=PAU))
    note_place("nowhere", Query())
    assert len(searched_places()) == PLACES
    assert [name for name, _ in searched_places()][:2] == ["place 5", f"place {PLACES + 2}"]


def test_two_places_of_one_name(ask: Any, wait_until: Callable[..., None]) -> None:
    """Those drawn are all called "drawn polygon"."""
    other = box(2, 48, 2.2, 48.1)
    for area in (PAU, other):
        note_place("drawn polygon", Query(area=area))
    results = ask("di drawn")
    assert len(results) == len({r.description for r in results}) == 2
    ask.trigger(next(r for r in results if "43.20, -0.50" in r.description))
    panel = ask.dock.panel("search")
    assert panel.map.area.fixed.equals(PAU)
    wait_until(lambda: panel._job is None, seconds=60)


def test_one_id_in_two_catalogues(ask: Any, context: Any, wait_until: Callable[..., None]) -> None:
    product = some_product(context)
    one = context.profile.catalogues[0]
    context.profile = replace(
        context.profile, catalogues=(one, replace(one, id="other", title="Another"))
    )
    results = ask(f"di {product.id}")
    assert [r.displayString for r in results] == [product.id] * 2
    assert "Another" in results[1].description and "Another" not in results[0].description
    ask.trigger(results[0])
    panel = ask.dock.panel("search")
    wait_until(lambda: panel.selected(), seconds=60, what="the product chosen in the list")
    assert [p.key for p in panel.selected()] == [product.key]


def test_before_the_panel_was_ever_seen(
    ask: Any, context: Any, service: Any, wait_until: Callable[..., None]
) -> None:
    """The profile is opened for it; what needs none comes all the same."""
    product = some_product(context)
    saved_searches(context).add("SPOT7_MS_saved", context.profile.id, Query(area=PAU))
    note_place("SPOT7_MS_place", Query(area=PAU))
    context.profile = None
    context.settings.profile = str(service.profile_path)
    groups = [r.group for r in ask("di SPOT7_MS")]
    assert groups == ["Places searched", "Saved searches"] and context.profile is not None
    assert product.id in [r.displayString for r in ask(f"di {product.id}")]


def test_a_profile_that_cannot_be_opened_is_said_once(
    ask: Any, context: Any, tmp_path: Path, shown: list[Any]
) -> None:
    note_place("Béarn", Query(area=PAU))
    context.profile = None
    context.settings.profile = str(tmp_path / "gone.json")
    for text in ("di b", "di bé", "di béa"):
        assert [r.displayString for r in ask(text)] == ["Béarn"]
    assert len(shown) == 1


def test_a_service_that_is_down_keeps_the_rest(ask: Any, context: Any) -> None:
    down = tuple(replace(c, url="http://127.0.0.1:9/") for c in context.profile.catalogues)
    context.profile = replace(context.profile, catalogues=down)
    note_place("SPOT7_MS_201805051026429", Query(area=PAU))
    (result,) = ask("di SPOT7_MS_201805051026429")
    assert result.group == "Places searched"
