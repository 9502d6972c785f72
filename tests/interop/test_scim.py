"""SCIM against independent peers: scim2-cli has nothing to say about the training service, and our
client moderates the accounts of a scim2-server.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.relay.accounts import (
    Decision,
    bring_up_to_date,
    carry_out,
    plan_actions,
)
from dinamis_qgis.core.relay.channels.scim import ScimChannel
from dinamis_qgis.core.relay.model import ACTIVE, STOPPED, Person, new_id
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.core.relay.register.store import GeoPackageStore
from tests.support.scim_peers import Missing, environment, scim2_server
from tests.support.service import LittleWorld, running_service, sign_in


@pytest.fixture(scope="module")
def programs() -> Path:
    try:
        return environment()
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("scim"), world=LittleWorld({})) as running:
        yield running


def test_scim2_finds_nothing_to_say(programs: Path, training: Any) -> None:
    tokens = sign_in(training, "relais")
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environ["SCIM_CLI_HEADERS"] = f"Authorization: Bearer {tokens['access_token']}"
    command = [str(programs / "scim2"), "--url", f"{training.root}/scim/v2", "test"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    said = [line for line in lines if line.startswith(("ERROR", "CRITICAL", "SKIPPED"))]
    assert done.returncode == 0 and not said, done.stdout[-3000:] + done.stderr[-1000:]
    assert words.count("SUCCESS") > 80


def test_our_client_against_another_server(tmp_path: Path, programs: Path) -> None:
    """scim2-server knows nothing of our extension: names, activity and licences still arrive."""
    http = Http("tests", retries=1)
    register = RelayRegister(GeoPackageStore(tmp_path / "relais.gpkg"), "relais")
    person = Person(
        new_id(), "pompier", name="Agent", function="Cartographe", email="a@example.com",
        licences=("spot67", "crise"),
    )  # fmt: skip
    register.add_people([person])

    def decide(action: str, **more: Any) -> Any:
        found = register.person(person.id)
        return carry_out(
            register, channel, plan_actions(register, [found], Decision(action, **more))[0]
        )

    with scim2_server() as root:
        channel = ScimChannel(root, http)
        abilities = channel.abilities()
        assert abilities.patch and abilities.enterprise and not abilities.extension
        assert decide("create").state == "done"
        held = channel.find(person)
        assert held is not None and held.external_id == person.id and held.etag
        kept = {"username": "pompier", "state": ACTIVE, "name": "Agent", "function": "Cartographe"}
        assert kept.items() <= held.values.items() and held.values["licences"] == person.licences
        assert decide("suspend", reason="x").state == "done"
        assert decide("licences", values={"licences": ["spot67"]}).state == "done"
        held = channel.find(register.person(person.id))
        assert held is not None and held.values["state"] == STOPPED
        assert held.values["licences"] == ("spot67",)
        refused = decide("renew", values={"expires": "2027-01-01"})
        assert refused.state == "failed" and "not keep" in refused.error
        stale = replace(held, etag='W/"stale"')
        with pytest.raises(ServiceError) as raised:
            channel.update(stale, {"state": ACTIVE})
        assert raised.value.status == 412
        for number in range(120):
            channel.create(Person(new_id(), f"agent{number:03}"), "", {"state": ACTIVE})
        assert bring_up_to_date(register, channel.people()) == (120, 0)
        with pytest.raises(ServiceError) as raised:
            channel.create(Person(new_id(), "agent007"), "", {})
        assert raised.value.status == 409
        assert decide("remove").state == "done" and channel.find(person) is None
    http.close()
