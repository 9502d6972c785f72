"""Profiles: the built-in ones, the schema against the reference implementation, and what a hostile
file can do.
"""

from __future__ import annotations

import copy
import json

import pytest

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.profile.model import Storage
from dinamis_qgis.core.profile.read import import_profile, load_profile, parse_profile
from dinamis_qgis.core.profile.schema import find_problems

ROOT_URL = "http://127.0.0.1:47811"


@pytest.fixture
def folder(root):
    return root / "resources" / "profiles"


@pytest.fixture
def schema(folder):
    return json.loads((folder / "schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def data(folder):
    return json.loads((folder / "dinamis.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["dinamis", "formation"])
def test_built_in_profiles_load(folder, name):
    profile = load_profile(folder / f"{name}.json", folder / "schema.json", ROOT_URL)
    assert profile.id == name
    assert profile.catalogues
    assert profile.tasking.products
    assert "{root}" not in repr(profile)
    for catalogue in profile.catalogues:
        for collection in catalogue.collections:
            assert profile.licence(collection.licence), collection.id
            assert "{year}" in collection.credit


def test_dinamis_talks_only_to_its_hosts(folder):
    profile = load_profile(folder / "dinamis.json", folder / "schema.json")
    assert profile.hosts() == (
        "*.meso.umontpellier.fr",
        "api.stac.teledetection.fr",
        "data.geopf.fr",
        "geodes-portal.cnes.fr",
        "openspot-dinamis.data-terra.org",
        "recherche-entreprises.api.gouv.fr",
        "signing.stac.teledetection.fr",
        "stac.dataspace.copernicus.eu",
    )


def test_who_made_the_data_is_told_and_foreign_catalogues_wait_to_be_chosen(folder):
    profile = load_profile(folder / "dinamis.json", folder / "schema.json")
    assert all(c.provider and c.page for c in profile.catalogues)
    assert [c.id for c in profile.catalogues if c.default] == ["teledetection"]


def mutations(data):
    """The profile, broken in one place each."""
    values = [
        None,
        1,
        -1,
        "",
        "x",
        [],
        {},
        True,
        3.5,
        "http://far.example/",
        "https://u@h/",
        "javascript:1",
        ["a"],
        {"a": 1},
    ]
    paths: list[list] = []

    def walk(value, path):
        paths.append(path)
        if isinstance(value, dict):
            for key in value:
                walk(value[key], [*path, key])
        elif isinstance(value, list):
            for index in range(len(value)):
                walk(value[index], [*path, index])

    walk(data, [])
    for path in paths[1:]:
        for value in values:
            broken = copy.deepcopy(data)
            target = broken
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = value
            yield broken
    for path in paths:
        broken = copy.deepcopy(data)
        target = broken
        for key in path:
            target = target[key]
        if isinstance(target, dict):
            target["unknown"] = 1
            yield broken


def test_schema_agrees_with_the_reference(schema, data):
    jsonschema = pytest.importorskip(
        "jsonschema", reason="the reference implementation is a development package"
    )
    validator = jsonschema.Draft202012Validator(schema)
    count = 0
    for broken in mutations(data):
        ours = find_problems(broken, schema)
        assert bool(ours) != validator.is_valid(broken), (ours, broken)
        count += 1
    assert count > 500


def test_whatever_passes_the_schema_can_be_built(schema, data):
    for broken in mutations(data):
        try:
            profile = parse_profile(broken, schema)
        except InvalidInput as error:
            assert error.details
        else:
            assert profile.hosts() is not None


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"id": 1}', b"x" * 2_000_000])
def test_unreadable_files_are_said(tmp_path, folder, content):
    path = tmp_path / "p.json"
    path.write_bytes(content)
    with pytest.raises(InvalidInput):
        load_profile(path, folder / "schema.json")
    with pytest.raises(StorageError):
        load_profile(tmp_path / "none.json", folder / "schema.json")


def test_import_keeps_a_copy_and_refuses_built_in_names(tmp_path, folder, data):
    source = tmp_path / "relay.json"
    source.write_text(json.dumps({**data, "id": "pigma", "title": "PIGMA"}), encoding="utf-8")
    kept = import_profile(source, folder / "schema.json", tmp_path / "kept")
    assert kept.source == str(tmp_path / "kept" / "pigma.json")
    assert load_profile(tmp_path / "kept" / "pigma.json", folder / "schema.json").title == "PIGMA"
    source.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InvalidInput):
        import_profile(source, folder / "schema.json", tmp_path / "kept")


@pytest.mark.parametrize(
    ("url", "held"),
    [
        ("https://s3-data.meso.umontpellier.fr/b/k.tif", True),
        ("http://s3-data.meso.umontpellier.fr/b/k.tif", False),
        ("https://meso.umontpellier.fr.evil.example/k", False),
        ("https://evilmeso.umontpellier.fr/k", False),
        ("https://x@evil.example/.meso.umontpellier.fr", False),
        ("http://127.0.0.1:47811/storage/k", True),
        ("http://127.0.0.1:22/storage/k", False),
        ("file:///etc/passwd", False),
        ("https://[::1", False),
    ],
)
def test_storage_holds_only_its_hosts(url, held):
    assert Storage((".meso.umontpellier.fr", "127.0.0.1:47811")).holds(url) is held
