"""Runs in a Python of its own with QGIS and an empty profile: loads the installed plugin, looks,
unloads, looks again.

Arguments: the profile's folder, ``tests/iface.py``. Prints one JSON object on its last line.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
import time
import traceback
from pathlib import Path

HEAVY = (
    "requests",
    "urllib3",
    "shapely",
    "pystac",
    "pystac_client",
    "keyring",
    "numpy",
    "osgeo",
    "pyproj",
    "segno",
    "http.server",
)

profile, iface_file = Path(sys.argv[1]), Path(sys.argv[2])
sockets: list[str] = []
sys.addaudithook(lambda event, args: sockets.append(event) if event.startswith("socket.") else None)


def start_qgis():
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QCoreApplication, QSettings

    QCoreApplication.setOrganizationName("QGIS")
    QCoreApplication.setApplicationName("QGIS3")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    app = QgsApplication([], True, str(profile))
    app.initQgis()  # newer ones set a path of their own for the settings
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(profile))
    return app


def load_iface():
    spec = importlib.util.spec_from_file_location("iface_under_test", iface_file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Iface()


app = start_qgis()
import qgis.utils  # noqa: E402
from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QEvent  # noqa: E402

qgis.utils.iface = iface = load_iface()
plugins = str(profile / "python" / "plugins")
sys.path.insert(0, plugins)
qgis.utils.plugin_paths = [plugins]
qgis.utils.updateAvailablePlugins()
qgis.utils.showException = lambda kind, value, trace, *_args, **_more: traceback.print_exception(
    kind, value, trace
)


def settle():
    for _ in range(20):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        time.sleep(0.005)


def state() -> dict:
    """Everything of QGIS that a plugin could have changed."""
    settle()
    window = iface.mainWindow()
    return {
        "path": list(sys.path),
        "threads": sorted(t.name for t in threading.enumerate()),
        "providers": sorted(p.id() for p in QgsApplication.processingRegistry().providers()),
        "docks": [d.objectName() for d in iface.docks],
        "actions": len(iface.plugin_actions),
        "factories": len(iface.factories),
        "locator": len(iface.locator_filters),
        "children": sorted(f"{type(c).__name__}:{c.objectName()}" for c in window.children()),
        "canvas_items": len(iface.mapCanvas().scene().items()),
    }


before, modules = state(), set(sys.modules)
sockets.clear()
begin = time.perf_counter()
loaded = qgis.utils.loadPlugin("dinamis_qgis") and qgis.utils.startPlugin("dinamis_qgis")
if not loaded:
    sys.exit("QGIS could not load the plugin")
seconds = time.perf_counter() - begin
settle()
during = state()
added = sorted(set(sys.modules) - modules)
at_load = list(sockets)

import dinamis_qgis  # noqa: E402
from dinamis_qgis.core.text import tr  # noqa: E402

facts = {
    "loaded": bool(loaded),
    "file": dinamis_qgis.__file__,
    "seconds": seconds,
    "heavy": [name for name in HEAVY if name in added],
    "sockets": at_load,
    "french": tr("Cancelled."),
}
import keyring  # noqa: E402
import pystac_client  # noqa: E402
import segno  # noqa: E402

facts["libraries"] = {
    module.__name__: module.__file__ for module in (pystac_client, segno, keyring)
}
facts["unloaded"] = bool(qgis.utils.unloadPlugin("dinamis_qgis"))
after = state()
facts.update(before=before, during=during, after=after)
iface.close()
qgis.utils.iface = None
print(json.dumps(facts), flush=True)
app.exitQgis()
