"""A quicklook draped over its footprint on the map: a drawing on the canvas, never a layer of the
project.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, QPointF, QRectF, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPainter, QPainterPath, QPolygonF, QTransform
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.geometry.convert import to_map
from dinamis_qgis.bridge.layouts.render import WholeView
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.map.footprint_paths import path_of
from dinamis_qgis.gui.search.results import thumbnails

if TYPE_CHECKING:
    from dinamis_qgis.gui.search.results.model import Key

SIDE = 2048
"""Longest side of a quicklook on the map, in pixels."""
Corner = tuple[float, float]


class Drape(QObject):
    """``show(product)`` fetches and drapes; ``hide()`` takes it off. One at a time."""

    changed = pyqtSignal()
    """Shown, hidden, or being fetched."""
    failed = pyqtSignal(object)

    def __init__(self, context: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._canvas = context.iface.mapCanvas()
        self._job: tasks.Job | None = None
        self.item: _Item | None = None
        self.key: Key | None = None
        """The product previewed, also while its picture is on its way."""

    @property
    def loading(self) -> bool:
        """The picture is on its way."""
        return self._job is not None

    def show(self, product: Product) -> None:
        """Preview ``product``; the one before goes."""
        self.hide()
        href = picture_of(product)
        if not href or product.footprint is None:
            self.failed.emit(InvalidInput(tr("This product has no quicklook to show.")))
            return
        self.key = product.key
        fetch = thumbnails.make_fetcher(self._context)

        def work(job: tasks.Job) -> tuple[QImage, list[Corner]]:
            image = thumbnails.decode_picture(fetch(href, job.cancel), SIDE)
            if image is None:
                raise InvalidInput(tr("The quicklook of this product cannot be read."))
            return image, picture_corners(product, image)

        self._job = tasks.run(
            work,
            done=lambda found: self._fetched(product, *found),
            failed=self._failed,
            parent=self,
            title="quicklook",
        )
        self.changed.emit()

    def hide(self) -> None:
        """Nothing draped, nothing on its way."""
        before = self.key
        if self._job is not None:
            self._job.stop()
            self._job = None
        if self.item is not None:
            self.item.leave()
            self.item = None
        self.key = None
        if before is not None:
            self.changed.emit()

    def _fetched(self, product: Product, image: QImage, places: list[Corner]) -> None:
        self._job = None
        self.item = _Item(self._canvas, image, places, product.footprint)
        self.changed.emit()

    def _failed(self, error: DinamisError) -> None:
        self._job = None
        self.hide()
        self.failed.emit(error)


class _Item(WholeView):
    """The picture, its corners on the ground, clipped to the footprint."""

    def __init__(
        self, canvas: Any, image: QImage, places: list[Corner], footprint: BaseGeometry | None
    ) -> None:
        self._image, self._places, self._footprint = image, places, footprint
        self._crs = ""
        self._quad: list[QgsPointXY] = []
        self._path = QPainterPath()
        super().__init__(canvas, 40)

    def paint_view(self, painter: QPainter) -> None:
        """Warped to where its corners are now."""
        self._project()
        to_screen = self.canvas.getCoordinateTransform()
        quad = QPolygonF([to_screen.transform(point).toQPointF() for point in self._quad])
        size = QRectF(self._image.rect())
        source = QPolygonF([size.topLeft(), size.topRight(), size.bottomRight(), size.bottomLeft()])
        warp = QTransform()
        if len(self._quad) != 4 or not QTransform.quadToQuad(source, quad, warp):
            return
        painter.setClipPath(to_screen.transform().map(self._path))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(warp, True)
        painter.drawImage(QPointF(0, 0), self._image)

    def _project(self) -> None:
        """In the map's projection, once."""
        crs = self.canvas.mapSettings().destinationCrs()
        if crs.authid() == self._crs and self._quad:
            return
        self._crs, self._quad = crs.authid(), []
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance().transformContext()
        )
        try:
            self._quad = [transform.transform(QgsPointXY(x, y)) for x, y in self._places]
        except QgsCsException:
            return
        shape = to_map(self._footprint, crs) if self._footprint is not None else QgsGeometry()
        self._path = path_of(shape)


def picture_of(product: Product) -> str:
    """The address of the largest picture for people: an overview, else the thumbnail; empty when
    there is none.
    """
    for asset in product.assets:
        passive = "overview" in asset.roles or asset.key.lower() in (
            "quicklook",
            "overview",
            "preview",
        )
        if passive and asset.media_type.startswith(("image/jpeg", "image/png", "image/webp")):
            return asset.href
    return product.thumbnail


def picture_corners(product: Product, image: QImage) -> list[Corner]:
    """Where the picture's corners lie (upper left, then clockwise), longitude and latitude.

    A picture with blank corners is north up, cut to the box around the scene in its own projection;
    else it is the scene itself, corner to corner.
    """
    footprint = product.footprint
    if footprint is None:
        return []
    if blank_corners(image) >= 2:
        return _box_corners(footprint, product.epsg)
    return quad_of(footprint)


def blank_corners(image: QImage) -> int:
    """How many of the four corners are transparent, black or white."""
    right, bottom = image.width() - 1, image.height() - 1
    pixels = [image.pixelColor(x, y) for x, y in ((0, 0), (right, 0), (right, bottom), (0, bottom))]
    return sum(
        c.alpha() < 8 or max(c.getRgb()[:3]) < 10 or min(c.getRgb()[:3]) > 248 for c in pixels
    )


def quad_of(footprint: BaseGeometry) -> list[Corner]:
    """The four corners of a footprint, from the north-west one clockwise; of other shapes those of
    the box that fits best.
    """
    outline = getattr(footprint, "exterior", None)
    points = list(outline.coords)[:-1] if outline is not None else []
    if len(points) != 4:
        fitted = footprint.minimum_rotated_rectangle
        points = (
            list(fitted.exterior.coords)[:-1]
            if hasattr(fitted, "exterior")
            else list(box(*footprint.bounds).exterior.coords)[:-1]
        )
    flat = [(float(p[0]), float(p[1])) for p in points]
    squeeze = cos(radians(sum(y for _, y in flat) / len(flat)))
    turning = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(flat, [*flat[1:], flat[0]]))
    if turning < 0:  # counter-clockwise
        flat.reverse()
    first = max(range(len(flat)), key=lambda n: flat[n][1] - flat[n][0] * squeeze)
    return flat[first:] + flat[:first]


def _box_corners(footprint: BaseGeometry, epsg: int | None) -> list[Corner]:
    """The corners of the box around the footprint in its own projection, back on Earth."""
    crs = QgsCoordinateReferenceSystem(f"EPSG:{epsg}") if epsg else QgsCoordinateReferenceSystem()
    if crs.isValid() and not crs.isGeographic():
        extent = to_map(footprint, crs).boundingBox()
        back = QgsCoordinateTransform(
            crs, QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance().transformContext()
        )
        places = [
            (extent.xMinimum(), extent.yMaximum()), (extent.xMaximum(), extent.yMaximum()),
            (extent.xMaximum(), extent.yMinimum()), (extent.xMinimum(), extent.yMinimum()),
        ]  # fmt: skip
        try:
            found = [back.transform(QgsPointXY(x, y)) for x, y in places]
        except QgsCsException:
            found = []
        if found and not extent.isEmpty():
            return [(p.x(), p.y()) for p in found]
    west, south, east, north = footprint.bounds
    return [(west, north), (east, north), (east, south), (west, south)]
