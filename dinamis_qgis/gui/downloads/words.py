"""Sizes, speeds, times and states of downloads in the person's words."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.job import FileProgress
from dinamis_qgis.core.transfer.queue import FileState

UNKNOWN = "–"
_STEPS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def size_text(count: float | None) -> str:
    """Bytes with two or three significant digits, decimal units; “–” when unknown."""
    if count is None:
        return UNKNOWN
    step, unit = next(((s, u) for s, u in _STEPS if count >= s * 0.9995), (1.0, "B"))
    value = count / step
    text = QLocale().toString(value, "f", 0 if value >= 9.95 or step == 1.0 else 1)
    units = {"GB": tr("GB"), "MB": tr("MB"), "kB": tr("kB"), "B": tr("bytes")}
    return f"{text}\u00a0{units[unit]}"


def speed_text(rate: float | None) -> str:
    """Bytes per second."""
    return "" if rate is None else tr("{size}/s").format(size=size_text(rate))


def time_left_text(seconds: float | None) -> str:
    """Time left, rounded as people say it."""
    if seconds is None:
        return ""
    if seconds < 90:
        return tr("{count} s left").format(count=max(1, round(seconds)))
    if seconds < 5400:
        return tr("{count} min left").format(count=round(seconds / 60))
    return tr("{count} h left").format(count=round(seconds / 3600))


def state_text(view: FileProgress) -> str:
    """One line on a file that is on its way, or did not arrive."""
    entry = view.entry
    moved = (
        f"{size_text(view.done)} / {size_text(view.total)}"
        if view.total
        else size_text(view.done)
        if view.done
        else ""
    )
    if entry.state is FileState.RUNNING and entry.error is not None:
        return " · ".join((entry.error.message.rstrip("."), tr("trying again")))
    if entry.state is FileState.RUNNING:
        parts = [moved if view.done else "", speed_text(view.speed), time_left_text(view.left)]
        return " · ".join(p for p in parts if p) or tr("Starting…")
    if entry.state is FileState.PAUSED:
        return " · ".join(p for p in (tr("Paused"), moved) if p)
    if entry.state is FileState.CANCELLED:
        return tr("Cancelled")
    if entry.state is FileState.FAILED:
        return entry.error.message if entry.error else tr("Failed")
    if entry.error is not None:
        again = (
            tr("tries again by itself in {count} s").format(count=round(view.retry))
            if view.retry is not None
            else ""
        )
        return " · ".join(p for p in (entry.error.message.rstrip("."), again) if p)
    return " · ".join(p for p in (tr("Waiting"), size_text(entry.size) if entry.size else "") if p)
