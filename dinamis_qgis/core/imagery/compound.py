"""Images made of several files without writing anything: GDAL virtual rasters as text, their
sources plain unsigned hrefs.

Such a text is a data source of its own: it is what a project keeps, and what opens again wherever
the files can be read. It has no double quotes: QGIS's GDAL tools, which give it to a shell, would
lose them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from html import escape
from pathlib import Path

from dinamis_qgis.core.crs import same_crs
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.imagery.layer_source import (
    escape_xml,
    is_compound,
    parse_source,
    unescape_xml,
)
from dinamis_qgis.core.imagery.placeholder import RasterShape, axis_mapping, generic_shape
from dinamis_qgis.core.rasters import number_text, type_holds
from dinamis_qgis.core.text import tr

NOTHING = -10.0
"""What the vegetation index is where there is no image."""
_SLIGHT, _TINY = -0.001, 0.0001
"""Added above and below so that 0 / 0 gives ``NOTHING``; a hundred-thousandth of what the values
are.
"""
SAME_SIZE = 1.01
PAN_SHARE = {"SPOT": {"nir": 0.0}, "PNEO": {"coastal": 0.0, "nir": 0.25}}
"""SPOT's panchromatic band (450–745 nm) sees no near infrared; that of Pléiades (470–830 nm) does,
that of Pléiades Neo (450–800 nm) a quarter of its own, and no deep blue (400–450 nm).
"""
_BAND = re.compile(
    r'<VRTRasterBand dataType=["\'](Byte|U?Int(?:8|16|32|64)|Float32|Float64)["\']'
    r' band=["\']\d+["\'][^>]*>'
    r"(?:<NoDataValue>([^<]*)</NoDataValue>)?"
)
_SIZE = re.compile(
    r"<VRTDataset rasterXSize=[\"']([1-9][0-9]{0,8})[\"'] rasterYSize=[\"']([1-9][0-9]{0,8})[\"']"
)
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?")
MOST_BANDS = 64
_BESIDE = re.compile(r"relativeToVRT=([\"'])1\1([^>]*)>([^<]+)<")
_SPECTRAL = re.compile(r"<SpectralBand[^>]*><SourceFilename[^>]*>([^<]+)</SourceFilename>")


@dataclass(frozen=True)
class CompoundPart:
    """A file of a compound: a GDAL path (``/vsicurl/`` and the unsigned href, or a local file) and
    its shape.
    """

    path: str
    shape: RasterShape
    nodata: float | None = None
    """What means nothing in it, where the file does not say."""
    beside: bool = False
    """``path`` is the name of a file in the folder of the compound."""
    colours: int = 0
    """How many bands come before the one that is a mask; 0: all are colours."""
    order: tuple[int, ...] = ()
    """For a mosaic, where they are not in the order of the others: its 1-based bands in theirs."""

    @property
    def nothing(self) -> float | None:
        """The value that means nothing; None where there is none, or a mask says more."""
        if self.shape.mask == "mask":
            return None
        kind, own = self.shape.bands[0]
        if own is not None or self.nodata is None:
            return own
        from osgeo import gdal

        return self.nodata if type_holds(gdal.GetDataTypeByName(kind), self.nodata) else None

    @property
    def hidden(self) -> str:
        """How a VRT is told to leave out what is no image, of what it takes from this file."""
        if self.nothing is not None:
            return f"<NODATA>{number_text(self.nothing)}</NODATA>"
        return "<UseMaskBand>true</UseMaskBand>" if self.shape.mask else ""

    def band(self, number: int) -> int:
        """Which of its bands is the ``number``-th of a mosaic."""
        return self.order[number - 1] if self.order else number


def pan_shares(mission: str, colours: Sequence[str]) -> list[float]:
    """How much of what the panchromatic band sees each band of a colour is; their sum is 1."""
    shares = [PAN_SHARE.get(mission, {}).get(colour, 1.0) for colour in colours]
    return [share / sum(shares) for share in shares]


def pansharpened_vrt(xs: CompoundPart, pan: CompoundPart, shares: Sequence[float] = ()) -> str:
    """The bands of ``xs`` in the detail of ``pan`` (weighted Brovey, computed while drawing).

    ``shares``: ``pan_shares``, else equal.

    Raises InvalidInput where the two are not in one CRS or have no place in common.
    """
    if not same_crs(pan.shape.wkt, xs.shape.wkt):
        raise InvalidInput(
            tr("The two files of this product are not in the same coordinate system."),
            code="compound",
        )
    west, south, east, north = _common_bounds([xs.shape, pan.shape])
    _, dx, _, _, _, dy = pan.shape.transform
    if east - west < abs(dx) or north - south < abs(dy):
        raise InvalidInput(
            tr("The two files of this product do not cover the same place."), code="compound"
        )
    bands = range(1, len(xs.shape.bands) + 1)
    nothing = xs.nothing if xs.nothing is not None else pan.nothing
    value = f"<NoData>{number_text(nothing)}</NoData>" if nothing is not None else ""
    weights = ",".join(f"{share:.6f}" for share in shares or [1 / len(bands)] * len(bands))
    colours = (
        xs.path if covers_same_place(xs.shape, pan.shape) else on_grid_of(xs, pan.shape, nothing)
    )
    spectral = "".join(
        f"<SpectralBand "
        f'dstBand="{band}">{_file_element(colours)}<SourceBand>{band}</SourceBand></SpectralBand>'
        for band in bands
    )
    options = (
        f"<PansharpeningOptions><Algorithm>WeightedBrovey</Algorithm><AlgorithmOptions><Weights>"
        f"{weights}</Weights></AlgorithmOptions>"
        f"<Resampling>Cubic</Resampling><NumThreads>ALL_CPUS</NumThreads>{value}"
        f"<SpatialExtentAdjustment>None</SpatialExtentAdjustment>"
        f"<PanchroBand>{_file_element(pan.path)}<SourceBand>1</SourceBand></PanchroBand>{spectral}"
        f"</PansharpeningOptions>"
    )
    kind = "VRTPansharpenedRasterBand"
    declared = "".join(
        _band_text(xs.shape.bands[band - 1][0], band, nothing, kind, xs.shape.told(band))
        for band in bands
    )
    masked = next((part for part in (pan, xs) if part.shape.mask == "mask"), None)
    seen = (
        _mosaic_mask([masked], _upper_left(pan.shape))
        if masked is not None and nothing is None
        else ""
    )
    return _dataset_text(pan.shape, seen + declared + options, ' subClass="VRTPansharpenedDataset"')


def covers_same_place(xs: RasterShape, pan: RasterShape) -> bool:
    """Whether both cover the same place, but for half a pixel of the finer one: GDAL takes them as
    one on top of the other.
    """
    return (
        max(abs(a - b) for a, b in zip(_bounds_of(xs), _bounds_of(pan)))
        <= abs(pan.transform[1]) / 2
    )


def on_grid_of(xs: CompoundPart, grid: RasterShape, nothing: float | None) -> str:
    """The bands of ``xs`` cut to the place and on the pixels of ``grid``: GDAL would stretch them
    over it otherwise.
    """
    corner = _upper_left(grid)
    numbered = enumerate(xs.shape.bands, start=1)
    return _dataset_text(
        grid,
        "".join(
            _band_text(kind, band, nothing, "", _placed_source(xs, band, corner, "cubic"))
            for band, (kind, _) in numbered
        ),
    )


def _upper_left(grid: RasterShape) -> tuple[float, float, float, float]:
    """west, north, dx, dy."""
    west, dx, _, north, _, dy = grid.transform
    return west, north, abs(dx), abs(dy)


def ndvi_vrt(image: CompoundPart, red: int, nir: int) -> str:
    """NDVI of 1-based bands: (nir - red) / (nir + red) as Float32, ``NOTHING`` where there is no
    image. GDAL ≥ 3.5.
    """
    bare = RasterShape(
        image.shape.width, image.shape.height, image.shape.transform, image.shape.wkt, ()
    )
    real = any(image.shape.bands[band - 1][0].startswith("Float") for band in (red, nir))
    if image.nothing or image.shape.mask or image.shape.scales or real:
        above, below = _scaled_sums(image, red, nir)
    else:
        above = _derived_band(
            1, "diff", _source_element(image.path, nir, _SLIGHT) + _source_element(image.path, red)
        )
        below = _derived_band(
            2, "sum", _source_element(image.path, nir, _TINY) + _source_element(image.path, red)
        )
    inner = _dataset_text(bare, above + below)
    return _dataset_text(
        bare,
        _derived_band(1, "div", _source_element(inner, 1) + _source_element(inner, 2), NOTHING),
    )


def _scaled_sums(image: CompoundPart, red: int, nir: int) -> tuple[str, str]:
    """Difference and sum of the two bands as they measure, both 0 where there is no image, and what
    is added everywhere: only so is 0 / 0 ``NOTHING`` whatever means nothing in the file.
    """
    scales = image.shape.scales
    kinds = {image.shape.bands[band - 1][0] for band in (red, nir)}
    small = 1e-4 if any(kind.startswith("Float") for kind in kinds) else 1.0  # reflectances
    ratio = scales[red - 1][0] / scales[nir - 1][0] if scales else 1.0

    def term(band: int, times: float) -> str:
        change = f"<ScaleOffset>{image.shape.offset(band) * times!r}</ScaleOffset>"
        change += f"<ScaleRatio>{times!r}</ScaleRatio>"
        return _complex_source(image.path, band, image.hidden + change)

    def constant(value: float) -> str:
        change = f"<ScaleOffset>{value:g}</ScaleOffset><ScaleRatio>0</ScaleRatio>"
        return _complex_source(image.path, nir, change)

    return (
        _derived_band(1, "sum", term(nir, 1.0) + term(red, -ratio) + constant(_SLIGHT * small)),
        _derived_band(2, "sum", term(nir, 1.0) + term(red, ratio) + constant(_TINY * small)),
    )


def mosaic_vrt(parts: Sequence[CompoundPart]) -> str:
    """One image of several, the first on top; at the resolution of the finest, each band of a type
    that holds all their values.

    Raises InvalidInput where they are not in one CRS or have not as many bands.
    """
    if not all(same_crs(parts[0].shape.wkt, part.shape.wkt) for part in parts):
        raise InvalidInput(
            tr("These images are not in the same coordinate system: they cannot be one mosaic."),
            tr("Choose images of one area."),
            code="mosaic",
        )
    if len({len(part.shape.bands) for part in parts}) != 1:
        raise InvalidInput(
            tr("Panchromatic and multispectral images cannot be one mosaic."),
            tr("Choose images of one kind."),
            code="mosaic",
        )
    if len({_scales_in_order(part) for part in parts}) != 1:
        raise InvalidInput(
            tr("These images do not count in the same unit: they cannot be one mosaic."),
            tr("Choose images of one kind."),
            code="mosaic",
        )
    first = parts[0].shape
    dx, dy = (
        min(abs(p.shape.transform[1]) for p in parts),
        min(abs(p.shape.transform[5]) for p in parts),
    )
    west, south, east, north = _union_bounds([part.shape for part in parts])
    width, height = round((east - west) / dx), round((north - south) / dy)
    whole = RasterShape(width, height, (west, dx, 0.0, north, 0.0, -dy), first.wkt, ())
    meant = {part.nothing for part in parts}
    # One value for all says it; where there are masks, or several values, only a mask can.
    nothing = parts[0].nothing if len(meant) == 1 else None
    corner = (west, north, dx, dy)
    told_by_alpha = all(part.shape.mask == "alpha" for part in parts)
    bands = [] if nothing is not None or told_by_alpha else [_mosaic_mask(parts, corner)]
    for band in range(1, len(first.bands) + 1):
        placed = "".join(_placed_source(part, band, corner) for part in reversed(parts))
        kind = _widest_type([part.shape.bands[part.band(band) - 1][0] for part in parts])
        told = {part.shape.told(part.band(band)) for part in parts}
        about = told.pop() if len(told) == 1 else ""  # colours of classes that differ are nobody's
        bands.append(_band_text(kind, band, nothing, "", about + placed))
    return _dataset_text(whole, "".join(bands))


def _scales_in_order(part: CompoundPart) -> tuple[tuple[float, float], ...]:
    """Scale and offset of each band, in the order of the mosaic."""
    count = len(part.shape.bands)
    own = part.shape.scales or ((1.0, 0.0),) * count
    return tuple(own[part.band(number) - 1] for number in range(1, count + 1))


def _mosaic_mask(parts: Sequence[CompoundPart], grid: tuple[float, float, float, float]) -> str:
    """Where on the grid (west, north, dx, dy) any of ``parts`` is an image."""
    placed = "".join(_mask_source(part, grid) for part in reversed(parts))
    return f'<MaskBand><VRTRasterBand dataType="Byte">{placed}</VRTRasterBand></MaskBand>'


def _mask_source(part: CompoundPart, grid: tuple[float, float, float, float]) -> str:
    """The mask of a part where it belongs: its own, or that of a nodata it does not say itself."""
    path, beside = part.path, part.beside
    if part.nothing is not None and part.shape.bands[0][1] is None:
        kind = part.shape.bands[0][0]
        whole = (
            f"<SimpleSource>{_file_element(path, beside)}<SourceBand>1</SourceBand></SimpleSource>"
        )
        path, beside = (
            _dataset_text(part.shape, _band_text(kind, 1, part.nothing, "", whole)),
            False,
        )
    where = _placement_text(part.shape, "Byte", grid)
    file = f"{_file_element(path, beside)}<SourceBand>mask,1</SourceBand>"
    return f"<ComplexSource>{file}{where}<NODATA>0</NODATA></ComplexSource>"


def _widest_type(kinds: Sequence[str]) -> str:
    """The data type that holds the values of all ``kinds``."""
    from osgeo import gdal

    found: str = gdal.GetDataTypeName(
        reduce(gdal.DataTypeUnion, map(gdal.GetDataTypeByName, kinds))
    )
    return found


def resolutions_differ(parts: Sequence[CompoundPart]) -> bool:
    """Whether the resolutions differ."""
    sizes = [abs(part.shape.transform[1]) for part in parts]
    return max(sizes) > SAME_SIZE * min(sizes)


def shape_in(text: str) -> RasterShape:
    """The shape of a compound, from its text alone; a generic one for a text that does not say."""
    size = _SIZE.search(text)
    place = re.search(r"<GeoTransform>([^<]*)</GeoTransform>", text)
    system = re.search(r"<SRS[^>]*>([^<]*)</SRS>", text)
    found = _BAND.findall(text)[:MOST_BANDS]
    bands = tuple((kind, _parse_number(value)) for kind, value in found)
    if not (is_compound(text) and size and place and bands):
        return generic_shape()
    transform = [_parse_number(value) for value in place.group(1).split(",")]
    finite = [value for value in transform if value is not None]
    if len(finite) != 6 or len(transform) != 6 or not finite[1] or not finite[5]:
        return generic_shape()
    wkt = unescape_xml(system.group(1)) if system else ""
    mask = "mask" if "<MaskBand>" in text else ""
    return RasterShape(int(size.group(1)), int(size.group(2)), tuple(finite), wkt, bands, mask=mask)


def _parse_number(text: str) -> float | None:
    """A finite number as GDAL writes it."""
    found = float(text) if _FLOAT.fullmatch(text.strip()) else math.nan
    return found if math.isfinite(found) else None


def on_its_own(text: str, folder: Path) -> str:
    """A virtual raster written in ``folder`` as a data source: what it names beside it is named in
    full.
    """

    def full(match: re.Match[str]) -> str:
        name = (folder / unescape_xml(match.group(3))).as_posix()
        return (
            f"relativeToVRT={match.group(1)}0{match.group(1)}{match.group(2)}>{escape_xml(name)}<"
        )

    return _BESIDE.sub(full, re.sub(r">\s+<", "><", text.strip()))


def files_in(source: str) -> list[str]:
    """The files a data source names: itself, or those that a compound, whatever it is nested in, is
    made of.
    """
    return [name.text for name in parse_source(source).names()]


def colours_in(source: str) -> str:
    """The multispectral file of a pansharpened data source; ``source`` itself for any other."""
    found = _SPECTRAL.search(source) if is_compound(source) else None
    return files_in(unescape_xml(found.group(1)))[0] if found else source


def _dataset_text(shape: RasterShape, inside: str, kind: str = "") -> str:
    srs = (
        f'<SRS dataAxisToSRSAxisMapping="{axis_mapping(shape.wkt)}">{escape(shape.wkt)}</SRS>'
        if shape.wkt
        else ""
    )
    place = ", ".join(repr(float(value)) for value in shape.transform)
    head = f'<VRTDataset rasterXSize="{shape.width}" rasterYSize="{shape.height}"{kind}>'
    return f"{head}{srs}<GeoTransform>{place}</GeoTransform>{inside}</VRTDataset>".replace('"', "'")


def _band_text(kind: str, number: int, nothing: float | None, subclass: str, inside: str) -> str:
    value = f"<NoDataValue>{number_text(nothing)}</NoDataValue>" if nothing is not None else ""
    named = f' subClass="{subclass}"' if subclass else ""
    return (
        f'<VRTRasterBand dataType="{kind}" band="{number}"{named}>{value}{inside}</VRTRasterBand>'
    )


def _derived_band(number: int, function: str, sources: str, nothing: float | None = None) -> str:
    how = (
        f"<PixelFunctionType>{function}</PixelFunctionType><SourceTransferType>Float32"
        f"</SourceTransferType>"
    )
    return _band_text("Float32", number, nothing, "VRTDerivedRasterBand", how + sources)


def _file_element(path: str, beside: bool = False) -> str:
    return f'<SourceFilename relativeToVRT="{int(beside)}">{escape_xml(path)}</SourceFilename>'


def _source_element(path: str, band: int, added: float | None = None) -> str:
    if added is None:
        return f"<SimpleSource>{_file_element(path)}<SourceBand>{band}</SourceBand></SimpleSource>"
    change = f"<ScaleOffset>{added:g}</ScaleOffset><ScaleRatio>1</ScaleRatio>"
    return _complex_source(path, band, change)


def _complex_source(path: str, band: int, how: str) -> str:
    return (
        f"<ComplexSource>{_file_element(path)}<SourceBand>{band}</SourceBand>{how}</ComplexSource>"
    )


def _placed_source(
    part: CompoundPart, band: int, grid: tuple[float, float, float, float], resampling: str = ""
) -> str:
    """A part where it belongs on the grid (west, north, dx, dy)."""
    band = part.band(band)
    where = _placement_text(part.shape, part.shape.bands[band - 1][0], grid)
    how = f' resampling="{resampling}"' if resampling else ""
    file = f"{_file_element(part.path, part.beside)}<SourceBand>{band}</SourceBand>"
    return f"<ComplexSource{how}>{file}{where}{part.hidden}</ComplexSource>"


def _placement_text(shape: RasterShape, kind: str, grid: tuple[float, float, float, float]) -> str:
    """From all of a file to its place on the grid (west, north, dx, dy)."""
    (west, north, dx, dy), box = grid, _bounds_of(shape)
    size = f'xSize="{shape.width}" ySize="{shape.height}"'
    file = f'RasterXSize="{shape.width}" RasterYSize="{shape.height}" DataType="{kind}"'
    place = (
        f'xOff="{(box[0] - west) / dx:.6f}" yOff="{(north - box[3]) / dy:.6f}" '
        f'xSize="{(box[2] - box[0]) / dx:.6f}" ySize="{(box[3] - box[1]) / dy:.6f}"'
    )
    return f'<SourceProperties {file}/><SrcRect xOff="0" yOff="0" {size}/><DstRect {place}/>'


def _bounds_of(shape: RasterShape) -> tuple[float, float, float, float]:
    """west, south, east, north of a north-up raster."""
    x, dx, _, y, _, dy = shape.transform
    return x, y + dy * shape.height, x + dx * shape.width, y


def _common_bounds(shapes: Sequence[RasterShape]) -> tuple[float, float, float, float]:
    boxes = [_bounds_of(shape) for shape in shapes]
    return (
        max(b[0] for b in boxes),
        max(b[1] for b in boxes),
        min(b[2] for b in boxes),
        min(b[3] for b in boxes),
    )


def _union_bounds(shapes: Sequence[RasterShape]) -> tuple[float, float, float, float]:
    boxes = [_bounds_of(shape) for shape in shapes]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
