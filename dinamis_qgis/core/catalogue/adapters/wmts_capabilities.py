"""A WMTS 1.0.0 capabilities document: read as text, and written anew for one layer.

No XML parser sees what comes from outside, and nothing in it is expanded. What is written holds one
layer, its grid, and the profile's own address: QGIS reads it at once, and asks tiles of nobody
else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from dinamis_qgis.core.catalogue.model import TiledLayer

_PARTS = (
    "Identifier",
    "ScaleDenominator",
    "TopLeftCorner",
    "TileWidth",
    "TileHeight",
    "MatrixWidth",
    "MatrixHeight",
)
_LIMITS = ("TileMatrix", "MinTileRow", "MaxTileRow", "MinTileCol", "MaxTileCol")
Values = tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A tile matrix set: its CRS as written (a code, a URN or an address), and its levels
    (``_PARTS``).
    """

    crs: str
    levels: tuple[Values, ...] = ()

    @property
    def code(self) -> str:
        """``EPSG:…`` or ``OGC:CRS84``; empty for another."""
        if re.search(r"CRS:?84$", self.crs):
            return "OGC:CRS84"
        match = re.search(r"EPSG\W(?:.*\W)?(\d+)$", self.crs)
        return f"EPSG:{match.group(1)}" if match else ""


@dataclass(frozen=True)
class Offer:
    """A layer as the capabilities describe it; ``bounds`` is west, south, east, north in degrees;
    ``limits``: the tiles there are.
    """

    layer: TiledLayer
    title: str
    abstract: str
    bounds: tuple[float, ...]
    grid: Grid = Grid("")
    limits: tuple[Values, ...] = ()


def capabilities_url(url: str) -> str:
    """Where a service says what it has."""
    asked = {"SERVICE": "WMTS", "REQUEST": "GetCapabilities", "VERSION": "1.0.0"}
    return f"{url.split('?')[0]}?{urlencode(asked)}"


def read_capabilities(document: str, url: str) -> list[Offer]:
    """The layers of a capabilities document, read element by element; none of one that is cut
    short.
    """
    document = _uncommented(document).rstrip()
    if not re.search(r"</(?:\w+:)?Capabilities>$", document[-80:]):
        return []
    grids = {}
    for block in _blocks(document, "TileMatrixSet"):
        name, crs = _value(block, "Identifier"), _value(block, "SupportedCRS")
        grid = Grid(crs, tuple(_rows(block, "TileMatrix", _PARTS)))
        if name and grid.code:
            grids[name] = grid
    from dinamis_qgis.core.json_values import number  # shapely: not while QGIS starts

    found = []
    for block in _blocks(document, "Layer"):
        styles = list(_blocks(block, "Style"))
        plain = block
        for style in styles:
            plain = plain.replace(style, "", 1)
        matrix = next((m for m in _values(plain, "TileMatrixSet") if m in grids), "")
        name, formats = _value(plain, "Identifier"), list(_values(plain, "Format"))
        box = next(_blocks(plain, "WGS84BoundingBox"), "")  # others beside it are not in degrees
        low, high = _value(box, "LowerCorner").split(), _value(box, "UpperCorner").split()
        bounds = tuple(number(x) for x in (*low, *high))
        if name and formats and matrix and len(bounds) == 4 and None not in bounds:
            usual = next(
                (s for s in styles if 'isDefault="true"' in s), styles[0] if styles else ""
            )
            layer = TiledLayer(
                url,
                name,
                _value(usual, "Identifier") or "default",
                matrix,
                formats[0],
                grids[matrix].code,
            )
            corners = tuple(float(x or 0) for x in bounds)
            link = next(
                (
                    b
                    for b in _blocks(plain, "TileMatrixSetLink")
                    if matrix in _values(b, "TileMatrixSet")
                ),
                "",
            )
            limits = tuple(_rows(link, "TileMatrixLimits", _LIMITS))
            found.append(
                Offer(
                    layer,
                    _value(plain, "Title") or name,
                    _value(plain, "Abstract"),
                    corners,
                    grids[matrix],
                    limits,
                )
            )
    return found


