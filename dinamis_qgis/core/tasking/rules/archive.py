"""Archive first: what already covers the area, in which share, licensed or not, and what is left to
ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core.account.model import Account, Holding, holding
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.catalogue.search import catalogues_to_ask
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import as_area, covered_share, polygons, wrap_longitudes
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Catalogue, Profile, TaskingProduct
from dinamis_qgis.core.service import ServiceConnection
from dinamis_qgis.core.tasking.area import uncovered_part
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

    ``asked`` are the titles of the catalogues that were asked, none where the service has none that
    could hold the wanted images: then nothing is known. ``error`` is set when a catalogue did not
    answer: there may be more; ``silent`` are the titles of those.
    """

    products: tuple[Covering, ...] = ()
    share: float = 0.0
    licensed_share: float = 0.0
    gap: BaseGeometry | None = None
    error: DinamisError | None = None
    asked: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def conclusive(self) -> bool:
        """Whether finding nothing means that nothing is there."""
        return bool(self.asked) and not self.silent


def archive_catalogues(profile: Profile, wanted: TaskingProduct | None) -> tuple[Catalogue, ...]:
    """The catalogues searched by default that could hold images of ``wanted``."""
    return tuple(c for c in catalogues_to_ask(profile) if wanted is None or _may_hold(c, wanted))


def _may_hold(catalogue: Catalogue, wanted: TaskingProduct) -> bool:
    """One that does not say what it has may have everything."""
    if not catalogue.collections:
        return True
    if wanted.archive_collections:
        return any(c.id in wanted.archive_collections for c in catalogue.collections)
    return any(c.constellation in ("", wanted.constellation) for c in catalogue.collections)


def find_archive_images(
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

    Only catalogues that could hold them are asked; without any, nothing is said of what exists.
    An unknown cloud cover counts as clear enough. Raises DinamisError when no catalogue answers.
    """
    if draft.area is None or not polygons(draft.area):
        return Archive()
    there = archive_catalogues(connection.profile, wanted)
    if not there:
        return Archive()
    area = wrap_longitudes(draft.area)
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
    silent: list[str] = []
    titles = {c.id: c.title for c in there}
    for page in connection.search(query, cancel, tuple(titles)):
        failure = failure or page.error
        if page.error is not None:
            silent.append(titles.get(page.catalogue, page.catalogue))
        for product in page.products:
            part = covered_share(product.footprint, area)
            if part and part >= LEAST_SHARE:
                found.append(
                    Covering(product, part, holding(connection.profile, account, product.licence))
                )
    found.sort(key=lambda c: (c.product.datetime is not None, c.product.datetime), reverse=True)
    total = sum_coverage(area, found, failure)
    return replace(total, asked=tuple(titles.values()), silent=tuple(silent))


def sum_coverage(
    area: BaseGeometry, found: Iterable[Covering], failure: DinamisError | None = None
) -> Archive:
    """The shares of several products together, and what is left."""
    found = tuple(found)
    together = _footprint_union(found)
    licensed = _footprint_union(c for c in found if c.holding in (Holding.HELD, Holding.OPEN))
    return Archive(
        found,
        covered_share(together, area) or 0.0,
        covered_share(licensed, area) or 0.0,
        uncovered_part(area, together),
        failure,
    )


def _footprint_union(found: Iterable[Covering]) -> BaseGeometry | None:
    shapes = [c.product.footprint for c in found if c.product.footprint is not None]
    return (
        as_area(unary_union([s if s.is_valid else s.buffer(0) for s in shapes])) if shapes else None
    )
