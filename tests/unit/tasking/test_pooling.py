"""One image for several: a third channel as one new file, others' open orders, joining one, and
what leaves the register.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from shapely.geometry import box, mapping

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Profile, Quota, Relay, Tasking, TaskingProduct
from dinamis_qgis.core.tasking import channels
from dinamis_qgis.core.tasking.channel import Channel, open_channel
from dinamis_qgis.core.tasking.channels.dossier import join_mail
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.follow import is_useful
from dinamis_qgis.core.tasking.model import (
    JOINED,
    READY,
    Draft,
    Order,
    Status,
    new_request,
    now_utc,
)
from dinamis_qgis.core.tasking.needs import need_by_id, propose_settings, setting_reasons
from dinamis_qgis.core.tasking.register.export import export_requests
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.rules.check import RuleTerms, Severity, check_draft
from dinamis_qgis.core.tasking.rules.quota import orders_shown, used_km2
from dinamis_qgis.core.tasking.rules.territories import TERRITORIES, territory_of
from dinamis_qgis.core.tasking.send import send_request
from tests.support.scripted import Answer, Seen, as_json, scripted
from tests.unit.tasking.conftest import PAU

TOY = """
from dinamis_qgis.core.tasking.channel import Channel
from dinamis_qgis.core.tasking.model import Order, Status, now_utc

class Pigeon(Channel):
    sent = []
    def submit(self, request, cancel=None):
        self.sent.append(request.reference)
        return Order(id="coo-1", statuses=(Status("received", now_utc()),))
    def order(self, order_id, cancel=None):
        return Order(id=order_id, statuses=(Status("accepted", now_utc()),))
    def find(self, request, taken, cancel=None):
        return None

def make(profile, http, credentials):
    return Pigeon()
