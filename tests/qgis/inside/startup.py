"""Runs inside the real QGIS program before any plugin is loaded: notes what this plugin, and
nothing else of QGIS, asks of the network.
"""

import sys

sys.network_seen = []
_EVENTS = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
)


def _note(event: str, args: tuple) -> None:
    if event not in _EVENTS:
        return
    frame = sys._getframe(1)
    while frame is not None:
        if "dinamis_qgis" in frame.f_code.co_filename:
            sys.network_seen.append(f"{event} in {frame.f_code.co_filename}:{frame.f_lineno}")
            return
        frame = frame.f_back


sys.addaudithook(_note)
