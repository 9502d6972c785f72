"""What the plugin remembers: one dataclass over QgsSettings; ``DINAMIS_<NAME>`` in the environment
wins. Never a secret.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsSettings

from dinamis_qgis.core.net.http import CONNECTIONS

PREFIX = "dinamis"


@dataclass
class Settings:
    """Every remembered value with its default."""

    profile: str = "dinamis"
    """Id of the built-in or imported profile, or the path of a profile file."""
    download_folder: str = ""
    folder_template: str = "{id}"
    """The folder of a product below the download folder, see ``core.transfer.naming``."""
    cache_mb: int = 2048
    """Bound of the imagery block cache on disk, in megabytes."""
    connections: int = CONNECTIONS
    """Parallel connections for one large read or download."""
    dock_visible: bool = False
    """Closed until the person opens it: starting QGIS asks nothing of the network."""
    add_after_download: bool = True
    poll_minutes: int = 15
    """How often sent requests are asked after, at most."""
    relay_tab: bool = False
    """The relay's tab also where the service does not say that the account is a relay's."""
    relay_register: str = ""
    """Path of the relay's GeoPackage; empty for the one in the plugin's folder."""
    relay_connection: str = ""
    """Name of QGIS's PostgreSQL connection that holds the register; empty for the GeoPackage."""
    relay_schema: str = "dinamis_relais"
    relay_feed: str = ""
    """Path of the Atom file the relay writes its news into."""
    relay_keep_months: int = 24
    """After so long the names of removed and refused accounts may be made anonymous."""

    @classmethod
    def load(cls) -> Settings:
        """The stored values; one of a wrong type falls back to its default."""
        store, found = QgsSettings(), cls()
        for item in fields(cls):
            default = getattr(found, item.name)
            value = os.environ.get(
                f"DINAMIS_{item.name.upper()}", store.value(f"{PREFIX}/{item.name}", default)
            )
            setattr(found, item.name, _as_type(value, default))
        return found

    def save(self) -> None:
        """Keep what differs from the environment's overrides."""
        store = QgsSettings()
        for item in fields(self):
            if f"DINAMIS_{item.name.upper()}" not in os.environ:
                store.setValue(f"{PREFIX}/{item.name}", getattr(self, item.name))


def _as_type(value: Any, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "yes")
        return type(default)(value)
    except (TypeError, ValueError):
        return default


@dataclass(frozen=True)
class Paths:
    """Where the plugin keeps its files, below the QGIS profile."""

    home: Path

    @classmethod
    def default(cls) -> Paths:
        """``DINAMIS_HOME``, else the folder ``dinamis`` of the QGIS profile; made when missing."""
        home = os.environ.get("DINAMIS_HOME") or os.path.join(
            QgsApplication.qgisSettingsDirPath(), "dinamis"
        )
        return cls(Path(home))

    def _made(self, path: Path) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def profiles(self) -> Path:
        """Profiles imported from relays."""
        return self._made(self.home / "profiles")

    @property
    def cache(self) -> Path:
        """Blocks and thumbnails; may be deleted at any time."""
        return self._made(self.home / "cache")

    @property
    def training(self) -> Path:
        """The training service's data."""
        return self._made(self.home / "training")

    @property
    def queue(self) -> Path:
        """The download queue's database."""
        return self._made(self.home) / "queue.sqlite"

    @property
    def register(self) -> Path:
        """The register of requests, a GeoPackage."""
        return self._made(self.home) / "requests.gpkg"

    @property
    def relay_register(self) -> Path:
        """The relay's register, a GeoPackage."""
        return self._made(self.home) / "relais.gpkg"