"""


def test_a_third_channel_is_one_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, register: Register, draft: Draft
) -> None:
    (tmp_path / "pigeon.py").write_text(TOY)
    profile = Profile("p", "P", tasking=Tasking("pigeon"))
    with pytest.raises(InvalidInput):
        open_channel(profile, Http("test"), None)
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    channel = open_channel(profile, Http("test"), None)
    saved = register.save(replace(new_request("p", draft), state=READY))
    assert send_request(saved.reference, register, channel).state == "received"
    assert (
        channel.check(draft) == ()
        and channel.opportunities(draft) == ()
        and channel.shared(draft) == ()
    )
    assert not channel.can_cancel(saved)


@pytest.mark.parametrize("name", ["", "../stapi", "os", "__init__", "Stapi"])
def test_a_profile_cannot_name_any_module(name: str) -> None:
    with pytest.raises(InvalidInput):
        open_channel(Profile("p", "P", tasking=Tasking(name)), Http("test"), None)


def feature(name: str, area: object, status: str = "accepted", days: int = 0) -> dict[str, object]:
    start = datetime(2026, 3, 3, tzinfo=timezone.utc) + timedelta(days=days)
    return {
        "type": "Feature",
        "id": name,
        "geometry": area,
        "links": [],
        "properties": {
            "product_id": "pleiades",
            "entity": "SDIS 64",
            "created": "2026-03-01T00:00:00Z",
            "order_parameters": {"title": "Crue"},
            "status": {"status_code": status, "timestamp": "2026-03-01T00:00:00Z"},
            "search_parameters": {
                "datetime": f"{start.isoformat()}/{(start + timedelta(days=40)).isoformat()}",
                "geometry": area,
            },
        },
    }


def test_only_open_orders_that_overlap_are_shown(draft: Draft) -> None:
    near, far = mapping(box(-0.4, 43.3, -0.2, 43.5)), mapping(box(1, 43, 2, 44))
    listed = [
        feature("a", near),
        feature("b", far),
        feature("c", near, "completed"),
        feature("d", near, days=400),
    ]
    with scripted(lambda seen: as_json({"features": listed, "links": []})) as server:
        http = Http("test")
        found = Stapi(
            Tasking("stapi", server.root, options={"shared_orders": f"{server.root}/shared"}), http
        ).shared(draft)
        assert Stapi(Tasking("stapi", server.root), http).shared(draft) == ()
        http.close()
    assert [(o.id, o.entity, o.title) for o in found] == [("a", "SDIS 64", "Crue")]


def test_joining_sends_nothing_counts_nothing_and_is_followed(
    register: Register, draft: Draft
) -> None:
    request = register.save(new_request("p", draft))
    order = Order(
        "o-1",
        "pleiades",
        area=PAU,
        entity="SDIS 64",
        title="Crue",
        statuses=(Status("accepted", now_utc()),),
    )
    joined = register.join(request, order, "technicien", "CC")
    assert joined.state == "accepted" and joined.order_id == "o-1" and joined.joined
    assert [s.code for s in joined.history] == ["draft", JOINED, "accepted"]
    assert is_useful(joined, now_utc())
    assert used_km2(register.all(), Quota("pleiades", 1000, "year"), now_utc().date()) == 0
    with pytest.raises(InvalidInput):
        register.join(request, order)
    with pytest.raises(InvalidInput):
        register.begin_sending(request.reference)


def test_the_message_of_a_joining_names_the_order_and_what_is_shared(draft: Draft) -> None:
    profile = Profile(
        "p",
        "P",
        relay=Relay("R", "relais@example.org"),
        tasking=Tasking(
            "stapi",
            email="x@example.org",
            products=(TaskingProduct("pleiades", "Pléiades", "Pléiades"),),
        ),
    )
    order = Order(
        "o-1", "pleiades", area=box(-0.4, 43.2, -0.2, 43.35), entity="SDIS 64", title="Crue"
    )
    parts = urlsplit(
        join_mail(new_request("p", draft), order, profile, Account("technicien", "Technicien"))
    )
    fields = {k: v[0] for k, v in parse_qs(parts.query).items()}
    assert parts.path == "relais@example.org" and "o-1" in fields["subject"]
    assert "Crue · SDIS 64 · o-1" in fields["body"] and "135 km²" in fields["body"]


def test_the_quota_is_the_entitys(register: Register, draft: Draft) -> None:
    class Takes(Channel):
        automatic = True

        def check(self, *_: object) -> tuple[()]:
            return ()

        def submit(self, request: object, cancel: object = None) -> Order:
            return Order("x", statuses=(Status("received", now_utc()),))

    for entity in ("CC", "SDIS"):
        made = register.save(replace(new_request("p", draft), state=READY))
        send_request(made.reference, register, Takes(), account="a", entity=entity)  # type: ignore[arg-type]
    quota, today = Quota("pleiades", 1000, "quarter"), now_utc().date()
    one = used_km2(register.all(), quota, today, "CC")
    assert one == pytest.approx(270, rel=0.02) and used_km2(
        register.all(), quota, today
    ) == pytest.approx(2 * one)


def test_states_by_hand_and_reminders(register: Register, draft: Draft) -> None:
    from dinamis_qgis.core.tasking.channels.dossier import Dossier

    made = register.save(replace(new_request("p", draft), state=READY))
    with pytest.raises(InvalidInput):
        register.note(made.reference, "accepted")
    send_request(made.reference, register, Dossier(Profile("p", "P")))
    register.remind(made.reference, date(2026, 4, 1))
    noted = register.note(made.reference, "accepted", "Téléphone du 3 mars")
    assert (
        noted.state == "accepted"
        and noted.reason == "Téléphone du 3 mars"
        and noted.remind == date(2026, 4, 1)
    )
    register.remind(made.reference, None)
    assert register.get(made.reference).remind is None


def test_a_register_of_an_older_version_gets_its_new_columns(
    register: Register, draft: Draft
) -> None:
    if sqlite3.sqlite_version_info < (3, 35):
        pytest.skip("columns cannot be dropped here")
    made = register.save(new_request("p", draft))
    with closing(sqlite3.connect(register.path)) as db, db:
        for column in ("queued", "joined", "remind", "max_age_days"):
            db.execute(f"ALTER TABLE requests DROP COLUMN {column}")
    db.close()
    found = Register(register.path).get(made.reference)
    assert (found.queued, found.joined, found.remind, found.draft.max_age_days) == (
        False,
        False,
        None,
        None,
    )


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".csv"])
def test_export(suffix: str, register: Register, draft: Draft, tmp_path: Path) -> None:
    ogr = pytest.importorskip("osgeo.ogr")
    register.save(new_request("p", replace(draft, title="Été ; « Pau »")))
    register.save(new_request("p", Draft(title="Sans zone")))
    target = tmp_path / f"demandes{suffix}"
    target.write_text("old")
    assert export_requests(register.all(), target) == 2
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("demandes")] == [target.name]
    if suffix == ".csv":
        rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines(), delimiter=";"))
        assert {r["title"] for r in rows} == {"Été ; « Pau »", "Sans zone"} and rows[1][
            "WKT"
        ].startswith("MULTIPOLYGON")
        return
    source = ogr.Open(str(target))
    features = {
        f["title"]: (f.GetGeometryRef() is not None and f.GetGeometryRef().GetArea(), f["state"])
        for f in source.GetLayer(0)
    }
    assert (
        features["Été ; « Pau »"][0] == pytest.approx(PAU.area)
        and features["Sans zone"][1] == "draft"
    )


def test_export_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        export_requests([], tmp_path / "x.xls")


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (-0.4, 43.3, "France métropolitaine"),
        (55.5, -21.1, "La Réunion"),
        (-53, 4, "Guyane"),
        (45.1, -12.8, "Mayotte"),
        (-61, 14.6, "Martinique"),
        (-149.5, -17.6, "Polynésie française"),
        (166.4, -22.2, "Nouvelle-Calédonie"),
    ],
)
def test_territories(lon: float, lat: float, name: str) -> None:
    found = territory_of(box(lon, lat, lon + 0.1, lat + 0.1))
    assert found is not None and found.name == name


def test_territories_project_where_they_are() -> None:
    """The usual projection of each territory places its middle inside the projection's own
    domain.
    """
    from pyproj import CRS

    for territory in TERRITORIES:
        west, south, east, north = territory.bounds
        use = CRS.from_epsg(territory.epsg).area_of_use
        assert use is not None, territory
        inside = (
            box(use.west, use.south, use.east, use.north)
            if use.west < use.east
            else box(use.west - 360, use.south, use.east, use.north)
        )
        assert inside.intersects(box(west, south, east, north)) or inside.intersects(
            box(west - 360, south, east - 360, north)
        ), territory


def test_swapped_axes_are_seen_and_put_right(draft: Draft, terms: RuleTerms) -> None:
    wrong = replace(draft, area=box(43.2, -0.5, 43.35, -0.3))
    finding = next(f for f in check_draft(wrong, terms) if f.code == "area-place")
    assert (
        finding.level is Severity.WARNING
        and finding.fix is not None
        and finding.fix.draft.area is not None
    )
    assert finding.fix.draft.area.equals(PAU)
    abroad = next(
        f
        for f in check_draft(replace(draft, area=box(2, 10, 2.2, 10.15)), terms)
        if f.code == "area-place"
    )
    assert abroad.fix is None
    assert not [f for f in check_draft(draft, terms) if f.code == "area-place"]


def test_reasons_hold_only_for_what_is_still_proposed(product: TaskingProduct) -> None:
    wide = TaskingProduct("spot", "SPOT", "SPOT 6/7", 1.5, ("mono",), product.rules)
    wanted = need_by_id("works")
    assert wanted is not None
    plan = propose_settings(Draft(), wanted, (wide, product), date(2026, 3, 2))
    assert plan.product == "pleiades" and plan.max_age_days == 90
    before = setting_reasons(plan, (wide, product))
    assert len(before) == 4 and any("near the vertical" in r for r in before)
    after = setting_reasons(replace(plan, max_incidence=25.0), (wide, product))
    assert len(after) == 3 and not any("vertical" in r for r in after)
    assert setting_reasons(Draft(), (wide,)) == ()


def test_json_of_history_is_readable(register: Register, draft: Draft, tmp_path: Path) -> None:
    pytest.importorskip("osgeo.ogr")
    register.save(new_request("p", draft))
    export_requests(register.all(), tmp_path / "a.geojson")
    found = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"][0][
        "properties"
    ]
    steps = found["history"] if isinstance(found["history"], list) else json.loads(found["history"])
    assert steps[0]["state"] == "draft"


def test_the_quota_counts_what_the_service_shows_once(register: Register, draft: Draft) -> None:
    """Own orders from another computer and the entity's others, but nothing twice, nothing of
    others, nothing refused or old.
    """
    today = now_utc().date()
    mine = register.save(replace(new_request("p", draft), state=READY))
    register.begin_sending(mine.reference, "a", "CC")
    register.record(
        mine.reference,
        Order("here", "pleiades", now_utc(), draft.area, statuses=(Status("received", now_utc()),)),
    )

    def made(name: str, state: str = "accepted", **more: object) -> Order:
        return replace(
            Order(name, "pleiades", now_utc(), draft.area, statuses=(Status(state, now_utc()),)), **more
        )  # type: ignore[arg-type]

    quota = Quota("pleiades", 1000, "quarter")
    one = used_km2(register.all(), quota, today, "CC")
    assert one == pytest.approx(270, rel=0.02)
    same = [made("here"), made("unknown-id", reference=mine.reference)]
    assert used_km2(register.all(), quota, today, "CC", same) == pytest.approx(one), (
        "known here already"
    )
    free = [
        made("no", "rejected"),
        made("off", "user_cancelled"),
        made("spot", product="spot"),
        made("old", created=now_utc() - timedelta(days=400)),
    ]
    assert used_km2(register.all(), quota, today, "CC", free) == pytest.approx(one)
    assert used_km2(
        register.all(), quota, today, "CC", [made("elsewhere"), made("colleague", entity="CC")]
    ) == pytest.approx(3 * one)
    joined = register.join(new_request("p", draft), made("colleague", entity="CC"), "a", "CC")
    assert joined.joined and used_km2(
        register.all(), quota, today, "CC", [made("colleague")]
    ) == pytest.approx(2 * one), "a colleague's counts"


def test_the_service_is_asked_for_the_entitys_orders() -> None:
    square = mapping(box(0, 44, 1, 45))

    def answer(request: Seen) -> Answer:
        others = "scope=relay" in request.path
        features = (
            [feature("cc", square), feature("sdis", square)] if others else [feature("own", square)]
        )
        for one, entity in zip(features, ("CC", "SDIS") if others else ("",)):
            one["properties"]["entity"] = entity  # type: ignore[index]
        return as_json({"features": features, "links": []})

    with scripted(answer) as server:
        http = Http("test", retries=0, timeout=(5, 5))
        options = {"shared_orders": f"{server.root}/orders?scope=relay"}
        told = orders_shown(Stapi(Tasking("stapi", server.root, options=options), http), "CC", Cancel())
        assert told is not None and [o.id for o in told] == ["own", "cc"]
        alone = orders_shown(Stapi(Tasking("stapi", server.root), http), "CC", Cancel())
        assert alone is not None and [o.id for o in alone] == ["own"]
        server.script = lambda request: Answer(503)
        assert orders_shown(Stapi(Tasking("stapi", server.root), http), "CC", Cancel()) is None, (
            "no answer is no obstacle"
        )
        http.close()


def test_the_sentence_says_what_was_counted(draft: Draft, terms: RuleTerms) -> None:
    def said(**more: object) -> str:
        found = check_draft(draft, replace(terms, quota=Quota("pleiades", 1000, "quarter"), **more))  # type: ignore[arg-type]
        return next(f.text for f in found if f.code == "quota")

    assert "as known to this QGIS" in said() and "what the service shows" in said(shown=True)
