"""Profile files: reading, checking, and the folder a person's own profiles live in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.files import read_text, write_whole
from dinamis_qgis.core.net.urls import parse_address
from dinamis_qgis.core.profile.model import (
    Administration,
    Auth,
    Catalogue,
    Collection,
    ElevationSource,
    Licence,
    Profile,
    Quota,
    Relay,
    Signing,
    Storage,
    Tasking,
    TaskingProduct,
    TaskingRules,
)
from dinamis_qgis.core.profile.schema import find_problems
from dinamis_qgis.core.text import tr

MAX_BYTES = 1_000_000


def parse_profile(data: Any, schema: Mapping[str, Any], source: str = "") -> Profile:
    """A profile out of decoded JSON. Raises InvalidInput with every problem in ``details``."""
    found = find_problems(data, schema)
    if found:
        raise InvalidInput(
            tr("This profile file is not valid."),
            tr("Ask your relay for a new one."),
            code="profile",
            details="; ".join(found[:20]),
        )
    _check_addresses(data)
    tasking = data.get("tasking", {})
    return Profile(
        id=data["id"],
        title=data["title"],
        training=data.get("training", False),
        relay=Relay(**data["relay"]) if "relay" in data else Relay(data["title"]),
        links=data.get("links", {}),
        auth=Auth(**_lists_as_tuples(data.get("auth", {}))),
        signing=Signing(**data.get("signing", {})),
        storage=Storage(tuple(h.lower() for h in data.get("storage", {}).get("hosts", ()))),
        licences=tuple(Licence(**x) for x in data.get("licences", ())),
        catalogues=tuple(_read_catalogue(x) for x in data["catalogues"]),
        tasking=replace(
            Tasking(
                **{k: v for k, v in tasking.items() if k not in ("products", "quotas", "emergency")}
            ),
            products=tuple(_tasking_product(x) for x in tasking.get("products", ())),
            quotas=tuple(Quota(**x) for x in tasking.get("quotas", ())),
            emergency=tuple(tasking.get("emergency", ())),
        ),
        administration=Administration(**data.get("administration", {})),
        elevation=tuple(ElevationSource(**_lists_as_tuples(x)) for x in data.get("elevation", ())),
        news=data.get("news", ""),
        source=source,
    )


def _check_addresses(data: Mapping[str, Any]) -> None:
    """What a profile names to talk to has one meaning. Raises InvalidInput."""
    named = [c["url"] for c in data["catalogues"]]
    named += [data.get("auth", {}).get("discovery"), data.get("signing", {}).get("url")]
    named += [data.get("tasking", {}).get("url")]
    named += [source["url"] for source in data.get("elevation", ())]
    for url in named:
        if url:
            parse_address(url)


def _read_catalogue(data: Mapping[str, Any]) -> Catalogue:
    fields = {k: v for k, v in data.items() if k != "collections"}
    return Catalogue(
        **fields,
        collections=tuple(Collection(**_lists_as_tuples(x)) for x in data.get("collections", ())),
    )


def _tasking_product(data: Mapping[str, Any]) -> TaskingProduct:
    fields = {k: v for k, v in _lists_as_tuples(data).items() if k != "rules"}
    return TaskingProduct(**fields, rules=TaskingRules(**_lists_as_tuples(data.get("rules", {}))))


def _lists_as_tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}


def load_profile(path: Path, schema_path: Path, root: str = "") -> Profile:
    """Read a profile file.

    ``{root}`` and ``{netloc}`` in it stand for the training service's address.

    Raises InvalidInput when it is no valid profile, StorageError when it cannot be read.
    """
    try:
        text = read_text(path, MAX_BYTES)
        schema = json.loads(schema_path.read_text(encoding="utf-8"))
    except OSError as error:
        raise from_os_error(error, path) from error
    except ValueError as error:
        raise InvalidInput(tr("This profile file is not valid."), details=str(error)) from error
    if root:
        text = text.replace("{root}", root.rstrip("/")).replace(
            "{netloc}", root.split("//", 1)[-1].strip("/")
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:  # the latter: thousands of brackets
        raise InvalidInput(
            tr("This profile file is not valid."),
            tr("Ask your relay for a new one."),
            details=str(error),
        ) from error
    return parse_profile(data, schema, str(path))


def import_profile(path: Path, schema_path: Path, folder: Path) -> Profile:
    """Keep a relay's file in ``folder`` (its hosts were shown and accepted).

    Atomic. Raises as ``load_profile``.
    """
    profile = load_profile(path, schema_path)
    if profile.training or profile.id in ("dinamis", "formation"):
        raise InvalidInput(
            tr("This profile has the name of a built-in one (“{id}”).").format(id=profile.id),
            tr("Ask your relay for a new one."),
        )
    target = folder / f"{profile.id}.json"
    try:
        write_whole(target, read_text(path, MAX_BYTES))
    except OSError as error:
        raise from_os_error(error, path) from error
    return replace(profile, source=str(target))
