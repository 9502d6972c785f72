"""DINAMIS in QGIS's browser, in front of the training service and of one that is down."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsBrowserModel,
    QgsBrowserProxyModel,
    QgsDataItem,
    QgsErrorItem,
    QgsProject,
)
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtGui import QDesktopServices

from dinamis_qgis.bridge import messages, profiles
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.gui.browser.items import KEY, years_of
from dinamis_qgis.gui.browser.provider import Browser
from tests.support.catalogues import Catalogues, dinamis_profile
from tests.support.scripted import Answer, as_json, scripted
from tests.support.service import running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(
        tmp_path_factory.mktemp("service"), auto_approve="technicien", device_interval=0.1
    ) as running:
        yield running


@pytest.fixture
def context(service: Any, iface: Any) -> Iterator[Any]:
    """Signed in as ``technicien``."""
    made = Context(iface)
    made.profile = profile = load_profile(Path(service.profile_path), profiles.schema_path())
    made.session = session = Session(profile, made.http, MemoryVault())
    session.sign_in_device(lambda _: None, Cancel())
    made.signer = Signer(profile, made.http, session.credentials)
    messages.install_messages(iface)
    yield made
    made.close()
    messages.install_messages(None)


@pytest.fixture
def model(context: Any) -> Iterator[Any]:
    """QGIS's browser with our entry."""
    context.service("browser", lambda: Browser(context))
    made = QgsBrowserModel()
    made.initialize()
    yield made
    made.deleteLater()


def rows(model: Any, parent: QModelIndex) -> list[QModelIndex]:
    return [model.index(n, 0, parent) for n in range(model.rowCount(parent))]


def names(model: Any, parent: QModelIndex) -> list[str]:
    return [model.data(index) for index in rows(model, parent)]


def ours(model: Any) -> list[QModelIndex]:
    return [index for index in rows(model, QModelIndex()) if model.data(index) == "DINAMIS"]


def expand(model: Any, index: QModelIndex, wait_until: Callable[..., None]) -> list[QModelIndex]:
    """As a click on the triangle, until the answer is there."""
    model.fetchMore(index)
    gc.collect()
    wait_until(
        lambda: names(model, index) not in ([], ["Loading…"]),
        what=f"what is in {model.data(index)}",
    )
    gc.collect()
    return rows(model, index)


def years_shown(model: Any, collection: QModelIndex) -> list[int]:
    """In the order QGIS shows them."""
    proxy = QgsBrowserProxyModel()
    proxy.setBrowserModel(model)
    proxy.sort(0)
    shown = [int(proxy.data(index)) for index in rows(proxy, proxy.mapFromSource(collection))]
    proxy.deleteLater()
    return shown


def first_product(model: Any, wait_until: Callable[..., None]) -> QgsDataItem:
    profile = expand(model, ours(model)[0], wait_until)[0]
    for year in expand(model, expand(model, profile, wait_until)[0], wait_until):
        item = model.dataItem(expand(model, year, wait_until)[0])
        if item.hasDragEnabled():
            return item
    pytest.fail("no product in any year")


def test_nothing_is_asked_before_a_person_expands(model: Any, service: Any) -> None:
    (root,) = ours(model)
    assert model.rowCount(root) == 0 and model.canFetchMore(root)


