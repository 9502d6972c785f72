"""The pure-Python libraries shipped in the zip (``vendor/``): QGIS's own copy wins when its version
fits.
"""

from __future__ import annotations

import importlib.metadata
import sys

from dinamis_qgis import about
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

FOLDER = (
    about.PACKAGE / "vendor"
    if about.plugin_home() == about.PACKAGE
    else about.plugin_home() / "build" / "vendor"
)
"""In an installed zip beside the code; in a checkout where ``make link`` puts it."""
MINIMUM = {
    "pystac-client": (0, 8),
    "pystac": (1, 10),
    "keyring": (23, 0),
    "python-dateutil": (2, 7),
    "segno": (1, 5),
    "defusedxml": (0, 6),
}
"""The oldest versions that the code was tried with."""
COMPILED = {
    "shapely": "python3-shapely",
    "requests": "python3-requests",
    "pyproj": "python3-pyproj",
    "numpy": "python3-numpy",
}
"""Modules that QGIS brings itself, and the Debian package of each."""


def is_recent_enough(name: str, minimum: tuple[int, ...]) -> bool:
    """True when an installed distribution ``name`` is recent enough."""
    try:
        parts = importlib.metadata.version(name).split(".")
        return tuple(int(x) for x in parts[: len(minimum)]) >= minimum
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return False


def ensure_libraries() -> None:
    """Make every library importable. Costs a few file look-ups; nothing is imported."""
    folder = str(FOLDER)
    if not FOLDER.is_dir() or folder in sys.path:
        return
    if all(is_recent_enough(name, minimum) for name, minimum in MINIMUM.items()):
        sys.path.append(folder)
    else:
        sys.path.insert(0, folder)


def release_libraries() -> None:
    """Undo ``ensure_libraries``."""
    folder = str(FOLDER)
    while folder in sys.path:
        sys.path.remove(folder)


def check_libraries() -> None:
    """Raises DinamisError naming the first library that QGIS should bring and does not, with the
    command to install it.
    """
    from importlib.util import find_spec

    for module, package in COMPILED.items():
        if find_spec(module) is None:
            raise DinamisError(
                tr("The Python library “{name}” is missing from this QGIS.").format(name=module),
                tr("Install it, then restart QGIS: {command}").format(
                    command=f"sudo apt install {package}"
                ),
                code="library",
            )
