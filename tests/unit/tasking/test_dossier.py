"""The dossier: files others can read, and a message that says it all."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from shapely.geometry import Polygon, box, shape

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Profile, Relay, Tasking, TaskingProduct
from dinamis_qgis.core.tasking.channel import open_channel
from dinamis_qgis.core.tasking.channels.dossier import request_mail, write_area_files
from dinamis_qgis.core.tasking.model import READY, SENT, Draft, new_request
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import send_request

PROFILE = Profile(
    "p",
    "P",
    relay=Relay("R", "relais@example.org"),
    tasking=Tasking(
        "dossier", products=(TaskingProduct("pleiades", "Pléiades 0,5 m", "Pléiades"),)
    ),
)
HOLED = Polygon(
    box(-0.6, 43.2, -0.2, 43.5).exterior.coords, [box(-0.45, 43.3, -0.4, 43.35).exterior.coords]
)


def test_the_message_goes_to_the_relay_and_says_it_all(draft: Draft) -> None:
    text = request_mail(
        new_request("p", replace(draft, title="Gave & co ?")),
        PROFILE,
        Account("technicien", "Technicien", entity="EPCI"),
    )
    parts = urlsplit(text)
    assert (parts.scheme, parts.path) == ("mailto", "relais@example.org")
    fields = {k: v[0] for k, v in parse_qs(parts.query).items()}
    assert "Gave & co ?" in fields["subject"]
    for word in (
        "Gave & co ?",
        "Pléiades 0,5 m",
        "2026-03-03",
        "10 % at most",
        "30° at most",
        "Technicien · EPCI",
        "km²",
    ):
        assert word in fields["body"], word
    assert " " not in text and "\n" not in text


def test_a_long_message_stays_under_what_mail_programs_take(draft: Draft) -> None:
    text = request_mail(new_request("p", replace(draft, purpose="é" * 5000)), PROFILE, None)
    assert len(text) <= 1900
    unquote(text, errors="strict")


def test_the_files_hold_the_area(draft: Draft, tmp_path: Path) -> None:
    ogr = pytest.importorskip("osgeo.ogr")
    gdal = pytest.importorskip("osgeo.gdal")
    request = new_request("p", replace(draft, area=HOLED, title="Zone <A> & B"))
    geojson, kml, shapefile = write_area_files(request, tmp_path / "new folder")
    feature = json.loads(geojson.read_text(encoding="utf-8"))["features"][0]
    assert (
        shape(feature["geometry"]).equals(HOLED)
        and feature["properties"]["title"] == "Zone <A> & B"
    )
    assert {Path(n).suffix for n in zipfile.ZipFile(shapefile).namelist()} >= {
        ".shp",
        ".shx",
        ".dbf",
        ".prj",
    }
    gdal.UseExceptions()
    try:
        for source in (str(kml), f"/vsizip/{shapefile}"):
            data = ogr.Open(source)
            found = data.GetLayer(0).GetNextFeature()
            area = found.GetGeometryRef().GetArea()
            assert area == pytest.approx(HOLED.area, rel=1e-9), source
            assert "Zone <A> & B" in (found.GetField(0) or "") + (found.GetField(1) or "")
            found = data = None
    finally:
        gdal.DontUseExceptions()


def test_no_area_and_no_room(draft: Draft, tmp_path: Path) -> None:
    pytest.importorskip("osgeo.ogr")
    with pytest.raises(InvalidInput):
        write_area_files(new_request("p", replace(draft, area=None)), tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        write_area_files(new_request("p", draft), tmp_path / "file" / "below")


def test_it_is_sent_when_the_person_says_so(draft: Draft, register: Register) -> None:
    channel = open_channel(PROFILE, Http("test"), None)
    assert not channel.automatic
    request = register.save(replace(new_request("p", draft), state=READY))
    assert send_request(request.reference, register, channel).state == SENT
    with pytest.raises(InvalidInput):
        open_channel(Profile("p", "P"), Http("test"), None)
