"""The support report: what a relay needs to help from afar, and nothing that identifies or lets in
anyone.
"""

from __future__ import annotations

import importlib.metadata
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsSettings
from qgis.PyQt.QtCore import QT_VERSION_STR

from dinamis_qgis import about
from dinamis_qgis.bridge import messages, translation
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.support.checks import Installation

LIBRARIES = ("requests", "shapely", "pystac", "pystac-client", "keyring", "pyproj", "numpy")


def gather_installation(context: Context) -> Installation:
    """What the checks look at. GUI thread."""
    from osgeo import gdal

    from dinamis_qgis.core.support.checks import Installation

    settings, session = context.settings, context.session
    folders = {tr("plugin and cache"): context.paths.cache}
    if settings.download_folder:
        folders[tr("downloads")] = Path(settings.download_folder)
    store = QgsSettings()
    proxy = (
        store.value("proxy/proxyType", "") if store.value("proxy/proxyEnabled", False, bool) else ""
    )
    return Installation(
        {
            about.plugin_title(): about.plugin_version(),
            "QGIS": Qgis.QGIS_VERSION,
            "Qt": QT_VERSION_STR,
            "GDAL": gdal.VersionInfo("RELEASE_NAME"),
            "Python": platform.python_version(),
        },
        context.http,
        folders,
        context.profile,
        context.account,
        context.expired,
        getattr(session, "vault", None),
        str(proxy),
        settings.cache_mb,
    )


def support_report(context: Context, checks: Sequence[str] = ()) -> str:
    """The report as plain text; ``checks`` are the lines of a check of the installation.

    Secrets, user names, e-mail addresses and home folders are left out.
    """
    sections: dict[str, Sequence[str]] = {"Checks": checks} if checks else {}
    sections |= {
        "Versions": _version_lines(),
        "DINAMIS": _state_lines(context),
        "Network": _network_lines(),
        "Log": messages.recent_lines(),
    }
    text = "\n\n".join(
        f"## {title}\n" + "\n".join(lines or ["–"]) for title, lines in sections.items()
    )
    return _make_anonymous(text) + "\n"


def _version_lines() -> list[str]:
    from osgeo import gdal

    lines = [
        f"{about.plugin_title()} {about.plugin_version()}",
        f"QGIS {Qgis.QGIS_VERSION}, Qt {QT_VERSION_STR}, GDAL {gdal.VersionInfo('RELEASE_NAME')}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()} "
        f"{platform.machine()}",
        f"Language {translation.interface_locale()}",
    ]
    for name in LIBRARIES:
        try:
            lines.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"{name} missing")
    return lines


def _state_lines(context: Context) -> list[str]:
    profile, account, session = context.profile, context.account, context.session
    lines = [
        f"Profile {profile.id if profile else '–'}",
        f"Signed in: {'yes' if account else 'no'}",
    ]
    if account:
        held = (
            "unknown" if account.licences is None else ", ".join(sorted(account.licences)) or "none"
        )
        lines += [f"Licences {held}", f"Roles {', '.join(sorted(account.roles)) or '–'}"]
    vault = getattr(session, "vault", None)
    lines.append(f"Vault {getattr(vault, 'kind', '–')}")
    for name, service in context.services():
        metrics = getattr(service, "metrics", None)
        if callable(metrics):
            lines.append(f"{name} {metrics()}")
    return lines


def _network_lines() -> list[str]:
    """Whether there is a proxy and of which kind; never its address or user."""
    store = QgsSettings()
    enabled = store.value("proxy/proxyEnabled", False, bool)
    kind = store.value("proxy/proxyType", "") if enabled else "none"
    return [
        f"Proxy {kind}",
        f"Time-out {store.value('qgis/networkAndProxy/networkTimeout', 60000)} ms",
    ]


def _make_anonymous(text: str) -> str:
    text = text.replace(str(Path.home()), "~")
    return re.sub(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", "…@…", messages.strip_secrets(text))
