"""``dinamis:opendelivery`` through the real ``qgis_process``: no account, no network, no
display.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.qgis.test_processing_search import PROGRAM, environment, plugins, service  # noqa: F401
from tests.support.dimap import LEFT, TOP, Scene, bundle, tar, write_delivery


def run(environment: dict[str, str], source: Path, folder: Path) -> tuple[dict[str, Any], str]:
    done = subprocess.run(
        [
            PROGRAM,
            "--json",
            "run",
            "dinamis:opendelivery",
            f"--INPUT={source}",
            f"--FOLDER={folder}",
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    text = done.stdout + done.stderr
    assert "Traceback" not in text
    assert done.returncode == 0, text
    return json.loads(done.stdout[done.stdout.index("{") :])["results"], text


def test_a_folder_of_deliveries(environment: dict[str, str], tmp_path: Path) -> None:
    from osgeo import gdal

    folder = tmp_path / "livraisons reçues"
    folder.mkdir()
    tar(
        write_delivery(
            tmp_path / "a", *bundle(Scene(columns=60, rows=60, tile=(60, 60))), name="A"
        ),
        folder / "A.tar.gz",
    )
    (folder / "B.tar.gz").write_bytes(b"\x1f\x8b broken")
    results, text = run(environment, folder, tmp_path / "chez moi")
    images = json.loads(results["OUTPUT"])
    assert results["FAILED"] == 1 and "B.tar.gz" in text
    assert [image["kind"] for image in images] == ["pansharpened", "ms", "pan"]
    first = images[0]
    assert first["datetime"] == "2018-05-05T10:26:42.900000Z"
    assert first["credit"] == "© Airbus DS 2018" and first["bands"] == [
        "red",
        "green",
        "blue",
        "nir",
    ]
    assert Path(first["clouds"]).is_file()
    dataset = gdal.Open(first["file"])
    assert dataset.GetGeoTransform() == (LEFT, 1.5, 0.0, TOP, 0.0, -1.5)


def test_a_folder_alone_and_again(environment: dict[str, str], tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    first, _ = run(environment, source, tmp_path / "home")
    again, _ = run(environment, source, tmp_path / "home")
    assert first["OUTPUT"] == again["OUTPUT"] and first["FAILED"] == 0
