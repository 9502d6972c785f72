"""Support reports as files: what is written comes back; what strangers send is bounded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.support.checks import CheckResult, CheckVerdict
from dinamis_qgis.core.support.report import answer_text, read_report, write_report

RESULTS = (
    CheckResult("versions", "Versions", CheckVerdict.GOOD, "QGIS 3.34"),
    CheckResult("host", "Service", CheckVerdict.BAD, "Not found.", "Ask the network people."),
    CheckResult("account", "Sign-in", CheckVerdict.WARNING, "Nobody.", "Sign in."),
)


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    path = write_report(tmp_path / "r.json", RESULTS, "## Versions\nQGIS")
    found = read_report(path)
    assert found.results == RESULTS and found.text.startswith("## Versions")
    assert found.written is not None


def test_the_answer_begins_with_the_cause(tmp_path: Path) -> None:
    text = answer_text(read_report(write_report(tmp_path / "r.json", RESULTS, "")))
    assert text.index("Service") < text.index("Sign-in") and "Ask the network people." in text
    fine = answer_text(read_report(write_report(tmp_path / "r.json", RESULTS[:1], "")))
    assert "in order" in fine


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "[" * 5000, '{"format": "other"}', json.dumps({"checks": []})]
)
def test_what_is_no_report(text: str, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(InvalidInput, match="no support report"):
        read_report(path)
    with pytest.raises(StorageError):
        read_report(tmp_path / "gone.json")


def test_each_row_stands_alone_and_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    good = RESULTS[1].as_json()
    rows = [7, None, {}, {**good, "verdict": "?"}, {**good, "title": ["x"]}, {**good, "said": "x" * 9999}]
    data = {"format": "dinamis-support-report", "version": 99, "checks": rows, "text": 7}
    path.write_text(json.dumps({**data, "written": "yesterday"}))
    found = read_report(path)
    assert len(found.results) == 1 and len(found.results[0].said) <= 500
    assert found.text == "" and found.written is None
    path.write_text(json.dumps({**data, "checks": [good] * 5000}))
    assert len(read_report(path).results) == 200
