"""What the tests of the training service share: its small world, and its catalogue over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dinamis_qgis.sandbox.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The small training world."""
    from dinamis_qgis.sandbox.world import prepare_world

    made = prepare_world(tmp_path_factory.mktemp("world"), small=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def base(world: World) -> Iterator[str]:
    """The address of its STAC API."""
    from dinamis_qgis.sandbox.stac import stac
    from dinamis_qgis.sandbox.web.server import TrainingServer

    server = TrainingServer(stac.stac_routes(world), 0)
    server.start()
    yield f"{server.root}/stac"
    server.stop()
