"""A relay's list of members out of a CSV file or a spreadsheet: what is wrong in which line is told
before anything enters the register.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.relay.model import Entity, new_id
from dinamis_qgis.core.text import tr

MOST_BYTES = 20_000_000
MOST_LINES = 20_000
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LONG = 300
ENTITY_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("nom", "entite", "organisme", "raison sociale", "structure", "name", "partenaire"),
    "siret": ("siret",),
    "siren": ("siren",),
    "address": ("adresse", "address"),
    "postcode": ("code postal", "cp", "postcode"),
    "commune": ("commune", "ville"),
    "commune_code": ("code insee", "insee", "code commune"),
    "territory_code": ("code territoire", "code epci"),
    "group": ("groupe", "type", "group"),
    "agreement": ("avenant", "convention", "agreement"),
    "representative": ("representant legal", "representant"),
    "representative_function": ("fonction representant", "fonction du representant"),
    "representative_email": ("courriel representant", "mail representant"),
    "referent": ("referent",),
    "referent_function": ("fonction referent", "fonction du referent"),
    "referent_email": ("courriel referent", "mail referent", "courriel", "mail", "email"),
    "remark": ("remarque", "commentaire", "remark"),
}
"""Fields, and the headings they are known by (no accents, small letters)."""


@dataclass(frozen=True)
class Line:
    """A line of the list: the member it makes, and what is wrong with it.

    ``duplicate_of`` names the member of the register (or the earlier line) that it seems to be.
    """

    number: int
    entity: Entity
    faults: tuple[str, ...] = ()
    duplicate_of: str = ""

    @property
    def usable(self) -> bool:
        """Whether it may enter the register as it is."""
        return not self.faults and not self.duplicate_of


def read_entities(path: Path, known: Sequence[Entity] = ()) -> list[Line]:
    """The lines of a list, checked against each other and against the register.

    Raises InvalidInput when the file is no list or has no column of names, StorageError.
    """
    seen: dict[str, str] = {}
    for entity in known:
        for mark in entity_marks(entity):
            seen.setdefault(mark, entity.name)
    found = []
    for number, values in read_rows(path, ENTITY_COLUMNS, ("name",)):
        entity = _entity_from_row(values)
        marks = entity_marks(entity)
        double = next((seen[m] for m in marks if m in seen), "")
        found.append(Line(number, entity, tuple(entity_faults(entity)), double))
        for mark in marks:
            seen.setdefault(mark, tr("line {number}").format(number=number))
    return found


def entity_marks(entity: Entity) -> tuple[str, ...]:
    """What two members have in common when they are the same organisation."""
    marks = [f"siren {entity.siren or entity.siret[:9]}"] if entity.siren or entity.siret else []
    name = " ".join(re.findall(r"[a-z0-9]+", plain_words(entity.name)))
    return (*marks, f"name {name}") if name else tuple(marks)


def entity_faults(entity: Entity) -> Iterator[str]:
    """What a person should put right."""
    if not entity.name:
        yield tr("The name is missing.")
    if entity.siret and not re.fullmatch(r"\d{14}", entity.siret):
        yield tr("A SIRET has 14 digits.")
    if entity.siren and not re.fullmatch(r"\d{9}", entity.siren):
        yield tr("A SIREN has 9 digits.")
    if len(entity.siret) == 14 and entity.siren and not entity.siret.startswith(entity.siren):
        yield tr("SIREN and SIRET are not of the same organisation.")
    for value in (entity.representative_email, entity.referent_email):
        if value and not is_email(value):
            yield tr("“{address}” is no e-mail address.").format(address=value)


def is_email(value: str) -> bool:
    """Whether a text can be an e-mail address."""
    return bool(_EMAIL.fullmatch(value))


def _entity_from_row(values: Mapping[str, str]) -> Entity:
    given: dict[str, Any] = {name: values.get(name, "") for name in ENTITY_COLUMNS}
    for name in ("siret", "siren"):
        given[name] = re.sub(r"[\s.]", "", given[name]).removesuffix(",0")
    if given["siret"] and not given["siren"] and len(given["siret"]) == 14:
        given["siren"] = given["siret"][:9]
    return Entity(new_id(), **given)


def read_rows(
    path: Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """(line number, field → text) of a CSV file or a spreadsheet; empty lines are left out.

    Raises InvalidInput, StorageError.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidInput(tr("This file is too large to be such a list."), code="format")
        is_text = path.suffix.lower() in (".csv", ".txt", ".tsv")
        lines = _text_lines(path.read_bytes()) if is_text else _sheet_lines(path)
    except OSError as error:
        raise from_os_error(error, path) from error
    if not lines or len(lines) > MOST_LINES:
        raise InvalidInput(
            tr("“{name}” cannot be read as a list.").format(name=path.name),
            tr("Save it as CSV or as a spreadsheet whose first line holds the headings."),
            code="format",
        )
    places = _find_columns(lines[0][1], columns)
    missing = [name for name in needed if name not in places]
    if missing:
        headings = ", ".join(columns[missing[0]][:4])
        raise InvalidInput(
            tr("“{name}” has no column of names.").format(name=path.name),
            tr("One column must be called: {headings}.").format(headings=headings),
            code="columns",
        )
    found = []
    for number, cells in lines[1:]:
        values = {f: _read_cell(cells[at]) for f, at in places.items() if at < len(cells)}
        if any(values.values()):
            found.append((number, values))
    return found


