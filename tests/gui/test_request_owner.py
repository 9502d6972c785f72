"""Shared computers: what one person has confirmed never leaves under another's name, nor by itself
when nobody was signed in.
"""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QPushButton

from dinamis_qgis.core.tasking.model import DRAFT, READY
from dinamis_qgis.gui.requests.panel import FORM, LIST, REVIEW
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.request_desk import Desk, desk, still_service

__all__ = ["desk", "still_service"]


def hurry(desk: Desk) -> None:
    """Let everything that leaves by itself leave now."""
    desk.panel.desk._waiting.hurry()
    desk.panel.desk.look()


def confirmed_while_down(desk: Desk, name: str, title: str) -> None:
    """``name`` confirms while the service is away, and signs out."""
    desk.sign_in(name)
    desk.context.http.retries = 0
    desk.write(title)
    desk.service.faults.add(Fault("/stapi/.*", refuse=True))
    desk.press("submitRequestButton")
    desk.wait(
        lambda: desk.request(title)
        and desk.request(title).state == READY
        and not desk.panel.desk._jobs,
        "kept as ready",
    )
    desk.sign_out()


def test_confirmed_while_nobody_was_signed_in_it_is_confirmed_again(desk: Desk) -> None:
    desk.write("Sans compte")
    assert "confirmed" in desk.panel.review.why.text()
    before = desk.orders()
    desk.press("submitRequestButton")
    desk.wait(
        lambda: desk.request("Sans compte") and desk.request("Sans compte").state == READY, "ready"
    )
    assert desk.request("Sans compte").account == ""
    desk.sign_in("technicien")
    desk.wait(lambda: desk.find("waitingBar"), "the line about it")
    hurry(desk)
    assert not desk.panel.desk._jobs and desk.orders() == before
    assert "nobody was signed in" in desk.panel.list.waiting.text.text()
    desk.press("reviewWaitingButton")
    desk.wait(lambda: desk.panel.pages.currentIndex() == REVIEW, "the review")
    assert "Applicant" in desk.panel.review.text()
    desk.press("submitRequestButton")
    desk.wait(lambda: desk.request("Sans compte").order_id, "the order")
    assert desk.request("Sans compte").account == "technicien" and desk.orders() == before + 1
    desk.wait(lambda: not desk.find("waitingBar"), "no line any more")


def test_another_persons_request_waits_for_them(desk: Desk) -> None:
    confirmed_while_down(desk, "sdis", "Crue du gave")
    assert desk.request("Crue du gave").account == "sdis"
    desk.service.faults.clear()
    before = desk.orders()
    desk.sign_in("technicien")
    desk.wait(lambda: desk.find("waitingBar"), "the line about it")
    hurry(desk)
    assert not desk.panel.desk._jobs and desk.orders() == before
    assert "“sdis”" in desk.panel.list.waiting.text.text()
    desk.choose("Crue du gave")
    assert (
        "“sdis”" in desk.panel.list.whose.text()
        and desk.panel.list.main_button.text() == "Review and send…"
    )
    desk.press("leaveWaitingButton")
    assert not desk.find("waitingBar")
    desk.panel.desk.reload()
    hurry(desk)
    assert desk.request("Crue du gave").state == READY and desk.orders() == before
    desk.sign_out()
    desk.sign_in("sdis")
    desk.wait(lambda: desk.request("Crue du gave").order_id, "sent by itself")
    assert desk.request("Crue du gave").account == "sdis" and desk.orders() == before + 1


def test_another_may_send_it_after_review_in_their_own_name(desk: Desk) -> None:
    confirmed_while_down(desk, "sdis", "Reprise")
    desk.service.faults.clear()
    before = desk.orders()
    desk.sign_in("technicien")
    desk.wait(lambda: desk.find("waitingBar"), "the line about it")
    desk.choose("Reprise")
    desk.press("requestMainButton")
    desk.wait(lambda: desk.panel.pages.currentIndex() == REVIEW, "the review")
    assert desk.orders() == before and desk.request("Reprise").account == "sdis", (
        "looking at it changes nothing"
    )
    desk.press("submitRequestButton")
    desk.wait(lambda: desk.request("Reprise").order_id, "the order")
    assert (desk.request("Reprise").account, desk.request("Reprise").entity) == (
        "technicien",
        "CC du Haut-Béarn",
    )
    assert desk.orders() == before + 1


