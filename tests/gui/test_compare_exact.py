"""The swipe's two halves are the two single renders, pixel for pixel: at 1, 1.25 and 2 device
pixels a pixel, upright and turned.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import code

SCRIPT = """
import json, sys, time
from pathlib import Path
import numpy as np
from tests import qgis_session
app = qgis_session.start(Path(sys.argv[1]) / "profile")
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtGui import QImage
from tests.iface import Iface
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.shapes import Mode

def raster(name, seed):
    data = gdal.GetDriverByName("GTiff").Create(str(Path(sys.argv[1]) / name), 700, 700, 3, gdal.GDT_Byte)
    data.SetGeoTransform((400_000, 10, 0, 6_210_000, 0, -10))
    reference = osr.SpatialReference(); reference.ImportFromEPSG(2154)
    data.SetProjection(reference.ExportToWkt())
    noise = np.random.default_rng(seed)
    for band in (1, 2, 3):
        data.GetRasterBand(band).WriteArray(noise.integers(1, 255, (700, 700), dtype=np.uint8))
    data = None
    return QgsRasterLayer(str(Path(sys.argv[1]) / name), name)

def wait(condition):
    end = time.monotonic() + 60
    while not condition():
        app.processEvents(); time.sleep(0.005)
        if time.monotonic() > end: raise SystemExit("timeout")

def array(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits(); bits.setsize(image.bytesPerLine() * image.height())
    return np.frombuffer(bits, np.uint32).reshape(image.height(), image.bytesPerLine() // 4)[:, :image.width()].copy() & 0xFFFFFF

iface = Iface(); canvas = iface.mapCanvas()
layers = [raster("a.tif", 1), raster("b.tif", 2)]
QgsProject.instance().addMapLayers(layers)
for _ in range(50): app.processEvents()  # the first layer sets the map up
canvas.setDestinationCrs(QgsCoordinateReferenceSystem(sys.argv[3]))
iface.mainWindow().resize(737, 531); iface.mainWindow().show()
canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layers[0], QgsRectangle(401_000, 6_205_000, 404_000, 6_207_000)))
canvas.setRotation(float(sys.argv[2]))
comparison = swipe.start_comparison(canvas, *layers); comparison.set_same_stretch(False)
wait(comparison.ready)
single = []
for layer in layers:
    settings = QgsMapSettings(canvas.mapSettings()); settings.setLayers([layer]); settings.setBackgroundColor(canvas.canvasColor())
    settings.setDevicePixelRatio(canvas.devicePixelRatioF())
    job = QgsMapRendererSequentialJob(settings); job.start(); job.waitForFinished(); single.append(array(job.renderedImage()))
answer = {"ratio": canvas.devicePixelRatioF(), "wrong": {}}
comparison.item.labels = ("", "")
for mode, place in ((Mode.VERTICAL, 0.37), (Mode.HORIZONTAL, 0.61)):
    comparison.set_mode(mode); comparison.move(place, place)
    for _ in range(20): app.processEvents()
    shown = array(canvas.viewport().grab().toImage())
    height, width = shown.shape
    assert single[0].shape == single[1].shape
    assert abs(single[0].shape[0] - height) <= 1 and abs(single[0].shape[1] - width) <= 1, (single[0].shape, shown.shape)
    height, width = min(height, single[0].shape[0]), min(width, single[0].shape[1])
    shown, one, two = shown[:height, :width], single[0][:height, :width], single[1][:height, :width]
    ratio, logical = answer["ratio"], (canvas.width(), canvas.height())
    line = round(place * logical[0 if mode is Mode.VERTICAL else 1] * ratio)
    margin = int(14 * ratio)  # the line and its grip
    if mode is Mode.VERTICAL:
        parts = ((shown[:, :line - margin], one[:, :line - margin]), (shown[:, line + margin:], two[:, line + margin:]))
    else:
        parts = ((shown[:line - margin], one[:line - margin]), (shown[line + margin:], two[line + margin:]))
    answer["wrong"][mode.value] = [int((a != b).sum()) for a, b in parts] + [int(parts[0][0].size)]
    # Between the two: at the line itself nothing but the first or the second picture, and the line.
    strip = (slice(3, 40), slice(line - 8, line + 8)) if mode is Mode.VERTICAL else (slice(line - 8, line + 8), slice(3, 40))
    edge = 5  # two pixels either side of a line that may lie between two of the device
    if mode is Mode.VERTICAL:
        near = [(shown[3:40, line - 8:line - edge], one[3:40, line - 8:line - edge]), (shown[3:40, line + edge:line + 8], two[3:40, line + edge:line + 8])]
        answer["near"] = [int((a != b).sum()) for a, b in near]
different = int((single[0] != single[1]).sum())
answer["different"] = different
print("ANSWER" + json.dumps(answer), flush=True)
import os; os._exit(0)
"""


@pytest.mark.parametrize("rotation", [0, 30])
@pytest.mark.parametrize("ratio", ["1", "1.25", "2"])
def test_halves_are_the_single_renders(tmp_path: Path, ratio: str, rotation: int) -> None:
    assert exact(tmp_path, ratio, rotation, "EPSG:2154")


def test_in_another_projection(tmp_path: Path) -> None:
    assert exact(tmp_path, "1", 30, "EPSG:3857")


def exact(folder: Path, ratio: str, rotation: int, crs: str) -> bool:
    """Runs in a process of its own: the ratio is chosen when Qt starts."""
    env = {
        **os.environ,
        "QT_SCALE_FACTOR": ratio,
        "QT_SCALE_FACTOR_ROUNDING_POLICY": "PassThrough",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(code.ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(rotation), crs],
        env=env,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("ANSWER")), "")
    assert line, done.stdout[-2000:] + done.stderr[-3000:]
    answer = json.loads(line[6:])
    assert answer["ratio"] == float(ratio)
    assert answer["different"] > 1000, "the two pictures differ, so that a mix-up would be seen"
    for first, second, size in answer["wrong"].values():
        assert size > 10_000 and (first, second) == (0, 0), answer
    assert answer["near"] == [0, 0], answer
    return True
