"""Saved searches and their news: opened, deleted and had back, with the service silent, down or
half there.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QPushButton
from shapely.geometry import box

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.searches import saved_searches
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.gui.search.query.saved_menu import SavedMenu
from dinamis_qgis.gui.widgets.buttons import BadgeButton
from tests.support.scripted import Answer
from tests.support.search import (
    StacApi,
    make_profile,
    scripted,
    search,
    search_panel,
    signed_in,
    square,
)

WEST, SOUTH = -0.45, 43.2


@contextlib.contextmanager
def panel_of(iface: Any, *apis: StacApi) -> Iterator[Any]:
    """A panel whose profile has one catalogue an API, ``c0``, ``c1``…"""
    with contextlib.ExitStack() as stack:
        roots = [stack.enter_context(scripted(api)).root for api in apis]
        shown = stack.enter_context(search_panel(iface, make_profile(*roots)))
        try:
            yield shown
        finally:
            (shown.context.paths.home / "searches.json").unlink(
                missing_ok=True
            )  # the home is that of the whole run


@pytest.fixture
def api() -> StacApi:
    """Four products of the area, one of another licence."""
    return StacApi(
        [
            *(square(i, WEST, SOUTH) for i in (1, 2, 3)),
            square(4, -0.6, 43.35, side=0.05, license="crise"),
        ]
    )


@pytest.fixture
def panel(api: StacApi, iface: Any) -> Iterator[Any]:
    with panel_of(iface, api) as shown:
        yield shown


def said(panel: Any) -> str:
    bar = panel.context.iface.messageBar()
    return " ".join(
        str(getattr(i, "text", str)())
        for i in (bar.items() if hasattr(bar, "items") else [bar.currentItem()])
        if i
    )


def menu_texts(panel: Any) -> list[str]:
    panel.saved.fill()
    return [a.text() for a in panel.saved.menu.actions()]


def test_saved_with_news_opened_and_deleted(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel.saved.save("Pau & co")
    wait_until(lambda: panel.saved.searches)
    kept = json.loads((panel.context.paths.home / "searches.json").read_text("utf-8"))["searches"][
        0
    ]
    assert (
        kept["name"] == "Pau & co"
        and len(kept["known"]) == 4
        and kept["query"]["area"]["type"] == "Polygon"
    )
    assert "Pau && co" in menu_texts(panel)
    api.items.append(square(7, WEST, SOUTH, datetime="2024-01-01T00:00:00Z"))
    panel.saved.check()
    wait_until(lambda: panel.query_bar.star_button.count == 1, what="the badge")
    assert "1 new product" in panel.query_bar.star_button.toolTip()
    assert said(panel) == "", "a badge, not a nag"
    panel.context.iface.mapCanvas().zoomByFactor(0.2)
    panel.saved.fill()
    next(a for a in panel.saved.menu.actions() if "Pau && co" in a.text()).trigger()
    wait_until(lambda: panel.model.count() == 5 and panel._job is None)
    new = next(r.product for r in panel.model.rows() if r.product.id.endswith("7"))
    assert panel.model.is_new(new) and not panel.model.is_new(panel.model.rows()[1].product)
    assert panel.map.area.fixed is not None, "its own area, not what the map showed"
    wait_until(lambda: panel.query_bar.star_button.count == 0, what="seen")
    panel.saved.delete(panel.saved.searches[0])
    wait_until(lambda: not panel.saved.searches)
    assert "Undo" not in menu_texts(panel)


def test_what_is_saved_is_what_the_panel_shows(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel.query_bar.cloud.slider.setValue(2)
    panel.saved.save("Pau sans nuages")
    wait_until(lambda: panel.saved.searches)
    saved = panel.saved.searches[0]
    assert saved.query.max_cloud == 10 and not saved.known and not saved.checked, (
        "its products are not known yet"
    )
    panel.map.area.set_map()
    canvas = panel.context.iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    panel.saved.save("Nulle part")
    assert "no coordinate reference system" in said(panel)


def test_news_are_looked_up_at_start_and_a_dead_service_says_nothing(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel.saved.save("Pau")
    wait_until(lambda: panel.saved.searches)
    api.items.append(square(7, WEST, SOUTH))
    panel.context.profile_changed.emit()
    wait_until(lambda: panel.query_bar.star_button.count == 1, what="the badge at start")
    panel.context.http.retries = 0
    api.before = lambda _: Answer(500, b"")
    panel.context.profile_changed.emit()
    wait_until(lambda: panel.saved._checking is None)
    assert panel.query_bar.star_button.count == 1 and said(panel) == ""
    panel.saved.check()
    wait_until(lambda: said(panel), what="asked for: told")


def test_saved_searches_are_there_while_the_service_is_silent(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel.saved.save("Pau")
    wait_until(lambda: panel.saved.searches)
    api.items.append(square(7, WEST, SOUTH))
    panel.saved.check()
    wait_until(lambda: panel.query_bar.star_button.count == 1, what="the badge")
    spoken, button = threading.Event(), BadgeButton(QIcon(), "star")
    api.before = lambda _: Answer(500, hang=spoken)
    another_day = SavedMenu(panel.context, button, panel.saved._current, panel)
    try:
        another_day.start()
        wait_until(lambda: another_day.searches, what="the searches")
        another_day.fill()
        assert "Pau · 1 new" in [a.text() for a in another_day.menu.actions()] and button.count == 1
        assert another_day._checking is not None
    finally:
        spoken.set()
        another_day.stop()


def test_another_profile_has_its_own_saved_searches(
    panel: Any, api: StacApi, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    search(panel, wait_until)
    panel.saved.save("Pau")
    wait_until(lambda: panel.saved.searches)
    api.items.append(square(7, WEST, SOUTH))
    panel.saved.check()
    wait_until(lambda: panel.query_bar.star_button.count == 1, what="the badge")
    store, written = saved_searches(panel.context), threading.Event()
    add = store.add
    monkeypatch.setattr(store, "add", lambda *values: (written.wait(30), add(*values)))
    panel.saved.save("Late")
    panel.context.profile = replace(panel.context.profile, id="other")
    panel.context.profile_changed.emit()
    assert "Pau" not in " ".join(menu_texts(panel)) and panel.query_bar.star_button.count == 0
    wait_until(lambda: panel.saved._checking is None)
    written.set()
    wait_until(lambda: not tasks._running, what="the search saved")
    assert len(store.all("essai")) == 2 and panel.saved.searches == ()


def new_ones(panel: Any) -> str:
    return "".join(
        sorted(r.product.id[-1] for r in panel.model.rows() if panel.model.is_new(r.product))
    )


def test_news_opened_while_the_service_is_down_wait_for_its_answer(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    panel.saved.save("Pau")
    wait_until(lambda: panel.saved.searches)
    api.items.append(square(7, WEST, SOUTH))
    panel.saved.check()
    wait_until(lambda: panel.query_bar.star_button.count == 1, what="the badge")
    panel.context.http.retries = 0
    api.before = lambda _: Answer(503)
    ended: list[int] = []
    panel.searched.connect(lambda: ended.append(1))
    panel.saved.open(panel.saved.searches[0])
    wait_until(lambda: ended, what="the failure")
    spoken = threading.Event()
    api.before = lambda _: Answer(503, hang=spoken)
    panel.search()
    panel.cancel()
    spoken.set()
    wait_until(lambda: not tasks._running)
    assert panel.query_bar.star_button.count == 1 and panel.saved.searches[0].fresh
    api.before = None
    panel.search()
    wait_until(lambda: panel.query_bar.star_button.count == 0, what="seen")
    assert panel.model.count() == 5 and new_ones(panel) == "7"
    panel.map.area.set_area(box(WEST, SOUTH, WEST + 0.2, SOUTH + 0.1), "elsewhere")
    wait_until(lambda: panel.model.count() and panel._job is None)
    assert new_ones(panel) == "", "another search"


def test_news_of_a_catalogue_that_does_not_answer_are_not_seen(
    iface: Any, wait_until: Callable[..., None]
) -> None:
    one, other = StacApi([square(1, WEST, SOUTH)]), StacApi([square(2, WEST, SOUTH)])
    with panel_of(iface, one, other) as panel:
        search(panel, wait_until)
        panel.saved.save("Pau")
        wait_until(lambda: panel.saved.searches and panel.saved._checking is None)
        one.items.append(square(3, WEST, SOUTH))
        other.items.append(square(4, WEST, SOUTH))
        panel.saved.check()
        wait_until(lambda: panel.query_bar.star_button.count == 2, what="the badge")
        panel.context.http.retries = 0
        other.before = lambda _: Answer(503)
        panel.saved.open(panel.saved.searches[0])
        wait_until(lambda: panel.query_bar.star_button.count == 1, what="half of it seen")
        assert new_ones(panel) == "3"
        other.before = None
        search(panel, wait_until)
        wait_until(lambda: panel.query_bar.star_button.count == 0, what="seen")
        assert new_ones(panel) == "34"


def test_a_saved_search_deleted_can_be_had_back_whole(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    for number, name in enumerate(("Pau", "Tarbes", "Dax"), 1):
        panel.saved.save(name)
        wait_until(lambda n=number: len(panel.saved.searches) == n)
    api.items.append(square(7, WEST, SOUTH))
    panel.saved.check()
    wait_until(lambda: panel.query_bar.star_button.count == 1, what="the badge")
    panel.saved.set_alert(panel.saved.searches[1], False)
    wait_until(lambda: not panel.saved.searches[1].alert)
    before = panel.saved.searches
    panel.saved.delete(before[1])
    wait_until(lambda: "deleted" in said(panel) and len(panel.saved.searches) == 2)
    assert [s.name for s in panel.saved.searches] == ["Pau", "Dax"]
    bar = panel.context.iface.messageBar()
    next(b for b in bar.findChildren(QPushButton) if b.text() == "Undo").click()
    wait_until(lambda: len(panel.saved.searches) == 3)
    assert [replace(s, query=Query()) for s in panel.saved.searches] == [
        replace(s, query=Query()) for s in before
    ]
    assert panel.saved.searches[1].query.area.equals(before[1].query.area) and before[1].fresh


def test_a_check_asked_for_goes_on_after_a_failure_and_tells_it_at_the_end(
    iface: Any, wait_until: Callable[..., None]
) -> None:
    down, up = StacApi([]), StacApi([square(1, WEST, SOUTH)])
    down.before = lambda _: Answer(503, b"")
    with panel_of(iface, down, up) as panel:
        panel.context.http.retries = 0
        wait_until(lambda: panel.saved._checking is None, what="the check at start")
        store = saved_searches(panel.context)
        for name in ("c0", "c1"):
            store.add(
                name,
                "essai",
                Query(area=box(WEST, SOUTH, WEST + 0.2, SOUTH + 0.2)),
                (name,),
                (),
                (name,),
            )
        panel.saved.check()
        wait_until(lambda: said(panel), what="told")
        assert panel.query_bar.star_button.count == 1 and [
            s.name for s in panel.saved.searches
        ] == ["c0", "c1"]


def test_a_search_for_what_may_be_used_is_looked_at_once_that_is_known(
    panel: Any, api: StacApi, wait_until: Callable[..., None]
) -> None:
    signed_in(panel, "spot67")
    panel.query_bar.set_query(replace(panel.query_bar.query(), licences=()))
    search(panel, wait_until)
    assert panel.model.count() == 3
    panel.saved.save("Pour nous")
    wait_until(lambda: panel.saved.searches)
    panel.context.session = None
    api.items += [square(7, WEST, SOUTH), square(8, WEST, SOUTH, license="crise")]
    panel.context.profile_changed.emit()
    wait_until(lambda: panel.saved._checking is None)
    assert panel.query_bar.star_button.count == 0 and said(panel) == ""
    panel.saved.check()
    wait_until(lambda: "“Pour nous”" in said(panel), what="asked for: told")
    signed_in(panel, "spot67")
    wait_until(lambda: panel.query_bar.star_button.count, what="the badge")
    assert panel.query_bar.star_button.count == 1, "not what may not be used"
