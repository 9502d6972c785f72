"""“Open a delivery”: an archive, a folder, or a folder of many of them, become products at home
with files that are ready.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.delivery.clouds import cloud_layer, mask_files
from dinamis_qgis.core.delivery.dim import Dim
from dinamis_qgis.core.delivery.find import (
    DeliveryPlace,
    as_error,
    find_images,
    find_places,
    nothing_in,
)
from dinamis_qgis.core.delivery.mosaic import (
    ORDER,
    TileGrid,
    assemble_vrt,
    nodata_of,
    outline_lonlat,
)
from dinamis_qgis.core.delivery.vrt import relative_name, write_pansharpened
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import repair_area
from dinamis_qgis.core.local_catalogue.naming import safe_name
from dinamis_qgis.core.local_catalogue.record import product_at_home, write_record
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.text import tr

DELIVERY = "delivery"
"""``profile`` and ``catalogue`` of what came as an archive: it is nobody's online catalogue."""
Progress = Callable[[float, str], None]
COLLECTIONS = {"PHR": "pleiades", "PNEO": "pleiades-neo", "SPOT": "spot-6-7"}
_SAME_S = 6.0
"""P and MS of one bundle are taken within so many seconds."""


@dataclass(frozen=True)
class OpenedDelivery:
    """A product that is ready: its files have absolute paths; ``warnings`` are sentences."""

    product: Product
    source: Path
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """What could not be read, and why."""

    source: Path
    error: DinamisError


@dataclass
class Report:
    """Everything that was found, in order."""

    opened: list[OpenedDelivery] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def open_deliveries(
    source: Path, root: Path, cancel: Cancel, progress: Progress | None = None
) -> Report:
    """Open everything in ``source`` (archive, folder, DIM file); products are written below
    ``root`` and recorded there.

    One that fails does not stop the others; nothing found is a refusal of ``source``. Raises
    Cancelled.
    """
    tell = progress or (lambda share, text: None)
    report = Report()

    def refuse(path: Path, error: DinamisError) -> None:
        report.refused.append(Refused(path, error))

    tell(0.0, tr("Looking for deliveries…"))
    found: list[tuple[DeliveryPlace, Dim]] = []
    try:
        for place in list(find_places(source, root, cancel, tell, refuse)):
            found += [(place, dim) for dim in find_images(place, cancel, refuse)]
    except Exception as fault:  # noqa: BLE001 (what was found until then is opened)
        refuse(source, as_error(fault, source))
    groups = _group_by_image(found)
    if not found and not report.refused:
        refuse(source, nothing_in(source))
    homes = _Homes(root)
    for number, group in enumerate(groups):
        dim = group[0][1]
        text = tr("Assembling {name}…").format(name=dim.name)

        def step(share: float, number: int = number, text: str = text) -> None:
            tell(0.5 + 0.5 * (number + share) / len(groups), text)

        step(0.0)
        try:
            report.opened.append(_open_group(group, homes, cancel, step))
        except Exception as fault:  # noqa: BLE001 (a fault of one must not stop the others)
            refuse(dim.path, as_error(fault, dim.path))
    tell(1.0, "")
    return report


