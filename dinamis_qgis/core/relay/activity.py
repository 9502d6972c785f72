"""What a relay's members do: read from the service, summed by member, written for others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import mapping, read_datetime, read_number, read_string
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.relay.model import Activity, Entity
from dinamis_qgis.core.spreadsheet import escape_formula
from dinamis_qgis.core.text import tr

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
SOURCES = ("service", "file", "requests")
"""Who tells a month, the surest first: the service counts, a partner's file may be older, requests
received are a part.
"""
NEAR_QUOTA = 0.8
"""From this share of its quota on, a member is near it."""
_COUNTS = ("downloads", "requests_open", "requests_done", "requests_refused", "people")


@dataclass(frozen=True)
class MemberActivity:
    """A member's counts over some months; None is what nobody has told.

    ``by_month`` are the downloads of each month, in order.
    """

    entity: Entity
    downloads: int | None
    km2: float | None
    requests_open: int | None
    requests_done: int | None
    requests_refused: int | None
    people: int | None
    last_sign_in: datetime | None
    quota_share: float | None
    by_month: tuple[int | None, ...]

    @property
    def silent(self) -> bool:
        """Whether the service says that nobody did anything."""
        told = (self.downloads, self.requests_open, self.requests_done, self.people)
        return any(v is not None for v in told) and not any(told)

    @property
    def near_quota(self) -> bool:
        """Whether most of the quota is used."""
        return self.quota_share is not None and self.quota_share >= NEAR_QUOTA


def fetch_activity(
    http: Http,
    url: str,
    credentials: Credentials | None,
    entities: Iterable[Entity],
    cancel: Cancel | None = None,
) -> list[Activity]:
    """The service's counts for members it and the register both know. Raises DinamisError."""
    known = {e.service_id: e.id for e in entities if e.service_id}
    body = http.json("GET", url, credentials=credentials, cancel=cancel)
    features = mapping(body).get("features")
    if not isinstance(features, list):
        raise ServiceError(tr("The service gave an answer that cannot be read."), code="garbage")
    found = {}
    for feature in features[:200_000]:
        count = _read_activity(mapping(mapping(feature).get("properties")), known)
        if count is not None:
            found[(count.entity_id, count.month)] = count
    return list(found.values())


def _read_activity(values: Mapping[str, Any], known: Mapping[str, str]) -> Activity | None:
    entity, month = known.get(read_string(values.get("entity"))), read_string(values.get("month"))
    if entity is None or not _MONTH.fullmatch(month):
        return None
    whole = {name: read_number(values.get(name), 0, 1e9) for name in _COUNTS}
    return Activity(
        entity,
        month,
        "service",
        km2=read_number(values.get("km2"), 0, 1e12),
        last_sign_in=read_datetime(values.get("last_sign_in")),
        quota_km2=read_number(values.get("quota_km2"), 0, 1e12),
        used_km2=read_number(values.get("used_km2"), 0, 1e12),
        **{name: None if value is None else int(value) for name, value in whole.items()},
    )


def months_of(counts: Iterable[Activity]) -> list[str]:
    """The months there are, in order."""
    return sorted({count.month for count in counts})


def sum_by_member(
    entities: Sequence[Entity], counts: Iterable[Activity], months: Sequence[str]
) -> list[MemberActivity]:
    """Each member's counts over ``months``, the most active first, then by name."""
    wanted = set(months)
    by_entity: dict[str, list[Activity]] = {}
    for count in counts:
        if count.month in wanted:
            by_entity.setdefault(count.entity_id, []).append(count)
    found = [
        _sum_of_member(entity, _one_a_month(by_entity.get(entity.id, [])), months)
        for entity in entities
    ]
    return sorted(found, key=lambda m: (-(m.downloads or 0), m.entity.name.casefold()))


def _one_a_month(counts: Iterable[Activity]) -> list[Activity]:
    """The counts of each month once: of two sources that tell the same, the surer one (``SOURCES``)
    counts; what it does not tell, the next.
    """
    months: dict[str, Activity] = {}
    for count in sorted(counts, key=lambda c: (c.month, _rank_source(c.source))):
        known = months.get(count.month)
        if known is None:
            months[count.month] = count
            continue
        more = {
            item.name: getattr(count, item.name)
            for item in fields(Activity)
            if getattr(known, item.name) is None and getattr(count, item.name) is not None
        }
        months[count.month] = replace(known, **more)
    return list(months.values())


def _rank_source(source: str) -> int:
    return SOURCES.index(source) if source in SOURCES else len(SOURCES)


def _sum_of_member(
    entity: Entity, counts: Sequence[Activity], months: Sequence[str]
) -> MemberActivity:
    def total(name: str) -> Any:
        told = [v for c in counts if (v := getattr(c, name)) is not None]
        return sum(told) if told else None

    latest = max(counts, key=lambda c: c.month, default=None)
    quota = entity.quota_km2 or (latest.quota_km2 if latest else None)
    used = total("used_km2")
    by_month = {c.month: c.downloads for c in counts}
    people = [c.people for c in counts if c.people is not None]
    return MemberActivity(
        entity,
        total("downloads"),
        total("km2"),
        latest.requests_open if latest else None,
        total("requests_done"),
        total("requests_refused"),
        max(people) if people else None,
        max((c.last_sign_in for c in counts if c.last_sign_in), default=None),
        used / quota if quota and used is not None else None,
        tuple(by_month.get(month) for month in months),
    )


def activity_table(members: Iterable[MemberActivity]) -> str:
    """The sums as CSV for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            tr("Entity"), "SIREN", tr("Downloads"), tr("Downloaded km²"), tr("Open requests"),
            tr("Requests done"), tr("Requests refused"), tr("Active people"), tr("Last sign-in"),
            tr("Share of the quota (%)"),
        ]
    )  # fmt: skip
    for member in members:
        last = member.last_sign_in
        share = member.quota_share
        row = [
            escape_formula(member.entity.name), member.entity.siren, member.downloads, member.km2,
            member.requests_open, member.requests_done, member.requests_refused, member.people,
            last.date().isoformat() if last else None,
            None if share is None else round(share * 100),
        ]  # fmt: skip
        writer.writerow(["" if value is None else _french_decimal(value) for value in row])
    return "\ufeff" + out.getvalue()


def _french_decimal(value: Any) -> Any:
    """Numbers as French spreadsheets read them."""
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) else value
