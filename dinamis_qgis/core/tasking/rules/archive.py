"""Archive first: what already covers the area, in which share, licensed or not, and what is left to
ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core.account.model import Account, Holding, holding
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import as_area, polygons, share, wrap
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import TaskingProduct
from dinamis_qgis.core.service import ServiceConnection
from dinamis_qgis.core.tasking.area import gap
from dinamis_qgis.core.tasking.model import Draft

MOST = 300
"""Products looked at per catalogue: enough for the share of any area that may be asked for."""
LEAST_SHARE = 0.005
"""A product that covers less of the area than this does not count as covering it."""


@dataclass(frozen=True)
class Covering:
    """A product over the area: the share (0 to 1) it covers, and whether the account may use it."""

    product: Product
    share: float
    holding: Holding


@dataclass(frozen=True)
class Archive:
    """What was found.

    Shares are 0 to 1 of the area, of all products together; ``gap`` is what none of them covers.

    ``error`` is set when a catalogue did not answer: there may be more.
    """

    products: tuple[Covering, ...] = ()
    share: float = 0.0
    licensed_share: float = 0.0
    gap: BaseGeometry | None = None
    error: DinamisError | None = None


def find(
    connection: ServiceConnection,
    draft: Draft,
    wanted: TaskingProduct | None,
    days: int,
    today: date,
    account: Account | None,
    cancel: Cancel,
) -> Archive:
    """Products of the last ``days`` days over the draft's area, of the wanted constellation, as
    clear as asked; newest first.

    An unknown cloud cover counts as clear enough. Raises DinamisError when no catalogue answers.
    """
    if draft.area is None or not polygons(draft.area):
        return Archive()
    area = wrap(draft.area)
    query = Query(
        area=area,
        collections=wanted.archive_collections if wanted else (),
        constellations=(wanted.constellation,) if wanted and not wanted.archive_collections else (),
        start=today - timedelta(days=days),
        end=today,
        max_cloud=draft.max_cloud,
        limit=MOST,
    )
    found: list[Covering] = []
    failure: DinamisError | None = None
    for page in connection.search(query, cancel):
        failure = failure or page.error
        for product in page.products:
            part = share(product.footprint, area)
            if part and part >= LEAST_SHARE:
                found.append(
                    Covering(product, part, holding(connection.profile, account, product.licence))
                )
    found.sort(key=lambda c: (c.product.datetime is not None, c.product.datetime), reverse=True)
    return summed(area, found, failure)


def summed(
    area: BaseGeometry, found: Iterable[Covering], failure: DinamisError | None = None
) -> Archive:
    """The shares of several products together, and what is left."""
    found = tuple(found)
    together = _union(found)
    licensed = _union(c for c in found if c.holding in (Holding.HELD, Holding.OPEN))
    return Archive(
        found,
        share(together, area) or 0.0,
        share(licensed, area) or 0.0,
        gap(area, together),
        failure,
    )


def _union(found: Iterable[Covering]) -> BaseGeometry | None:
    shapes = [c.product.footprint for c in found if c.product.footprint is not None]
    return (
        as_area(unary_union([s if s.is_valid else s.buffer(0) for s in shapes])) if shapes else None
    )
