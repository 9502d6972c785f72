"""The support report: shown before it is sent, so that a person sees what leaves."""

from __future__ import annotations

from qgis.PyQt.QtGui import QFontDatabase, QGuiApplication
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import support
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.text import tr


class SupportDialog(QDialog):
    """The report in full, with what can be done with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Support report"))
        self._context = context
        layout = QVBoxLayout(self)
        label = QLabel(
            tr(
                "This is all the report says. It holds no password, no key and no name. Copy it "
                "into a message to your relay."
            )
        )
        label.setWordWrap(True)
        layout.addWidget(label)
        self.text = QPlainTextEdit(support.support_report(context))
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Support report"))
        layout.addWidget(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        write = buttons.addButton(tr("Write to the relay"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        write.clicked.connect(self._write)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(640, 480)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _write(self) -> None:
        self._copy()
        self._context.contact_relay(tr("DINAMIS in QGIS: support report (paste it here)"))
