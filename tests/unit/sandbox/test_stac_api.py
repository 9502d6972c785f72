"""The training catalogue: STAC API 1.0 as clients use it, and every malformed request answered with
a 400.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("osgeo.gdal", reason="the training imagery is made with GDAL")

from dinamis_qgis.sandbox.world import PLEIADES, SPOT, World
from tests.support.service import Answer, ask


def get(base: str, path: str = "/search", **query: str) -> Answer:
    return ask(f"{base}{path}?{urlencode(query)}" if query else f"{base}{path}")


def post(base: str, body: Any) -> Answer:
    return ask(f"{base}/search", "POST", data=body)


def ids(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [feature["id"] for feature in answer.json()["features"]]


def wanted(world: World, test: Any) -> set[str]:
    return {item["id"] for item in world.items() if test(item)}


def test_landing_declares_what_is_there(base: str) -> None:
    page = get(base, "").json()
    assert page["type"] == "Catalog" and page["stac_version"] == "1.1.0"
    assert "https://api.stacspec.org/v1.0.0/item-search#query" in page["conformsTo"]
    assert not any("filter" in c or "fields" in c or "transaction" in c for c in page["conformsTo"])
    assert get(base, "/conformance").json()["conformsTo"] == page["conformsTo"]
    links = [(link["rel"], link.get("method", "GET")) for link in page["links"]]
    assert ("search", "GET") in links and ("search", "POST") in links
    for link in page["links"]:
        answer = ask(
            link["href"],
            link.get("method", "GET"),
            data={} if link.get("method") == "POST" else None,
        )
        assert answer.status == 200, link
        assert answer.headers["content-type"].split(";")[0] == link["type"].split(";")[0], link


def test_every_link_of_collections_and_items_leads_somewhere(base: str) -> None:
    documents = [
        get(base, "/collections").json(),
        *get(base, "/collections").json()["collections"],
        get(base, "/search", limit="1").json()["features"][0],
    ]
    for document in documents:
        for link in document["links"]:
            if link["href"].startswith(base):
                assert ask(link["href"]).status == 200, link


def schema_validator(jsonschema: Any, schema: dict[str, Any], store: dict[str, Any]) -> Any:
    """A validator that finds other schemas in ``store``, by jsonschema's way of the day."""
    if hasattr(jsonschema.Draft7Validator, "_resolver"):  # since 4.18
        import referencing
        from referencing.jsonschema import DRAFT7

        found = [(uri, DRAFT7.create_resource(text)) for uri, text in store.items()]
        registry = referencing.Registry().with_resources(found)
        return jsonschema.Draft7Validator(schema, registry=registry)
    resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=store)
    return jsonschema.Draft7Validator(schema, resolver=resolver)


def test_pystac_reads_items_and_collections_and_the_core_schema_holds(base: str) -> None:
    pystac = pytest.importorskip("pystac")
    jsonschema = pytest.importorskip("jsonschema")
    folder = Path(pystac.__file__).parent / "validation" / "jsonschemas"
    store = {}
    for path in folder.rglob("*.json"):
        schema = json.loads(path.read_text())
        store[schema.get("$id", path.name)] = schema
        store["https://schemas.stacspec.org/v1.0.0/item-spec/json-schema/" + path.name] = schema
        store["https://schemas.stacspec.org/v1.0.0/collection-spec/json-schema/" + path.name] = (
            schema
        )
        store["https://geojson.org/schema/" + path.name] = schema

    def check(document: dict[str, Any], name: str) -> None:
        schema = json.loads((folder / "stac-spec" / "v1.0.0" / f"{name}.json").read_text())
        # The bundled schemas are those of 1.0.0; 1.1.0 keeps what they ask but for the version
        # itself.
        schema_validator(jsonschema, schema, store).validate({**document, "stac_version": "1.0.0"})

    for document in get(base, "/search", limit="100").json()["features"]:
        check(document, "item")
        item = pystac.Item.from_dict(json.loads(json.dumps(document)))
        assert (
            item.datetime is not None
            and item.geometry is not None
            and item.assets["thumbnail"].roles == ["thumbnail"]
        )
    for document in get(base, "/collections").json()["collections"]:
        check(document, "collection")
        assert pystac.Collection.from_dict(json.loads(json.dumps(document))).extent.spatial.bboxes


