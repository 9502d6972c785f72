"""Comparing scenes: a frame of dragging at 3840 × 2160, stalls behind a slow line, change detection
against plain numpy.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure

ROOT = Path(__file__).parents[2]
SIDE = 3072
MODES = ("swipe-vertical", "swipe-horizontal", "swipe-angle", "spyglass")

DRAG = """
import json, os, sys, time
from pathlib import Path
import numpy as np
work, ratio, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
from tests import qgis_session
app = qgis_session.start(work / "profile")
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QEvent, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.shapes import Mode
from tools.heartbeat import _queued
layers = [QgsRasterLayer(str(work / name), name) for name in ("one.tif", "two.tif")]
QgsProject.instance().addMapLayers(layers)
canvas = QgsMapCanvas()
canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
wide, high = 3840 // ratio, 2160 // ratio
canvas.resize(wide, high); canvas.showFullScreen()
canvas.setLayers(layers[:1]); canvas.setExtent(layers[0].extent())
comparison = swipe.start_comparison(canvas, *layers)
end = time.monotonic() + 120
while not (comparison.ready() and not canvas.isDrawing()):
    app.processEvents(); time.sleep(0.01)
    if time.monotonic() > end: raise SystemExit("never ready")
comparison.set_mode(Mode(mode))
for _ in range(30): app.processEvents()
size, real = canvas.size(), canvas.devicePixelRatioF()
if (size.width() * real, size.height() * real) != (3840, 2160): raise SystemExit(f"{size} at {real}")
starts = []
original = comparison.first.start
comparison.first.start = lambda *a: (starts.append(1), original(*a))
view, plain = canvas.viewport(), Qt.KeyboardModifier.NoModifier
left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
level = mode == "swipe-horizontal"
long = high if level else wide
def mouse(kind, at, button, buttons):
    app.sendEvent(view, QMouseEvent(kind, QPointF(wide / 2, at) if level else QPointF(at, high / 2), button, buttons, plain))
at = long / 2
held = none if mode == "spyglass" else left
if held == left: mouse(QEvent.Type.MouseButtonPress, at, left, left)
frames = []
rng = np.random.default_rng(4)
moves = [*(float(s) / ratio for s in rng.normal(0, 45, 260)), *(long * share for share in (0.23, -0.34, 0.39, -0.18))]
for move in moves:
    at = min(long - 140 / ratio, max(140 / ratio, at + move))
    begin, waited = time.perf_counter(), _queued()
    mouse(QEvent.Type.MouseMove, at, none, held)
    app.processEvents(); app.sync()  # until it is on the screen
    frames.append(time.perf_counter() - begin - (_queued() - waited))  # the wait for a processor is the machine's
if held == left: mouse(QEvent.Type.MouseButtonRelease, at, left, none)
frames.sort()
whole = []
for _ in range(15):
    begin = time.perf_counter(); view.repaint(); app.processEvents(); app.sync(); whole.append(time.perf_counter() - begin)
