"""Shared computers: what one person has confirmed never leaves under another's name, nor by itself
when nobody was signed in.
"""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QPushButton

from dinamis_qgis.core.tasking.model import DRAFT, READY
from dinamis_qgis.gui.requests.panel import FORM, LIST, REVIEW
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.request_panel import RequestsUser, still_service, tracker

__all__ = ["still_service", "tracker"]


def hurry(tracker: RequestsUser) -> None:
    """Let everything that leaves by itself leave now."""
    tracker.panel.tracker._waiting.hurry()
    tracker.panel.tracker.look()


def confirmed_while_down(tracker: RequestsUser, name: str, title: str) -> None:
    """``name`` confirms while the service is away, and signs out."""
    tracker.sign_in(name)
    tracker.context.http.retries = 0
    tracker.write(title)
    tracker.service.faults.add(Fault("/stapi/.*", refuse=True))
    tracker.press("submitRequestButton")
    tracker.wait(
        lambda: tracker.request(title)
        and tracker.request(title).state == READY
        and not tracker.panel.tracker._jobs,
        "kept as ready",
    )
    tracker.sign_out()


def test_confirmed_while_nobody_was_signed_in_it_is_confirmed_again(
    tracker: RequestsUser,
) -> None:
    tracker.write("Sans compte")
    assert "confirmed" in tracker.panel.review.why.text()
    before = tracker.orders()
    tracker.press("submitRequestButton")
    tracker.wait(
        lambda: tracker.request("Sans compte") and tracker.request("Sans compte").state == READY,
        "ready",
    )
    assert tracker.request("Sans compte").account == ""
    tracker.sign_in("technicien")
    tracker.wait(lambda: tracker.find("waitingBar"), "the line about it")
    hurry(tracker)
    assert not tracker.panel.tracker._jobs and tracker.orders() == before
    assert "nobody was signed in" in tracker.panel.list.waiting.text.text()
    tracker.press("reviewWaitingButton")
    tracker.wait(lambda: tracker.panel.pages.currentIndex() == REVIEW, "the review")
    assert "Applicant" in tracker.panel.review.text()
    tracker.press("submitRequestButton")
    tracker.wait(lambda: tracker.request("Sans compte").order_id, "the order")
    assert tracker.request("Sans compte").account == "technicien" and tracker.orders() == before + 1
    tracker.wait(lambda: not tracker.find("waitingBar"), "no line any more")


def test_another_persons_request_waits_for_them(tracker: RequestsUser) -> None:
    confirmed_while_down(tracker, "sdis", "Crue du gave")
    assert tracker.request("Crue du gave").account == "sdis"
    tracker.service.faults.clear()
    before = tracker.orders()
    tracker.sign_in("technicien")
    tracker.wait(lambda: tracker.find("waitingBar"), "the line about it")
    hurry(tracker)
    assert not tracker.panel.tracker._jobs and tracker.orders() == before
    assert "“sdis”" in tracker.panel.list.waiting.text.text()
    tracker.choose("Crue du gave")
    assert (
        "“sdis”" in tracker.panel.list.whose.text()
        and tracker.panel.list.main_button.text() == "Review and send…"
    )
    tracker.press("leaveWaitingButton")
    assert not tracker.find("waitingBar")
    tracker.panel.tracker.reload()
    hurry(tracker)
    assert tracker.request("Crue du gave").state == READY and tracker.orders() == before
    tracker.sign_out()
    tracker.sign_in("sdis")
    tracker.wait(lambda: tracker.request("Crue du gave").order_id, "sent by itself")
    assert tracker.request("Crue du gave").account == "sdis" and tracker.orders() == before + 1


def test_another_may_send_it_after_review_in_their_own_name(tracker: RequestsUser) -> None:
    confirmed_while_down(tracker, "sdis", "Reprise")
    tracker.service.faults.clear()
    before = tracker.orders()
    tracker.sign_in("technicien")
    tracker.wait(lambda: tracker.find("waitingBar"), "the line about it")
    tracker.choose("Reprise")
    tracker.press("requestMainButton")
    tracker.wait(lambda: tracker.panel.pages.currentIndex() == REVIEW, "the review")
    assert tracker.orders() == before and tracker.request("Reprise").account == "sdis", (
        "looking at it changes nothing"
    )
    tracker.press("submitRequestButton")
    tracker.wait(lambda: tracker.request("Reprise").order_id, "the order")
    assert (tracker.request("Reprise").account, tracker.request("Reprise").entity) == (
        "technicien",
        "CC du Haut-Béarn",
    )
    assert tracker.orders() == before + 1


