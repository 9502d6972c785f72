"""Where France is: the territories, their usual projected systems, and areas whose coordinates look
swapped or lost.

Boxes are generous (a few tens of km of sea around the land), (west, south, east, north) in
EPSG:4326; the systems are those of the decree of 26 December 2000 as amended on 5 March 2019
(RGF93, RGAF09, RGFG95, RGR92, RGM04, RGSPM06, RGPF, RGWF96, RGNC91-93, RGTAAF07).
"""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

from dinamis_qgis.core.geo import wrap_longitudes


@dataclass(frozen=True)
class Territory:
    """A territory: its name in French, which is its name, its box, and the EPSG code of its usual
    projection.
    """

    name: str
    bounds: tuple[float, float, float, float]
    epsg: int


TERRITORIES = (
    Territory("France métropolitaine", (-5.8, 41.0, 10.0, 51.6), 2154),
    Territory("Guadeloupe", (-62.0, 15.6, -60.8, 16.7), 5490),
    Territory("Saint-Martin, Saint-Barthélemy", (-63.4, 17.7, -62.6, 18.3), 5490),
    Territory("Martinique", (-61.5, 14.2, -60.6, 15.1), 5490),
    Territory("Guyane", (-54.8, 2.0, -51.3, 6.1), 2972),
    Territory("La Réunion", (55.0, -21.6, 56.1, -20.7), 2975),
    Territory("Mayotte", (44.8, -13.2, 45.5, -12.4), 4471),
    Territory("Saint-Pierre-et-Miquelon", (-56.7, 46.6, -56.0, 47.3), 4467),
    Territory("Nouvelle-Calédonie", (158.0, -23.2, 172.5, -17.8), 3163),
    Territory("Wallis-et-Futuna", (-178.6, -14.7, -175.8, -12.9), 8903),
    Territory("Polynésie française", (-155.0, -28.2, -134.0, -7.7), 3297),
    Territory("Terres australes", (50.0, -50.2, 78.0, -37.5), 7080),
)


def territory_of(area: BaseGeometry) -> Territory | None:
    """The territory the area touches (the first of several); None outside all of them."""
    whole = wrap_longitudes(area)
    return next((t for t in TERRITORIES if whole.intersects(box(*t.bounds))), None)


def swap_axes(area: BaseGeometry) -> BaseGeometry | None:
    """The area with longitude and latitude exchanged, when it lies in France only that way round;
    else None.
    """
    west, _, east, _ = area.bounds
    if territory_of(area) is not None or max(abs(west), abs(east)) > 90:
        return None
    other: BaseGeometry = transform(lambda x, y, z=None: (y, x), area)
    return other if territory_of(other) is not None else None