print("ANSWER" + json.dumps({
    "median": frames[len(frames) // 2], "worst": frames[-1], "renders": len(starts), "whole": sorted(whole)[7], "on": app.platformName(),
}), flush=True)
os._exit(0)
"""

STALL = """
import json, os, sys, time
from pathlib import Path
work = Path(sys.argv[1])
os.environ["DINAMIS_PROFILE"] = sys.argv[2]
os.environ["DINAMIS_HOME"] = str(work / "home-stall")
from tests import qgis_session
app = qgis_session.start(work / "profile-stall")
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication
from tests.iface import Iface
from tools.heartbeat import heartbeat
import dinamis_qgis
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.shapes import Mode
iface = Iface(); iface.mainWindow().show()
plugin = dinamis_qgis.classFactory(iface); plugin.initGui()
def wait(condition, what):
    end = time.monotonic() + 90
    while not condition():
        app.processEvents(); time.sleep(0.002)
        if time.monotonic() > end: raise SystemExit("never: " + what)
context = plugin.context
context.open(); wait(lambda: context.profile is not None, "profile")
plugin.dock.sign_in(); wait(lambda: context.account is not None, "account")
canvas = iface.mapCanvas()
canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.catalogue.model import Query
found = [p for page in search(context.profile, Query(), context.http, context.credentials, __import__("dinamis_qgis.core.net.http", fromlist=["Cancel"]).Cancel()) for p in page.products]
spot = sorted((p for p in found if p.collection == "spot-6-7-drs" and p.footprint.bounds[0] > -0.5 and 44 < p.footprint.bounds[1] < 45), key=lambda p: p.datetime)[:2]
assert len(spot) == 2, [p.id for p in found]
layers = []
from dinamis_qgis.bridge.layers.add import add_product
for product in spot: add_product(context, product, "src_xs", done=layers.append)
wait(lambda: len(layers) == 2, "layers")
layers.sort(key=lambda layer: layer.customProperty("dinamis/datetime"))
canvas.setExtent(layers[0].extent())
with heartbeat() as heart:
    comparison = swipe.start_comparison(canvas, *layers, context=context); bar = swipe.comparison_bar(canvas)
    wait(comparison.ready, "comparison")
    for factor in (0.5, 0.5, 1.8, 0.6):
        canvas.zoomByFactor(factor); time.sleep(0.02); wait(comparison.ready, "zoom")
    for mode in Mode:
        comparison.set_mode(mode); wait(comparison.ready, mode.value)
    comparison.set_mode(Mode.VERTICAL)
    bar.measure(); wait(lambda: comparison.shift, "shift")
    comparison.set_aligned(True); wait(comparison.ready, "aligned")
    comparison.swap(); wait(comparison.ready, "swapped")
print("ANSWER" + json.dumps({"stall": heart.longest, "where": heart.where[-1500:]}), flush=True)
os._exit(0)
"""

SERVICE = """
import json, sys
from pathlib import Path
from dinamis_qgis.sandbox.service import Options, start_service
with start_service(Options(port=0, data=Path(sys.argv[1]), small=True, auto_approve="formateur", rtt_ms=50)) as service:
    print(json.dumps({"profile": str(service.profile_path)}), flush=True)
    sys.stdin.read()
"""

CHANGE = """
import json, resource, sys, time
from pathlib import Path
import numpy as np
from osgeo import gdal
from dinamis_qgis.core.change.detect import detect_change
from dinamis_qgis.core.change.difference import Kind, score_change
from dinamis_qgis.core.change.grid import common_grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.change.normalise import fit_model
from dinamis_qgis.core.change.windows import map_windows, sample_pair
work, way = Path(sys.argv[1]), sys.argv[2]
one, two = Scene(str(work / "one.tif")), Scene(str(work / "two.tif"))
grid = common_grid(one, two)
a, b = sample_pair(one, two, grid, 300_000)
model = fit_model(a, b, grid.coarser(300_000).step)
del a, b
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = time.perf_counter()
if way == "numpy":
    a, b = (gdal.Open(s.source).ReadAsArray().astype(np.float32) for s in (one, two))
    for data in (a, b): data[:, (data == 0).all(axis=0)] = np.nan
    found = score_change(Kind.BURNT, a, b, model, grid.step)
elif way == "windows":
    found = np.empty((grid.height, grid.width), np.float32)
    for w, values in map_windows(one, two, grid, lambda w, a, b: score_change(Kind.BURNT, a, b, model, grid.step)):
        found[w.row:w.row + w.height, w.column:w.column + w.width] = values
else:
    detect_change(one, two, Kind.BURNT, work / "change")
seconds = time.perf_counter() - begin
peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
print("ANSWER" + json.dumps({"speed": grid.pixels / 1e6 / seconds, "peak": peak}), flush=True)
"""


def run(work: Path) -> list[Figure]:
    """The figures of comparing."""
    folder = work / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    _scenes(folder)
    drags = {(mode, ratio): _drag(folder, ratio, mode) for mode in MODES for ratio in (1, 2)}
    windows = [_run(CHANGE, str(folder), "windows") for _ in range(3)]
    plain = [_run(CHANGE, str(folder), "numpy") for _ in range(3)]
    whole = _run(CHANGE, str(folder), "detect")
    stall = _stall(folder)
    if any(drag["renders"] for drag in drags.values()):
        raise RuntimeError("dragging rendered")
    speeds = [statistics.median(run["speed"] for run in runs) for runs in (windows, plain)]
    peaks = [statistics.median(run["peak"] for run in runs) for runs in (windows, plain)]
    return [
        *(
            figure
            for (mode, ratio), drag in drags.items()
            for figure in _drag_figures(mode, ratio, drag)
        ),
        Figure(
            "compare, longest stall at 50 ms RTT",
            stall["stall"],
            0.05,
            against="limit 50 ms",
            at_most=1.0,
        ),
        Figure(
            "change detection, windows",
            speeds[0],
            speeds[1],
            "Mpx/s",
            against="plain numpy, whole arrays",
            at_least=1.0,
        ),
        Figure(
            "change detection, peak memory",
            peaks[0],
            peaks[1],
            "MB",
            against="plain numpy, whole arrays",
            at_most=0.5,
        ),
        Figure(
            "change detection, all of it",
            whole["speed"],
            speeds[1],
            "Mpx/s",
            against="plain numpy, scores only",
        ),
    ]


def _drag(folder: Path, ratio: int, mode: str) -> Any:
    """In a real window on an X server of its own, where the machine has one to make; else off
    screen.
    """
    scale = {"QT_SCALE_FACTOR": str(ratio)}
    if not shutil.which("Xvfb"):
        return _run(
            DRAG, str(folder), str(ratio), mode, env={**scale, "QT_QPA_PLATFORM": "offscreen"}
        )
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "3840x2160x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as said:
                display = f":{said.readline().strip()}"
            return _run(
                DRAG,
                str(folder),
                str(ratio),
                mode,
                env={**scale, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            )
        finally:
            server.terminate()


def _drag_figures(mode: str, ratio: int, drag: Any) -> list[Figure]:
    """A frame of dragging, and for comparison one of repainting everything."""
    view = f"3840×2160, {mode}, ratio {ratio}, {drag['on']}"
    return [
        Figure(
            f"compare, drag frame {view}, median",
            drag["median"],
            0.008,
            against="limit 8 ms",
            at_most=1.0,
        ),
        Figure(
            f"compare, drag frame {view}, worst",
            drag["worst"],
            0.016,
            against="limit 16 ms",
            at_most=1.0,
        ),
        Figure(f"compare, whole repaint {view}", drag["whole"], 0.016, against="16 ms"),
    ]


def _run(script: str, *arguments: str, env: dict[str, str] | None = None) -> Any:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("ANSWER")), "")
    if not line:
        raise RuntimeError(done.stdout[-1500:] + done.stderr[-3000:])
    return json.loads(line[6:])


def _stall(folder: Path) -> Any:
    """In a process of its own, the service in another."""
    command = [sys.executable, "-c", SERVICE, str(folder / "service")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as service:
        if service.stdin is None or service.stdout is None:
            raise RuntimeError("no service")
        try:
            profile = json.loads(service.stdout.readline())["profile"]
            return _run(STALL, str(folder), profile)
        finally:
            service.stdin.close()


def _scenes(folder: Path) -> None:
    """Two scenes of 3072² pixels and four bands with a burnt patch, as the service delivers them
    (tiled, compressed).
    """
    import numpy as np
    from osgeo import gdal, osr

    if (folder / "two.tif").is_file():
        return
    noise = np.random.default_rng(8)
    coarse = noise.uniform(0.3, 1.0, (SIDE // 16, SIDE // 16)).astype(np.float32)
    ground = np.kron(coarse, np.ones((16, 16), np.float32)) * noise.uniform(
        0.9, 1.1, (SIDE, SIDE)
    ).astype(np.float32)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2154)
    for name, burnt in (("one", False), ("two", True)):
        options = [
            "TILED=YES",
            "COMPRESS=DEFLATE",
            "ZLEVEL=1",
            "PREDICTOR=2",
            "BLOCKXSIZE=512",
            "BLOCKYSIZE=512",
        ]
        data = gdal.GetDriverByName("GTiff").Create(
            str(folder / f"{name}.part.tif"), SIDE, SIDE, 4, gdal.GDT_UInt16, options
        )
        data.SetGeoTransform((400_000, 6, 0, 6_270_000, 0, -6))
        data.SetProjection(reference.ExportToWkt())
        for band, level in enumerate((400, 600, 450, 3000), 1):
            values = ground * level + 300
            if burnt:
                values[500:1400, 700:2000] = 420 + 150 * ground[500:1400, 700:2000]
            data.GetRasterBand(band).SetNoDataValue(0)
            data.GetRasterBand(band).WriteArray(np.clip(values, 1, 65535).astype(np.uint16))
        data = None
        os.replace(folder / f"{name}.part.tif", folder / f"{name}.tif")
