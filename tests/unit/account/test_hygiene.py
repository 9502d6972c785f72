"""Nothing secret in a log at any level, in a repr, in an error or in what a support report would
hold.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

import pytest

from dinamis_qgis.core.account.device import DeviceCode
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.net.http import Cancel, Http
from tests.support.realm import Clock, NoWait, Realm, in_order, oauth
from tests.support.scripted import Answer, as_json


class Everything(logging.Handler):
    """Every record of every logger, with its exception and its raw arguments."""

    def __init__(self) -> None:
        super().__init__(0)
        self.texts: list[str] = []

    def emit(self, entry: logging.LogRecord) -> None:
        self.texts += [entry.getMessage(), repr(entry.args), repr(vars(entry))]
        if entry.exc_info:
            self.texts.append("".join(traceback.format_exception(*entry.exc_info)))


@pytest.fixture
def log() -> Iterator[Everything]:
    handler, root = Everything(), logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in [*logging.root.manager.loggerDict]}
    before = root.level
    root.addHandler(handler)
    root.setLevel(1)
    for name in levels:
        logging.getLogger(name).setLevel(1)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def caught(action: object, *args: object) -> str:
    """Everything an error may show: its fields, and the traceback with all that led to it."""
    try:
        action(*args)  # type: ignore[operator]
    except DinamisError as error:
        return (
            "".join(traceback.format_exception(type(error), error, error.__traceback__))
            + repr(error)
            + repr(vars(error))
            + error.sentence()
        )
    raise AssertionError("no error")


def test_nothing_secret_is_ever_told(
    realm: Realm, http: Http, clock: Clock, log: Everything
) -> None:
    vault = MemoryVault()
    session = Session(realm.profile(), http, vault, clock)
    shown: list[DeviceCode] = []
    told: list[object] = []

    def sign_in() -> None:
        session.sign_in_device(shown.append, NoWait(), told.append)

    realm.odd["/token"] = in_order(oauth("slow_down"), Answer(500, b""), oauth("access_denied"))
    texts = [caught(sign_in)]
    sign_in()
    url = session.profile.signing.url
    header = session.credentials.headers_for(url)
    quoting = {"detail": "refresh-secret-0001"}
    for answer in (
        as_json(quoting, 500),
        as_json(quoting, 418),
        as_json({"error": "server_error", "error_description": "refresh-secret-0001"}, 400),
    ):
        clock.now += 1000
        realm.odd["/token"] = lambda *_, a=answer: a
        texts.append(caught(session.credentials.headers_for, url))
    del realm.odd["/token"]
    session.credentials.headers_for(url)
    realm.odd["/sign_urls"] = lambda *_: as_json({"detail": "no"}, 401)
    texts.append(caught(session.sign_in_key, "access-id-0042", "right-" + "secret-key", Cancel()))
    del realm.odd["/sign_urls"]
    realm.odd["/create_api_key"] = lambda *_: as_json(
        {"access-key": "new-access-0042", "secret-key": "new-secret-0042"}
    )
    pair = session.create_api_key("x", Cancel())
    realm.refresh.clear()
    clock.now += 1000
    texts.append(caught(session.credentials.headers_for, url))
    session.sign_in_key("access-id-0042", "right-" + "secret-key", Cancel())
    keeper = session.credentials
    texts += [
        repr(x)
        for x in (
            session,
            vars(session),
            keeper,
            vars(keeper),
            keeper.state,
            shown,
            pair,
            told,
            http,
        )
    ]
    session.sign_out(Cancel())

    secrets = realm.secrets | {
        header["authorization"].split()[1],
        "right-secret-key",
        "new-secret-0042",
        "new-access-0042",
    }
    secrets |= {code.verifier for code in shown} | {"access-id-0042"}
    assert len(secrets) > 9 and all(secrets)
    assert any("/token" in text for text in log.texts), "the requests did reach the log"
    for secret in secrets:
        for text in [*texts, *log.texts]:
            assert secret not in text, f"{secret} in {text[:300]}"


def test_the_check_sees_a_secret(log: Everything) -> None:
    logging.getLogger("urllib3.anything").debug("token %s", "access-secret-0001")
    assert any("access-secret-0001" in text for text in log.texts)


def test_the_vault_is_the_only_place(signed_in: Session, clock: Clock, http: Http) -> None:
    """The access token is in memory only, the refresh token in the vault only."""
    text = signed_in.vault.get("essai") or ""
    assert "refresh-secret-0001" in text and "access-secret" not in text
