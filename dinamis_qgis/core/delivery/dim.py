"""What a DIMAP v2 description (``DIM_*.XML``) says of an image, and what a volume (``VOL_*.XML``)
says it holds.

The description is trusted, never the names of folders: a folder named SPOT6 may hold a SPOT 7
product.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from dinamis_qgis.core.xml import Node, read_xml
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

COLOURS = {"B0": "blue", "B1": "green", "B2": "red", "B3": "nir", "P": "pan", "PAN": "pan"}
"""SPOT 6/7 and Pléiades name their bands by wavelength, whatever the order in the file."""
USUAL = {1: ("P",), 3: ("B2", "B1", "B0"), 4: ("B2", "B1", "B0", "B3")}
"""Order in the file when the description gives none."""
_LEVELS = {"SEN": "SEN", "PRO": "PRJ", "PRJ": "PRJ", "ORT": "ORT", "MOS": "MOS"}
_EPSG = re.compile(r"EPSG:+(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
_MOST_TILES = 10_000


@dataclass(frozen=True)
class Tile:
    """A file of the image: its place counted from 1."""

    row: int
    column: int
    path: Path


@dataclass(frozen=True)
class Dim:
    """One image.

    ``moment`` is the acquisition, UTC; angles in degrees, ``cloud`` in percent; None or empty when
    unknown.
    """

    path: Path
    name: str
    mission: str
    """``SPOT`` or ``PHR``."""
    index: str
    """``6``, ``7``, ``1A``, ``1B``."""
    moment: datetime | None
    level: str
    """``SEN`` (raw geometry), ``PRJ``, ``ORT``, ``MOS``."""
    bands: tuple[str, ...]
    """``B2``, ``P``…, in the order of the file."""
    columns: int
    rows: int
    tile_columns: int
    tile_rows: int
    """Of a full tile; 0 when the image is one file."""
    tiles: tuple[Tile, ...]
    epsg: int | None
    corner: tuple[float, float, float, float] | None
    """x and y of the upper left corner, pixel width and height, in the unit of the CRS."""
    footprint: tuple[tuple[float, float], ...]
    """Corners, lon and lat in EPSG:4326."""
    nodata: float | None
    incidence: float | None = None
    sun_azimuth: float | None = None
    sun_elevation: float | None = None
    cloud: float | None = None
    copyright: str = ""
    spectral: str = ""
    """``P``, ``MS``, ``PMS``, ``PMS-N``… as the description says."""

    @property
    def mode(self) -> str:
        """``PAN``, ``MS`` or ``PMS``."""
        if self.is_pan:
            return "PAN"
        return "PMS" if "PMS" in self.spectral.upper() or "_PMS" in self.path.name.upper() else "MS"

    @property
    def platform(self) -> str:
        """As STAC names it."""
        return (
            f"{'pleiades' if self.mission == 'PHR' else 'spot'}-{self.index.lower()}"
            if self.index
            else ""
        )

    @property
    def constellation(self) -> str:
        """As the profiles name it."""
        return {"PHR": "Pléiades", "SPOT": "SPOT 6/7"}.get(self.mission, self.mission)

    @property
    def is_pan(self) -> bool:
        """True for the panchromatic part of a bundle."""
        return len(self.bands) == 1

    @property
    def colours(self) -> tuple[str, ...]:
        """Common names of the bands, in the order of the file."""
        return tuple(COLOURS.get(band, band.lower()) for band in self.bands)

    @property
    def gsd(self) -> float | None:
        """Pixel size in metres, when the CRS is in metres."""
        return abs(self.corner[2]) if self.corner and abs(self.corner[2]) > 0.01 else None

    @property
    def credit(self) -> str:
        """The legal mention with the year of acquisition: the file's own when it holds that
        year.
        """
        year = str(self.moment.year) if self.moment else ""
        if self.copyright and (not year or year in self.copyright):
            return self.copyright
        if self.mission == "PHR":
            return " ".join(f"© CNES {year}".split()) + ", Distribution Airbus DS"
        return f"© Airbus DS {year}".strip() if self.mission == "SPOT" else self.copyright


def read_dim(path: Path) -> Dim:
    """The description of an image.

    Raises InvalidInput (``xml``, ``dim``, ``missing``), StorageError.
    """
    root = read_xml(path)
    dimensions = root.find("Raster_Data/Raster_Dimensions")
    if root.name != "Dimap_Document" or dimensions is None:
        raise _not_dim(path, "no Raster_Dimensions")
    columns, rows = _count(dimensions, "NCOLS", path), _count(dimensions, "NROWS", path)
    bands = _bands(root, _count(dimensions, "NBANDS", path))
    size = dimensions.find("Tile_Set/Regular_Tiling/NTILES_SIZE")
    attributes = size.attributes if size is not None else {}
    mission, index = _satellite(root, path)
    return Dim(
        path=path,
        name=re.sub(r"(?i)^DIM_", "", path.stem),
        mission=mission,
        index=index,
        moment=_moment(root),
        level=_level(root, path),
        bands=bands,
        columns=columns,
        rows=rows,
        tile_columns=_whole(attributes.get("ncols", "")),
        tile_rows=_whole(attributes.get("nrows", "")),
        tiles=_tiles(root, path),
        epsg=_epsg(root),
        corner=_corner(root),
        footprint=_footprint(root),
        nodata=_nodata(root),
        incidence=_central(root, "Acquisition_Angles/INCIDENCE_ANGLE"),
        sun_azimuth=_central(root, "Solar_Incidences/SUN_AZIMUTH"),
        sun_elevation=_central(root, "Solar_Incidences/SUN_ELEVATION"),
        cloud=_within(_number(root.value("Dataset_Content/CLOUD_COVERAGE")), 0, 100),
        spectral=root.value("Processing_Information/Product_Settings/SPECTRAL_PROCESSING")[:10],
        copyright=next((node.text for node in root.within("COPYRIGHT") if node.text), "")[:200],
    )


def components(volume: Path) -> list[Path]:
    """The ``DIM_*.XML`` a volume announces, there or not. Raises as ``read_dim``."""
    root = read_xml(volume)
    found = []
    for node in root.every("Dataset_Content/Dataset_Components/Component"):
        path = node.find("COMPONENT_PATH")
        href = path.attributes.get("href", "") if path is not None else ""
        if href.rpartition("/")[2].upper().startswith("DIM_"):
            found.append(beside(volume, href))
    return found


def beside(description: Path, href: str) -> Path:
    """The file ``href`` of a description; found also when the disk changed case or accents.

    Raises InvalidInput for one outside.
    """
    parts = [part for part in href.replace("\\", "/").split("/") if part not in ("", ".")]
    outside = ".." in parts or href.startswith(("/", "\\")) or ":" in href or not parts
    if outside:
        raise InvalidInput(
            tr("“{name}” points at a file outside the delivery.").format(name=description.name),
            tr("Check where this delivery comes from."),
            code="unsafe",
            details=repr(href[:200]),
        )
    path = description.parent
    for part in parts:
        path = _same(path, part)
    return path


def _same(folder: Path, name: str) -> Path:
    exact = folder / name
    if os.path.lexists(exact):
        return exact
    wanted = _plain(name)
    if folder.is_dir():
        for entry in os.scandir(folder):
            if _plain(entry.name) == wanted:
                return Path(entry.path)
    return exact


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _tiles(root: Node, path: Path) -> tuple[Tile, ...]:
    tiles: dict[tuple[int, int], Tile] = {}
    for node in root.every("Raster_Data/Data_Access/Data_Files/Data_File"):
        file = node.find("DATA_FILE_PATH")
        href = file.attributes.get("href", "") if file is not None else ""
        place = (
            _whole(node.attributes.get("tile_R", "1")) or 1,
            _whole(node.attributes.get("tile_C", "1")) or 1,
        )
        if place in tiles or len(tiles) >= _MOST_TILES:
            raise _not_dim(path, f"two files for tile {place}")
        tiles[place] = Tile(*place, beside(path, href))
    if not tiles:
        raise _not_dim(path, "no data file")
    missing = [tile.path.name for tile in tiles.values() if not tile.path.is_file()]
    if missing:
        raise InvalidInput(
            tr("%n file(s) of the image are missing: {names}.", len(missing)).format(
                names=", ".join(missing[:3])
            ),
            tr("Download or unpack the delivery again, all its volumes."),
            code="missing",
            details=str(path.parent),
        )
    return tuple(tiles[place] for place in sorted(tiles))


def _bands(root: Node, count: int) -> tuple[str, ...]:
    """In the order of the file, as the description's index says."""
    indexed = {}
    for node in root.every("Raster_Data/Raster_Display/Raster_Index_List/Raster_Index"):
        indexed[_whole(node.value("BAND_INDEX"))] = node.value("BAND_ID").upper()
    if sorted(indexed) == list(range(1, count + 1)) and len(set(indexed.values())) == count:
        return tuple(indexed[number] for number in range(1, count + 1))
    return USUAL.get(count, tuple(f"B{number}" for number in range(count)))


