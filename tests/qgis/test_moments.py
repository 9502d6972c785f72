"""Products that went through files, in the time zones of France: the moment, the year of the credit
and the files are those that were found.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ZONES = ["UTC", "Europe/Paris", "America/Cayenne", "Indian/Reunion", "Pacific/Noumea"]


@pytest.mark.parametrize("zone", ZONES)
def test_a_moment_is_the_same_after_any_file(zone: str, tmp_path: Path) -> None:
    environment = {
        **os.environ, "TZ": zone, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(ROOT / "tests/qgis/inside/moments.py")],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stdout + done.stderr
    found: dict[str, dict[str, Any]] = json.loads(lines[-1])
    for name, product in found.items():
        assert product["moment"] == "2022-12-31T23:50:30+00:00", (zone, name)
        assert product["assets"] == ["src_pan", "src_xs"], (zone, name)
        assert product["id"] == "201805051026429" and product["cloud"] == 4.5, (zone, name)
        if not product["asked"]:
            assert "2022" in product["credit"], (zone, name)
    asked = {name for name, product in found.items() if product["asked"]}
    assert asked == {"shp", "shp in memory", "shp, then gpkg"}, "only what was cut is asked again"
