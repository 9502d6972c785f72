"""Objects of any name are downloaded, and what is written at home has a name that is what it seems."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.imagery.gateway import Gateway
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.local_catalogue.naming import file_name, safe_name
from dinamis_qgis.core.net.urls import parse_address
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.core.tasking.model import Draft, Request, Status
from dinamis_qgis.core.tasking.register.export import export_requests
from dinamis_qgis.core.transfer.clip.source import sources_through
from tests.code import ROOT
from tests.support.storage import Login, client, storage

DATA = bytes(range(256)) * 1000


@pytest.mark.parametrize("mark", ["&", "'", '"', "|", "?", "#", "%", " ", "é", "\\", "<>", "+;,="])
def test_objects_of_any_name_are_signed_read_and_opened_for_a_clip(
    tmp_path: Path, mark: str
) -> None:
    gdal = pytest.importorskip("osgeo.gdal")
    with storage({}) as service, client(retries=0) as http:
        href = parse_address(f"{service.root}/bucket/a{quote(mark, safe='')}b.tif").text
        service.objects[urlsplit(href).path], service.etags[urlsplit(href).path] = DATA, '"one"'
        signer = Signer(service.profile(), http, Login())
        answer = http.request("GET", signer.signed(href))
        assert answer.content == DATA
        gateway = Gateway(http, signer, tmp_path)
        try:
            with sources_through(gateway)(href) as reading:
                file = gdal.VSIFOpenL(reading.path, "rb")
                assert file is not None, reading.path
                assert bytes(gdal.VSIFReadL(1, len(DATA), file)) == DATA
                gdal.VSIFCloseL(file)
        finally:
            gateway.stop()


@pytest.mark.parametrize("mark", "\u202e\u202d\u2066\u2067\u200f\u200b\ufeff\u2028")
def test_a_name_shows_no_other_name(mark: str) -> None:
    assert mark not in safe_name(f"a{mark}b.tif") and safe_name(f"a{mark}b.tif") == "ab.tif"


@pytest.mark.parametrize("ending", ["exe", "BAT", "lnk", "desktop", "js", "ps1"])
def test_an_image_has_no_ending_that_runs(ending: str) -> None:
    asset = Asset(f"invoice\u202efdp.{ending}", "https://h.example/x")
    name = file_name(Product("p", "c", "k", "scene", None, assets=(asset,)), asset)
    assert not name.lower().endswith(f".{ending.lower()}") and "\u202e" not in name


def test_what_a_service_says_is_no_formula(tmp_path: Path) -> None:
    pytest.importorskip("osgeo.ogr")
    said = "=cmd|' /C calc'!A0"
    request = Request(
        "r", "p", Draft(title='=HYPERLINK("http://evil.example")'), state="rejected",
        history=(Status("rejected", datetime(2026, 1, 1, tzinfo=timezone.utc), "", said),),
    )  # fmt: skip
    export_requests([request, replace(request, reference="@SUM(1)")], tmp_path / "l.csv")
    cells = (tmp_path / "l.csv").read_text("utf-8").replace('"', "").replace("\n", ";").split(";")
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=@+")]


def test_profiles_that_are_traps(tmp_path: Path) -> None:
    schema = ROOT / "resources" / "profiles" / "schema.json"
    file = tmp_path / "p.json"
    good = {
        "id": "relais",
        "title": "Relais",
        "catalogues": [{"id": "c", "title": "C", "kind": "stac", "url": "https://a.example"}],
    }
    file.write_text(json.dumps(good), "utf-8")
    assert load_profile(file, schema).id == "relais"
    traps = ["[" * 100_000, json.dumps({**good, "id": "relais\n"})]
    addresses = (
        "https://signing.stac.teledetecti\u043en.fr/",
        "https://a.example\\.b.example/",
        "https://a.example\u3002b.example/",
        "https://a.example:99999999/",
        "https://a.example:25/",
    )
    traps += [json.dumps({**good, "signing": {"url": url}}) for url in addresses]
    for text in traps:
        file.write_text(text, "utf-8")
        with pytest.raises(InvalidInput):
            load_profile(file, schema)
