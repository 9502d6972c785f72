"""The orders of the training service: kept on the disk before they are acknowledged, moved on by
the clock, ending in a scene.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from dinamis_qgis.sandbox.auth.accounts import TrainingAccount, training_accounts
from dinamis_qgis.sandbox.stapi.products import (
    PRODUCTS,
    STAPI_VERSION,
    OrderableProduct,
    OrderRules,
)
from dinamis_qgis.sandbox.stapi.read import Asked, area_km2
from dinamis_qgis.sandbox.world import World
from dinamis_qgis.sandbox.world.deliver import Delivery, deliver_scene, width_km

log = logging.getLogger(__name__)
OPEN = ("received", "accepted", "scheduled")
CANCELLABLE = ("received", "accepted")
"""Once the satellite is programmed it is too late."""
DELAYS = {"accepted": 1.0, "rejected": 1.0, "scheduled": 3.0, "completed": 8.0}
"""Days after the order when a status is due."""
TICK_S = 0.2
Checks = tuple[tuple[bool, str, str], ...]
"""Whether a rule is broken, its code, and the sentence that says so."""


@dataclass
class TrainingOrder:
    """One order. ``made_at`` in days of the world's clock; ``statuses`` oldest first."""

    id: str
    account: str
    product: str
    created: str
    made_at: float
    asked: dict[str, Any]
    parameters: dict[str, Any]
    statuses: list[dict[str, Any]] = field(default_factory=list)
    item: list[str] | None = None
    """Collection and id of the delivered scene."""

    @property
    def status(self) -> str:
        return str(self.statuses[-1]["status_code"])


class TooLate(Exception):
    """An order that can no longer be cancelled."""


def now_text() -> str:
    """The wall's time, RFC 3339."""
    return datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


def broken_rule(product: OrderableProduct, asked: Asked, now: datetime) -> tuple[str, str] | None:
    """The first rule of the service that an order breaks, as a code and a sentence; None when it
    may go on.
    """
    checks = (
        *_area_checks(product.rules, asked),
        *_period_checks(product.rules, asked, now),
        *_sensor_checks(product.rules, asked),
    )
    return next(((code, text) for wrong, code, text in checks if wrong), None)


def _area_checks(rules: OrderRules, asked: Asked) -> Checks:
    rings, area = asked.geometry["coordinates"], area_km2(asked.geometry)
    lon, lat = rings[0][0][0], rings[0][0][1]
    vertices = sum(len(ring) for ring in rings) - 1
    return (
        (len(rings) > 1, "holes", "La zone a des trous : le service n’en accepte pas."),
        (
            vertices > rules.max_vertices,
            "too_many_vertices",
            f"La zone a plus de {rules.max_vertices} sommets.",
        ),
        (
            not (-6 < lon < 10 and 41 < lat < 52),
            "outside_area",
            "La zone est hors de France métropolitaine.",
        ),
        (
            area < rules.min_area,
            "area_too_small",
            f"La zone fait {area:.0f} km² ; le minimum est de {rules.min_area:.0f} km².",
        ),
        (
            area > rules.max_area,
            "area_too_large",
            f"La zone fait {area:.0f} km² ; le maximum est de {rules.max_area:.0f} km².",
        ),
        (
            width_km(asked.geometry) < rules.min_width,
            "too_narrow",
            f"La zone fait moins de {rules.min_width:.0f} km de large.",
        ),
    )


def _period_checks(rules: OrderRules, asked: Asked, now: datetime) -> Checks:
    days = (asked.end - asked.start) / timedelta(days=1)
    return (
        (asked.end <= now, "window_past", "La période demandée est passée."),
        (
            days < rules.min_days,
            "window_too_short",
            f"La période fait {days:.0f} jours ; il en faut au moins {rules.min_days}.",
        ),
        (
            days > rules.max_days,
            "window_too_long",
            f"La période fait {days:.0f} jours ; le maximum est de {rules.max_days}.",
        ),
    )


def _sensor_checks(rules: OrderRules, asked: Asked) -> Checks:
    cloud, incidence = asked.ceiling("eo:cloud_cover"), asked.ceiling("view:incidence_angle")
    too_clear = (
        f"La couverture nuageuse demandée est trop stricte : le service s’engage à "
        f"partir de {rules.min_cloud:.0f} %."
    )
    too_wide = f"L’angle d’incidence dépasse {rules.max_incidence:.0f}°."
    return (
        (cloud is not None and cloud < rules.min_cloud, "cloud_too_strict", too_clear),
        (incidence is not None and incidence > rules.max_incidence, "incidence_too_wide", too_wide),
    )


