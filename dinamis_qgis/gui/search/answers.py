"""Who has answered the search: each catalogue with what it gave, as it comes; one that fails says why and hides no other."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from dinamis_qgis.gui.account.widgets import TextLabel, plain_tip
from dinamis_qgis.gui.search.running import CatalogueAnswer


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
        lines = [" · ".join(f"{_short(a.title)}\u00a0: {a.text()}" for a in answers if a.error is None)]
        lines += [f"⚠ {a.title}\u00a0: {a.error.message}" for a in answers if a.error is not None]
        self.setText("\n".join(line for line in lines if line))
        self.setToolTip(plain_tip(*(line_of(a) for a in answers)))
        self.setVisible(len(answers) > 1)


def line_of(answer: CatalogueAnswer) -> str:
    """One catalogue, whole."""
    why = f" – {answer.error.sentence()}" if answer.error is not None else ""
    return f"{answer.title}\u00a0: {answer.text()}{why}"


def _short(title: str) -> str:
    """A name that may only be cut between catalogues."""
    return title.replace(" ", "\u00a0")