def _find_columns(headings: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    plain = [" ".join(plain_words(h).replace("_", " ").replace("-", " ").split()) for h in headings]
    found: dict[str, int] = {}
    for field, names in columns.items():
        for name in (field.replace("_", " "), *names):
            if name in plain and field not in found:
                found[field] = plain.index(name)
    return found


def _text_lines(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = text.replace("\0", "")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    csv_lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in csv_lines:
            found.append((csv_lines.line_num, cells))
            if len(found) > MOST_LINES:
                break
    except csv.Error:
        return []
    return found


def _sheet_lines(path: Path) -> list[tuple[int, list[str]]]:
    """The first sheet of a spreadsheet, through OGR."""
    from osgeo import gdal, ogr

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        drivers = ["XLSX", "ODS", "XLS"]
        source = gdal.OpenEx(str(path), gdal.OF_VECTOR, allowed_drivers=drivers)
        layer = source.GetLayer(0) if source is not None else None
        if layer is None:
            return []
        definition = layer.GetLayerDefn()
        count = definition.GetFieldCount()
        names = [definition.GetFieldDefn(n).GetName() for n in range(count)]
        kinds = [definition.GetFieldDefn(n).GetType() for n in range(count)]
        rows = []
        for feature in layer:
            rows.append([_field_text(feature, n, kinds[n], ogr) for n in range(count)])
            if len(rows) > MOST_LINES:
                break
    except RuntimeError:  # where somebody has turned GDAL's exceptions on
        return []
    finally:
        gdal.PopErrorHandler()
    unnamed = all(re.fullmatch(r"Field\d+", name) for name in names)
    headed = rows if unnamed else [names, *rows]
    return [(number, cells) for number, cells in enumerate(headed, 1)]


def _field_text(feature: Any, place: int, kind: int, ogr: Any) -> str:
    if not feature.IsFieldSetAndNotNull(place):
        return ""
    if kind == ogr.OFTReal:
        number = feature.GetFieldAsDouble(place)
        return str(int(number)) if number == int(number) else str(number)
    return str(feature.GetFieldAsString(place))


@lru_cache(maxsize=1 << 15)
def plain_words(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFD", text)
    return "".join(c for c in folded if not unicodedata.combining(c)).lower()


def _read_cell(value: str) -> str:
    """One line of plain text."""
    return " ".join(value.split())[:_LONG]


def usable_entities(lines: Iterable[Line]) -> list[Entity]:
    """The members of the lines that may enter the register."""
    return [line.entity for line in lines if line.usable]
