"""A register, and the training service to moderate accounts at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.relay.channels.scim import ScimChannel
from dinamis_qgis.core.relay.model import Entity, Person, new_id
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.core.relay.register.store import GeoPackageStore
from tests.support.service import LittleWorld, bearer, running_service, sign_in


@pytest.fixture
def training(tmp_path: Path) -> Iterator[Any]:
    with running_service(tmp_path / "training", world=LittleWorld({})) as running:
        yield running


class Signed:
    """Credentials of somebody signed in."""

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers

    def headers_for(self, url: str) -> dict[str, str]:
        return self.headers

    def renew(self, used: Any) -> bool:
        return False


@pytest.fixture
def http() -> Iterator[Http]:
    made = Http("tests", backoff=0.01, retries=2, timeout=(5.0, 20.0))
    yield made
    made.close()


@pytest.fixture
def channel(training: Any, http: Http) -> ScimChannel:
    headers = bearer(sign_in(training, "relais"))
    return ScimChannel(f"{training.root}/scim/v2", http, Signed(headers))


@pytest.fixture
def register(tmp_path: Path) -> RelayRegister:
    made = RelayRegister(GeoPackageStore(tmp_path / "relais.gpkg"), "relais")
    made.add_entities([replace(Entity(new_id(), "SDIS 64"), service_id="sdis-64")])
    made.add_entities([replace(Entity(new_id(), "CC Haut-Béarn"), service_id="cc-haut-bearn")])
    return made


@pytest.fixture
def person(register: RelayRegister) -> Person:
    sdis = next(e for e in register.entities() if e.name == "SDIS 64")
    made = Person(
        new_id(), "pompier", entity_id=sdis.id, name="Agent", function="Cartographe",
        email="pompier@example.invalid", licences=("spot67",),
    )  # fmt: skip
    register.add_people([made])
    return register.person(made.id)
