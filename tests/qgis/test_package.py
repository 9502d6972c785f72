"""The zip people install: what is in it, and that exactly it works in an empty QGIS profile."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests import code

REFUSED = {
    ".so",
    ".pyd",
    ".dll",
    ".dylib",
    ".exe",
    ".sh",
    ".bat",
    ".pyc",
    ".zip",
    ".gz",
    ".whl",
    ".ts",
    ".ui",
}


@pytest.fixture(scope="module")
def package() -> ModuleType:
    sys.path.insert(0, str(code.ROOT / "tools"))
    try:
        import package as module
    finally:
        sys.path.pop(0)
    return module


@pytest.fixture(scope="module")
def archive(package: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of this state of the code."""
    return package.write(tmp_path_factory.mktemp("zip") / package.archive().name)


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as bundle:
        bundle.extractall(folder)
    return folder


def names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as bundle:
        return bundle.namelist()


def test_one_folder_with_what_the_site_wants(archive: Path) -> None:
    assert {name.split("/")[0] for name in names(archive)} == {"dinamis_qgis"}
    wanted = {
        "__init__.py",
        "metadata.txt",
        "LICENSE",
        "i18n/dinamis_qgis_fr.qm",
        "resources/icons/dinamis.svg",
    }
    assert {f"dinamis_qgis/{name}" for name in wanted} <= set(names(archive))
    assert archive.stat().st_size <= 25 * 1024 * 1024


def test_nothing_that_does_not_belong(archive: Path) -> None:
    wrong = [
        name
        for name in names(archive)
        if name != "dinamis_qgis/.bandit"  # the one hidden file the site reads
        and (
            Path(name).suffix in REFUSED
            or any(
                part.startswith(".") or part in ("tests", "__pycache__") for part in name.split("/")
            )
        )
    ]
    assert not wrong


def test_same_input_same_bytes(package: ModuleType, archive: Path, tmp_path: Path) -> None:
    again = package.write(tmp_path / archive.name)
    assert (
        hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(archive.read_bytes()).digest()
    )


judges = pytest.mark.skipif(
    not find_spec("bandit"), reason="no tools of `make lint` here: the zip is judged beside them"
)


def bandit(folder: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bandit", "-q", "-r", str(folder), "-f", "json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)[
        "results"
    ]


def secrets(folder: Path) -> list[str]:
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    with default_settings():
        found = [
            secret
            for path in sorted(folder.rglob("*"))
            if path.is_file()
            for secret in scan_file(str(path))
        ]
    return [
        f"{Path(secret.filename).relative_to(folder)}:{secret.line_number} {secret.type}"
        for secret in found
    ]


@pytest.fixture(scope="module")
def findings(unpacked: Path) -> list[dict[str, Any]]:
    """What bandit says of the zip, as the site runs it: the zip's ``.bandit`` leaves vendor out."""
    return bandit(unpacked)


@pytest.fixture(scope="module")
def vendored_findings(unpacked: Path) -> list[dict[str, Any]]:
    """What bandit says of the vendored packages."""
    return bandit(unpacked / "dinamis_qgis" / "vendor")


@pytest.fixture(scope="module")
def secret_like(unpacked: Path) -> list[str]:
    """What detect-secrets says of the whole zip."""
    return secrets(unpacked)


@judges
def test_security_tools_find_nothing_of_ours(
    unpacked: Path, findings: list[dict[str, Any]], secret_like: list[str]
) -> None:
    vendor = str(unpacked / "dinamis_qgis" / "vendor")
    ours = [f for f in findings if not f["filename"].startswith(vendor)]
    assert not [
        f"{f['filename']}:{f['line_number']} {f['test_id']} {f['issue_text']}" for f in ours
    ]
    assert not [line for line in secret_like if not line.startswith("dinamis_qgis/vendor/")]


@judges
def test_security_tools_would_find_something(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        "import random\nassert random.random()\nkey = 'AK" + "IA" + "Z7" * 8 + "'\n"
    )
    assert {f["test_id"] for f in bandit(tmp_path)} == {"B101", "B311"}
    assert secrets(tmp_path)


def rows() -> dict[str, tuple[str, set[str]]]:
    """VENDORED.md: package → (version, bandit tests judged)."""
    text = (code.ROOT / "requirements" / "VENDORED.md").read_text("utf-8")
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return {row[0].lower(): (row[1], set(re.findall(r"B\d+", row[4]))) for row in cells[1:]}


