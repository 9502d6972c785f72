"""The relay's register in a GeoPackage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.core.relay.register.store import GeoPackageStore, Store
from tests.support.register_cases import *  # noqa: F403
from tests.support.register_cases import SQUARE, member


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relais" / "registre.gpkg"


@pytest.fixture
def open_store(path: Path) -> Callable[[], Store]:
    return lambda: GeoPackageStore(path, wait_s=60)


def test_gdal_reads_it(path: Path, open_store: Callable[[], Store]) -> None:
    ogr = pytest.importorskip("osgeo.ogr")
    RelayRegister(open_store()).add_entities([member(territory=SQUARE)])
    source = ogr.Open(str(path))
    layer = source.GetLayerByName("entity")
    feature = layer.GetNextFeature()
    assert feature.GetField("name") == "CC du Haut-Béarn"
    assert feature.GetGeometryRef().GetEnvelope() == pytest.approx((-0.7, -0.3, 43.1, 43.4))
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "4326"
    names = {source.GetLayer(n).GetName() for n in range(source.GetLayerCount())}
    assert {"entity", "adhesion_step", "account", "activity", "partner_request"} <= names


def test_kept_by_another_program(path: Path, open_store: Callable[[], Store]) -> None:
    RelayRegister(open_store()).add_entities([member()])
    other = sqlite3.connect(str(path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StorageError) as raised:
            RelayRegister(GeoPackageStore(path, wait_s=0)).add_entities([member()])
    finally:
        other.close()
    assert raised.value.code == "busy"
    assert len(RelayRegister(open_store()).entities()) == 1


def test_read_only(path: Path, open_store: Callable[[], Store]) -> None:
    RelayRegister(open_store()).add_entities([member()])
    before = path.read_bytes()
    register = RelayRegister(GeoPackageStore(path, read_only=True))
    assert register.entities()[0].name == "CC du Haut-Béarn"
    with pytest.raises(StorageError) as raised:
        register.add_entities([member()])
    assert raised.value.code == "disk-permission" and path.read_bytes() == before


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty-page"])
def test_damaged(path: Path, open_store: Callable[[], Store], damage: str) -> None:
    register = RelayRegister(open_store())
    register.add_entities([member(f"Entité {n}", remark="x" * 500) for n in range(200)])
    whole = path.read_bytes()
    if damage == "garbage":
        path.write_bytes(b"<html>" * 2000)
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    else:
        path.write_bytes(whole[:4096] + b"\0" * (len(whole) - 4096))
    with pytest.raises(StorageError) as raised:
        RelayRegister(open_store()).entities()
    assert raised.value.code == "register" and raised.value.remedy
    path.write_bytes(whole)
    assert len(RelayRegister(open_store()).entities()) == 200


def test_an_older_one_is_kept_aside_first(path: Path, open_store: Callable[[], Store]) -> None:
    RelayRegister(open_store()).add_entities([member()])
    with closing(sqlite3.connect(str(path))) as db, db:
        db.execute("UPDATE relay_register SET version = 0")
    db.close()
    RelayRegister(open_store()).entities()
    copy = path.with_name("registre.before-version-1.gpkg")
    assert (
        RelayRegister(GeoPackageStore(copy, read_only=True)).entities()[0].name
        == "CC du Haut-Béarn"
    )


def test_a_geopackage_of_something_else_is_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(str(path))) as db, db:
        db.execute("CREATE TABLE entity (name TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(InvalidInput) as raised:
        RelayRegister(GeoPackageStore(path)).entities()
    assert raised.value.code == "register-other" and path.read_bytes() == before
