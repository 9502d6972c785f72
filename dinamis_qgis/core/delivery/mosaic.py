"""Tiles as one image, MS and P as one pansharpened: virtual files (VRT) that GDAL 3.2 and later
read, bands named and in order.

Not through GDAL's DIMAP driver: it keeps the file's band order, names nothing in JPEG 2000, and
changed between 3.6 and 3.13 in what it takes from the description. The pixels and the grid are the
same, which the tests hold against that driver.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Callable

from dinamis_qgis.core.crs import epsg_of
from dinamis_qgis.core.delivery.dim import Dim, DimapTile
from dinamis_qgis.core.delivery.dim_values import number_in
from dinamis_qgis.core.delivery.rpc import read_model, unusable_model
from dinamis_qgis.core.delivery.vrt import (
    COLOURS,
    build_overviews,
    levels_of,
    relative_name,
    write_vrt,
)
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.rasters import number_text, open_image, quiet_gdal
from dinamis_qgis.core.text import tr

ORDER = ("pan", "red", "green", "blue", "nir")
"""Natural colours first; what else there is follows in the order of the file."""
_SMALL = 2048
"""An image this wide draws fast enough without overviews."""


@dataclass(frozen=True)
class TileGrid:
    """Where an image lies: GDAL's six numbers, and the CRS as WKT; both empty for raw geometry."""

    transform: tuple[float, ...]
    crs: str
    columns: int = 0
    rows: int = 0

    @property
    def epsg(self) -> int | None:
        """The code of the CRS, where it has one."""
        return epsg_of(self.crs)

    @property
    def pixel(self) -> float | None:
        """Size of a pixel in metres; None in degrees and for raw geometry."""
        side = abs(self.transform[1]) if self.transform else 0.0
        return side if side > 0.01 else None


@dataclass(frozen=True)
class _OpenedMosaic:
    """What a tile's own file says."""

    columns: int
    rows: int
    kind: str
    block: tuple[int, int]
    transform: tuple[float, ...]
    crs: str
    rpc: dict[str, str]
    overviews: int


def assemble_vrt(
    dim: Dim, target: Path, root: Path, cancel: Cancel, progress: Callable[[float], None]
) -> TileGrid:
    """Write the VRT of an image at ``target``; sources below ``root`` are named relatively, so that
    the folder can move.

    Every tile is opened and its last pixel read first: a damaged one is told by name. Raw geometry
    (SEN) is placed by its RPC at the mean height. Raises Cancelled, InvalidInput (``tile``,
    ``raw``), StorageError.
    """
    opened: dict[DimapTile, _OpenedMosaic] = {}
    for number, tile in enumerate(dim.tiles):
        cancel.check()
        opened[tile] = _inspect_tile(tile)
        progress(0.3 * (number + 1) / len(dim.tiles))
    places = _tile_places(dim, opened)
    grid = _image_grid(dim, opened, places)
    virtual = opened[dim.tiles[0]].overviews >= 2
    if grid.transform:
        write_vrt(target, _mosaic_text(dim, opened, places, grid, target, root, virtual, {}))
    else:
        raw = target.with_name(f"{target.stem}_brut.vrt")
        rpc = _rpc_model(dim, opened)
        write_vrt(raw, _mosaic_text(dim, opened, places, grid, raw, root, virtual, rpc))
        grid = _place_by_rpc(raw, target, dim, rpc)
    if not virtual and max(dim.columns, dim.rows) > _SMALL:
        build_overviews(target, cancel, lambda share: progress(0.3 + 0.7 * share))
    progress(1.0)
    return grid


def _rpc_model(dim: Dim, opened: dict[DimapTile, _OpenedMosaic]) -> dict[str, str]:
    """The RPC model of an image: its file, else what the first tile itself holds.

    Raises InvalidInput (``raw``).
    """
    if dim.model is not None:
        return read_model(dim.model)
    first = dim.tiles[0]
    rpc = opened[first].rpc if (first.row, first.column) == (1, 1) else {}
    if not rpc:
        raise InvalidInput(
            tr(
                "This image is in raw geometry (level SEN) and its RPC model is missing: it "
                "cannot be placed on a map."
            ),
            tr("Ask for the product at level ORT."),
            code="raw",
        )
    return rpc