@judges
def test_vendored_packages_are_listed_and_judged(
    unpacked: Path, vendored_findings: list[dict[str, Any]], secret_like: list[str]
) -> None:
    vendor = unpacked / "dinamis_qgis" / "vendor"
    pinned = dict(
        re.findall(
            r"^([\w.-]+)==(\S+)",
            (code.ROOT / "requirements" / "vendor.txt").read_text(),
            re.MULTILINE,
        )
    )
    assert {name.lower(): version for name, version in pinned.items()} == {
        name: row[0] for name, row in rows().items()
    }
    folders = {
        "pystac-client": "pystac_client",
        "python-dateutil": "dateutil",
        "six": "six.py",
        "pysocks": "socks.py",
        "jaraco.classes": "jaraco",
    }
    found: dict[str, set[str]] = {}
    for finding in vendored_findings:
        top = Path(finding["filename"]).relative_to(vendor).parts[0]
        found.setdefault(top, set()).add(finding["test_id"])
    judged = {
        folders.get(name, name.replace("-", "_")): tests
        for name, (_, tests) in rows().items()
        if tests
    }
    assert found == judged
    assert {line.split(":")[0].split("/")[2] for line in secret_like if "/vendor/" in line} <= {
        "keyring-24.3.1.dist-info"
    }


def test_vendored_licences_are_there(unpacked: Path) -> None:
    for folder in (unpacked / "dinamis_qgis" / "vendor").glob("*.dist-info"):
        assert [
            path for path in folder.rglob("*") if "LICEN" in path.name.upper() and path.is_file()
        ], folder.name


@pytest.fixture(scope="module")
def run() -> ModuleType:
    sys.path.insert(0, str(code.ROOT / "tools"))
    try:
        import qgis_run as module
    finally:
        sys.path.pop(0)
    return module


@pytest.fixture(scope="module")
def facts(
    archive: Path, run: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What ``inside/load.py`` saw: the zip loaded and unloaded by QGIS's own plugin loader, in a
    process of its own.
    """
    home = tmp_path_factory.mktemp("home")
    profile = run.make_profile(home / "profiles", archive)
    inside = Path(__file__).parent / "inside" / "load.py"
    done = subprocess.run(
        [run.base_python(), str(inside), str(profile), str(code.ROOT / "tests" / "iface.py")],
        env=run.environment(home),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_loads_from_the_profile(facts: dict[str, Any]) -> None:
    assert facts["loaded"]
    assert "/python/plugins/dinamis_qgis/__init__.py" in Path(facts["file"]).as_posix()
    assert facts["during"]["docks"] == ["DinamisDock"]
    assert "dinamis" in facts["during"]["providers"]
    assert facts["during"]["factories"] == 1


def test_speaks_french(facts: dict[str, Any]) -> None:
    assert facts["french"] == "Annulé."


def test_vendored_packages_are_used(facts: dict[str, Any]) -> None:
    for module in ("pystac_client", "segno"):
        assert "/dinamis_qgis/vendor/" in Path(facts["libraries"][module]).as_posix()
    assert facts["libraries"]["keyring"]


def test_loading_costs_no_network_and_no_heavy_import(facts: dict[str, Any]) -> None:
    assert facts["sockets"] == []
    assert facts["heavy"] == []


def test_unload_leaves_nothing(facts: dict[str, Any]) -> None:
    assert facts["unloaded"]
    before, after = facts["before"], facts["after"]
    assert {key: after[key] for key in after if after[key] != before[key]} == {}


@pytest.mark.display
def test_the_program_itself_runs_it(archive: Path, run: ModuleType, tmp_path: Path) -> None:
    """The real ``qgis`` with the zip in its profile: the dock is there, in French, no network was
    used; then it quits.
    """
    if not shutil.which("qgis"):
        pytest.fail("the qgis program is missing: make setup installs it")
    run.make_profile(tmp_path / "profiles", archive)
    script = Path(__file__).parent / "inside" / "program.py"
    env = run.environment(
        tmp_path,
        DINAMIS_TEST_REPORT=str(tmp_path / "report.json"),
        PYQGIS_STARTUP=str(script.with_name("startup.py")),
    )
    with (tmp_path / "qgis.log").open("w") as log:
        process = run.start(tmp_path / "profiles", script, env, log)
        try:
            process.wait(timeout=120)
        finally:
            process.kill()
            process.wait()
    output = (tmp_path / "qgis.log").read_text(errors="replace")
    assert (tmp_path / "report.json").is_file(), output
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report == {
        "active": True,
        "dock": ["Rechercher", "Mes produits", "Demandes"],
        "provider": True,
        "title": "DINAMIS",
        "shown": True,
        "network": [],
    }
    assert "Traceback" not in output
