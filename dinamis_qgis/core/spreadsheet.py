"""Texts of others in files that spreadsheets open."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@")
_EATEN_STARTS = ("\t", "\r", "\n")
"""What a spreadsheet takes off before it looks for a formula."""


def escape_formula(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs (OWASP, "CSV injection")."""
    begins = text.startswith(_EATEN_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if begins else text
