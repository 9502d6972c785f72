"""The training service for tests: in this process, on a free port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dinamis_qgis.sandbox.service import Options, Service, start
from dinamis_qgis.sandbox.web import Route


class LittleWorld:
    """Objects without a catalogue. ``objects``: "bucket/key" → (file, licence)."""

    def __init__(self, objects: Mapping[str, tuple[Path, str]]) -> None:
        self.objects = dict(objects)

    def file_for(self, bucket: str, key: str) -> Path | None:
        found = self.objects.get(f"{bucket}/{key}")
        return found[0] if found else None

    def licence_for(self, bucket: str, key: str) -> str:
        found = self.objects.get(f"{bucket}/{key}")
        return found[1] if found else "spot67"


@contextmanager
def running_service(data: Path, world: Any = None, extra: Sequence[Route] = (), **options: Any) -> Iterator[Service]:
    """The service over ``data`` with the small world, or ``world`` and ``extra``; ``options`` as in ``Options``."""
    with start(Options(**{"port": 0, "data": data, "small": True, **options}), world=world, extra=extra) as service:
        yield service