class OrderBook:
    """All orders of a world. A thread moves them on while some are open."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None
        rows = world.store.read("SELECT body FROM orders ORDER BY made, id")
        self._orders = {
            order.id: order for order in (TrainingOrder(**json.loads(row[0])) for row in rows)
        }
        world.on_close(self.close)
        self._start()

    def close(self) -> None:
        """Stops moving orders on; a delivery under way is finished first."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def place(self, account: str, product: OrderableProduct, asked: Asked) -> TrainingOrder:
        """A new order, on the disk when this returns."""
        created = now_text()
        order = TrainingOrder(
            str(uuid.uuid4()),
            account,
            product.id,
            created,
            self._world.clock.days(),
            asked.search_parameters(),
            asked.parameters,
        )
        order.statuses.append(_status_entry("received", "La demande est enregistrée.", created))
        # The verdict is fixed when the order comes, and told when the service has looked at it.
        rule = broken_rule(product, asked, datetime.now(timezone.utc))
        if rule is not None:
            order.statuses[0]["_verdict"] = list(rule)
        with self._lock:
            self._save(order)
            self._orders[order.id] = order
        self._start()
        return order

    def of(self, account: str) -> list[TrainingOrder]:
        """The account's orders, oldest first."""
        with self._lock:
            return [order for order in self._orders.values() if order.account == account]

    def get(self, account: str, order_id: str) -> TrainingOrder | None:
        """One order of the account."""
        with self._lock:
            order = self._orders.get(order_id)
        return order if order is not None and order.account == account else None

    def shared_with(self, account: TrainingAccount) -> list[TrainingOrder]:
        """The open orders of the other accounts of the same relay, oldest first."""
        with self._lock:
            found = list(self._orders.values())
        return [
            order
            for order in found
            if order.status in OPEN and order.account != account.id and _same_relay(order, account)
        ]

    def seen_by(self, account: TrainingAccount, order_id: str) -> TrainingOrder | None:
        """One order of another account of the same relay, open or not: who has joined it follows it
        to its end.
        """
        with self._lock:
            order = self._orders.get(order_id)
        return order if order is not None and _same_relay(order, account) else None

    def cancel(self, account: str, order_id: str) -> TrainingOrder | None:
        """Cancels an order of the account; one that is cancelled already stays as it is.

        None for another's. Raises TooLate.
        """
        with self._lock:
            order = self.get(account, order_id)
            if order is None or order.status == "user_cancelled":
                return order
            if order.status not in CANCELLABLE:
                raise TooLate(order.status)
            self._step(
                order,
                _status_entry(
                    "user_cancelled", "La demande est annulée par le demandeur.", now_text()
                ),
                order.status,
            )
        return order

    def _save(self, order: TrainingOrder) -> None:
        self._world.store.write(
            "INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?)",
            [
                (
                    order.id,
                    order.account,
                    time.time() if order.id not in self._orders else _as_seconds(order.created),
                    json.dumps(order.__dict__, ensure_ascii=False),
                )
            ],
        )

    def _start(self) -> None:
        with self._lock:
            waiting = any(order.status in OPEN for order in self._orders.values())
            if waiting and not self._stopped and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="orders", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._stopped:
            with self._lock:
                waiting = [order for order in self._orders.values() if order.status in OPEN]
                if not waiting:
                    self._thread = None
                    return
            moved = [self._advance(order) for order in waiting]
            if any(moved):
                self._world.clock.keep()
            self._wake.wait(TICK_S)

    def _advance(self, order: TrainingOrder) -> bool:
        """Moves an order on if its time has come."""
        verdict, before = order.statuses[0].get("_verdict"), order.status
        following = {
            "received": "rejected" if verdict else "accepted",
            "accepted": "scheduled",
            "scheduled": "completed",
        }.get(before, "")
        if not following:
            return False  # cancelled in between
        spread = 1 + (int(order.id[:4], 16) % 100) / 250  # not all orders take the same time
        if self._world.clock.days() - order.made_at < DELAYS[following] * spread:
            return False
        if following == "completed" and order.item is None:
            try:
                item = deliver_scene(self._world, self._delivery(order))
            except Exception as error:  # whatever goes wrong ends the order, with its reason
                log.exception("Order %s cannot be delivered", order.id)
                self._step(
                    order,
                    _status_entry(
                        "failed",
                        "L’image n’a pas pu être produite.",
                        now_text(),
                        f"production_{type(error).__name__}",
                    ),
                    before,
                )
                return True
            order.item = [item["collection"], item["id"]]
        texts = {
            "accepted": "La demande respecte les règles du service.",
            "scheduled": "L’acquisition est programmée.",
            "completed": "L’image est au catalogue.",
            "rejected": verdict[1] if verdict else "",
        }
        self._step(
            order,
            _status_entry(following, texts[following], now_text(), verdict[0] if verdict else None),
            before,
        )
        return True

    def _step(self, order: TrainingOrder, status: dict[str, Any], before: str) -> None:
        """One step on from the status ``before``; nothing when the order has left it meanwhile."""
        with self._lock:
            if order.status == before:
                order.statuses = [*order.statuses, status]
                self._save(order)

    def _delivery(self, order: TrainingOrder) -> Delivery:
        product, asked = PRODUCTS[order.product], order.asked
        start, end = (
            datetime.fromisoformat(part.replace("Z", "+00:00"))
            for part in asked["datetime"].split("/")
        )
        understood = Asked(start, end, asked["geometry"], asked["filter"], order.parameters)
        return Delivery(
            order.id,
            product.collection,
            product.platforms,
            product.licence,
            asked["geometry"],
            start,
            end,
            datetime.fromisoformat(order.created.replace("Z", "+00:00")),
            understood.ceiling("eo:cloud_cover"),
            understood.ceiling("view:incidence_angle"),
            str(order.parameters.get("title", "")).strip(),
        )


