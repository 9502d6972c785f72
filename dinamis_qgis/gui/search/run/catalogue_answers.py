"""Who has answered the search: each catalogue with what it gave, as it comes; one that fails says
why and hides no other.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from dinamis_qgis.gui.search.run.worker import CatalogueAnswer
from dinamis_qgis.gui.widgets.widgets import TextLabel, plain_tip


class Answers(TextLabel):
    """Hidden where only one catalogue is asked: the list says it all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", quiet=True)
        if parent is not None:
            self.setParent(parent)
        self.setObjectName("catalogueAnswers")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setContentsMargins(8, 2, 8, 2)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def show_answers(self, answers: Sequence[CatalogueAnswer]) -> None:
        """How they stand now."""
        short = short_titles([a.title for a in answers])
        lines = [
            " · ".join(
                f"{name}\u00a0:\u00a0{_count_text(a)}"
                for name, a in zip(short, answers)
                if a.error is None
            )
        ]
        lines += [f"⚠ {a.title}\u00a0: {a.error.message}" for a in answers if a.error is not None]
        self.setText("\n".join(line for line in lines if line))
        self.setToolTip(plain_tip(*(line_of(a) for a in answers)))
        self.setVisible(len(answers) > 1)


def line_of(answer: CatalogueAnswer) -> str:
    """One catalogue, whole."""
    why = f" – {answer.error.sentence()}" if answer.error is not None else ""
    return f"{answer.title}\u00a0: {answer.text()}{why}"


def short_titles(titles: Sequence[str]) -> list[str]:
    """Names without what is in brackets, where they stay different; each may only be cut between
    catalogues.
    """
    short = [title.partition(" (")[0] or title for title in titles]
    kept = short if len(set(short)) == len(short) else titles
    return [title.replace(" ", "\u00a0") for title in kept]


def _count_text(answer: CatalogueAnswer) -> str:
    """``12``, or ``12…`` while more may come."""
    number = str(QLocale().toString(answer.count)) if answer.count or answer.ended else ""
    return number if answer.ended else f"{number}…"
