"""A real STAC service for a while: PostgreSQL with PostGIS, pgstac and stac-fastapi, all below one
temporary folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "requirements" / "interop-pgstac.txt"


class Missing(Exception):
    """What the service needs is not on this machine, and what to do."""


@contextlib.contextmanager
def pgstac(
    collections: Iterable[Mapping[str, Any]], items: Iterable[Mapping[str, Any]]
) -> Iterator[str]:
    """The address of a service that has these items.

    Everything is stopped and removed at the end. Raises Missing.
    """
    python, programs, user = environment(), postgres_programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="pgstac-"))
    processes: list[subprocess.Popen[bytes]] = []
    try:
        if user:
            shutil.chown(folder, user.pw_name)
        port = _free_port()
        _initialise(programs, folder, user)
        processes.append(_server(programs, folder, port, user))
        settings = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(port),
            "PGUSER": "postgres",
            "PGPASSWORD": "x",
            "PGDATABASE": "postgres",
        }
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PG", "PYTHON"))},
            **settings,
        }
        _until(
            lambda: _run([programs / "psql", "-qc", "select 1"], environ, check=False) == 0,
            processes[0],
            "PostgreSQL",
        )
        _load(python, folder, environ, collections, items)
        api_port = _free_port()
        command = [
            python,
            "-m",
            "uvicorn",
            "--factory",
            "stac_fastapi.pgstac.app:create_app",
            "--log-level",
            "error",
        ]
        with (folder / "api.log").open("wb") as log:
            options: dict[str, Any] = {
                "env": environ,
                "stdout": log,
                "stderr": log,
                "preexec_fn": _end_with_parent,
            }
            processes.append(
                subprocess.Popen([*map(str, command), "--port", str(api_port)], **options)
            )
        root = f"http://127.0.0.1:{api_port}"
        _until(lambda: _answers(f"{root}/_mgmt/ping"), processes[1], "stac-fastapi")
        yield root
    finally:
        for process in reversed(processes):
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def environment() -> Path:
    """The Python that has the pinned packages, kept in ``build/`` until the pins change."""
    folder = ROOT / "build" / f"pgstac-{hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]}"
    python = folder / "bin" / "python"
    if (folder / ".ready").exists():
        return python
    candidates = [
        "/usr/bin/python3",
        sys.executable,
        *(shutil.which(f"python3.{minor}") for minor in (11, 12, 13)),
    ]
    check = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    base = next(
        (
            c
            for c in candidates
            if c
            and Path(c).exists()
            and subprocess.run([c, "-c", check], check=False).returncode == 0
        ),
        None,
    )
    if base is None:
        raise Missing("pgstac needs Python 3.11 or later, and there is none here")
    made = subprocess.run(
        [base, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False
    )
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--disable-pip-version-check",
        "-r",
        str(PINS),
    ]
    done = (
        subprocess.run(pip, capture_output=True, text=True, check=False)
        if made.returncode == 0
        else made
    )
    if done.returncode:
        raise Missing(f"pgstac cannot be installed: {done.stderr.strip()[-300:]}")
    (folder / ".ready").touch()
    return python


def postgres_programs() -> Path:
    """The folder of a PostgreSQL that has PostGIS; on a Debian-family system as root it is
    installed when missing.
    """
    found = _postgres()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # No cluster of the system's own: one is made here, for the time of the test.
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
        wanted = ["postgresql", "postgis", "postgresql-postgis"]
        if (
            subprocess.run(
                ["apt-cache", "show", "postgresql-15-postgis-3"], check=False, **quiet
            ).returncode
            == 0
        ):
            wanted = ["postgresql-15", "postgresql-15-postgis-3"]
        subprocess.run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", *wanted],
            env=environ,
            check=False,
            **quiet,
        )
        found = _postgres()
    if found is None:
        raise Missing(
            "PostgreSQL with PostGIS is not here: install postgresql and postgis (make setup "
            "does on Debian)"
        )
    return found


def _postgres() -> Path | None:
    for programs in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        version = programs.parent.name
        if (programs / "initdb").exists() and Path(
            f"/usr/share/postgresql/{version}/extension/postgis.control"
        ).exists():
            return programs
    return None


def _user() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: it refuses root. None for the one who runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Missing("PostgreSQL does not run as root, and there is no other user")


def _as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    return (
        {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"} if user else {}
    )


def _end_with_parent() -> None:
    """In the child: end too when the tests are killed and cannot clean up (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _initialise(programs: Path, folder: Path, user: pwd.struct_passwd | None) -> None:
    command = [
        str(programs / "initdb"),
        "-D",
        str(folder / "data"),
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **_as(user))


def _server(
    programs: Path, folder: Path, port: int, user: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "shared_buffers": "256MB",
        "max_wal_size": "4GB",
        "jit": "off",
        "logging_collector": "off",
    }
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_end_with_parent,  # noqa: PLW1509  no thread runs yet
        **_as(user),
    )


def _load(
    python: Path,
    folder: Path,
    environ: Mapping[str, str],
    collections: Iterable[Any],
    items: Iterable[Any],
) -> None:
    tool = python.with_name("pypgstac")
    files = {}
    for name, values in (("collections", collections), ("items", items)):
        files[name] = folder / f"{name}.ndjson"
        with files[name].open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(value) + "\n" for value in values)
    _run([tool, "migrate"], environ)
    for name, path in files.items():
        _run([tool, "load", name, path, "--method", "insert"], environ)


def _run(command: list[Any], environ: Mapping[str, str], check: bool = True) -> int:
    done = subprocess.run(
        [str(c) for c in command], env=dict(environ), capture_output=True, text=True, check=False
    )
    if check and done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-500:]}")
    return done.returncode


def _until(ready: Any, process: subprocess.Popen[bytes], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{what} does not start")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """SIGINT is PostgreSQL's fast shutdown and uvicorn's ordinary one."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