def _inspect_tile(tile: DimapTile) -> _OpenedMosaic:
    with quiet_gdal() as gdal:
        try:
            dataset = open_image(str(tile.path))
            if dataset is None:
                raise RuntimeError(gdal.GetLastErrorMsg())
            gdal.ErrorReset()
            band = dataset.GetRasterBand(1)
            last = dataset.ReadRaster(dataset.RasterXSize - 1, dataset.RasterYSize - 1, 1, 1)
            if (
                last is None
                or gdal.GetLastErrorType() >= gdal.CE_Failure
                or dataset.RasterCount != tile.count
            ):
                raise RuntimeError(
                    gdal.GetLastErrorMsg() or f"{dataset.RasterCount} bands, {tile.count} announced"
                )
        except RuntimeError as error:
            raise _bad_tile(tile, str(error)[:200]) from None
        transform = dataset.GetGeoTransform(can_return_null=True)
        spatial = dataset.GetSpatialRef()
        return _OpenedMosaic(
            columns=dataset.RasterXSize,
            rows=dataset.RasterYSize,
            kind=gdal.GetDataTypeName(band.DataType),
            block=tuple(band.GetBlockSize()),
            transform=tuple(transform or ()),
            crs=spatial.ExportToWkt() if spatial else "",
            rpc=dict(dataset.GetMetadata("RPC") or {}),
            overviews=band.GetOverviewCount(),
        )


def _tile_places(
    dim: Dim, opened: dict[DimapTile, _OpenedMosaic]
) -> dict[DimapTile, tuple[int, int]]:
    """Column and row of each tile's upper left pixel.

    Raises InvalidInput when they do not fill the image, but for tiles on which nothing is.
    """
    first = opened[dim.tiles[0]]
    width, height = dim.tile_columns or first.columns, dim.tile_rows or first.rows
    places = {}
    covered = 0
    for tile, facts in opened.items():
        left, top = (tile.column - 1) * width, (tile.row - 1) * height
        if (
            left + facts.columns > dim.columns
            or top + facts.rows > dim.rows
            or facts.kind != first.kind
        ):
            raise _bad_tile(tile, f"{facts.columns} × {facts.rows} {facts.kind} at {left}, {top}")
        places[tile] = (left, top)
        covered += facts.columns * facts.rows * tile.count
    if covered < dim.columns * dim.rows * len(dim.bands) and not dim.blank:
        raise InvalidInput(
            tr("The tiles do not fill the image: some are missing."),
            tr("Download or unpack the delivery again, all its volumes."),
            code="missing",
            details=f"{covered} of {dim.columns * dim.rows * len(dim.bands)} values",
        )
    return places


def _image_grid(
    dim: Dim, opened: dict[DimapTile, _OpenedMosaic], places: dict[DimapTile, tuple[int, int]]
) -> TileGrid:
    """The files' own grid, else that of the description."""
    if dim.level == "SEN":
        return TileGrid((), "")
    first = dim.tiles[0]
    facts, (left, top) = opened[first], places[first]
    crs = _wkt_of_epsg(dim.epsg) or facts.crs
    given = facts.transform
    if given and crs and given != (0.0, 1.0, 0.0, 0.0, 0.0, 1.0):
        x = given[0] - left * given[1] - top * given[2]
        y = given[3] - left * given[4] - top * given[5]
        return TileGrid((x, *given[1:3], y, *given[4:6]), crs, dim.columns, dim.rows)
    if dim.corner and crs:
        x, y, width, height = dim.corner
        return TileGrid((x, width, 0.0, y, 0.0, -height), crs, dim.columns, dim.rows)
    return TileGrid((), "")


def _wkt_of_epsg(epsg: int | None) -> str:
    from osgeo import osr

    crs = osr.SpatialReference()
    with quiet_gdal():
        try:
            return str(crs.ExportToWkt()) if epsg and crs.ImportFromEPSG(epsg) == 0 else ""
        except RuntimeError:
            return ""


def nodata_of(dim: Dim) -> float | None:
    """What means nothing in an image: what is said, and 0 where a blank tile was left out."""
    return 0.0 if dim.nodata is None and dim.blank else dim.nodata


def _mosaic_text(
    dim: Dim,
    opened: dict[DimapTile, _OpenedMosaic],
    places: dict[DimapTile, tuple[int, int]],
    grid: TileGrid,
    target: Path,
    root: Path,
    virtual: bool,
    rpc: dict[str, str],
) -> str:
    colours = dim.colours
    order = sorted(
        range(len(colours)),
        key=lambda i: (ORDER.index(colours[i]) if colours[i] in ORDER else 9, i),
    )
    lines = [
        f'<VRTDataset rasterXSize="{dim.columns}" rasterYSize="{dim.rows}">',
        *_head_lines(grid),
    ]
    facts = {
        "COPYRIGHT": dim.credit,
        "ACQUISITION": dim.moment.isoformat() if dim.moment else "",
        "LEVEL": dim.level,
    }
    lines += _metadata_lines("", facts) + _metadata_lines("RPC", rpc)
    for number, index in enumerate(order, start=1):
        name = colours[index]
        lines.append(f'<VRTRasterBand dataType="{opened[dim.tiles[0]].kind}" band="{number}">')
        lines.append(f"<Description>{escape(name)}</Description>")
        lines.append(f"<ColorInterp>{COLOURS.get(name, 'Undefined')}</ColorInterp>")
        nodata = nodata_of(dim)
        if nodata is not None:
            lines.append(f"<NoDataValue>{number_text(nodata)}</NoDataValue>")
        lines += [
            _source_element(tile, opened[tile], places[tile], index, target, root)
            for tile in dim.tiles
            if tile.first <= index < tile.first + tile.count
        ]
        lines.append("</VRTRasterBand>")
    if virtual:
        levels = levels_of(max(dim.columns, dim.rows))
        lines.append(f'<OverviewList resampling="average">{levels}</OverviewList>')
    return "\n".join([*lines, "</VRTDataset>"])


