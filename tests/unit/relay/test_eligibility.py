"""The look-up in the public register of organisations: what it tells, and when it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dinamis_qgis.core.errors import DinamisError, InvalidInput, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.relay.eligibility import (
    Organisation,
    assess_eligibility,
    entity_from,
    look_up,
)
from dinamis_qgis.core.relay.model import ELIGIBLE, TO_CHECK
from dinamis_qgis.sandbox.activity import eligibility as register
from dinamis_qgis.sandbox.faults import Fault
from dinamis_qgis.sandbox.web.server import TrainingServer


@pytest.fixture
def server() -> Iterator[TrainingServer]:
    clock = iter(range(0, 10**6, 10))
    made = TrainingServer(register.eligibility_routes(lambda: float(next(clock))), 0)
    made.start()
    yield made
    made.stop()


def url(server: TrainingServer) -> str:
    return f"{server.root}/eligibility/search"


@pytest.mark.parametrize("query", ["900000001", "900 000 001 00019", "Haut Béarn"])
def test_a_member_out_of_the_register(server: TrainingServer, http: Http, query: str) -> None:
    found = look_up(http, url(server), query)
    assert len(found) == 1
    entity = entity_from(found[0])
    assert (entity.siren, entity.siret) == ("900000001", "90000000100019")
    assert entity.legal_form == "Communauté de communes" and entity.eligibility == ELIGIBLE
    assert entity.territory_code == "200067262" and entity.commune == "OLORON-SAINTE-MARIE"


@pytest.mark.parametrize(
    ("organisation", "verdict"),
    [
        (Organisation("1", "Commune", legal_code="7210"), ELIGIBLE),
        (Organisation("1", "SDIS", legal_code="7372"), ELIGIBLE),
        (Organisation("1", "GIP", legal_code="7410", administration=False), ELIGIBLE),
        (
            Organisation("1", "Agence d’urbanisme", legal_code="9220", administration=False),
            TO_CHECK,
        ),
        (Organisation("1", "Bureau d’études", legal_code="5499"), TO_CHECK),
        (Organisation("1", "Autre", administration=True), ELIGIBLE),
        (Organisation("1", "Rien de dit"), TO_CHECK),
        (Organisation("1", "Fermée", legal_code="7210", active=False), TO_CHECK),
    ],
)
def test_eligible_or_to_be_checked_never_refused(organisation: Organisation, verdict: str) -> None:
    found = assess_eligibility(organisation)
    assert found.eligibility == verdict and found.reason.endswith(".")


@pytest.mark.parametrize("query", ["", "ab", "123", "9000000010", "123456789012345"])
def test_a_query_that_is_none_is_not_sent(server: TrainingServer, http: Http, query: str) -> None:
    with pytest.raises(InvalidInput):
        look_up(http, url(server), query)
    assert not server.seen


def test_too_many_questions_wait_as_told(server: TrainingServer, http: Http) -> None:
    server.faults.add(Fault("/eligibility/.*", status=429, headers={"Retry-After": "0"}, times=2))
    assert len(look_up(http, url(server), "900000001")) == 1
    assert [s.status for s in server.seen] == [429, 429, 200]
    server.faults.add(Fault("/eligibility/.*", status=429, headers={"Retry-After": "600"}))
    with pytest.raises(ServiceError) as raised:
        look_up(http, url(server), "900000001")
    assert raised.value.code == "busy"


def test_without_network_and_without_register(http: Http) -> None:
    with pytest.raises(NetworkError):
        look_up(http, "http://127.0.0.1:1/search", "900000001")
    with pytest.raises(InvalidInput) as raised:
        look_up(http, "", "900000001")
    assert raised.value.remedy


@pytest.mark.parametrize(
    "body",
    [[], {}, {"results": 3}, "text", {"results": None}],
)
def test_an_answer_that_is_none(server: TrainingServer, http: Http, body: Any) -> None:
    server.faults.add(Fault("/eligibility/.*", body=json.dumps(body).encode()))
    with pytest.raises(DinamisError) as raised:
        look_up(http, url(server), "900000001")
    assert raised.value.code == "garbage"


def test_values_of_wrong_types_are_as_if_missing(server: TrainingServer, http: Http) -> None:
    odd: list[Any] = [
        7, {"siren": "12"}, {"siren": "900000001"}, {"siren": 900000001, "nom_complet": "x"},
        {"siren": "900000001", "nom_complet": ["x"]},
        {"siren": "900000001", "nom_complet": "<b>A</b>\n" + "x" * 900, "siege": [],
         "nature_juridique": 7210, "complements": {"collectivite_territoriale": "x",
         "est_administration": "yes"}, "etat_administratif": None},
    ]  # fmt: skip
    server.faults.add(Fault("/eligibility/.*", body=json.dumps({"results": odd}).encode()))
    found = look_up(http, url(server), "900000001")
    assert len(found) == 1 and len(found[0].name) == 300 and "\n" not in found[0].name
    assert assess_eligibility(found[0]).eligibility == TO_CHECK
