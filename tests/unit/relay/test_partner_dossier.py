"""Dossiers of partners read by the relay: what the plugin writes, and what others send."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import box

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.relay.model import Entity
from dinamis_qgis.core.relay.partner_dossier import read_partner_dossier, read_partner_dossiers
from dinamis_qgis.core.relay.pooled_needs import find_joint_needs
from dinamis_qgis.core.tasking.channels.dossier import write_area_files
from dinamis_qgis.core.tasking.model import Draft, Request, new_request

pytest.importorskip("osgeo.ogr")
MEMBERS = (Entity("cc", "CC du Haut-Béarn"), Entity("sdis", "SDIS 64"))


def request(entity: str, west: float) -> Request:
    draft = Draft(
        box(west, 43.2, west + 0.1, 43.3),
        "pleiades",
        date(2027, 4, 1),
        date(2027, 6, 30),
        10.0,
        30.0,
        "mono",
        "Suivi des crues",
        "Voir ce qui a été inondé",
        "water",
    )
    return replace(new_request("p", draft), entity=entity)


def written(folder: Path, entity: str, west: float) -> Path:
    return write_area_files(request(entity, west), folder)[0]


def test_what_the_plugin_writes_is_read_whole(tmp_path: Path) -> None:
    found = read_partner_dossier(written(tmp_path, "SDIS 64", -0.5), MEMBERS, "relais")
    assert (found.title, found.entity_id, found.product, found.mode) == (
        "Suivi des crues", "sdis", "pleiades", "mono")  # fmt: skip
    assert (found.start, found.end) == (date(2027, 4, 1), date(2027, 6, 30))
    assert (found.max_cloud, found.max_incidence, found.theme) == (10.0, 30.0, "water")
    assert found.area is not None and found.area.equals(box(-0.5, 43.2, -0.4, 43.3))


def test_two_dossiers_make_one_proposal(tmp_path: Path) -> None:
    paths = [
        written(tmp_path / "a", "SDIS 64", -0.5),
        written(tmp_path / "b", "CC du Haut-Béarn", -0.45),
    ]
    found, refused = read_partner_dossiers(paths, MEMBERS, "relais")
    assert not refused
    needs = find_joint_needs(found)
    assert len(needs) == 1 and needs[0].saved_km2 > 30


@pytest.mark.parametrize("ending", [".kml", ".shp.zip"])
def test_areas_alone(ending: str, tmp_path: Path) -> None:
    files = write_area_files(request("SDIS 64", -0.5), tmp_path)
    path = next(f for f in files if f.name.endswith(ending))
    found = read_partner_dossier(path, MEMBERS, "relais")
    assert found.area is not None and found.entity_id == "" and found.title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[[[",
        '{"type": "FeatureCollection", "features": []}',
        json.dumps({"features": [{"properties": {"reference": 7, "title": ["x"]}}]}),
        json.dumps({"features": [{"properties": {"reference": "r"}, "geometry": {"type": "Point"}}]}),
    ],
)
def test_strange_files_are_refused_and_stop_nothing(text: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.geojson"
    bad.write_text(text)
    with pytest.raises(InvalidInput):
        read_partner_dossier(bad, MEMBERS, "relais")
    good = written(tmp_path / "good", "SDIS 64", -0.5)
    found, refused = read_partner_dossiers([bad, good, tmp_path / "gone.kml"], MEMBERS, "r")
    assert len(found) == 1 and [path.name for path, _ in refused] == ["bad.geojson", "gone.kml"]


def test_values_of_others_are_bounded(tmp_path: Path) -> None:
    path = written(tmp_path, "SDIS 64", -0.5)
    data = json.loads(path.read_text())
    data["features"][0]["properties"].update(
        title="x" * 5000, start="demain", max_cloud=4e9, entity=["SDIS 64"], reference="r" * 900
    )
    path.write_text(json.dumps(data))
    found = read_partner_dossier(path, MEMBERS, "relais")
    assert len(found.title) <= 200 and len(found.origin) <= 200
    assert found.start is None and found.max_cloud is None and found.entity_id == ""