def test_profile_collection_year_product(
    model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    (profile,) = expand(model, ours(model)[0], wait_until)
    assert model.data(profile) == context.profile.title
    collections = expand(model, profile, wait_until)
    assert [model.data(c) for c in collections] == sorted(
        c.title for c in context.profile.catalogues[0].collections
    )
    years = expand(model, collections[0], wait_until)
    assert years_shown(model, collections[0]) == sorted(
        (int(model.data(y)) for y in years), reverse=True
    )
    listed = [
        p
        for year in years
        for p in expand(model, year, wait_until)
        if model.dataItem(p).hasDragEnabled()
    ]
    assert listed
    for product in listed:
        assert str(model.data(product.parent())) in model.data(product), (
            "the date is in the product's year"
        )


def test_dropped_or_double_clicked_on_the_map(
    model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    item = first_product(model, wait_until)
    (uri,) = item.mimeUris()
    assert (uri.layerType, uri.providerKey) == ("custom", KEY)
    (handler,) = context.iface.drop_handlers
    assert handler.customUriProviderKey() == KEY
    handler.handleCustomUriDrop(uri)
    wait_until(lambda: QgsProject.instance().mapLayers(), seconds=60, what="the layer")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.customProperty("dinamis/item") == item.toolTip()
    assert item.handleDoubleClick()
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2, seconds=60)


def test_a_service_that_is_down_is_said_and_asked_again(
    model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    up = context.profile.catalogues
    down = tuple(replace(c, url="http://127.0.0.1:9/") for c in up)
    context.profile = replace(context.profile, catalogues=down)
    (profile,) = expand(model, ours(model)[0], wait_until)
    collection = expand(model, profile, wait_until)[0]
    model.fetchMore(collection)
    wait_until(
        lambda: isinstance(model.dataItem(model.index(0, 0, collection)), QgsErrorItem), seconds=60
    )
    assert "Error" not in names(model, collection)[0] and names(model, collection)[0]
    context.profile = replace(context.profile, catalogues=up)
    context.profile_changed.emit()
    (profile,) = expand(model, ours(model)[0], wait_until)
    years = expand(model, expand(model, profile, wait_until)[0], wait_until)
    assert all(str(model.data(year)).isdigit() for year in years), "asked anew, where it is now"


def test_a_profile_that_changed_is_listed_as_it_is_now(
    model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    """A relay's new file of the same id."""
    (profile,) = expand(model, ours(model)[0], wait_until)
    expand(model, profile, wait_until)
    (catalogue,) = context.profile.catalogues
    fewer = replace(catalogue, collections=catalogue.collections[:1])
    context.profile = replace(context.profile, title="Relay, 2nd edition", catalogues=(fewer,))
    context.profile_changed.emit()
    (profile,) = expand(model, ours(model)[0], wait_until)
    assert model.data(profile) == "Relay, 2nd edition"
    assert [model.data(index) for index in expand(model, profile, wait_until)] == [
        fewer.collections[0].title
    ]


def test_unload_takes_it_out(model: Any, context: Any, wait_until: Callable[..., None]) -> None:
    first_product(model, wait_until)
    context.close()
    assert not ours(model) and not context.iface.drop_handlers
    assert KEY not in [p.name() for p in QgsApplication.dataItemProviderRegistry().providers()]


def test_years_of_what_a_service_may_say() -> None:
    def collection(*interval: Any) -> Any:
        return {"extent": {"temporal": {"interval": [list(interval)]}}}

    assert years_of(collection("2014-03-01T00:00:00Z", "2016-01-01T00:00:00Z")) == [
        2016,
        2015,
        2014,
    ]
    assert years_of(collection("2024-03-01T00:00:00Z", None))[-1] == 2024
    assert years_of(collection("2024-03-01T00:00:00Z", "9999-12-31T23:59:59Z")) == years_of(
        collection("2024-03-01T00:00:00Z", None)
    )
    for nothing in (
        None,
        [],
        {},
        {"extent": []},
        collection(),
        collection(None, None),
        collection("x"),
    ):
        assert years_of(nothing) == []


def test_unloaded_while_a_branch_loads(
    model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    asked_for, gate = threading.Event(), threading.Event()

    def script(_: Any) -> Answer:
        asked_for.set()
        return Answer(hang=gate)

    with scripted(script) as server:
        slow = tuple(replace(c, url=server.root) for c in context.profile.catalogues)
        context.profile = replace(context.profile, catalogues=slow)
        (profile,) = expand(model, ours(model)[0], wait_until)
        collection = expand(model, profile, wait_until)[0]
        model.fetchMore(collection)
        wait_until(asked_for.is_set)
        model.dataItem(collection).refresh()
        context.close()
        gate.set()
        gc.collect()
        wait_until(lambda: not ours(model), what="nothing of it left")


# several catalogues


@pytest.fixture
def several(context: Any) -> Iterator[Catalogues]:
    """The catalogues of the real service, on loopback, in place of the training one."""
    catalogues = Catalogues()
    with scripted(catalogues) as server:
        catalogues.root = server.root
        context.profile = dinamis_profile(server.root)
        context.http.retries = 0
        yield catalogues


def named(model: Any, items: list[QModelIndex], name: str) -> QModelIndex:
    return next(index for index in items if model.data(index) == name)


def catalogue(model: Any, name: str, wait_until: Callable[..., None]) -> list[QModelIndex]:
    (profile,) = expand(model, ours(model)[0], wait_until)
    return expand(model, named(model, expand(model, profile, wait_until), name), wait_until)


def test_every_catalogue_is_listed_with_whose_it_is(
    several: Any, model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    (profile,) = expand(model, ours(model)[0], wait_until)
    listed = expand(model, profile, wait_until)
    assert {model.data(index) for index in listed} == {c.title for c in context.profile.catalogues}
    tip = model.dataItem(named(model, listed, "GEODES (CNES)")).toolTip()
    assert "CNES" in tip and "Licence Ouverte 2.0" in tip
    assert not several.asked, "nothing is asked before a person expands"


def test_a_coverage_is_dragged_onto_the_map(
    several: Any, model: Any, context: Any, wait_until: Callable[..., None]
) -> None:
    collections = catalogue(model, "Géoplateforme (IGN)", wait_until)
    years = expand(model, named(model, collections, "ORTHO-SAT® SPOT"), wait_until)
    assert {model.data(index) for index in years} == {
        "ORTHO-SAT® SPOT 2021",
        "ORTHO-SAT® SPOT 2020",
    }
    item = model.dataItem(named(model, years, "ORTHO-SAT® SPOT 2020"))
    assert item.hasDragEnabled()
    (uri,) = item.mimeUris()
    (handler,) = context.iface.drop_handlers
    assert handler.canHandleCustomUriCanvasDrop(uri, context.iface.mapCanvas())
    assert handler.handleCustomUriCanvasDrop(uri, context.iface.mapCanvas())
    wait_until(lambda: QgsProject.instance().mapLayers(), seconds=60, what="the layer")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.providerType() == "wms" and layer.name() == "ORTHO-SAT® SPOT 2020"
    names_of = [action.text() for action in item.actions(None)]
    assert names_of == ["Add to map", "Open its page"]


@pytest.mark.parametrize("title", ["OpenSpot (SPOT 6/7 ouvert)", "GEODES (CNES)"])
def test_one_that_lists_nothing_has_its_page(
    title: str,
    several: Any,
    model: Any,
    context: Any,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visited: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: visited.append(url.toString()))
    items = catalogue(model, title, wait_until)
    page = next(c.page for c in context.profile.catalogues if c.title == title)
    found = [item for item in map(model.dataItem, items) if item.toolTip() == page]
    assert found and found[0].handleDoubleClick()
    assert visited == [page] and not several.asked


def test_products_that_came_before_a_failure_are_listed(
    several: Any, model: Any, wait_until: Callable[..., None]
) -> None:
    usual, pages = several._teledetection, []

    def script(seen: Any) -> Any:
        if "/collections/" in seen.path:
            return as_json(
                {
                    "extent": {
                        "temporal": {"interval": [["2021-01-01T00:00:00Z", "2021-12-31T00:00:00Z"]]}
                    }
                }
            )
        if "/search" in seen.path:
            pages.append(seen)
            if len(pages) > 1:
                return Answer(500)
            items = several.dinamis.items
            return as_json(
                {"features": items, "links": [{"rel": "next", "href": "search?token=2"}]}
            )
        return usual(seen)

    several._teledetection = script
    (collection,) = catalogue(model, "DINAMIS", wait_until)
    (year,) = expand(model, collection, wait_until)
    listed = [model.dataItem(index) for index in expand(model, year, wait_until)]
    assert [isinstance(item, QgsErrorItem) for item in listed] == [False, True], (
        "the other is of another year"
    )


def test_a_map_service_that_is_down_is_said(
    several: Any, model: Any, wait_until: Callable[..., None]
) -> None:
    several.broken["geoplateforme"] = Answer(503)
    collection = named(
        model, catalogue(model, "Géoplateforme (IGN)", wait_until), "ORTHO-SAT® SPOT"
    )
    model.fetchMore(collection)
    wait_until(
        lambda: isinstance(model.dataItem(model.index(0, 0, collection)), QgsErrorItem), seconds=60
    )
    several.broken.clear()
    assert catalogue(model, "OpenSpot (SPOT 6/7 ouvert)", wait_until), "the others are there"
