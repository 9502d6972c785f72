"""“Open a delivery”: an archive, a folder, or a folder of many of them, become products at home
with files that are ready.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.delivery import archive as archives
from dinamis_qgis.core.delivery.clouds import cloud_layer, masks
from dinamis_qgis.core.delivery.dim import Dim, components, read_dim
from dinamis_qgis.core.delivery.mosaic import ORDER, Grid, assemble, outline
from dinamis_qgis.core.delivery.vrt import pansharpen
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput
from dinamis_qgis.core.local_catalogue.naming import safe
from dinamis_qgis.core.local_catalogue.record import product_at_home, write_record
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import disk_error

DELIVERY = "delivery"
"""``profile`` and ``catalogue`` of what came as an archive: it is nobody's online catalogue."""
Progress = Callable[[float, str], None]
_MOST_ENTRIES = 200_000
_DEEPEST = 12
_SAME_S = 6.0
"""P and MS of one bundle are taken within so many seconds."""


@dataclass(frozen=True)
class Opened:
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

    opened: list[Opened] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """Where a delivery lies once unpacked; ``home`` is where its virtual files go, None for one
    folder a product.
    """

    folder: Path
    source: Path
    home: Path | None = None


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
    tell(0.0, tr("Looking for deliveries…"))
    places = list(_places(source, root, cancel, tell, report))
    found: list[tuple[_Place, Dim]] = []
    for place in places:
        found += [(place, dim) for dim in _descriptions(place, cancel, report)]
    groups = _bundles(found)
    if not found and not report.refused:
        report.refused.append(Refused(source, _nothing(source)))
    for number, group in enumerate(groups):
        place, dim = group[0]
        text = tr("Assembling {name}…").format(name=dim.name)

        def step(share: float, number: int = number, text: str = text) -> None:
            tell(0.5 + 0.5 * (number + share) / len(groups), text)

        step(0.0)
        try:
            report.opened.append(
                _open(place, dim, group[1][1] if len(group) > 1 else None, root, cancel, step)
            )
        except Cancelled:
            raise
        except DinamisError as error:
            report.refused.append(Refused(dim.path, error))
    tell(1.0, "")
    return report


def _places(
    source: Path, root: Path, cancel: Cancel, tell: Progress, report: Report
) -> Iterator[_Place]:
    if source.is_file() and source.suffix.lower() == ".xml":
        source = source.parent
    packed = (
        [source] if source.is_file() else [p for p in _walk(source, cancel) if _first_volume(p)]
    )
    if source.is_dir():
        yield _Place(source, source)
    for number, path in enumerate(packed):
        text = tr("Unpacking {name}…").format(name=path.name)

        def step(share: float, number: int = number, text: str = text) -> None:
            tell(0.5 * (number + share) / len(packed), text)

        step(0.0)
        try:
            folder = _unpacked(path, root, cancel, step)
            yield _Place(folder, path, folder)
        except Cancelled:
            raise
        except DinamisError as error:
            report.refused.append(Refused(path, error))


def _first_volume(path: Path) -> bool:
    return archives.is_archive(path) and not re.search(
        r"\.(00[02-9]|0[1-9]\d|z0[2-9])$", path.name.lower()
    )


def _unpacked(path: Path, root: Path, cancel: Cancel, progress: Callable[[float], None]) -> Path:
    """The folder of an archive; the one of an earlier time when it is the same archive."""
    name, number = archives.stem(path), 1
    while True:
        folder = root / (name if number == 1 else f"{name}-{number}")
        try:
            if archives.unpacked(path, folder):
                return folder
            if not folder.exists():
                return archives.unpack(path, folder, cancel, progress)
        except OSError as error:
            raise disk_error(error, folder) from error
        number += 1


def _walk(folder: Path, cancel: Cancel) -> list[Path]:
    """Files below a folder, sorted; links are not followed, what is being unpacked is left
    alone.
    """
    found: list[Path] = []
    for base, folders, files in os.walk(folder):
        cancel.check()
        depth = len(Path(base).relative_to(folder).parts)
        folders[:] = (
            sorted(f for f in folders if not f.endswith(".part")) if depth < _DEEPEST else []
        )
        found += [Path(base, name) for name in sorted(files)]
        if len(found) > _MOST_ENTRIES:
            raise InvalidInput(
                tr("This folder holds too many files."),
                tr("Choose the folder of the deliveries."),
                code="many",
            )
    return found


