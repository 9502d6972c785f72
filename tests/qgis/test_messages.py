"""One place speaks to the person, once, with a button that works."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QPushButton

from dinamis_qgis.bridge import messages
from dinamis_qgis.core.errors import Action, AuthError, Cancelled, NetworkError


@pytest.fixture
def bar(iface):
    called = []
    messages.install_messages(iface, {Action.SIGN_IN: lambda: called.append("sign in")})
    yield iface.messageBar(), called
    messages.install_messages(None)


def buttons(bar):
    return list(bar.currentItem().findChildren(QPushButton))


def test_an_error_shows_once_with_its_button(bar):
    widget, called = bar
    for _ in range(3):
        messages.show(AuthError("You are no longer signed in.", "Sign in again."))
    assert len(widget.items()) == 1
    assert "Sign in again." in widget.currentItem().text()
    button = next(b for b in buttons(widget) if b.text() == "Sign in")
    button.click()
    assert called == ["sign in"]
    assert not widget.items()


def test_retry_does_what_the_caller_says(bar):
    widget, _ = bar
    again = []
    messages.show(NetworkError("Down."), retry=lambda: again.append(1))
    next(b for b in buttons(widget) if b.text() == "Try again").click()
    assert again == [1]


def test_cancelled_is_silent_and_headless_only_logs(bar):
    widget, _ = bar
    messages.show(Cancelled())
    assert not widget.items()
    messages.install_messages(None)
    messages.show(NetworkError("Down."))


def test_a_closed_message_can_come_again(bar, wait_until):
    widget, _ = bar
    messages.show(NetworkError("Down."))
    widget.clearWidgets()
    messages.show(NetworkError("Down."))
    assert len(widget.items()) == 1


def test_what_waited_for_a_sign_in_goes_on_and_the_bar_goes(iface) -> None:
    messages.install_messages(iface)
    bar, went_on = iface.messageBar(), []
    bar.clearWidgets()
    refused = AuthError("You are not signed in.", code="signed-out", action=Action.SIGN_IN)
    messages.show(refused, retry=lambda: went_on.append(1))
    messages.show(refused, retry=lambda: went_on.append(2))
    messages.warn("Something else", key="other")
    messages.signed_in()
    assert went_on == [1, 2]
    assert [item.text() for item in bar.items()] == ["Something else"]
    messages.signed_in()
    assert went_on == [1, 2], "once"
    messages.install_messages(None)
