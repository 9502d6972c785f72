"""What loading the plugin adds to QGIS's start, against an empty plugin: fresh processes, medians
of several runs.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.figure import Figure

ROOT = Path(__file__).parents[2]
RUNS = 7

CODE = """
import os, sys, time
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEvent
app = QgsApplication([], True); app.initQgis()
import qgis.utils
sys.path[:0] = [{plugins!r}, {root!r}]
from tests.iface import Iface
iface = Iface(); qgis.utils.iface = iface; iface.mainWindow().show()
QCoreApplication.processEvents()
start = time.perf_counter()
module = __import__({name!r})
plugin = module.classFactory(iface); plugin.initGui()
elapsed = time.perf_counter() - start
print("ELAPSED", elapsed, flush=True)
plugin.unload()
os._exit(0)
"""

EMPTY = """
class Plugin:
    def __init__(self, iface): self.iface = iface
    def initGui(self):
        from qgis.PyQt.QtWidgets import QAction
        self.action = QAction("x", self.iface.mainWindow()); self.iface.addToolBarIcon(self.action)
    def unload(self): self.iface.removeToolBarIcon(self.action)
def classFactory(iface): return Plugin(iface)
"""


def _load(work: Path, plugins: Path, name: str) -> float:
    profile = work / "startup-profile"
    shutil.rmtree(profile, ignore_errors=True)
    profile.mkdir(parents=True)
    env = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(profile), "DINAMIS_DOCK_VISIBLE": "0"}
    code = CODE.format(plugins=str(plugins), root=str(ROOT), name=name)
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return float(
        next(line for line in answer.stdout.splitlines() if line.startswith("ELAPSED")).split()[1]
    )


def run(work: Path) -> list[Figure]:
    """Seconds from import to the end of ``initGui``; the reference makes one toolbar action."""
    empty = work / "startup-empty"
    (empty / "empty_plugin").mkdir(parents=True, exist_ok=True)
    (empty / "empty_plugin" / "__init__.py").write_text(EMPTY, encoding="utf-8")
    ours, reference = [], []
    for _ in range(RUNS):
        ours.append(_load(work, ROOT, "dinamis_qgis"))
        reference.append(_load(work, empty, "empty_plugin"))
    mine, theirs = statistics.median(ours), statistics.median(reference)
    return [
        Figure("start-up, plugin loaded", mine, theirs, against="empty plugin"),
        Figure("start-up, added cost", mine - theirs, 0.1, against="limit 100 ms", at_most=1.0),
    ]
