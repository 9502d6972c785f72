"""What others say is text: the one place that says what may be markup (ours) and what may not.

Qt takes any text that begins like HTML for HTML, in tooltips, labels, lists and boxes; QGIS's
message bar takes all of it so; a label of a layout runs what stands between ``[%`` and ``%]``.
"""

from __future__ import annotations

import re
from html import escape

_MOST = 4000
"""Characters of a tooltip: more than anybody reads."""
_MARKUP = re.compile(r"\s*<\?xml|[^<\n]*(?:&lt;|<[!/?]?[A-Za-z])")
"""What Qt may take for markup (``Qt::mightBeRichText``, which PyQt6 does not have), and a little
more: any tag, known or not.
"""
_JOINER = "\u2060"
"""WORD JOINER: no width, no meaning."""


def as_plain(*lines: str) -> str:
    """Lines for a tooltip, a label, a list or a box, shown as they are.

    Unchanged, unless Qt would take them for markup.
    """
    text = "\n".join(line for line in lines if line)
    text = text if len(text) <= _MOST else f"{text[:_MOST]}…"
    if not _MARKUP.match(text):
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def as_markup(text: str) -> str:
    """A text for where everything is markup: QGIS's message bar."""
    return escape(text, quote=False)


def without_expressions(text: str) -> str:
    """A text for a label of a layout, where QGIS would run expressions."""
    return text.replace("[%", f"[{_JOINER}%")
