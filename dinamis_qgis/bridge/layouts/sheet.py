"""The comparison sheet as a QGIS layout: both views at one scale, where, when, with what, what
changed, who, whose imagery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemMapOverview,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsScaleBarSettings,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF

from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.bridge.plain_text import without_expressions
from dinamis_qgis.core.text import tr

PAGES = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
"""Landscape, millimetres."""
NORTH = ":/images/north_arrows/layout_default_north_arrow.svg"
MARGIN, GAP = 8.0, 5.0
POINT = 25.4 / 72
"""Millimetres."""
SMALLEST = 5.0
"""Points: what still reads on paper."""
RULER = 100
"""Pixels of the letters that texts are measured with."""


@dataclass(frozen=True)
class Sheet:
    """What goes on a sheet.

    ``extents`` are of the first, the second view and the locator, in ``crs``; the first two have
    one size.

    Where the second is moved, so that its image lies on the first, what is above the image stays
    where it is.

    ``figure`` is the one number of the sheet. ``with_place`` writes ``place``, which says where it
    is, and draws the 2 km squares of the DFCI grid over the views.

    ``layers`` the same, uppermost first; ``styles`` overrides styles by layer id (the comparison's
    stretch). ``drawn`` stands in for ``layers`` where the views are drawn at once: copies that
    nothing else restyles.
    """

    title: str
    facts: tuple[Facts, Facts]
    crs: QgsCoordinateReferenceSystem
    extents: tuple[QgsRectangle, QgsRectangle, QgsRectangle]
    rotation: float = 0.0
    layers: tuple[Sequence[QgsMapLayer], Sequence[QgsMapLayer], Sequence[QgsMapLayer]] = (
        (),
        (),
        (),
    )
    styles: dict[str, str] = field(default_factory=dict)
    drawn: tuple[Sequence[QgsMapLayer], Sequence[QgsMapLayer], Sequence[QgsMapLayer]] = ((), (), ())
    figure: str = ""
    measured: str = ""
    shift: str = ""
    place: str = ""
    with_place: bool = False
    author: str = ""
    entity: str = ""
    page: str = "A4"

    def parts(
        self, number: int, layers: Sequence[QgsMapLayer]
    ) -> list[tuple[QgsRectangle, list[QgsMapLayer]]]:
        """Extent and layers of what makes up a view, lowest first."""
        if number != 1 or self.extents[1] == self.extents[0]:
            return [(self.extents[number], list(layers))]
        images = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
        return [
            (self.extents[1], images),
            (self.extents[0], [layer for layer in layers if layer not in images]),
        ]


def sheet_frames(page: str) -> tuple[QRectF, QRectF, QRectF]:
    """The places of the two views and of the locator, millimetres."""
    width, height = PAGES[page]
    wide = (width - 2 * MARGIN - GAP) / 2
    tall = height - 24.0 - _foot_height(page) - 3.0 - _caption_height(page)
    locator = _foot_height(page) - _credit_height(page) - 7.5
    return (
        QRectF(MARGIN, 24.0, wide, tall),
        QRectF(MARGIN + wide + GAP, 24.0, wide, tall),
        QRectF(MARGIN, height - _foot_height(page) + 2.0, locator * 1.25, locator),
    )


def _credit_height(page: str) -> float:
    """Room for the legal mentions of both products: four full lines."""
    return 13.0 if page == "A4" else 16.0


def _caption_height(page: str) -> float:
    return 13.0 if page == "A4" else 17.0


def _foot_height(page: str) -> float:
    return 50.0 if page == "A4" else 66.0


def fit_extent(extent: QgsRectangle, frame: QRectF) -> QgsRectangle:
    """``extent`` grown to the frame's shape."""
    shape = frame.width() / frame.height()
    width = max(extent.width(), extent.height() * shape)
    height, centre = width / shape, extent.center()
    return QgsRectangle(
        centre.x() - width / 2,
        centre.y() - height / 2,
        centre.x() + width / 2,
        centre.y() + height / 2,
    )


