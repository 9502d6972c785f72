"""Cancelling at the service from the panel: asked once, done, in the history, followed no more;
refused or unreachable, nothing changes.
"""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QMessageBox

from dinamis_qgis.core.tasking import follow
from dinamis_qgis.core.tasking.model import now_utc
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.request_panel import RequestsUser, still_service, tracker

__all__ = ["still_service", "tracker"]


def sent(tracker: RequestsUser, title: str, name: str = "technicien") -> None:
    tracker.sign_in(name)
    tracker.write(title)
    tracker.press("submitRequestButton")
    tracker.wait(lambda: tracker.request(title) and tracker.request(title).order_id, "the order")
    tracker.choose(title)
    tracker.wait(lambda: tracker.find("cancelRequestButton"), "the button")


def asks(tracker: RequestsUser, title: str) -> int:
    """How often the service was asked after a request."""
    order = tracker.request(title).order_id
    return sum(order in seen.path for seen in tracker.service.seen)


def test_cancelled_after_asking_once(tracker: RequestsUser) -> None:
    sent(tracker, "À annuler")
    reference = tracker.request("À annuler").reference
    tracker.press("cancelRequestButton")
    box = tracker.find("cancelRequestBox")
    assert isinstance(box, QMessageBox) and "À annuler" in box.text() and box.informativeText()
    assert box.defaultButton().objectName() == "keepRequestButton"
    tracker.press("keepRequestButton")
    assert tracker.request("À annuler").state == "received"
    tracker.press("cancelRequestButton")
    tracker.press("reallyCancelButton")
    tracker.wait(lambda: tracker.request("À annuler").state == "user_cancelled", "cancelled")
    kept = Register(tracker.context.paths.register).get(reference)
    assert (
        kept.state == "user_cancelled"
        and kept.history[-1].code == "user_cancelled"
        and kept.history[-1].reason
    )
    tracker.wait(lambda: not tracker.find("cancelRequestButton"), "no button any more")
    assert "Cancelled at your request" in tracker.panel.list.history.text()
    tracker.wait(lambda: "cancelled at your request" in tracker.said(), "a message")
    assert not follow.is_useful(kept, now_utc())
    before = asks(tracker, "À annuler")
    tracker.panel.tracker.look()
    assert (
        not tracker.panel.tracker._following._worker.busy and asks(tracker, "À annuler") == before
    )
    tracker.panel.list.filter.setCurrentIndex(tracker.panel.list.filter.findData("done"))
    assert [r.reference for r in tracker.panel.list.model.shown] == [reference]


@pytest.mark.parametrize(
    "fault",
    [Fault("/stapi/orders/.*/cancel", method="POST", status=409), Fault("/stapi/.*", refuse=True)],
    ids=["409", "down"],
)
def test_refused_or_unreachable_nothing_changes(
    tracker: RequestsUser, french: Any, fault: Fault
) -> None:
    sent(tracker, "Maintenue")
    tracker.context.http.retries = 0
    tracker.wait(lambda: not tracker.panel.tracker._following._worker.busy, "no look under way")
    tracker.service.faults.add(fault)
    tracker.iface.messageBar().clearWidgets()
    tracker.press("cancelRequestButton")
    tracker.press("reallyCancelButton")
    expected = (
        "Le service n’accepte pas d’annuler cette demande"
        if fault.status == 409
        else "La demande n’a pas été annulée"
    )
    tracker.wait(lambda: expected in tracker.said(), "a clear sentence")
    tracker.wait(
        lambda: not tracker.panel.tracker.is_withdrawing(tracker.request("Maintenue").reference),
        "the end of it",
    )
    kept = Register(tracker.context.paths.register).get(tracker.request("Maintenue").reference)
    assert kept.state == "received" and [s.code for s in kept.history][-1] == "received"
    tracker.service.faults.clear()
    tracker.wait(
        lambda: tracker.find("cancelRequestButton")
        and tracker.find("cancelRequestButton").isEnabled(),
        "it can be tried again",
    )
    tracker.press("cancelRequestButton")
    tracker.press("reallyCancelButton")
    tracker.wait(
        lambda: tracker.request("Maintenue").state == "user_cancelled", "cancelled in the end"
    )


def test_no_button_once_programmed_nor_for_others(tracker: RequestsUser) -> None:
    sent(tracker, "Programmée", "sdis")
    tracker.sign_out()
    tracker.wait(lambda: not tracker.find("cancelRequestButton"), "no button: nobody is signed in")
    tracker.sign_in("technicien")
    tracker.wait(
        lambda: not tracker.panel.list.banner.isVisible(), "the list knows who is signed in"
    )
    tracker.choose("Programmée")
    assert not tracker.find("cancelRequestButton"), "another's"
    tracker.sign_out()
    tracker.sign_in("sdis")
    tracker.wait(lambda: tracker.find("cancelRequestButton"), "one's own")
    clock = tracker.service.world.clock
    clock.days_per_second = 20.0
    try:
        tracker.wait(
            lambda: tracker.request("Programmée").state in ("scheduled", "completed"), "programmed"
        )
    finally:
        clock.days_per_second = 0.0
    tracker.wait(lambda: not tracker.find("cancelRequestButton"), "no button")


def test_an_order_that_cannot_be_read_keeps_nobody_from_the_news(tracker: RequestsUser) -> None:
    sent(tracker, "Illisible")
    lost = tracker.request("Illisible")
    tracker.write("Suivie")
    tracker.press("submitRequestButton")
    tracker.wait(
        lambda: tracker.request("Suivie") and tracker.request("Suivie").order_id, "the order"
    )
    tracker.service.faults.add(Fault(f"/stapi/orders/{lost.order_id}.*", status=404))
    clock = tracker.service.world.clock
    clock.days_per_second = 20.0
    try:
        tracker.wait(
            lambda: tracker.request("Suivie").state in ("scheduled", "completed"),
            "news of the other",
        )
    finally:
        clock.days_per_second = 0.0
    assert tracker.request("Illisible").state == "received"
