"""The heights of a view as layers of the project: fetched beside it, shaded, in 3D."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.elevation.styles import style_hillshade, style_relief
from dinamis_qgis.bridge.geometry.extent import extent_area
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.elevation.fetch import HeightModel
    from dinamis_qgis.core.elevation.grid import HeightGrid
    from dinamis_qgis.core.elevation.profile_line import HeightProfile
    from dinamis_qgis.core.errors import DinamisError

KIND = "dinamis/elevation"
"""Custom property of a layer of heights: ``surface``, ``ground``, ``height``."""
GROUP = "dinamis/relief"
_TERRAIN_QGIS = 32600
"""From this version on a 3D view takes the terrain of the project."""
STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 25.0)
"""Pixels offered, metres."""
USUAL_PIXELS = 16_000_000
"""So many are fetched without being asked for: 4 km² at half a metre."""


def kind_title(kind: str) -> str:
    """What people call a kind of heights."""
    return {
        "surface": tr("Surface (with houses and trees)"),
        "ground": tr("Ground"),
        "height": tr("Height above the ground"),
    }.get(kind, kind)


def relief_folder(context: Context) -> Path:
    """Beside the project where it has been saved, else among the downloads."""
    project = QgsProject.instance().absolutePath()
    if project and not project.startswith("/vsi"):
        return Path(project) / "relief"
    chosen = context.settings.download_folder
    return (Path(chosen) if chosen else context.paths.home) / "relief"


def view_bounds(
    extent: QgsRectangle, crs: QgsCoordinateReferenceSystem
) -> tuple[float, float, float, float]:
    """Degrees that a view spans. Raises InvalidInput."""
    area = extent_area(extent, crs, QgsProject.instance().transformContext())
    west, south, east, north = area.bounds
    return west, south, east, north


def usual_step(bounds: tuple[float, float, float, float], finest: float, crs: int) -> float:
    """The finest of ``STEPS`` at which the place stays below ``USUAL_PIXELS``, metres."""
    from dinamis_qgis.core.elevation.grid import project_bounds

    west, south, east, north = project_bounds(bounds, crs)
    for step in STEPS:
        if step >= finest and (east - west) * (north - south) / step**2 <= USUAL_PIXELS:
            return step
    return STEPS[-1]


def plan_view(
    context: Context, kind: str, bounds: tuple[float, float, float, float], step: float | None
) -> HeightGrid:
    """The grid that would be fetched. Raises InvalidInput."""
    from dinamis_qgis.core.elevation.fetch import plan_grid, sources_of_kind

    source = sources_of_kind(context.opened().elevation, kind)[0]
    return plan_grid(source, bounds, step or usual_step(bounds, source.pixel, source.crs))


def fetch_view(
    context: Context,
    kind: str,
    grid: HeightGrid,
    done: Callable[[HeightModel], None],
    failed: Callable[[DinamisError], None],
    progressed: Callable[[float, str], None],
) -> tasks.Job:
    """Fetch ``grid`` in the background; what is there already is not fetched again."""
    from dinamis_qgis.core.elevation.fetch import fetch_heights, sources_of_kind

    sources = sources_of_kind(context.opened().elevation, kind)
    http, folder = context.http, relief_folder(context)
    name = f"{kind}_{round(grid.x0)}_{round(grid.y0)}_{grid.width}x{grid.height}_{grid.step:g}m.tif"

    def work(job: tasks.Job) -> HeightModel:
        return fetch_heights(sources, grid, folder / name, http, job.cancel, job.progress)

    return tasks.run(
        work, done=done, failed=failed, progressed=progressed, parent=context, title="relief"
    )


def add_heights(model: HeightModel) -> QgsRasterLayer:
    """The heights in colours (switched off) and as light and shade over the images, in a group of
    their own on top; the layer of heights.
    """
    name = f"{kind_title(model.kind)} {model.grid.step:g} m"
    heights = QgsRasterLayer(str(model.path), name, "gdal")
    shade = QgsRasterLayer(str(model.path), tr("Shade: {name}").format(name=name), "gdal")
    if not heights.isValid():
        raise InvalidInput(tr("QGIS cannot show these heights."), code="elevation")
    style_relief(heights)
    style_hillshade(shade)
    heights.setCustomProperty(KIND, model.kind)  # the shade is only another look at them
    for layer in (heights, shade):
        metadata = layer.metadata()
        metadata.setAbstract(describe_model(model))
        layer.setMetadata(metadata)
    project = QgsProject.instance()
    group = _relief_group(project)
    for layer, seen in ((heights, False), (shade, True)):
        project.addMapLayer(layer, False)
        group.insertLayer(0, layer).setItemVisibilityChecked(seen)
    return heights


def describe_model(model: HeightModel) -> str:
    """Which model it is, and what its heights are measured from."""
    facts = [", ".join(model.titles), f"{model.grid.step:g} m"]
    if model.vertical:
        facts.append(tr("heights {system}").format(system=model.vertical))
    if model.known < 1:
        facts.append(tr("{percent} % known").format(percent=int(100 * model.known)))
    return " · ".join(facts)


def about_layer(layer: QgsRasterLayer) -> str:
    """Which model a layer of heights is."""
    return str(layer.metadata().abstract())


def _relief_group(project: QgsProject) -> Any:
    root = project.layerTreeRoot()
    for group in root.findGroups():
        if group.customProperty(GROUP):
            return group
    group = root.insertGroup(0, tr("Relief"))
    group.setCustomProperty(GROUP, True)
    return group


def height_layers() -> list[QgsRasterLayer]:
    """The layers of heights of the project that can be cut and read, the lowest on the map last;
    one for each file.
    """
    found: dict[str, QgsRasterLayer] = {}
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and layer.customProperty(KIND) and layer.isValid():
            if _is_file(layer):
                found.setdefault(layer.source(), layer)
    return sorted(found.values(), key=lambda layer: str(layer.customProperty(KIND)), reverse=True)


def _is_file(layer: QgsRasterLayer) -> bool:
    """A GeoTIFF of this disk: what a stranger's project calls heights may lie anywhere, and is read
    while the mouse moves.
    """
    source = layer.source()
    plain = not source.startswith(("/vsi", "<")) and "://" not in source
    return plain and layer.providerType() == "gdal" and source.lower().endswith((".tif", ".tiff"))


def has_3d(iface: Any) -> bool:
    """Whether this QGIS can show the map over heights: from 3.26 on, with its 3D part."""
    if Qgis.QGIS_VERSION_INT < _TERRAIN_QGIS:
        return False
    return hasattr(iface, "createNewMapCanvas3D") or _new_3d_action(iface) is not None


def open_3d(iface: Any, heights: QgsRasterLayer, exaggeration: float = 1.0) -> None:
    """A 3D view of the map over ``heights``; they become the terrain of the project."""
    from qgis.core import QgsRasterDemTerrainProvider

    provider = QgsRasterDemTerrainProvider()
    provider.setLayer(heights)
    provider.setScale(exaggeration)
    QgsProject.instance().elevationProperties().setTerrainProvider(provider)
    if hasattr(iface, "createNewMapCanvas3D"):
        with suppress(ImportError):  # a QGIS built without its 3D part
            import qgis._3d  # noqa: F401 (Python knows the type of the view by it)
        view = iface.createNewMapCanvas3D(tr("Relief"))
        if view is not None and hasattr(view, "setViewFrom2DExtent"):
            view.setViewFrom2DExtent(iface.mapCanvas().extent())
        return
    action = _new_3d_action(iface)
    if action is not None:
        action.trigger()


def _new_3d_action(iface: Any) -> Any:
    from qgis.PyQt.QtWidgets import QAction

    window = iface.mainWindow()
    return window.findChild(QAction, "mActionNew3DMapCanvas") if window is not None else None


def paths_of(layers: Sequence[QgsRasterLayer]) -> list[tuple[str, Path]]:
    """(name, file) of each."""
    return [(layer.name(), Path(layer.source())) for layer in layers]


def height_at(
    layer: QgsRasterLayer, point: QgsPointXY, crs: QgsCoordinateReferenceSystem
) -> float | None:
    """Metres at a place of the map; None where nothing is known. The file is on this disk."""
    change = QgsCoordinateTransform(crs, layer.crs(), QgsProject.instance().transformContext())
    try:
        place = change.transform(point)
    except QgsCsException:
        return None
    if not layer.extent().contains(place):
        return None
    value, known = layer.dataProvider().sample(place, 1)
    return float(value) if known else None


def read_profiles(
    files: Sequence[tuple[str, Path]], line: Sequence[tuple[float, float]], wkt: str
) -> list[tuple[str, HeightProfile]]:
    """The profile of each file along a line of the map, whose system may be in degrees; models that
    know nothing there are left out. Any thread.
    """
    import numpy as np

    from dinamis_qgis.core.elevation.profile_line import line_in_metres, read_profile

    points, system = line_in_metres(line, wkt)
    found = [(name, read_profile(path, points, system)) for name, path in files]
    return [(name, profile) for name, profile in found if np.isfinite(profile.heights).any()]


def write_profiles(path: Path, profiles: Sequence[tuple[str, HeightProfile]]) -> Path:
    """The profiles as a table. Any thread. Raises StorageError."""
    from dinamis_qgis.core.elevation.profile_line import profile_table
    from dinamis_qgis.core.errors import from_os_error
    from dinamis_qgis.core.files import write_whole

    try:
        write_whole(path, profile_table(profiles))
    except OSError as error:
        raise from_os_error(error, path) from error
    return path
