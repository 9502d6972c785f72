"""``python -m dinamis_qgis.sandbox`` as a program, the profile it writes, and what importing it
costs.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.sandbox import service as service_module
from dinamis_qgis.sandbox.__main__ import _parse_options
from dinamis_qgis.sandbox.service import Options, default_data_dir
from tests.support.service import LittleWorld, ask, running_service

ROOT = Path(__file__).resolve().parents[3]

# The program with a world of nothing: making the real one is the business of the world's tests.
PROGRAM = """
import sys
from dinamis_qgis.sandbox import __main__ as program, service
from tests.support.service import LittleWorld
service._real_world = lambda *args: (LittleWorld({}), [])
sys.exit(program.main(sys.argv[1:]))
"""


@contextmanager
def _program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_json_line_then_a_clean_end(tmp_path: Path, number: int) -> None:
    with _program("--port", "0", "--data", str(tmp_path), "--auto-approve") as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert set(told) == {"root", "profile"}
        assert ask(told["root"] + "/signing/openapi.json").status == 200
        assert Path(told["profile"]).is_file()
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_it_cannot_start_on_a_busy_port_and_says_so(tmp_path: Path) -> None:
    with (
        running_service(tmp_path / "a", LittleWorld({})) as service,
        _program("--port", str(service.port), "--data", str(tmp_path / "b")) as process,
    ):
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert "cannot start" in err
    assert "Traceback" not in err


def test_a_data_folder_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError), running_service(tmp_path / "file", LittleWorld({})):
        pass


def test_a_damaged_state_file_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "accounts.sqlite").write_text("this is not a database, it is a long sentence" * 100)
    with pytest.raises(OSError, match="not a database"), running_service(tmp_path, LittleWorld({})):
        pass


def test_the_options_of_the_command_line(tmp_path: Path) -> None:
    assert _parse_options([]) == Options()
    assert _parse_options(["--auto-approve"]).auto_approve == "technicien"
    given = _parse_options(
        [
            "--port",
            "8000",
            "--data",
            "D",
            "--auto-approve",
            "sdis",
            "--rtt-ms",
            "300",
            "--rate-mbit",
            "40",
            "--token-life",
            "5",
            "--url-life",
            "9",
            "--days-per-second",
            "2",
        ]
    )
    assert given == Options(8000, Path("D"), "sdis", 300, 40, 5, 9, 2)
    for wrong in (["--port", "x"], ["--unknown"], ["--host", "0.0.0.0"]):
        with pytest.raises(SystemExit):
            _parse_options(wrong)


def test_the_profile_is_valid_and_talks_to_this_service_only(tmp_path: Path) -> None:
    with running_service(tmp_path, LittleWorld({})) as service:
        profile = load_profile(
            service.profile_path, ROOT / "resources" / "profiles" / "schema.json"
        )
    netloc = service.root.partition("//")[2]
    assert profile.training
    assert profile.hosts() == (netloc,)
    assert profile.storage.holds(f"{service.root}/storage/drs/a.tif")
    assert profile.auth.discovery == f"{service.root}/signing/openapi.json"
    text = service.profile_path.read_text(encoding="utf-8")
    assert "{root}" not in text
    assert "{netloc}" not in text


def test_where_data_go_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(service_module.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_data_dir() == tmp_path / "dinamis-formation"
    monkeypatch.setattr(service_module.sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_data_dir() == tmp_path / "local" / "dinamis-formation"
    monkeypatch.setattr(service_module.sys, "platform", "darwin")
    assert default_data_dir() == Path.home() / "Library" / "Caches" / "dinamis-formation"


def test_importing_the_service_imports_nothing_heavy() -> None:
    code = (
        "import sys, dinamis_qgis.sandbox.service\n"
        "heavy = {'numpy', 'osgeo', 'pyproj', 'shapely', 'requests', 'pystac', 'pystac_client', "
        "'qgis', 'PyQt5'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
