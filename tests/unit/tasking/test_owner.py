"""Nothing leaves under the name of somebody who has not confirmed it: whose a request is, also in
registers of older versions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from dinamis_qgis.core.account.keys import KeyPair
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.session import key_account
from dinamis_qgis.core.errors import AuthError
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.model import READY, RECEIVED, SENDING, Draft, Request, new_request
from dinamis_qgis.core.tasking.register.owner import (
    Owner,
    leaves_by_itself,
    may_see,
    name_text,
    owner_of,
    sender_name,
    wants_confirming,
)
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import send_request
from tests.unit.tasking.scripted import Scripted, scripted

ANNE, BRUNO = Account("anne", entity="EPCI"), Account("bruno", entity="SDIS")
KEY, OTHER_KEY = (key_account(KeyPair(access, "s" * 20)) for access in ("access-one", "access-two"))


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def channel(service: Scripted) -> Iterator[Stapi]:
    http = Http("test", retries=0, timeout=(5, 5))
    yield Stapi(Tasking("stapi", service.root), http)
    http.close()


def confirmed(register: Register, draft: Draft, account: Account | None, **more: object) -> Request:
    who = {"account": sender_name(account), "entity": account.entity if account else ""}
    return register.save(
        replace(new_request("p", draft), **{"state": READY, "queued": True, **who, **more})
    )  # type: ignore[arg-type]


def test_who_confirmed_it_is_kept(register: Register, draft: Draft) -> None:
    kept = register.get(confirmed(register, draft, ANNE).reference)
    assert (kept.account, kept.entity, kept.queued) == ("anne", "EPCI", True)
    assert (
        owner_of(kept, ANNE) is Owner.MINE
        and owner_of(kept, BRUNO) is Owner.OTHER
        and owner_of(kept, None) is Owner.OTHER
    )
    assert leaves_by_itself(kept, ANNE) and not leaves_by_itself(kept, BRUNO)
    assert wants_confirming(kept, BRUNO) and not wants_confirming(kept, ANNE)


def test_confirmed_by_nobody_known_it_leaves_for_nobody(register: Register, draft: Draft) -> None:
    kept = register.get(confirmed(register, draft, None).reference)
    for account in (ANNE, BRUNO, KEY, Account("")):
        assert owner_of(kept, account) is Owner.NOBODY
        assert not leaves_by_itself(kept, account) and wants_confirming(kept, account)


def test_an_account_the_service_has_not_named_owns_nothing(
    register: Register, draft: Draft
) -> None:
    nameless = Account("")
    kept = confirmed(register, draft, nameless)
    assert sender_name(nameless) == "" and not leaves_by_itself(kept, nameless)
    assert not leaves_by_itself(confirmed(register, draft, ANNE), nameless)


def test_two_api_keys_are_two_senders(register: Register, draft: Draft) -> None:
    kept = register.get(confirmed(register, draft, KEY).reference)
    assert (
        leaves_by_itself(kept, KEY)
        and not leaves_by_itself(kept, OTHER_KEY)
        and not leaves_by_itself(kept, ANNE)
    )
    assert "access" not in kept.account and "access" not in repr(KEY), "nothing of the key"
    assert "access" not in name_text(kept.account)
    old = replace(kept, account="api-key")
    assert leaves_by_itself(old, KEY) and not leaves_by_itself(old, ANNE)


def test_another_cannot_send_it_even_when_asked_to(
    register: Register, draft: Draft, channel: Stapi, service: Scripted
) -> None:
    kept = confirmed(register, draft, ANNE)
    with pytest.raises(AuthError, match="anne") as raised:
        send_request(kept.reference, register, channel, account="bruno", entity="SDIS")
    assert raised.value.code == "other-account" and raised.value.remedy
    after = register.get(kept.reference)
    assert not service.posts and (after.state, after.account, after.history) == (
        READY,
        "anne",
        kept.history,
    )
    assert send_request(kept.reference, register, channel, account="anne", entity="EPCI").state == RECEIVED


def test_reviewed_by_another_it_leaves_in_their_name(
    register: Register, draft: Draft, channel: Stapi
) -> None:
    kept = confirmed(register, draft, ANNE)
    register.save(replace(kept, account="bruno", entity="SDIS"))
    sent = send_request(kept.reference, register, channel, account="bruno", entity="SDIS")
    assert (sent.state, sent.account, sent.entity) == (RECEIVED, "bruno", "SDIS")


def test_what_was_on_the_wire_is_settled_by_its_own_account_only(
    register: Register, draft: Draft
) -> None:
    kept = register.begin_sending(confirmed(register, draft, ANNE).reference, "anne", "EPCI")
    assert kept.state == SENDING
    assert (
        leaves_by_itself(kept, ANNE)
        and not leaves_by_itself(kept, BRUNO)
        and not wants_confirming(kept, BRUNO)
    )


def test_only_who_may_know_an_order_asks_after_it(register: Register, draft: Draft) -> None:
    kept = confirmed(register, draft, ANNE)
    assert may_see(kept, ANNE) and not may_see(kept, BRUNO)
    assert may_see(kept, KEY) and may_see(replace(kept, account=""), BRUNO), (
        "a key may be anybody's"
    )


def test_a_register_of_an_older_version_asks_again(register: Register, draft: Draft) -> None:
    """Versions before kept no name of who had confirmed: what waits there leaves for nobody by
    itself.
    """
    waiting, tried = confirmed(register, draft, None), confirmed(register, draft, None)
    with closing(sqlite3.connect(register.path)) as db, db:
        db.execute(
            "UPDATE requests SET account = NULL, entity = NULL WHERE reference = ?",
            (waiting.reference,),
        )
        db.execute("UPDATE requests SET account = 'anne' WHERE reference = ?", (tried.reference,))
    db.close()
    found = {r.reference: r for r in Register(register.path).all()}
    assert wants_confirming(found[waiting.reference], ANNE) and not leaves_by_itself(
        found[waiting.reference], ANNE
    )
    assert leaves_by_itself(found[tried.reference], ANNE) and wants_confirming(
        found[tried.reference], BRUNO
    )


def test_a_register_without_the_columns_at_all(register: Register, draft: Draft) -> None:
    if sqlite3.sqlite_version_info < (3, 35):
        pytest.skip("columns cannot be dropped here")
    kept = confirmed(register, draft, ANNE)
    with closing(sqlite3.connect(register.path)) as db, db:
        for column in ("account", "entity", "queued"):
            db.execute(f"ALTER TABLE requests DROP COLUMN {column}")
    db.close()
    found = Register(register.path).get(kept.reference)
    assert (
        found.state == READY
        and owner_of(found, ANNE) is Owner.NOBODY
        and not leaves_by_itself(found, ANNE)
    )
    again = Register(register.path).save(replace(found, account="anne", queued=True))
    assert leaves_by_itself(again, ANNE)
