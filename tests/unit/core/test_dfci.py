"""Names of squares of the DFCI grid."""

from __future__ import annotations

import pytest

from dinamis_qgis.core.dfci import find_square, name_square


@pytest.mark.parametrize(
    ("easting", "northing", "name"),
    [
        (0, 1_500_000, "AA00A0"),
        (1_999, 1_501_999, "AA00A0"),
        (2_000, 1_502_000, "AA00B1"),
        (19_999, 1_519_999, "AA00L9"),
        (16_000, 1_500_000, "AA00K0"),  # I and J are left out
        (846_321, 1_815_123, "KD40D7"),
    ],
)
def test_squares_count_from_the_south_west(easting: float, northing: float, name: str) -> None:
    assert name_square(easting, northing) == name


def test_outside_the_grid_nothing_is_named() -> None:
    assert name_square(-1, 1_600_000) == "" == name_square(500_000, 1_499_999)
    assert find_square(55.5, -21.1) == ""  # Réunion


def test_a_place_in_degrees() -> None:
    """Marseille lies in the square of the Bouches-du-Rhône, Landiras in the west."""
    assert find_square(5.37, 43.30).startswith("KD")
    assert find_square(-0.42, 44.57)[0] in "CDE"
