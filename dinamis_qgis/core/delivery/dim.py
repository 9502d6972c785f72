"""What a DIMAP v2 description (``DIM_*.XML``) says of an image, and what a volume (``VOL_*.XML``)
says it holds.

The description is trusted, never the names of folders: a folder named SPOT6 may hold a SPOT 7
product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from dinamis_qgis.core.delivery.dim_values import file_beside, number_in, value_between, whole_in
from dinamis_qgis.core.delivery.rpc import model_file
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.xml import Node, read_xml

COLOURS = {
    "B0": "blue", "B1": "green", "B2": "red", "B3": "nir", "P": "pan", "PAN": "pan",
    "R": "red", "G": "green", "B": "blue", "NIR": "nir", "RE": "rededge", "DB": "coastal",
}  # fmt: skip
"""SPOT 6/7 and Pléiades number their bands by wavelength, whatever the order in the file; Pléiades
Neo names them.
"""
USUAL = {1: ("P",), 3: ("B2", "B1", "B0"), 4: ("B2", "B1", "B0", "B3")}
"""Order in the file when the description gives none."""
_NEO = ("R", "G", "B", "NIR", "RE", "DB")
USUAL_NEO = {1: ("PAN",), 3: _NEO[:3], 4: _NEO[:4], 6: _NEO}
PLATFORMS = {"PHR": "pleiades", "PNEO": "pleiades-neo", "SPOT": "spot"}
CONSTELLATIONS = {"PHR": "Pléiades", "PNEO": "Pléiades Neo", "SPOT": "SPOT 6/7"}
_LEVELS = {"SEN": "SEN", "PRO": "PRJ", "PRJ": "PRJ", "ORT": "ORT", "MOS": "MOS"}
_EPSG = re.compile(r"EPSG:+(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
_MOST_TILES = 10_000
_MOST_CORNERS = 10_000


@dataclass(frozen=True)
class DimapTile:
    """A file of the image: its place counted from 1."""

    row: int
    column: int
    path: Path
    first: int = 0
    """Which band of the image, from 0, its first one is: Pléiades Neo has six in two files."""
    count: int = 0
    """How many bands it has."""


@dataclass(frozen=True)
class Dim:
    """One image.

    ``moment`` is the acquisition, UTC; angles in degrees, ``cloud`` in percent; None or empty when
    unknown.
    """

    path: Path
    name: str
    mission: str
    """``SPOT``, ``PHR``, ``PNEO``, else as the description says."""
    index: str
    """``6``, ``7``, ``1A``, ``1B``, ``3``, ``4``."""
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
    tiles: tuple[DimapTile, ...]
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
    sampling: float | None = None
    """Metres on the ground between two pixels, as the description says."""
    model: Path | None = None
    """Of raw geometry, the file of its RPC model."""
    blank: int = 0
    """How many tiles were not delivered because nothing is on them."""

    @property
    def mode(self) -> str:
        """``PAN``, ``MS`` or ``PMS``."""
        if self.is_pan:
            return "PAN"
        return "PMS" if "PMS" in self.spectral.upper() or "_PMS" in self.path.name.upper() else "MS"

    @property
    def platform(self) -> str:
        """As STAC names it."""
        known = PLATFORMS.get(self.mission, re.sub(r"[^a-z0-9]+", "-", self.mission.lower())[:20])
        return f"{known}-{self.index.lower()}" if self.index and known else ""

    @property
    def constellation(self) -> str:
        """As the profiles name it."""
        return CONSTELLATIONS.get(self.mission, self.mission)

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
        """Pixel size in metres: of the grid when its CRS is in metres, else as described."""
        return self.corner[2] if self.corner and self.corner[2] > 0.01 else self.sampling

    @property
    def credit(self) -> str:
        """The legal mention with the year of acquisition: the file's own if it holds that year."""
        year = str(self.moment.year) if self.moment else ""
        if self.copyright and (not year or year in self.copyright):
            return self.copyright
        if self.mission == "PHR":
            return " ".join(f"© CNES {year}".split()) + ", Distribution Airbus DS"
        return f"© Airbus DS {year}".strip() if self.mission in PLATFORMS else self.copyright


