"""Products made for a test."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Product


def product(number: int = 1, when: str = "2020-06-15T10:30:00", **values: Any) -> Product:
    """A product of the test catalogue over one degree; ``when`` empty for no date."""
    moment = datetime.fromisoformat(when).replace(tzinfo=timezone.utc) if when else None
    given: dict[str, Any] = {
        "profile": "essai", "catalogue": "c0", "collection": "spot-6-7-drs", "id": f"P{number:05d}",
        "footprint": box(-1, 43, 0, 44), "datetime": moment,
    }  # fmt: skip
    return Product(**{**given, **values})
