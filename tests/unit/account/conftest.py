"""A small sign-in service for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.net.http import Http
from tests.support.realm import Clock, NoWait, Realm, client, running_realm


@pytest.fixture
def realm() -> Iterator[Realm]:
    with running_realm() as found:
        yield found


@pytest.fixture
def http() -> Iterator[Http]:
    found = client()
    yield found
    found.close()


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(realm: Realm, http: Http, vault: MemoryVault, clock: Clock) -> Session:
    return Session(realm.profile(), http, vault, clock)


@pytest.fixture
def signed_in(session: Session) -> Session:
    session.sign_in_device(lambda code: None, NoWait())
    return session
