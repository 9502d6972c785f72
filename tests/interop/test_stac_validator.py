"""Everything the training catalogue serves, through the public ``stac-validator``, and the service
itself through ``stac-api-validator``.

The core schemas are the official ones, as ``pystac`` carries them. Those of the extensions are on
the web only: what stands for them here is written for this test, and asks what each of them asks
first, that an object which declares an extension has at least one of its fields.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.pinned import MissingPins, pinned_python
from tests.support.service import ask, running_service

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = {"projection": "proj"}


@pytest.fixture(scope="module")
def python() -> Path:
    try:
        return pinned_python(ROOT / "requirements" / "interop-stac.txt")
    except MissingPins as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the training service's catalogue."""
    with running_service(tmp_path_factory.mktemp("training")) as service:
        yield f"{service.root}/stac"


@pytest.fixture(scope="module")
def objects(root: str) -> list[dict[str, Any]]:
    """The landing page, the collections and every item."""
    found = [ask(f"{root}/").json(), *ask(f"{root}/collections").json()["collections"]]
    return [*found, *ask(f"{root}/search?limit=10000").json()["features"]]


def stand_in(extension: str) -> dict[str, Any]:
    """At least one field of the extension: of the properties, of an asset or of one of its bands."""
    prefix = PREFIXES.get(extension, extension)
    none = {"propertyNames": {"not": {"pattern": f"^{prefix}:"}}}
    bands = {"properties": {"bands": {"items": none}}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "not": {
            "properties": {
                "properties": none,
                "assets": {"additionalProperties": {"allOf": [none, bands]}},
            }
        },
    }


def write_schemas(folder: Path, objects: list[dict[str, Any]]) -> Path:
    """What stands for the schemas of the extensions in use; the file of address → file."""
    known = {}
    for address in {url for value in objects for url in value.get("stac_extensions", ())}:
        path = folder / f"{address.split('/')[3]}.json"
        path.write_text(json.dumps(stand_in(path.stem)), "utf-8")
        known[address] = str(path)
    (folder / "schemas.json").write_text(json.dumps(known), "utf-8")
    return folder / "schemas.json"


def wrong(python: Path, folder: Path, objects: list[dict[str, Any]]) -> dict[str, str]:
    """What the validator has against each object, by id."""
    write_schemas(folder, objects)
    (folder / "objects.json").write_text(json.dumps(objects), "utf-8")
    script = ROOT / "tests" / "interop" / "stac" / "validate.py"
    done = subprocess.run(
        [str(python), str(script), str(folder / "objects.json"), str(folder / "schemas.json")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_everything_served_is_valid(
    python: Path, objects: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert len(objects) > 10
    assert wrong(python, tmp_path, objects) == {}


def test_the_validator_would_tell(
    python: Path, objects: list[dict[str, Any]], tmp_path: Path
) -> None:
    item = next(value for value in objects if value["type"] == "Feature")
    order = "https://stac-extensions.github.io/order/v1.1.0/schema.json"
    unused = {**item, "id": "unused", "stac_extensions": [*item["stac_extensions"], order]}
    timeless = {**item, "id": "timeless", "properties": {}}
    assert set(wrong(python, tmp_path, [item, unused, timeless])) == {"unused", "timeless"}


CLASSES = ("core", "collections", "features", "item-search")
"""What is declared and can be checked: the validator sends ``collections`` as a text in what it
asks of the sort and query extensions, which no service may take.
"""
AREA = {
    "type": "Polygon",
    "coordinates": [[[-1, 43], [0, 43], [0, 45], [-1, 45], [-1, 43]]],
}


def validated(python: Path, schemas: Path, root: str) -> tuple[int, list[str]]:
    """The validator's end and the errors it prints."""
    script = ROOT / "tests" / "interop" / "stac" / "validate_api.py"
    asked = ["--root-url", root, "--collection", "spot-6-7-drs", "--geometry", json.dumps(AREA)]
    for name in CLASSES:
        asked += ["--conformance", name]
    done = subprocess.run(
        [str(python), str(script), str(schemas), *asked],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said = (done.stdout + done.stderr).splitlines()
    assert any("Item Search" in line for line in said), "\n".join(said[-20:])
    errors = said[said.index("Errors:") + 1 :] if "Errors:" in said else []
    return done.returncode, [line for line in errors if line.startswith("-")]


def test_the_service_is_a_stac_api(
    python: Path, root: str, objects: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert validated(python, write_schemas(tmp_path, objects), root) == (0, [])


def test_the_api_validator_would_tell(
    python: Path, root: str, objects: list[dict[str, Any]], tmp_path: Path
) -> None:
    schemas = write_schemas(tmp_path, objects)
    for path in tmp_path.glob("*.json"):
        if path != schemas:
            path.write_text("false", "utf-8")  # nothing is valid
    _, errors = validated(python, schemas, root)
    assert errors
