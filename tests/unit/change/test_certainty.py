"""An area one can stand by: “at least” where it is cut or something is hidden."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.change.certainty import is_least, perimeter_km, unknown_ha
from dinamis_qgis.core.change.grid import Grid
from dinamis_qgis.core.change.polygons import Patch

GRID = Grid("EPSG:2154", 0.0, 1000.0, 10.0, 100, 100)


def change(seen: float) -> Any:
    ground = GRID.pixels * GRID.step**2 / 1e4
    return SimpleNamespace(
        grid=GRID, seen_share=seen, seen_ha=seen * ground, ground_ha=ground, path=Path()
    )


def patch(west: float, south: float, east: float, north: float) -> Patch:
    return Patch(box(west, south, east, north).wkb, 1.0, 1)


def test_in_the_middle_of_ground_that_was_all_seen_it_is_all() -> None:
    assert not is_least(change(1.0), [patch(100, 100, 300, 300)])
    assert unknown_ha(change(1.0)) == 0


@pytest.mark.parametrize(
    "edges",
    [(0, 100, 300, 300), (100, 10, 300, 300), (100, 100, 995, 300), (100, 100, 300, 1000)],
)
def test_cut_by_the_border_there_may_be_more(edges: tuple[float, ...]) -> None:
    assert is_least(change(1.0), [patch(500, 500, 600, 600), patch(*edges)])


def test_hidden_ground_may_hide_more() -> None:
    assert is_least(change(0.68), [patch(100, 100, 300, 300)])
    assert unknown_ha(change(0.68)) == pytest.approx(32.0)


def test_borders_together() -> None:
    both = [patch(100, 100, 300, 300), patch(500, 500, 600, 600)]
    assert perimeter_km(both) == pytest.approx(1.2)
