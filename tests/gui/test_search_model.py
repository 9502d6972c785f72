"""The results model: order, stale pages, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from qgis.PyQt.QtCore import QItemSelectionModel, QLocale, QPersistentModelIndex, Qt

from dinamis_qgis.bridge.layers.metadata import layer_name
from dinamis_qgis.bridge.layers.presets import mosaic_name
from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.core.account.model import Account, Holding
from dinamis_qgis.core.catalogue.filters import product_matches
from dinamis_qgis.core.catalogue.model import Asset, Product, Query
from dinamis_qgis.gui.browser import items
from dinamis_qgis.gui.search.map import footprint_style
from dinamis_qgis.gui.search.results.model import HOLDING_ROLE, ResultsModel
from dinamis_qgis.gui.search.results.passes import pile_key
from dinamis_qgis.gui.widgets import product_text
from dinamis_qgis.gui.widgets.product_text import ResultRow
from tests.unit.catalogue.stac_api import make_profile

DAY = datetime(2023, 8, 12, 9, 4, tzinfo=timezone.utc)


def row(number: int, days: int | None = 0, **values: object) -> ResultRow:
    when = None if days is None else DAY - timedelta(days=days)
    return ResultRow(Product("essai", "c0", "spot-6-7-drs", f"P{number}", None, when, **values))  # type: ignore[arg-type]


def ids(model: ResultsModel) -> list[str]:
    return [r.product.id for r in model.rows()]


def test_newest_first_whatever_the_order_of_arrival() -> None:
    model = ResultsModel()
    number = model.begin()
    model.append(number, [row(1, 30), row(2, 10)])
    model.append(number, [row(3, 20), row(4, None), row(5, 40)])
    assert ids(model) == ["P2", "P3", "P1", "P5", "P4"]


def test_page_of_an_older_search_is_refused() -> None:
    model = ResultsModel()
    old = model.begin()
    model.append(old, [row(1)])
    new = model.begin()
    assert model.append(old, [row(2)]) == []
    model.append(new, [row(3)])
    assert ids(model) == ["P3"]


def test_same_product_twice_is_one() -> None:
    model = ResultsModel()
    number = model.begin()
    model.append(number, [row(1), row(1)])
    assert [r.product.id for r in model.append(number, [row(1), row(2, 5)])] == ["P2"]
    assert model.rowCount() == 2


def test_selection_stays_on_its_product_when_a_page_comes_between() -> None:
    model = ResultsModel()
    selection = QItemSelectionModel(model)
    number = model.begin()
    model.append(number, [row(1, 30), row(2, 50)])
    selection.select(model.index(1), QItemSelectionModel.SelectionFlag.Select)
    kept = QPersistentModelIndex(model.index(0))
    model.append(number, [row(3, 10), row(4, 40)])
    assert [model.row(i).product.id for i in selection.selectedIndexes()] == ["P2"]  # type: ignore[union-attr]
    assert ids(model)[kept.row()] == "P1"


def test_ten_thousand_rows_in_pages() -> None:
    model = ResultsModel()
    number = model.begin()
    for page in range(100):
        model.append(number, [row(page * 100 + i, (page * 37 + i) % 3000) for i in range(100)])
    assert model.rowCount() == 10_000
    order = [r.product.datetime for r in model.rows()]
    assert order == sorted(order, reverse=True)  # type: ignore[type-var]


def test_rights() -> None:
    model = ResultsModel()
    model.append(
        model.begin(),
        [row(1, licence="spot67"), row(2, 1, licence="etalab-2.0"), row(3, 2, licence="crise")],
    )
    profile = make_profile("http://127.0.0.1:1")

    def seen() -> list[Holding]:
        return [model.index(i).data(HOLDING_ROLE) for i in range(3)]

    model.set_account(profile, None)
    assert seen() == [Holding.UNKNOWN, Holding.OPEN, Holding.UNKNOWN]
    model.set_account(profile, Account("x", licences=frozenset({"spot67"})))
    assert seen() == [Holding.HELD, Holding.OPEN, Holding.MISSING]
    assert "Crise" in model.index(2).data(Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def in_french() -> object:
    before = QLocale()
    QLocale.setDefault(QLocale("fr_FR"))
    yield
    QLocale.setDefault(before)


def test_words(in_french: object) -> None:
    product = row(1, platform="pleiades-1b", mode="PMS", gsd=0.5).product
    assert product_text.date_text(product) == "12 août 2023 · 11:04", "legal French time"
    assert "09:04:00 UTC" in product_text.utc_text(product)
    assert product_text.sensor_text(product) == "Pléiades 1B · PMS · 0,5\u00a0m"
    assert product_text.date_text(
        replace(product, datetime=datetime(2020, 1, 5, 23, 30, tzinfo=timezone.utc))
    ).startswith("6 janv. 2020 · 00:30")


def test_every_view_tells_the_same_day_and_the_filter_finds_it(in_french: object) -> None:
    product = row(1, platform="pleiades-1b").product
    product = replace(product, datetime=datetime(2023, 8, 12, 23, 10, tzinfo=timezone.utc))
    asset = Asset("ms", "https://example.org/ms.tif")
    assert product_text.date_text(
        product
    ) == "13 août 2023 · 01:10" and "12 août 2023 · 23:10" in product_text.utc_text(product)
    assert items.product_label(product).startswith("13 août 2023")
    assert footprint_style.date_label(product) == "13/08/2023"
    assert "13 août 2023" in layer_name(product, asset, make_profile("https://example.org"))
    assert "13 août 2023" in mosaic_name([product])
    assert (
        Facts("x", moment=product.datetime).label() == "13 août 2023"
        and Facts("x", moment=product.datetime).hour() == "01:10 (23:10 UTC)"
    )
    assert pile_key(product) == pile_key(
        replace(product, id="P2", datetime=datetime(2023, 8, 13, 9, 0, tzinfo=timezone.utc))
    )
    day = date(2023, 8, 13)
    assert product_matches(product, Query(start=day, end=day)) and not product_matches(
        product, Query(end=date(2023, 8, 12))
    )


def test_unknown_is_a_dash_never_zero() -> None:
    assert (
        product_text.number_text(None, "%"),
        product_text.angle_text(None),
        product_text.percent_text(None),
        product_text.metres_text(None),
    ) == ("–",) * 4
    assert product_text.date_text(row(1, None).product) == "Date unknown"
    assert product_text.percent_text(0.0) == "0\u00a0%" and product_text.percent_text(0.001).startswith("<")
