"""Products for the tests of downloads, and the process that is killed."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Asset, Product


def product(name: str, hrefs: dict[str, tuple[str, int, str]], **values: object) -> Product:
    """A product with assets ``key → (href, size, checksum)``."""
    assets = tuple(
        Asset(
            key,
            href,
            "image/tiff; application=geotiff",
            ("data",),
            gsd=1.5,
            size=size,
            checksum=checksum,
        )
        for key, (href, size, checksum) in hrefs.items()
    )
    known = {
        "footprint": box(-0.5, 43.2, -0.3, 43.4),
        "datetime": datetime(2018, 5, 20, 10, 26, 42, tzinfo=timezone.utc),
        "constellation": "SPOT 6/7",
        "platform": "spot-7",
        "epsg": 2154,
        "credit": "© Airbus DS 2018",
        "licence": "spot67",
        "properties": {"eo:cloud_cover": 4.0},
    }
    return Product("formation", "mtd", "spot-6-7-drs", name, **{**known, **values}, assets=assets)  # type: ignore[arg-type]


def main(database: str, run: str, eager: str = "") -> None:
    """Run the queue until it is done; prints what came out.

    Killed at any instant by the test. ``eager`` does not wait to try again.
    """
    from dinamis_qgis.core.net.http import Cancel, Http
    from dinamis_qgis.core.transfer.engine import Engine
    from dinamis_qgis.core.transfer.fetch.tools import Access, Tools
    from dinamis_qgis.core.transfer.queue import FileState, Queue
    from tests.unit.transfer.conftest import RULES

    def sign(url: str, cancel: Cancel) -> str:
        return f"{url}?run={run}&X-Amz-Signature=abc"

    queue = Queue(Path(database))
    engine = Engine(
        queue, Tools(Http("dinamis-tests", retries=0), rules=RULES), lambda product: Access(sign)
    )
    engine.start()
    print("ready", flush=True)
    while any(not entry.state.over for entry in queue.entries()):
        time.sleep(0.02)
        if eager:
            engine.wake()
    print(",".join(entry.state.value for entry in queue.entries()), flush=True)
    assert all(entry.state is FileState.DONE for entry in queue.entries())
    engine.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
