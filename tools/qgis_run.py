"""A QGIS of its own for a test or the demo: an empty profile with the plugin's zip installed,
French, quiet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

PLUGIN = "dinamis_qgis"
NAME = "dinamis"

# French; the plugin on; nothing that phones home, no question at start. The news have a name of
# their own in QGIS 3.22 and another one later.
SETTINGS = """
[locale]
overrideFlag=true
userLocale=fr
globalLocale=fr_FR

[PythonPlugins]
dinamis_qgis=true

[qgis]
checkVersion=false
showTips=false
askToSaveProjectChanges=false
enableMacros=SessionOnly

[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true
httpsfeedqgisorg\\disabled=true

[fonts]
downloadMissingFonts=false
"""


def make_profile(profiles: Path, archive: Path, settings: str = "") -> Path:
    """A profile named ``dinamis`` for ``start(profiles, …)`` with ``archive`` installed;
    ``settings`` is more of its ini.
    """
    profile = profiles / "profiles" / NAME  # where QGIS's --profiles-path looks
    shutil.rmtree(profile, ignore_errors=True)
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(archive) as bundle:
        bundle.extractall(plugins)
    for name in ("QGIS3.ini", "QGIS4.ini"):
        (profile / "QGIS").mkdir(exist_ok=True)
        (profile / "QGIS" / name).write_text(SETTINGS + settings, "utf-8")
    return profile


def environment(home: Path, **more: str) -> dict[str, str]:
    """This process's environment without what would reach into the checkout, its .venv or the
    person's own files.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DINAMIS_", "TLD_", "PYTHON", "PYTEST", "QGIS_", "VIRTUAL_ENV"))
        and not name.lower().endswith("_proxy")
    }
    venv = str(Path(sys.prefix) / "bin")
    kept["PATH"] = os.pathsep.join(
        part for part in kept.get("PATH", "").split(os.pathsep) if part != venv
    )
    for name, folder in (
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        kept[name] = str(home / folder)
        (home / folder).mkdir(parents=True, exist_ok=True)
    kept["LC_ALL"] = "C.UTF-8"
    kept["PYTHONDONTWRITEBYTECODE"] = "1"
    return {**kept, **more}


def start(
    profiles: Path, script: Path, env: Mapping[str, str], log: IO[str]
) -> subprocess.Popen[str]:
    """The ``qgis`` program on that profile, running ``script`` inside once it is up; its output
    goes to ``log``.
    """
    program = shutil.which("qgis", path=env.get("PATH"))
    if program is None:
        raise SystemExit("qgis is not on the PATH: make setup installs it")
    command = [
        program,
        "--profiles-path",
        str(profiles),
        "--profile",
        NAME,
        "--nologo",
        "--noversioncheck",
    ]
    command += ["--code", str(script)]
    return subprocess.Popen(
        command, env=dict(env), stdout=log, stderr=subprocess.STDOUT, cwd=profiles, text=True
    )


def base_python() -> str:
    """The Python that imports qgis, without the packages of .venv."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return str(Path(sys.base_prefix) / "bin" / name)
