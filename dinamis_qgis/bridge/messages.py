"""The one place that speaks to the person: QGIS's message bar, and the log panel for the
details.
"""

from __future__ import annotations

import re
import time
from collections import deque
from datetime import datetime, timezone
from typing import Any, Callable

from qgis.core import Qgis, QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QPushButton

from dinamis_qgis.bridge.plain_text import as_markup, as_plain
from dinamis_qgis.core.errors import Action, Cancelled, DinamisError
from dinamis_qgis.core.text import tr

TAG = "DINAMIS"
_SECRET = re.compile(
    r"(?i)((?:x-amz-(?:signature|credential|security-token)|access[_-]?token|refresh[_-]?token|secret[_-]?key|access[_-]?key|x-api-key"
    r"|device[_-]?code|code[_-]?verifier)[\"']?\s*[=:]\s*[\"']?|bearer\s+)[^\s&\"',}]+"
)
_GATEWAY = re.compile(
    r"(?i)http(?:://|%3A//|%3A%2F%2F)127\.0\.0\.1(?::|%3A)\d+/[\w-]{32}/\d+/(https?)/"
)
"""The imagery gateway's addresses, in QGIS's own lines too."""
_iface: Any = None
_actions: dict[Action, Callable[[], None]] = {}
_shown: dict[str, Any] = {}
_recent: deque[str] = deque(maxlen=200)
_refused: list[tuple[float, str, Callable[[], None] | None]] = []
"""What stopped for want of a sign-in: when, the message's key, how to go on."""
STILL_WANTED_S = 900.0
"""What was asked for longer ago does not begin by itself after a sign-in."""
_MOST_REFUSED = 12


def install_messages(iface: Any, actions: dict[Action, Callable[[], None]] | None = None) -> None:
    """Where messages go (None: only the log), and what the buttons of errors do."""
    global _iface
    _iface = iface
    _actions.clear()
    _shown.clear()
    _refused.clear()
    _actions.update(actions or {})


def message_bar() -> Any:
    """QGIS's message bar, a widget over the map; None where there is no window."""
    return _iface.messageBar() if _iface is not None else None


def strip_secrets(text: str) -> str:
    """``text`` without anything that looks like a secret: a second line of defence, not the
    first.
    """
    return _GATEWAY.sub(r"\1://", _SECRET.sub(r"\1…", text))


def log(text: str, *, critical: bool = False) -> None:
    """A line in the plugin's tab of the log panel. Callable from any thread."""
    level = Qgis.MessageLevel.Critical if critical else Qgis.MessageLevel.Info
    line = strip_secrets(text)
    _recent.append(f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M:%SZ} {line}")
    QgsApplication.messageLog().logMessage(line, TAG, level, notifyUser=False)


def recent_lines() -> list[str]:
    """The last lines logged, oldest first, each with its moment: for the support report."""
    return list(_recent)


def show(error: DinamisError, retry: Callable[[], None] | None = None) -> None:
    """One bar message for ``error``; the same message is not stacked twice.

    ``retry`` is what its button does.
    """
    if isinstance(error, Cancelled):
        return
    log(f"{error.code}: {error.sentence()} [{error.details}]")
    handler = retry if error.action is Action.RETRY else _actions.get(error.action)
    button = (
        (button_label(error.action), handler)
        if handler and error.action is not Action.NONE
        else None
    )
    _show_bar(
        error.sentence(), Qgis.MessageLevel.Warning, button, key=error.code, details=error.details
    )
    if error.action is Action.SIGN_IN:
        _refused.append((time.monotonic(), error.code, retry))
        del _refused[:-_MOST_REFUSED]


def signed_in() -> None:
    """Somebody is signed in: what said that nobody was goes away, what was asked for goes on."""
    refused, now = list(_refused), time.monotonic()
    _refused.clear()
    for _, key, _ in refused:
        dismiss_message(key)
    for moment, _, retry in refused:
        if retry is not None and now - moment < STILL_WANTED_S:
            retry()


def info(
    text: str, button: tuple[str, Callable[[], None]] | None = None, *, seconds: int = 8
) -> None:
    """A passing remark; ``button`` is (label, action)."""
    _show_bar(text, Qgis.MessageLevel.Info, button, seconds=seconds)


def warn(text: str, button: tuple[str, Callable[[], None]] | None = None, *, key: str = "") -> None:
    """Something to know, until it is closed."""
    _show_bar(text, Qgis.MessageLevel.Warning, button, key=key)


def show_progress(text: str, button: tuple[str, Callable[[], None]], key: str) -> None:
    """Something under way, until ``dismiss(key)``; ``button`` (label, action) gives it up."""
    _show_bar(text, Qgis.MessageLevel.Info, button, key=key)


def dismiss_message(key: str) -> None:
    """Take the message of that key away, if it is still there."""
    known = message_bar()
    if known is not None:
        _dismiss_item(known, key)


def success(text: str, *buttons: tuple[str, Callable[[], None]]) -> None:
    """Something ended well; each button is (label, action)."""
    _show_bar(text, Qgis.MessageLevel.Success, *buttons, seconds=15)


def perform_action(action: Action) -> None:
    """Do what the button of an error's action does, where a panel shows the button itself."""
    handler = _actions.get(action)
    if handler is not None:
        handler()


def button_label(action: Action) -> str:
    """What the button of an action says."""
    return {
        Action.RETRY: tr("Try again"),
        Action.SIGN_IN: tr("Sign in"),
        Action.OPEN_OPTIONS: tr("Open the options"),
        Action.CONTACT_RELAY: tr("Write to the relay"),
        Action.CHOOSE_FOLDER: tr("Choose a folder"),
        Action.OPEN_NETWORK_OPTIONS: tr("Network options"),
        Action.OPEN_AUTHENTICATION_OPTIONS: tr("Authentication options"),
        Action.CATALOGUE_KEYS: tr("Enter the key…"),
    }.get(action, "")


def _show_bar(
    text: str,
    level: Any,
    *buttons: tuple[str, Callable[[], None]] | None,
    seconds: int = 0,
    key: str = "",
    details: str = "",
) -> None:
    known = message_bar()
    if known is None:
        log(text)
        return
    if key:
        _dismiss_item(known, key)
    item = known.createMessage(TAG, as_markup(text))
    item.setLevel(level)
    if seconds:
        item.setDuration(seconds)
    item.setToolTip(as_plain(strip_secrets(details)))
    for entry in buttons:
        if entry is not None:
            item.layout().addWidget(_make_button(known, item, *entry))
    if key:
        _shown[key] = item
    known.pushItem(item)


def _make_button(bar: Any, item: Any, label: str, action: Callable[[], None]) -> QPushButton:
    button = QPushButton(label)

    def clicked() -> None:
        bar.popWidget(item)
        action()

    button.clicked.connect(clicked)
    return button


def _dismiss_item(bar: Any, key: str) -> None:
    item = _shown.pop(key, None)
    # Looked at here, not heard of: a function that Qt calls while the item goes may be gone before.
    if item is not None and not sip.isdeleted(item):
        bar.popWidget(item)
