"""Open requests of others over the same ground: one image may serve several, so joining comes
before asking again.
"""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dinamis_qgis.core.tasking.model import Order, state_text
from dinamis_qgis.core.tasking.summary import format_day
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label

SHOWN = 5


class SharedView(QWidget):
    """One line per order, with “Join this request”."""

    join_wanted = pyqtSignal(object)
    found = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sharedView")
        self.orders: tuple[Order, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_orders(self, orders: Iterable[Order]) -> None:
        """Show these; hidden by whoever hears ``found`` when there is none."""
        self.orders = tuple(orders)
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for order in self.orders[:SHOWN]:
            self._column.addWidget(wrapped_label(_order_text(order)))
            button = QPushButton(tr("Join this request…"))
            button.setObjectName(f"join-{order.id}")
            button.setToolTip(
                tr("Follow it, and tell your relay that you need its image too; nothing is ordered")
            )
            button.clicked.connect(lambda *_, o=order: self.join_wanted.emit(o))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.found.emit(bool(self.orders))


def _order_text(order: Order) -> str:
    state = state_text(order.statuses[-1].code) if order.statuses else ""
    period = (
        tr("{start} to {end}").format(start=format_day(order.start), end=format_day(order.end))
        if order.start and order.end
        else ""
    )
    whose = " · ".join(x for x in (order.entity, order.title) if x) or order.id
    return "\n".join(x for x in (whose, " · ".join(y for y in (state, period) if y)) if x)
