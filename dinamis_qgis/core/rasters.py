"""GDAL handled with care: options for one thread only, so that nobody else's reads change; writes
that are looked at; images of strangers opened as images and nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.files import why_not_written
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.xml import read_xml

IMAGE_DRIVERS = ("GTiff", "JP2OpenJPEG", "JP2KAK", "JP2ECW", "JP2MrSID", "JPEG", "PNG")
"""What images of a service or of a delivery are: formats that name no other file. A “.tif” that is
a virtual raster, or a request to a server, is none of them.
"""
ALONE = {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "GDAL_PAM_ENABLED": "NO"}
"""GDAL's options for looking at a file and at nothing beside it."""
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_REMOTE = re.compile(r"/vsi|://|\\\\|^//", re.IGNORECASE)
"""What leads to another host or into an archive."""
_BESIDE = 4
"""Overviews of overviews: nobody has more."""


def number_text(value: float) -> str:
    """A number as GDAL reads it back, every digit of it: six are not enough for a nodata."""
    exact = int(value) if isinstance(value, int) or float(value).is_integer() else float(value)
    return repr(exact)


def type_holds(kind: int, value: float) -> bool:
    """Whether a GDAL data type has ``value`` among its own: −9999 is none of eight bits, and NaN is
    no whole number.
    """
    import numpy
    from osgeo import gdal_array

    own = numpy.dtype(gdal_array.GDALTypeCodeToNumericTypeCode(kind))
    if own.kind in "fc":
        return not math.isfinite(value) or abs(value) <= float(numpy.finfo(own).max)
    whole = isinstance(value, int) or (math.isfinite(value) and float(value).is_integer())
    return whole and int(numpy.iinfo(own).min) <= value <= int(numpy.iinfo(own).max)


def nodata_in(band: Any) -> float | None:
    """The value of a GDAL band that means nothing; None where it has none, or says one that cannot
    be among its values.
    """
    value: float | None = band.GetNoDataValue()
    return value if value is not None and type_holds(band.DataType, value) else None


def mask_of(dataset: Any) -> str:
    """What says where a GDAL dataset is an image: ``mask`` beside its bands, ``alpha`` among them;
    empty where a nodata does, or nothing.
    """
    from osgeo import gdal

    flags = dataset.GetRasterBand(1).GetMaskFlags() if dataset.RasterCount else 0
    if flags & gdal.GMF_ALPHA:
        return "alpha"
    plain = flags & gdal.GMF_PER_DATASET and not flags & gdal.GMF_NODATA
    return "mask" if plain else ""


def holds_mask_only(band: Any) -> bool:
    """Whether a band of eight bits that GDAL calls transparency is a mask: where it is looked at
    it has no value but 255, or 0 and 255. Else it may be near infrared, of which GDAL was not told.
    """
    from osgeo import gdal

    if band.DataType != gdal.GDT_Byte or band.GetColorInterpretation() != gdal.GCI_AlphaBand:
        return False
    # The smallest overview; without one a piece of the middle, whatever the size of the image.
    count = band.GetOverviewCount()
    small = (band.GetOverview(count - 1) if count else None) or band
    width, height = min(small.XSize, _MASK_SAMPLE), min(small.YSize, _MASK_SAMPLE)
    column, row = (small.XSize - width) // 2, (small.YSize - height) // 2
    values = small.ReadAsArray(column, row, width, height)
    found = set() if values is None else set(values.ravel().tolist())
    return 255 in found and found <= {0, 255}


_MASK_SAMPLE = 512
"""Pixels of a side that are looked at, at most, to tell a mask."""


def is_classes(dataset: Any) -> bool:
    """Whether the values of a GDAL dataset are names of classes, which have no mean: it has colours
    or names of its own for them.
    """
    from osgeo import gdal

    band = dataset.GetRasterBand(1)
    return (
        band.GetColorTable() is not None
        or band.GetColorInterpretation() == gdal.GCI_PaletteIndex
        or bool(band.GetCategoryNames())
    )


@contextmanager
def thread_options(options: Mapping[str, str]) -> Iterator[None]:
    """GDAL configuration options for the calling thread, put back afterwards; a GDAL too old for
    that goes without them.
    """
    from osgeo import gdal

    if not hasattr(gdal, "GetThreadLocalConfigOption"):
        yield
        return
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in options}
    try:
        for name, value in options.items():
            gdal.SetThreadLocalConfigOption(name, value)
        yield
    finally:
        for name, old in before.items():
            gdal.SetThreadLocalConfigOption(name, old)


@contextmanager
def quiet_gdal() -> Iterator[Any]:
    """GDAL without messages on this thread."""
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield gdal
    finally:
        gdal.PopErrorHandler()


@contextmanager
def check_writing(path: Path) -> Iterator[None]:
    """What GDAL does inside reaches ``path``: of a full disk it says no more than a number that
    nobody reads. Raises StorageError.
    """
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    gdal.ErrorReset()
    try:
        yield
        failed = gdal.GetLastErrorType() >= gdal.CE_Failure
    except RuntimeError:  # GDAL with exceptions on
        failed = True
    finally:
        said = gdal.GetLastErrorMsg()
        gdal.PopErrorHandler()
    if not failed:
        return
    try:
        why = why_not_written(path)
        raise OSError(why.errno, said or why.strerror)
    except OSError as error:  # its folder may be gone
        raise from_os_error(error, path) from error


