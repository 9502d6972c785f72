"""Orders of the training service: what they become, that they survive, that they end in a scene or
a reason.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("osgeo.gdal", reason="the training imagery is made with GDAL")

from dinamis_qgis.sandbox.stapi.orders import OrderBook
from dinamis_qgis.sandbox.stapi.products import PRODUCTS
from dinamis_qgis.sandbox.stapi.read import Asked, area_km2
from dinamis_qgis.sandbox.world import prepare_world
from tests.support.orders import PLEIADES_PRODUCT, Running, payload
from tests.support.service import ask


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    service = Running(tmp_path_factory.mktemp("world"), 200.0)
    yield service
    service.stop()


def test_an_order_lives_and_ends_in_the_catalogue(running: Running) -> None:
    answer = running.order(
        payload(
            cloud=15, title="Crue du gave", client_reference="ref-1", mode="mono", purpose="Risques"
        )
    )
    assert answer.status == 201 and answer.headers["content-type"] == "application/geo+json"
    order = answer.json()
    assert answer.headers["location"].endswith(f"/stapi/orders/{order['id']}")
    assert (order["type"], order["stapi_type"], order["stapi_version"]) == (
        "Feature",
        "Order",
        "0.1.0",
    )
    facts = order["properties"]
    assert set(facts) >= {
        "product_id",
        "created",
        "status",
        "search_parameters",
        "opportunity_properties",
        "order_parameters",
    }
    assert (
        facts["order_parameters"]["client_reference"] == "ref-1"
        and facts["status"]["status_code"] == "received"
    )
    assert {link["rel"] for link in order["links"]} - {"cancel"} == {"self", "monitor"}
    done = running.ended(order["id"])
    assert done["properties"]["status"]["status_code"] == "completed"
    statuses = running.ask(f"/orders/{order['id']}/statuses").json()["statuses"]
    assert [s["status_code"] for s in statuses] == [
        "completed",
        "scheduled",
        "accepted",
        "received",
    ]
    assert [s["timestamp"] for s in statuses] == sorted(
        (s["timestamp"] for s in statuses), reverse=True
    )
    links = [link for link in statuses[0]["links"] if link["rel"] == "delivery"]
    assert links == [link for link in done["links"] if link["rel"] == "delivery"]
    item = ask(links[0]["href"]).json()
    assert item["properties"]["order:id"] == order["id"] and item["properties"]["title"].startswith(
        "Crue du gave – Pléiades 1"
    )
    assert (
        item["properties"]["eo:cloud_cover"] <= 15 and item["properties"]["license"] == "pleiades"
    )
    west, south, east, north = item["bbox"]
    assert west < -0.5 and south < 43.2 and east > -0.35 and north > 43.31
    start, end = order["properties"]["search_parameters"]["datetime"].split("/")
    assert start[:10] <= item["properties"]["datetime"][:10] <= end[:10]
    _, bucket, key = (
        item["assets"]["src_xs"]["href"].partition("/storage/")[2].partition("/")[0],
        *item["assets"]["src_xs"]["href"].partition("/storage/")[2].split("/", 1),
    )
    assert running.world.file_for(bucket, key) is not None
    found = ask(f"{running.server.root}/stac/search", "POST", data={"ids": [item["id"]]}).json()[
        "features"
    ]
    assert len(found) == 1


BROKEN = [
    ({"box": (-0.5, 43.2, -0.49, 43.21)}, "area_too_small"),
    ({"box": (-3.0, 43.0, 2.0, 46.0)}, "area_too_large"),
    ({"box": (-1.5, 43.20, -0.2, 43.22)}, "too_narrow"),
    ({"days": 5}, "window_too_short"),
    ({"days": 500}, "window_too_long"),
    ({"days": 60, "start": -90}, "window_past"),
    ({"cloud": 2}, "cloud_too_strict"),
    ({"box": (20.0, 43.2, 20.15, 43.31)}, "outside_area"),
]


@pytest.mark.parametrize("change, code", BROKEN, ids=[code for _, code in BROKEN])
def test_a_broken_rule_ends_in_a_rejection_with_its_reason(
    running: Running, change: Any, code: str
) -> None:
    answer = running.order(payload(**change))
    assert answer.status == 201
    status = running.ended(answer.json()["id"])["properties"]["status"]
    assert (status["status_code"], status["reason_code"]) == ("rejected", code) and len(
        status["reason_text"]
    ) > 15


def test_holes_and_vertices_and_incidence_are_rejected(running: Running) -> None:
    hole = payload()
    hole["geometry"]["coordinates"].append(
        [[-0.45, 43.25], [-0.44, 43.25], [-0.44, 43.26], [-0.45, 43.25]]
    )
    many = payload()
    many["geometry"]["coordinates"] = [
        [[-0.5 + k * 0.00012, 43.2] for k in range(1200)]
        + [[-0.35, 43.31], [-0.5, 43.31], [-0.5, 43.2]]
    ]
    wide = payload()
    wide["filter"] = {
        "op": "and",
        "args": [
            {"op": "<=", "args": [{"property": "view:incidence_angle"}, 45]},
            {"op": "<=", "args": [{"property": "eo:cloud_cover"}, 20]},
        ],
    }
    for body, code in ((hole, "holes"), (many, "too_many_vertices"), (wide, "incidence_too_wide")):
        assert (
            running.ended(running.order(body).json()["id"])["properties"]["status"]["reason_code"]
            == code
        )


def test_orders_and_deliveries_survive_a_restart(tmp_path: Path) -> None:
    first = Running(tmp_path, 0.0)
    order_id = first.order(payload(client_reference="keep")).json()["id"]
    assert (
        first.ask(f"/orders/{order_id}").json()["properties"]["status"]["status_code"] == "received"
    )
    first.stop()
    second = Running(tmp_path, 500.0)
    done = second.ended(order_id)
    assert done["properties"]["status"]["status_code"] == "completed" and done["properties"][
        "order_parameters"
    ] == {"client_reference": "keep"}
    history = second.ask(f"/orders/{order_id}/statuses").json()["statuses"]
    item = next(link["href"] for link in done["links"] if link["rel"] == "delivery").rpartition(
        "/"
    )[2]
    count = len(second.world.items())
    second.stop()
    third = Running(tmp_path, 500.0)
    try:
        assert len(third.world.items()) == count
        assert any(i["id"] == item for i in third.world.items())
        again = third.ask(f"/orders/{order_id}/statuses").json()["statuses"]
        assert [(s["status_code"], s["timestamp"]) for s in again] == [
            (s["status_code"], s["timestamp"]) for s in history
        ]
    finally:
        third.stop()


def test_an_order_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    import sqlite3

    service = Running(tmp_path, 0.0)
    try:
        order_id = service.order(payload()).json()["id"]
        other = sqlite3.connect(str(tmp_path / "world.sqlite"))
        assert other.execute(
            "SELECT count(*) FROM orders WHERE id = ?", (order_id,)
        ).fetchone() == (1,)
        other.close()
    finally:
        service.stop()


def test_a_delivery_that_fails_ends_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> Any:
        raise OSError("no space left")

    monkeypatch.setattr("dinamis_qgis.sandbox.stapi.orders.deliver_scene", full)
    service = Running(tmp_path, 500.0)
    try:
        status = service.ended(service.order(payload()).json()["id"])["properties"]["status"]
        assert status["status_code"] == "failed" and status["reason_code"] == "production_OSError"
    finally:
        service.stop()


def test_time_goes_on_where_it_stopped(tmp_path: Path) -> None:
    world = prepare_world(tmp_path, small=True, days_per_second=1000.0)
    time.sleep(0.05)
    world.close()
    reached = world.clock.days()
    again = prepare_world(tmp_path, small=True, days_per_second=0.0)
    assert 10 < again.clock.days() <= reached
    stopped = again.clock.days()
    again.clock.days_per_second = 100.0
    time.sleep(0.02)
    assert again.clock.days() > stopped
    again.close()


def test_areas_are_those_of_the_ellipsoid() -> None:
    pyproj = pytest.importorskip("pyproj")
    for box in ((-0.5, 43.2, -0.35, 43.31), (-1.5, 45.0, 0.5, 46.5)):
        geometry = payload(box=box)["geometry"]
        lons, lats = zip(*geometry["coordinates"][0])
        exact = abs(pyproj.Geod(ellps="WGS84").polygon_area_perimeter(lons, lats)[0]) / 1e6
        assert area_km2(geometry) == pytest.approx(exact, rel=0.002)


def test_book_without_open_orders_runs_no_thread(tmp_path: Path) -> None:
    world = prepare_world(tmp_path, small=True)
    book = OrderBook(world)
    assert book._thread is None
    world.close()


def test_bodies_are_not_changed_by_the_reading(running: Running) -> None:
    body = payload(cloud=20, client_reference="same")
    kept = copy.deepcopy(body)
    assert (
        running.order(body).json()["properties"]["search_parameters"]["geometry"]
        == kept["geometry"]
        and body == kept
    )


def cancel_links(order: Any) -> list[str]:
    return [link["href"] for link in order["links"] if link["rel"] == "cancel"]


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service whose clock stands still: orders stay as they are."""
    service = Running(tmp_path_factory.mktemp("still"), 0.0)
    yield service
    service.stop()


