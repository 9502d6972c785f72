"""The scenes that the training service holds from the start: where, when, by which satellite, under
which licence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from dinamis_qgis.sandbox.world.geography import TOWNS
from dinamis_qgis.sandbox.world.projection import to_lambert
from dinamis_qgis.sandbox.world.scene import RenderedScene

SPOT, PLEIADES = "spot-6-7-drs", "pleiades-drs"
GSD = {SPOT: 6.0, PLEIADES: 2.0}
PLATFORMS = {"S6": "spot-6", "S7": "spot-7", "P1A": "pleiades-1a", "P1B": "pleiades-1b"}
SHORT = {"spot-6": "SPOT6", "spot-7": "SPOT7", "pleiades-1a": "PHR1A", "pleiades-1b": "PHR1B"}
NAMES = {
    "spot-6": "SPOT 6",
    "spot-7": "SPOT 7",
    "pleiades-1a": "Pléiades 1A",
    "pleiades-1b": "Pléiades 1B",
}


@dataclass(frozen=True)
class Shot:
    """One scene of the programme with what its item says."""

    place: str
    platform: str
    scene: RenderedScene
    licence: str
    product: str = "PMS"
    """``PMS`` (multispectral and panchromatic), ``MS`` or ``P``."""
    incidence: float | None = None
    says_cloud: bool = True
    """Whether the item gives its cloud cover."""

    @property
    def collection(self) -> str:
        return SPOT if self.platform.startswith("spot") else PLEIADES

    @property
    def id(self) -> str:
        """As the real catalogue writes it: one part for each component."""
        stamp = self.scene.when.strftime("%Y%m%d%H%M%S") + str(
            self.scene.when.microsecond // 100000
        )
        parts = {"PMS": ("MS", "P"), "MS": ("MS",), "P": ("P",)}[self.product]
        return "_".join(f"{SHORT[self.platform]}_{part}_{stamp}" for part in parts) + "_1"


# fmt: off
# place, longitude, latitude, satellite, day, size (multispectral pixels), cloud, further: see
# _shot.
_MAIN: tuple[tuple[str, float, float, str, str, int, float, str], ...] = (
    ("Pau", -0.3790, 43.3030, "S6", "2015-08-24", 448, 0.0, ""),
    ("Pau", -0.3790, 43.3030, "S6", "2020-08-12", 448, 0.0, "shift=4.5,-3.0 etalab"),
    ("Pau", -0.3790, 43.3030, "S7", "2020-10-21", 448, 0.24, ""),
    ("Pau", -0.3790, 43.3030, "S6", "2025-08-17", 448, 0.0, "haze=1.7"),
    ("Pau", -0.3520, 43.2930, "P1A", "2015-07-11", 352, 0.0, ""),
    ("Pau", -0.3520, 43.2930, "P1B", "2020-07-29", 352, 0.06, ""),
    ("Pau", -0.3520, 43.2930, "P1A", "2025-07-06", 352, 0.0, "shift=1.5,1.0"),
    ("Landiras (forêt des Landes)", -0.4440, 44.5420, "S6", "2022-06-19", 640, 0.0, ""),
    ("Landiras (forêt des Landes)", -0.4440, 44.5420, "S6", "2022-07-27", 640, 0.0, "shift=-3.0,1.5"),
    ("Landiras (forêt des Landes)", -0.4440, 44.5420, "S6", "2024-07-18", 640, 0.12, ""),
    ("Landiras (forêt des Landes)", -0.4440, 44.5460, "P1B", "2022-07-09", 352, 0.0, ""),
    ("Landiras (forêt des Landes)", -0.4440, 44.5460, "P1A", "2022-07-20", 352, 0.0, "crise haze=2.2"),
    ("Mont-de-Marsan – contournement est", -0.4612, 43.8850, "P1A", "2018-06-26", 384, 0.0, ""),
    ("Mont-de-Marsan – contournement est", -0.4612, 43.8850, "P1B", "2020-07-07", 384, 0.0, ""),
    ("Mont-de-Marsan – contournement est", -0.4612, 43.8850, "P1A", "2022-06-14", 384, 0.0, "shift=1.0,-0.5"),
    ("Mont-de-Marsan – contournement est", -0.4612, 43.8850, "P1B", "2024-06-25", 384, 0.08, ""),
    ("Mont-de-Marsan – contournement est", -0.4660, 43.8850, "S6", "2021-07-02", 320, 0.0, ""),
    ("Bordeaux", -0.5900, 44.8400, "S6", "2023-06-27", 4096, 0.05, "MS"),
)
_AROUND: tuple[tuple[str, str, str], ...] = (
    ("Oloron-Sainte-Marie", "S6:2016-09-12", "P1A:2021-08-03"), ("Orthez", "S7:2018-05-05", "S6:2023-08-20"),
    ("Bayonne", "S6:2017-07-15", "P1B:2022-06-18"), ("Biarritz", "P1A:2019-09-04", "S7:2021-05-30"),
    ("Dax", "S6:2016-06-30", "S7:2020-04-08"), ("Arcachon", "S7:2019-06-28", "P1B:2023-05-26"),
    ("La Teste-de-Buch", "P1A:2022-07-25*crise", "S6:2021-09-06"), ("Libourne", "S6:2018-07-24", "P1A:2024-08-11"),
    ("Langon", "S7:2017-10-14", "P1B:2020-09-15"), ("Saint-Émilion", "P1A:2018-09-21", "S6:2022-09-09"),
    ("Blaye", "S6:2019-03-29", "S7:2022-03-25"), ("Saint-André-de-Cubzac", "P1B:2017-08-16", "P1A:2023-09-03"),
    ("Périgueux", "S7:2016-08-25", "S6:2024-06-25"), ("Bergerac", "S6:2018-04-20", "P1A:2021-03-31"),
    ("Sarlat", "P1B:2019-10-11", "S7:2020-07-30"), ("Agen", "S6:2017-05-25", "P1A:2021-12-18*crise"),
    ("Villeneuve-sur-Lot", "S7:2019-08-15", "S6:2025-05-29"), ("Marmande", "P1A:2021-02-05*crise", "S6:2020-08-06"),
    ("Limoges", "S6:2018-06-30", "P1B:2024-05-11"), ("Brive-la-Gaillarde", "S7:2017-06-20", "P1A:2022-08-08"),
    ("Tulle", "S6:2021-10-08", "S7:2018-09-27"), ("Guéret", "S6:2019-07-04", "P1B:2023-07-10"),
    ("Angoulême", "S7:2016-05-07", "P1A:2020-05-16"), ("Cognac", "S6:2022-05-17", "P1B:2018-08-02"),
    ("Saintes", "P1A:2023-11-08*crise", "S7:2019-02-26"), ("La Rochelle", "S6:2020-06-24", "P1B:2025-06-30"),
    ("Rochefort", "S7:2018-10-05", "P1A:2016-07-19"), ("Royan", "S6:2017-08-28", "P1A:2024-07-29"),
    ("Niort", "S6:2016-04-20", "P1B:2021-06-02"), ("Poitiers", "S7:2020-05-28", "P1A:2025-04-09"),
    ("Châtellerault", "S6:2023-04-04", "S7:2017-04-09"), ("Bressuire", "P1B:2020-03-24", "S6:2025-07-11"),
    ("Hagetmau", "S7:2021-08-14", "P1A:2019-05-14"), ("Saint-Jean-Pied-de-Port", "S6:2018-08-19", "P1B:2022-10-02"),
)
# fmt: on
_SMALL = (0, 1, 3, 4, 6, 7, 8, 11, 12, 14)
"""Rows of ``_MAIN`` that a small world keeps."""


def text_digest(text: str) -> int:
    """A number below 2²⁰ that depends on ``text`` alone."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") & 0xFFFFF