def read_dim(path: Path) -> Dim:
    """The description of an image.

    Raises InvalidInput (``xml``, ``dim``, ``missing``), StorageError.
    """
    root = read_xml(path)
    dimensions = root.find("Raster_Data/Raster_Dimensions")
    if root.name != "Dimap_Document" or dimensions is None:
        raise _not_dim(path, "no Raster_Dimensions")
    columns, rows = _read_count(dimensions, "NCOLS", path), _read_count(dimensions, "NROWS", path)
    size = dimensions.find("Tile_Set/Regular_Tiling/NTILES_SIZE")
    attributes = size.attributes if size is not None else {}
    mission, index = _read_satellite(root, path)
    bands = _band_order(root, _read_count(dimensions, "NBANDS", path), mission)
    tiles = _read_tiles(root, path, bands)
    return Dim(
        path=path,
        name=re.sub(r"(?i)^DIM_", "", path.stem),
        mission=mission,
        index=index,
        moment=_read_moment(root),
        level=_processing_level(root, path),
        bands=bands,
        columns=columns,
        rows=rows,
        tile_columns=whole_in(attributes.get("ncols", "")),
        tile_rows=whole_in(attributes.get("nrows", "")),
        tiles=tiles,
        epsg=_epsg_code(root),
        corner=_read_corner(root),
        footprint=_read_footprint(root),
        nodata=_read_nodata(root),
        sampling=_read_sampling(root),
        model=model_file(root, path),
        blank=_count_blank(dimensions, tiles),
        incidence=_central_value(root, "Acquisition_Angles/INCIDENCE_ANGLE"),
        sun_azimuth=_central_value(root, "Solar_Incidences/SUN_AZIMUTH"),
        sun_elevation=_central_value(root, "Solar_Incidences/SUN_ELEVATION"),
        cloud=value_between(number_in(root.value("Dataset_Content/CLOUD_COVERAGE")), 0, 100),
        spectral=root.value("Processing_Information/Product_Settings/SPECTRAL_PROCESSING")[:10],
        copyright=next((node.text for node in root.within("COPYRIGHT") if node.text), "")[:200],
    )


def component_files(volume: Path) -> list[Path]:
    """The ``DIM_*.XML`` a volume announces, there or not. Raises as ``read_dim``."""
    root = read_xml(volume)
    found = []
    for node in root.every("Dataset_Content/Dataset_Components/Component"):
        path = node.find("COMPONENT_PATH")
        href = path.attributes.get("href", "") if path is not None else ""
        if href.rpartition("/")[2].upper().startswith("DIM_"):
            found.append(file_beside(volume, href))
    return found


def _file_groups(root: Node) -> list[Node]:
    """The lists of files of an image: one, or for Pléiades Neo one for each three bands."""
    return list(root.every("Raster_Data/Data_Access/Data_Files"))


def _read_tiles(root: Node, path: Path, bands: tuple[str, ...]) -> tuple[DimapTile, ...]:
    tiles: dict[tuple[int, int, int], DimapTile] = {}
    first = 0
    groups = [group for group in _file_groups(root) if group.find("Data_File") is not None]
    for number, group in enumerate(groups, start=1):
        own = len(_indexed_bands(group))
        count = own if len(groups) > 1 and own else len(bands) - first
        for node in group.every("Data_File"):
            file = node.find("DATA_FILE_PATH")
            href = file.attributes.get("href", "") if file is not None else ""
            row = whole_in(node.attributes.get("tile_R", "1")) or 1
            column = whole_in(node.attributes.get("tile_C", "1")) or 1
            if (row, column, first) in tiles or len(tiles) >= _MOST_TILES:
                raise _not_dim(path, f"two files for tile {row}, {column}")
            tiles[row, column, first] = DimapTile(
                row, column, file_beside(path, href), first, count
            )
        first += count
        if first > len(bands) or (number == len(groups) and first < len(bands)):
            raise _not_dim(path, f"{first} bands in the files, {len(bands)} announced")
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


def _count_blank(dimensions: Node, tiles: tuple[DimapTile, ...]) -> int:
    """Tiles of the regular tiling that the description itself leaves out: nothing is on them."""
    listed = len({(tile.row, tile.column) for tile in tiles})
    count = dimensions.find("Tile_Set/Regular_Tiling/NTILES_COUNT")
    if count is None or whole_in(dimensions.value("Tile_Set/NTILES")) != listed:
        return 0
    whole = whole_in(count.attributes.get("ntiles_R", "")) * whole_in(
        count.attributes.get("ntiles_C", "")
    )
    return max(0, whole - listed)


def _indexed_bands(node: Node) -> list[tuple[int, str]]:
    """(number in the file, name) of the bands that ``Raster_Index`` elements below name."""
    return [
        (whole_in(index.value("BAND_INDEX")), index.value("BAND_ID").upper())
        for index in node.within("Raster_Index")
    ]


def _band_order(root: Node, count: int, mission: str) -> tuple[str, ...]:
    """In the order of the files, as the description's indexes say."""
    data = root.find("Raster_Data") or root
    groups = [_indexed_bands(group) for group in _file_groups(root)]
    if not any(groups):
        groups = [_indexed_bands(data)]
    names: list[str] = []
    for group in groups:
        numbers = sorted(number for number, _ in group)
        in_order = numbers == list(range(numbers[0], numbers[0] + len(group))) if group else False
        names += [name for _, name in (sorted(group) if in_order else group)]
    if len(names) == count and len(set(names)) == count and all(names):
        return tuple(names)
    usual = USUAL_NEO if mission == "PNEO" else USUAL
    return usual.get(count, tuple(f"B{number}" for number in range(count)))


def _read_satellite(root: Node, path: Path) -> tuple[str, str]:
    source = next(root.within("Strip_Source"), None)
    mission = _mission_name(source.value("MISSION") if source else "")
    index = (source.value("MISSION_INDEX") if source else "").upper()
    match = re.search(r"(?i)(SPOT|PHR|PNEO)_?([67]|1[AB]|[3-6])(?![0-9])", path.name)
    if not mission:
        profile = root.value("Metadata_Identification/METADATA_PROFILE")
        mission = match.group(1).upper() if match else _mission_name(profile.partition("_")[0])
    if not index and match and match.group(1).upper() == mission:
        index = match.group(2).upper()
    return mission, index if re.fullmatch(r"[0-9A-Z]{1,3}", index) else ""


