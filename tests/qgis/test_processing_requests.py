"""``dinamis:submitrequest`` and ``dinamis:listrequests`` as people script them: the real
``qgis_process``, without a display.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsVectorLayer

from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.sandbox.faults import Fault
from tests.support.service import running_service

ROOT = Path(__file__).resolve().parents[2]
# Debian's `qgis_process` script passes options of the desktop program to it; the program itself has
# its own name there.
PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process") or ""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    data = tmp_path_factory.mktemp("service")
    with running_service(
        data, auto_approve="technicien", device_interval=0.1, days_per_second=20
    ) as running:
        yield running


@pytest.fixture(scope="module")
def key(service: Any) -> dict[str, str]:
    """An API key of ``technicien``, as the environment gives it."""
    http = Http("test")
    profile = load_profile(
        Path(service.profile_path), ROOT / "resources" / "profiles" / "schema.json"
    )
    session = Session(profile, http, MemoryVault())
    session.sign_in_device(lambda code: None, Cancel())
    made = session.create_api_key("test", Cancel())
    http.close()
    return {"DINAMIS_ACCESS_KEY": made.access, "DINAMIS_SECRET_KEY": made.secret}


@pytest.fixture(scope="module")
def environment(service: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty QGIS profile with the plugin enabled."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import link
    finally:
        sys.path.pop(0)
    plugins = tmp_path_factory.mktemp("plugins")
    link.link(plugins / "dinamis_qgis")
    found = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path_factory.mktemp("config")),
        "QGIS_PLUGINPATH": str(plugins),
        "DINAMIS_HOME": str(tmp_path_factory.mktemp("home")),
        "DINAMIS_PROFILE": str(service.profile_path),
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


def run(
    algorithm: str, environment: dict[str, str], **parameters: str
) -> subprocess.CompletedProcess[str]:
    command = [
        PROGRAM,
        "--json",
        "run",
        f"dinamis:{algorithm}",
        *(f"--{name}={value}" for name, value in parameters.items()),
    ]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=500, check=False
    )


def polygon(path: Path, side: int = 16000, count: int = 1) -> Path:
    """A layer in Lambert 93 with squares near Pau."""
    features = []
    for number in range(count):
        x, y = 420000 + 50000 * number, 6243000
        ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    return path


def wanted(path: Path, **more: str) -> dict[str, str]:
    start = date.today() + timedelta(days=2)
    return {
        "INPUT": str(path),
        "PRODUCT": "pleiades-programmation",
        "START": start.isoformat(),
        "END": (start + timedelta(days=60)).isoformat(),
        "MAX_CLOUD": "15",
        "MAX_INCIDENCE": "25",
        "MODE": "mono",
        "TITLE": "Rocade",
        "PURPOSE": "Suivi",
        **more,
    }


def posts(service: Any) -> int:
    return sum(s.method == "POST" and s.path.endswith("/orders") for s in service.seen)


def test_submit_then_list(
    service: Any, environment: dict[str, str], key: dict[str, str], tmp_path: Path
) -> None:
    done = run(
        "submitrequest", {**environment, **key}, **wanted(polygon(tmp_path / "area.geojson"))
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads(done.stdout)["results"]
    assert results["STATUS"] == "received" and results["REQUEST_ID"]
    time.sleep(1)
    listed = run("listrequests", {**environment, **key}, OUTPUT=str(tmp_path / "requests.gpkg"))
    assert listed.returncode == 0, listed.stdout + listed.stderr
    layer = QgsVectorLayer(str(tmp_path / "requests.gpkg"), "requests", "ogr")
    found = next(f for f in layer.getFeatures() if f["request_id"] == results["REQUEST_ID"])
    assert found["status"] == "completed" and found["area_km2"] == pytest.approx(256, rel=0.01)
    steps = [step["status"] for step in json.loads(found["history"])]
    assert steps == ["ready", "sending", "received", "accepted", "scheduled", "completed"]
    assert json.loads(found["delivered"])[0]["collection"] == "pleiades-drs"
    assert found["account"].startswith("api-key ")


def test_rules_are_told_and_nothing_leaves(
    service: Any, environment: dict[str, str], key: dict[str, str], tmp_path: Path
) -> None:
    before = posts(service)
    done = run(
        "submitrequest",
        {**environment, **key},
        **wanted(polygon(tmp_path / "area.geojson", side=3000), MAX_CLOUD="2"),
    )
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "9.0 km²" in said and "100 km²" in said and "Traceback" not in said
    assert posts(service) == before


@pytest.mark.parametrize(
    ("more", "says"),
    [({"PRODUCT": "landsat"}, "pleiades-programmation"), ({"MODE": "film"}, "mode")],
    ids=["unknown product", "unknown mode"],
)
def test_wrong_values(
    more: dict[str, str],
    says: str,
    environment: dict[str, str],
    key: dict[str, str],
    tmp_path: Path,
) -> None:
    done = run(
        "submitrequest",
        {**environment, **key},
        **wanted(polygon(tmp_path / "area.geojson"), **more),
    )
    assert done.returncode != 0 and says in done.stdout + done.stderr


def test_one_feature_only(environment: dict[str, str], key: dict[str, str], tmp_path: Path) -> None:
    done = run(
        "submitrequest",
        {**environment, **key},
        **wanted(polygon(tmp_path / "two.geojson", count=2)),
    )
    assert done.returncode != 0 and "One polygon is needed" in done.stdout + done.stderr


def test_nobody_signed_in(service: Any, environment: dict[str, str], tmp_path: Path) -> None:
    before = posts(service)
    done = run("submitrequest", environment, **wanted(polygon(tmp_path / "area.geojson")))
    assert done.returncode != 0 and "signed in" in done.stdout + done.stderr
    assert posts(service) == before


def test_a_failed_run_taken_up_again_is_one_request(
    service: Any, environment: dict[str, str], key: dict[str, str], tmp_path: Path
) -> None:
    values = wanted(polygon(tmp_path / "area.geojson"), TITLE="Reprise")
    service.faults.add(Fault("/stapi/products/.*/orders", method="POST", status=403, times=1))
    first = run("submitrequest", {**environment, **key}, **values)
    service.faults.clear()
    assert first.returncode != 0
    second = run("submitrequest", {**environment, **key}, **values)
    assert second.returncode == 0, second.stdout + second.stderr
    listed = run("listrequests", {**environment, **key}, OUTPUT=str(tmp_path / "requests.gpkg"))
    assert listed.returncode == 0
    layer = QgsVectorLayer(str(tmp_path / "requests.gpkg"), "requests", "ogr")
    assert sum(f["title"] == "Reprise" for f in layer.getFeatures()) == 1


def test_check_tells_every_rule_and_sends_nothing(
    service: Any, environment: dict[str, str], key: dict[str, str], tmp_path: Path
) -> None:
    before = posts(service)
    home = {**environment, **key, "DINAMIS_HOME": str(tmp_path / "home")}
    good = run("checkrequest", home, **wanted(polygon(tmp_path / "area.geojson")))
    assert good.returncode == 0, good.stdout + good.stderr
    results = json.loads(good.stdout)["results"]
    assert results["SENDABLE"] and results["ERRORS"] == 0
    codes = {row["code"]: row for row in json.loads(results["RESULTS"])}
    assert {"area-valid", "area-size", "area-width", "quota", "window"} <= set(codes)
    bad = run(
        "checkrequest",
        home,
        **wanted(polygon(tmp_path / "small.geojson", side=2000), MAX_CLOUD="3", TITLE=""),
    )
    results = json.loads(bad.stdout)["results"]
    assert not results["SENDABLE"]
    broken = {row["code"]: row for row in json.loads(results["RESULTS"]) if row["level"] == "error"}
    assert {"area-small", "area-narrow", "cloud", "title"} <= set(broken) and results[
        "ERRORS"
    ] == len(broken)
    assert all(row["remedy"] for row in broken.values())
    assert posts(service) == before and not (tmp_path / "home" / "requests.gpkg").exists()
