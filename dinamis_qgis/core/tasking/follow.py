"""Following a request until its image is there: when to ask again, what is news, and which product
was made for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import covered_share, wrap_longitudes
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.service import ServiceConnection
from dinamis_qgis.core.tasking.channel import Channel, draft_window
from dinamis_qgis.core.tasking.model import COMPLETED, FINAL, SENDING, Request, Status
from dinamis_qgis.core.tasking.register.register import Register

SHORTEST_S, LONGEST_S = 20.0, 6 * 3600.0
TRAINING_SHORTEST_S, TRAINING_LONGEST_S = 1.0, 10.0
SEARCH_FOR = timedelta(days=60)
"""How long a delivered product is looked for in the catalogue after the completion."""
LEAST_SHARE = 0.5
"""A product found by area and date must cover this share of the request."""


def is_useful(request: Request, at: datetime) -> bool:
    """Whether asking the service or the catalogue again may bring news."""
    if not request.order_id or request.state == SENDING:
        return False
    if request.state == COMPLETED:
        return not request.delivered and at - request.changed < SEARCH_FOR
    return request.is_open


def next_look(request: Request, *, training: bool = False) -> datetime:
    """When to ask again: a tenth of the time since its last change, within bounds.

    News come in bursts, then rarely.
    """
    shortest, longest = (
        (TRAINING_SHORTEST_S, TRAINING_LONGEST_S) if training else (SHORTEST_S, LONGEST_S)
    )
    last = request.checked or request.changed
    quiet = max(0.0, (last - request.changed).total_seconds())
    return last + timedelta(seconds=min(longest, max(shortest, quiet / 10)))


def refresh_status(
    request: Request, register: Register, channel: Channel, cancel: Cancel
) -> tuple[Request, tuple[Status, ...]]:
    """Ask the service once; the register is brought up to date.

    Steps returned are new to every QGIS: tell them once.
    """
    if request.state in FINAL:
        return request, ()
    order = channel.order(request.order_id, cancel)
    return register.record(request.reference, order)


def look_for_image(
    request: Request,
    register: Register,
    channel: Channel,
    connection: ServiceConnection,
    cancel: Cancel,
) -> tuple[Request, tuple[Status, ...], tuple[Product, ...]]:
    """Ask the service once, and the catalogue where the image should be there: the request, its new
    steps, its new products.
    """
    request, steps = refresh_status(request, register, channel, cancel)
    products: tuple[Product, ...] = ()
    if request.state == COMPLETED and not request.delivered:
        products = find_delivered(request, connection, cancel)
        keys = tuple((p.catalogue, p.collection, p.id) for p in products)
        products = products if register.deliver(request.reference, keys) else ()
    register.mark(request.reference, checked=True)
    return request, steps, products


def find_delivered(
    request: Request, connection: ServiceConnection, cancel: Cancel
) -> tuple[Product, ...]:
    """The products made for a completed request: those its links name, else the catalogue's over
    its area in its period.

    Empty when the catalogue does not have them yet. Raises DinamisError when it cannot be asked.
    """
    linked = [
        product
        for link in request.links
        if (product := _linked_product(link.href, connection, cancel))
    ]
    return tuple(linked) if linked else _by_area(request, connection, cancel)


def _linked_product(href: str, connection: ServiceConnection, cancel: Cancel) -> Product | None:
    """The product of a link to ``…/collections/<c>/items/<i>`` on one of the profile's catalogues;
    None for any other link.
    """
    for catalogue in connection.profile.catalogues:
        base = catalogue.url.rstrip("/") + "/collections/"
        if not href.startswith(base):
            continue
        collection, _, item = urlsplit(href[len(base) :]).path.partition("/items/")
        if collection and item and "/" not in item:
            try:
                return connection.fetch_product((catalogue.id, collection, item), cancel)
            except DinamisError as error:
                if error.status != 404:  # not there yet: it will be looked for again
                    raise
    return None


def _by_area(
    request: Request, connection: ServiceConnection, cancel: Cancel
) -> tuple[Product, ...]:
    draft = request.draft
    product = next((p for p in connection.profile.tasking.products if p.id == draft.product), None)
    if draft.area is None or draft.start is None or product is None:
        return ()
    area = wrap_longitudes(draft.area)
    query = Query(
        area=area,
        collections=product.archive_collections,
        constellations=() if product.archive_collections else (product.constellation,),
        start=draft.start,
        end=draft.end + timedelta(days=1)
        if draft.end
        else None,  # the window is in days UTC, a search in French ones
        limit=100,
    )
    first, last = draft_window(draft)
    found = []
    for page in connection.search(query, cancel):
        for candidate in page.products:
            part = covered_share(candidate.footprint, area) or 0.0
            if part >= LEAST_SHARE and candidate.datetime and first <= candidate.datetime <= last:
                found.append((part, candidate))
    best = max((part for part, _ in found), default=0.0)
    return tuple(candidate for part, candidate in found if part >= best - 0.01)
