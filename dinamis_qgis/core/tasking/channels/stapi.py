"""The STAPI 0.1.0 channel (Sensor Tasking API, https://github.com/stapi-spec/stapi-spec).

What the standard leaves open is read from the service: the queryables and the order parameters say
where cloud, incidence, mode, title, purpose and our reference go (``_NAMES``, or
``tasking.options.names`` of the profile). Traps of the reference server: ``order_parameters`` is
always sent, an unknown one is refused, intervals are closed, ``/orders`` answers in two shapes, and
the standard has no idempotency key and no cancellation: where an order has a ``cancel`` link, it is
followed. ``tasking.options.shared_orders`` of a profile is the address of a list, in the shape of
``/orders``, of the open orders that others let the account see (STAPI says nothing of them).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import Action, DinamisError, InvalidInput, NetworkError, ServiceError
from dinamis_qgis.core.geo import polygons, repair_area, wrap_longitudes
from dinamis_qgis.core.json_values import read_datetime
from dinamis_qgis.core.net.failures import read_date
from dinamis_qgis.core.net.http import Cancel, Credentials, Http, public_url, read_json
from dinamis_qgis.core.net.urls import find_address, parse_address
from dinamis_qgis.core.profile.model import Profile, Tasking
from dinamis_qgis.core.tasking import schemas, wire
from dinamis_qgis.core.tasking.channel import Channel, Opportunity, draft_window
from dinamis_qgis.core.tasking.match import (
    Match,
    Unfinished,
    compare_order,
    has_ended,
    is_echoed,
    nearest_order,
    order_overlaps,
)
from dinamis_qgis.core.tasking.model import Draft, Order, Request, now_utc
from dinamis_qgis.core.tasking.rules.findings import Finding, Severity
from dinamis_qgis.core.text import tr

MAX_PAGES = 500
MOST_PAGES = 20_000
"""Where the list must be read to its end."""
MOST_COUNTED = 1000
"""Orders looked at for the quota: more than an entity makes in a year."""
_NOT_CANCELLED = frozenset({404, 405, 409, 410})
"""What a service answers when an order can no longer, or never could, be cancelled."""


@dataclass(frozen=True)
class OrderTerms:
    """What a product takes: JSON schemas of its queryables and order parameters, and the links to
    act on it.
    """

    queryables: Mapping[str, Any]
    parameters: Mapping[str, Any]
    orders_url: str
    opportunities_url: str = ""


class Stapi(Channel):
    """Requests through one STAPI service. Safe to use from several threads."""

    def __init__(
        self, tasking: Tasking, http: Http, credentials: Credentials | None = None
    ) -> None:
        self.url = tasking.url.rstrip("/")
        self._http = http
        self._credentials = credentials
        self._names = schemas.field_names(tasking.options.get("names", {}))
        self._shared = str(tasking.options.get("shared_orders", ""))
        self._terms: dict[str, OrderTerms] = {}
        self._offset: timedelta | None = None
        """How much the service's clock is ahead of ours, by its last answer."""

    def products(self, cancel: Cancel | None = None) -> tuple[Mapping[str, Any], ...]:
        """The products of the service, as it describes them."""
        found = self._pages(f"{self.url}/products", "products", cancel)
        return tuple(p for p in found if isinstance(p.get("id"), str))

    def terms(self, product: str, cancel: Cancel | None = None) -> OrderTerms:
        """What ``product`` takes, read once.

        Raises InvalidInput when the service does not have it.
        """
        if product not in self._terms:
            found = next((p for p in self.products(cancel) if p["id"] == product), None)
            if found is None:
                raise InvalidInput(
                    tr("The service no longer offers “{product}”.").format(product=product),
                    tr("Choose another one."),
                    code="product",
                )
            base = f"{self.url}/products/{product}"
            links = {link.rel: link.href for link in wire.read_links(found)}
            self._terms[product] = OrderTerms(
                queryables=self._schema(links.get("queryables", f"{base}/queryables"), cancel),
                parameters=self._schema(
                    links.get("order-parameters", f"{base}/order-parameters"), cancel
                ),
                orders_url=self._own(links.get("create-order", f"{base}/orders")),
                opportunities_url=self._own(links["opportunities"])
                if "opportunities" in links
                else "",
            )
        return self._terms[product]

    def check(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        """The draft against what the service says it takes: wrong values and unknown duties are
        errors, fields it ignores warnings.
        """
        terms = self.terms(draft.product, cancel)
        fitted = schemas.fit_draft(draft, "", self._names, terms.queryables, terms.parameters)
        found = [
            Finding("service", Severity.ERROR, text, tr("Change it, or ask your relay."))
            for text in fitted.problems
        ]
        found += [Finding("service-ignores", Severity.WARNING, text) for text in fitted.ignored]
        return tuple(found)

    def payload(self, request: Request, cancel: Cancel | None = None) -> dict[str, Any]:
        """The body of the order.

        Raises InvalidInput when it cannot be made or the service would refuse it.
        """
        draft = request.draft
        if draft.area is None:
            raise InvalidInput(
                tr("No area yet."), tr("Draw it on the map, or take the selected feature.")
            )
        terms = self.terms(draft.product, cancel)
        fitted = schemas.fit_draft(
            draft, request.reference, self._names, terms.queryables, terms.parameters
        )
        if fitted.problems:
            raise InvalidInput(
                " ".join(fitted.problems), tr("Change it, or ask your relay."), code="refused"
            )
        body: dict[str, Any] = {
            "datetime": "/".join(m.strftime("%Y-%m-%dT%H:%M:%SZ") for m in draft_window(draft)),
            "geometry": _area_as_geojson(draft.area),
            "order_parameters": fitted.parameters,
        }
        if fitted.filter:
            body["filter"] = fitted.filter
        return body

    def submit(self, request: Request, cancel: Cancel | None = None) -> Order:
        """One POST, never repeated here."""
        body = self.payload(request, cancel)
        url = self.terms(request.draft.product, cancel).orders_url
        return self._order(
            self._http.json("POST", url, json=body, credentials=self._credentials, cancel=cancel)
        )

    def order(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """The order, with its history where the service keeps one."""
        from dataclasses import replace
        from urllib.parse import quote

        url = f"{self.url}/orders/{quote(order_id, safe='')}"
        order = self._order(self._get(url, cancel))
        monitor = next((x.href for x in order.links if x.rel == "monitor"), f"{url}/statuses")
        try:
            steps = [
                wire.read_status(s, order.created) for s in self._pages(monitor, "statuses", cancel)
            ]
        except ServiceError as error:
            if error.status not in (404, 405, 501):
                raise
            steps = []
        known = {(s.code, s.at) for s in steps}
        steps += [s for s in order.statuses if (s.code, s.at) not in known]
        return replace(order, statuses=tuple(sorted(steps, key=lambda s: s.at)))

    def orders(self, cancel: Cancel | None = None) -> Iterator[Order]:
        """Every order the account may see."""
        for item in self._pages(f"{self.url}/orders", "features", cancel):
            yield self._order(item)

    def known(self, request: Request, cancel: Cancel | None = None) -> frozenset[str] | None:
        """The orders there before a sending that could be mistaken for what it makes."""
        found: set[str] = set()
        try:
            for data in self._pages(f"{self.url}/orders", "features", cancel, to_the_end=True):
                order = self._order(data)
                if compare_order(order, request) is not Match.OTHER:
                    found.add(order.id)
        except Unfinished:
            return frozenset(found)
        except (NetworkError, ServiceError):
            return None
        return frozenset(found)

    def find(
        self, request: Request, taken: frozenset[str], cancel: Cancel | None = None
    ) -> Order | None:
        """By our reference where the service shows it; else of same product, area and period, or at
        least of none that differs, and not there before.

        None only once the list was read to its end. Raises ServiceError when it cannot be told.
        """
        others = frozenset((*taken, *(request.known or ())))
        found: dict[Match, list[Order]] = {Match.SAME: [], Match.UNCLEAR: []}
        unfinished: Unfinished | None = None
        try:
            for data in self._pages(f"{self.url}/orders", "features", cancel, to_the_end=True):
                order, match = self._judge(data, others, request, cancel)
                if match is Match.SAME and order.reference:
                    return order
                if match is not Match.OTHER:
                    found[match].append(order)
        except Unfinished as error:
            unfinished = error
        if found[Match.SAME]:
            return nearest_order(found[Match.SAME], request, self._offset)
        if found[Match.UNCLEAR] and request.known is not None:
            return nearest_order(found[Match.UNCLEAR], request, self._offset)
        if found[Match.UNCLEAR] or unfinished is not None:
            raise unfinished or Unfinished(f"{len(found[Match.UNCLEAR])} orders")
        return None

    def _judge(
        self,
        data: Mapping[str, Any],
        others: frozenset[str],
        request: Request,
        cancel: Cancel | None,
    ) -> tuple[Order, Match]:
        """An order of the list, whole where the list tells too little of it."""
        order = self._order(data)
        if order.id in others:
            return order, Match.OTHER
        match = self._compare(order, data, request)
        if match is not Match.UNCLEAR:
            return order, match
        order = self._whole(order, cancel)
        return order, compare_order(order, request, self._offset)

    def _compare(self, order: Order, data: Mapping[str, Any], request: Request) -> Match:
        """As ``compare_order``; where parameters are shown and our reference is taken, an order
        of ours has it.
        """
        parameters = self.terms(request.draft.product).parameters
        takes = schemas.find_property(self._names["reference"], parameters)
        if takes is not None and not order.reference and is_echoed(data):
            return Match.OTHER
        return compare_order(order, request, self._offset)

    def _whole(self, order: Order, cancel: Cancel | None) -> Order:
        """All a service shows of an order that its list shows little of."""
        from urllib.parse import quote

        try:
            return self._order(self._get(f"{self.url}/orders/{quote(order.id, safe='')}", cancel))
        except ServiceError:
            return order

    def can_cancel(self, request: Request) -> bool:
        """Only where an order carries a link to do it, the standard has none; never of another's
        order.
        """
        return (
            request.is_open and not request.joined and any(x.rel == "cancel" for x in request.links)
        )

    def cancel(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """Follows the order's ``cancel`` link; one that has ended already is returned as it is.

        When the answer is lost or the service fails, the order itself tells whether it was
        cancelled.
        """
        order = self.order(order_id, cancel)
        link = next((x for x in order.links if x.rel == "cancel"), None)
        if has_ended(order):
            return order
        if link is None:
            raise _not_cancelled()
        method = (
            link.method.upper() if link.method.upper() in ("DELETE", "PATCH", "PUT") else "POST"
        )
        try:
            self._http.request(
                method, self._own(link.href), json={}, credentials=self._credentials, cancel=cancel
            ).close()
        except (NetworkError, ServiceError) as error:
            if error.status in _NOT_CANCELLED:
                raise _not_cancelled(error.status) from None
            now = self._if_it_answers(order_id, cancel)
            if now is None:
                raise _unclear_outcome(error) from None
            if not has_ended(now):
                raise
            return now
        return self.order(order_id, cancel)

    def _if_it_answers(self, order_id: str, cancel: Cancel | None) -> Order | None:
        try:
            return self.order(order_id, cancel)
        except (NetworkError, ServiceError):
            return None

    def opportunities(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Opportunity, ...]:
        """Synchronous opportunity search; empty when the product offers none."""
        terms = self.terms(draft.product, cancel)
        if not terms.opportunities_url or draft.area is None:
            return ()
        fitted = schemas.fit_draft(draft, "", self._names, terms.queryables, terms.parameters)
        body: dict[str, Any] = {
            "datetime": "/".join(m.strftime("%Y-%m-%dT%H:%M:%SZ") for m in draft_window(draft)),
            "geometry": _area_as_geojson(draft.area),
            "limit": 100,
        }
        if fitted.filter:
            body["filter"] = fitted.filter
        options: dict[str, Any] = {"json": body, "headers": {"Prefer": "wait"}, "idempotent": True}
        answer = self._http.request(
            "POST",
            terms.opportunities_url,
            stream=True,
            credentials=self._credentials,
            cancel=cancel,
            **options,
        )
        data = read_json(answer, cancel)
        features = data.get("features") if isinstance(data, dict) else None
        found = [wire.read_opportunity(f) for f in features or () if isinstance(f, dict)]
        return tuple(sorted((o for o in found if o), key=lambda o: o.start))

    def shared(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Order, ...]:
        """The open orders of others over the draft's area and period, where the profile says the
        service shows them.
        """
        area = repair_area(draft.area) if self._shared and draft.area is not None else None
        if area is None:
            return ()
        found = (self._order(item) for item in self._pages(self._shared, "features", cancel))
        return tuple(order for order in found if order_overlaps(order, area, draft))

    def counted(self, entity: str, cancel: Cancel | None = None) -> tuple[Order, ...]:
        """The account's own orders, and the open ones of its entity's others where the service
        shows them.
        """
        own = tuple(islice(self.orders(cancel), MOST_COUNTED))
        if not self._shared or not entity:
            return own
        others = (
            self._order(item)
            for item in islice(self._pages(self._shared, "features", cancel), MOST_COUNTED)
        )
        return (*own, *(order for order in others if order.entity == entity))

    # on the wire

    def _get(self, url: str, cancel: Cancel | None) -> Any:
        answer = self._http.request(
            "GET", self._own(url), credentials=self._credentials, cancel=cancel, stream=True
        )
        told = read_date(answer.headers.get("date", ""))
        if told is not None:
            self._offset = datetime.fromtimestamp(told, timezone.utc) - now_utc()
        return read_json(answer, cancel)

    def _schema(self, url: str, cancel: Cancel | None) -> Mapping[str, Any]:
        data = self._get(url, cancel)
        return data if isinstance(data, dict) else {}

    def _pages(
        self, url: str, key: str, cancel: Cancel | None, *, to_the_end: bool = False
    ) -> Iterator[Mapping[str, Any]]:
        """The objects of a paged list; ``/orders`` may name them ``features`` or ``orders``.

        ``to_the_end``: raises ServiceError where the list cannot be known to be read whole.
        """
        seen: set[str] = set()
        count, most = 0, MOST_PAGES if to_the_end else MAX_PAGES
        target: str | None = f"{url}{'&' if '?' in url else '?'}limit=100"
        while target and target not in seen and len(seen) < most:
            seen.add(target)
            data = self._get(target, cancel)
            items = _read_items(data, key, target)
            count += len(items)
            yield from (item for item in items if isinstance(item, dict))
            total = data.get("numberMatched")
            whole = isinstance(total, int) and count >= total
            target = next(
                (
                    parse_address(x.href, target).text
                    for x in wire.read_links(data)
                    if x.rel == "next"
                ),
                None,
            )
            target = None if whole and target in seen else target
        if to_the_end and target:
            raise Unfinished(f"{len(seen)} pages, no end")

    def _own(self, url: str) -> str:
        """``url`` on this service: behind a proxy some write http links for https, another host is
        never followed.
        """
        here, there = parse_address(self.url), find_address(url, f"{self.url}/")
        if there is not None and there.origin == here.origin:
            return there.text
        if there is None or here.host != there.host:
            raise ServiceError(
                tr("The service sends to another address."),
                tr("Tell your relay: this is a fault of the service."),
                details=public_url(url),
            )
        return replace(there, scheme=here.scheme, port=here.port).text

    def _order(self, data: Any) -> Order:
        """An order object. Raises ServiceError when it is none."""
        if (
            not isinstance(data, dict)
            or not isinstance(data.get("properties"), dict)
            or not isinstance(data.get("id"), (str, int))
        ):
            raise _unreadable_answer(self.url)
        facts = data["properties"]
        asked = facts.get("search_parameters")
        asked = asked if isinstance(asked, dict) else {}
        created = read_datetime(facts.get("created"))
        start, end = wire.read_interval(asked.get("datetime") or facts.get("datetime"))
        given = facts.get("order_parameters")
        reference = (
            next((v for k, v in given.items() if k in self._names["reference"]), "")
            if isinstance(given, dict)
            else ""
        )
        status = facts.get("status")
        return Order(
            id=str(data["id"]),
            product=str(facts.get("product_id", "")),
            created=created,
            area=wire.read_geometry(asked.get("geometry") or data.get("geometry")),
            start=start,
            end=end,
            reference=reference if isinstance(reference, str) else "",
            statuses=(wire.read_status(status, created),) if isinstance(status, dict) else (),
            links=tuple(wire.read_links(data)),
            entity=str(facts.get("entity") or ""),
            title=str(given.get("title") or "") if isinstance(given, dict) else "",
        )


def make(profile: Profile, http: Http, credentials: Credentials | None) -> Stapi:
    """The channel of a profile."""
    return Stapi(profile.tasking, http, credentials)


def _not_cancelled(status: int | None = None) -> InvalidInput:
    message = tr("The service does not let this request be cancelled.")
    return InvalidInput(
        message, tr("It goes on as it was. Ask your relay."), code="no-cancel", status=status
    )


def _unclear_outcome(error: DinamisError) -> NetworkError:
    """The service went away in the middle of it."""
    message = tr("It is not known whether the request was cancelled: {reason}").format(
        reason=error.message
    )
    remedy = tr("Its state will show here once the service answers.")
    return NetworkError(
        message, remedy, code="unclear", action=Action.NONE, details=f"{error.code} {error.details}"
    )


def _area_as_geojson(area: BaseGeometry) -> Mapping[str, Any]:
    """An area as GeoJSON: one part is a polygon, whatever the layer it came from calls it."""
    whole = wrap_longitudes(area)
    parts = polygons(whole)
    found: Mapping[str, Any] = mapping(parts[0] if len(parts) == 1 else whole)
    return found


def _read_items(data: Any, key: str, url: str) -> list[Any]:
    items = data.get(key) if isinstance(data, dict) else None
    if items is None and isinstance(data, dict) and key == "features":
        items = data.get("orders")
    if not isinstance(items, list):
        raise _unreadable_answer(url)
    return items


def _unreadable_answer(url: str) -> ServiceError:
    message = tr("The service gave an answer that cannot be read.")
    return ServiceError(
        message,
        tr("Try again; if it lasts, tell your relay."),
        code="garbage",
        details=public_url(url),
    )