def write_capabilities(offer: Offer) -> str:
    """A document for this one layer, whose tiles are asked of the profile's address alone."""
    layer, written = offer.layer, html.escape
    west, south, east, north = (f"{x:.9g}" for x in offer.bounds)
    tiles = f"{layer.url.split('?')[0]}?"
    way = (
        f'<ows:DCP><ows:HTTP><ows:Get xlink:href="{written(tiles)}"><ows:Constraint '
        f'name="GetEncoding"><ows:AllowedValues>'
        "<ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP>"
        "</ows:DCP>"
    )
    operations = "".join(
        f'<ows:Operation name="{name}">{way}</ows:Operation>'
        for name in ("GetCapabilities", "GetTile")
    )
    limits = "".join(_element("TileMatrixLimits", _LIMITS, values) for values in offer.limits)
    levels = "".join(_element("TileMatrix", _PARTS, values) for values in offer.grid.levels)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Capabilities xmlns="http://www.opengis.net/wmts/1.0" '
        'xmlns:ows="http://www.opengis.net/ows/1.1"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">'
        "<ows:ServiceIdentification><ows:ServiceType>OGC WMTS</ows:ServiceType>"
        "<ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification>"
        f"<ows:OperationsMetadata>{operations}</ows:OperationsMetadata>"
        f"<Contents><Layer><ows:Title>{written(offer.title)}</ows:Title>"
        f"<ows:WGS84BoundingBox><ows:LowerCorner>{west} {south}</ows:LowerCorner>"
        f"<ows:UpperCorner>{east} {north}</ows:UpperCorner></ows:WGS84BoundingBox>"
        f"<ows:Identifier>{written(layer.layer)}</ows:Identifier>"
        f'<Style isDefault="true"><ows:Identifier>{written(layer.style)}</ows:Identifier></Style>'
        f"<Format>{written(layer.format)}</Format>"
        f"<TileMatrixSetLink><TileMatrixSet>{written(layer.matrix_set)}</TileMatrixSet>"
        f"{f'<TileMatrixSetLimits>{limits}</TileMatrixSetLimits>' if limits else ''}"
        f"</TileMatrixSetLink></Layer>"
        f"<TileMatrixSet><ows:Identifier>{written(layer.matrix_set)}</ows:Identifier>"
        f"<ows:SupportedCRS>{written(offer.grid.crs)}</ows:SupportedCRS>{levels}</TileMatrixSet>"
        f"</Contents></Capabilities>\n"
    )


def _element(tag: str, names: Values, values: Values) -> str:
    parts = (f"{'ows:' if name == 'Identifier' else ''}{name}" for name in names)
    inside = "".join(f"<{part}>{html.escape(value)}</{part}>" for part, value in zip(parts, values))
    return f"<{tag}>{inside}</{tag}>"


def _rows(block: str, tag: str, names: Values) -> Iterator[Values]:
    """The values of each ``tag`` that has them all."""
    for part in _blocks(block, tag):
        values = tuple(_value(part, name) for name in names)
        if all(values):
            yield values


def _uncommented(document: str) -> str:
    first, *others = document.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _blocks(document: str, tag: str) -> Iterator[str]:
    """Each ``tag`` that holds elements, whole.

    One pass, whatever the document: what is never closed ends it.
    """
    opening = re.compile(rf"<(?:\w+:)?{tag}(?:\s[^<>]*)?>")
    closing = re.compile(rf"</(?:\w+:)?{tag}>")
    start = opening.search(document)
    while start:
        at = start.end()
        if re.compile(r"\s*<").match(document, at):
            end = closing.search(document, at)
            if end is None:
                return
            at = end.end()
            yield document[start.start() : at]
        start = opening.search(document, at)


def _values(block: str, tag: str) -> Iterator[str]:
    for match in re.finditer(rf"<(?:\w+:)?{tag}(?:\s[^<>]*)?>([^<]*)</", block):
        yield html.unescape(match.group(1)).strip()


def _value(block: str, tag: str) -> str:
    return next(_values(block, tag), "")
