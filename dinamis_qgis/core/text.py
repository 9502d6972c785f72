"""Translatable sentences without Qt: ``core`` writes English, the bridge installs QGIS's
translator.
"""

from __future__ import annotations

from typing import Callable, Optional

Translator = Callable[[str, Optional[int]], str]


def _english_text(text: str, n: int | None = None) -> str:
    if n is None:
        return text
    return text.replace("%n", str(n)).replace("(s)", "" if n == 1 else "s")


_translator: Translator = _english_text


def install_translator(translator: Translator | None) -> None:
    """Use ``translator(text, n)`` from now on; None goes back to English."""
    global _translator
    _translator = translator or _english_text


def tr(text: str, n: int | None = None) -> str:
    """``text`` in the user's language. Only literals, so that they can be extracted.

    ``%n`` and ``(s)`` in the text are the plural of ``n``; other values use ``str.format``
    afterwards.
    """
    translated = _translator(text, n)
    return _english_text(text, n) if not translated or translated == text else translated
