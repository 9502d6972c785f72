"""Whose process is at the other end of a connection on loopback.

Linux says it: asked for one connection (sock_diag(7)), or in the table of all (``/proc/net/tcp``).
macOS and Windows offer nothing as cheap to a plain program: there a file's token, unguessable and
of one session, is what keeps others out.
"""

from __future__ import annotations

import os
import re
import socket
import struct
import sys
from pathlib import Path

_TABLES = ("tcp", "tcp6")
_LOOPBACK = "(?:0000000000000000FFFF0000)?(?:0100007F|7F000001)"
"""127.0.0.1, also mapped into IPv6, as a kernel writes it on machines of either byte order."""
_SOCK_DIAG, _BY_FAMILY, _REQUEST = 4, 20, 1
"""NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST."""
_HEADER = struct.Struct("=IHHII")
_QUESTION = struct.Struct("=BBBBI2s2s4s12s4s12sIII")
"""inet_diag_req_v2: family, protocol, ext, pad, states, then the connection."""
_UID_AT = _HEADER.size + 4 + 48 + 12
"""In inet_diag_msg: after family to retrans, the connection, expires and the two queues."""
_ANY_COOKIE = 0xFFFFFFFF
_WAIT_S = 1.0


def is_same_user(client: tuple[str, int], port: int, folder: Path = Path("/proc/net")) -> bool:
    """Whether the process connected from ``client`` (host, port) to our ``port`` is of this user.

    True where the system does not say: the token of the file then stands alone.
    """
    if not sys.platform.startswith("linux"):
        return True
    owner = ask_kernel(client[1], port) if folder == Path("/proc/net") else None
    if owner is not None:
        return owner == os.geteuid()
    known = False
    for table in _TABLES:
        try:
            text = (folder / table).read_text("ascii")
        except (OSError, ValueError):
            continue
        known = True
        owner = _socket_owner(text, client[1], port)
        if owner is not None:
            return owner == os.geteuid()
    return not known


def ask_kernel(client: int, port: int) -> int | None:
    """The user whose connection goes from port ``client`` to ``port``, both on 127.0.0.1; None
    where the kernel does not say.
    """
    family = getattr(socket, "AF_NETLINK", None)
    if family is None:
        return None
    here = socket.inet_aton("127.0.0.1")
    ends = (struct.pack(">H", client), struct.pack(">H", port), here, b"", here, b"")
    states = 0xFFFFFFFF
    asked = _QUESTION.pack(
        socket.AF_INET, socket.IPPROTO_TCP, 0, 0, states, *ends, 0, _ANY_COOKIE, _ANY_COOKIE
    )
    head = _HEADER.pack(_HEADER.size + len(asked), _BY_FAMILY, _REQUEST, 1, 0)
    try:
        with socket.socket(family, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
            kernel.settimeout(_WAIT_S)
            kernel.send(head + asked)
            answer = kernel.recv(4096)
    except OSError:
        return None
    if len(answer) < _UID_AT + 4 or _HEADER.unpack_from(answer)[1] != _BY_FAMILY:
        return None  # an error: no such connection, or a kernel without sock_diag
    return int(struct.unpack_from("=I", answer, _UID_AT)[0])


def _socket_owner(table: str, client: int, port: int) -> int | None:
    """The user at the client's end, out of the kernel's table; None when it is not in it."""
    line = re.compile(
        rf" {_LOOPBACK}:{client:04X} {_LOOPBACK}:{port:04X} 01 \S+ \S+ \S+ +([0-9]{{1,10}}) "
    )
    match = line.search(table)
    return int(match.group(1)) if match else None
