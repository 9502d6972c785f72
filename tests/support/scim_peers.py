"""scim2-cli and scim2-server, each an independent word on SCIM, in an environment of their own."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "tests" / "interop" / "scim" / "requirements.txt"


class Missing(Exception):
    """The peers cannot be had on this machine, and why."""


def environment() -> Path:
    """The folder of the programs, kept in ``build/`` until the pins change. Raises Missing."""
    folder = ROOT / "build" / f"scim-{hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]}"
    programs = folder / "bin"
    if (folder / ".ready").exists():
        return programs
    names = [sys.executable, *(shutil.which(f"python3.{n}") for n in (11, 12, 13))]
    check = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    base = next((n for n in names if n and _done([n, "-c", check])), None)
    if base is None:
        raise Missing("scim2-cli needs Python 3.11 or later, and there is none here")
    if not _done([base, "-m", "venv", "--clear", str(folder)]):
        raise Missing("no environment can be made")
    pip = [str(programs / "python"), "-m", "pip", "install", "-q", "--no-deps"]
    pip += ["--disable-pip-version-check", "-r", str(PINS)]
    made = subprocess.run(pip, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Missing(f"scim2-cli cannot be installed: {made.stderr.strip()[-300:]}")
    (folder / ".ready").touch()
    return programs


def _done(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def scim2_server() -> Iterator[str]:
    """The address of an empty scim2-server with the schemas of RFC 7643. Raises Missing."""
    programs = environment()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    command = [str(programs / "scim2-server"), "--port", str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=clean, stdout=quiet, stderr=quiet)
    try:
        end = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < end:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        if process.poll() is not None:
            raise RuntimeError("scim2-server does not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
