"""The whole service over its own small world: what the catalogue names, the storage serves, to
those who may.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.sandbox.service import AlreadyRunningError, Service
from tests.support.service import Answer, ask, bearer, running_service, sign_in

gdal = pytest.importorskip("osgeo.gdal")
pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def service(data: Path) -> Iterator[Service]:
    with running_service(data) as running:
        yield running


def _items(service: Service) -> list[Any]:
    found: list[Any] = ask(service.root + "/stac/search?limit=200").json()["features"]
    return found


def _sign(service: Service, account: str, url: str) -> Answer:
    return ask(
        service.root + "/signing/sign_urls",
        data={"urls": [url]},
        headers=bearer(sign_in(service, account)),
    )


def test_every_asset_is_in_the_storage_and_guarded_by_its_licence(service: Service) -> None:
    items = _items(service)
    assert len(items) >= 10
    licences = {item["properties"]["license"] for item in items}
    assert {"spot67", "pleiades", "crise"} <= licences
    for item in items:
        licence = item["properties"]["license"]
        for name, asset in item["assets"].items():
            public = name == "thumbnail" or licence == "etalab-2.0"
            assert ask(asset["href"], headers={"Range": "bytes=0-1"}).status == (
                206 if public else 403
            ), asset["href"]


@pytest.mark.parametrize(
    ("account", "status"), [("technicien", 403), ("sdis", 200), ("nouveau", 403)]
)
def test_crisis_imagery_is_for_civil_protection(
    service: Service, account: str, status: int
) -> None:
    item = next(item for item in _items(service) if item["properties"]["license"] == "crise")
    assert _sign(service, account, item["assets"]["src_xs"]["href"]).status == status


def test_gdal_reads_a_signed_product(service: Service) -> None:
    item = next(item for item in _items(service) if item["properties"]["license"] == "spot67")
    url = item["assets"]["src_xs"]["href"]
    href = _sign(service, "technicien", url).json()["hrefs"][url]
    body = ask(href).body
    assert len(body) == item["assets"]["src_xs"]["file:size"]
    before = gdal.GetUseExceptions()
    gdal.UseExceptions()
    gdal.FileFromMemBuffer("/vsimem/dinamis-test.tif", body)
    try:
        dataset = gdal.Open("/vsimem/dinamis-test.tif")
        assert (dataset.RasterYSize, dataset.RasterXSize) == tuple(item["properties"]["proj:shape"])
        assert dataset.RasterCount == 4
        del dataset
    finally:
        gdal.Unlink("/vsimem/dinamis-test.tif")
        if not before:
            gdal.DontUseExceptions()


def test_tasking_asks_who_one_is(service: Service) -> None:
    assert ask(service.root + "/stapi/products").status == 200
    assert ask(service.root + "/stapi/orders").status == 401
    assert ask(service.root + "/stapi/orders", headers=bearer(sign_in(service))).status == 200


def test_a_restart_keeps_the_world_and_its_signatures(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        port, before = service.port, _items(service)
        item = next(item for item in before if item["properties"]["license"] == "pleiades")
        url = item["assets"]["src_pan"]["href"]
        href = _sign(service, "technicien", url).json()["hrefs"][url]
        tag = ask(href, headers={"Range": "bytes=0-0"}).headers["etag"]
    with running_service(tmp_path, port=port) as service:
        assert _items(service) == before
        again = ask(href, headers={"Range": "bytes=0-0"})
        assert (again.status, again.headers["etag"]) == (206, tag)


def test_one_process_serves_a_folder(tmp_path: Path) -> None:
    """A second window finds the service of the first, not the address an earlier one left; then the
    folder is free again.
    """
    (tmp_path / "formation-1.json").write_text("{}", "utf-8")
    with running_service(tmp_path) as first:
        assert [path.name for path in tmp_path.glob("formation-*.json")] == [
            f"formation-{first.port}.json"
        ]
        with pytest.raises(AlreadyRunningError) as refused, running_service(tmp_path):
            pass
        assert refused.value.profile_path == first.profile_path
        assert ask(f"{first.root}/stac/").status == 200, "the first one is left alone"
    with running_service(tmp_path) as again:
        assert [path.name for path in tmp_path.glob("formation-*.json")] == [
            f"formation-{again.port}.json"
        ]
