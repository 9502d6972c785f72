"""One large COG behind a slow line, on the map: ours against QGIS's default ``/vsicurl`` and GDAL
tuned by hand.

50 ms round trip, 40 Mbit/s per connection, 200 Mbit/s in all; 10 240² pixels, 4 bands, uint16.
Every measure is a QGIS of its own that has drawn the orthophoto of a local disk before, opens the
layer, draws it whole, then draws its middle at 1:1, at 1600 × 1000. Warm: a QGIS started anew, what
the one before has read being on the disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from tests.bench.bench_download import IN_ALL, ROOT, RTT_S, Line, served
from tests.bench.figure import Figure
from tests.support.scripted import Answer, Seen, as_json, scripted

NAME = "/bucket/IMG_SPOT7.tif"
SIZE = 10_240
RUNS, WARM_RUNS = 3, 3
BACKGROUND = ROOT / "build" / "bench" / "orthophoto.tif"
TUNED = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".tif",
    "CPL_VSIL_CURL_CHUNK_SIZE": "262144",
    "CPL_VSIL_CURL_CACHE_SIZE": "200000000",
    "GDAL_INGESTED_BYTES_AT_OPEN": "131072",
    "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "YES",
    "VSI_CACHE": "TRUE",
}

CLIENT = """
import json, sys, time
from pathlib import Path
from urllib.parse import urlsplit
mode, href, signing, folder, background = sys.argv[1:6]
from qgis.core import (QgsApplication, QgsContrastEnhancement, QgsMapRendererSequentialJob, QgsMapSettings,
                       QgsMultiBandColorRenderer, QgsRasterLayer, QgsRectangle)
from qgis.PyQt.QtCore import QSize
app = QgsApplication([], False, folder + "/profile")
app.initQgis()
gateway = None
if mode == "ours":
    from dinamis_qgis.core.net.http import Http
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.imagery.signing import Signer
    from dinamis_qgis.core.imagery.layer_source import curl_source
    from dinamis_qgis.core.profile.model import Profile, Signing, Storage
    class Login:
        def headers_for(self, url): return {"Authorization": "Bearer x"}
        def renew(self, used): return False
    http = Http("bench")
    import requests, dinamis_qgis.core.net.cuttable
    profile = Profile("bench", "bench", signing=Signing(signing), storage=Storage((urlsplit(href).netloc,)))
def draw(extent):
    settings = QgsMapSettings()
    settings.setLayers([layer]); settings.setDestinationCrs(layer.crs()); settings.setOutputSize(QSize(1600, 1000)); settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings); job.start(); job.waitForFinished()
    assert not job.errors(), [e.message for e in job.errors()]
    return job.renderedImage()
layer = ground = QgsRasterLayer(background, "x", "gdal")
draw(ground.extent())  # a QGIS somebody works with: what its first raster costs is not the line's business
start = time.perf_counter()
if mode == "ours":
    gateway = Gateway(http, Signer(profile, http, Login()), Path(folder) / "blocks")
    source = curl_source(gateway.url_for(href))
    gateway.file(href).foresee((0, 0, 1, 1), 1000)  # as adding a layer does, with what the map shows
else:
    source = href if mode == "local" else "/vsicurl/" + href
layer = QgsRasterLayer()
layer.setDataSource(source, "x", "gdal", False)
assert layer.isValid(), source
opened = time.perf_counter()
renderer = QgsMultiBandColorRenderer(layer.dataProvider(), 1, 2, 3)
for give in (renderer.setRedContrastEnhancement, renderer.setGreenContrastEnhancement, renderer.setBlueContrastEnhancement):
    stretch = QgsContrastEnhancement(layer.dataProvider().dataType(1))
    stretch.setContrastEnhancementAlgorithm(QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, True)
    stretch.setMinimumValue(200); stretch.setMaximumValue(3000)
    give(stretch)
