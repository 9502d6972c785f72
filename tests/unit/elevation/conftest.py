"""A map service of heights on loopback, and sources that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("osgeo.gdal")
pytest.importorskip("numpy")

from dinamis_qgis.core.profile.model import ElevationSource
from dinamis_qgis.sandbox.elevation import wms
from tests.support.service import LittleWorld, running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("heights")
    with running_service(folder, world=LittleWorld({})) as running:
        yield running


@pytest.fixture
def healthy(service: Any) -> Iterator[Any]:
    service.faults.clear()
    service.server.seen.clear()
    yield service
    service.faults.clear()


def source(service: Any, layer: str, kind: str, pixel: float = 0.5, most: int = 256) -> Any:
    nodata = (wms.NOTHING, wms.NOTHING_COARSE)
    address = f"{service.root}{wms.PATH}"
    return ElevationSource(
        layer, layer, kind, address, layer, 2154, pixel, most, nodata, "IGN69", "", "crédit"
    )
