"""The rules of the area: its outline, its parts, its size and width.

A repair is offered, never done by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from dinamis_qgis.core.geo import (
    area_km2,
    polygons,
    repair_area,
    unwrap_longitudes,
    vertex_count,
    wrap_longitudes,
)
from dinamis_qgis.core.profile.model import TaskingRules
from dinamis_qgis.core.tasking import area as shapes
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.tasking.rules.findings import (
    Finding,
    Fix,
    RuleTerms,
    Severity,
    format_km2,
    format_number,
)
from dinamis_qgis.core.tasking.rules.territories import swap_axes, territory_of
from dinamis_qgis.core.text import tr

SLIVER_SHARE = 0.005
"""A part under this share of the whole area counts as a sliver."""
NARROW_SHARE = 0.2
"""From this share of the area in places narrower than the minimum width, a warning."""


def check_area(draft: Draft, terms: RuleTerms) -> Iterator[Finding]:
    geometry = draft.area
    if not polygons(geometry) or geometry is None:
        yield Finding(
            "area-missing",
            Severity.ERROR,
            tr("No area yet."),
            tr("Draw it on the map, or take the selected feature."),
        )
        return
    if not _is_plausible(geometry):
        yield Finding(
            "area-crs",
            Severity.ERROR,
            tr("The coordinates are not longitudes and latitudes."),
            tr("Check the coordinate system of the layer the area comes from."),
        )
        return
    rules = terms.product.rules
    broken = _check_validity(draft, geometry)
    yield broken or Finding("area-valid", Severity.OK, tr("The outline is sound."))
    sound = repair_area(geometry) if broken else wrap_longitudes(geometry)
    if sound is None:
        return
    yield from _check_place(draft, sound)
    yield from _check_shape(draft, sound, rules)
    yield from _check_size(sound, rules)


def _is_plausible(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    return bool(south >= -90 and north <= 90 and west >= -540 and east <= 540)


def _check_place(draft: Draft, sound: BaseGeometry) -> Iterator[Finding]:
    """Outside every French territory an area most often comes of swapped axes or of a wrong
    coordinate system: a warning only.
    """
    if territory_of(sound) is not None:
        return
    other = swap_axes(sound)
    text = tr("The area lies outside the French territories.")
    if other is not None:
        remedy = tr("Longitude and latitude seem to be exchanged.")
        yield Finding(
            "area-place",
            Severity.WARNING,
            text,
            remedy,
            Fix(tr("Exchange them"), replace(draft, area=other)),
        )
        return
    yield Finding(
        "area-place",
        Severity.WARNING,
        text,
        tr("Check the coordinate system of the layer the area comes from."),
    )


def _check_validity(draft: Draft, geometry: BaseGeometry) -> Finding | None:
    """What is wrong with the outline, with the repair and its change in km²."""
    if geometry.is_valid and geometry.bounds[0] >= -180 and geometry.bounds[2] <= 180:
        return None
    whole = unwrap_longitudes(geometry)
    after = repair_area(geometry)
    if whole.is_valid:
        fix = Fix(tr("Cut at the antimeridian"), replace(draft, area=after)) if after else None
        return Finding(
            "area-antimeridian",
            Severity.ERROR,
            tr("The area goes beyond the antimeridian (180°)."),
            "",
            fix,
        )
    reason = explain_validity(whole)
    text = (
        tr("The outline crosses itself.")
        if "elf-inter" in reason
        else tr("The outline is not valid.")
    )
    if after is None:
        return Finding("area-invalid", Severity.ERROR, text, tr("Draw it again."))
    label = tr("Repair ({area} kept)").format(area=format_km2(area_km2(after)))
    return Finding(
        "area-invalid",
        Severity.ERROR,
        text,
        tr("Repair it, or move the vertices."),
        Fix(label, replace(draft, area=after)),
    )


def _check_shape(draft: Draft, sound: BaseGeometry, rules: TaskingRules) -> Iterator[Finding]:
    whole = unwrap_longitudes(sound)
    before = area_km2(sound)
    holes = sum(len(p.interiors) for p in polygons(whole))
    if holes and not rules.holes:
        yield Finding(
            "area-holes",
            Severity.ERROR,
            tr("The area has %n hole(s); the service takes none.", n=holes),
            tr("Fill them."),
            _area_fix(tr("Fill ({change})"), draft, shapes.without_holes(sound), before),
        )
    parts = polygons(whole)
    slivers = [p for p in parts if area_km2(p) < before * SLIVER_SHARE]
    if slivers:
        rest = shapes.without_slivers(sound, before * SLIVER_SHARE)
        yield Finding(
            "area-slivers",
            Severity.WARNING,
            tr("The area has %n tiny part(s).", n=len(slivers)),
            tr("Often what is left of a cut: remove them."),
            _area_fix(tr("Remove ({change})"), draft, rest, before),
        )
    if len(parts) > 1 and not rules.multipart:
        yield Finding(
            "area-multipart",
            Severity.ERROR,
            tr("The area has %n part(s); the service takes one.", n=len(parts)),
            tr("Keep one part per request, or wrap them all."),
            _area_fix(tr("Wrap them all ({change})"), draft, shapes.convex_hull(sound), before),
        )
    if rules.max_vertices is not None:
        yield _check_vertices(draft, sound, rules.max_vertices, before)


def _check_vertices(draft: Draft, sound: BaseGeometry, most: int, before: float) -> Finding:
    count = vertex_count(sound)
    if count <= most:
        return Finding(
            "area-vertices",
            Severity.OK,
            tr("{count} vertices of {most} at most.").format(count=count, most=most),
        )
    return Finding(
        "area-vertices",
        Severity.ERROR,
        tr("Too many vertices: {count}, {most} at most.").format(count=count, most=most),
        tr("Simplify the outline."),
        _area_fix(tr("Simplify ({change})"), draft, shapes.simplify_outline(sound, most), before),
    )


def _area_fix(label: str, draft: Draft, after: BaseGeometry | None, before: float) -> Fix | None:
    """A fix of the area whose label tells the change in km²."""
    if after is None:
        return None
    difference = area_km2(after) - before
    sign = "+" if difference >= 0 else "−"
    return Fix(
        label.format(change=f"{sign}{format_km2(abs(difference))}"), replace(draft, area=after)
    )


def _check_size(sound: BaseGeometry, rules: TaskingRules) -> Iterator[Finding]:
    size = area_km2(sound)
    if rules.min_area_km2 is not None and size < rules.min_area_km2:
        yield Finding(
            "area-small",
            Severity.ERROR,
            tr("Too small: {area}, {limit} at least.").format(
                area=format_km2(size), limit=format_km2(rules.min_area_km2)
            ),
            tr("Widen the area; what is around it may serve neighbours."),
        )
    elif rules.max_area_km2 is not None and size > rules.max_area_km2:
        yield Finding(
            "area-large",
            Severity.ERROR,
            tr("Too large: {area}, {limit} at most.").format(
                area=format_km2(size), limit=format_km2(rules.max_area_km2)
            ),
            tr("Split it into several requests."),
        )
    else:
        yield Finding("area-size", Severity.OK, tr("Area: {area}.").format(area=format_km2(size)))
    if rules.min_width_km is not None:
        yield _check_width(sound, rules.min_width_km)


def _check_width(sound: BaseGeometry, least: float) -> Finding:
    """The short side of the smallest rectangle, turned as needed, that holds the area; then narrow
    places.
    """
    width = shapes.width_km(sound)
    if width < least:
        return Finding(
            "area-narrow",
            Severity.ERROR,
            tr(
                "Too narrow: {width} km, {limit} km at least (smallest rectangle around it)."
            ).format(width=format_number(width) if width > 0 else "0", limit=format_number(least)),
            tr("Widen the area."),
        )
    narrow = shapes.narrow_share(sound, least)
    if narrow >= NARROW_SHARE:
        return Finding(
            "area-arms",
            Severity.WARNING,
            tr("{share} % of the area is in places narrower than {limit} km.").format(
                share=round(narrow * 100), limit=format_number(least)
            ),
            tr("The service may count or refuse them: widen them or make the outline simpler."),
        )
    return Finding(
        "area-width", Severity.OK, tr("Width: {width} km.").format(width=format_number(width))
    )
