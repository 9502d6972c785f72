"""An area of several polygons becomes as many requests; what is wrong is counted by the button."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QLineEdit
from shapely.geometry import MultiPolygon, box

from tests.gui.request_panel import RequestsUser, still_service, tracker

__all__ = ["still_service", "tracker"]
THREE = MultiPolygon(
    [box(-0.6, 43.2, -0.4, 43.35), box(-0.3, 43.2, -0.12, 43.35), box(0.0, 43.2, 0.15, 43.35)]
)


def test_three_polygons_are_three_requests(tracker: RequestsUser) -> None:
    tracker.panel.begin(THREE)
    tracker.panel.findChild(QLineEdit, "requestTitle").insert("Inondations")
    tracker.wait(lambda: tracker.find("splitRequestButton"), "the offer")
    tracker.wait(
        lambda: tracker.find("errorsButton") and "1" in tracker.find("errorsButton").text(),
        "a count",
    )
    tracker.press("errorsButton")
    row = tracker.panel.form.findings_view.first_error()
    assert not row.visibleRegion().isEmpty(), "what must be corrected is on screen"
    tracker.press("splitRequestButton")
    tracker.wait(lambda: len(tracker.panel.tracker.requests) >= 3, "three drafts")
    titles = sorted(r.draft.title for r in tracker.panel.tracker.requests)
    assert titles == [f"Inondations ({n}/3)" for n in (1, 2, 3)]
    assert tracker.panel.form.draft.area.geom_type == "Polygon"
    areas = [r.draft.area for r in tracker.panel.tracker.requests]
    assert all(area.geom_type == "Polygon" for area in areas)
    tracker.wait(lambda: tracker.find("splitRequestButton") is None, "nothing to split any more")
