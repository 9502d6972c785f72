"""Small pieces of the account's windows: state dot, shortened label, notice, QR code, row of
buttons.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from html import escape
from typing import Any, Callable

from qgis.PyQt.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.text import tr

GREEN, AMBER, RED = QColor("#2f9e5b"), QColor("#d98a1f"), QColor("#c9463d")


class StatePanel(Enum):
    """How things stand, by shape as well as by colour."""

    OUT = "out"
    BUSY = "busy"
    IN = "in"
    PARTLY = "partly"
    """Signed in, but something is missing: charter, network."""
    EXPIRED = "expired"


class StateDot(QWidget):
    """Ring when signed out, full when signed in, half when something is missing, crossed when
    expired.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = StatePanel.OUT
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """As high as a small letter and a half."""
        side = self.fontMetrics().height() - 2
        return QSize(side, side)

    def show_state(self, state: StatePanel, text: str) -> None:
        """Draw ``state``; ``text`` says it in words."""
        self.state = state
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The dot, in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        colour = {StatePanel.IN: GREEN, StatePanel.PARTLY: AMBER, StatePanel.EXPIRED: RED}.get(
            self.state, quiet
        )
        radius = min(self.width(), self.height()) * 0.32
        centre = QPointF(self.width() / 2, self.height() / 2)
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(colour, 1.6))
        if self.state is StatePanel.IN:
            painter.setBrush(colour)
        painter.drawEllipse(box)
        if self.state is StatePanel.PARTLY:
            painter.setBrush(colour)
            painter.drawChord(box, 270 * 16, 180 * 16)
        elif self.state is StatePanel.EXPIRED:
            painter.drawLine(
                box.topLeft() + QPointF(2.5, 2.5), box.bottomRight() - QPointF(2.5, 2.5)
            )


class TextLabel(QLabel):
    """Text, plain or quiet: a mix of the palette's own two colours, which every style draws."""

    def __init__(self, text: str = "", quiet: bool = False) -> None:
        super().__init__(text)
        self._quiet = quiet
        self._mix()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt)
        """Another theme, another mix."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._mix()

    def _mix(self) -> None:
        if not self._quiet:
            return
        palette = QGuiApplication.palette()
        ink, paper = (
            palette.color(QPalette.ColorRole.WindowText),
            palette.color(QPalette.ColorRole.Window),
        )
        mixed = [round(0.68 * a + 0.32 * b) for a, b in zip(ink.getRgb()[:3], paper.getRgb()[:3])]
        palette.setColor(QPalette.ColorRole.WindowText, QColor(*mixed))
        self.setPalette(palette)


class ShortLabel(TextLabel):
    """One line, shortened where it does not fit; the whole is in the tooltip."""

    def __init__(self, quiet: bool = False) -> None:
        super().__init__("", quiet)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(20)

    def show_text(self, text: str, hint: str = "") -> None:
        """Show ``text``; ``hint`` adds to the tooltip."""
        self._whole = text
        self.setToolTip(plain_tip(text, hint))
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """As much of it as fits."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt)
        """Another font, another length."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._shorten()

    def _shorten(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        )


def plain_tip(*lines: str) -> str:
    """A tooltip that shows ``lines`` as they are: what a service says is text, never markup."""
    return (
        "<qt>" + "<br>".join(escape(line) for line in lines if line) + "</qt>" if any(lines) else ""
    )


def text_label(text: str = "", *, quiet: bool = False) -> TextLabel:
    """Wrapped, selectable, plain text."""
    label = TextLabel(text, quiet)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
    )
    return label


def make_button(
    text: str, action: Callable[[], Any], name: str = "", hint: str = ""
) -> QPushButton:
    """A push button that calls ``action`` without argument."""
    found = QPushButton(text)
    found.setObjectName(name)
    found.setToolTip(hint)
    found.setAutoDefault(True)  # Enter presses it, also outside a dialog
    found.clicked.connect(lambda *_: action())
    return found


class ButtonRow(QWidget):
    """Buttons side by side, or one below the other where it is narrow; with ``fill`` as wide as
    there is room.
    """

    def __init__(self, buttons: Sequence[QWidget], *, fill: bool = False) -> None:
        super().__init__()
        self._buttons = list(buttons)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for item in buttons:
            self._row.addWidget(item)
        if not fill:
            self._row.addStretch()
        self.setMinimumWidth(40)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Side by side when there is room."""
        super().resizeEvent(event)
        shown = [item for item in self._buttons if not item.isHidden()]
        needed = sum(item.sizeHint().width() for item in shown) + 6 * max(0, len(shown) - 1)
        wide = needed <= self.width()
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)