def test_items_carry_what_was_agreed(base: str) -> None:
    for item in get(base, "/search", limit="100").json()["features"]:
        facts = item["properties"]
        for name in (
            "title",
            "datetime",
            "created",
            "platform",
            "constellation",
            "instruments",
            "gsd",
            "license",
            "proj:code",
            "proj:shape",
            "proj:transform",
            "proj:bbox",
            "product:type",
        ):
            assert facts[name], (item["id"], name)
        for name, asset in item["assets"].items():
            assert (
                asset["file:size"] > 0
                and asset["type"]
                and asset["roles"]
                and asset["href"].startswith(base[: -len("/stac")] + "/storage/")
            )
            if name != "thumbnail":
                assert asset["gsd"] and asset["bands"][0]["eo:common_name"] in ("red", "pan")
        assert any(link["rel"] == "license" for link in item["links"]) == (
            facts["license"] != "crise"
        )
        west, south, east, north = item["bbox"]
        assert (
            west < east
            and south < north
            and item["geometry"]["coordinates"][0][0] == item["geometry"]["coordinates"][0][-1]
        )


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("sortby", [None, "-eo:cloud_cover", "+datetime"])
def test_pystac_client_pages_through_everything(
    base: str, world: World, method: str, sortby: str | None
) -> None:
    pystac_client = pytest.importorskip("pystac_client")
    client = pystac_client.Client.open(base)
    found = [
        item["id"] for item in client.search(method=method, limit=5, sortby=sortby).items_as_dicts()
    ]
    assert len(found) == len(world.items()) == len(set(found))
    assert {c.id for c in client.get_collections()} == {SPOT, PLEIADES}
    assert len(list(client.get_collection(SPOT).get_items())) == len(
        wanted(world, lambda i: i["collection"] == SPOT)
    )


def test_page_shape(base: str) -> None:
    page = get(base, limit="5").json()
    assert page["context"] == {"limit": 5, "returned": 5} and "numberMatched" not in page
    following = next(link for link in page["links"] if link["rel"] == "next")
    last = page["features"][-1]
    assert (
        f"token=next%3A{last['collection']}%3A{last['id']}" in following["href"]
        and "limit=5" in following["href"]
    )
    page = post(base, {"limit": 5, "collections": [SPOT]}).json()
    following = next(link for link in page["links"] if link["rel"] == "next")
    assert (
        following["method"] == "POST"
        and following["body"]["collections"] == [SPOT]
        and following["body"]["token"].startswith(f"next:{SPOT}:")
    )
    assert not any(link["rel"] == "next" for link in get(base, limit="12").json()["links"])


def test_filters_find_what_they_should(base: str, world: World) -> None:
    def facts(item: Any) -> Any:
        return item["properties"]

    everything = {"limit": 100}
    cases = [
        ({"collections": [PLEIADES]}, lambda i: i["collection"] == PLEIADES),
        ({"collections": ["nothing"]}, lambda i: False),
        ({"collections": []}, lambda i: True),
        ({"ids": [world.items()[3]["id"]]}, lambda i: i["id"] == world.items()[3]["id"]),
        (
            {"datetime": "2020-01-01T00:00:00Z/2022-12-31T23:59:59Z"},
            lambda i: "2020" <= facts(i)["datetime"][:4] <= "2022",
        ),
        ({"datetime": "2022-07-01T00:00:00Z/.."}, lambda i: facts(i)["datetime"] >= "2022-07"),
        ({"datetime": "/2018-12-31T23:59:59.9Z"}, lambda i: facts(i)["datetime"] < "2019"),
        ({"datetime": world.items()[0]["properties"]["datetime"]}, lambda i: i is world.items()[0]),
        (
            {"datetime": "2020-08-12t02:00:00+02:00/2020-08-12T23:59:59z"},
            lambda i: facts(i)["datetime"].startswith("2020-08-12"),
        ),
        (
            {"query": {"eo:cloud_cover": {"lte": 20}}},
            lambda i: facts(i).get("eo:cloud_cover", 99) <= 20,
        ),
        (
            {"query": {"eo:cloud_cover": {"gt": 0, "lt": 40}}},
            lambda i: 0 < facts(i).get("eo:cloud_cover", 0) < 40,
        ),
        (
            {"query": {"eo:cloud_cover": {"neq": 0}}},
            lambda i: facts(i).get("eo:cloud_cover", 0) != 0,
        ),
        (
            {"query": {"license": {"in": ["crise", "etalab-2.0"]}}},
            lambda i: facts(i)["license"] in ("crise", "etalab-2.0"),
        ),
        (
            {"query": {"platform": {"startsWith": "spot"}}},
            lambda i: facts(i)["platform"].startswith("spot"),
        ),
        ({"query": {"product:type": {"eq": "MS"}}}, lambda i: facts(i)["product:type"] == "MS"),
        ({"query": {"nothing:here": {"neq": 1}}}, lambda i: False),
        ({"query": {"platform": {"lt": 3}}}, lambda i: False),
        ({"bbox": [-0.6, 43.2, -0.2, 43.4]}, lambda i: facts(i)["title"].startswith("Pau")),
        (
            {"bbox": [-0.6, 43.2, 0, -0.2, 43.4, 4000]},
            lambda i: facts(i)["title"].startswith("Pau"),
        ),
        ({"bbox": [170, -90, -170, 90]}, lambda i: False),
        ({"bbox": [2, 40, 1.9, 50]}, lambda i: True),
        (
            {"intersects": {"type": "Point", "coordinates": [-0.379, 43.303]}},
            lambda i: facts(i)["title"].startswith("Pau – SPOT"),
        ),
        (
            {
                "intersects": {
                    "type": "Polygon",
                    "coordinates": [
                        [[-0.6, 43.2], [-0.2, 43.2], [-0.2, 43.4], [-0.6, 43.4], [-0.6, 43.2]]
                    ],
                }
            },
            lambda i: facts(i)["title"].startswith("Pau"),
        ),
        (
            {
                "intersects": {
                    "type": "GeometryCollection",
                    "geometries": [{"type": "Point", "coordinates": [-0.379, 43.303]}],
                }
            },
            lambda i: facts(i)["title"].startswith("Pau – SPOT"),
        ),
    ]
    for body, test in cases:
        by_post = ids(post(base, {**everything, **body}))
        assert set(by_post) == wanted(world, test), body
        query = {
            k: ",".join(map(str, v))
            if isinstance(v, list)
            else v
            if isinstance(v, str)
            else json.dumps(v)
            for k, v in body.items()
        }
        assert ids(get(base, limit="100", **query)) == by_post, body
    assert wanted(world, lambda i: "eo:cloud_cover" not in facts(i)), (
        "nothing tests a missing value"
    )


