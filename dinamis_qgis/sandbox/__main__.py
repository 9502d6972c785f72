"""``python -m dinamis_qgis.sandbox``: the training service alone."""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dinamis_qgis.sandbox.service import Options, start_service


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT.

    One JSON line on stdout when ready, everything else on stderr.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    options = _parse_options(arguments)
    ended = threading.Event()

    def end(number: int, frame: Any) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        service = start_service(options, _Preparing(ended))
    except _EndedError:
        return 0
    except (OSError, ValueError) as error:
        _write_line(f"The training service cannot start: {error}")
        return 1
    with service:
        sys.stdout.write(
            json.dumps({"root": service.root, "profile": str(service.profile_path)}) + "\n"
        )
        sys.stdout.flush()
        while not ended.wait(3600):
            continue
    return 0


class _EndedError(Exception):
    """The service was told to end while it was being prepared."""


class _Preparing:
    """Progress on stderr, a line each tenth; stops the work when the service is told to end."""

    def __init__(self, ended: threading.Event) -> None:
        self.ended = ended
        self.tenth = -1

    def __call__(self, share: float, text: str) -> None:
        if self.ended.is_set():
            raise _EndedError
        if int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            _write_line(f"{share:.0%} {text}")


def _write_line(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _parse_options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(
        prog="python -m dinamis_qgis.sandbox",
        description="The DINAMIS training service, on this machine only.",
    )
    parser.add_argument(
        "--port", type=int, metavar="N", help="port on 127.0.0.1; 0 for any free one"
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="where imagery and state are kept (default: the user's cache folder)",
    )
    parser.add_argument(
        "--auto-approve",
        nargs="?",
        const="technicien",
        default="",
        metavar="ACCOUNT",
        help="approve device logins at once (technicien)",
    )
    parser.add_argument(
        "--rtt-ms",
        type=float,
        default=0.0,
        metavar="N",
        help="delay before every answer and for a new connection",
    )
    parser.add_argument(
        "--rate-mbit", type=float, default=0.0, metavar="N", help="bandwidth of each connection"
    )
    parser.add_argument(
        "--token-life",
        type=int,
        default=300,
        metavar="S",
        help="life of an access token, in seconds",
    )
    parser.add_argument(
        "--url-life", type=int, metavar="S", help="longest life of a signed address, in seconds"
    )
    parser.add_argument(
        "--days-per-second",
        type=float,
        default=0.5,
        metavar="X",
        help="speed of the clock that requests live on",
    )
    return Options(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main())
