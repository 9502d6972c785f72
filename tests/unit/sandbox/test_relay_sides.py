"""What the training service gives a relay beside accounts: activity, news, eligibility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import shape

from dinamis_qgis.sandbox.activity.eligibility import eligibility_routes
from dinamis_qgis.sandbox.web.web import HttpRequest
from tests.support.service import LittleWorld, ask, bearer, running_service, sign_in


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("sides"), world=LittleWorld({})) as running:
        yield running


def test_activity_counts_for_the_relay_only(service: Any) -> None:
    url = f"{service.root}/activity"
    assert ask(url).status == 401
    assert ask(url, headers=bearer(sign_in(service, "technicien"))).status == 403
    answer = ask(url, headers=bearer(sign_in(service, "relais")))
    features = answer.json()["features"]
    assert answer.headers["content-type"] == "application/geo+json"
    assert {f["properties"]["entity"] for f in features} == {
        "cc-haut-bearn",
        "sdis-64",
        "gip-atgeri",
    }
    assert len(features) == 36 and shape(features[0]["geometry"]).area > 0
    names = {"downloads", "km2", "requests_open", "people", "last_sign_in", "quota_km2", "month"}
    assert all(names <= set(f["properties"]) for f in features)
    month = features[-1]["properties"]["month"]
    now = [f["properties"] for f in features if f["properties"]["month"] == month]
    seen = {p["entity"]: p["people"] for p in now}
    assert seen["cc-haut-bearn"] == 1, "technicien has just signed in"
    some = ask(f"{url}?from={month}&to={month}", headers=bearer(sign_in(service, "relais")))
    assert len(some.json()["features"]) == 3


def test_news_is_an_atom_feed(service: Any) -> None:
    answer = ask(f"{service.root}/news")
    text = answer.body.decode()
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert text.count("<entry>") == 3 and 'xmlns="http://www.w3.org/2005/Atom"' in text
    again = ask(f"{service.root}/news", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304


@pytest.mark.parametrize(
    ("query", "sirens"),
    [
        ("90000000100019", ["900000001"]),
        ("900%20000%20001", ["900000001"]),
        ("haut%20b%C3%A9arn", ["900000001"]),
        ("commune", ["900000001", "900000004", "900000009", "900000010"]),
        ("nobody%20here", []),
    ],
)
def test_eligibility_speaks_the_dialect(query: str, sirens: list[str], service: Any) -> None:
    url = f"{service.root}/eligibility/search?minimal=true&include=siege,complements&q={query}"
    answer = ask(url)
    while answer.status == 429:
        assert answer.headers["retry-after"] == "1"
        answer = ask(url)
    body = answer.json()
    assert [r["siren"] for r in body["results"]] == sirens and body["total_results"] == len(sirens)
    assert all(r["siege"]["siret"].startswith(r["siren"]) for r in body["results"])


def test_eligibility_refuses_the_eighth_question_of_a_second() -> None:
    moments = [0.1 * n for n in range(8)] + [1.05]
    handler = eligibility_routes(lambda: moments.pop(0))[0].handler
    asked = HttpRequest("GET", "/eligibility/search", {"q": ["commune"]}, {}, b"", "", {})
    answers = [handler(asked) for _ in range(9)]
    assert [a.status for a in answers] == [200] * 7 + [429, 200]
    assert answers[7].headers["Retry-After"] == "1"
    short = replace(asked, query={"q": ["a"]})
    assert eligibility_routes()[0].handler(short).status == 400
