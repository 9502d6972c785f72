"""The best pair before and after a day: coverage, clouds, season."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.change.pair import best_pair, season_gap

PLACE = box(-0.5, 44.5, -0.4, 44.6)
FIRE = date(2022, 7, 14)


def product(
    day: str, cloud: float | None = 0.0, footprint: Any = PLACE, gsd: float = 1.5
) -> Product:
    moment = datetime.fromisoformat(day).replace(tzinfo=timezone.utc)
    return Product("p", "c", "spot", day, footprint, moment, cloud_cover=cloud, gsd=gsd)


def days(products: list[Product]) -> tuple[str, str] | None:
    found = best_pair(products, PLACE, FIRE)
    return (found[0].id, found[1].id) if found else None


def test_one_each_side() -> None:
    assert days([product("2022-06-19"), product("2022-07-27")]) == ("2022-06-19", "2022-07-27")
    assert days([product("2022-07-27"), product("2022-08-20")]) is None
    assert days([product("2022-06-19"), product("2022-07-01")]) is None
    assert days([]) is None


def test_that_day_is_after() -> None:
    assert days([product("2022-06-19"), product("2022-07-14")]) == ("2022-06-19", "2022-07-14")
    night = "2022-07-13T22:30:00"
    assert days([product("2022-06-19"), product(night)]) == ("2022-06-19", night), (
        "already that day in French time"
    )


def test_clear_beats_near() -> None:
    assert days(
        [product("2022-07-12", 80), product("2022-06-19", 2), product("2022-07-27", 0)]
    ) == ("2022-06-19", "2022-07-27")


def test_season_beats_near() -> None:
    """Last summer rather than last winter."""
    assert days([product("2022-01-20"), product("2021-07-20"), product("2022-07-27")]) == (
        "2021-07-20",
        "2022-07-27",
    )


def test_coverage_beats_all() -> None:
    corner, outside = box(-0.5, 44.5, -0.47, 44.6), box(1, 45, 2, 46)
    assert days(
        [product("2022-07-10", 0, corner), product("2022-05-01", 10), product("2022-07-27")]
    ) == ("2022-05-01", "2022-07-27")
    assert days([product("2022-07-10", 0, outside), product("2022-07-27")]) is None


def test_unknown_cloud_is_neither_clear_nor_lost() -> None:
    assert days([product("2022-06-19", None), product("2022-06-10", 3), product("2022-07-27")]) == (
        "2022-06-10",
        "2022-07-27",
    )
    assert days(
        [product("2022-06-19", None), product("2022-06-10", 70), product("2022-07-27")]
    ) == ("2022-06-19", "2022-07-27")


def test_both_must_show_the_same_part() -> None:
    west, east = box(-0.5, 44.5, -0.45, 44.6), box(-0.45, 44.5, -0.4, 44.6)
    assert days(
        [
            product("2022-07-10", 0, west),
            product("2022-07-20", 0, east),
            product("2022-09-20", 20, west),
        ]
    ) == (
        "2022-07-10",
        "2022-09-20",
    )


def test_seasons() -> None:
    assert season_gap(product("2022-12-30"), product("2023-01-03")) == 4
    assert season_gap(product("2020-07-01"), product("2023-07-01")) <= 1
