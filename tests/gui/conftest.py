"""Tests in this folder run inside a real QGIS."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _in_qgis(qgis_app: Any) -> None:
    """Started before the first of them."""
