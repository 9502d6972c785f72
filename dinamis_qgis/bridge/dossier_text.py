"""The words of the dossier on its pages: sections of labelled rows, wrapped and broken over pages. Millimetres throughout."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsLayoutItemLabel, QgsLayoutItemPage, QgsLayoutPoint, QgsLayoutSize, QgsPrintLayout, QgsUnitTypes
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF
from qgis.PyQt.QtWidgets import QApplication

PAGE_W, PAGE_H, MARGIN = 210.0, 297.0, 15.0
BOTTOM = PAGE_H - 18
LABEL_W = 46.0
INK = "#1c2730"
POINT = 25.4 / 72
LEADING = 1.32
MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters


@dataclass(frozen=True)
class Section:
    """A heading and rows of (label, value); a row without a label is a paragraph."""

    title: str
    rows: tuple[tuple[str, str], ...]


def add_text(
    layout: QgsPrintLayout, text: str, x: float, y: float, width: float, height: float, size: float,
    *, bold: bool = False, colour: str = INK, page: int = 0,
) -> None:  # fmt: skip
    """A label of one block, its lines broken already where it has several."""
    item = QgsLayoutItemLabel(layout)
    item.setMode(QgsLayoutItemLabel.Mode.ModeFont)
    item.setText(text.replace("[%", "[ %"))  # never an expression of QGIS: the words are the person's
    font = _font(size, bold)
    if hasattr(item, "setTextFormat"):
        from qgis.core import QgsTextFormat

        style = QgsTextFormat.fromQFont(font)
        style.setSize(size)
        style.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
        style.setColor(QColor(colour))
        style.setLineHeight(LEADING)
        item.setTextFormat(style)
    else:
        item.setFont(font)
        item.setFontColor(QColor(colour))
    item.setMarginX(0)
    item.setMarginY(0)
    layout.addLayoutItem(item)
    item.attemptResize(QgsLayoutSize(width, height, MM))
    item.attemptMove(QgsLayoutPoint(x, y, MM), True, False, page)


def write_sections(layout: QgsPrintLayout, sections: tuple[Section, ...], top: float) -> None:
    """One after the other from ``top`` of the first page, on as many pages as it takes; a heading is never left alone."""
    pen = _Pen(layout, top)
    for section in sections:
        pen.heading(section.title, 7 + len(section.rows) * 6.0)
        for label, value in section.rows:
            pen.row(label, value)
        pen.y += 3


class _Pen:
    """Where the next line goes."""

    def __init__(self, layout: QgsPrintLayout, top: float) -> None:
        self.layout, self.y, self.page = layout, top, 0

    def heading(self, text: str, height: float) -> None:
        """A small section stays whole, a large one begins with at least a few rows."""
        self._room(min(height, 60.0))
        add_text(self.layout, text, MARGIN, self.y, PAGE_W - 2 * MARGIN, 6, 11, bold=True, colour="#1f5f9e", page=self.page)
        self.y += 7

    def row(self, label: str, value: str) -> None:
        left = LABEL_W if label else 0.0
        lines = wrap_text(value, 9, PAGE_W - 2 * MARGIN - left)
        step = 9 * POINT * LEADING
        name = wrap_text(label, 9, LABEL_W - 3) if label else []
        lines += [""] * (len(name) - len(lines))
        while lines:
            self._room(step)
            fits = max(1, int((BOTTOM - self.y) / step))
            now, lines = lines[:fits], lines[fits:]
            height = len(now) * step + 1
            if label:
                add_text(self.layout, "\n".join(name), MARGIN, self.y, LABEL_W - 2, height, 9, colour="#5a6570", page=self.page)
                label = ""
            add_text(self.layout, "\n".join(now), MARGIN + left, self.y, PAGE_W - 2 * MARGIN - left, height, 9, page=self.page)
            self.y += height + 0.6

    def _room(self, height: float) -> None:
        if self.y + height <= BOTTOM:
            return
        made = QgsLayoutItemPage(self.layout)
        made.setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
        self.layout.pageCollection().addPage(made)
        self.page, self.y = self.page + 1, 18.0


def wrap_text(text: str, size: float, width: float) -> list[str]:
    """Lines of at most ``width`` mm; a word longer than a line is cut."""
    metrics = QFontMetricsF(_font(size, False, scale=100))
    room = width * 100 * 0.97  # fonts of the page and of the screen differ by a hair
    lines: list[str] = []
    for paragraph in text.split("\n") or [""]:
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if metrics.horizontalAdvance(longer) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            while metrics.horizontalAdvance(word) > room:
                cut = next(n for n in range(len(word), 0, -1) if metrics.horizontalAdvance(word[:n]) <= room or n == 1)
                lines.append(word[:cut])
                word = word[cut:]
            line = word
        lines.append(line)
    return lines


def _font(size: float, bold: bool, scale: int = 0) -> QFont:
    font = QFont(QApplication.font().family())
    font.setBold(bold)
    if scale:
        font.setPixelSize(round(size * POINT * scale))
    else:
        font.setPointSizeF(size)
    return font
