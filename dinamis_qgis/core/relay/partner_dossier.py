"""A partner's dossier read by the relay: the GeoJSON that the dossier of a request holds.

Other files of areas (Shapefile, KML, GeoPackage) give the area and their name only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from shapely.ops import unary_union

from dinamis_qgis.core import geo, json_values
from dinamis_qgis.core.errors import DinamisError, from_os_error
from dinamis_qgis.core.files import read_text
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.relay.list_import import plain_words
from dinamis_qgis.core.relay.model import Entity, PartnerRequest, new_id, now_utc
from dinamis_qgis.core.relay.pooled_needs import RECEIVED
from dinamis_qgis.core.tasking import area_file

DOSSIER = "dossier"
MOST_BYTES = 20_000_000
_SUFFIXES = (".geojson", ".json")
_LONGEST = 200


def read_partner_dossier(
    path: Path, entities: Iterable[Entity], by: str, cancel: Cancel | None = None
) -> PartnerRequest:
    """The need in a file; of the member it names, where there is one of that name.

    Raises InvalidInput for what holds no area, StorageError, Cancelled.
    """
    facts: dict[str, Any] = {}
    if path.suffix.lower() in _SUFFIXES:
        facts = _read_facts(path)
    area = facts.pop("area", None)
    if area is None:
        area = area_file.read(path, cancel or Cancel())
    text = json_values.read_string
    names = {plain_words(entity.name): entity.id for entity in entities}
    moment = now_utc()
    reference = text(facts.get("reference"))[:_LONGEST]
    return PartnerRequest(
        new_id(),
        text(facts.get("title"))[:_LONGEST] or path.stem[:_LONGEST],
        entity_id=names.get(plain_words(text(facts.get("entity"))), ""),
        origin=reference or f"{path.name}:{path.stat().st_size}",
        source=DOSSIER,
        product=text(facts.get("product"))[:_LONGEST],
        mode=text(facts.get("mode"))[:_LONGEST],
        start=_read_day(facts.get("start")),
        end=_read_day(facts.get("end")),
        max_cloud=json_values.read_number(facts.get("max_cloud"), 0, 100),
        max_incidence=json_values.read_number(facts.get("max_incidence"), 0, 90),
        need=text(facts.get("purpose"))[:2000],
        theme=text(facts.get("need"))[:_LONGEST],
        state=RECEIVED,
        received=moment,
        changed=moment,
        changed_by=by,
        area=area,
    )


def read_partner_dossiers(
    paths: Iterable[Path], entities: Iterable[Entity], by: str, cancel: Cancel | None = None
) -> tuple[list[PartnerRequest], list[tuple[Path, DinamisError]]]:
    """Every file by itself: the needs, and what could not be read with its reason."""
    members = list(entities)
    found: list[PartnerRequest] = []
    refused: list[tuple[Path, DinamisError]] = []
    for path in paths:
        try:
            found.append(read_partner_dossier(path, members, by, cancel))
        except OSError as error:
            refused.append((path, from_os_error(error, path)))
        except DinamisError as error:
            if error.code == "cancelled":
                raise
            refused.append((path, error))
    return found, refused


def _read_facts(path: Path) -> dict[str, Any]:
    """The properties of the first feature, and the area of all; empty where there are none."""
    try:
        data = json.loads(read_text(path, MOST_BYTES))
    except (ValueError, RecursionError):
        return {}
    features = json_values.read_sequence(json_values.mapping(data).get("features"))
    facts = (
        dict(json_values.mapping(json_values.mapping(features[0]).get("properties")))
        if (features)
        else {}
    )
    if "reference" not in facts:
        return {}
    shapes = [json_values.read_area(json_values.mapping(f).get("geometry")) for f in features]
    area = geo.as_area(unary_union([shape for shape in shapes if shape is not None]))
    return {**facts, "area": area} if area is not None else facts


def _read_day(value: Any) -> date | None:
    found = json_values.read_datetime(value)
    return found.date() if found else None
