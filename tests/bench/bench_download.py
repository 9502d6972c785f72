"""Downloads against ``curl`` and ``aria2c -x8 -s8``: behind a slow line, and on plain loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure

ROOT = Path(__file__).parents[2]
SLOW_BYTES, FAST_BYTES = 100_000_000, 600_000_000
RTT_S, PER_CONNECTION, IN_ALL = 0.05, 40e6 / 8, 200e6 / 8
SLOW_RUNS, FAST_RUNS = 3, 5

OURS = """
import resource, sys, time
from pathlib import Path
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.tools import Tools, Wanted
import requests
tools = Tools(Http("bench"))
start = time.perf_counter()
fetch_file(Wanted(sys.argv[1], Path(sys.argv[2])), tools, Cancel())
elapsed = time.perf_counter() - start
usage = resource.getrusage(resource.RUSAGE_SELF)
print("ELAPSED", elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


class Bucket:
    """Bytes per second, shared by whoever draws from it."""

    def __init__(self, rate: float) -> None:
        self.rate, self.free_at = rate, 0.0

    def delay(self, count: int) -> float:
        now = time.monotonic()
        self.free_at = max(self.free_at, now) + count / self.rate
        return self.free_at - now


class Line:
    """A TCP forwarder with a round trip time, a rate per connection and one in all."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.shared = target, Bucket(IN_ALL)
        self.loop = asyncio.new_event_loop()
        self.port = 0

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(RTT_S)  # the handshake
        up_reader, up_writer = await asyncio.open_connection(*self.target)
        await asyncio.gather(
            self._pipe(reader, up_writer, None),
            self._pipe(up_reader, writer, Bucket(PER_CONNECTION)),
        )

    async def _pipe(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, own: Bucket | None
    ) -> None:
        pending: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

        async def deliver() -> None:
            while True:
                due, data = await pending.get()
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                if not data:
                    break
                writer.write(data)
                await writer.drain()
            writer.close()

        task = asyncio.ensure_future(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(16384):
                wait = max(own.delay(len(data)), self.shared.delay(len(data))) if own else 0.0
                await pending.put((time.monotonic() + wait + RTT_S / 2, data))
                if wait > 0.02:
                    await asyncio.sleep(wait - 0.01)
        await pending.put((time.monotonic() + RTT_S / 2, b""))
        with contextlib.suppress(OSError):
            await task

    def run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(
            asyncio.start_server(self._accept, "127.0.0.1", 0, limit=1 << 17)
        )
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0.05))
        self.loop.close()


SERVER = """
import os, re, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
path, name = sys.argv[1:3]
size = os.path.getsize(path)
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    def log_message(self, *_): pass
    def do_HEAD(self): self.answer(False)
    def do_GET(self): self.answer(True)
    def answer(self, body):
        if name and self.path.partition("?")[0] != name:
            self.send_response(404); self.send_header("Content-Length", "0"); self.end_headers(); return
        match = re.fullmatch(r"bytes=(\\d+)-(\\d*)", self.headers.get("range", ""))
        start = int(match[1]) if match else 0
        end = min(int(match[2]) + 1 if match and match[2] else size, size)
        self.send_response(206 if match else 200)
        if match: self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Content-Length", str(end - start)); self.send_header("ETag", '"bench"')
        self.send_header("Accept-Ranges", "bytes"); self.end_headers()
        if body:
            with open(path, "rb") as file:
                try: self.wfile.flush(); self.connection.sendfile(file, start, end - start)
                except OSError: self.close_connection = True
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler); server.daemon_threads = True
print(server.server_address[1], flush=True); server.serve_forever()
"""


@contextlib.contextmanager
def served(path: Path, name: str = "") -> Iterator[int]:
    """A file server in its own process, which has that one file (under ``name`` only, when given);
    its port.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path), name], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def timed(command: list[str], target: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and megabytes of memory; the programs' own start is part of it,
    ours is not Python's.
    """
    target.unlink(missing_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    elapsed = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    match = re.search(r"ELAPSED (\S+) (\S+) (\S+)", done.stdout)
    return (float(match[1]), float(match[2]), float(match[3])) if match else (elapsed, cpu, 0.0)


def _ours(url: str, target: Path) -> list[str]:
    return [sys.executable, "-c", OURS, url, str(target)]


def _curl(url: str, target: Path) -> list[str]:
    return ["curl", "-s", "-o", str(target), url]


def _aria(url: str, target: Path) -> list[str]:
    where = ["-d", str(target.parent), "-o", target.name]
    return [
        "aria2c",
        "-q",
        "-x8",
        "-s8",
        "--allow-overwrite=true",
        "--disable-ipv6=true",
        *where,
        url,
    ]


def run(work: Path) -> list[Figure]:
    """Medians of interleaved runs."""
    folder = work / "download"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return [*_slow(folder), *_fast(folder)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _source(folder: Path, size: int) -> Path:
    path = folder / f"{size}.bin"
    block = os.urandom(1 << 20)
    with path.open("wb") as file:
        for _ in range(size >> 20):
            file.write(block)
        file.write(block[: size - (size >> 20 << 20)])
    return path


def _measure(
    commands: dict[str, list[str]], targets: dict[str, Path], runs: int, source: Path
) -> dict[str, list[tuple[float, float, float]]]:
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(timed(command, targets[name]))
            assert targets[name].stat().st_size == source.stat().st_size, (
                f"{name} did not bring the file"
            )
    return found


def _median(values: list[tuple[float, float, float]], index: int) -> float:
    return statistics.median(v[index] for v in values)


def _slow(folder: Path) -> list[Figure]:
    source = _source(folder, SLOW_BYTES)
    targets = {name: folder / f"{name}.out" for name in ("ours", "curl", "aria2c")}
    with served(source) as port:
        line, ready = Line(("127.0.0.1", port)), threading.Event()
        thread = threading.Thread(target=line.run, args=(ready,), daemon=True)
        thread.start()
        ready.wait()
        url = f"http://127.0.0.1:{line.port}/a.bin"
        commands = {"ours": _ours(url, targets["ours"])}
        if shutil.which("aria2c"):
            commands["aria2c"] = _aria(url, targets["aria2c"])
        found = _measure(commands, targets, SLOW_RUNS, source)
        single = _measure({"curl": _curl(url, targets["curl"])}, targets, 1, source)
        line.loop.call_soon_threadsafe(line.loop.stop)
        thread.join()
    ours = _median(found["ours"], 0)
    figures = [
        Figure(
            "download 100 MB, slow line", ours, SLOW_BYTES / IN_ALL, against="limit of the line"
        ),
        Figure("download 100 MB, slow line", ours, _median(single["curl"], 0), against="curl"),
        Figure("… processor", _median(found["ours"], 1), ours, against="its duration"),
    ]
    if "aria2c" in found:
        figures.insert(
            0,
            Figure(
                "download 100 MB, slow line",
                ours,
                _median(found["aria2c"], 0),
                against="aria2c -x8 -s8",
                at_most=1.1,
            ),
        )
    return figures


def _fast(folder: Path) -> list[Figure]:
    source = _source(folder, FAST_BYTES)
    targets = {name: folder / f"{name}.out" for name in ("ours", "curl", "aria2c")}
    with served(source) as port:
        url = f"http://127.0.0.1:{port}/a.bin"
        commands = {"ours": _ours(url, targets["ours"]), "curl": _curl(url, targets["curl"])}
        if shutil.which("aria2c"):
            commands["aria2c"] = _aria(url, targets["aria2c"])
        found = _measure(commands, targets, FAST_RUNS, source)
    speeds = {name: FAST_BYTES / 1e6 / _median(values, 0) for name, values in found.items()}
    figures = [
        Figure(
            "download, loopback throughput",
            speeds["ours"],
            speeds["curl"],
            "MB/s",
            "curl",
            at_least=0.5,
        )
    ]
    if "aria2c" in speeds:
        figures.append(
            Figure(
                "download, loopback throughput",
                speeds["ours"],
                speeds["aria2c"],
                "MB/s",
                "aria2c -x8 -s8",
            )
        )
    figures.append(
        Figure("… processor", _median(found["ours"], 1), _median(found["curl"], 1), against="curl")
    )
    figures.append(Figure("… memory", _median(found["ours"], 2), 100.0, "MB", "100 MB"))
    return figures