def _satellite(root: Node, path: Path) -> tuple[str, str]:
    source = next(root.within("Strip_Source"), None)
    mission = (source.value("MISSION") if source else "").upper()
    index = (source.value("MISSION_INDEX") if source else "").upper()
    match = re.search(r"(?i)(SPOT|PHR)_?([67]|1[AB])", path.name)
    mission = (
        "PHR"
        if mission.startswith(("PHR", "PL"))
        else "SPOT"
        if mission.startswith("SPOT")
        else mission
    )
    if not mission and match:
        mission = match.group(1).upper()
    if not index and match and match.group(1).upper() == mission:
        index = match.group(2).upper()
    return mission, index if re.fullmatch(r"[0-9A-Z]{1,3}", index) else ""


def _moment(root: Node) -> datetime | None:
    for source in root.within("Strip_Source"):
        day, hour = source.value("IMAGING_DATE"), source.value("IMAGING_TIME")
        if day:
            return _instant(f"{day}T{hour or '00:00:00'}")
    times = [node.value("TIME") for node in _located(root)]
    return next((found for found in map(_instant, times) if found is not None), None)


def _instant(text: str) -> datetime | None:
    match = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\d*Z?$", text.strip())
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return moment.replace(microsecond=int((match[3] or "0").ljust(6, "0")))


