"""One request a polygon, where a service takes one polygon a request."""

from __future__ import annotations

from dataclasses import replace

from dinamis_qgis.core.geo import area_km2, polygons
from dinamis_qgis.core.tasking.model import Draft


def split_draft(draft: Draft) -> tuple[Draft, ...]:
    """The same request for each polygon of its area, the largest first, numbered in their titles;
    the draft alone where there is one.
    """
    parts = sorted(polygons(draft.area), key=area_km2, reverse=True) if draft.area else []
    if len(parts) < 2:
        return (draft,)
    title = draft.title.strip()
    return tuple(
        replace(draft, area=part, title=f"{title} ({number}/{len(parts)})" if title else "")
        for number, part in enumerate(parts, 1)
    )
