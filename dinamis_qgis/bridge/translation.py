"""French (or any other compiled language) for the whole plugin: installs and removes Qt's
translator.
"""

from __future__ import annotations

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from dinamis_qgis import about
from dinamis_qgis.core import text

CONTEXT = "dinamis"


def interface_locale() -> str:
    """The language of QGIS's interface, such as ``fr_FR``."""
    store = QgsSettings()
    override = store.value("locale/overrideFlag", False, bool)
    chosen = str(store.value("locale/userLocale", "") or "")
    return chosen if override and chosen else (chosen or QLocale.system().name())


def install_translation() -> QTranslator | None:
    """Translate from now on; None where there is no file for the language."""
    path = about.translation_path(interface_locale())
    translator = QTranslator()
    if not path.is_file() or not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    text.install_translator(
        lambda source, n: QCoreApplication.translate(CONTEXT, source, None, -1 if n is None else n)
    )
    return translator


def remove_translation(translator: QTranslator | None) -> None:
    """Undo ``install_translation``."""
    text.install_translator(None)
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
