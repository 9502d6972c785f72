"""What a rule says: a finding, how it stands, and the change that would settle it; with areas as
people read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dinamis_qgis.core.profile.model import Quota, TaskingProduct
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.text import tr


class Severity(Enum):
    """How a rule stands. Only errors keep a request from leaving."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Fix:
    """A change that settles a finding: what the button says, and the draft after it."""

    label: str
    draft: Draft


@dataclass(frozen=True)
class Finding:
    """The outcome of one rule. ``code`` is stable, ``text`` and ``remedy`` are translated."""

    code: str
    level: Severity
    text: str
    remedy: str = ""
    fix: Fix | None = None


@dataclass(frozen=True)
class RuleTerms:
    """What a draft is held against: the product, today (local day), and how much of the quota is
    used (km²).

    ``shown``: that count holds what the service shows, not only what this register knows.
    """

    product: TaskingProduct
    today: date
    quota: Quota | None = None
    used_km2: float = 0.0
    shown: bool = False


def is_sendable(findings: Iterable[Finding]) -> bool:
    """True when no rule is broken."""
    return all(f.level is not Severity.ERROR for f in findings)


def format_km2(value: float) -> str:
    """An area for people: two significant digits, more from 100 km² on; hectares under 1 km²."""
    if value <= 0:
        return tr("0 km²")
    if value < 0.995:
        return tr("{value} ha").format(value=format_number(value * 100))
    return tr("{value} km²").format(value=format_number(value))


def format_number(value: float) -> str:
    """Two significant digits, as the language writes them."""
    from math import floor, log10

    digits = max(0, 1 - floor(log10(value)))
    return f"{value:.{digits}f}".replace(".", tr("decimal separator: .")[-1])
