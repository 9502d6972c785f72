"""An exercise as its file says it: steps, each with a check on the state of QGIS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class LocalText:
    """A text in every language of ``LANGUAGES``."""

    fr: str
    en: str

    def in_language(self, locale: str) -> str:
        """The text for a locale such as ``fr_FR``; English for languages that have none."""
        return self.fr if locale[:2].lower() == "fr" else self.en


@dataclass(frozen=True)
class Deed:
    """A check or an action by its name, with its values: see ``docs/exercises.md``."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ExerciseStep:
    """One gesture.

    ``target`` is the object name of the widget it is made on, ``map`` for the map, empty for none.
    ``hints`` are said after the first and the second failure.
    """

    title: LocalText
    text: LocalText
    check: Deed
    hints: tuple[LocalText, ...]
    target: str = ""
    action: Deed | None = None


@dataclass(frozen=True)
class Exercise:
    """About ``minutes`` of steps; exercises are listed by ``order``."""

    id: str
    title: LocalText
    summary: LocalText
    minutes: int
    steps: tuple[ExerciseStep, ...]
    order: int = 0
