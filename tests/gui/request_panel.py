"""The tab “Demandes” over a training service of its own, for tests: who signs in is chosen by the
test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from shapely.geometry import box

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.gui.requests.panel import RequestsPanel
from tests.support.service import running_service
from tests.support.window import visible

AREA = box(-0.5, 43.2, -0.3, 43.35)
PATIENCE = 60.0


class RequestsUser:
    """The panel and the person in front of it."""

    def __init__(
        self,
        context: Context,
        panel: RequestsPanel,
        service: Any,
        wait: Callable[..., None],
        iface: Any,
    ) -> None:
        self.context, self.panel, self.service, self._wait, self.iface = (
            context,
            panel,
            service,
            wait,
            iface,
        )

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        self._wait(condition, seconds=PATIENCE, what=what)

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

    def sign_out(self) -> None:
        session = self.context.session
        assert session is not None
        tasks.run(lambda job: session.sign_out(Cancel()))
        self.wait(lambda: self.context.account is None, "nobody")

    def find(self, name: str) -> Any:
        """As ``visible``."""
        return visible(name)

    def press(self, name: str) -> None:
        self.wait(lambda: self.find(name) is not None and self.find(name).isEnabled(), name)
        button = self.find(name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())

    def write(self, title: str, area: Any = AREA) -> None:
        """A request written and reviewed, up to the button that sends."""
        self.panel.begin(area)
        self.panel.findChild(QLineEdit, "requestTitle").insert(title)  # QTest types ASCII only
        self.panel.findChild(QPlainTextEdit, "requestPurpose").insertPlainText("Suivi des travaux")
        self.press("reviewButton")
        self.wait(lambda: self.find("submitRequestButton"), "the review")

    def request(self, title: str) -> Any:
        return next((r for r in self.panel.tracker.requests if r.draft.title == title), None)

    def choose(self, title: str) -> None:
        self.panel.list.choose(self.request(title).reference)

    def orders(self) -> int:
        """How many orders were sent to the service."""
        return sum(
            seen.method == "POST" and seen.path.endswith("/orders") for seen in self.service.seen
        )

    def said(self) -> str:
        """What the message bar says."""
        return "\n".join(item.text() for item in self.iface.messageBar().items())


@contextmanager
def requests_panel(
    iface: Any,
    home: Path,
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait: Callable[..., None],
) -> Iterator[RequestsPanel]:
    """The tab over the service of ``profile``, its map in Béarn, in a plugin home of its own."""
    monkeypatch.setenv("DINAMIS_HOME", str(home))
    monkeypatch.setenv("DINAMIS_PROFILE", str(profile))
    messages.install_messages(iface)
    context = Context(iface)
    context.open()
    wait(lambda: context.profile is not None, seconds=PATIENCE, what="the profile")
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas.setExtent(QgsRectangle(415000, 6240000, 445000, 6265000))
    panel = RequestsPanel(context)
    panel.resize(320, 720)
    panel.show()
    yield panel
    panel.close()
    panel.deleteLater()
    context.close()
    wait(lambda: not tasks._running, seconds=PATIENCE, what="the end of all work")
    messages.install_messages(None)


@pytest.fixture(scope="module")
def still_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The training service with its clock standing still: an order stays as it is until the test
    says.
    """
    with running_service(
        tmp_path_factory.mktemp("training"),
        auto_approve="",
        days_per_second=0.0,
        device_interval=0.1,
    ) as running:
        yield running


@pytest.fixture
def tracker(
    still_service: Any,
    iface: Any,
    project: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> Iterator[RequestsUser]:
    with requests_panel(
        iface, tmp_path / "home", still_service.profile_path, monkeypatch, wait_until
    ) as panel:
        iface.window.show()
        yield RequestsUser(panel.tracker.context, panel, still_service, wait_until, iface)
        still_service.faults.clear()


def buttons(widget: Any) -> list[str]:
    """The words on its visible buttons."""
    return [b.text() for b in widget.findChildren(QPushButton) if b.isVisible()]
