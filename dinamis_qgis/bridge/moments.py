"""Moments as people read them: in legal French time, wherever the computer is, and in UTC."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from qgis.PyQt.QtCore import QDateTime, Qt, QTimeZone


def utc(moment: datetime) -> QDateTime:
    """``moment`` (with a zone) in UTC."""
    return QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000), Qt.TimeSpec.UTC)


def french(moment: datetime) -> QDateTime:
    """``moment`` (with a zone) in legal French time."""
    return utc(moment).toTimeZone(_france())


@lru_cache(maxsize=1)
def _france() -> QTimeZone:
    return QTimeZone(b"Europe/Paris")
