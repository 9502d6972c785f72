"""Lists of members out of CSV files and spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.relay.list_import import Line, read_entities, usable_entities
from dinamis_qgis.core.relay.model import Entity

TEXT = '''Nom;SIRET;Courriel référent;Commune;Inconnu
CC du Haut-Béarn;900 000 001 00019;sig@example.invalid;Oloron;x
;90000000200019;;;
Laruns;123;pas une adresse;Laruns;

"Ville; avec ""guillemets""";;;"deux
lignes";
cc du HAUT BEARN;;;;
GIP;90000000300019;;;
Autre nom;90000000300027;;;
'''


def faults(lines: list[Line]) -> dict[int, int]:
    return {line.number: len(line.faults) for line in lines if line.faults}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_is_wrong_is_told_by_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "partenaires.csv"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    lines = read_entities(path)
    assert [line.number for line in lines] == [2, 3, 4, 7, 8, 9, 10]
    assert faults(lines) == {3: 1, 4: 2}
    assert lines[0].entity.siret == "90000000100019" and lines[0].entity.siren == "900000001"
    assert lines[0].entity.referent_email == "sig@example.invalid"
    assert lines[3].entity.name == 'Ville; avec "guillemets"'
    assert lines[3].entity.commune == "deux lignes"
    assert lines[4].duplicate_of == "line 2" and lines[6].duplicate_of == "line 9"
    assert [e.name for e in usable_entities(lines)] == [
        "CC du Haut-Béarn",
        'Ville; avec "guillemets"',
        "GIP",
    ]


def test_what_the_register_has_is_a_duplicate(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("name,siren\nX,900000001\nY,\n", "utf-8")
    known = [Entity("a", "Communauté", siret="90000000100019"), Entity("b", "ÿ")]
    found = read_entities(path, known)
    assert [line.duplicate_of for line in found] == ["Communauté", "ÿ"]


@pytest.mark.parametrize("driver", ["XLSX", "ODS"])
def test_spreadsheets(tmp_path: Path, driver: str) -> None:
    ogr = pytest.importorskip("osgeo.ogr")
    path = tmp_path / f"liste.{driver.lower()}"
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = source.CreateLayer("Feuille")
    layer.CreateField(ogr.FieldDefn("Nom", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("SIRET", ogr.OFTReal))
    for name, siret in (("Laruns", 90000000400019.0), ("Arudy", None)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("Nom", name)
        if siret:
            feature.SetField("SIRET", siret)
        layer.CreateFeature(feature)
    feature = layer = source = None
    lines = read_entities(path)
    assert [(x.entity.name, x.entity.siret) for x in lines] == [
        ("Laruns", "90000000400019"),
        ("Arudy", ""),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b""),
        ("a.csv", b"siret;ville\n1;2\n"),
        ("a.csv", b"\x00\x01\x02\xff" * 100),
        ("a.xlsx", b"PK\x03\x04 not a sheet"),
        ("a.ods", b"<html>"),
        ("a.csv", b'nom\n"' + b"x" * 200_000),
    ],
)
def test_files_that_are_no_list(tmp_path: Path, name: str, data: bytes) -> None:
    if not name.endswith(".csv"):
        pytest.importorskip("osgeo.ogr")
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InvalidInput):
        read_entities(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        read_entities(tmp_path / "nowhere.csv")
