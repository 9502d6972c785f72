"""Runs inside the real QGIS program (``--code``): writes what it sees of the plugin, then quits
QGIS.
"""

import contextlib
import json
import os
import sys
from pathlib import Path

import qgis.utils
from qgis.core import QgsApplication
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QTabWidget


def inet_sockets() -> int:
    """How many internet sockets this process has open, whoever opened them; 0 where the system does
    not tell.
    """
    inodes = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        with contextlib.suppress(OSError):
            inodes |= {
                line.split()[9]
                for line in Path(f"/proc/self/net/{name}").read_text().splitlines()[1:]
            }
    count = 0
    for entry in Path("/proc/self/fd").iterdir() if Path("/proc/self/fd").is_dir() else ():
        with contextlib.suppress(OSError):
            count += os.readlink(entry).removeprefix("socket:[").rstrip("]") in inodes
    return count


def look() -> dict:
    """The plugin as a person would find it."""
    dock = qgis.utils.iface.mainWindow().findChild(QgsDockWidget, "DinamisDock")
    tabs = dock.findChild(QTabWidget) if dock else None
    return {
        "active": "dinamis_qgis" in qgis.utils.active_plugins,
        "dock": [tabs.tabText(index) for index in range(tabs.count())] if tabs else None,
        "provider": QgsApplication.processingRegistry().providerById("dinamis") is not None,
        "title": dock.windowTitle() if dock else None,
        "shown": qgis.utils.iface.mainWindow().isVisible(),
        "network": [*sys.network_seen, *["open socket"] * inet_sockets()],
    }


def report() -> None:
    """Writes the report and leaves, whatever happened."""
    try:
        text = json.dumps(look())
        Path(os.environ["DINAMIS_TEST_REPORT"]).write_text(text, "utf-8")
    finally:
        qgis.utils.unloadPlugin("dinamis_qgis")
        QTimer.singleShot(0, qgis.utils.iface.actionExit().trigger)


QTimer.singleShot(0, report)
