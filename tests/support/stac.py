"""Static STAC held against the core schemas that pystac brings along, without any network."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest


def validate(root: Path) -> list[dict[str, Any]]:
    """Check a static catalogue, its items, every link and every file; the items. Skips where pystac or jsonschema is missing."""
    pystac = pytest.importorskip("pystac")
    jsonschema = pytest.importorskip("jsonschema")
    folder = Path(pystac.__file__).parent / "validation" / "jsonschemas"
    store = {}
    for path in folder.rglob("*.json"):
        schema = json.loads(path.read_text("utf-8"))
        store[schema.get("$id", path.name)] = schema
    base = "https://schemas.stacspec.org/v1.0.0"
    for name in ("basics", "datetime", "instrument", "licensing", "provider"):
        schema = json.loads((folder / "stac-spec" / "v1.0.0" / f"{name}.json").read_text("utf-8"))
        store[f"{base}/item-spec/json-schema/{name}.json"] = schema
    for name in ("Feature", "Geometry"):
        store[f"https://geojson.org/schema/{name}.json"] = json.loads((folder / "geojson" / f"{name}.json").read_text("utf-8"))

    def check(kind: str, document: dict[str, Any]) -> None:
        schema = json.loads((folder / "stac-spec" / "v1.0.0" / f"{kind}.json").read_text("utf-8"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=store)
            jsonschema.Draft7Validator(schema, resolver=resolver).validate({**document, "stac_version": "1.0.0"})

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
            assert (target.parent / unquote(up["href"])).resolve() == (root / "catalog.json").resolve()
        for asset in item["assets"].values():
            assert (target.parent / unquote(asset["href"])).is_file()
        items.append(item)
    assert [item.id for item in pystac.Catalog.from_file(str(root / "catalog.json")).get_items(recursive=True)] == [i["id"] for i in items]
    return items
