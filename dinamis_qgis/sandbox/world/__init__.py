"""The training service's world: made imagery, its catalogue, the scenes that requests deliver."""

from __future__ import annotations

from dinamis_qgis.sandbox.world.build import prepare_world
from dinamis_qgis.sandbox.world.make import make_scene
from dinamis_qgis.sandbox.world.programme import PLEIADES, SPOT, Shot, all_shots
from dinamis_qgis.sandbox.world.scene import RenderedScene
from dinamis_qgis.sandbox.world.store import PUBLIC, World

__all__ = [
    "PLEIADES",
    "PUBLIC",
    "SPOT",
    "RenderedScene",
    "Shot",
    "World",
    "all_shots",
    "make_scene",
    "prepare_world",
]
