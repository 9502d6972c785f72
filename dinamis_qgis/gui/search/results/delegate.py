"""A result as a card: picture, date first, satellite, then cloud, angle and share of the area; the
licence's mark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QIcon, QImage, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.availability import Reach
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.results.model import HOLDING_ROLE, PILE_ROLE, ROW_ROLE
from dinamis_qgis.gui.search.results.passes import Pile
from dinamis_qgis.gui.widgets import glyphs, product_text
from dinamis_qgis.gui.widgets.product_text import ResultRow

Picture = Callable[[str], "QImage | None"]


@dataclass(frozen=True)
class _Button:
    """On a card: where, what it looks like, what a click does; ``works`` says whether there is any
    use in it.
    """

    rect: QRectF
    icon: QIcon
    clicked: Any
    works: bool
    hint: str


class ProductCardDelegate(QStyledItemDelegate):
    """Paints cards with the palette and the font; on hover two buttons: add to the map, download.

    A product that only its own page gives has that page as its one button.
    """

    add_clicked = pyqtSignal(QModelIndex)
    download_clicked = pyqtSignal(QModelIndex)
    page_clicked = pyqtSignal(QModelIndex)

    def __init__(
        self, picture: Picture, icons: tuple[QIcon, QIcon, QIcon], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._icons = icons

    @contain_faults(QSize(1, 1))
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 (Qt)
        """Three lines and their margins, the same for every card."""
        line = option.fontMetrics.height()
        return QSize(24 * line // 2, 3 * line + _padding(option.fontMetrics) * 2 + 6)

    @contain_faults()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """One card."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, ResultRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        pad = _padding(option.fontMetrics)
        pile = index.data(PILE_ROLE)
        picture = self._paint_picture(painter, option, row.product, self._indent(option, pile, row))
        if pile is not None and pile.rows[0] is row:
            self._paint_pile(painter, option, picture, pile)
        text = QRectF(option.rect).adjusted(
            picture.right() - option.rect.left() + pad, pad, -pad, -pad
        )
        ink, quiet = _text_colours(option)
        holding = index.data(HOLDING_ROLE)
        source = index.model().source(row.product)
        if index.model().is_new(row.product):
            text = self._paint_new(painter, option, text)
        self._paint_text(painter, option, text, row, holding, source, ink, quiet)
        if option.state & QStyle.StateFlag.State_MouseOver:
            for button in self._buttons(option, index):
                self._paint_plate(painter, option, button.rect)
                mode = QIcon.Mode.Normal if button.works else QIcon.Mode.Disabled
                button.icon.paint(painter, button.rect.toRect(), Qt.AlignmentFlag.AlignCenter, mode)
        line = QPen(option.palette.color(QPalette.ColorRole.Mid))
        line.setWidthF(0.5)
        painter.setPen(line)
        painter.drawLine(
            QPointF(text.left(), option.rect.bottom()),
            QPointF(option.rect.right(), option.rect.bottom()),
        )
        painter.restore()

    def _paint_plate(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        """What an icon stands on: it is seen on a selected card too."""
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Mid), 0.5))
        painter.setBrush(option.palette.color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 3, 3)

    def _paint_new(self, painter: QPainter, option: QStyleOptionViewItem, text: QRectF) -> QRectF:
        """A dot before the texts of a product that is new; the room left for them."""
        side = option.fontMetrics.height() * 0.5
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Highlight
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(role))
        painter.drawEllipse(QRectF(text.left(), text.top() + side / 2, side, side))
        return text.adjusted(side + 4, 0, 0, 0)

    def _indent(self, option: QStyleOptionViewItem, pile: Pile | None, row: ResultRow) -> int:
        """The others of an open pile stand back."""
        return (
            3 * _padding(option.fontMetrics) if pile is not None and pile.rows[0] is not row else 0
        )

    def pile_rect(self, option: QStyleOptionViewItem, pile: Pile) -> QRectF:
        """Where a pile's mark is: on the picture, to be clicked."""
        pad, metrics = _padding(option.fontMetrics), option.fontMetrics
        wide = metrics.horizontalAdvance(_pile_text(pile)) + 2 * pad
        return QRectF(
            option.rect.left() + pad,
            option.rect.bottom() - pad - metrics.height() + 1,
            wide,
            metrics.height(),
        )

    def _paint_pile(
        self, painter: QPainter, option: QStyleOptionViewItem, picture: QRectF, pile: Pile
    ) -> None:
        """Edges of the cards below, and how many there are."""
        edge = QPen(option.palette.color(QPalette.ColorRole.Mid))
        painter.setPen(edge)
        if not pile.opened:
            for step in (2, 4):
                painter.drawLine(
                    picture.topRight() + QPointF(step, step),
                    picture.bottomRight() + QPointF(step, 0),
                )
        mark = self.pile_rect(option, pile)
        painter.fillRect(mark, option.palette.color(QPalette.ColorRole.Button))
        painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
        painter.setFont(option.font)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, _pile_text(pile))

    def _paint_picture(
        self, painter: QPainter, option: QStyleOptionViewItem, product: Product, indent: int
    ) -> QRectF:
        """The thumbnail cropped to its frame, or an empty one; the frame."""
        pad = _padding(option.fontMetrics)
        height = option.rect.height() - 2 * pad
        frame = QRectF(
            option.rect.left() + pad + indent, option.rect.top() + pad, height * 1.15, height
        )
        image = self._picture(product.thumbnail)
        if image is None:
            painter.fillRect(frame, option.palette.color(QPalette.ColorRole.AlternateBase))
            glyphs.draw_picture(painter, frame, option.palette.color(QPalette.ColorRole.Mid))
        else:
            scale = max(frame.width() / image.width(), frame.height() / image.height())
            part = QRectF(0, 0, frame.width() / scale, frame.height() / scale)
            part.moveCenter(QPointF(image.width() / 2, image.height() / 2))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, image, part)
        return frame

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRectF,
        row: ResultRow,
        holding: Holding,
        source: str,
        ink: QColor,
        quiet: QColor,
    ) -> None:
        metrics = option.fontMetrics
        line = metrics.height()
        gap = (rect.height() - 3 * line) / 2
        mark = self._paint_mark(painter, rect, line, holding, ink, quiet)
        bold = QFont(option.font)
        bold.setBold(True)
        dim = ink if holding is not Holding.MISSING else quiet
        _draw_text(
            painter,
            QRectF(rect.left(), rect.top(), mark - rect.left() - 4, line),
            bold,
            dim,
            product_text.date_text(row.product),
        )
        second = QRectF(rect.left(), rect.top() + line + gap, rect.width(), line)
        _draw_text(
            painter,
            second,
            option.font,
            dim,
            " · ".join(x for x in (product_text.sensor_text(row.product), source) if x),
        )
        room = self.button_rects(option)[0].left() - 4 - rect.left()  # the icons hide no figure
        self._paint_figures(
            painter,
            option,
            QRectF(rect.left(), rect.bottom() - line, room, line),
            row,
            quiet,
        )

    def _paint_mark(
        self,
        painter: QPainter,
        rect: QRectF,
        line: float,
        holding: Holding,
        ink: QColor,
        quiet: QColor,
    ) -> float:
        """The licence's mark at the upper right; where it begins."""
        side = line * 0.82
        box = QRectF(rect.right() - side, rect.top() + (line - side) / 2, side, side)
        if holding in (Holding.HELD, Holding.OPEN):
            glyphs.draw_tick(painter, box, ink)
            return box.left()
        if holding is Holding.UNKNOWN:
            glyphs.draw_question(painter, box, quiet)
            return box.left()
        glyphs.draw_lock(painter, box, ink)
        return box.left()

    def _paint_figures(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRectF,
        row: ResultRow,
        quiet: QColor,
    ) -> None:
        """Cloud, angle, share; each with its sign, spread so that columns align from card to
        card.
        """
        line, metrics = rect.height(), option.fontMetrics
        product = row.product
        side = line * 0.8
        column = min(
            rect.width() / 3, side + metrics.horizontalAdvance("100 %") + 2.2 * _padding(metrics)
        )
        painter.setFont(option.font)
        for number, (draw, text) in enumerate(
            (
                (glyphs.draw_cloud, product_text.number_text(product.cloud_cover, "%")),
                (glyphs.draw_tilt, product_text.angle_text(product.incidence)),
                (
                    lambda p, r, c: glyphs.draw_cover(p, r, c, row.coverage),
                    product_text.percent_text(row.coverage),
                ),
            )
        ):
            left = rect.left() + number * column
            draw(painter, QRectF(left, rect.top() + (line - side) / 2, side, side), quiet)
            _draw_text(
                painter,
                QRectF(left + side + 4, rect.top(), column - side - 4, line),
                option.font,
                quiet,
                text,
            )

    def button_rects(self, option: QStyleOptionViewItem) -> tuple[QRectF, QRectF]:
        """Where the two hover buttons are."""
        pad = _padding(option.fontMetrics)
        side = option.fontMetrics.height() + 2
        bottom = option.rect.bottom() - pad - side + 1
        right = option.rect.right() - pad
        return QRectF(right - 2 * side - pad, bottom, side, side), QRectF(
            right - side, bottom, side, side
        )

    @contain_faults(False)
    def editorEvent(
        self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:  # noqa: N802 (Qt)
        """A click on a hover button."""
        if event.type() not in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonPress):
            return super().editorEvent(event, model, option, index)
        position = QPointF(event.pos())
        pile = index.data(PILE_ROLE)
        row = index.data(ROW_ROLE)
        if (
            pile is not None
            and pile.rows[0] is row
            and self.pile_rect(option, pile).contains(position)
        ):
            if event.type() == QEvent.Type.MouseButtonRelease:
                model.toggle_pile(index)
            return True
        for button in self._buttons(option, index):
            if button.rect.contains(position):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    button.clicked.emit(index)
                return True
        return False

    def hint_at(self, option: QStyleOptionViewItem, position: QPoint, index: QModelIndex) -> str:
        """What the button under the mouse does, or why it does not; empty elsewhere."""
        found = (b.hint for b in self._buttons(option, index) if b.rect.contains(QPointF(position)))
        return next(found, "")

    def _buttons(self, option: QStyleOptionViewItem, index: QModelIndex) -> list[_Button]:
        row, held = index.data(ROW_ROLE), index.data(HOLDING_ROLE) is not Holding.MISSING
        reach = index.model().reach(row.product) if isinstance(row, ResultRow) else Reach()
        add, download = self.button_rects(option)
        if reach.elsewhere and reach.page:
            return [_Button(download, self._icons[2], self.page_clicked, True, tr("Open its page"))]
        return [
            _Button(
                add,
                self._icons[0],
                self.add_clicked,
                held and not reach.add,
                reach.add or tr("Add to the map"),
            ),
            _Button(
                download,
                self._icons[1],
                self.download_clicked,
                held and not reach.download,
                reach.download or tr("Download…"),
            ),
        ]


def _pile_text(pile: Pile) -> str:
    return f"{'▾' if pile.opened else '▸'} {len(pile.rows)}"


def _padding(metrics: QFontMetrics) -> int:
    return max(4, metrics.height() // 3)


def _draw_text(painter: QPainter, rect: QRectF, font: QFont, color: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(color)
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def _text_colours(option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    """Text colour and a quieter one that stays readable, selected or not."""
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    group = (
        QPalette.ColorGroup.Active
        if option.state & QStyle.StateFlag.State_Active
        else QPalette.ColorGroup.Inactive
    )
    ink = option.palette.color(
        group, QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    )
    paper = option.palette.color(
        group, QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base
    )
    mix = 0.72
    quiet = QColor(
        *(int(i * mix + p * (1 - mix)) for i, p in zip(ink.getRgb()[:3], paper.getRgb()[:3]))
    )
    return ink, quiet
