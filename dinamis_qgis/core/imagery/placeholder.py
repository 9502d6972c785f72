"""A local stand-in for imagery that cannot be read now: the same size, place and bands, with
nothing in it.

A layer over it keeps its style, extent and CRS, draws nothing, and is given its true source back
later. The name of the file is the href's, so that saving meanwhile writes the href.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

from dinamis_qgis.core.imagery.cache import folder_name
from dinamis_qgis.core.rasters import mask_of, nodata_in, number_text

GENERIC_BANDS = 16
"""Bands of a stand-in for a file never opened here: whatever bands the style names, they exist."""
_COLOURS = 1024
_WRITABLE = re.compile("[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]*")
"""What XML can hold."""
_HREF = re.compile(r'<MDI key="dinamis_href">([^<]*)</MDI>')


@dataclass(frozen=True)
class RasterShape:
    """What GDAL tells of a raster: size in pixels, affine transform, CRS as WKT, and (data type,
    nodata) of each band.
    """

    width: int
    height: int
    transform: tuple[float, ...]
    wkt: str
    bands: tuple[tuple[str, float | None], ...]
    mask: str = ""
    """What says where there is an image: ``mask`` beside the bands, ``alpha`` among them; empty
    where a nodata does, or nothing.
    """
    scales: tuple[tuple[float, float], ...] = ()
    """(scale, offset) of each band; empty where no band has any."""
    about: tuple[str, ...] = ()
    """What else each band is (unit, scale, colours), as a VRT writes it; empty where there is
    nothing to say.
    """

    def told(self, band: int) -> str:
        """What else a 1-based band is, as a VRT writes it."""
        return self.about[band - 1] if self.about else ""

    def offset(self, band: int) -> float:
        """What is added to the values of a 1-based band, in its own counts, to measure from 0."""
        scale, offset = self.scales[band - 1] if self.scales else (1.0, 0.0)
        return offset / scale if scale else 0.0


def shape_of(dataset: Any) -> RasterShape:
    """The shape of an open GDAL dataset."""
    from osgeo import gdal

    bands = [dataset.GetRasterBand(index + 1) for index in range(dataset.RasterCount)]
    scales = tuple((band.GetScale() or 1.0, band.GetOffset() or 0.0) for band in bands)
    about = tuple(map(_describe_band, bands))
    return RasterShape(
        dataset.RasterXSize,
        dataset.RasterYSize,
        tuple(dataset.GetGeoTransform()),
        dataset.GetProjection(),
        tuple((gdal.GetDataTypeName(band.DataType), nodata_in(band)) for band in bands),
        mask=mask_of(dataset),
        scales=scales if any(scale != (1.0, 0.0) for scale in scales) else (),
        about=about if any(about) else (),
    )


def _describe_band(band: Any) -> str:
    """Unit, scale and offset, colours of a GDAL band."""
    from osgeo import gdal

    found = f"<UnitType>{escape(band.GetUnitType()[:80])}</UnitType>" if band.GetUnitType() else ""
    scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
    if (scale, offset) != (1.0, 0.0):
        found += f"<Offset>{offset!r}</Offset><Scale>{scale!r}</Scale>"
    kind = band.GetColorInterpretation()
    if kind not in (gdal.GCI_Undefined, gdal.GCI_GrayIndex):
        found += f"<ColorInterp>{gdal.GetColorInterpretationName(kind)}</ColorInterp>"
    table = band.GetColorTable()
    if table is None:
        return found
    entries = (table.GetColorEntry(number) for number in range(min(table.GetCount(), _COLOURS)))
    colours = (
        "<Entry " + " ".join(f'c{n}="{c}"' for n, c in enumerate(entry, start=1)) + "/>"
        for entry in entries
    )
    return f"{found}<ColorTable>{''.join(colours)}</ColorTable>"


def generic_shape(
    extent: tuple[float, float, float, float] | None = None, wkt: str = ""
) -> RasterShape:
    """The shape of a file never opened here; ``extent`` (xmin, ymin, xmax, ymax) and ``wkt`` as the
    project remembers them.
    """
    size = 256
    west, south, east, north = extent or (0.0, 0.0, 1.0, 1.0)
    transform = (west, (east - west) / size, 0.0, north, 0.0, (south - north) / size)
    return RasterShape(size, size, transform, wkt, (("UInt16", 0.0),) * GENERIC_BANDS)


def path_for(folder: Path, href: str) -> Path:
    """Where the stand-in of ``href`` (or of the text of a compound) is kept."""
    name = (
        hashlib.blake2b(href.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if href.startswith("<")
        else folder_name(href)
    )
    return folder / f"{name}.vrt"


def write_placeholder(folder: Path, href: str, shape: RasterShape) -> Path:
    """Make or replace the stand-in of ``href``. Raises OSError, also for what no file can hold."""
    path = path_for(folder, href)
    text = _placeholder_vrt(href, shape)
    if not _WRITABLE.fullmatch(text):
        raise OSError(f"a data source with control characters: {path.name}")
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
    return path


def href_of(folder: Path, source: str) -> str | None:
    """The href a stand-in in ``folder`` stands for; None when ``source`` is no stand-in."""
    path = Path(source)
    if path.suffix != ".vrt" or path.parent != folder:
        return None
    try:
        match = _HREF.search(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return unescape(match.group(1)) if match else None


def is_generic(folder: Path, source: str) -> bool:
    """True for a stand-in made without knowing the file."""
    path = Path(source)
    try:
        return (
            path.parent == folder
            and path.read_text(encoding="utf-8").count("<VRTRasterBand") == GENERIC_BANDS
        )
    except (OSError, UnicodeDecodeError):
        return False


def _placeholder_vrt(href: str, shape: RasterShape) -> str:
    lines = [f'<VRTDataset rasterXSize="{shape.width}" rasterYSize="{shape.height}">']
    if shape.wkt:
        lines.append(
            f'<SRS dataAxisToSRSAxisMapping="{axis_mapping(shape.wkt)}">{escape(shape.wkt)}</SRS>'
        )
    lines.append(
        f"<GeoTransform>{', '.join(f'{value!r}' for value in shape.transform)}</GeoTransform>"
    )
    lines.append(f'<Metadata><MDI key="dinamis_href">{escape(href)}</MDI></Metadata>')
    if shape.mask == "mask":
        lines.append('<MaskBand><VRTRasterBand dataType="Byte"/></MaskBand>')
    for number, (kind, nodata) in enumerate(shape.bands, start=1):
        inside = f"<NoDataValue>{number_text(nodata)}</NoDataValue>" if nodata is not None else ""
        inside += shape.told(number)
        lines.append(f'<VRTRasterBand dataType="{kind}" band="{number}">{inside}</VRTRasterBand>')
    lines.append("</VRTDataset>")
    return "\n".join(lines)


def axis_mapping(wkt: str) -> str:
    """How a VRT maps the axes of ``wkt``: rasters are in x, y order whatever the CRS says."""
    from osgeo import osr

    system = osr.SpatialReference()
    try:
        failed = system.ImportFromWkt(wkt) != 0
    except (RuntimeError, ValueError, TypeError):  # with GDAL's exceptions on; no text of UTF-8
        failed = True
    if failed:
        return "1,2"
    return "2,1" if system.EPSGTreatsAsLatLong() or system.EPSGTreatsAsNorthingEasting() else "1,2"