def _head_lines(grid: TileGrid) -> list[str]:
    if not grid.transform:
        return []
    numbers = ", ".join(repr(float(value)) for value in grid.transform)
    return [
        f'<SRS dataAxisToSRSAxisMapping="{_axis_mapping(grid.crs)}">{escape(grid.crs)}</SRS>',
        f"<GeoTransform>{numbers}</GeoTransform>",
    ]


def _axis_mapping(wkt: str) -> str:
    """x east, y north, whatever the order the CRS itself has."""
    from osgeo import osr

    crs = osr.SpatialReference(wkt)
    return "2,1" if crs.EPSGTreatsAsLatLong() or crs.EPSGTreatsAsNorthingEasting() else "1,2"


def _metadata_lines(domain: str, values: dict[str, str]) -> list[str]:
    items = [
        f'<MDI key="{escape(key)}">{escape(value)}</MDI>' for key, value in values.items() if value
    ]
    return (
        [f'<Metadata domain="{domain}">' if domain else "<Metadata>", *items, "</Metadata>"]
        if items
        else []
    )


def _source_element(
    tile: DimapTile,
    facts: _OpenedMosaic,
    place: tuple[int, int],
    index: int,
    target: Path,
    root: Path,
) -> str:
    """Where the band ``index`` (from 0) of the image is."""
    name, relative = relative_name(tile.path, target, root)
    width, height = facts.columns, facts.rows
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="{relative}" '
        f'shared="1">{escape(name)}</SourceFilename>'
        f"<SourceBand>{index - tile.first + 1}</SourceBand>"
        f'<SourceProperties RasterXSize="{width}" RasterYSize="{height}" DataType="{facts.kind}"'
        f' BlockXSize="{facts.block[0]}" BlockYSize="{facts.block[1]}"/>'
        f'<SrcRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>'
        f'<DstRect xOff="{place[0]}" yOff="{place[1]}" xSize="{width}" '
        f'ySize="{height}"/></SimpleSource>'
    )


def _place_by_rpc(raw: Path, target: Path, dim: Dim, rpc: dict[str, str]) -> TileGrid:
    """Raw geometry on the ground by its RPC, at the mean height of the scene: right to some tens of
    metres in the hills.
    """
    lon, lat, height = (
        number_in(rpc.get(name, "0")) for name in ("LONG_OFF", "LAT_OFF", "HEIGHT_OFF")
    )
    if lon is None or lat is None or height is None or abs(lat) > 90:
        raise unusable_model("place of the model")
    lon = (lon + 180) % 360 - 180
    crs = f"EPSG:{(32600 if lat >= 0 else 32700) + min(60, int((lon + 180) // 6) + 1)}"
    nodata = number_text(nodata_of(dim) or 0.0)
    with quiet_gdal() as gdal:
        try:
            made = gdal.Warp(
                str(target),
                str(raw),
                format="VRT",
                dstSRS=crs,
                rpc=True,
                resampleAlg="cubic",
                srcNodata=nodata,
                dstNodata=nodata,
                transformerOptions=[f"RPC_HEIGHT={height}"],
            )
        except RuntimeError:
            made = None
        if made is None:
            raise unusable_model(gdal.GetLastErrorMsg())
        grid = TileGrid(
            tuple(made.GetGeoTransform()),
            made.GetSpatialRef().ExportToWkt(),
            made.RasterXSize,
            made.RasterYSize,
        )
        made.FlushCache()
    return grid


def outline_lonlat(grid: TileGrid, columns: int, rows: int) -> tuple[tuple[float, float], ...]:
    """Corners of an image in EPSG:4326, lon and lat; empty for raw geometry."""
    from osgeo import osr

    if not grid.transform or not grid.crs:
        return ()
    crs, lonlat = osr.SpatialReference(grid.crs), osr.SpatialReference()
    lonlat.ImportFromEPSG(4326)
    for reference in (crs, lonlat):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change, (x, a, b, y, d, e) = osr.CoordinateTransformation(crs, lonlat), grid.transform
    corners = ((0, 0), (columns, 0), (columns, rows), (0, rows))
    points = (change.TransformPoint(x + c * a + r * b, y + c * d + r * e) for c, r in corners)
    return tuple((float(point[0]), float(point[1])) for point in points)


def _bad_tile(tile: DimapTile, why: str) -> InvalidInput:
    return InvalidInput(
        tr("The image file “{name}” is damaged or not the one described.").format(
            name=tile.path.name
        ),
        tr("Download or unpack the delivery again."),
        code="tile",
        details=why,
    )
