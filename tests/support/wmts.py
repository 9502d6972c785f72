"""A small WMTS on loopback: capabilities in the Géoplateforme's manner, and tiles of one colour a
layer.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import load_profile
from tests.support.scripted import Answer, Seen
from tests.unit.catalogue.dialects import wmts_layer

ROOT = Path(__file__).resolve().parents[2]
EDGE = 20037508.3427892
COLOURS = {
    "ORTHOIMAGERY.ORTHO-SAT.SPOT.2020": (200, 30, 40),
    "ORTHOIMAGERY.ORTHO-SAT.SPOT.2021": (20, 160, 60),
}


def png(colour: tuple[int, int, int], side: int = 256) -> bytes:
    """One colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes(colour) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def capabilities(*names: str, kind: str = "image/png", levels: int = 19) -> str:
    """Those layers on the grid ``PM``; the address of its own operations is not to be trusted."""
    grid = "".join(
        f"<TileMatrix><ows:Identifier>{z}</ows:Identifier><ScaleDenominator>{559082264.0287178 / 2**z}"
        f"</ScaleDenominator>"
        f"<TopLeftCorner>-{EDGE} "
        f"{EDGE}</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight>"
        f"<MatrixWidth>{2**z}</MatrixWidth><MatrixHeight>{2**z}</MatrixHeight></TileMatrix>"
        for z in range(levels)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><Capabilities '
        'xmlns="http://www.opengis.net/wmts/1.0"'
        ' xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'version="1.0.0">'
        '<ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP><ows:Get '
        'xlink:href="http://127.0.0.1:9/else?"/>'
        "</ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata><Contents>"
        f"{''.join(wmts_layer(name, kind) for name in names)}"
        "<TileMatrixSet><ows:Identifier>PM</ows:Identifier><ows:SupportedCRS>EPSG:3857"
        "</ows:SupportedCRS>"
        f"{grid}</TileMatrixSet></Contents></Capabilities>"
    )


@dataclass
class Wmts:
    """A script for ``scripted``: what was asked is in ``tiles`` and ``asked``."""

    document: str = field(default_factory=lambda: capabilities(*COLOURS))
    asked: int = 0
    tiles: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Answer:
        values = {
            name.upper(): found[0] for name, found in parse_qs(urlsplit(seen.path).query).items()
        }
        if values.get("REQUEST") == "GetCapabilities":
            self.asked += 1
            return Answer(200, self.document.encode(), {"Content-Type": "application/xml"})
        if values.get("REQUEST") == "GetTile" and values.get("LAYER") in COLOURS:
            self.tiles.append(values)
            return Answer(200, png(COLOURS[values["LAYER"]]), {"Content-Type": "image/png"})
        return Answer(400)


def wmts_profile(root: str, **changes: object) -> Profile:
    """The profile of the real service with its map catalogue alone, moved to a test server."""
    folder = ROOT / "resources" / "profiles"
    profile = load_profile(folder / "dinamis.json", folder / "schema.json")
    found = next(c for c in profile.catalogues if c.kind == "wmts")
    return replace(
        profile, catalogues=(replace(found, url=f"{root}/wmts", default=True, **changes),)
    )  # type: ignore[arg-type]