def test_an_order_is_cancelled_by_its_link(waiting: Running) -> None:
    made = waiting.order(payload(title="Annulée")).json()
    (href,) = cancel_links(made)
    assert href.startswith(f"{waiting.base}/orders/{made['id']}/")
    answer = waiting.ask(href[len(waiting.base) :], {})
    assert answer.status == 200
    assert answer.json()["properties"]["status"][
        "status_code"
    ] == "user_cancelled" and not cancel_links(answer.json())
    statuses = waiting.ask(f"/orders/{made['id']}/statuses").json()["statuses"]
    assert [s["status_code"] for s in statuses] == ["user_cancelled", "received"] and statuses[0][
        "reason_text"
    ]
    assert waiting.ask(href[len(waiting.base) :], {}).status == 200, "twice is once"
    assert len(waiting.ask(f"/orders/{made['id']}/statuses").json()["statuses"]) == 2
    assert made["id"] not in [
        o["id"] for o in waiting.ask("/orders?scope=relay", user="sdis").json()["features"]
    ]


def test_another_persons_order_is_not_cancelled(waiting: Running) -> None:
    made = waiting.order(payload()).json()
    path = f"/orders/{made['id']}/cancel"
    assert waiting.ask(path, {}, user="sdis").status == 403
    assert waiting.ask(path, {}, user="nobody").status == 401
    assert waiting.ask("/orders/none/cancel", {}).status == 404
    assert cancel_links(waiting.ask(f"/orders/{made['id']}").json()), "its own person may, still"
    assert not cancel_links(waiting.ask(f"/orders/{made['id']}", user="sdis").json()), (
        "whom the relay shows it may not"
    )
    assert [
        s["status_code"] for s in waiting.ask(f"/orders/{made['id']}/statuses").json()["statuses"]
    ] == ["received"]


