"""Requests at the training service: STAPI 0.1.0 with the traps of the reference server, orders that survive and end in a scene."""

from __future__ import annotations

import copy
import json
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Iterator

import pytest

pytest.importorskip("osgeo.gdal", reason="the training imagery is made with GDAL")

from dinamis_qgis.sandbox import stac, stapi  # noqa: E402
from dinamis_qgis.sandbox.accounts import training_accounts  # noqa: E402
from dinamis_qgis.sandbox.orders import OrderBook  # noqa: E402
from dinamis_qgis.sandbox.server import Server  # noqa: E402
from dinamis_qgis.sandbox.stapi_products import PRODUCTS  # noqa: E402
from dinamis_qgis.sandbox.stapi_read import area_km2  # noqa: E402
from dinamis_qgis.sandbox.web import HttpProblem, Request  # noqa: E402
from dinamis_qgis.sandbox.world import World, prepare  # noqa: E402
from tests.support.service import Answer, ask  # noqa: E402

PLEIADES_PRODUCT, SPOT_PRODUCT = "pleiades-programmation", "spot-programmation"


def account_of(request: Request) -> Any:
    """The bearer is the user name: what tokens are worth is tested elsewhere."""
    account = training_accounts().get(request.bearer())
    if account is None:
        raise HttpProblem(401, "Not authenticated")
    return account