def test_a_rule_broken_since_stops_at_the_form(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date, timedelta

    desk.write("Vieille demande")
    desk.press("submitRequestButton")
    desk.wait(
        lambda: desk.request("Vieille demande") and desk.request("Vieille demande").state == READY,
        "ready",
    )
    monkeypatch.setattr(
        type(desk.panel.desk), "today", lambda self: date.today() + timedelta(days=20)
    )
    desk.sign_in("technicien")
    desk.press("reviewWaitingButton")
    desk.wait(lambda: any(f.code == "window-past" for f in desk.panel.form.findings), "the rule")
    assert desk.panel.pages.currentIndex() == FORM and not desk.panel.form.review_button.isEnabled()
    desk.press("closeFormButton")
    assert (
        desk.panel.pages.currentIndex() == LIST and desk.request("Vieille demande").state == READY
    )


def test_another_persons_retry_sends_nothing(desk: Desk) -> None:
    confirmed_while_down(desk, "sdis", "Bouton resté")
    retry = [b for item in desk.iface.messageBar().items() for b in item.findChildren(QPushButton)]
    desk.service.faults.clear()
    before = desk.orders()
    desk.sign_in("technicien")
    for button in retry:
        button.click()
    desk.wait(lambda: not desk.panel.desk._jobs, "the end of it")
    assert desk.orders() == before and desk.request("Bouton resté").account == "sdis"
    assert retry, "there was a button to press"


def test_a_sending_stops_when_its_person_leaves(desk: Desk) -> None:
    desk.sign_in("sdis")
    desk.context.http.retries = 0
    desk.write("En partance")
    before = desk.orders()
    desk.service.faults.add(Fault("/stapi/products.*", method="GET", delay=4.0))
    desk.press("submitRequestButton")
    desk.wait(lambda: desk.panel.desk._jobs, "the sending")
    desk.sign_out()
    desk.sign_in("technicien")
    desk.wait(lambda: not desk.panel.desk._jobs, "the end of the sending")
    desk.service.faults.clear()
    desk.panel.desk.reload()
    desk.wait(
        lambda: desk.request("En partance") and desk.request("En partance").state != DRAFT, "kept"
    )
    hurry(desk)
    assert not desk.panel.desk._jobs
    assert (desk.request("En partance").state, desk.request("En partance").account) == (
        READY,
        "sdis",
    )
    assert desk.orders() == before


def test_it_does_not_leave_under_the_hands_of_who_changes_it(desk: Desk) -> None:
    desk.sign_in("technicien")
    desk.context.http.retries = 0
    desk.write("En retouche")
    desk.service.faults.add(Fault("/stapi/.*", refuse=True))
    desk.press("submitRequestButton")
    desk.wait(
        lambda: desk.request("En retouche")
        and desk.request("En retouche").state == READY
        and not desk.panel.desk._jobs,
        "kept as ready",
    )
    desk.panel.edit(desk.request("En retouche"))
    before = desk.orders()
    desk.service.faults.clear()
    hurry(desk)
    assert not desk.panel.desk._jobs and desk.orders() == before
    desk.press("closeFormButton")
    hurry(desk)
    desk.wait(lambda: desk.request("En retouche").order_id, "left as it was")
    assert desk.orders() == before + 1


def test_changed_after_it_was_confirmed_it_waits_for_a_new_word(desk: Desk) -> None:
    desk.sign_in("technicien")
    desk.context.http.retries = 0
    desk.write("Changée")
    desk.service.faults.add(Fault("/stapi/.*", refuse=True))
    desk.press("submitRequestButton")
    desk.wait(
        lambda: desk.request("Changée")
        and desk.request("Changée").state == READY
        and not desk.panel.desk._jobs,
        "kept as ready",
    )
    desk.panel.edit(desk.request("Changée"))
    desk.panel.form.fields.title.setText("Changée, deux")
    before = desk.orders()
    desk.service.faults.clear()
    desk.panel.form.close_form()
    hurry(desk)  # at once: the change is not on the disk yet
    assert not desk.panel.desk._jobs
    desk.wait(
        lambda: desk.request("Changée, deux") and desk.request("Changée, deux").state == DRAFT,
        "a draft again",
    )
    hurry(desk)
    assert (
        not desk.panel.desk._jobs
        and desk.orders() == before
        and not desk.request("Changée, deux").queued
    )