def _mission_name(text: str) -> str:
    name = text.strip().upper()[:40]
    if "NEO" in name:
        return "PNEO"
    if name.startswith(("PHR", "PLEIADES", "PLÉIADES")):
        return "PHR"
    return "SPOT" if name.startswith("SPOT") else name


def _read_moment(root: Node) -> datetime | None:
    for source in root.within("Strip_Source"):
        day, hour = source.value("IMAGING_DATE"), source.value("IMAGING_TIME")
        if day:
            return _parse_instant(f"{day}T{hour or '00:00:00'}")
    times = [node.value("TIME") for node in _located_values(root)]
    return next((found for found in map(_parse_instant, times) if found is not None), None)


def _parse_instant(text: str) -> datetime | None:
    match = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\d*Z?$", text.strip())
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return moment.replace(microsecond=int((match[3] or "0").ljust(6, "0")))


def _located_values(root: Node) -> list[Node]:
    return list(root.every("Geometric_Data/Use_Area/Located_Geometric_Values"))


def _central_value(root: Node, path: str) -> float | None:
    """A value at the centre of the image, else the mean of what is given."""
    located = _located_values(root)
    centre = [
        n for n in located if n.value("LOCATION_TYPE").strip().lower() in ("center", "centre")
    ]
    values = [v for v in (number_in(n.value(path)) for n in centre or located) if v is not None]
    return sum(values) / len(values) if values else None


def _processing_level(root: Node, path: Path) -> str:
    text = root.value("Processing_Information/Product_Settings/PROCESSING_LEVEL").upper()
    match = re.search(r"_(SEN|PRJ|ORT|MOS)_", path.name.upper())
    return _LEVELS.get(text[:3], match.group(1) if match else "")


def _epsg_code(root: Node) -> int | None:
    for name in ("Projected_CRS/PROJECTED_CRS_CODE", "Geodetic_CRS/GEODETIC_CRS_CODE"):
        match = _EPSG.search(root.value(f"Coordinate_Reference_System/{name}"))
        if match:
            return int(match.group(1))
    return None


def _read_corner(root: Node) -> tuple[float, float, float, float] | None:
    node = root.find("Geoposition/Geoposition_Insert")
    if node is None:
        return None
    left, top, width, height = (
        number_in(node.value(name)) for name in ("ULXMAP", "ULYMAP", "XDIM", "YDIM")
    )
    if left is None or top is None or not width or not height:
        return None
    return left, top, abs(width), abs(height)


def _read_footprint(root: Node) -> tuple[tuple[float, float], ...]:
    """As written: longitudes may go beyond ±180, or jump there."""
    centre = root.find("Dataset_Content/Dataset_Extent/Center")
    middle = _read_lonlat(centre) if centre is not None else None
    corners = map(_read_lonlat, root.every("Dataset_Content/Dataset_Extent/Vertex"))
    # Some list the centre as one vertex more.
    ring = [corner for corner in corners if corner is not None and corner != middle]
    return tuple(ring[:_MOST_CORNERS]) if len(ring) >= 3 else ()


def _read_lonlat(node: Node) -> tuple[float, float] | None:
    lon = value_between(number_in(node.value("LON")), -360, 360)
    lat = value_between(number_in(node.value("LAT")), -90, 90)
    return None if lon is None or lat is None else (lon, lat)


def _read_nodata(root: Node) -> float | None:
    for node in (root.find("Raster_Data") or root).within("Special_Value"):
        if node.value("SPECIAL_VALUE_TEXT").upper() == "NODATA":
            return number_in(node.value("SPECIAL_VALUE_COUNT"))
    return None


def _read_sampling(root: Node) -> float | None:
    """The mean of both directions at the centre, else what the image was resampled to."""
    names = ("GSD_ACROSS_TRACK", "GSD_ALONG_TRACK")
    sides = [_central_value(root, f"Ground_Sample_Distance/{name}") for name in names]
    known = [side for side in sides if side is not None]
    settings = "Processing_Information/Product_Settings/Sampling_Settings"
    node = root.find(f"{settings}/RESAMPLING_SPACING")
    if not known and node is not None and node.attributes.get("unit", "m") == "m":
        known = [side for side in (number_in(node.text),) if side is not None]
    found = value_between(sum(known) / len(known) if known else None, 0.05, 1000)
    return None if found is None else round(found, 3)


def _read_count(node: Node, name: str, path: Path) -> int:
    value = whole_in(node.value(name))
    if not 0 < value < 2_000_000:
        raise _not_dim(path, f"{name} is “{node.value(name)[:20]}”")
    return value


def _not_dim(path: Path, why: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” is not the description of an image that can be used.").format(name=path.name),
        tr("Only DIMAP v2 deliveries (SPOT 6/7, Pléiades) can be opened here."),
        code="dim",
        details=why,
    )
