"""Links this checkout into a QGIS profile, so that QGIS runs the code as it stands (on Windows: a
copy).

The plugin's folder in the profile is a small one of links, because QGIS wants metadata.txt beside
the code.
"""

from __future__ import annotations

import argparse
import configparser
import os
import shutil
import sys
from pathlib import Path

import package

ROOT = package.ROOT


def settings_folders() -> list[Path]:
    """Where QGIS 3 and 4 keep their profiles on this system, those that exist; QGIS 3's when none
    does.
    """
    if sys.platform == "win32":
        base = Path(os.environ["APPDATA"]) / "QGIS"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support" / "QGIS"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "QGIS"
    folders = [base / name / "profiles" for name in ("QGIS3", "QGIS4")]
    return [folder for folder in folders if folder.is_dir()] or folders[:1]


def default_profile(profiles: Path) -> str:
    """The profile QGIS opens by itself."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(profiles / "profiles.ini", encoding="utf-8")
    return parser.get("core", "defaultProfile", fallback="default").strip('"') or "default"


def link(plugin: Path) -> None:
    """Fills ``plugin`` (a folder of links made by an earlier run, or new).

    Refuses to touch an installed plugin.
    """
    if plugin.is_symlink():
        plugin.unlink()
    if plugin.is_dir():
        installed = plugin / "metadata.txt"
        if installed.exists() and not installed.is_symlink() and sys.platform != "win32":
            raise SystemExit(f"{plugin} holds an installed plugin: remove it in QGIS first")
        shutil.rmtree(plugin)
    plugin.mkdir(parents=True)
    entries = [path for path in (ROOT / "dinamis_qgis").iterdir() if path.name != "__pycache__"]
    entries += [ROOT / name for name in ("metadata.txt", "LICENSE", "resources", "i18n")]
    vendor = package.vendor()  # found by the code in build/; a copy needs its own
    for path in [*entries, *([vendor] if sys.platform == "win32" else [])]:
        if sys.platform != "win32":
            (plugin / path.name).symlink_to(path, target_is_directory=path.is_dir())
        elif path.is_dir():
            shutil.copytree(path, plugin / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(path, plugin / path.name)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profile", help="name of the QGIS profile (the one QGIS opens by itself)")
    parser.add_argument(
        "--profiles", type=Path, help="the folder of the profiles, when it is elsewhere"
    )
    options = parser.parse_args()
    for profiles in [options.profiles] if options.profiles else settings_folders():
        plugin = (
            profiles
            / (options.profile or default_profile(profiles))
            / "python"
            / "plugins"
            / package.FOLDER
        )
        link(plugin)
        print(f"Linked into {plugin}: activate DINAMIS in QGIS's plugin manager.")


if __name__ == "__main__":
    main()
