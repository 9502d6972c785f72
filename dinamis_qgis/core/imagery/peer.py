"""Whose process is at the other end of a connection on loopback.

Linux says it (``/proc/net/tcp``). macOS and Windows offer nothing as cheap to a plain program:
there a file's token, unguessable and of one session, is what keeps others out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_TABLES = ("tcp", "tcp6")
_LOOPBACK = ("0100007F", "0000000000000000FFFF00000100007F")
"""127.0.0.1, and the same mapped into IPv6, as a little-endian kernel writes them."""
_ESTABLISHED = "01"


def is_same_user(client: tuple[str, int], port: int, folder: Path = Path("/proc/net")) -> bool:
    """Whether the process connected from ``client`` (host, port) to our ``port`` is of this user.

    True where the system does not say: the token of the file then stands alone.
    """
    if not sys.platform.startswith("linux"):
        return True
    known = False
    for table in _TABLES:
        try:
            lines = (folder / table).read_text("ascii").splitlines()[1:]
        except (OSError, ValueError):
            continue
        known = True
        owner = _owner(lines, client[1], port)
        if owner is not None:
            return owner == os.geteuid()
    return not known


def _owner(lines: list[str], client: int, port: int) -> int | None:
    """The user at the client's end, out of the kernel's table; None when it is not in it."""
    ends = (f":{client:04X}", f":{port:04X}")
    for line in lines:
        fields = line.split()
        if len(fields) < 8 or fields[3] != _ESTABLISHED:
            continue
        local, remote = fields[1], fields[2]
        if local.endswith(ends[0]) and remote.endswith(ends[1]) and _is_loopback(local, remote):
            return int(fields[7])
    return None


def _is_loopback(*ends: str) -> bool:
    # A big-endian kernel writes the address the other way round.
    names = (*_LOOPBACK, "7F000001")
    return all(end.partition(":")[0] in names for end in ends)
