"""What a comparison is making (a sheet, an animation): how far it is, and a way to give it up."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from dinamis_qgis.core.text import tr


class Doing(QWidget):
    """A row of the bar, there as long as something is being made; ``changed()`` is called when it
    comes and goes.
    """

    def __init__(self, changed: Any) -> None:
        super().__init__()
        self._changed = changed
        self._maker: Any = None
        self._title = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.label = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(6)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.give_up)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._maker is not None

    def watch(self, maker: Any, title: str) -> None:
        """Show ``maker``: it has ``over``, ``stop()`` and the signals ``progressed(share, text)``
        and ``ended``.
        """
        if maker.over:
            return
        self._maker, self._title = maker, title
        self.bar.setRange(0, 0)
        self.label.setText(title)
        self.bar.setAccessibleName(title)
        maker.progressed.connect(self._progressed)
        maker.ended.connect(self._ended)
        self.show()
        self._changed()

    def give_up(self) -> None:
        """Stop it."""
        if self._maker is not None:
            self._maker.stop()

    def _progressed(self, share: float, text: str) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(round(100 * share))
        self.label.setText(" – ".join(part for part in (self._title, text) if part))

    def _ended(self) -> None:
        self._maker = None
        self.hide()
        self._changed()