def _descriptions(place: _Place, cancel: Cancel, report: Report) -> list[Dim]:
    """Every image of a place; a component that a volume announces and that is not there is
    refused.
    """
    files = _walk(place.folder, cancel)
    announced: set[Path] = set()
    for path in files:
        if re.fullmatch(r"(?i)VOL_.*\.XML", path.name):
            try:
                announced |= {
                    component for component in components(path) if not component.is_file()
                }
            except DinamisError as error:
                report.refused.append(Refused(path, error))
    for path in sorted(announced):
        missing = InvalidInput(
            tr("A part of the delivery is missing: {name}.").format(name=path.name),
            tr("Download or unpack the delivery again, all its volumes."),
            code="missing",
            details=str(path),
        )
        report.refused.append(Refused(path, missing))
    dims = []
    for path in files:
        if re.fullmatch(r"(?i)DIM_.*\.XML", path.name) or path.name.upper() == "METADATA.DIM":
            cancel.check()
            try:
                dims.append(read_dim(path))
            except DinamisError as error:
                report.refused.append(Refused(path, error))
    if (
        not dims
        and place.home is not None
        and not any(place.folder in r.source.parents for r in report.refused)
    ):
        report.refused.append(Refused(place.source, _nothing(place.folder)))
    return dims


def _nothing(source: Path) -> DinamisError:
    files = source.rglob("*") if source.is_dir() else ()
    images = any(path.suffix.lower() in (".jp2", ".tif") for path in files)
    if images:
        return InvalidInput(
            tr(
                "“{name}” holds images without a DIMAP description (IGN's ORTHO-SAT tiles are "
                "such)."
            ).format(name=source.name),
            tr(
                "Add them with QGIS's own “Add raster layer”: they carry their position themselves."
            ),
            code="no-dim",
        )
    return InvalidInput(
        tr("“{name}” holds no SPOT or Pléiades delivery.").format(name=source.name),
        tr("Choose the archive (.tar.gz, .zip) or the folder that the portal delivered."),
        code="no-dim",
    )


def _bundles(found: list[tuple[_Place, Dim]]) -> list[list[tuple[_Place, Dim]]]:
    """P beside the MS it goes with, taken at the same moment by the same satellite; everything else
    alone.
    """
    pans = [pair for pair in found if pair[1].is_pan]
    groups = []
    for pair in found:
        if pair[1].is_pan:
            continue
        partner = min(
            (p for p in pans if _together(pair[1], p[1])),
            key=lambda p: _apart(pair[1], p[1]),
            default=None,
        )
        if partner is not None and pair[1].mode == "MS":
            pans.remove(partner)
            groups.append([pair, partner])
        else:
            groups.append([pair])
    return groups + [[pan] for pan in pans]


def _apart(ms: Dim, pan: Dim) -> float:
    return abs((ms.moment - pan.moment).total_seconds()) if ms.moment and pan.moment else 1e9


def _together(ms: Dim, pan: Dim) -> bool:
    from shapely.geometry import Polygon

    same = (ms.mission, ms.index, ms.level, ms.epsg) == (
        pan.mission,
        pan.index,
        pan.level,
        pan.epsg,
    )
    if not same or ms.level == "SEN" or _apart(ms, pan) > _SAME_S:
        return False
    if not ms.footprint or not pan.footprint:
        return True
    return bool(Polygon(ms.footprint).intersects(Polygon(pan.footprint)))


