"""A WMTS 1.0.0 capabilities document: read, and written anew for one layer.

Read as every XML of strangers is (``core.xml``): nothing in it is expanded. What is written holds
one layer, its grid, and the profile's own address: QGIS reads it at once, and asks tiles of nobody
else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dinamis_qgis.core.catalogue.model import TiledLayer
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.xml import Node, parse_xml

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
MOST_ELEMENTS = 600_000
"""A national service has a thousand layers, each with the limits of twenty levels."""
Values = tuple[str, ...]


@dataclass(frozen=True)
class TileMatrixGrid:
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
    grid: TileMatrixGrid = TileMatrixGrid("")
    limits: tuple[Values, ...] = ()


def capabilities_url(url: str) -> str:
    """Where a service says what it has."""
    asked = {"SERVICE": "WMTS", "REQUEST": "GetCapabilities", "VERSION": "1.0.0"}
    return f"{url.split('?')[0]}?{urlencode(asked)}"


def read_capabilities(document: str | bytes, url: str) -> list[Offer]:
    """The layers of a capabilities document; none of one that is cut short, or no such document."""
    try:
        root = parse_xml(document, "WMTS", MOST_ELEMENTS)
    except InvalidInput:
        return []
    if root.name != "Capabilities":
        return []
    grids: dict[str, TileMatrixGrid] = {}
    for node in root.every("Contents/TileMatrixSet"):
        grid = TileMatrixGrid(
            node.value("SupportedCRS"), tuple(_complete_rows(node.every("TileMatrix"), _PARTS))
        )
        if node.value("Identifier") and grid.code:
            grids[node.value("Identifier")] = grid
    found = (_read_offer(node, url, grids) for node in root.every("Contents/Layer"))
    return [offer for offer in found if offer is not None]


def _read_offer(node: Node, url: str, grids: Mapping[str, TileMatrixGrid]) -> Offer | None:
    """What a layer says of itself; None where it cannot be shown."""
    from dinamis_qgis.core.json_values import read_number  # shapely: not while QGIS starts

    links = list(node.every("TileMatrixSetLink"))
    link = next((x for x in links if x.value("TileMatrixSet") in grids), None)
    name, formats = node.value("Identifier"), [x.text for x in node.every("Format") if x.text]
    box = node.find("WGS84BoundingBox")  # others beside it are not in degrees
    corners = (*box.value("LowerCorner").split(), *box.value("UpperCorner").split()) if box else ()
    bounds = tuple(read_number(x) for x in corners)
    if not name or not formats or link is None or len(bounds) != 4 or None in bounds:
        return None
    styles = list(node.every("Style"))
    usual = next((s for s in styles if s.attributes.get("isDefault") == "true"), None)
    style = usual or (styles[0] if styles else Node("Style"))
    matrix = link.value("TileMatrixSet")
    layer = TiledLayer(
        url,
        name,
        style.value("Identifier") or "default",
        matrix,
        formats[0],
        grids[matrix].code,
    )
    return Offer(
        layer,
        node.value("Title") or name,
        node.value("Abstract"),
        tuple(float(x or 0) for x in bounds),
        grids[matrix],
        tuple(_complete_rows(link.every("TileMatrixSetLimits/TileMatrixLimits"), _LIMITS)),
    )


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
    limits = "".join(_element_text("TileMatrixLimits", _LIMITS, values) for values in offer.limits)
    levels = "".join(_element_text("TileMatrix", _PARTS, values) for values in offer.grid.levels)
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


def _element_text(tag: str, names: Values, values: Values) -> str:
    parts = (f"{'ows:' if name == 'Identifier' else ''}{name}" for name in names)
    inside = "".join(f"<{part}>{html.escape(value)}</{part}>" for part, value in zip(parts, values))
    return f"<{tag}>{inside}</{tag}>"


def _complete_rows(nodes: Iterable[Node], names: Values) -> Iterator[Values]:
    """The values of each element that has them all."""
    for node in nodes:
        values = tuple(node.value(name) for name in names)
        if all(values):
            yield values
