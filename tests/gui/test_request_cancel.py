"""Cancelling at the service from the panel: asked once, done, in the history, followed no more;
refused or unreachable, nothing changes.
"""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QMessageBox

from dinamis_qgis.core.tasking import follow
from dinamis_qgis.core.tasking.model import now
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.request_desk import Desk, desk, still_service

__all__ = ["desk", "still_service"]


def sent(desk: Desk, title: str, name: str = "technicien") -> None:
    desk.sign_in(name)
    desk.write(title)
    desk.press("submitRequestButton")
    desk.wait(lambda: desk.request(title) and desk.request(title).order_id, "the order")
    desk.choose(title)
    desk.wait(lambda: desk.find("cancelRequestButton"), "the button")


def asks(desk: Desk, title: str) -> int:
    """How often the service was asked after a request."""
    order = desk.request(title).order_id
    return sum(order in seen.path for seen in desk.service.seen)


def test_cancelled_after_asking_once(desk: Desk) -> None:
    sent(desk, "À annuler")
    reference = desk.request("À annuler").reference
    desk.press("cancelRequestButton")
    box = desk.find("cancelRequestBox")
    assert isinstance(box, QMessageBox) and "À annuler" in box.text() and box.informativeText()
    assert box.defaultButton().objectName() == "keepRequestButton"
    desk.press("keepRequestButton")
    assert desk.request("À annuler").state == "received"
    desk.press("cancelRequestButton")
    desk.press("reallyCancelButton")
    desk.wait(lambda: desk.request("À annuler").state == "user_cancelled", "cancelled")
    kept = Register(desk.context.paths.register).get(reference)
    assert (
        kept.state == "user_cancelled"
        and kept.history[-1].code == "user_cancelled"
        and kept.history[-1].reason
    )
    desk.wait(lambda: not desk.find("cancelRequestButton"), "no button any more")
    assert "Cancelled at your request" in desk.panel.list.history.text()
    desk.wait(lambda: "cancelled at your request" in desk.said(), "a message")
    assert not follow.is_useful(kept, now())
    before = asks(desk, "À annuler")
    desk.panel.desk.look()
    assert not desk.panel.desk._following._worker.busy and asks(desk, "À annuler") == before
    desk.panel.list.filter.setCurrentIndex(desk.panel.list.filter.findData("done"))
    assert [r.reference for r in desk.panel.list.model.shown] == [reference]


@pytest.mark.parametrize(
    "fault",
    [Fault("/stapi/orders/.*/cancel", method="POST", status=409), Fault("/stapi/.*", refuse=True)],
    ids=["409", "down"],
)
def test_refused_or_unreachable_nothing_changes(desk: Desk, french: Any, fault: Fault) -> None:
    sent(desk, "Maintenue")
    desk.context.http.retries = 0
    desk.wait(lambda: not desk.panel.desk._following._worker.busy, "no look under way")
    desk.service.faults.add(fault)
    desk.iface.messageBar().clearWidgets()
    desk.press("cancelRequestButton")
    desk.press("reallyCancelButton")
    expected = (
        "Le service n’accepte pas d’annuler cette demande"
        if fault.status == 409
        else "La demande n’a pas été annulée"
    )
    desk.wait(lambda: expected in desk.said(), "a clear sentence")
    desk.wait(
        lambda: not desk.panel.desk.is_withdrawing(desk.request("Maintenue").reference),
        "the end of it",
    )
    kept = Register(desk.context.paths.register).get(desk.request("Maintenue").reference)
    assert kept.state == "received" and [s.code for s in kept.history][-1] == "received"
    desk.service.faults.clear()
    desk.wait(
        lambda: desk.find("cancelRequestButton") and desk.find("cancelRequestButton").isEnabled(),
        "it can be tried again",
    )
    desk.press("cancelRequestButton")
    desk.press("reallyCancelButton")
    desk.wait(lambda: desk.request("Maintenue").state == "user_cancelled", "cancelled in the end")


def test_no_button_once_programmed_nor_for_others(desk: Desk) -> None:
    sent(desk, "Programmée", "sdis")
    desk.sign_out()
    desk.wait(lambda: not desk.find("cancelRequestButton"), "no button: nobody is signed in")
    desk.sign_in("technicien")
    desk.wait(lambda: not desk.panel.list.banner.isVisible(), "the list knows who is signed in")
    desk.choose("Programmée")
    assert not desk.find("cancelRequestButton"), "another's"
    desk.sign_out()
    desk.sign_in("sdis")
    desk.wait(lambda: desk.find("cancelRequestButton"), "one's own")
    clock = desk.service.world.clock
    clock.days_per_second = 20.0
    try:
        desk.wait(
            lambda: desk.request("Programmée").state in ("scheduled", "completed"), "programmed"
        )
    finally:
        clock.days_per_second = 0.0
    desk.wait(lambda: not desk.find("cancelRequestButton"), "no button")


def test_an_order_that_cannot_be_read_keeps_nobody_from_the_news(desk: Desk) -> None:
    sent(desk, "Illisible")
    lost = desk.request("Illisible")
    desk.write("Suivie")
    desk.press("submitRequestButton")
    desk.wait(lambda: desk.request("Suivie") and desk.request("Suivie").order_id, "the order")
    desk.service.faults.add(Fault(f"/stapi/orders/{lost.order_id}.*", status=404))
    clock = desk.service.world.clock
    clock.days_per_second = 20.0
    try:
        desk.wait(
            lambda: desk.request("Suivie").state in ("scheduled", "completed"), "news of the other"
        )
    finally:
        clock.days_per_second = 0.0
    assert desk.request("Illisible").state == "received"
