"""Heights of an area behind a slow line: ours against a plain loop of requests; a profile of 5 km.

The service draws its heights beforehand, so that the line is measured and not the drawing.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.support.scripted import Answer, scripted

ROOT = Path(__file__).parents[2]
RTT_S, SIDE = 0.05, 4000
"""Pixels a side: 2 km at half a metre."""
RUNS = 3
PROFILE_S = 0.1

OURS = """
import sys, time
from pathlib import Path
from osgeo import gdal
import numpy, requests
from dinamis_qgis.core.elevation.fetch import fetch_heights
from dinamis_qgis.core.elevation.grid import HeightGrid
from dinamis_qgis.core.elevation.profile_line import read_profile
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import ElevationSource
root, target, side = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
source = ElevationSource("a", "a", "surface", root + "/wms", "a", 2154, 0.5, 1024)
grid = HeightGrid(2154, 425000, 6252000, 0.5, side, side)
http = Http("bench")
start = time.perf_counter()
model = fetch_heights([source], grid, target, http)
took = time.perf_counter() - start
line = [(425000 + 5 + 1990 * (n % 2), 6252000 - 5 - 650 * n) for n in range(4)]
wkt = gdal.Open(str(target)).GetProjection()
read_profile(target, line, wkt)
start = time.perf_counter()
read_profile(target, line, wkt)
print("RESULT", took, time.perf_counter() - start)
"""

PLAIN = """
import sys, time
from pathlib import Path
from osgeo import gdal
import numpy, requests
root, target, side = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
made = gdal.GetDriverByName("GTiff").Create(str(target), side, side, 1, gdal.GDT_Float32)
start = time.perf_counter()
session = requests.Session(); session.trust_env = False
for row in range(0, side, 1024):
    for column in range(0, side, 1024):
        w, h = min(1024, side - column), min(1024, side - row)
        x, y = 425000 + column * 0.5, 6252000 - row * 0.5
        box = f"{x},{y - h * 0.5},{x + w * 0.5},{y}"
        data = session.get(root + f"/wms?WIDTH={w}&HEIGHT={h}&BBOX={box}").content
        gdal.FileFromMemBuffer("/vsimem/a.tif", data)
        made.GetRasterBand(1).WriteArray(gdal.Open("/vsimem/a.tif").ReadAsArray(), column, row)
        gdal.Unlink("/vsimem/a.tif")
made.FlushCache()
gdal.GetDriverByName("COG").CreateCopy(str(target) + ".cog.tif", made, options=["COMPRESS=DEFLATE", "PREDICTOR=YES", "LEVEL=1"])
print("RESULT", time.perf_counter() - start, 0)
"""


def _answers() -> dict[tuple[int, int], bytes]:
    """A GeoTIFF for each size that is asked for."""
    import numpy as np

    from dinamis_qgis.sandbox.elevation.wms import _geotiff

    rng = np.random.default_rng(1)
    sizes = {min(1024, SIDE - at) for at in range(0, SIDE, 1024)}
    return {
        (w, h): _geotiff(
            (150 + rng.normal(0, 0.2, (h, w)).cumsum(axis=1)).round(2).astype("float32"),
            (0, 0.5, 0, 0, 0, -0.5),
            -9999,
        )
        for w in sizes
        for h in sizes
    }


def _run(code: str, root: str, target: Path) -> tuple[float, float]:
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", code, root, str(target), str(SIDE)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    _, took, profile = line.split()
    return float(took), float(profile)


def run(work: Path) -> list[Figure]:
    """Medians of cold runs, each in a process of its own."""
    from urllib.parse import parse_qs, urlsplit

    files = _answers()

    def answer(seen: object) -> Answer:
        query = parse_qs(urlsplit(seen.path).query)  # type: ignore[attr-defined]
        time.sleep(RTT_S)
        size = int(query["WIDTH"][0]), int(query["HEIGHT"][0])
        return Answer(200, files[size], {"Content-Type": "image/geotiff"})

    ours, plain, profiles = [], [], []
    with scripted(answer) as server:
        for _ in range(RUNS):
            took, profile = _run(OURS, server.root, work / "elevation" / "a.tif")
            ours.append(took)
            profiles.append(profile)
            plain.append(_run(PLAIN, server.root, work / "elevation" / "b.tif")[0])
    mine, theirs = statistics.median(ours), statistics.median(plain)
    print(json.dumps({"ours": ours, "plain": plain, "profiles": profiles}), file=sys.stderr)
    against = "a plain loop of requests"
    return [
        Figure("heights, 4 km² at 0.5 m, 50 ms RTT", mine, theirs, "s", against, at_most=1.0),
        Figure(
            "profile along 5 km", statistics.median(profiles), PROFILE_S, "s", "limit 100 ms",
            at_most=1.0,
        ),
    ]  # fmt: skip
