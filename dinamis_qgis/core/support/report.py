"""A support report as a file: written by a partner's plugin, opened by the relay's.

What is opened comes from somebody else: bounded, and plain text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from dinamis_qgis.core import json_values
from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.files import read_text, write_whole
from dinamis_qgis.core.support.checks import CheckResult, CheckVerdict, likely_cause
from dinamis_qgis.core.text import tr

FORMAT, VERSION = "dinamis-support-report", 1
MOST_BYTES = 2_000_000
_MOST_CHECKS, _LONGEST, _MOST_TEXT = 200, 500, 400_000


@dataclass(frozen=True)
class SupportReport:
    """The checks of an installation, the readable report beside them, and when it was written."""

    results: tuple[CheckResult, ...]
    text: str = ""
    written: datetime | None = None


def write_report(path: Path, results: Sequence[CheckResult], text: str) -> Path:
    """Keep a report; ``text`` holds no secret and no name. Raises StorageError."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "written": datetime.now(timezone.utc).replace(microsecond=0).isoformat(),
        "checks": [result.as_json() for result in results],
        "text": text,
    }
    try:
        write_whole(path, json.dumps(data, ensure_ascii=False, indent=1))
    except OSError as error:
        raise from_os_error(error, path) from error
    return path


def read_report(path: Path) -> SupportReport:
    """A report that somebody sent; newer ones are read as far as they can be.

    Raises InvalidInput for what is none, StorageError.
    """
    try:
        data: Any = json.loads(read_text(path, MOST_BYTES))
    except OSError as error:
        raise from_os_error(error, path) from error
    except (ValueError, RecursionError):
        data = None
    body = json_values.mapping(data)
    if body.get("format") != FORMAT:
        raise InvalidInput(
            tr("“{name}” is no support report.").format(name=path.name),
            tr("Ask for the file that “Check my installation” saves."),
            code="report",
        )
    rows = json_values.read_sequence(body.get("checks"))[:_MOST_CHECKS]
    found = [_read_check(json_values.mapping(row)) for row in rows]
    text = body.get("text")
    return SupportReport(
        tuple(result for result in found if result is not None),
        text[:_MOST_TEXT] if isinstance(text, str) else "",
        json_values.read_datetime(body.get("written")),
    )


def _read_check(row: Any) -> CheckResult | None:
    def text(name: str) -> str:
        value = row.get(name)
        return " ".join(value[:_LONGEST].split()) if isinstance(value, str) else ""

    verdicts = {verdict.value: verdict for verdict in CheckVerdict}
    verdict = verdicts.get(text("verdict"))
    if verdict is None or not text("title"):
        return None
    return CheckResult(
        text("id"), text("title"), verdict, text("said"), text("remedy"), text("code")
    )


def answer_text(report: SupportReport) -> str:
    """An answer ready to be sent: what to look at first, then the rest, in the relay's words."""
    wrong = [r for r in report.results if r.verdict in (CheckVerdict.BAD, CheckVerdict.WARNING)]
    if not wrong:
        return "\n".join(
            [
                tr("Good morning,"),
                "",
                tr("Your installation is in order as far as it could be checked."),
                tr("Please tell us what you were doing, and what you saw."),
            ]
        )
    first = likely_cause(report.results) or wrong[0]
    lines = [
        tr("Good morning,"),
        "",
        tr("The likely cause: {title}. {said}").format(title=first.title, said=first.said).strip(),
    ]
    if first.remedy:
        lines.append(tr("What to do: {remedy}").format(remedy=first.remedy))
    others = [r for r in wrong if r is not first]
    if others:
        lines += ["", tr("Then:")]
        lines += [f"- {r.title} – {r.said} {r.remedy}".rstrip() for r in others]
    return "\n".join([*lines, "", tr("Check again afterwards; we are here if it lasts.")])
