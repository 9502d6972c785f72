"""A long line on loopback: a TCP relay in a process of its own that delays every byte, and the
first by a handshake.

``python -m tests.support.slow_line <port> <rtt in ms>`` prints the port it listens on.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def slow_line(port: int, rtt_ms: float) -> Iterator[str]:
    """The address through which the server on ``port`` of loopback is ``rtt_ms`` away."""
    command = [sys.executable, "-m", "tests.support.slow_line", str(port), str(rtt_ms)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield f"http://127.0.0.1:{int(line)}"
    finally:
        process.terminate()
        process.communicate(timeout=20)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    """Bytes leave ``delay`` seconds after they came, however many are on their way."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if not data:
                break
            writer.write(data)
            await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()

    task = asyncio.create_task(deliver())
    with contextlib.suppress(OSError):
        while True:
            data = await reader.read(65536)
            under_way.put_nowait((time.monotonic() + delay, data))
            if not data:
                break
    with contextlib.suppress(OSError):
        await task


async def _serve(port: int, rtt: float) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(rtt)  # loopback's own handshake takes no time
        there_reader, there = await asyncio.open_connection("127.0.0.1", port)
        try:
            await asyncio.gather(
                _carry(reader, there, rtt / 2), _carry(there_reader, writer, rtt / 2)
            )
        finally:
            for end in (writer, there):
                end.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
