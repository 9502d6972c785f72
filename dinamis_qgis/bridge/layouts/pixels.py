"""Pixels of Qt's pictures as numbers."""

from __future__ import annotations

from qgis.PyQt.QtGui import QImage

from dinamis_qgis.core.change.grid import Array


def rgb_array(image: QImage) -> Array:
    """(height, width, 3) uint8, a copy. Any thread."""
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.bytesPerLine() * image.height())
    rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