def test_sorting(base: str, world: World) -> None:
    def values(answer: Answer, name: str) -> list[Any]:
        return [feature["properties"].get(name) for feature in answer.json()["features"]]

    by_text = get(base, limit="100", sortby="-eo:cloud_cover,+datetime")
    by_list = post(
        base,
        {
            "limit": 100,
            "sortby": [
                {"field": "properties.eo:cloud_cover", "direction": "desc"},
                {"field": "datetime", "direction": "asc"},
            ],
        },
    )
    assert ids(by_text) == ids(by_list)
    clouds = [v for v in values(by_text, "eo:cloud_cover") if v is not None]
    assert clouds == sorted(clouds, reverse=True) and values(by_text, "eo:cloud_cover")[-1] is None
    dates = values(get(base, limit="100", sortby="datetime"), "datetime")
    assert dates == sorted(dates)
    assert values(get(base, limit="100"), "datetime") == sorted(dates, reverse=True)
    assert ids(get(base, limit="100", sortby="id")) == sorted(ids(get(base, limit="100")))


def test_unknown_things_are_404(base: str) -> None:
    for path in (
        "/collections/none",
        "/collections/none/items",
        f"/collections/{SPOT}/items/none",
        "/nowhere",
        f"/collections/{SPOT}/items/a%2F..%2Fb",
    ):
        assert get(base, path).status == 404, path


def test_null_members_mean_nothing_asked(base: str, world: World) -> None:
    body = dict.fromkeys(
        (
            "ids",
            "collections",
            "bbox",
            "intersects",
            "datetime",
            "limit",
            "sortby",
            "query",
            "token",
        )
    )
    assert len(ids(post(base, {**body, "limit": 100}))) == len(world.items())
    assert len(ids(post(base, None))) == 10


def test_a_limit_beyond_the_most_is_the_most(base: str, world: Any) -> None:
    """OGC API Features 1.0, 7.15.3: no error."""
    assert len(ids(get(base, limit="999999"))) == len(world.items())
    assert len(ids(post(base, {"limit": 10**12}))) == len(world.items())


def test_items_declare_the_extensions_they_use_and_no_other(base: str) -> None:
    """The schema of an extension wants at least one of its fields."""
    prefixes = {"projection": "proj"}
    for item in get(base, limit="1000").json()["features"]:
        declared = {url.split("/")[3] for url in item["stac_extensions"]}
        assets = item["assets"].values()
        bands = [band for asset in assets for band in asset.get("bands", ())]
        used = {
            k.split(":")[0]
            for part in (item["properties"], *assets, *bands)
            for k in part
            if ":" in k
        }
        assert {prefixes.get(name, name) for name in declared} == used, item["id"]


def test_the_description_declares_its_path_parameters(base: str) -> None:
    for root in (base, base.replace("/stac", "/stapi")):
        path = "api" if root == base else "openapi.json"
        answer = ask(f"{root}/{path}")
        if answer.status == 404:  # this service has no requests
            continue
        for path, about in answer.json()["paths"].items():
            wanted = set(re.findall(r"{(\w+)}", path))
            for part in about.values():
                given = part.get("parameters", ()) if isinstance(part, dict) else part
                names = {p["name"] for p in [*given, *about.get("parameters", ())]}
                assert names == wanted, path
                assert all(p["in"] == "path" and p["required"] for p in given)
