"""Pictures as an animated GIF, with what GDAL has: it makes each frame, here they are put in one
file (GIF89a).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

from dinamis_qgis.core.change.grid import Array
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.files import replace_atomically
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr


def write_gif(
    path: Path, frames: Iterable[Array], seconds: float, cancel: Cancel | None = None
) -> None:
    """``frames`` are uint8 arrays (height, width, 3) of one size, shown ``seconds`` each, for ever.

    ``path`` is replaced only when all is written. Raises StorageError, Cancelled.
    """
    cancel = cancel or Cancel()
    body, size = bytearray(), (0, 0)
    control = b"\x21\xf9\x04\x04" + struct.pack("<H", max(2, round(seconds * 100))) + b"\x00\x00"
    for frame in frames:
        cancel.check()
        size = (int(frame.shape[1]), int(frame.shape[0]))
        body += control + _frame_image(frame)
    head = b"GIF89a" + struct.pack("<HH", *size) + b"\x70\x00\x00"
    forever = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    with replace_atomically(path) as part:
        part.write_bytes(head + forever + bytes(body) + b"\x3b")


def _frame_image(frame: Array) -> bytes:
    """One frame in its own 256 colours: image descriptor, colour table and data of the GIF that
    GDAL writes.
    """
    from osgeo import gdal

    height, width = int(frame.shape[0]), int(frame.shape[1])
    memory = gdal.GetDriverByName("MEM")
    colours = memory.Create("", width, height, 3, gdal.GDT_Byte)
    for band in range(3):
        colours.GetRasterBand(band + 1).WriteArray(frame[:, :, band])
    indexed = memory.Create("", width, height, 1, gdal.GDT_Byte)
    table = gdal.ColorTable()
    bands = [colours.GetRasterBand(band) for band in (1, 2, 3)]
    gdal.ComputeMedianCutPCT(*bands, 256, table)
    indexed.GetRasterBand(1).SetColorTable(table)
    gdal.DitherRGB2PCT(*bands, indexed.GetRasterBand(1), table)
    name = f"/vsimem/dinamis-{id(frame)}.gif"
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        written = gdal.GetDriverByName("GIF").CreateCopy(name, indexed)
        del written
        handle = gdal.VSIFOpenL(name, "rb")
        content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(name).size, handle))
        gdal.VSIFCloseL(handle)
    finally:
        gdal.Unlink(name)
        gdal.Unlink(f"{name}.aux.xml")
        gdal.PopErrorHandler()
    return _local_image(content)


def _local_image(content: bytes) -> bytes:
    """The image of a one-frame GIF, its global colour table made local."""
    flags = content[10]
    table = content[13 : 13 + 3 * 2 ** ((flags & 7) + 1)] if flags & 0x80 else b""
    place = 13 + len(table)
    while content[place] == 0x21:  # an extension: label, then blocks up to an empty one
        place = _skip_blocks(content, place + 2)
    if content[place] != 0x2C:
        raise ServiceError(
            tr("The animation could not be made."), code="gif", details="no image in GDAL's GIF"
        )
    descriptor = bytearray(content[place : place + 10])
    start = place + 10
    if descriptor[9] & 0x80:
        own = 3 * 2 ** ((descriptor[9] & 7) + 1)
        table, start = content[start : start + own], start + own
    else:
        descriptor[9] = (descriptor[9] & 0x40) | 0x80 | (flags & 7)
    return bytes(descriptor) + table + content[start : _skip_blocks(content, start + 1)]


def _skip_blocks(content: bytes, place: int) -> int:
    """The place after a chain of data blocks."""
    while content[place]:
        place += content[place] + 1
    return place + 1