class Running:
    """A world served, that can be stopped and started again."""

    def __init__(self, folder: Path, pace: float) -> None:
        self.world: World = prepare(folder, small=True, days_per_second=pace)
        self.server = Server([*stac.routes(self.world), *stapi.routes(self.world, account_of)], 0)
        self.server.start()
        self.base = f"{self.server.root}/stapi"

    def stop(self) -> None:
        self.server.stop()
        self.world.close()

    def ask(self, path: str, data: Any = None, user: str = "technicien", **more: Any) -> Answer:
        return ask(f"{self.base}{path}", "GET" if data is None else "POST", data=data, headers={"Authorization": f"Bearer {user}", **more})

    def order(self, body: Any, product: str = PLEIADES_PRODUCT, user: str = "technicien") -> Answer:
        return self.ask(f"/products/{product}/orders", body, user)

    def ended(self, order_id: str, user: str = "technicien", patience: float = 60) -> Any:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            found = self.ask(f"/orders/{order_id}", user=user).json()
            if found["properties"]["status"]["status_code"] in ("completed", "rejected", "failed"):
                return found
            time.sleep(0.05)
        raise AssertionError(f"never ended: {found['properties']['status']}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    service = Running(tmp_path_factory.mktemp("world"), 200.0)
    yield service
    service.stop()


def text(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def payload(days: float = 60, start: float = 0, box: tuple[float, float, float, float] = (-0.5, 43.2, -0.35, 43.31), cloud: float | None = None, **parameters: Any) -> dict[str, Any]:
    now = datetime.now(timezone.utc) + timedelta(days=start)
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    body: dict[str, Any] = {"datetime": f"{text(now)}/{text(now + timedelta(days=days))}", "geometry": {"type": "Polygon", "coordinates": [ring]},
                            "order_parameters": parameters}
    if cloud is not None:
        body["filter"] = {"op": "<=", "args": [{"property": "eo:cloud_cover"}, cloud]}
    return body


def test_landing_products_and_schemas(running: Running) -> None:
    page = ask(f"{running.base}/").json()
    assert page["id"] and page["conformsTo"] == ask(f"{running.base}/conformance").json()["conformsTo"]
    rels = {link["rel"]: link["href"] for link in page["links"]}
    assert {"self", "service-description", "conformance", "products", "orders"} <= set(rels)
    assert ask(rels["service-description"]).status == 200
    listed = ask(rels["products"]).json()
    assert listed["type"] == "ProductCollection" and [p["id"] for p in listed["products"]] == [PLEIADES_PRODUCT, SPOT_PRODUCT]
    for product in listed["products"]:
        links = {link["rel"]: link for link in product["links"]}
        assert set(links) == {"self", "conformance", "queryables", "order-parameters", "create-order", "opportunities"}
        assert links["create-order"]["method"] == "POST" and product["stapi_type"] == "Product" and product["type"] == "Collection"
        assert product["license"] and product["providers"][0]["roles"]
        assert any(c.startswith("https://geojson.org/schema/") for c in ask(links["conformance"]["href"]).json()["conformsTo"])
        assert "eo:cloud_cover" in ask(links["queryables"]["href"]).json()["properties"]
        parameters = ask(links["order-parameters"]["href"]).json()
        assert parameters["additionalProperties"] is False and {"mode", "title", "purpose", "client_reference"} == set(parameters["properties"])
        assert ask(links["self"]["href"]).json() == product
    first = ask(f"{running.base}/products?limit=1").json()
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    assert [p["id"] for p in ask(following).json()["products"]] == [SPOT_PRODUCT]
    assert ask(f"{running.base}/products?next=nothing").status == 404 and ask(f"{running.base}/products/nothing").status == 404


def test_limits_are_those_of_the_training_profile(root: Path) -> None:
    profile = json.loads((root / "resources" / "profiles" / "formation.json").read_text(encoding="utf-8"))
    for told in profile["tasking"]["products"]:
        rules, said = PRODUCTS[told["id"]].rules, told["rules"]
        assert (rules.min_area, rules.max_area, rules.min_width, rules.max_vertices, rules.min_days, rules.min_cloud, rules.max_incidence) == tuple(
            said[name] for name in ("min_area_km2", "max_area_km2", "min_width_km", "max_vertices", "min_window_days", "min_cloud", "max_incidence"))
        assert rules.max_days >= said["max_window_days"] and PRODUCTS[told["id"]].licence == told["licence"]


def test_an_order_lives_and_ends_in_the_catalogue(running: Running) -> None:
    answer = running.order(payload(cloud=15, title="Crue du gave", client_reference="ref-1", mode="mono", purpose="Risques"))
    assert answer.status == 201 and answer.headers["content-type"] == "application/geo+json"
    order = answer.json()
    assert answer.headers["location"].endswith(f"/stapi/orders/{order['id']}")
    assert (order["type"], order["stapi_type"], order["stapi_version"]) == ("Feature", "Order", "0.1.0")
    facts = order["properties"]
    assert set(facts) >= {"product_id", "created", "status", "search_parameters", "opportunity_properties", "order_parameters"}
    assert facts["order_parameters"]["client_reference"] == "ref-1" and facts["status"]["status_code"] == "received"
    assert {link["rel"] for link in order["links"]} == {"self", "monitor"}
    done = running.ended(order["id"])
    assert done["properties"]["status"]["status_code"] == "completed"
    statuses = running.ask(f"/orders/{order['id']}/statuses").json()["statuses"]
    assert [s["status_code"] for s in statuses] == ["completed", "scheduled", "accepted", "received"]
    assert [s["timestamp"] for s in statuses] == sorted((s["timestamp"] for s in statuses), reverse=True)
    links = [link for link in statuses[0]["links"] if link["rel"] == "delivery"]
    assert links == [link for link in done["links"] if link["rel"] == "delivery"]
    item = ask(links[0]["href"]).json()
    assert item["properties"]["order:id"] == order["id"] and item["properties"]["title"].startswith("Crue du gave – Pléiades 1")
    assert item["properties"]["eo:cloud_cover"] <= 15 and item["properties"]["license"] == "pleiades"
    west, south, east, north = item["bbox"]
    assert west < -0.5 and south < 43.2 and east > -0.35 and north > 43.31
    start, end = order["properties"]["search_parameters"]["datetime"].split("/")
    assert start[:10] <= item["properties"]["datetime"][:10] <= end[:10]
    _, bucket, key = item["assets"]["src_xs"]["href"].partition("/storage/")[2].partition("/")[0], *item["assets"]["src_xs"]["href"].partition("/storage/")[2].split("/", 1)
    assert running.world.file_for(bucket, key) is not None
    found = ask(f"{running.server.root}/stac/search", "POST", data={"ids": [item["id"]]}).json()["features"]
    assert len(found) == 1


BROKEN = [
    ({"box": (-0.5, 43.2, -0.49, 43.21)}, "area_too_small"), ({"box": (-3.0, 43.0, 2.0, 46.0)}, "area_too_large"),
    ({"box": (-1.5, 43.20, -0.2, 43.22)}, "too_narrow"), ({"days": 5}, "window_too_short"), ({"days": 500}, "window_too_long"),
    ({"days": 60, "start": -90}, "window_past"), ({"cloud": 2}, "cloud_too_strict"), ({"box": (20.0, 43.2, 20.15, 43.31)}, "outside_area"),
]


@pytest.mark.parametrize("change, code", BROKEN, ids=[code for _, code in BROKEN])
def test_a_broken_rule_ends_in_a_rejection_with_its_reason(running: Running, change: Any, code: str) -> None:
    answer = running.order(payload(**change))
    assert answer.status == 201
    status = running.ended(answer.json()["id"])["properties"]["status"]
    assert (status["status_code"], status["reason_code"]) == ("rejected", code) and len(status["reason_text"]) > 15


def test_holes_and_vertices_and_incidence_are_rejected(running: Running) -> None:
    hole = payload()
    hole["geometry"]["coordinates"].append([[-0.45, 43.25], [-0.44, 43.25], [-0.44, 43.26], [-0.45, 43.25]])
    many = payload()
    many["geometry"]["coordinates"] = [[[-0.5 + k * 0.00012, 43.2] for k in range(1200)] + [[-0.35, 43.31], [-0.5, 43.31], [-0.5, 43.2]]]
    wide = payload()
    wide["filter"] = {"op": "and", "args": [{"op": "<=", "args": [{"property": "view:incidence_angle"}, 45]}, {"op": "<=", "args": [{"property": "eo:cloud_cover"}, 20]}]}
    for body, code in ((hole, "holes"), (many, "too_many_vertices"), (wide, "incidence_too_wide")):
        assert running.ended(running.order(body).json()["id"])["properties"]["status"]["reason_code"] == code


def broken_bodies() -> list[Any]:
    bodies: list[Any] = [[], None, 3, "text", {}, {"datetime": "x"}]

    def change(**members: Any) -> None:
        body = payload()
        for name, value in members.items():
            if value is KeyError:
                del body[name]
            else:
                body[name] = value
        bodies.append(body)

    change(order_parameters=KeyError)
    for value in (None, [], "x", {"unknown": 1}, {"mode": "video"}, {"title": 3}, {"title": "x" * 201}, {"client_reference": None}):
        change(order_parameters=value)
    now, later = text(datetime.now(timezone.utc)), text(datetime.now(timezone.utc) + timedelta(days=40))
    for value in (None, 3, "", "..", "../..", f"{now}/..", f"../{later}", f"{now}/", now, f"{later}/{now}", "2026-01-01/2026-03-01", f"{now}/{later}/{later}",
                  "2026-01-01T00:00:00/2026-03-01T00:00:00", "2026-13-01T00:00:00Z/2027-01-01T00:00:00Z", [now, later]):
        change(datetime=value)
    for value in (None, 3, {}, {"type": "Point", "coordinates": [0, 45]}, {"type": "Polygon"}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
                  {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, {"type": "MultiPolygon", "coordinates": [payload()["geometry"]["coordinates"]]},
                  {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]}, {"type": "Polygon", "coordinates": "x"}):
        change(geometry=value)
    deep: Any = {"op": "<=", "args": [{"property": "eo:cloud_cover"}, 10]}
    for _ in range(200):
        deep = {"op": "not", "args": [deep]}
    for value in (3, [], "eo:cloud_cover < 10", {"op": "<="}, {"op": "<=", "args": []}, {"op": "<=", "args": [{"property": "nothing"}, 3]}, {"op": "and", "args": [1, 2]},
                  {"op": ["<="], "args": []}, {"op": "<=", "args": [{"property": ["x"]}, 3]}, {"op": "<=", "args": [{"property": "eo:cloud_cover"}, "ten"]},
                  {"op": "casei", "args": [1]}, {"op": "between", "args": [{"property": "eo:cloud_cover"}, 1]}, deep):
        change(filter=value)
    return bodies


@pytest.mark.parametrize("body", broken_bodies(), ids=lambda b: json.dumps(b)[-70:])
def test_malformed_order_is_a_422_and_no_order(running: Running, body: Any) -> None:
    before = running.ask("/orders?limit=1").json()["numberMatched"]
    answer = running.order(body if body is not None else [])
    assert answer.status == 422, answer.body[:300]
    assert all(set(entry) >= {"type", "loc", "msg"} for entry in answer.json()["detail"])
    assert running.ask("/orders?limit=1").json()["numberMatched"] == before


def test_who_may_order(running: Running) -> None:
    assert ask(f"{running.base}/orders").status == 401
    assert ask(f"{running.base}/products/{PLEIADES_PRODUCT}/orders", "POST", data=payload()).status == 401
    assert ask(f"{running.base}/products/{PLEIADES_PRODUCT}/opportunities", "POST", data=payload()).status == 401
    assert running.order(payload(), user="nouveau").status == 403
    assert running.ask("/orders", user="nouveau").status == 200
    mine = running.order(payload(), user="sdis").json()["id"]
    assert running.ask(f"/orders/{mine}", user="sdis").status == 200
    assert running.ask(f"/orders/{mine}").status == 404 and running.ask(f"/orders/{mine}/statuses").status == 404
    assert mine not in [o["id"] for o in running.ask("/orders?limit=100").json()["features"]]


def test_orders_are_paged_and_an_order_is_found_by_its_reference(running: Running) -> None:
    made = [running.order(payload(client_reference=f"page-{k}"), user="relais").json()["id"] for k in range(5)]
    found, target = [], f"{running.base}/orders?limit=2"
    while target:
        page = ask(target, headers={"Authorization": "Bearer relais"}).json()
        assert page["type"] == "FeatureCollection" and page["numberMatched"] == 5 and len(page["features"]) <= 2
        found += page["features"]
        target = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert [o["id"] for o in found] == made
    assert [o["id"] for o in found if o["properties"]["order_parameters"].get("client_reference") == "page-3"] == [made[3]]
    for query, status in (("next=nothing", 404), ("limit=0", 422), ("limit=x", 422), ("limit=-1", 422)):
        assert running.ask(f"/orders?{query}", user="relais").status == status
    first = running.ask(f"/orders/{made[0]}/statuses?limit=1", user="relais").json()
    assert len(first["statuses"]) == 1
    assert running.ask(f"/orders/{made[0]}/statuses?next=zzz", user="relais").status == 404
    assert running.ask("/orders/nothing").status == 404


def test_opportunities(running: Running) -> None:
    body: dict[str, Any] = {k: v for k, v in payload(cloud=20).items() if k != "order_parameters"}
    target = f"/products/{PLEIADES_PRODUCT}/opportunities"
    answer = running.ask(target, {**body, "limit": 3}, Prefer="wait")
    assert answer.status == 200
    page = answer.json()
    rels = {link["rel"]: link for link in page["links"]}
    assert rels["create-order"]["body"]["geometry"] == body["geometry"] and rels["next"]["method"] == "POST"
    found = page["features"]
    while "next" in rels:
        page = ask(rels["next"]["href"], "POST", data=rels["next"]["body"], headers={"Authorization": "Bearer technicien"}).json()
        rels = {link["rel"]: link for link in page["links"]}
        found += page["features"]
    start, end = body["datetime"].split("/")
    assert len(found) > 5 and len({f["id"] for f in found}) == len(found)
    for one in found:
        first, last = one["properties"]["datetime"].split("/")
        assert start <= first < last <= end and one["properties"]["view:incidence_angle"] <= 30
    steep = {**body, "filter": {"op": "<=", "args": [{"property": "view:incidence_angle"}, 10]}}
    assert len(running.ask(target, {**steep, "limit": 100}).json()["features"]) < len(found)
    assert running.ask(target, body, Prefer="soon").status == 400
    for wrong in ({"limit": 0}, {"limit": "x"}, {"next": 3}, {"datetime": "../.."}):
        assert running.ask(target, {**body, **wrong}).status == 422, wrong
    assert running.ask(target, {**body, "next": "zzz"}).status == 404
    assert running.ask(f"/products/{SPOT_PRODUCT}/opportunities", body).json()["features"] == [], "too small an area has no opportunity"


def test_orders_and_deliveries_survive_a_restart(tmp_path: Path) -> None:
    first = Running(tmp_path, 0.0)
    order_id = first.order(payload(client_reference="keep")).json()["id"]
    assert first.ask(f"/orders/{order_id}").json()["properties"]["status"]["status_code"] == "received"
    first.stop()
    second = Running(tmp_path, 500.0)
    done = second.ended(order_id)
    assert done["properties"]["status"]["status_code"] == "completed" and done["properties"]["order_parameters"] == {"client_reference": "keep"}
    history = second.ask(f"/orders/{order_id}/statuses").json()["statuses"]
    item = next(link["href"] for link in done["links"] if link["rel"] == "delivery").rpartition("/")[2]
    count = len(second.world.items())
    second.stop()
    third = Running(tmp_path, 500.0)
    try:
        assert len(third.world.items()) == count
        assert any(i["id"] == item for i in third.world.items())
        again = third.ask(f"/orders/{order_id}/statuses").json()["statuses"]
        assert [(s["status_code"], s["timestamp"]) for s in again] == [(s["status_code"], s["timestamp"]) for s in history]
    finally:
        third.stop()


def test_an_order_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    import sqlite3

    service = Running(tmp_path, 0.0)
    try:
        order_id = service.order(payload()).json()["id"]
        other = sqlite3.connect(str(tmp_path / "world.sqlite"))
        assert other.execute("SELECT count(*) FROM orders WHERE id = ?", (order_id,)).fetchone() == (1,)
        other.close()
    finally:
        service.stop()


def test_a_delivery_that_fails_ends_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> Any:
        raise OSError("no space left")

    monkeypatch.setattr("dinamis_qgis.sandbox.orders.deliver", full)
    service = Running(tmp_path, 500.0)
    try:
        status = service.ended(service.order(payload()).json()["id"])["properties"]["status"]
        assert status["status_code"] == "failed" and status["reason_code"] == "production_OSError"
    finally:
        service.stop()


def test_time_goes_on_where_it_stopped(tmp_path: Path) -> None:
    world = prepare(tmp_path, small=True, days_per_second=1000.0)
    time.sleep(0.05)
    world.close()
    reached = world.clock.days()
    again = prepare(tmp_path, small=True, days_per_second=0.0)
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
    world = prepare(tmp_path, small=True)
    book = OrderBook(world)
    assert book._thread is None
    world.close()


def test_bodies_are_not_changed_by_the_reading(running: Running) -> None:
    body = payload(cloud=20, client_reference="same")
    kept = copy.deepcopy(body)
    assert running.order(body).json()["properties"]["search_parameters"]["geometry"] == kept["geometry"] and body == kept
