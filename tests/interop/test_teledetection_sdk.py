"""The public SDK ``teledetection``, unmodified, against the training service: sign in, keys, signed
addresses, bytes.

Only its storage domain is pointed at loopback, which it keeps as a constant. It runs in a virtual
environment of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.sandbox.service import Service
from tests.support.service import running_service

ROOT = Path(__file__).resolve().parents[2]
VERSION = "1.13.0"
FOLDER = (
    ROOT
    / "build"
    / "interop"
    / f"teledetection-{VERSION}-py{sys.version_info[0]}{sys.version_info[1]}"
)

PRELUDE = """
import json, sys
import requests
from teledetection.sdk import http, signing
import teledetection
signing.S3_STORAGE_DOMAIN = sys.argv[1].partition("//")[2]
root = sys.argv[1]
def tell(**values):
    print("TOLD " + json.dumps(values))
"""
SIGN_IN = """
first = http.get_username()
again = http.OAuth2ConnectionMethod()
again.oauth2_session.jwt_issuance = again.oauth2_session.jwt_issuance.min  # as in a new process: refresh
tell(user=first, again=again.get_userinfo()["preferred_username"], info=http.get_userinfo())
"""
KEYS = """
from teledetection import cli
made = cli._create_new_key("poste de test")
before = cli._get_all_keys()
cli.do_list_keys()
cli.do_revoke_key(made["access-key"])
kept = cli._create_new_key("")
tell(made=made["access-key"], before=before, after=cli._get_all_keys(), kept=kept)
"""
SIGN = """
import pystac_client
catalogue = pystac_client.Client.open(root + "/stac", modifier=teledetection.sign_inplace)
items = list(catalogue.search(collections=["spot-6-7-drs"], query={"license": {"eq": "spot67"}}, max_items=3).items())
found = []
for item in items:
    asset = item.assets["src_xs"]
    got = requests.get(asset.href, headers={"Range": "bytes=0-3"})
    unsigned = requests.get(asset.href.partition("?")[0])
    found.append([item.id, got.status_code, got.content.decode("latin-1"), unsigned.status_code, asset.href])
resigned = teledetection.sign(found[0][4].partition("?")[0])
kept = signing.sign_urls([found[0][4]])[found[0][4]]
tell(found=found, resigned=requests.get(resigned).status_code, kept=kept == found[0][4])
"""
REFUSED = """
import pystac_client
catalogue = pystac_client.Client.open(root + "/stac")
item = next(catalogue.search(query={"license": {"eq": "crise"}}, max_items=1).items())
try:
    teledetection.sign(item.assets["src_xs"].href)
    tell(status=200)
except requests.HTTPError as error:
    tell(status=error.response.status_code, detail=error.response.json()["detail"])
"""


@pytest.fixture(scope="session")
def sdk() -> Path:
    """The Python of an environment that has the SDK; made once, then kept.

    Skips when no package index is reachable.
    """
    if sys.version_info < (3, 10):
        pytest.skip("the SDK needs Python 3.10")
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (FOLDER / "complete").is_file():
        try:
            venv.create(FOLDER, clear=True, with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no virtual environment can be made: {error}")
        command = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--retries",
            "1",
            "--timeout",
            "15",
        ]
        try:
            done = subprocess.run(
                [*command, f"teledetection=={VERSION}"],
                capture_output=True,
                text=True,
                timeout=150,
                check=False,
            )
        except subprocess.TimeoutExpired:
            pytest.skip("the SDK cannot be installed in time")
        if done.returncode:
            pytest.skip(f"the SDK cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
        (FOLDER / "complete").touch()
    return python


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("service"), auto_approve="technicien") as running:
        yield running


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SDK keeps its login from one process to the next."""
    return tmp_path_factory.mktemp("config")


def _run(python: Path, service: Service, config: Path, script: str, **environment: str) -> Any:
    """What ``script`` told, run by the SDK's Python."""
    done = subprocess.run(
        [str(python), "-c", PRELUDE + script, service.root],
        env={
            **os.environ,
            "TLD_SIGNING_ENDPOINT": f"{service.root}/signing",
            "TLD_CONFIG_DIR": str(config),
            "PYTHONUTF8": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    told = [line[5:] for line in done.stdout.splitlines() if line.startswith("TOLD ")]
    assert done.returncode == 0, done.stderr[-3000:]
    assert told, done.stderr[-3000:]
    return json.loads(told[-1])


def test_it_signs_in_and_refreshes_in_a_later_process(
    sdk: Path, service: Service, config: Path
) -> None:
    told = _run(sdk, service, config, SIGN_IN)
    assert (told["user"], told["again"]) == ("technicien", "technicien")
    assert told["info"]["organization"]["name"] == "CC du Haut-Béarn"
    logins = [seen for seen in service.seen if seen.path.endswith("/auth/device")]
    assert len(logins) == 1
    assert _run(sdk, service, config, SIGN_IN)["user"] == "technicien"
    assert len([seen for seen in service.seen if seen.path.endswith("/auth/device")]) == 1
    tokens = [seen.status for seen in service.seen if seen.path.endswith("/token")]
    assert len(tokens) >= 3
    assert set(tokens) == {200}


def test_it_lists_creates_and_revokes_keys_and_signs_with_one(
    sdk: Path, service: Service, config: Path
) -> None:
    told = _run(sdk, service, config, KEYS)
    assert [row["description"] for row in told["before"]] == ["poste de test"]
    assert [row["access-key"] for row in told["before"]] == [told["made"]]
    assert [row["access-key"] for row in told["after"]] == [told["kept"]["access-key"]]
    keys = {
        "TLD_ACCESS_KEY": told["kept"]["access-key"],
        "TLD_SECRET_KEY": told["kept"]["secret-key"],
    }
    asked = len([seen for seen in service.seen if seen.path.endswith("/token")])
    assert _run(sdk, service, config / "nothing", SIGN, **keys)["resigned"] == 200
    assert len([seen for seen in service.seen if seen.path.endswith("/token")]) == asked


def test_it_signs_addresses_that_serve_ranges(sdk: Path, service: Service, config: Path) -> None:
    told = _run(sdk, service, config, SIGN)
    assert len(told["found"]) == 3
    for item_id, status, start, unsigned, href in told["found"]:
        assert item_id.startswith("SPOT")
        assert (status, unsigned) == (206, 403)
        assert start in ("II*\0", "II+\0")
        assert "X-Amz-Signature=" in href
    assert told["resigned"] == 200
    assert told["kept"]


def test_it_understands_a_refusal(sdk: Path, service: Service, config: Path) -> None:
    told = _run(sdk, service, config, REFUSED)
    assert told["status"] == 403
    assert "crise" in told["detail"]
