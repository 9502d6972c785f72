"""The relay's register in a real PostGIS: all that the GeoPackage does, and what only a server can
do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.relay.register.postgis import PostgisStore
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.core.relay.register.store import Store
from tests.support.pgstac import Missing
from tests.support.postgres import postgres
from tests.support.register_cases import *  # noqa: F403
from tests.support.register_cases import SQUARE, member

psycopg2 = pytest.importorskip("psycopg2")


@pytest.fixture(scope="module")
def settings() -> Iterator[dict[str, Any]]:
    try:
        with postgres() as found:
            yield found
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def open_store(settings: dict[str, Any]) -> Iterator[Callable[[], Store]]:
    schema = f"relais_{uuid4().hex[:8]}"
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(PostgisStore(settings, schema))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


def test_a_restarted_server_is_met_again(open_store: Callable[[], Store], settings: Any) -> None:
    register = RelayRegister(open_store())
    register.add_entities([member(territory=SQUARE)])
    admin = psycopg2.connect(**settings)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    admin.close()
    assert register.entity(register.entities()[0].id).territory is not None


def test_who_may_only_read(open_store: Callable[[], Store], settings: Any) -> None:
    store = open_store()
    RelayRegister(store).add_entities([member()])
    admin = psycopg2.connect(**settings)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS lecteur")
        cursor.execute("CREATE ROLE lecteur LOGIN")
        cursor.execute(f"GRANT USAGE ON SCHEMA {store.schema} TO lecteur")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {store.schema} TO lecteur")
    reader = PostgisStore({**settings, "user": "lecteur"}, store.schema)
    assert len(RelayRegister(reader).entities()) == 1
    with pytest.raises(StorageError) as raised:
        RelayRegister(reader).add_entities([member()])
    assert raised.value.code == "disk-permission"
    reader.close()
    with admin.cursor() as cursor:
        cursor.execute("DROP OWNED BY lecteur")
        cursor.execute("DROP ROLE lecteur")
    admin.close()


def test_no_server_and_no_secret_told() -> None:
    store = PostgisStore(
        {"host": "127.0.0.1", "port": 1, "dbname": "sig", "user": "u", "password": "s3cr3t!"}
    )
    with pytest.raises(StorageError) as raised:
        RelayRegister(store).entities()
    error = raised.value
    assert error.code == "register-unreachable" and error.__cause__ is None
    assert "s3cr3t" not in f"{error.sentence()} {error.details} {store.place}"


def test_a_locked_table_is_told(open_store: Callable[[], Store], settings: Any) -> None:
    store = open_store()
    RelayRegister(store).add_entities([member()])
    admin = psycopg2.connect(**settings)
    with admin.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {store.schema}.entity IN ACCESS EXCLUSIVE MODE")
    quick = PostgisStore({**settings, "options": "-c lock_timeout=50"}, store.schema)
    with pytest.raises(StorageError) as raised:
        RelayRegister(quick).entities()
    assert raised.value.code == "busy"
    admin.close()
    quick.close()


def test_a_schema_of_something_else_is_left_alone(settings: Any) -> None:
    schema = f"autre_{uuid4().hex[:8]}"
    admin = psycopg2.connect(**settings)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
        cursor.execute(f"CREATE TABLE {schema}.account (name text)")
    admin.close()
    store = PostgisStore(settings, schema)
    with pytest.raises(InvalidInput) as raised:
        RelayRegister(store).entities()
    assert raised.value.code == "register-other"
    store.close()


@pytest.mark.parametrize("schema", ["", "Relais", 'a"b', "a.b", "a; drop schema public", "é"])
def test_a_name_that_is_none(schema: str) -> None:
    with pytest.raises(InvalidInput):
        PostgisStore({}, schema)