layer.setRenderer(renderer)
image = draw(layer.extent())
whole = time.perf_counter()
middle, unit = layer.extent().center(), layer.rasterUnitsPerPixelX()
detail = draw(QgsRectangle(middle.x() - 800 * unit, middle.y() - 500 * unit, middle.x() + 800 * unit, middle.y() + 500 * unit))
done = time.perf_counter()
colours = len({detail.pixel(x, y) for x in range(0, 1600, 97) for y in range(0, 1000, 97)})
moved = gateway.metrics.bytes if gateway else 0
print("RESULT", json.dumps({"open": opened - start, "whole": whole - opened, "detail": done - whole, "all": done - start,
                            "moved": moved, "requests": gateway.metrics.requests if gateway else 0, "colours": colours}))
if gateway:
    gateway.stop()
"""


def make_cog(path: Path) -> None:
    """The file of the figures, once: about 740 MB."""
    import numpy
    from osgeo import gdal, osr

    if path.exists():
        return
    random = numpy.random.default_rng(7)
    driver = gdal.GetDriverByName("GTiff")
    raw = driver.Create(
        str(path) + ".raw.tif", SIZE, SIZE, 4, gdal.GDT_UInt16, ["TILED=YES", "INTERLEAVE=PIXEL"]
    )
    system = osr.SpatialReference()
    system.ImportFromEPSG(2154)
    raw.SetProjection(system.ExportToWkt())
    raw.SetGeoTransform((420000, 1.5, 0, 6250000, 0, -1.5))
    for row in range(0, SIZE, 512):
        shade = numpy.linspace(0, 1200, SIZE, dtype="uint16")[None, :]
        for band in range(4):
            values = random.integers(200, 560, (512, SIZE), dtype="uint16") + shade
            raw.GetRasterBand(band + 1).WriteArray(values, 0, row)
    raw.FlushCache()
    options = [
        "COMPRESS=ZSTD",
        "LEVEL=1",
        "BIGTIFF=YES",
        "NUM_THREADS=ALL_CPUS",
        "OVERVIEW_RESAMPLING=NEAREST",
    ]
    gdal.GetDriverByName("COG").CreateCopy(str(path) + ".part", raw, options=options)
    raw = None
    os.unlink(str(path) + ".raw.tif")
    os.replace(str(path) + ".part", path)


def make_background(path: Path) -> None:
    """An orthophoto as people have it below everything else: three bands of bytes, in the CRS of
    the scenes.
    """
    import numpy
    from osgeo import gdal, osr

    if path.exists():
        return
    side = 4000
    options = ["TILED=YES", "COMPRESS=DEFLATE"]
    image = gdal.GetDriverByName("GTiff").Create(
        f"{path}.part", side, side, 3, gdal.GDT_Byte, options
    )
    system = osr.SpatialReference()
    system.ImportFromEPSG(2154)
    image.SetProjection(system.ExportToWkt())
    image.SetGeoTransform((420000, 0.2, 0, 6250000, 0, -0.2))
    for band in range(1, 4):
        image.GetRasterBand(band).WriteArray(
            numpy.add.outer(numpy.arange(side), numpy.arange(side)).astype("uint8")
        )
    image = None
    os.replace(f"{path}.part", path)


def _sign(seen: Seen) -> Answer:
    """The signing service at the far end of the same line."""
    time.sleep(RTT_S)
    now = datetime.now(timezone.utc)
    query = f"X-Amz-Date={now:%Y%m%dT%H%M%SZ}&X-Amz-Expires=28800&X-Amz-Signature=x"
    hrefs = {url: f"{url}?{query}" for url in seen.json()["urls"]}
    return as_json({"expiry": (now + timedelta(hours=8)).isoformat(), "hrefs": hrefs})


def measure(mode: str, href: str, signing: str, folder: Path) -> dict[str, float]:
    """One QGIS in ``mode`` (``default``, ``tuned``, ``ours``)."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    environment.update(
        {
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            **(TUNED if mode == "tuned" else {}),
        }
    )
    command = [sys.executable, "-c", CLIENT, mode, href, signing, str(folder), str(BACKGROUND)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(f"{mode}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(line[7:])
    if found["colours"] < 50:
        raise RuntimeError(f"{mode}: nothing was drawn")
    return found


@contextlib.contextmanager
def _line(path: Path) -> Iterator[str]:
    with served(path, NAME) as port:
        line, ready = Line(("127.0.0.1", port)), threading.Event()
        thread = threading.Thread(target=line.run, args=(ready,), daemon=True)
        thread.start()
        ready.wait()
        try:
            yield f"http://127.0.0.1:{line.port}{NAME}"
        finally:
            line.loop.call_soon_threadsafe(line.loop.stop)
            thread.join()


def run(work: Path) -> list[Figure]:
    """Medians of interleaved runs."""
    folder = work / "streaming"
    folder.mkdir(parents=True, exist_ok=True)
    image = work / "cog-10240.tif"
    make_cog(image)
    make_background(BACKGROUND)
    found: dict[str, list[dict[str, float]]] = {
        "default": [],
        "tuned": [],
        "ours": [],
        "warm": [],
        "local": [],
    }
    with _line(image) as href, scripted(_sign) as signer:
        signing = f"{signer.root}/signing/"
        for _ in range(RUNS):
            shutil.rmtree(folder, ignore_errors=True)
            for mode in ("default", "tuned", "ours"):
                found[mode].append(measure(mode, href, signing, folder))
            for _ in range(WARM_RUNS):  # short, so what else the machine does weighs more
                found["warm"].append(measure("ours", href, signing, folder))
                found["local"].append(measure("local", str(image), signing, folder))
    shutil.rmtree(folder, ignore_errors=True)
    return figures(found, image.stat().st_size)


def figures(found: dict[str, list[dict[str, float]]], size: int) -> list[Figure]:
    """The ratios, and what they are made of."""

    def median(name: str, key: str) -> float:
        return statistics.median(each[key] for each in found[name])

    def steps(name: str) -> dict[str, Any]:
        return {
            key: round(median(name, key), 3)
            for key in ("open", "whole", "detail", "all", "moved", "requests")
        }

    for name in found:
        print(f"  {name}: {steps(name)}", file=sys.stderr)
    cold, warm, default, tuned, local = (
        median(name, "all") for name in ("ours", "warm", "default", "tuned", "local")
    )
    limit = median("ours", "moved") / IN_ALL + 2 * RTT_S
    return [
        Figure(
            f"stream a {size / 1e6:.0f} MB COG, cold",
            default,
            cold,
            against="ours; QGIS default",
            at_least=4,
        ),
        Figure("stream, cold", tuned, cold, against="ours; GDAL tuned", at_least=3),
        Figure("stream, warm", default, warm, against="ours; QGIS default", at_least=20),
        Figure(
            "stream, limit of the warm figure",
            default,
            local,
            against="the file on the local disk; QGIS default",
        ),
        Figure("stream, warm", warm, local, against="the file on the local disk"),
        Figure("stream, cold", cold, limit, against="limit of the line"),
        Figure(
            "stream, open only",
            median("ours", "open"),
            median("tuned", "open"),
            against="GDAL tuned",
        ),
    ]


def main() -> None:
    """For trying one mode: ``python -m tests.bench.bench_streaming ours``."""
    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    make_cog(work / "cog-10240.tif")
    make_background(BACKGROUND)
    with _line(work / "cog-10240.tif") as href, scripted(_sign) as signer:
        for mode in sys.argv[1:]:
            if mode == "ours":
                shutil.rmtree(work / "try", ignore_errors=True)
            name = "ours" if mode == "warm" else mode
            source = str(work / "cog-10240.tif") if mode == "local" else href
            print(mode, measure(name, source, f"{signer.root}/signing/", work / "try"))


if __name__ == "__main__":
    main()