def _located(root: Node) -> list[Node]:
    return list(root.every("Geometric_Data/Use_Area/Located_Geometric_Values"))


def _central(root: Node, path: str) -> float | None:
    """A value at the centre of the image, else the mean of what is given."""
    located = _located(root)
    centre = [
        n for n in located if n.value("LOCATION_TYPE").strip().lower() in ("center", "centre")
    ]
    values = [v for v in (_number(n.value(path)) for n in centre or located) if v is not None]
    return sum(values) / len(values) if values else None


def _level(root: Node, path: Path) -> str:
    text = root.value("Processing_Information/Product_Settings/PROCESSING_LEVEL").upper()
    match = re.search(r"_(SEN|PRJ|ORT|MOS)_", path.name.upper())
    return _LEVELS.get(text[:3], match.group(1) if match else "")


def _epsg(root: Node) -> int | None:
    for name in ("Projected_CRS/PROJECTED_CRS_CODE", "Geodetic_CRS/GEODETIC_CRS_CODE"):
        match = _EPSG.search(root.value(f"Coordinate_Reference_System/{name}"))
        if match:
            return int(match.group(1))
    return None


def _corner(root: Node) -> tuple[float, float, float, float] | None:
    node = root.find("Geoposition/Geoposition_Insert")
    if node is None:
        return None
    left, top, width, height = (
        _number(node.value(name)) for name in ("ULXMAP", "ULYMAP", "XDIM", "YDIM")
    )
    if left is None or top is None or not width or not height:
        return None
    return left, top, abs(width), abs(height)


def _footprint(root: Node) -> tuple[tuple[float, float], ...]:
    ring = []
    for vertex in root.every("Dataset_Content/Dataset_Extent/Vertex"):
        lon, lat = (
            _within(_number(vertex.value("LON")), -180, 180),
            _within(_number(vertex.value("LAT")), -90, 90),
        )
        if lon is not None and lat is not None:
            ring.append((lon, lat))
    return tuple(ring) if len(ring) >= 3 else ()


def _nodata(root: Node) -> float | None:
    for node in root.every("Raster_Data/Raster_Display/Special_Value"):
        if node.value("SPECIAL_VALUE_TEXT").upper() == "NODATA":
            return _number(node.value("SPECIAL_VALUE_COUNT"))
    return None


def _count(node: Node, name: str, path: Path) -> int:
    value = _whole(node.value(name))
    if not 0 < value < 2_000_000:
        raise _not_dim(path, f"{name} is “{node.value(name)[:20]}”")
    return value


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\s*\d{1,9}\s*", text) else 0


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def _within(value: float | None, low: float, high: float) -> float | None:
    return value if value is not None and low <= value <= high else None


def _not_dim(path: Path, why: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” is not the description of an image that can be used.").format(name=path.name),
        tr("Only DIMAP v2 deliveries (SPOT 6/7, Pléiades) can be opened here."),
        code="dim",
        details=why,
    )
