"""Static STAC held against the core schemas that pystac brings along, without any network."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest


def validate(root: Path) -> list[dict[str, Any]]:
    """Check a static catalogue, its items, every link and every file; the items.

    Skips where pystac or jsonschema is missing.
    """
    pystac = pytest.importorskip("pystac")
    jsonschema = pytest.importorskip("jsonschema")
    folder = Path(pystac.__file__).parent / "validation" / "jsonschemas"
    base, store = "https://schemas.stacspec.org/v1.0.0", {}
    for path in folder.rglob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        schema.pop("$id", None)
        for place in ("item-spec", "collection-spec", "catalog-spec"):
            store[f"{base}/{place}/json-schema/{path.name}"] = schema
        store[f"https://geojson.org/schema/{path.name}"] = schema

    def check(kind: str, document: dict[str, Any]) -> None:
        schema = json.loads((folder / "stac-spec" / "v1.0.0" / f"{kind}.json").read_text("utf-8"))
        place = f"{base}/{kind}-spec/json-schema/{kind}.json"
        schema.pop("$id")  # ends in #, which versions of jsonschema take differently
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            resolver = jsonschema.RefResolver(place, schema, store={**store, place: schema})
            jsonschema.Draft7Validator(schema, resolver=resolver).validate(
                {**document, "stac_version": "1.0.0"}
            )

    catalog = json.loads((root / "catalog.json").read_text("utf-8"))
    check("catalog", catalog)
    items = []
    for link in catalog["links"]:
        target = root / unquote(link["href"])
        assert target.is_file(), link
        if link["rel"] != "item":
            continue
        item = json.loads(target.read_text("utf-8"))
        check("item", item)
        for up in item["links"]:
            assert (target.parent / unquote(up["href"])).resolve() == (
                root / "catalog.json"
            ).resolve()
        for asset in item["assets"].values():
            assert (target.parent / unquote(asset["href"])).is_file()
        items.append(item)
    assert [
        item.id
        for item in pystac.Catalog.from_file(str(root / "catalog.json")).get_items(recursive=True)
    ] == [i["id"] for i in items]
    return items
