"""The STAPI 0.1.0 part of the training service: documents, paging, and the traps of the reference
server.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("osgeo.gdal", reason="the training imagery is made with GDAL")

from dinamis_qgis.sandbox.stapi.products import PRODUCTS
from tests.support.orders import PLEIADES_PRODUCT, SPOT_PRODUCT, Running, payload, text
from tests.support.service import ask


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    service = Running(tmp_path_factory.mktemp("world"), 200.0)
    yield service
    service.stop()


def test_landing_products_and_schemas(running: Running) -> None:
    page = ask(f"{running.base}/").json()
    assert (
        page["id"] and page["conformsTo"] == ask(f"{running.base}/conformance").json()["conformsTo"]
    )
    rels = {link["rel"]: link["href"] for link in page["links"]}
    assert {"self", "service-description", "conformance", "products", "orders"} <= set(rels)
    assert ask(rels["service-description"]).status == 200
    listed = ask(rels["products"]).json()
    assert listed["type"] == "ProductCollection" and [p["id"] for p in listed["products"]] == [
        PLEIADES_PRODUCT,
        SPOT_PRODUCT,
    ]
    for product in listed["products"]:
        links = {link["rel"]: link for link in product["links"]}
        assert set(links) == {
            "self",
            "conformance",
            "queryables",
            "order-parameters",
            "create-order",
            "opportunities",
        }
        assert (
            links["create-order"]["method"] == "POST"
            and product["stapi_type"] == "Product"
            and product["type"] == "Collection"
        )
        assert product["license"] and product["providers"][0]["roles"]
        assert any(
            c.startswith("https://geojson.org/schema/")
            for c in ask(links["conformance"]["href"]).json()["conformsTo"]
        )
        assert "eo:cloud_cover" in ask(links["queryables"]["href"]).json()["properties"]
        parameters = ask(links["order-parameters"]["href"]).json()
        assert parameters["additionalProperties"] is False and {
            "mode",
            "title",
            "purpose",
            "client_reference",
        } == set(parameters["properties"])
        assert ask(links["self"]["href"]).json() == product
    first = ask(f"{running.base}/products?limit=1").json()
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    assert [p["id"] for p in ask(following).json()["products"]] == [SPOT_PRODUCT]
    assert (
        ask(f"{running.base}/products?next=nothing").status == 404
        and ask(f"{running.base}/products/nothing").status == 404
    )


def test_limits_are_those_of_the_training_profile(root: Path) -> None:
    profile = json.loads(
        (root / "resources" / "profiles" / "formation.json").read_text(encoding="utf-8")
    )
    for told in profile["tasking"]["products"]:
        rules, said = PRODUCTS[told["id"]].rules, told["rules"]
        assert (
            rules.min_area,
            rules.max_area,
            rules.min_width,
            rules.max_vertices,
            rules.min_days,
            rules.min_cloud,
            rules.max_incidence,
        ) == tuple(
            said[name]
            for name in (
                "min_area_km2",
                "max_area_km2",
                "min_width_km",
                "max_vertices",
                "min_window_days",
                "min_cloud",
                "max_incidence",
            )
        )
        assert (
            rules.max_days >= said["max_window_days"]
            and PRODUCTS[told["id"]].licence == told["licence"]
        )


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
    for value in (
        None,
        [],
        "x",
        {"unknown": 1},
        {"mode": "video"},
        {"title": 3},
        {"title": "x" * 201},
        {"client_reference": None},
    ):
        change(order_parameters=value)
    now, later = (
        text(datetime.now(timezone.utc)),
        text(datetime.now(timezone.utc) + timedelta(days=40)),
    )
    for value in (
        None,
        3,
        "",
        "..",
        "../..",
        f"{now}/..",
        f"../{later}",
        f"{now}/",
        now,
        f"{later}/{now}",
        "2026-01-01/2026-03-01",
        f"{now}/{later}/{later}",
        "2026-01-01T00:00:00/2026-03-01T00:00:00",
        "2026-13-01T00:00:00Z/2027-01-01T00:00:00Z",
        [now, later],
    ):
        change(datetime=value)
    for value in (
        None,
        3,
        {},
        {"type": "Point", "coordinates": [0, 45]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "MultiPolygon", "coordinates": [payload()["geometry"]["coordinates"]]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]},
        {"type": "Polygon", "coordinates": "x"},
    ):
        change(geometry=value)
    deep: Any = {"op": "<=", "args": [{"property": "eo:cloud_cover"}, 10]}
    for _ in range(200):
        deep = {"op": "not", "args": [deep]}
    for value in (
        3,
        [],
        "eo:cloud_cover < 10",
        {"op": "<="},
        {"op": "<=", "args": []},
        {"op": "<=", "args": [{"property": "nothing"}, 3]},
        {"op": "and", "args": [1, 2]},
        {"op": ["<="], "args": []},
        {"op": "<=", "args": [{"property": ["x"]}, 3]},
        {"op": "<=", "args": [{"property": "eo:cloud_cover"}, "ten"]},
        {"op": "casei", "args": [1]},
        {"op": "between", "args": [{"property": "eo:cloud_cover"}, 1]},
        deep,
    ):
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
    assert (
        ask(f"{running.base}/products/{PLEIADES_PRODUCT}/orders", "POST", data=payload()).status
        == 401
    )
    assert (
        ask(
            f"{running.base}/products/{PLEIADES_PRODUCT}/opportunities", "POST", data=payload()
        ).status
        == 401
    )
    assert running.order(payload(), user="nouveau").status == 403
    assert running.ask("/orders", user="nouveau").status == 200
    mine = running.order(payload(), user="sdis").json()["id"]
    assert running.ask(f"/orders/{mine}", user="sdis").status == 200
    assert mine not in [o["id"] for o in running.ask("/orders?limit=100").json()["features"]]


def test_others_of_the_relay_see_an_order_without_its_persons_words(running: Running) -> None:
    secret = {"title": "Crue", "purpose": "Mme X, 3 rue Y", "client_reference": "ref-1"}
    made = running.order(payload(**secret), user="sdis").json()["id"]
    shared = running.ask("/orders?scope=relay&limit=100").json()["features"]
    one = next(o for o in shared if o["id"] == made)
    assert one["properties"]["entity"] == "SDIS 64" and one["properties"]["order_parameters"] == {
        "title": "Crue"
    }
    assert "sdis" not in json.dumps(one).lower().replace(
        "sdis 64", ""
    ) and "rue Y" not in json.dumps(one)
    assert running.ask(f"/orders/{made}").json() == {**one}
    assert running.ask(f"/orders/{made}/statuses").json()["statuses"]
    assert made not in [
        o["id"]
        for o in running.ask("/orders?scope=relay&limit=100", user="sdis").json()["features"]
    ]
    assert running.ask("/orders?scope=all").status == 422
    first = running.ask("/orders?scope=relay&limit=1").json()
    assert all("scope=relay" in link["href"] for link in first["links"])


def test_orders_are_paged_and_an_order_is_found_by_its_reference(running: Running) -> None:
    made = [
        running.order(payload(client_reference=f"page-{k}"), user="relais").json()["id"]
        for k in range(5)
    ]
    found, target = [], f"{running.base}/orders?limit=2"
    while target:
        page = ask(target, headers={"Authorization": "Bearer relais"}).json()
        assert (
            page["type"] == "FeatureCollection"
            and page["numberMatched"] == 5
            and len(page["features"]) <= 2
        )
        found += page["features"]
        target = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert [o["id"] for o in found] == made
    assert [
        o["id"]
        for o in found
        if o["properties"]["order_parameters"].get("client_reference") == "page-3"
    ] == [made[3]]
    for query, status in (
        ("next=nothing", 404),
        ("limit=0", 422),
        ("limit=x", 422),
        ("limit=-1", 422),
    ):
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
    assert (
        rels["create-order"]["body"]["geometry"] == body["geometry"]
        and rels["next"]["method"] == "POST"
    )
    found = page["features"]
    while "next" in rels:
        page = ask(
            rels["next"]["href"],
            "POST",
            data=rels["next"]["body"],
            headers={"Authorization": "Bearer technicien"},
        ).json()
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
    assert running.ask(f"/products/{SPOT_PRODUCT}/opportunities", body).json()["features"] == [], (
        "too small an area has no opportunity"
    )
