"""The main job when things go wrong, through the real windows: a clear French sentence, nothing
lost, nothing secret, and it goes on after.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsRectangle

from dinamis_qgis.sandbox.faults import Fault
from tests import network
from tests.support.service import running_service
from tests.support.window import Window, window

AROUND = QgsRectangle(412000, 6234000, 442000, 6259000)
WRONG = json.dumps(
    {
        "features": {"a": 1},
        "links": 3,
        "hrefs": [1],
        "expiry": 4,
        "access_token": [],
        "components": 5,
        "device_code": {},
        "id": 7,
        "products": "x",
        "orders": {},
        "properties": [],
        "type": 9,
        "queryables": 1,
    }
).encode()
SAYS = {
    "down": ("ne répond pas",),
    "dns": ("est introuvable",),
    "500": ("a un problème interne",),
    "429": ("reçoit trop de requêtes",),
    "cut": ("a été coupée", "est coupée"),
    "garbage": ("illisible", "inutilisable", "n’est pas lisible", "page web"),
    "types": ("illisible", "inutilisable", "n’indique pas clairement"),
    "403": ("refuse",),
}
PLACES = {
    "sign-in": "/auth/realms/.*",
    "search": "/stac/.*",
    "add": "/signing/sign_urls",
    "download": "/signing/sign_urls",
    "submit": "/stapi/.*",
}


class Service:
    """The training service of one test, which can be taken away and come back on the same port."""

    def __init__(self, data: Path) -> None:
        self._data, self._port = data, 0
        self._resolves = True
        self.start()

    def start(self) -> None:
        options = {
            "auto_approve": "technicien",
            "device_interval": 0.1,
            "port": self._port,
            "days_per_second": 0,
        }
        self._running = running_service(self._data, **options)
        self.it = self._running.__enter__()
        self._port = self.it.port

    def stop(self) -> None:
        self._running.__exit__(None, None, None)

    def named(self) -> str:
        """A profile that says ``localhost``: a name that can stop resolving."""
        path = self.it.profile_path.with_name("named.json")
        here, named = f"http://127.0.0.1:{self._port}", f"http://localhost:{self._port}"
        text = self.it.profile_path.read_text("utf-8").replace(here, named)
        text = text.replace(
            f"{named}/stapi", f"{here}/stapi"
        )  # its own links must be of one address
        path.write_text(text, "utf-8")
        return str(path)

    def hurt(self, kind: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """From now on ``kind`` happens at ``place``."""
        faults = {
            "500": {"status": 500},
            "429": {"status": 429, "headers": {"Retry-After": "0"}},
            "403": {
                "status": 403,
                "body": b"<Error><Code>AccessDenied</Code></Error>",
                "content_type": "application/xml",
            },
            "cut": {"cut_after": 20},
            "garbage": {"body": b"<html>{"},
            "types": {"body": WRONG},
            "expired": {"status": 401},
        }
        if kind == "down":
            self.stop()
        elif kind == "dns":
            real = network._resolve

            def resolve(host: Any, *args: Any, **more: Any) -> Any:
                if host == "localhost":
                    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
                return real(host, *args, **more)

            monkeypatch.setattr(socket, "getaddrinfo", resolve)
            self.stop()  # a connection that is open needs no name any more
            self.start()
        else:
            self.it.faults.add(Fault(place, **faults[kind]))

    def heal(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        if kind == "down":
            self.start()
        elif kind == "dns":
            monkeypatch.setattr(socket, "getaddrinfo", network._resolve)
        else:
            self.it.faults.clear()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The training world, made once."""
    folder = tmp_path_factory.mktemp("service")
    with running_service(folder):
        return folder


@pytest.fixture
def service(data: Path) -> Iterator[Service]:
    made = Service(data)
    yield made
    made.stop()


@pytest.fixture
def shown(
    iface: Any,
    service: Service,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
    french: None,
) -> Iterator[Window]:
    from dinamis_qgis.bridge import messages

    messages._recent.clear()  # what other tests logged is not judged here
    with window(iface, wait_until, service.named(), tmp_path, monkeypatch, AROUND) as there:
        there.context.http.backoff = 0.01
        there.wait(lambda: there.context.profile, what="the profile")
        yield there
        quiet(there)


@pytest.fixture
def signed_in(shown: Window) -> Window:
    shown.sign_in()
    return shown


def quiet(there: Window) -> None:
    """Nothing that is said or logged holds a traceback or a secret."""
    from dinamis_qgis.bridge import messages

    text = (
        (there.said() + "\n".join(messages.recent_lines()))
        .replace("X-Amz-Signature=…", "")
        .replace("Bearer …", "")
    )
    session = there.context.session
    proof = session._keeper.state.proof if session else None
    secrets = [
        value for name in ("access", "refresh") for value in [getattr(proof, name, "")] if value
    ]
    for wrong in ("Traceback", "X-Amz-Signature=", "Bearer ", "bug:", *secrets):
        assert wrong not in text, text


def told(there: Window, kind: str) -> str:
    """Waits until the trouble is on screen; all that is said then."""
    there.wait(
        lambda: any(words in there.said() for words in SAYS[kind]),
        seconds=60,
        what=f"a sentence about {kind}",
    )
    return there.said()


KINDS = ("down", "dns", "500", "429", "cut", "garbage", "types")


