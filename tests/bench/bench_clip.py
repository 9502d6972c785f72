"""A window of 2 km × 2 km out of the 738 MB COG behind a slow line: ours against ``gdal_translate``
over ``/vsicurl``, tuned by hand.

The reference is the best of several tunings. Both write the same kind of file; every measure is a
process of its own, cold.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.bench_download import IN_ALL, ROOT, RTT_S
from tests.bench.bench_streaming import TUNED, _line, _sign, make_cog
from tests.bench.figure import Figure
from tests.support.scripted import scripted

SIDE_M = 2000.0
WEST, NORTH = 424321.5, 6244567.0
"""Not on the grid of tiles: as people draw."""
RUNS = 3
TUNINGS: dict[str, dict[str, str]] = {
    "chunks of 1 MB": {**TUNED, "CPL_VSIL_CURL_CHUNK_SIZE": "1048576"},
    "chunks of 256 kB": TUNED,
    "chunks of 16 kB, threads": {
        **TUNED,
        "CPL_VSIL_CURL_CHUNK_SIZE": "16384",
        "GDAL_NUM_THREADS": "ALL_CPUS",
    },
    "several ranges at once": {
        **TUNED,
        "CPL_VSIL_CURL_CHUNK_SIZE": "16384",
        "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "NO",
        "GDAL_NUM_THREADS": "ALL_CPUS",
    },
}

CLIENT = """
import json, resource, sys, time
from pathlib import Path
from urllib.parse import urlsplit
href, signing, folder, area = sys.argv[1:5]
from osgeo import gdal
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.imagery.gateway import Gateway
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.profile.model import Profile, Signing, Storage
from dinamis_qgis.core.transfer.clip.clip import Tags, clip_to_area
from dinamis_qgis.core.transfer.clip.source import sources_through
import requests, numpy, dinamis_qgis.core.net.cuttable
class Login:
    def headers_for(self, url): return {"Authorization": "Bearer x"}
    def renew(self, used): return False
http = Http("bench")
profile = Profile("bench", "bench", signing=Signing(signing), storage=Storage((urlsplit(href).netloc,)))
start = time.perf_counter()
gateway = Gateway(http, Signer(profile, http, Login()), Path(folder) / "blocks")
marks = []
with sources_through(gateway)(href) as reading:
    clip_to_area(reading.path, area, Path(folder) / "clip.tif", Tags("bench"), Cancel(),
         lambda share: marks.append((round(time.perf_counter() - start, 2), round(share, 2))), reading.ahead)
elapsed = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print("RESULT", json.dumps({"all": elapsed, "moved": gateway.metrics.bytes, "requests": gateway.metrics.requests,
                            "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024, "marks": marks[::6]}))
gateway.stop()
"""


def window(image: Path) -> tuple[str, int]:
    """The area as WKT in EPSG:4326, a box of the image's grid; and the bytes of the compressed
    tiles that hold it.
    """
    from osgeo import gdal, osr

    dataset = gdal.Open(str(image))
    left, pixel, _, top, _, _ = dataset.GetGeoTransform()
    block = dataset.GetRasterBand(1).GetBlockSize()[0]
    first, last = int((WEST - left) / pixel), int((WEST + SIDE_M - left) / pixel)
    upper, lower = int((top - NORTH) / pixel), int((top - NORTH + SIDE_M) / pixel)
    band = dataset.GetRasterBand(1)
    tiles = [
        (c, r)
        for c in range(first // block, last // block + 1)
        for r in range(upper // block, lower // block + 1)
    ]
    size = sum(int(band.GetMetadataItem(f"BLOCK_SIZE_{c}_{r}", "TIFF")) for c, r in tiles)
    source, target = dataset.GetSpatialRef().Clone(), osr.SpatialReference()
    target.ImportFromEPSG(4326)
    for reference in (source, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(source, target)
    corners = [(0.0, 0.0), (SIDE_M, 0.0), (SIDE_M, -SIDE_M), (0.0, -SIDE_M), (0.0, 0.0)]
    points = [change.TransformPoint(WEST + x, NORTH + y)[:2] for x, y in corners]
    return f"POLYGON(({','.join(f'{x:.12f} {y:.12f}' for x, y in points)}))", size


def ours(href: str, signing: str, folder: Path, area: str) -> dict[str, float]:
    """One clip through the gateway, its cache cold."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-c", CLIENT, href, signing, str(folder), area]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(done.stderr[-2000:])
    _check(folder / "clip.tif")
    found: dict[str, float] = json.loads(line[7:])
    return found


def gdal_translate(href: str, folder: Path, tuning: dict[str, str]) -> float:
    """Seconds of one run."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    target = folder / "clip.tif"
    command = [
        "gdal_translate",
        "-q",
        "-of",
        "COG",
        "-co",
        "COMPRESS=DEFLATE",
        "-co",
        "PREDICTOR=YES",
        "-co",
        "NUM_THREADS=2",
        "-projwin",
        str(WEST),
        str(NORTH),
        str(WEST + SIDE_M),
        str(NORTH - SIDE_M),
        f"/vsicurl/{href}",
        str(target),
    ]
    start = time.perf_counter()
    subprocess.run(
        command, env={**environment, **tuning}, check=True, capture_output=True, timeout=300
    )
    elapsed = time.perf_counter() - start
    _check(target)
    return elapsed


def _check(path: Path) -> None:
    from osgeo import gdal

    dataset = gdal.Open(str(path))
    if (
        dataset is None
        or min(dataset.RasterXSize, dataset.RasterYSize) < SIDE_M / 1.5 - 2
        or not dataset.ReadAsArray(600, 600, 9, 9).any()
    ):
        raise RuntimeError(f"{path}: not the window")


def run(work: Path) -> list[Figure]:
    """Medians of interleaved runs."""
    image, folder = work / "cog-10240.tif", work / "clip"
    make_cog(image)
    area, tiles = window(image)
    mine: list[dict[str, float]] = []
    theirs: dict[str, list[float]] = {name: [] for name in TUNINGS}
    with _line(image) as href, scripted(_sign) as signer:
        for _ in range(RUNS):
            mine.append(ours(href, f"{signer.root}/signing/", folder, area))
            for name, tuning in TUNINGS.items():
                theirs[name].append(gdal_translate(href, folder, tuning))
    shutil.rmtree(folder, ignore_errors=True)

    def median(key: str) -> float:
        return statistics.median(each[key] for each in mine)

    best = min(theirs, key=lambda name: statistics.median(theirs[name]))
    for name, times in theirs.items():
        print(f"  gdal_translate, {name}: {statistics.median(times):.2f} s", file=sys.stderr)
    reference = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"  ours: {[round(each['all'], 2) for each in mine]} s, {median('requests'):.0f} requests",
        file=sys.stderr,
    )
    return [
        Figure(
            "clip 2 km × 2 km, bytes moved",
            median("moved") / 1e6,
            tiles / 1e6,
            "MB",
            "tiles of the window",
            at_most=1.15,
        ),
        Figure(
            "clip 2 km × 2 km",
            median("all"),
            statistics.median(theirs[best]),
            against=f"gdal_translate, {best}",
            at_most=1.3,
        ),
        Figure(
            "clip 2 km × 2 km",
            median("all"),
            tiles / IN_ALL + 2 * RTT_S,
            against="limit of the line",
        ),
        Figure("clip, CPU", median("cpu"), median("all"), against="its time"),
        Figure(
            "clip, memory", median("memory"), reference.ru_maxrss / 1024, "MB", "largest of all"
        ),
    ]
