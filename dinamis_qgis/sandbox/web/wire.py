"""The socket of one connection, with a deadline: a request sent a byte at a time never holds a
thread.
"""

from __future__ import annotations

import contextlib
import io
import socket
import time
from typing import BinaryIO, Callable

from dinamis_qgis.sandbox.web.line import Pace

WRITE_TIMEOUT = 60.0
LINGER_SECONDS = 1.0
LINGER_BYTES = 1 << 20


class Wire(io.RawIOBase):
    """Raw reading and writing over ``sock``; reads raise socket.timeout once the time allowed is
    over.
    """

    def __init__(self, sock: socket.socket, pace: Pace) -> None:
        super().__init__()
        self.sock = sock
        self.pace = pace
        self.sent: Callable[[int], None] = lambda count: None
        self._deadline = 0.0

    def allow(self, seconds: float) -> None:
        """Reading must be over ``seconds`` from now."""
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise socket.timeout("The request took too long to arrive.")
        self.sock.settimeout(left)
        return self.sock.recv_into(buffer)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Send everything, at the pace of the line."""
        view = memoryview(data)
        self.sock.settimeout(WRITE_TIMEOUT)
        for start in range(0, len(view), self.pace.chunk):
            piece = view[start : start + self.pace.chunk]
            self.pace.pass_bytes(len(piece))
            self.sent(
                len(piece)
            )  # told before, so that whoever received the last byte finds it counted
            self.sock.sendall(piece)
        return len(view)

    def write_file(self, source: BinaryIO, offset: int, length: int) -> None:
        """Send ``length`` bytes of an open file.

        Raises ConnectionAbortedError when it is shorter.
        """
        source.seek(offset)
        while length:
            piece = source.read(min(length, self.pace.chunk))
            if not piece:
                raise ConnectionAbortedError("The file became shorter while it was sent.")
            self.write(piece)
            length -= len(piece)

    def linger(self) -> None:
        """Before closing on an unread request: let the client read the answer instead of meeting a
        reset.
        """
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)
            end, drained = time.monotonic() + LINGER_SECONDS, 0
            while drained < LINGER_BYTES and time.monotonic() < end:
                self.sock.settimeout(max(0.01, end - time.monotonic()))
                piece = self.sock.recv(65536)
                if not piece:
                    return
                drained += len(piece)