def _same_relay(order: TrainingOrder, account: TrainingAccount) -> bool:
    owner = training_accounts().get(order.account)
    return owner is not None and owner.relay.get("id") == account.relay.get("id")


def _as_seconds(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def _status_entry(code: str, text: str, when: str, reason: str | None = None) -> dict[str, Any]:
    return {"timestamp": when, "status_code": code, "reason_code": reason, "reason_text": text}


def status_document(order: TrainingOrder, status: dict[str, Any], root: str) -> dict[str, Any]:
    """A status as served; a completed one links to the delivered item."""
    shown = {name: value for name, value in status.items() if not name.startswith("_")}
    return {
        **shown,
        "links": _delivery_links(order, root) if status["status_code"] == "completed" else [],
    }


def _delivery_links(order: TrainingOrder, root: str) -> list[dict[str, Any]]:
    if order.item is None:
        return []
    collection, item_id = order.item
    return [
        {
            "rel": "delivery",
            "type": "application/geo+json",
            "href": f"{root}/stac/collections/{collection}/items/{item_id}",
            "title": item_id,
        }
    ]


def order_document(order: TrainingOrder, root: str) -> dict[str, Any]:
    """The order as a STAPI GeoJSON feature."""
    ring = order.asked["geometry"]["coordinates"][0]
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    home = f"{root}/stapi/orders/{order.id}"
    return {
        "type": "Feature",
        "stapi_type": "Order",
        "stapi_version": STAPI_VERSION,
        "id": order.id,
        "geometry": order.asked["geometry"],
        "bbox": [min(lons), min(lats), max(lons), max(lats)],
        "properties": {
            "product_id": order.product,
            "created": order.created,
            "status": status_document(order, order.statuses[-1], root),
            "search_parameters": order.asked,
            "opportunity_properties": {},
            "order_parameters": order.parameters,
        },
        "links": [
            {"rel": "self", "type": "application/geo+json", "href": home},
            {"rel": "monitor", "type": "application/json", "href": f"{home}/statuses"},
            *([_cancel_link(home)] if order.status in CANCELLABLE else []),
            *_delivery_links(order, root),
        ],
    }


def _cancel_link(home: str) -> dict[str, Any]:
    """STAPI leaves it open how to cancel: a link of the order, with its method, as STAPI's links
    may have one.
    """
    return {
        "rel": "cancel",
        "type": "application/geo+json",
        "href": f"{home}/cancel",
        "method": "POST",
        "title": "Annuler la demande",
    }


def shared_document(order: TrainingOrder, root: str) -> dict[str, Any]:
    """An order as shown to the other entities of its relay: whose it is, not which person's; its
    title, nothing else of its words.
    """
    shown = order_document(order, root)
    owner = training_accounts().get(order.account)
    shown["properties"]["order_parameters"] = {
        k: v for k, v in order.parameters.items() if k in ("title", "mode")
    }
    shown["properties"]["entity"] = owner.organization["name"] if owner is not None else ""
    shown["links"] = [link for link in shown["links"] if link["rel"] != "cancel"]
    return shown
