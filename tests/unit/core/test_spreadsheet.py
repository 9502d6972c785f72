"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pytest

from dinamis_qgis.core.spreadsheet import escape_formula


@pytest.mark.parametrize(
    "text", ["=1+1", "+33 5", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|x", "\n="]
)
def test_what_begins_a_formula_is_marked_as_text(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Pau", "a=b", "2020-01-01", "’=’"])
def test_other_texts_stay(text: str) -> None:
    assert escape_formula(text) == text