def test_once_programmed_or_ended_it_is_too_late(running: Running) -> None:
    done = running.ended(running.order(payload()).json()["id"])
    assert not cancel_links(done)
    assert running.ask(f"/orders/{done['id']}/cancel", {}).status == 409
    assert (
        running.ask(f"/orders/{done['id']}").json()["properties"]["status"]["status_code"]
        == "completed"
    )


def test_cancelled_while_it_is_moved_on_it_goes_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = prepare_world(tmp_path, small=True, days_per_second=0.0)
    book = OrderBook(world)
    book.close()  # no thread of its own: this test moves the order on
    body = payload()
    order = book.place(
        "technicien", PRODUCTS[PLEIADES_PRODUCT], Asked(*_ends(body), body["geometry"], None, {})
    )

    def days() -> float:
        book.cancel("technicien", order.id)  # just after the order was looked at
        return 1000.0

    monkeypatch.setattr(world.clock, "days", days)
    assert book._advance(order)
    assert not book._advance(order)
    assert [s["status_code"] for s in order.statuses] == ["received", "user_cancelled"]
    world.close()


def _ends(body: Any) -> tuple[datetime, datetime]:
    start, end = (
        datetime.fromisoformat(part.replace("Z", "+00:00")) for part in body["datetime"].split("/")
    )
    return start, end


def test_a_cancelled_order_stays_so_after_a_restart(tmp_path: Path) -> None:
    first = Running(tmp_path, 0.0)
    order_id = first.order(payload()).json()["id"]
    assert first.ask(f"/orders/{order_id}/cancel", {}).status == 200
    first.stop()
    second = Running(tmp_path, 500.0)
    try:
        found = second.ask(f"/orders/{order_id}").json()
        assert found["properties"]["status"]["status_code"] == "user_cancelled"
    finally:
        second.stop()
