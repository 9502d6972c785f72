"""From a coverage plan's gap to a request, in the real windows: the area asked for is what no scene
covers, and its rules are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsRectangle
from shapely.geometry import MultiPolygon, box

from dinamis_qgis.core.geo import area_km2, polygons
from tests.support.service import running_service
from tests.support.window import window

WIDE = QgsRectangle(421000, 6245000, 433000, 6256500)
"""Around Pau, more than the small catalogue covers."""
PATIENCE = 60.0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(
        tmp_path_factory.mktemp("training"),
        auto_approve="technicien",
        device_interval=0.1,
        days_per_second=0.0,
    ) as running:
        yield running


def test_the_gap_of_a_plan_becomes_a_request(
    service: Any,
    iface: Any,
    project: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    with window(iface, wait_until, str(service.profile_path), tmp_path, monkeypatch, WIDE) as there:
        there.sign_in()
        search = there.search()
        there.click("planButton")
        there.wait(lambda: search.plan.plan is not None, seconds=PATIENCE, what="the plan")
        gap = search.plan.plan.gap
        assert gap is not None and len(search.plan.plan.steps) > 0, (
            "some of it is covered, some is not"
        )
        there.click("planRequestButton")
        panel = there.dock.panel("requests", show=False)
        there.wait(lambda: there.find("requestAreaLabel"), seconds=PATIENCE, what="the form")
        asked = panel.form.draft.area
        assert area_km2(asked.symmetric_difference(gap)) < 1e-6 * area_km2(gap)
        covered = [step.product.footprint for step in search.plan.plan.steps]
        assert all(
            area_km2(asked.intersection(shape)) < 1e-3 * area_km2(gap)
            for shape in covered
            if shape.intersects(asked)
        )
        assert panel.overlay._bands, "it is on the map"
        there.wait(lambda: panel.form.findings, seconds=PATIENCE, what="the rules")
        codes = {f.code: f for f in panel.form.findings}
        assert codes["area-holes"].level.value == "error", (
            "the scenes lie in the middle of what is looked at"
        )
        assert "Fill (+" in codes["area-holes"].fix.label
        there.click("fix-area-holes")
        there.wait(lambda: panel.form.draft.area is not asked, seconds=PATIENCE, what="the repair")
        assert area_km2(panel.form.draft.area) > area_km2(gap)
        there.find("requestTitle").setText("Ce qui manque autour de Pau")
        there.wait(
            lambda: panel.form.review_button.isEnabled(),
            seconds=PATIENCE,
            what="a request that keeps the rules",
        )
        there.wait(
            lambda: there.requests() and there.requests()[0].draft.title,
            seconds=PATIENCE,
            what="the draft in the register",
        )
        kept = there.requests()[0].draft.area
        assert area_km2(kept.symmetric_difference(panel.form.draft.area)) < 1e-6 * area_km2(kept)


def test_a_gap_of_several_parts_is_kept_whole_and_told(
    service: Any,
    iface: Any,
    project: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    parts = MultiPolygon([box(-0.6, 43.2, -0.4, 43.35), box(-0.3, 43.2, -0.1, 43.35)])
    with window(iface, wait_until, str(service.profile_path), tmp_path, monkeypatch, WIDE) as there:
        there.wait(lambda: there.context.profile, seconds=PATIENCE, what="the profile")
        search = there.tab("search")
        search.plan.request_wanted.emit(parts)
        panel = there.dock.panel("requests", show=False)
        there.wait(lambda: there.find("requestAreaLabel"), seconds=PATIENCE, what="the form")
        assert (
            panel.form.draft.area.equals(parts)
            and "2 part" in there.find("requestAreaLabel").text()
        )
        there.wait(
            lambda: any(f.code == "area-multipart" for f in panel.form.findings),
            seconds=PATIENCE,
            what="the rule",
        )
        assert not panel.form.review_button.isEnabled()
        there.click("fix-area-multipart")
        there.wait(
            lambda: len(polygons(panel.form.draft.area)) == 1, seconds=PATIENCE, what="one part"
        )
        assert panel.form.draft.area.covers(parts)
