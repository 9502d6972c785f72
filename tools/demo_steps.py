"""The play itself, run inside QGIS by ``demo.py``: the main job, step by step, as a technician does
it.
"""

# QGIS runs this file with exec: what it needs to know comes through the environment.
import importlib
import json
import os
import sys
from pathlib import Path

_demo = json.loads(os.environ["DINAMIS_DEMO"])
sys.path.insert(0, _demo["tools"])

from demo_player import Player  # noqa: E402
from qgis.core import QgsProject  # noqa: E402
from qgis.PyQt.QtCore import QTimer  # noqa: E402
from qgis.utils import iface  # noqa: E402


def _done() -> None:
    if not _demo["stay"]:
        QgsProject.instance().setDirty(False)  # or QGIS asks whether to save
        iface.actionExit().trigger()


(Path(_demo["folder"]) / "started").touch()
_steps = importlib.import_module(_demo["play"]).STEPS
dinamis_demo = Player(Path(_demo["folder"]), iface.mainWindow(), _done)
QTimer.singleShot(0, lambda: dinamis_demo.run(_steps))
