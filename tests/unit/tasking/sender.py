"""Sends requests in processes that can be killed: forks one per line read, ``<reference>``, and
prints its pid.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import send_request


def main(path: str, url: str, settle: str) -> None:
    import requests  # noqa: F401  (once, before the forks)
    from pyproj import Geod  # noqa: F401

    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            code = 0
            try:
                channel = Stapi(Tasking("stapi", url), Http("test", retries=0, timeout=(5, 5)))
                send_request(
                    line.strip(),
                    Register(Path(path)),
                    channel,
                    account="technicien",
                    settle_s=float(settle),
                )
            except DinamisError as error:
                print(f"{error.code}: {error.message} {error.details}", file=sys.stderr)
                code = 3
            finally:
                os._exit(code)
        print(pid, flush=True)
        print(os.waitpid(pid, 0)[1], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
