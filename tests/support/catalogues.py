"""The catalogues of the real service's profile, each in its dialect, on one loopback server that a
test bends to its will.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import load_profile
from tests.support.scripted import Answer, Seen, as_json
from tests.support.search import StacApi, square
from tests.support.wmts import ROOT, Wmts
from tests.unit.catalogue.dialects import CDSE_ITEM, geodes_item, openspot_feature

KEY = "cle-de-l-entite-42"


def _made_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("scene.txt", b"scene" * 1000)
    return buffer.getvalue()


ARCHIVE = _made_archive()
IDS = ("teledetection", "openspot", "geoplateforme", "geodes", "copernicus")


@dataclass
class Catalogues:
    """A script for ``scripted``.

    What is in ``broken`` answers that instead; ``asked`` counts the searches of each.
    """

    root: str = ""
    broken: dict[str, Answer] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    wmts: Wmts = field(default_factory=Wmts)
    dinamis: StacApi = field(
        default_factory=lambda: StacApi(
            [square(n, -0.45, 43.2, datetime=f"20{20 + n}-05-02T10:00:00Z") for n in (1, 2)]
        )
    )
    keys: list[str] = field(default_factory=list)
    archive: bytes = ARCHIVE

    def __call__(self, seen: Seen) -> Answer:
        name = urlsplit(seen.path).path.split("/")[1]
        self.asked[name] = self.asked.get(name, 0) + 1
        if name in self.broken:
            return self.broken[name]
        rest = replace(seen, path=seen.path[len(name) + 1 :])
        found: Answer = getattr(self, f"_{name}")(rest)
        return found

    def _teledetection(self, seen: Seen) -> Answer:
        return self._rooted(
            self.dinamis(replace(seen, path=f"/stac{seen.path}")), "/stac", "/teledetection"
        )

    def _rooted(self, answer: Answer, old: str, new: str) -> Answer:
        return replace(answer, body=answer.body.replace(f"{old}/".encode(), f"{new}/".encode()))

    def _openspot(self, seen: Seen) -> Answer:
        match = re.fullmatch(r"/api/geo/(\d{4})_(MS|PAN)", seen.path)
        if not match or match.group(1) != "2020" or match.group(2) != "MS":
            return Answer(404)
        return as_json(
            {"type": "FeatureCollection", "features": [openspot_feature(7, "2020-05-11")]}
        )

    def _geoplateforme(self, seen: Seen) -> Answer:
        return self.wmts(seen)

    def _geodes(self, seen: Seen) -> Answer:
        if seen.path.endswith(".jpg"):
            return Answer(404)
        if "/api/download/" in seen.path:
            self.keys.append(seen.headers.get("x-api-key", ""))
            return (
                Answer(200, self.archive, {"ETag": '"1"'})
                if self.keys[-1] == KEY
                else Answer(401, b'{"message": "no"}')
            )
        item = geodes_item(3)
        for asset in item["assets"].values():
            asset["href"] = asset["href"].replace(
                "https://geodes-portal.cnes.fr", f"{self.root}/geodes"
            )
        return as_json(
            {
                "type": "FeatureCollection",
                "features": [item],
                "context": {"matched": 1, "limit": 80},
            }
        )

    def _copernicus(self, seen: Seen) -> Answer:
        item: dict[str, Any] = {
            **CDSE_ITEM,
            "assets": {k: v for k, v in CDSE_ITEM["assets"].items() if k != "thumbnail"},
        }
        api = StacApi([item])
        return self._rooted(api(replace(seen, path=f"/stac{seen.path}")), "/stac", "/copernicus")


def dinamis_profile(root: str) -> Profile:
    """The built-in profile with every catalogue on the server at ``root``; pages and licences as
    they are.
    """
    folder = ROOT / "resources" / "profiles"
    profile = load_profile(folder / "dinamis.json", folder / "schema.json")
    return replace(
        profile, catalogues=tuple(replace(c, url=f"{root}/{c.id}") for c in profile.catalogues)
    )