def build_layout(
    project: QgsProject, sheet: Sheet, name: str, empty: bool = False
) -> QgsPrintLayout:
    """The layout; not yet in the project's manager. GUI thread.

    ``empty`` leaves out the ground of paper and maps: what is left costs little to draw, over
    pictures made elsewhere.
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(name)
    page = layout.pageCollection().page(0)
    page.setPageSize(sheet.page, QgsLayoutItemPage.Orientation.Landscape)
    if empty:
        layout.pageCollection().setPageStyleSymbol(
            QgsFillSymbol.createSimple({"style": "no", "outline_style": "no"})
        )
    width, _ = PAGES[sheet.page]
    big = 1.0 if sheet.page == "A4" else 1.25
    _add_label(layout, sheet.title, QRectF(MARGIN, 7, width - 2 * MARGIN, 10), 15 * big, bold=True)
    maps = [
        _view_maps(layout, sheet, k, frame, empty)[0]
        for k, frame in enumerate(sheet_frames(sheet.page))
    ]
    for k, (frame, facts) in enumerate(zip(sheet_frames(sheet.page), sheet.facts)):
        word = tr("Image 1") if k == 0 else tr("Image 2")
        _add_label(
            layout,
            f"{word} – {facts.label()}",
            QRectF(frame.left(), 17.5, frame.width(), 6.2),
            10 * big,
            bold=True,
        )
        _add_label(
            layout,
            scene_caption(facts),
            QRectF(frame.left(), frame.bottom() + 1.5, frame.width(), _caption_height(sheet.page)),
            8 * big,
        )
    _add_overview(maps[2], maps[0])
    for view in maps[:2] if sheet.with_place else ():
        _add_grid(view)
    _foot_of_page(layout, sheet, maps, big)
    return layout


def scene_caption(facts: Facts) -> str:
    """Hours, sensor, resolution, cloud and name of a scene; what is not known is a dash."""
    locale = QLocale()
    metres = (
        tr("{metres} m per pixel").format(metres=locale.toString(facts.metres, "g", 3))
        if facts.metres
        else "–"
    )
    cloud = (
        tr("clouds {percent} %").format(percent=round(facts.cloud))
        if facts.cloud is not None
        else tr("clouds –")
    )
    text = (
        tr("acquired {day} at {hour}")
        if facts.hour()
        else tr("acquired {day}")
        if facts.moment
        else tr("acquired –")
    )
    moment = text.format(day=facts.day(), hour=facts.hour())
    return f"{moment}\n{facts.sensor or '–'} · {metres} · {cloud}\n{facts.item or facts.name}"


def _add_scale_and_north(layout: QgsPrintLayout, view: Any, place: QPointF, big: float) -> None:
    """The scale bar of a map at ``place`` (millimetres), the north arrow below it."""
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(view)
    bar.applyDefaultSettings()
    bar.setStyle("Single Box")
    bar.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceMeters)
    shape = bar.textFormat()
    shape.setSize(8.5 * big)
    shape.setSizeUnit(_points_unit())
    bar.setTextFormat(shape)
    bar.setHeight(2)
    bar.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
    bar.setMinimumBarWidth(34)
    bar.setMaximumBarWidth(58)
    bar.update()
    layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(place.x(), place.y()))
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath(NORTH)
    arrow.setLinkedMap(view)
    layout.addLayoutItem(arrow)
    _place_item(arrow, QRectF(place.x(), place.y() + 14, 13, 15))


def _foot_of_page(layout: QgsPrintLayout, sheet: Sheet, maps: list[Any], big: float) -> None:
    width, height = PAGES[sheet.page]
    locator = sheet_frames(sheet.page)[2]
    left, top = locator.right() + 6, locator.top()
    _add_scale_and_north(layout, maps[0], QPointF(left, top), big)
    right = QRectF(width - MARGIN - 58 * big, top, 58 * big, locator.height())
    middle = left + 72 * big
    room = right.left() - middle - 4
    found = "\n".join(line for line in (sheet.measured, sheet.shift) if line)
    _add_label(
        layout, tr("Measured change"), QRectF(middle, top, room, 5 * big), 9 * big, bold=True
    )
    under = 5.5 * big
    if sheet.figure:
        _add_label(
            layout,
            sheet.figure,
            QRectF(middle, top + under, room, 9 * big),
            20 * big,
            bold=True,
        )
        under += 9.5 * big
    _add_label(
        layout,
        found or tr("Not measured"),
        QRectF(middle, top + under, room, locator.height() - under - 0.5 * big),
        8.5 * big,
    )
    place = sheet.place if sheet.with_place else ""
    who = "\n".join(line for line in (sheet.author, sheet.entity, edition_text(), place) if line)
    _add_label(
        layout, tr("Made by"), QRectF(right.left(), top, right.width(), 5 * big), 9 * big, bold=True
    )
    _add_label(
        layout,
        who,
        QRectF(right.left(), top + 5.5 * big, right.width(), right.height() - 6 * big),
        8.5 * big,
    )
    mentions = QRectF(
        MARGIN,
        height - 4 - _credit_height(sheet.page),
        width - 2 * MARGIN,
        _credit_height(sheet.page),
    )
    _add_label(layout, credits_of(sheet.facts), mentions, 7.5 * big).setVAlign(
        Qt.AlignmentFlag.AlignBottom
    )


def credits_of(facts: Sequence[Facts]) -> str:
    """The legal mentions of both products, with the year of acquisition; once when they are the
    same.
    """
    found: dict[str, list[int]] = {}
    for number, fact in enumerate(facts, 1):
        credit = fact.credit
        if credit and fact.moment is not None and str(fact.moment.year) not in credit:
            credit = f"{credit} ({fact.moment.year})"
        text = " – ".join(part for part in (credit, fact.licence) if part)
        if text:
            found.setdefault(text, []).append(number)
    if any(len(numbers) > 1 for numbers in found.values()):
        return tr("Images 1 and 2: {credit}").format(credit=next(iter(found)))
    return "\n".join(
        tr("Image {number}: {credit}").format(number=numbers[0], credit=text)
        for text, numbers in found.items()
    )


def fitting_size(text: str, font: QFont, frame: QRectF, size: float) -> float:
    """The largest size up to ``size`` (points) at which ``text``, wrapped, stays within ``frame``
    (millimetres).
    """
    ruler = QFont(font)
    ruler.setPixelSize(RULER)
    metrics = QFontMetricsF(ruler)
    while size > SMALLEST:
        unit = size * POINT / RULER  # millimetres a pixel of the ruler
        room = QRectF(0, 0, frame.width() / unit * 0.98, 1e6)
        if (
            metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() * unit
            <= frame.height()
        ):
            break
        size -= 0.25
    return max(size, SMALLEST)


def edition_text() -> str:
    """Day and hour at which a sheet is made, on this machine's clock."""
    from qgis.PyQt.QtCore import QDateTime

    now = QDateTime.currentDateTime()
    return tr("{day} at {hour}").format(
        day=QLocale().toString(now.date(), "d MMMM yyyy"), hour=now.toString("HH:mm")
    )


