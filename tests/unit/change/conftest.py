"""Pairs of training scenes with a change, a shift and a light put in by construction."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("osgeo.gdal", reason="the images are read with GDAL")
pytest.importorskip("numpy")

from dinamis_qgis.sandbox.world import all_shots
from dinamis_qgis.sandbox.world.truth import ground_truth
from tests.support.pairs import Pair, pair, shot


@pytest.fixture(scope="session")
def fire(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """SPOT before and after the fire of Landiras; the second is shifted and its air hazier."""
    one = shot("Landiras", "spot-6", "2022-06-19")
    return pair(tmp_path_factory.mktemp("fire"), one, shot("Landiras", "spot-6", "2022-07-27"))


@pytest.fixture(scope="session")
def light(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Pau, the same day four hours later in much hazier air: shadows turned, nothing changed."""
    one = shot("Pau", "spot-6", "2020-08-12", haze=0.7, shift=(0.0, 0.0))
    two = shot("Pau", "spot-6", "2020-08-12", haze=2.2, shift=(0.0, 0.0), hours=4, seed=7)
    return pair(tmp_path_factory.mktemp("light"), one, two)


@pytest.fixture(scope="session")
def works(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Pléiades before and during the road works of Mont-de-Marsan."""
    one = shot("Mont", "pleiades-1a", "2018-06-26", 448)
    return pair(
        tmp_path_factory.mktemp("works"), one, shot("Mont", "pleiades-1a", "2022-06-14", 448)
    )


@pytest.fixture(scope="session")
def known() -> dict[str, Any]:
    """What is true by construction."""
    return ground_truth(all_shots())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """GDAL 3.7 and later speak of GDAL 4 where a test makes an image."""
    for item in items:
        if "unit/change" in item.path.as_posix():
            item.add_marker(
                pytest.mark.filterwarnings(
                    "ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning"
                )
            )
