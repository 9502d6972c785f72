"""The agreement out of templates."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.profile.model import Licence, Profile, Relay
from dinamis_qgis.core.relay.documents import (
    agreement_mail,
    document_html,
    entity_fields,
    fill_in,
    fill_odt,
    write_odt,
)
from dinamis_qgis.core.relay.model import Entity

PROFILE = Profile("p", "P", relay=Relay("GIP ATGeRi"), licences=(Licence("a", "Licence <A> & B"),))
ENTITY = replace(Entity("e", "Ville & <b>Cie</b>"), agreement="2026-12", siren="900000001")


def content(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return archive.read("content.xml").decode("utf-8")


def test_the_default_template_is_filled_whole(root: Path, tmp_path: Path) -> None:
    template = (root / "resources" / "templates" / "avenant.txt").read_text("utf-8")
    text = fill_in(template, entity_fields(ENTITY, PROFILE, date(2026, 11, 30)))
    assert "{" not in text and "n° 2026-12" in text and "30/11/2026" in text
    assert "représentée par ………………" in text, "what is not known is left to fill in"
    path = tmp_path / "avenant.odt"
    write_odt(text, path)
    xml = content(path)
    assert "Ville &amp; &lt;b&gt;Cie&lt;/b&gt;" in xml and "– Licence &lt;A&gt; &amp; B" in xml
    ogr_like = xml.count("<text:p ")
    assert ogr_like == sum(1 for line in text.splitlines() if line.strip())
    assert "<b>Cie" not in document_html(text)


def test_the_relays_own_template(tmp_path: Path) -> None:
    template, target = tmp_path / "modele.odt", tmp_path / "avenant.odt"
    write_odt("# {entite}\nSIREN {siren}, {inconnu}\n{licences}", template)
    with zipfile.ZipFile(template, "a") as archive:
        archive.writestr("Pictures/logo.png", b"\x89PNG")
    fill_odt(template, target, {"entite": "A & B", "siren": "9", "licences": "un\ndeux"})
    xml = content(target)
    assert "A &amp; B" in xml and "SIREN 9, {inconnu}" in xml
    assert "un<text:line-break/>deux" in xml
    with zipfile.ZipFile(target) as archive:
        assert archive.read("Pictures/logo.png") == b"\x89PNG"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>" * 100])
def test_templates_that_are_none(tmp_path: Path, data: bytes) -> None:
    template, target = tmp_path / "modele.odt", tmp_path / "avenant.odt"
    template.write_bytes(data)
    with pytest.raises(InvalidInput):
        fill_odt(template, target, {})
    assert not target.exists()
    with zipfile.ZipFile(template, "w") as archive:
        archive.writestr("other.txt", "no document")
    with pytest.raises(InvalidInput):
        fill_odt(template, target, {})
    with pytest.raises(StorageError):
        fill_odt(tmp_path / "nowhere.odt", target, {})


def test_the_mail_is_ready() -> None:
    entity = replace(ENTITY, representative_email="maire@ville.invalid")
    address = agreement_mail(entity, PROFILE)
    assert address.startswith("mailto:maire%40ville.invalid?subject=DINAMIS")
    assert "GIP%20ATGeRi" in address and "<" not in address
