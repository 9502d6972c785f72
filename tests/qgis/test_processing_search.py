"""``dinamis:searchproducts`` as people script it: the real ``qgis_process``, without a display,
against the training service.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import NULL, QgsVectorLayer

from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.catalogue.record import FIELDS, product_from_record
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.read import load_profile
from tests.support.scripted import Answer, scripted
from tests.support.service import running_service

ROOT = Path(__file__).resolve().parents[2]
# Debian's `qgis_process` script passes options of the desktop program to it; the program itself has
# its own name there.
PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process") or ""
PAU = "400000,440000,6235000,6265000 [EPSG:2154]"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    data = tmp_path_factory.mktemp("service")
    with running_service(data, auto_approve="technicien", device_interval=0.1) as running:
        yield running


@pytest.fixture(scope="module")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plugin folder with this checkout in it."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import link
    finally:
        sys.path.pop(0)
    folder = tmp_path_factory.mktemp("plugins")
    link.link(folder / "dinamis_qgis")
    return folder


@pytest.fixture(scope="module")
def environment(plugins: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty QGIS profile with the plugin enabled."""
    found = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path_factory.mktemp("config")),
        "QGIS_PLUGINPATH": str(plugins),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p.endswith("site-packages")),
        "PYTHONWARNINGS": "ignore",
        "LC_ALL": "C.UTF-8",
    }
    found.pop("DISPLAY", None)
    done = subprocess.run(
        [PROGRAM, "plugins", "enable", "dinamis_qgis"],
        env=found,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return found


def run(environment: dict[str, str], **parameters: str) -> subprocess.CompletedProcess[str]:
    arguments = [
        f"--{name}={value}"
        for name, value in parameters.items()
        if name.isupper() and "DINAMIS" not in name
    ]
    extra = {name: value for name, value in parameters.items() if "DINAMIS" in name}
    command = [PROGRAM, "--json", "run", "dinamis:searchproducts", *arguments]
    return subprocess.run(
        command,
        env={**environment, **extra},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


def rows(path: Path) -> list[dict[str, Any]]:
    layer = QgsVectorLayer(f"{path}", "found", "ogr")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4326"
    names = [f.name() for f in layer.fields() if f.name() != "fid"]
    assert names == list(FIELDS)
    return [
        {**{n: None if f[n] == NULL else f[n] for n in names}, "geometry": f.geometry().asWkt()}
        for f in layer.getFeatures()
    ]


def test_search_without_a_display(
    service: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    done = run(
        environment,
        EXTENT=PAU,
        OUTPUT=str(tmp_path / "found.gpkg"),
        DINAMIS_PROFILE=str(service.profile_path),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    results = json.loads(done.stdout[done.stdout.index("{") :])["results"]
    found = rows(tmp_path / "found.gpkg")
    assert results["COUNT"] == len(found) > 0
    one = found[0]
    assert one["catalogue"] == "formation" and one["collection"] in ("spot-6-7-drs", "pleiades-drs")
    assert 0 < one["coverage"] <= 1
    assert {r["licensed"] for r in found} <= {None, True}, (
        "signed out: unknown, or open to everybody"
    )
    assert any(r["cloud_cover"] is None or r["incidence"] is None for r in found), "missing is NULL"
    assert one["geometry"].startswith("MultiPolygon")
    product = product_from_record(
        one, None, load_profile(service.profile_path, ROOT / "resources/profiles/schema.json")
    )
    assert {a.key for a in product.data_assets()} == {"src_xs", "src_pan"}
    assert "X-Amz" not in str(found)


def test_filters_and_key_of_the_environment(
    service: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    profile = load_profile(service.profile_path, ROOT / "resources/profiles/schema.json")
    http = Http("tests")
    session = Session(profile, http, MemoryVault())
    session.sign_in_device(lambda _: None, Cancel())
    pair = session.create_api_key("qgis_process", Cancel())
    http.close()
    done = run(
        environment,
        EXTENT=PAU,
        COLLECTIONS="spot-6-7-drs",
        START="2018-01-01",
        END="2021-12-31",
        LIMIT="1",
        OUTPUT=str(tmp_path / "found.gpkg"),
        DINAMIS_PROFILE=str(service.profile_path),
        DINAMIS_ACCESS_KEY=pair.access,
        DINAMIS_SECRET_KEY=pair.secret,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (one,) = rows(tmp_path / "found.gpkg")
    assert one["collection"] == "spot-6-7-drs"
    assert 2018 <= one["datetime"].date().year() <= 2021
    assert pair.secret not in done.stdout + done.stderr


def test_service_down_is_a_sentence(
    environment: dict[str, str], tmp_path: Path, root: Path
) -> None:
    with scripted(lambda _: Answer()) as server:
        address = server.root
    text = (root / "resources/profiles/formation.json").read_text(encoding="utf-8")
    profile = tmp_path / "down.json"
    profile.write_text(
        text.replace("{root}", address).replace("{netloc}", address.split("//")[1]),
        encoding="utf-8",
    )
    done = run(
        environment, EXTENT=PAU, OUTPUT=str(tmp_path / "found.gpkg"), DINAMIS_PROFILE=str(profile)
    )
    assert done.returncode != 0
    assert "does not answer" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_extent_that_is_no_place(service: Any, environment: dict[str, str], tmp_path: Path) -> None:
    done = run(
        environment,
        EXTENT="0,0,0,0 [EPSG:2154]",
        OUTPUT=str(tmp_path / "x.gpkg"),
        DINAMIS_PROFILE=str(service.profile_path),
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
