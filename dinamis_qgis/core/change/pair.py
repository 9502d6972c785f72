"""Which two products show best what a place looked like before and after a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.geo import covered_share

LEAST_COVERED = 0.2
"""A product that shows less of the place is no candidate."""
UNKNOWN_CLOUD = 25.0
"""Percent assumed where the cloud cover is unknown: neither trusted nor thrown away."""


def best_pair(
    products: Sequence[Product], area: BaseGeometry, around: date
) -> tuple[Product, Product] | None:
    """The product before ``around`` and the one after (that day included) that compare best over
    ``area`` (EPSG:4326).

    In this order of weight: how much of the place both show, their clouds, how alike their seasons
    are, the same resolution, and how near the day they are. None when one side has no product.
    """
    moment = datetime(around.year, around.month, around.day, tzinfo=timezone.utc)
    known = [
        (p, covered_share(p.footprint, area) or 0.0) for p in products if p.datetime is not None
    ]
    candidates = [(p, covered) for p, covered in known if covered >= LEAST_COVERED]
    before = [c for c in candidates if c[0].day is not None and c[0].day < around]
    after = [c for c in candidates if c[0].day is not None and c[0].day >= around]
    pairs = [(pair_worth(b, a, area, moment), b[0], a[0]) for b in before for a in after]
    if not pairs:
        return None
    best = max(pairs, key=lambda p: (p[0], p[1].id, p[2].id))
    return best[1], best[2]


def pair_worth(
    before: tuple[Product, float],
    after: tuple[Product, float],
    area: BaseGeometry,
    moment: datetime,
) -> float:
    """How well two products, each with the share of ``area`` it covers, compare around ``moment``;
    higher is better, at most 10.
    """
    (one, _), (two, _) = before, after
    common = _common_share(one, two, area)
    clear = (1 - _cloud_share(one)) * (1 - _cloud_share(two))
    alike = 1 - season_gap(one, two) / 182.5
    fine = min(one.gsd or 1.5, two.gsd or 1.5) / max(one.gsd or 1.5, two.gsd or 1.5)
    near = sum(1 / (1 + abs(_days_from(p, moment)) / 60) for p in (one, two)) / 2
    return 4 * common + 3 * clear * common + 1.3 * alike + 0.7 * fine + near


def season_gap(one: Product, two: Product) -> float:
    """Days between the two days of the year, 0 to 183."""
    if one.datetime is None or two.datetime is None:
        return 182.5
    gap = abs(one.datetime.timetuple().tm_yday - two.datetime.timetuple().tm_yday)
    return float(min(gap, 365 - gap)) if gap <= 365 else 0.0


def _common_share(one: Product, two: Product, area: BaseGeometry) -> float:
    if one.footprint is None or two.footprint is None:
        return 0.0
    return covered_share(one.footprint.intersection(two.footprint), area) or 0.0


def _cloud_share(product: Product) -> float:
    return min(100.0, UNKNOWN_CLOUD if product.cloud_cover is None else product.cloud_cover) / 100


def _days_from(product: Product, moment: datetime) -> float:
    return (product.datetime - moment).total_seconds() / 86400 if product.datetime else 1e4
