"""Periods by the season of the need; one request a polygon."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, box

from dinamis_qgis.core.profile.model import TaskingProduct
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.tasking.needs import need_by_id, propose_settings
from dinamis_qgis.core.tasking.split import split_draft


@pytest.mark.parametrize("need_id", ["forest", "landcover"])
@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 11, 30), date(2027, 5, 1)),
        (date(2026, 2, 1), date(2026, 5, 1)),
        (date(2026, 6, 10), date(2026, 6, 11)),
    ],
)
def test_leaves_are_looked_at_in_summer(
    need_id: str, today: date, start: date, product: TaskingProduct
) -> None:
    wanted: Any = need_by_id(need_id)
    assert propose_settings(Draft(), wanted, (product,), today).start == start


def test_an_emergency_does_not_wait_for_summer(product: TaskingProduct) -> None:
    wanted: Any = need_by_id("rescue")
    assert propose_settings(Draft(), wanted, (product,), date(2026, 11, 30)).start == date(2026, 12, 1)


def test_a_request_a_polygon() -> None:
    small, large = box(0, 43, 0.1, 43.1), box(1, 43, 1.5, 43.5)
    found = split_draft(Draft(title="Crue", area=MultiPolygon([small, large])))
    assert [(d.title, d.area) for d in found] == [("Crue (1/2)", large), ("Crue (2/2)", small)]
    alone = Draft(area=small)
    assert split_draft(alone) == (alone,)
