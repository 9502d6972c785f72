"""Runs in the Python that has ``stac-validator``: the STAC objects of a file against the official
schemas, which ``pystac`` carries, and those of a folder; nothing is asked of any network.

Arguments: a JSON list of objects, a JSON object of more schemas (address → file). Prints a JSON
object: id → what is wrong.
"""

from __future__ import annotations

import json
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")

import pystac.validation  # noqa: E402
from stac_validator.stac_validator import StacValidate  # noqa: E402


def schemas() -> dict[str, str]:
    """The official ones: address → file."""
    folder = Path(pystac.validation.__file__).parent / "jsonschemas"
    found = {f"https://geojson.org/schema/{p.name}": str(p) for p in (folder / "geojson").iterdir()}
    for path in (folder / "stac-spec" / "v1.1.0").iterdir():
        for kind in ("item-spec", "catalog-spec", "collection-spec", "common"):
            address = f"https://schemas.stacspec.org/v1.1.0/{kind}/json-schema/{path.name}"
            found[address] = str(path)
    return found


def offline(*_: Any, **__: Any) -> None:
    raise OSError("no network")


def main() -> None:
    socket.create_connection = offline  # type: ignore[assignment]
    socket.getaddrinfo = offline  # type: ignore[assignment]
    known = {**schemas(), **json.loads(Path(sys.argv[2]).read_text("utf-8"))}
    wrong = {}
    for value in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        validator = StacValidate(schema_map=known)
        if not validator.validate_dict(value):
            wrong[value["id"]] = str(validator.message[0])[:500]
    print(json.dumps(wrong))


main()
