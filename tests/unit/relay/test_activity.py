"""A member's counts over months: each month once, whoever told it."""

from __future__ import annotations

from dataclasses import replace

from dinamis_qgis.core.relay.activity import sum_by_member
from dinamis_qgis.core.relay.model import Activity, Entity

MEMBER = Entity("sdis", "SDIS 64")
JUNE = Activity("sdis", "2026-06", "service", downloads=10, km2=100.0)
MONTHS = ("2026-05", "2026-06")


def test_a_month_that_two_sources_tell_counts_once() -> None:
    """The service's counts, and from the partner's file what the service does not tell."""
    told = replace(JUNE, source="file", downloads=8, km2=None, requests_done=3)
    asked = replace(JUNE, source="requests", downloads=None, km2=None, requests_done=1)
    for counts in ([JUNE, told, asked], [asked, told, JUNE]):
        (member,) = sum_by_member([MEMBER], counts, MONTHS)
        assert (member.downloads, member.km2, member.requests_done) == (10, 100.0, 3)
        assert member.by_month == (None, 10)


def test_months_add_up() -> None:
    (member,) = sum_by_member([MEMBER], [JUNE, replace(JUNE, month="2026-05")], MONTHS)
    assert (member.downloads, member.by_month) == (20, (10, 10))


def test_what_nobody_tells_is_not_zero() -> None:
    (member,) = sum_by_member([MEMBER], [], MONTHS)
    assert member.downloads is None and not member.silent
