"""The tab “Relais” over a training service of its own, for tests: who signs in is chosen by the
test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLineEdit

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.gui.relay.panel import RelayPanel
from tests.support.service import LittleWorld, running_service
from tests.support.window import visible

PATIENCE = 60.0


class RelayWindow:
    """The panel and the relay in front of it."""

    def __init__(self, context: Context, service: Any, wait: Callable[..., None]) -> None:
        self.context, self.service, self._wait = context, service, wait
        self.panel = RelayPanel(context)
        self.panel.resize(308, 720)
        self.panel.show()
        self.idle()

    @property
    def relay(self) -> Any:
        return self.panel.relay

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        self._wait(condition, seconds=PATIENCE, what=what)

    def idle(self) -> None:
        """Until nothing is being done."""
        self.wait(lambda: not tasks._running and not self.relay._reading, "the end of all work")

    def sign_in(self, name: str) -> None:
        session, logins = self.context.session, self.service.auth.logins
        assert session is not None
        tasks.run(
            lambda job: session.sign_in_device(
                lambda code: logins.answer(logins.find(code.user_code), name), Cancel()
            )
        )
        self.wait(
            lambda: self.context.account is not None and self.context.account.username == name,
            f"{name} signed in",
        )

    def find(self, name: str) -> Any:
        """As ``visible``."""
        return visible(name)

    def press(self, name: str) -> None:
        self.wait(lambda: self.find(name) is not None and self.find(name).isEnabled(), name)
        button = self.find(name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())

    def write(self, name: str, text: str) -> None:
        self.wait(lambda: self.find(name), name)
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.clear()
        field.insert(text)

    def rows(self, page: Any) -> list[str]:
        """The first column of a page's list."""
        model = page.model
        return [model.index(n, 0).data() for n in range(model.rowCount())]


@pytest.fixture
def window(
    iface: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> Iterator[RelayWindow]:
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path / "home"))
    with running_service(
        tmp_path / "training", world=LittleWorld({}), device_interval=0.1
    ) as service:
        monkeypatch.setenv("DINAMIS_PROFILE", str(service.profile_path))
        messages.install_messages(iface)
        context = Context(iface)
        context.open()
        wait_until(lambda: context.profile is not None, seconds=PATIENCE, what="the profile")
        made = RelayWindow(context, service, wait_until)
        yield made
        made.panel.close()
        made.panel.deleteLater()
        context.close()
        wait_until(lambda: not tasks._running, seconds=PATIENCE, what="the end of all work")
        messages.install_messages(None)