def test_a_rule_broken_since_stops_at_the_form(
    tracker: RequestsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date, timedelta

    tracker.write("Vieille demande")
    tracker.press("submitRequestButton")
    tracker.wait(
        lambda: tracker.request("Vieille demande")
        and tracker.request("Vieille demande").state == READY,
        "ready",
    )
    monkeypatch.setattr(
        type(tracker.panel.tracker), "today", lambda self: date.today() + timedelta(days=20)
    )
    tracker.sign_in("technicien")
    tracker.press("reviewWaitingButton")
    tracker.wait(
        lambda: any(f.code == "window-past" for f in tracker.panel.form.findings), "the rule"
    )
    assert (
        tracker.panel.pages.currentIndex() == FORM
        and not tracker.panel.form.review_button.isEnabled()
    )
    tracker.press("closeFormButton")
    assert (
        tracker.panel.pages.currentIndex() == LIST
        and tracker.request("Vieille demande").state == READY
    )


def test_another_persons_retry_sends_nothing(tracker: RequestsUser) -> None:
    confirmed_while_down(tracker, "sdis", "Bouton resté")
    retry = [
        b for item in tracker.iface.messageBar().items() for b in item.findChildren(QPushButton)
    ]
    tracker.service.faults.clear()
    before = tracker.orders()
    tracker.sign_in("technicien")
    for button in retry:
        button.click()
    tracker.wait(lambda: not tracker.panel.tracker._jobs, "the end of it")
    assert tracker.orders() == before and tracker.request("Bouton resté").account == "sdis"
    assert retry, "there was a button to press"


def test_a_sending_stops_when_its_person_leaves(tracker: RequestsUser) -> None:
    tracker.sign_in("sdis")
    tracker.context.http.retries = 0
    tracker.write("En partance")
    before = tracker.orders()
    tracker.service.faults.add(Fault("/stapi/products.*", method="GET", delay=4.0))
    tracker.press("submitRequestButton")
    tracker.wait(lambda: tracker.panel.tracker._jobs, "the sending")
    tracker.sign_out()
    tracker.sign_in("technicien")
    tracker.wait(lambda: not tracker.panel.tracker._jobs, "the end of the sending")
    tracker.service.faults.clear()
    tracker.panel.tracker.reload()
    tracker.wait(
        lambda: tracker.request("En partance") and tracker.request("En partance").state != DRAFT,
        "kept",
    )
    hurry(tracker)
    assert not tracker.panel.tracker._jobs
    assert (tracker.request("En partance").state, tracker.request("En partance").account) == (
        READY,
        "sdis",
    )
    assert tracker.orders() == before


def test_it_does_not_leave_under_the_hands_of_who_changes_it(tracker: RequestsUser) -> None:
    tracker.sign_in("technicien")
    tracker.context.http.retries = 0
    tracker.write("En retouche")
    tracker.service.faults.add(Fault("/stapi/.*", refuse=True))
    tracker.press("submitRequestButton")
    tracker.wait(
        lambda: tracker.request("En retouche")
        and tracker.request("En retouche").state == READY
        and not tracker.panel.tracker._jobs,
        "kept as ready",
    )
    tracker.panel.edit(tracker.request("En retouche"))
    before = tracker.orders()
    tracker.service.faults.clear()
    hurry(tracker)
    assert not tracker.panel.tracker._jobs and tracker.orders() == before
    tracker.press("closeFormButton")
    hurry(tracker)
    tracker.wait(lambda: tracker.request("En retouche").order_id, "left as it was")
    assert tracker.orders() == before + 1


def test_changed_after_it_was_confirmed_it_waits_for_a_new_word(tracker: RequestsUser) -> None:
    tracker.sign_in("technicien")
    tracker.context.http.retries = 0
    tracker.write("Changée")
    tracker.service.faults.add(Fault("/stapi/.*", refuse=True))
    tracker.press("submitRequestButton")
    tracker.wait(
        lambda: tracker.request("Changée")
        and tracker.request("Changée").state == READY
        and not tracker.panel.tracker._jobs,
        "kept as ready",
    )
    tracker.panel.edit(tracker.request("Changée"))
    tracker.panel.form.fields.title.setText("Changée, deux")
    before = tracker.orders()
    tracker.service.faults.clear()
    tracker.panel.form.close_form()
    hurry(tracker)  # at once: the change is not on the disk yet
    assert not tracker.panel.tracker._jobs
    tracker.wait(
        lambda: tracker.request("Changée, deux")
        and tracker.request("Changée, deux").state == DRAFT,
        "a draft again",
    )
    hurry(tracker)
    assert (
        not tracker.panel.tracker._jobs
        and tracker.orders() == before
        and not tracker.request("Changée, deux").queued
    )