@pytest.mark.parametrize("kind", KINDS)
def test_signing_in(
    kind: str, shown: Window, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.hurt(
        kind, "/signing/openapi.json" if kind == "types" else PLACES["sign-in"], monkeypatch
    )
    shown.click("accountButton")
    told(shown, kind)
    service.heal(kind, monkeypatch)
    shown.wait(lambda: shown.context.account or shown.find("newCodeButton"), what="a way on")
    if shown.find("newCodeButton"):
        shown.click("newCodeButton")
    shown.wait(lambda: shown.context.account, what="the account")


@pytest.mark.parametrize("kind", KINDS)
def test_searching(
    kind: str, signed_in: Window, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.hurt(kind, PLACES["search"], monkeypatch)
    panel = signed_in.search()
    told(signed_in, kind)
    assert panel.model.rowCount() == 0 and signed_in.find("searchButton").isEnabled()
    service.heal(kind, monkeypatch)
    assert signed_in.search().model.rowCount() > 3


@pytest.mark.parametrize("place", ["signing", "storage"])
@pytest.mark.parametrize("kind", [*KINDS, "403"])
def test_adding_to_the_map(
    kind: str, place: str, signed_in: Window, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "storage" and kind in ("dns", "types"):
        pytest.skip("the storage is an address, and speaks no JSON")
    panel = signed_in.search()
    rows = panel.model.rowCount()
    service.hurt(kind, PLACES["add"] if place == "signing" else "/storage/.*", monkeypatch)
    signed_in.choose(panel)
    signed_in.click("addToMapButton")
    told(signed_in, kind if (place, kind) != ("storage", "garbage") else "garbage")
    assert not signed_in.layers() and panel.model.rowCount() == rows and len(panel.selected()) == 1
    service.heal(kind, monkeypatch)
    signed_in.iface.messageBar().clearWidgets()
    signed_in.click("addToMapButton")
    signed_in.wait(lambda: signed_in.layers(), what="the layer")


@pytest.mark.parametrize("place", ["signing", "storage"])
@pytest.mark.parametrize("kind", [*KINDS, "403"])
def test_downloading(
    kind: str, place: str, signed_in: Window, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "storage" and kind in ("dns", "types"):
        pytest.skip("the storage is an address, and speaks no JSON")
    panel = signed_in.search()
    signed_in.choose(panel)
    service.hurt(kind, PLACES["download"] if place == "signing" else "/storage/.*", monkeypatch)
    signed_in.download()
    told(signed_in, kind)
    downloads = signed_in.dock.panel("downloads").downloads
    kept = downloads.views
    assert kept and all(view.entry.state.value in ("waiting", "failed", "running") for view in kept)
    service.heal(kind, monkeypatch)
    downloads.resume([view.entry.id for view in kept])
    signed_in.wait(
        lambda: all(v.entry.state.value == "done" for v in downloads.views),
        seconds=60,
        what="the files",
    )
    assert all(view.entry.target.is_file() for view in downloads.views)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "dns"])
def test_submitting(
    kind: str, signed_in: Window, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in.draw()
    signed_in.write(f"Panne {kind}")
    service.hurt(kind, PLACES["submit"], monkeypatch)
    signed_in.click("submitRequestButton")
    told(signed_in, kind)
    signed_in.wait(
        lambda: [r.draft.title for r in signed_in.requests()] == [f"Panne {kind}"],
        what="the request in the list",
    )
    assert signed_in.requests()[0].state in ("ready", "sending")
    service.heal(kind, monkeypatch)
    signed_in.dock.panel("requests").list.choose(signed_in.requests()[0].reference)
    signed_in.click("requestMainButton")
    signed_in.wait(lambda: signed_in.requests()[0].order_id, seconds=60, what="the receipt")
    assert len(signed_in.requests()) == 1


def test_a_login_that_expires_while_adding(signed_in: Window, service: Service) -> None:
    """The service forgets everybody: the map is not touched, the way back is one button."""
    panel = signed_in.search()
    service.it.store.expire()
    service.it.faults.add(Fault("/auth/.*/token", status=400, body=b'{"error": "invalid_grant"}'))
    signed_in.choose(panel)
    signed_in.click("addToMapButton")
    signed_in.wait(
        lambda: "Votre connexion a expiré. Reconnectez-vous." in signed_in.said(),
        what="that the sign-in has expired",
    )
    assert not signed_in.layers() and len(panel.selected()) == 1
    service.it.faults.clear()
    signed_in.iface.messageBar().clearWidgets()
    signed_in.sign_in()
    signed_in.click("addToMapButton")
    signed_in.wait(lambda: signed_in.layers(), what="the layer")


def test_a_disk_that_fills_up(signed_in: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing fails for want of space: said with the folder, the queue keeps the file, and it goes
    on when there is room.
    """
    import errno

    def full(*args: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    panel = signed_in.search()
    signed_in.choose(panel)
    for name in ("pwrite", "posix_fallocate", "ftruncate"):
        monkeypatch.setattr(os, name, full, raising=False)
    signed_in.click("downloadButton")
    signed_in.wait(lambda: signed_in.find("downloadDialog"), what="the dialog")
    signed_in.click("wholeChoice")
    signed_in.click("startDownloadButton")
    signed_in.tab("downloads")
    signed_in.wait(lambda: "Le disque est plein" in signed_in.said(), what="that the disk is full")
    downloads = signed_in.dock.panel("downloads").downloads
    assert downloads.views
    monkeypatch.undo()


def test_a_folder_one_may_not_write_in(signed_in: Window, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    if os.geteuid() == 0:
        locked = Path("/sys/kernel")  # where not even root makes a file
        if not locked.is_dir():
            pytest.skip("root may write everywhere here")
    panel = signed_in.search()
    signed_in.choose(panel)
    signed_in.click("downloadButton")
    signed_in.find("folderWidget").setFilePath(str(locked))
    signed_in.wait(lambda: "pas le droit d’écrire" in signed_in.find("folderState").text())
    assert not signed_in.find("startDownloadButton").isEnabled()