class Notice(QFrame):
    """Something to know, in place: a coloured edge, a text, buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = AMBER
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 8, 8)
        self._column.setSpacing(6)
        self.label = text_label()
        self._column.addWidget(self.label)
        self._row: ButtonRow | None = None
        self.hide()

    def show_notice(
        self, text: str, buttons: Sequence[QPushButton] = (), colour: QColor = AMBER
    ) -> None:
        """Say ``text`` and offer ``buttons``."""
        self._colour = colour
        self.label.setText(text)
        if self._row is not None:
            self._column.removeWidget(self._row)
            self._row.deleteLater()
            self._row = None
        if buttons:
            self._row = ButtonRow(buttons)
            self._column.addWidget(self._row)
        self.setAccessibleName(text)
        self.show()
        self.update()

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The background of a list's other rows, and the edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.fillRect(0, 0, 4, self.height(), self._colour)


class Fold(QScrollArea):
    """As high as what it holds where there is room, else scrolled: the dock never grows beyond the
    screen for it.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.setWidget(content)
        content.installEventFilter(self)

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """A few lines."""
        return QSize(40, 6 * self.fontMetrics().height())

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """The whole content at this width; beside a scroll bar it is higher, and so the bar goes
        where there is room.
        """
        content, width = self.widget(), max(40, self.viewport().width())
        height = (
            content.heightForWidth(width)
            if content.hasHeightForWidth()
            else content.sizeHint().height()
        )
        return QSize(width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Another width, another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    @contain_faults(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """The content has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class QrCode(QWidget):
    """A QR code, drawn: dark on light with its quiet zone, whatever the theme, since cameras want
    it so.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Sequence[int]] = ()
        self.setAccessibleName(tr("QR code of the sign-in page"))

    def show_matrix(self, rows: Sequence[Sequence[int]]) -> None:
        """``rows`` of modules, 1 is dark."""
        self._rows = rows
        # Whole pixels for every module, about ten lines of text high.
        side = self._modules() * max(3, round(10 * self.fontMetrics().height() / self._modules()))
        self.setFixedSize(side, side)
        self.update()

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The modules."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        size = min(self.width(), self.height()) // self._modules()
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        (x + 4) * size, (y + 4) * size, size, size, Qt.GlobalColor.black
                    )

    def _modules(self) -> int:
        return len(self._rows) + 8  # the quiet zone of ISO/IEC 18004: four modules on each side


def qr_matrix(text: str) -> list[list[int]]:
    """The modules of the QR code of ``text``, 1 is dark; empty when segno is not there."""
    try:
        import segno
    except ImportError:
        return []
    return [
        [int(bool(module)) for module in row]
        for row in segno.make(text, micro=False, error="m").matrix
    ]


def copy_button(text: Callable[[], str], name: str) -> QPushButton:
    """Copies what ``text`` gives and says so; ``name`` is its accessible name."""
    found = QPushButton(tr("Copy"))
    found.setAccessibleName(name)

    def clicked(*_: object) -> None:
        QGuiApplication.clipboard().setText(text())
        found.setText(tr("Copied"))

    found.clicked.connect(clicked)
    return found


def secret_field(name: str) -> QLineEdit:
    """A field whose content is not shown."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
