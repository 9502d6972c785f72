"""QGIS killed in the middle of a comparison: the project on disk is the one that was saved, its
layers and themes too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer

from tests.support.pairs import scene, shot

ROOT = Path(__file__).resolve().parents[2]
# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")

QGIS = """
import sys, time
from pathlib import Path
work = Path(sys.argv[1])
from tests import qgis_session
app = qgis_session.start(work / "profile")
from qgis.core import QgsProject
from tests.iface import Iface
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.shapes import Mode
iface = Iface()
iface.mainWindow().show()
project = QgsProject.instance()
if not project.read(str(work / "project.qgs")): raise SystemExit("unreadable")
layers = sorted(project.mapLayers().values(), key=lambda layer: layer.name())
canvas = iface.mapCanvas()
canvas.setDestinationCrs(project.crs())
canvas.setExtent(layers[0].extent())
comparison = swipe.start_comparison(canvas, *layers)
def wait(condition, what):
    end = time.monotonic() + 60
    while not condition():
        app.processEvents(); time.sleep(0.005)
        if time.monotonic() > end: raise SystemExit("never " + what)
wait(comparison.ready, "pictures")
comparison.swap()
comparison.set_mode(Mode.SPYGLASS)
swipe.comparison_bar(canvas).measure()
wait(lambda: comparison.shift, "shift")
comparison.set_aligned(True)
swipe.comparison_bar(canvas).show_difference(True)
swipe.comparison_bar(canvas).panel.detect()
app.processEvents()
print("COMPARING", project.isDirty(), flush=True)
while True:
    app.processEvents(); time.sleep(0.005)
"""


def test_killed_while_comparing(project: QgsProject, tmp_path: Path) -> None:
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    for day in ("2022-06-19", "2022-07-27"):
        layer = QgsRasterLayer(scene(tmp_path, shot("Landiras", "spot-6", day, 256)).source, day)
        assert layer.isValid()
        project.addMapLayer(layer)
    project.layerTreeRoot().children()[0].setItemVisibilityChecked(False)
    path = tmp_path / "project.qgs"
    assert project.write(str(path))
    tree, saved = project.layerTreeRoot().dump(), path.read_bytes()
    images = sorted(tmp_path.rglob("*.tif*"))
    before = [(image, image.stat().st_mtime_ns, image.stat().st_size) for image in images]
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        "QT_QPA_PLATFORM": "offscreen",
    }
    with (
        (tmp_path / "said.txt").open("w") as said,
        subprocess.Popen(
            [sys.executable, "-c", QGIS, str(tmp_path)],
            env=env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as running,
    ):
        try:
            lines = iter(running.stdout or ())
            line = next((text for text in lines if text.startswith("COMPARING")), "")
            assert line, (tmp_path / "said.txt").read_text()
            assert line.split()[1] == "False", "comparing does not make the project dirty"
        finally:
            running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    assert path.read_bytes() == saved
    assert sorted(tmp_path.rglob("*.tif*")) == images
    assert [(image, image.stat().st_mtime_ns, image.stat().st_size) for image in images] == before
    project.clear()
    assert project.read(str(path))
    assert project.layerTreeRoot().dump() == tree
    assert [layer.isValid() for layer in project.mapLayers().values()] == [True, True]