class _Homes:
    """Folders for products: one name, one delivery. Two of one name that are not the same lie in
    two, and one that comes again lies where it lay.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._taken: set[tuple[Path, str]] = set()

    def choose(self, place: DeliveryPlace, dim: Dim) -> tuple[Path, str]:
        """The folder of a product, and the name its files and its record have."""
        number = 1
        while True:
            name = dim.name if number == 1 else f"{dim.name}-{number}"
            home = place.home or self.root / safe_name(name)
            if (home, name) not in self._taken and self._free(home / safe_name(f"{name}.vrt"), dim):
                self._taken.add((home, name))
                return home, name
            number += 1

    def _free(self, target: Path, dim: Dim) -> bool:
        """Whether nothing is there, or an image of the same files."""
        written = [p for p in (target, target.with_name(f"{target.stem}_brut.vrt")) if p.is_file()]
        if not written:
            return True
        wanted = escape(relative_name(dim.tiles[0].path, target, self.root)[0])
        try:
            return any(f">{wanted}<" in path.read_text(encoding="utf-8") for path in written)
        except (OSError, ValueError):
            return False


def _group_by_image(
    found: list[tuple[DeliveryPlace, Dim]],
) -> list[list[tuple[DeliveryPlace, Dim]]]:
    """P beside the MS it goes with, taken at the same moment by the same satellite; everything else
    alone.
    """
    pans = [pair for pair in found if pair[1].is_pan]
    groups = []
    for pair in found:
        if pair[1].is_pan:
            continue
        partner = min(
            (p for p in pans if _belong_together(pair[1], p[1])),
            key=lambda p: _seconds_apart(pair[1], p[1]),
            default=None,
        )
        if partner is not None and pair[1].mode == "MS":
            pans.remove(partner)
            groups.append([pair, partner])
        else:
            groups.append([pair])
    return groups + [[pan] for pan in pans]


def _seconds_apart(ms: Dim, pan: Dim) -> float:
    return abs((ms.moment - pan.moment).total_seconds()) if ms.moment and pan.moment else 1e9


def _belong_together(ms: Dim, pan: Dim) -> bool:
    same = (ms.mission, ms.index, ms.level, ms.epsg) == (
        pan.mission,
        pan.index,
        pan.level,
        pan.epsg,
    )
    if not same or ms.level == "SEN" or _seconds_apart(ms, pan) > _SAME_S:
        return False
    one, two = (_polygon_of_ring(dim.footprint) for dim in (ms, pan))
    return one is None or two is None or bool(one.intersects(two))


def _open_group(
    group: list[tuple[DeliveryPlace, Dim]],
    homes: _Homes,
    cancel: Cancel,
    progress: Callable[[float], None],
) -> OpenedDelivery:
    (place, dim), root = group[0], homes.root
    pan = group[1][1] if len(group) > 1 else None
    home, name = homes.choose(place, dim)
    parts = [("ms" if pan else "image", dim)] + ([("pan", pan)] if pan else [])
    files: dict[str, tuple[Path, dict[str, Any]]] = {}
    assets: list[Asset] = []
    grid = TileGrid((), "")
    for number, (key, part) in enumerate(parts):
        path = home / safe_name(f"{_file_name(part, dim, name)}.vrt")

        def step(share: float, number: int = number) -> None:
            progress((number + share) / len(parts))

        found = assemble_vrt(part, path, root, cancel, step)
        grid = grid if number else found
        files[key] = (path, _file_facts(part, found))
        assets.append(_asset_of(key, part.mode, _bands_in_order(part), path, ("data",)))
    if pan is not None:
        path = home / safe_name(f"{name}_PMS.vrt")
        colours, nodata = _bands_in_order(dim), nodata_of(dim)
        write_pansharpened(files["ms"][0], files["pan"][0], dim.mission, colours, path, nodata)
        files = {"pansharpened": (path, files["pan"][1]), **files}
        assets.insert(
            0, _asset_of("pansharpened", "PMS", _bands_in_order(dim), path, ("data", "visual"))
        )
    clouds, warnings = _write_clouds(dim, grid, home / safe_name(f"{name}_clouds.gpkg"))
    if clouds is not None:
        files["clouds"] = (clouds, {"dinamis:asset": "clouds"})
        roles = ("data-mask", "cloud")
        assets.append(Asset("clouds", "", "application/geopackage+sqlite3", roles, tr("Clouds")))
    product = _product_of(name, dim, pan, tuple(assets), grid)
    path = write_record(root, product, files)
    return OpenedDelivery(product_at_home(path) or product, place.source, warnings)


def _file_name(part: Dim, dim: Dim, name: str) -> str:
    """``name`` for the image that gives it; another for its panchromatic part, whatever its own."""
    if part is dim:
        return name
    return part.name if part.name not in (dim.name, name) else f"{name}_P"


def _write_clouds(dim: Dim, grid: TileGrid, target: Path) -> tuple[Path | None, tuple[str, ...]]:
    """The cloud mask written, and what is to be said: a fault of it keeps no image away."""
    warnings = _level_warnings(dim)
    try:
        return cloud_layer(dim, grid, target), warnings
    except Exception as fault:  # noqa: BLE001 (a fault of a mask must not keep the image away)
        why = as_error(fault, target).message
        return None, (*warnings, tr("The cloud mask could not be read: {why}").format(why=why))


def _level_warnings(dim: Dim) -> tuple[str, ...]:
    if dim.level == "SEN":
        text = tr(
            "Raw geometry (level SEN): placed by its RPC model at the mean height of the scene, "
            "right to some tens of metres where the "
            "ground is hilly. Do not measure on it; ask for level ORT to do so."
        )
        return (
            text,
            *(
                [tr("Its cloud mask is in pixels of the raw image and was left out.")]
                if mask_files(dim)
                else []
            ),
        )
    if dim.level == "PRJ":
        return (tr("Level PRJ: placed on the map at one height, not corrected for the relief."),)
    return ()


def _bands_in_order(dim: Dim) -> tuple[str, ...]:
    """Common names in the order of the assembled image."""
    return tuple(
        sorted(
            dim.colours, key=lambda c: (ORDER.index(c) if c in ORDER else 9, dim.colours.index(c))
        )
    )


def _asset_of(
    key: str, mode: str, bands: tuple[str, ...], path: Path, roles: tuple[str, ...]
) -> Asset:
    titles = {"PMS": tr("Pansharpened"), "MS": tr("Multispectral"), "PAN": tr("Panchromatic")}
    return Asset(key, "", "application/x-gdal-vrt", roles, titles.get(mode, mode), bands=bands)


def _file_facts(dim: Dim, grid: TileGrid) -> dict[str, Any]:
    """What the record says of a file: the grid is the one that was written, its own for raw
    geometry too.
    """
    size = sum(tile.path.stat().st_size for tile in dim.tiles)
    facts: dict[str, Any] = {"dinamis:size": size}
    if grid.transform:
        a = grid.transform
        facts["proj:shape"] = [grid.rows, grid.columns]
        facts["proj:transform"] = [a[1], a[2], a[0], a[4], a[5], a[3]]
        facts |= {"proj:code": f"EPSG:{grid.epsg}"} if grid.epsg else {}
    gsd = dim.gsd or grid.pixel
    return {**facts, "gsd": round(gsd, 3)} if gsd else facts


def _product_of(
    name: str, dim: Dim, pan: Dim | None, assets: tuple[Asset, ...], grid: TileGrid
) -> Product:
    properties = {
        "processing:level": dim.level,
        "view:sun_azimuth": dim.sun_azimuth,
        "view:sun_elevation": dim.sun_elevation,
    }
    best = pan or dim
    return Product(
        profile=DELIVERY,
        catalogue=DELIVERY,
        collection=COLLECTIONS.get(dim.mission, safe_name(dim.mission.lower())),
        id=name,
        footprint=_footprint_of(dim, grid),
        datetime=dim.moment,
        constellation=dim.constellation,
        platform=dim.platform,
        mode="PMS" if pan else dim.mode,
        gsd=best.gsd or (round(grid.pixel, 3) if grid.pixel else None),
        cloud_cover=dim.cloud,
        incidence=dim.incidence,
        epsg=grid.epsg or (dim.epsg if dim.level != "SEN" else None),
        credit=dim.credit,
        assets=assets,
        properties={key: value for key, value in properties.items() if value not in (None, "")},
    )


def _footprint_of(dim: Dim, grid: TileGrid) -> Any:
    """As described, else the corners of the image; in two parts where it crosses ±180°."""
    return _polygon_of_ring(dim.footprint or outline_lonlat(grid, grid.columns, grid.rows))


def _polygon_of_ring(ring: tuple[tuple[float, float], ...]) -> Any:
    """The polygon of a ring in EPSG:4326, within ±180; None where it is none."""
    from shapely.geometry import Polygon

    return repair_area(Polygon(ring)) if len(ring) >= 3 else None