def _open(
    place: _Place,
    dim: Dim,
    pan: Dim | None,
    root: Path,
    cancel: Cancel,
    progress: Callable[[float], None],
) -> Opened:
    home = place.home or root / safe(dim.name)
    parts = [("ms" if pan else "image", dim)] + ([("pan", pan)] if pan else [])
    files: dict[str, tuple[Path, dict[str, Any]]] = {}
    assets: list[Asset] = []
    grid = Grid((), "")
    for number, (key, part) in enumerate(parts):
        path = home / safe(f"{part.name}.vrt")

        def step(share: float, number: int = number) -> None:
            progress((number + share) / len(parts))

        found = assemble(part, path, root, cancel, step)
        grid = grid if number else found
        files[key] = (path, _facts(part, found))
        assets.append(_asset(key, part.mode, _ordered(part), path, ("data",)))
    if pan is not None:
        path = home / safe(f"{dim.name}_PMS.vrt")
        pansharpen(files["ms"][0], files["pan"][0], dim.mission, _ordered(dim), path, dim.nodata)
        files = {"pansharpened": (path, files["pan"][1]), **files}
        assets.insert(0, _asset("pansharpened", "PMS", _ordered(dim), path, ("data", "visual")))
    warnings = _warnings(dim)
    try:
        clouds = cloud_layer(dim, grid, home / safe(f"{dim.name}_clouds.gpkg"))
    except InvalidInput as error:
        clouds, warnings = (
            None,
            (*warnings, tr("The cloud mask could not be read: {why}").format(why=error.message)),
        )
    if clouds is not None:
        files["clouds"] = (clouds, {"dinamis:asset": "clouds"})
        assets.append(
            Asset(
                "clouds", "", "application/geopackage+sqlite3", ("data-mask", "cloud"), tr("Clouds")
            )
        )
    product = _product(dim, pan, tuple(assets), grid)
    path = write_record(root, product, files)
    return Opened(product_at_home(path) or product, place.source, warnings)


def _warnings(dim: Dim) -> tuple[str, ...]:
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
                if masks(dim)
                else []
            ),
        )
    if dim.level == "PRJ":
        return (tr("Level PRJ: placed on the map at one height, not corrected for the relief."),)
    return ()


def _ordered(dim: Dim) -> tuple[str, ...]:
    """Common names in the order of the assembled image."""
    return tuple(
        sorted(
            dim.colours, key=lambda c: (ORDER.index(c) if c in ORDER else 9, dim.colours.index(c))
        )
    )


def _asset(
    key: str, mode: str, bands: tuple[str, ...], path: Path, roles: tuple[str, ...]
) -> Asset:
    titles = {"PMS": tr("Pansharpened"), "MS": tr("Multispectral"), "PAN": tr("Panchromatic")}
    return Asset(key, "", "application/x-gdal-vrt", roles, titles.get(mode, mode), bands=bands)


def _facts(dim: Dim, grid: Grid) -> dict[str, Any]:
    size = sum(tile.path.stat().st_size for tile in dim.tiles)
    facts: dict[str, Any] = {
        "dinamis:size": size,
        **({"proj:shape": [dim.rows, dim.columns]} if dim.level != "SEN" else {}),
    }
    if grid.transform:
        a = grid.transform
        facts["proj:transform"] = [a[1], a[2], a[0], a[4], a[5], a[3]]
    if dim.gsd:
        facts["gsd"] = dim.gsd
    return facts


def _product(dim: Dim, pan: Dim | None, assets: tuple[Asset, ...], grid: Grid) -> Product:
    properties = {
        "processing:level": dim.level,
        "view:sun_azimuth": dim.sun_azimuth,
        "view:sun_elevation": dim.sun_elevation,
    }
    best = pan or dim
    return Product(
        profile=DELIVERY,
        catalogue=DELIVERY,
        collection={"PHR": "pleiades", "SPOT": "spot-6-7"}.get(dim.mission, dim.mission.lower()),
        id=dim.name,
        footprint=_footprint(dim, grid),
        datetime=dim.moment,
        constellation=dim.constellation,
        platform=dim.platform,
        mode="PMS" if pan else dim.mode,
        gsd=best.gsd,
        cloud_cover=dim.cloud,
        incidence=dim.incidence,
        epsg=dim.epsg,
        credit=dim.credit,
        assets=assets,
        properties={key: value for key, value in properties.items() if value not in (None, "")},
    )


def _footprint(dim: Dim, grid: Grid) -> Any:
    """As described, else the corners of the image."""
    from shapely.geometry import Polygon

    ring = dim.footprint or outline(grid, dim.columns, dim.rows)
    return Polygon(ring) if ring else None