def _make_shot(
    place: str,
    lon: float,
    lat: float,
    satellite: str,
    day: str,
    size: int,
    cloud: float,
    further: str,
) -> Shot:
    """``further``: ``shift=E,N`` and ``haze=H`` of the scene, ``MS``, ``crise`` or ``etalab``."""
    platform = PLATFORMS[satellite]
    collection = SPOT if satellite.startswith("S") else PLEIADES
    chance = text_digest(f"{place} {satellite} {day}")
    words = further.split()
    named = dict(word.split("=") for word in words if "=" in word)
    # Morning passes: SPOT about 10:45, Pléiades about 11:05 UTC.
    when = datetime.fromisoformat(day).replace(tzinfo=timezone.utc) + timedelta(
        minutes=(635 if collection == SPOT else 658) + chance % 31,
        seconds=chance % 60,
        milliseconds=100 * (chance % 10),
    )
    east, north = (float(value) for value in named.get("shift", "0,0").split(","))
    x, y = to_lambert(lon, lat)
    licence = {SPOT: "spot67", PLEIADES: "pleiades"}[collection]
    for word, other in (("etalab", "etalab-2.0"), ("crise", "crise")):
        licence = other if word in words else licence
    scene = RenderedScene(
        x,
        y,
        (size, size),
        GSD[collection],
        when,
        chance,
        cloud,
        float(named.get("haze", 0.7 + (chance % 7) * 0.1)),
        rotation=6.0 + chance % 7,
        shift=(east, north),
    )
    return Shot(
        place,
        platform,
        scene,
        licence,
        "MS" if "MS" in words else "PMS",
        None if chance % 6 == 5 else round(2 + (chance >> 4) % 260 / 10, 1),
        chance % 7 != 3,
    )


def _shots_around() -> list[Shot]:
    """Smaller scenes of the other towns."""
    shots = []
    where = {town.name: town for town in TOWNS}
    for name, *passes in _AROUND:
        for entry in passes:
            town = where[name]
            satellite, rest = entry.split(":")
            day, _, licence = rest.partition("*")
            chance = text_digest(entry + name)
            # Most skies are clear enough to be kept in an archive; some are not.
            cloud = (0.0, 0.0, 0.03, 0.0, 0.09, 0.0, 0.18, 0.0, 0.38, 0.0, 0.62)[chance % 11]
            further = licence + (" etalab" if chance % 9 == 4 and not licence else "")
            if chance % 3 == 1:
                further += " MS"
            size = 288 if chance % 3 == 1 else 176
            shift_lon, shift_lat = (
                ((chance >> 5) % 9 - 4) * 0.0016,
                ((chance >> 9) % 9 - 4) * 0.0012,
            )
            shots.append(
                _make_shot(
                    name,
                    town.lon + shift_lon,
                    town.lat + shift_lat,
                    satellite,
                    day,
                    size,
                    cloud,
                    further,
                )
            )
    return shots


def all_shots(small: bool = False) -> list[Shot]:
    """All scenes, or a dozen tiny ones for tests."""
    if not small:
        return [_make_shot(*row) for row in _MAIN] + _shots_around()
    rows = [_MAIN[k] for k in _SMALL]
    shots = [
        _make_shot(place, lon, lat, sat, day, 96, cloud, further)
        for place, lon, lat, sat, day, _, cloud, further in rows
    ]
    shots.append(_make_shot("Dax", -1.052, 43.710, "S7", "2020-04-08", 96, 0.5, "MS"))
    shots.append(_make_shot("Limoges", 1.262, 45.831, "P1B", "2024-05-11", 96, 0.2, "etalab"))
    return shots
