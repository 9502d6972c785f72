"""Drafts and registers for the tests of requests."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from shapely.geometry import box

from dinamis_qgis.core.profile.model import TaskingProduct, TaskingRules
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.rules.check import RuleTerms

TODAY = date(2026, 3, 2)
PAU = box(-0.5, 43.2, -0.3, 43.35)
"""About 270 km²."""


@pytest.fixture
def product() -> TaskingProduct:
    rules = TaskingRules(
        min_area_km2=100,
        max_area_km2=5000,
        min_width_km=5,
        max_vertices=99,
        min_window_days=30,
        max_window_days=365,
        min_cloud=10,
        max_incidence=30,
        forbidden=(
            {
                "mode": ["stereo", "tristereo"],
                "max_incidence": [5],
                "reason": "No stereo that near the vertical.",
            },
        ),
    )
    return TaskingProduct("pleiades", "Pléiades", "Pléiades", 0.5, ("mono", "stereo"), rules)


@pytest.fixture
def terms(product: TaskingProduct) -> RuleTerms:
    return RuleTerms(product, TODAY)


@pytest.fixture
def draft() -> Draft:
    """A draft that breaks no rule."""
    return Draft(
        area=PAU,
        product="pleiades",
        start=TODAY + timedelta(days=1),
        end=TODAY + timedelta(days=60),
        max_cloud=10,
        max_incidence=30,
        title="Pau, urban growth",
        purpose="Update of the land cover.",
    )


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "requests.gpkg")
