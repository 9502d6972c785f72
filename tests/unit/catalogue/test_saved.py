"""Saved searches: news and no false news, crashes, broken files, two windows at once."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, box

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.model import Query, SortOrder
from dinamis_qgis.core.catalogue.saved import (
    CHECK_LIMIT,
    UNKNOWN_LICENCES,
    SavedSearches,
    product_mark,
    query_from_json,
    query_to_json,
    run_saved_search,
)
from dinamis_qgis.core.errors import AuthError, ServiceError, StorageError
from dinamis_qgis.core.net.http import Cancel
from tests.support.scripted import Answer, scripted
from tests.unit.catalogue.stac_api import StacApi, make_http, make_item, make_profile
from tests.unit.catalogue.things import product, ragged

FULL = Query(
    area=MultiPolygon([box(-1, 43, 0, 44), box(2, 43, 3, 44)]),
    collections=("a",),
    constellations=("Pléiades",),
    start=date(2019, 1, 1),
    end=date(2021, 1, 1),
    max_cloud=0,
    max_incidence=20.5,
    limit=50,
    months=(12, 1),
    modes=("MS", "stereo"),
    min_gsd=0.5,
    max_gsd=1.5,
    licences=(),
    min_share=0.25,
    order=SortOrder("cloud", False),
)


@pytest.fixture
def searches(tmp_path: Path) -> SavedSearches:
    return SavedSearches(tmp_path / "dinamis" / "searches.json")


def test_query_there_and_back() -> None:
    back = query_from_json(json.loads(json.dumps(query_to_json(FULL))))
    assert back.area is not None and back.area.equals(FULL.area)
    assert replace(back, area=FULL.area) == FULL
    assert query_to_json(Query()) == {} and query_from_json({}) == Query()


def test_a_detailed_area_is_kept_as_it_is_an_enormous_one_makes_no_enormous_file() -> None:
    commune, region = ragged(3000), ragged(25_000, noise=0.0002)
    assert query_from_json(query_to_json(Query(commune))).area.equals(commune)
    text = json.dumps(query_to_json(Query(region)))
    kept = query_from_json(json.loads(text)).area
    assert len(text) < 1_000_000 and kept.contains(region) and kept.area < 1.0005 * region.area


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "x",
        [],
        {"area": 3, "months": [0, 13, "x", None, 5], "limit": -1, "order": 7, "start": "soon"},
    ],
)
def test_query_of_nonsense(value: Any) -> None:
    assert query_from_json(value) in (Query(), Query(months=(5,)))


def test_kept_between_sessions(searches: SavedSearches) -> None:
    one = searches.add(" Béarn ", "dinamis", FULL, ("c0",), [product(1)], ["c0"])
    other = searches.add("Autre", "pigma", Query())
    again = SavedSearches(searches.path)
    assert [s.id for s in again.all()] == [one.id, other.id]
    assert again.all("dinamis") == (replace(one, query=again.all()[0].query),)
    assert again.all()[0].name == "Béarn" and again.all()[0].query.limit is None
    again.remove(one.id)
    assert [s.id for s in searches.all()] == [other.id]


def test_news(searches: SavedSearches) -> None:
    saved = searches.add("x", "essai", Query(), (), [product(1), product(2)], ["c0"])
    assert searches.news() == 0
    found = searches.found(saved.id, [product(1), product(2), product(3)], ["c0"])
    assert (
        found is not None
        and found.fresh == {product_mark(product(3))}
        and found.is_fresh(product(3))
        and not found.is_fresh(product(1))
    )
    searches.found(saved.id, [product(4)], ["c0"])
    assert searches.news("essai") == 2, "what fell out of the list stays new until it is looked at"
    searches.looked_at(saved.id, {product_mark(product(3)), product_mark(product(9))})
    assert searches.all()[0].fresh == {product_mark(product(4))}, "what came after is still to be seen"
    searches.looked_at(saved.id, {product_mark(product(4))})
    assert searches.news() == 0
    searches.found(saved.id, [product(i) for i in range(1, 5)], ["c0"])
    assert searches.news() == 0, "known for ever"
    searches.found(saved.id, [product(5)], ["c0"])
    searches.change(saved.id, alert=False)
    assert searches.news() == 0 and searches.all()[0].fresh


def test_the_first_answer_of_each_catalogue_brings_no_news(searches: SavedSearches) -> None:
    saved = searches.add("x", "essai", Query())
    assert saved.checked == frozenset()
    late = [product(i, catalogue="c1") for i in range(3)]
    searches.found(saved.id, [product(1), late[0]], ["c0"])
    assert searches.news() == 0 and searches.all()[0].checked == {"c0"}
    searches.found(saved.id, [product(1), product(2), *late], ["c0", "c1"])
    assert searches.news() == 1, "c1 had not answered to its end before"
    searches.found(saved.id, [product(3, catalogue="c1")], ["c1"])
    assert searches.news() == 2


def test_a_catalogue_known_only_in_part_when_saved_brings_no_news_at_first(
    searches: SavedSearches,
) -> None:
    saved = searches.add(
        "x", "essai", Query(), (), [product(1), product(1, catalogue="c1")], ["c0"]
    )
    searches.found(
        saved.id,
        [product(1), product(2), *(product(i, catalogue="c1") for i in range(9))],
        ["c0", "c1"],
    )
    assert searches.all()[0].fresh == {product_mark(product(2))}


def test_what_only_a_coarser_area_touches_is_no_news(
    searches: SavedSearches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinamis_qgis.core.catalogue.saved.MOST_VERTICES", 50)
    saved = searches.add("x", "p", Query(area=ragged(300)), (), [product(1)], {"c"})
    searches.found(saved.id, [product(1, catalogue="c"), product(2, catalogue="c")], {"c"})
    assert not searches.all()[0].fresh
    searches.found(saved.id, [product(3, catalogue="c")], {"c"})
    assert len(searches.all()[0].fresh) == 1


def test_another_query_starts_afresh(searches: SavedSearches) -> None:
    saved = searches.add("x", "essai", Query(), (), [product(1)], ["c0"])
    searches.found(saved.id, [product(2)], ["c0"])
    changed = searches.change(saved.id, query=Query(max_cloud=5), name="y")
    assert changed is not None and changed.known == changed.fresh == changed.checked == frozenset()
    assert searches.change("gone", name="z") is None and searches.found("gone", [], []) is None


def test_a_removed_one_is_put_back_at_its_place(searches: SavedSearches) -> None:
    ids = [searches.add(name, "essai", Query(), (), [product(1)], ["c0"]).id for name in "abc"]
    searches.found(ids[1], [product(2)], ["c0"])
    searches.change(ids[1], alert=False)
    before = searches.all()
    place, removed = searches.remove(ids[1]) or (0, before[0])
    searches.put_back(place, removed)
    searches.put_back(place, removed)
    assert searches.all() == before and before[1].fresh and not before[1].alert
    assert searches.remove("gone") is None
    last = searches.remove(ids[2])
    searches.remove(ids[0])
    assert last is not None
    searches.put_back(*last)
    assert [s.id for s in searches.all()] == ids[1:]


@pytest.mark.parametrize(
    "content", [b"", b"not json", b"[]", b"3", b"\xff\xfe", b'{"searches": 4}']
)
def test_broken_file_is_put_aside(searches: SavedSearches, content: bytes) -> None:
    searches.path.parent.mkdir()
    searches.path.write_bytes(content)
    assert searches.all() == ()
    searches.add("x", "essai", Query())
    assert len(searches.all()) == 1
    assert searches.path.with_suffix(".broken.json").read_bytes() == content


def test_half_understood_file_keeps_what_it_can(searches: SavedSearches) -> None:
    searches.path.parent.mkdir()
    half = {"id": "a", "query": 3, "known": [1, "k"], "checked": 5}
    searches.path.write_text(json.dumps({"searches": [None, {}, half]}), encoding="utf-8")
    (only,) = searches.all()
    assert (only.id, only.query, only.known, only.checked) == ("a", Query(), {"k"}, frozenset())


def test_a_crash_while_writing_loses_nothing(
    searches: SavedSearches, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches.add("x", "essai", Query())

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as caught:
        searches.add("y", "essai", Query())
    assert caught.value.code == "disk-full"
    assert [s.name for s in searches.all()] == ["x"]
    assert [p.name for p in searches.path.parent.iterdir()] == ["searches.json"], (
        "no half file is left"
    )


def test_two_windows_and_many_threads(searches: SavedSearches) -> None:
    other = SavedSearches(searches.path)
    first = searches.add("a", "essai", Query())
    other.add("b", "essai", Query())
    assert [s.name for s in searches.all()] == ["a", "b"]
    threads = [
        threading.Thread(target=lambda i=i: searches.found(first.id, [product(i)], ["c0"]))
        for i in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(searches.all()[0].known) == 20


def test_a_product_withdrawn_lets_no_old_one_in_as_new(
    searches: SavedSearches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinamis_qgis.core.catalogue.saved.CHECK_LIMIT", 5)
    api = StacApi([make_item(n, datetime=f"20{20 - n:02}-06-01T00:00:00Z") for n in range(10)])
    with scripted(api) as server:
        profile, http = make_profile(server.root), make_http()
        saved = searches.add("x", "essai", Query())

        def look() -> set[str]:
            kept = searches.all()[0]
            searches.found(saved.id, *run_saved_search(kept, profile, None, http, None, Cancel()))
            return set(searches.all()[0].fresh)

        assert not look()
        del api.items[1:3]
        assert not look(), "the sixth was there before, beyond the five looked at"
        api.items.insert(0, make_item(50, datetime="2021-06-01T00:00:00Z"))
        assert len(look()) == 1
        http.close()


def test_check_asks_the_catalogues_with_the_rights_of_today(searches: SavedSearches) -> None:
    items = [make_item(1), make_item(2, license="crise"), make_item(3, **{"eo:cloud_cover": 90})]
    api = StacApi(items)
    account = Account("technicien", licences=frozenset({"spot67"}))
    with scripted(api) as server, scripted(lambda _: Answer(500)) as bad:
        profile = make_profile(server.root, bad.root)
        saved = searches.add("x", "essai", Query(max_cloud=50, licences=("crise",)))
        http = make_http(retries=0)
        found, answered = run_saved_search(saved, profile, account, http, None, Cancel())
        assert [p.id for p in found] == ["SPOT7_00001"], (
            "one catalogue down is no reason to say nothing"
        )
        assert answered == {"c0"}
        with pytest.raises(ServiceError):
            run_saved_search(replace(saved, catalogues=("c1",)), profile, account, http, None, Cancel())
        asked = len(api.searches)
        for unknown in (None, Account("technicien", licences=None)):
            with pytest.raises(AuthError) as caught:
                run_saved_search(saved, profile, unknown, http, None, Cancel())
            assert caught.value.code == UNKNOWN_LICENCES
        assert len(api.searches) == asked, (
            "without the licences, what may not be used would be news"
        )
        http.close()
    assert api.searches[0].json()["limit"] <= CHECK_LIMIT
