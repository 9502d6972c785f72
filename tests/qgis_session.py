"""One real QGIS for the whole test run: started on an empty profile, stopped in order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests import network

_app: Any = None


def start(profile: Path) -> Any:
    """A ``QgsApplication`` whose profile, settings and databases are under ``profile``."""
    global _app
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(profile)
    from qgis.core import (
        QgsApplication,
        QgsNetworkAccessManager,
        QgsNetworkRequestParameters,
        QgsSettings,
    )
    from qgis.PyQt.QtCore import QCoreApplication, QSettings

    QCoreApplication.setOrganizationName("QGIS")
    QCoreApplication.setApplicationName("QGIS3")
    QCoreApplication.setOrganizationDomain("qgis.org")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(profile))
    _app = QgsApplication([], True, str(profile))
    _app.setQuitOnLastWindowClosed(False)
    _app.initQgis()
    QgsSettings().setValue("locale/overrideFlag", True)
    QgsSettings().setValue("locale/userLocale", "en")
    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(network.note_request)
    return _app


def stop() -> None:
    """Leaves QGIS in its own order, so that the interpreter ends without a crash."""
    global _app
    if _app is None:
        return
    from qgis.core import QgsProject

    QgsProject.instance().clear()
    _app.exitQgis()
    _app = None


@contextlib.contextmanager
def language(code: str, qm: Path) -> Iterator[None]:
    """QGIS's language is ``code`` and the plugin speaks it; English again afterwards."""
    if not qm.is_file():
        raise FileNotFoundError(f"{qm}: make i18n builds it")
    from qgis.core import QgsApplication, QgsSettings
    from qgis.PyQt.QtCore import QLocale

    from dinamis_qgis.bridge import translation

    before = QLocale()
    QgsSettings().setValue("locale/userLocale", code)
    QgsApplication.setLocale(QLocale(code))
    QLocale.setDefault(QLocale(code))
    translator = translation.install_translation()
    try:
        yield
    finally:
        translation.remove_translation(translator)
        QLocale.setDefault(before)
        QgsApplication.setLocale(before)
        QgsSettings().setValue("locale/userLocale", "en")
