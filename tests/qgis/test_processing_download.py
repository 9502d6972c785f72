"""``dinamis:downloadproducts`` through the real ``qgis_process``, without a display, against the
training service.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.local_catalogue.record import products_at_home
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.read import load_profile
from tests.qgis.test_processing_search import (  # noqa: F401
    PROGRAM,
    ROOT,
    environment,
    plugins,
    service,
)


@pytest.fixture(scope="module")
def found(
    service: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Any], dict[str, str]]:
    """A layer of two small products as the search writes it, the products, and the account's key
    for the environment.
    """
    from qgis.core import QgsVectorFileWriter

    from dinamis_qgis.core.account.model import Holding
    from tests.support.found import layer_of

    profile = load_profile(service.profile_path, ROOT / "resources/profiles/schema.json")
    http = Http("tests")
    session = Session(profile, http, MemoryVault())
    session.sign_in_device(lambda _: None, Cancel())
    pair = session.create_api_key("qgis_process", Cancel())
    products = [
        p
        for page in search(profile, Query(), http, session.credentials, Cancel())
        for p in page.products
    ]
    held = [
        p
        for p in products
        if p.licence == "spot67" and p.asset("src_xs") and p.asset("src_xs").size
    ]
    small = sorted(held, key=lambda p: p.asset("src_xs").size)[:2]
    http.close()
    layer = layer_of(small, Holding.HELD)
    path = tmp_path_factory.mktemp("found") / "found.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), layer.transformContext(), options)
    keys = {
        "DINAMIS_PROFILE": str(service.profile_path),
        "DINAMIS_ACCESS_KEY": pair.access,
        "DINAMIS_SECRET_KEY": pair.secret,
    }
    return path, small, keys


def run(
    environment: dict[str, str], keys: dict[str, str], **parameters: str
) -> tuple[dict[str, Any], str]:
    arguments = [f"--{name}={value}" for name, value in parameters.items()]
    done = subprocess.run(
        [PROGRAM, "--json", "run", "dinamis:downloadproducts", *arguments],
        env={**environment, **keys}, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    text = done.stdout + done.stderr
    assert "Traceback" not in text
    assert done.returncode == 0, text
    return json.loads(done.stdout[done.stdout.index("{") :])["results"], text


def test_download_and_again(found: Any, environment: dict[str, str], tmp_path: Path) -> None:
    layer, products, keys = found
    results, text = run(
        environment, keys, INPUT=str(layer), ASSETS="src_xs", FOLDER=str(tmp_path / "home")
    )
    files = [Path(f) for f in json.loads(results["FILES"])]
    assert results["FAILED"] == 0, text
    assert len(files) == 2
    assert sorted(f.stat().st_size for f in files) == sorted(
        p.asset("src_xs").size for p in products
    )
    assert {p.id for p in products_at_home(tmp_path / "home")} == {p.id for p in products}
    assert keys["DINAMIS_SECRET_KEY"] not in text and "X-Amz" not in text
    before = {f: f.stat().st_mtime_ns for f in files}
    again, _ = run(
        environment, keys, INPUT=str(layer), ASSETS="src_xs", FOLDER=str(tmp_path / "home")
    )
    assert again["FAILED"] == 0
    assert {f: f.stat().st_mtime_ns for f in files} == before, "what is there is not fetched again"


def test_clipped(found: Any, environment: dict[str, str], tmp_path: Path) -> None:
    from osgeo import gdal
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsCoordinateTransform,
        QgsFeature,
        QgsGeometry,
        QgsVectorFileWriter,
        QgsVectorLayer,
    )

    layer, products, keys = found
    area = products[0].footprint.centroid.buffer(0.003)
    polygons = QgsVectorLayer("Polygon?crs=EPSG:2154", "clip", "memory")
    to_lambert = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), polygons.crs(), polygons.transformContext()
    )
    feature = QgsFeature()
    drawn = QgsGeometry.fromWkt(area.wkt)
    drawn.transform(to_lambert)
    feature.setGeometry(drawn)
    polygons.dataProvider().addFeature(feature)
    clip = tmp_path / "clip.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(
        polygons, str(clip), polygons.transformContext(), options
    )
    results, text = run(
        environment,
        keys,
        INPUT=str(layer),
        ASSETS="src_xs",
        CLIP=str(clip),
        FOLDER=str(tmp_path / "home"),
    )
    files = json.loads(results["FILES"])
    assert results["FAILED"] == 0, text
    assert files
    dataset = gdal.Open(files[0])
    assert dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert "DINAMIS_ITEM" in dataset.GetMetadata()
    assert dataset.GetRasterBand(1).GetNoDataValue() is not None
    assert dataset.GetRasterBand(1).ReadAsArray().max() > 0
    corners = gdal.Info(dataset, format="json")["wgs84Extent"]["coordinates"][0]
    west, south, east, north = area.bounds
    assert (
        abs(min(x for x, _ in corners) - west) < 5e-4
        and abs(max(y for _, y in corners) - north) < 5e-4
    )
    assert (
        abs(max(x for x, _ in corners) - east) < 5e-4
        and abs(min(y for _, y in corners) - south) < 5e-4
    )
    before = Path(files[0]).stat().st_mtime_ns
    again, _ = run(
        environment,
        keys,
        INPUT=str(layer),
        ASSETS="src_xs",
        CLIP=str(clip),
        FOLDER=str(tmp_path / "home"),
    )
    assert json.loads(again["FILES"]) == files and Path(files[0]).stat().st_mtime_ns == before


def test_killed_and_run_again_goes_on(
    found: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    """The training service is fast: the process is killed as soon as a part is on the disk, then
    nothing of it is fetched twice.
    """
    layer, products, keys = found
    home = tmp_path / "home"
    command = [PROGRAM, "run", "dinamis:downloadproducts", f"--INPUT={layer}", f"--FOLDER={home}"]
    process = subprocess.Popen(
        command,
        env={**environment, **keys},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + 300
    while not list(home.rglob("*.part")) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    results, text = run(environment, keys, INPUT=str(layer), FOLDER=str(home))
    files = [Path(f) for f in json.loads(results["FILES"])]
    wanted = sorted(a.size for p in products for a in p.data_assets())
    assert results["FAILED"] == 0, text
    assert sorted(f.stat().st_size for f in files) == wanted
    assert not list(home.rglob("*.part*")) and {p.id for p in products_at_home(home)} == {
        p.id for p in products
    }


def test_not_signed_in_is_said_and_counted(
    found: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    layer, _, keys = found
    nobody = {"DINAMIS_PROFILE": keys["DINAMIS_PROFILE"]}
    results, text = run(environment, nobody, INPUT=str(layer), FOLDER=str(tmp_path / "home"))
    assert results["FAILED"] == 4
    assert json.loads(results["FILES"]) == []
    assert "not signed in" in text


def test_a_product_that_is_there_twice_is_one_file(tmp_path: Path) -> None:
    """Two searches merged into one layer: each file once, and an end."""
    from qgis.core import QgsProcessingFeedback

    from dinamis_qgis.core.transfer.engine import Engine
    from dinamis_qgis.core.transfer.fetch.tools import Access, Tools
    from dinamis_qgis.core.transfer.queue import Ask, Queue
    from dinamis_qgis.processing.downloadproducts import _run_downloads
    from tests.support.hostile import content, hostile
    from tests.unit.transfer.support_products import product

    with hostile() as storage:
        made = product("A", {"src_xs": (storage.put("a.tif", content(1000)), 1000, "")})
        http = Http("tests", retries=0)
        engine = Engine(
            Queue(tmp_path / "queue.sqlite"), Tools(http), lambda _: Access(), patient=False
        )
        try:
            asks = [Ask(made, made.assets[0])] * 2
            files, failed = _run_downloads(engine, asks, tmp_path / "home", Cancel(), QgsProcessingFeedback())
        finally:
            engine.stop()
            http.close()
    assert [Path(file).name for file in files] == ["A_src_xs.tif"] and failed == 0
