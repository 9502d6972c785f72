"""The words of the dossier on its pages: sections of labelled rows, wrapped and broken over pages.

Millimetres throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QPainter
from qgis.PyQt.QtWidgets import QApplication

PAGE_W, PAGE_H, MARGIN = 210.0, 297.0, 15.0
BOTTOM = PAGE_H - 18
LABEL_W = 46.0
INK, GREY = "#1c2730", "#5a6570"
POINT = 25.4 / 72
LEADING = 1.32


@dataclass(frozen=True)
class Section:
    """A heading and rows of (label, value); a row without a label is a paragraph."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Words:
    """A block of lines, broken already where it has several: upper left corner and width, size in
    points.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool = False
    colour: str = INK
    page: int = 0


def paint_texts(painter: QPainter, words: Words) -> None:
    """On the page's own device; what is longer than its place is elided."""
    font, unit = _page_font(words.size, words.bold), painter.device().logicalDpiX() / 25.4
    metrics = QFontMetricsF(font, painter.device())
    painter.setFont(font)
    painter.setPen(QColor(words.colour))
    for number, line in enumerate(words.text.split("\n")):
        base = (words.y + number * words.size * POINT * LEADING) * unit + metrics.ascent()
        painter.drawText(
            QPointF(words.x * unit, base),
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, words.width * unit),
        )


def set_sections(sections: tuple[Section, ...], top: float) -> list[Words]:
    """One after the other from ``top`` of the first page, on as many pages as it takes; a heading
    is never left alone.
    """
    pen = _Pen(top)
    for section in sections:
        pen.heading(section.title, 7 + len(section.rows) * 6.0)
        for label, value in section.rows:
            pen.row(label, value)
        pen.y += 3
    return pen.words


class _Pen:
    """Where the next line goes."""

    def __init__(self, top: float) -> None:
        self.words: list[Words] = []
        self.y, self.page = top, 0

    def heading(self, text: str, height: float) -> None:
        """A small section stays whole, a large one begins with at least a few rows."""
        self._room(min(height, 60.0))
        self.words.append(
            Words(
                text,
                MARGIN,
                self.y,
                PAGE_W - 2 * MARGIN,
                11,
                bold=True,
                colour="#1f5f9e",
                page=self.page,
            )
        )
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
                self.words.append(
                    Words(
                        "\n".join(name), MARGIN, self.y, LABEL_W - 2, 9, colour=GREY, page=self.page
                    )
                )
                label = ""
            self.words.append(
                Words(
                    "\n".join(now),
                    MARGIN + left,
                    self.y,
                    PAGE_W - 2 * MARGIN - left,
                    9,
                    page=self.page,
                )
            )
            self.y += height + 0.6

    def _room(self, height: float) -> None:
        if self.y + height <= BOTTOM:
            return
        self.page, self.y = self.page + 1, 18.0


def wrap_text(text: str, size: float, width: float) -> list[str]:
    """Lines of at most ``width`` mm; a word longer than a line is cut."""
    metrics = QFontMetricsF(_page_font(size, False, scale=100))
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
                cut = next(
                    n
                    for n in range(len(word), 0, -1)
                    if metrics.horizontalAdvance(word[:n]) <= room or n == 1
                )
                lines.append(word[:cut])
                word = word[cut:]
            line = word
        lines.append(line)
    return lines


def _page_font(size: float, bold: bool, scale: int = 0) -> QFont:
    font = QFont(QApplication.font().family())
    font.setBold(bold)
    if scale:
        font.setPixelSize(round(size * POINT * scale))
    else:
        font.setPointSizeF(size)
    return font
