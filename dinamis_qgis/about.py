"""The one reader of ``metadata.txt``, and where the plugin's files are: in a checkout and in an
installed zip.
"""

from __future__ import annotations

import configparser
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def plugin_home() -> Path:
    """The folder that holds ``metadata.txt``, ``resources`` and ``i18n``: the package itself once
    installed, else its parent.
    """
    return PACKAGE if (PACKAGE / "metadata.txt").is_file() else PACKAGE.parent


@lru_cache(maxsize=1)
def plugin_metadata() -> Mapping[str, str]:
    """The ``[general]`` section of ``metadata.txt``."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(plugin_home() / "metadata.txt", encoding="utf-8")
    return dict(parser["general"]) if parser.has_section("general") else {}


def plugin_title() -> str:
    """The plugin's name."""
    return plugin_metadata().get("name", "DINAMIS")


def plugin_version() -> str:
    """The plugin's version."""
    return plugin_metadata().get("version", "0")


def user_agent(qgis_version: str = "") -> str:
    """What services see: plugin and version, QGIS version, homepage; nothing of the person."""
    qgis = f" QGIS/{qgis_version}" if qgis_version else ""
    return f"dinamis_qgis/{plugin_version()} (+{plugin_metadata().get('homepage', '')}){qgis}"


def resource_path(*parts: str) -> Path:
    """A file below ``resources``."""
    return plugin_home().joinpath("resources", *parts)


def icon_path(name: str) -> str:
    """An SVG below ``resources/icons``."""
    return str(resource_path("icons", f"{name}.svg"))


def translation_path(locale: str) -> Path:
    """The compiled translation of a locale such as ``fr_FR``; the file may be missing."""
    return plugin_home() / "i18n" / f"dinamis_qgis_{locale[:2].lower()}.qm"