def _add_grid(view: QgsLayoutItemMap) -> None:
    """The 2 km squares of the DFCI grid."""
    grid = QgsLayoutItemMapGrid("DFCI", view)
    grid.setCrs(QgsCoordinateReferenceSystem("EPSG:27572"))
    grid.setIntervalX(2000)
    grid.setIntervalY(2000)
    grid.setLineSymbol(QgsLineSymbol.createSimple({"color": "255,255,255,150", "width": "0.15"}))
    grid.setAnnotationEnabled(False)
    view.grids().addGrid(grid)


def _view_maps(
    layout: QgsPrintLayout, sheet: Sheet, number: int, frame: QRectF, empty: bool
) -> list[QgsLayoutItemMap]:
    """A view; what lies above a moved image is a map of its own, over it."""
    name = (tr("Image 1"), tr("Image 2"), tr("Locator"))[number]
    maps = []
    for extent, layers in sheet.parts(number, () if empty else sheet.layers[number]):
        if maps and not layers:
            continue
        item = QgsLayoutItemMap(layout)
        item.setId(f"{name} – {tr('what lies above')}" if maps else name)
        layout.addLayoutItem(item)
        _place_item(item, frame)
        item.setCrs(sheet.crs)
        item.setMapRotation(sheet.rotation if number < 2 else 0.0)
        item.setLayers(layers or [_empty_layer(layout)])
        item.setKeepLayerSet(True)
        styles = {
            layer.id(): sheet.styles[layer.id()] for layer in layers if layer.id() in sheet.styles
        }
        if styles:
            item.setLayerStyleOverrides(styles)
            item.setKeepLayerStyles(True)
        item.setExtent(fit_extent(extent, frame))
        item.setBackgroundEnabled(not empty and not maps)
        item.setFrameEnabled(True)
        maps.append(item)
    return maps


def _empty_layer(layout: QgsPrintLayout) -> QgsVectorLayer:
    """A layer without a feature: a map without any layer would show the whole project."""
    layer = QgsVectorLayer("Point", "nothing", "memory")
    layer.setParent(layout)
    return layer


def _add_overview(locator: QgsLayoutItemMap, view: QgsLayoutItemMap) -> None:
    overview = QgsLayoutItemMapOverview("view", locator)
    overview.setLinkedMap(view)
    overview.setFrameSymbol(
        QgsFillSymbol.createSimple(
            {"color": "255,255,255,40", "outline_color": "220,20,10", "outline_width": "0.5"}
        )
    )
    locator.overviews().addOverview(overview)


def _add_label(
    layout: QgsPrintLayout, text: str, frame: QRectF, size: float, bold: bool = False
) -> QgsLayoutItemLabel:
    label = QgsLayoutItemLabel(layout)
    label.setText(without_expressions(text))
    font = QFont()
    font.setBold(bold)
    size = fitting_size(text, font, frame, size)
    font.setPointSizeF(size)
    if hasattr(label, "setTextFormat"):
        shape = label.textFormat()
        shape.setFont(font)
        shape.setSize(size)
        shape.setSizeUnit(_points_unit())
        shape.setColor(QColor(20, 20, 20))
        label.setTextFormat(shape)
    else:
        label.setFont(font)
    label.setMarginX(0)
    label.setMarginY(0)
    label.setVAlign(Qt.AlignmentFlag.AlignTop)
    label.setHAlign(Qt.AlignmentFlag.AlignLeft)
    layout.addLayoutItem(label)
    _place_item(label, frame)
    return label


def _points_unit() -> Any:
    from qgis.core import Qgis

    return (
        Qgis.RenderUnit.Points
        if hasattr(Qgis, "RenderUnit")
        else QgsUnitTypes.RenderUnit.RenderPoints
    )


def _place_item(item: Any, frame: QRectF) -> None:
    item.attemptMove(QgsLayoutPoint(frame.left(), frame.top()))
    item.attemptResize(QgsLayoutSize(frame.width(), frame.height()))