def check_tiles(path: Path) -> None:
    """Every tile of a GeoTIFF is whole in its file. Raises StorageError.

    From GDAL 3.10 on, what found no room when a file was closed is told to nobody.
    """
    from osgeo import gdal

    with check_writing(path):
        image = gdal.Open(str(path))
        if image is not None and _tiles_end(image.GetRasterBand(1)) > path.stat().st_size:
            raise RuntimeError


def _tiles_end(band: Any) -> int:
    """Where the last tile of a band ends in its file, in bytes."""
    width, height = band.GetBlockSize()
    places = (
        (x, y) for y in range(-(-band.YSize // height)) for x in range(-(-band.XSize // width))
    )
    ends = [0]
    for x, y in places:
        known = [
            band.GetMetadataItem(f"BLOCK_{what}_{x}_{y}", "TIFF") for what in ("OFFSET", "SIZE")
        ]
        ends.append(sum(int(value) for value in known if value))
    return max(ends)


def open_image(source: str, drivers: tuple[str, ...] = IMAGE_DRIVERS) -> Any:
    """The GDAL dataset of an image somebody else made; None when it is none of ``drivers``.

    A text is a virtual raster of ours. A local file is looked at first: GDAL, and QGIS after it,
    would follow what lies beside it to private files and other hosts; a virtual one may only name
    images of this disk. Raises InvalidInput (``unsafe``).
    """
    if source.startswith("<"):
        return _open_with_drivers(source, (*drivers, "VRT"), "VRT")
    if source.startswith("/vsi"):
        return _open_with_drivers(source, drivers, source.rpartition("/")[2][:80])
    path = Path(source)
    check_beside(path)
    if path.suffix.lower() != ".vrt":
        return _open_with_drivers(source, drivers, path.name)
    check_virtual(path)
    return _open_with_drivers(source, ("VRT",), path.name)


def check_virtual(path: Path, depth: int = 0) -> None:
    """Raises InvalidInput (``unsafe``) where a virtual raster is not as ours: of images on this
    disk, without code and without raw files.
    """
    try:
        root = read_xml(path)
    except InvalidInput as error:
        raise _unsafe_image(path.name, error.details) from None
    kinds = {node.attributes.get("subClass", "") for node in root.within("VRTRasterBand")}
    code = next(root.within("PixelFunctionCode"), None)
    if root.name != "VRTDataset" or code is not None or "VRTRawRasterBand" in kinds:
        raise _unsafe_image(path.name)
    for name in ("SourceFilename", "SourceDataset"):
        for node in root.within(name):
            nested = node.text.startswith("<VRTDataset") and not _REMOTE.search(node.text)
            if nested:
                continue
            if _REMOTE.search(node.text) or ":" in node.text[2:] or node.text.startswith("<"):
                raise _unsafe_image(path.name)
            part = path.parent / node.text
            if part.suffix.lower() == ".vrt" and part.is_file():
                if depth >= _BESIDE:
                    raise _unsafe_image(path.name)
                check_virtual(part, depth + 1)


def check_beside(path: Path, depth: int = 0) -> None:
    """Raises InvalidInput (``unsafe``) where a file that GDAL would take for a part of the image
    ``path`` is none, or names others.
    """
    for suffix in (".ovr", ".msk"):
        for part in _files_beside(path, suffix):
            with part.open("rb") as file:
                plain = file.read(4) in _TIFF
            if not plain or depth >= _BESIDE:
                raise _unsafe_image(part.name)
            check_beside(part, depth + 1)
            _open_with_drivers(str(part), ("GTiff",), part.name)
    for part in _files_beside(path, ".aux.xml"):
        try:
            said = read_xml(part)
        except InvalidInput as error:
            raise _unsafe_image(part.name, error.details) from None
        for node in said.within("MDI"):
            if "OVERVIEW_FILE" in node.attributes.get("key", "").upper():
                raise _unsafe_image(part.name)


def _files_beside(path: Path, suffix: str) -> list[Path]:
    names = (f"{path}{suffix}", f"{path}{suffix.upper()}")
    return [found for found in map(Path, names) if found.is_file()]


def _open_with_drivers(source: str, drivers: tuple[str, ...], name: str) -> Any:
    from osgeo import gdal

    local = not source.startswith(("/vsi", "<"))
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with thread_options(ALONE if local else {}):
            dataset = gdal.OpenEx(
                source, gdal.OF_RASTER | gdal.OF_READONLY, allowed_drivers=list(drivers)
            )
            named = dataset is not None and dataset.GetMetadataItem("OVERVIEW_FILE", "OVERVIEWS")
        if named:  # a tag of the file itself may say so too
            raise _unsafe_image(name)
        return (
            gdal.OpenEx(source, gdal.OF_RASTER | gdal.OF_READONLY, allowed_drivers=list(drivers))
            if local and dataset is not None
            else dataset
        )
    except RuntimeError:  # GDAL with exceptions on
        return None
    finally:
        gdal.PopErrorHandler()


def _unsafe_image(name: str, details: str = "") -> InvalidInput:
    return InvalidInput(
        tr("“{name}” names other files to be read with the image: it was not opened.").format(
            name=name
        ),
        tr("Check where this image comes from."),
        code="unsafe",
        details=details,
    )
