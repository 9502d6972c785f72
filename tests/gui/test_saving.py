"""Where a file is written: its ending, and nothing replaced unasked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox, QWidget

from dinamis_qgis.bridge.file_dialog import ask_file

KINDS = {".gpkg": "GeoPackage", ".geojson": "GeoJSON"}


@pytest.mark.parametrize(
    ("typed", "chosen", "made", "asked"),
    [
        ("", "", None, 0),
        ("list.gpkg", "GeoPackage (*.gpkg)", "list.gpkg", 0),
        ("there.gpkg", "GeoPackage (*.gpkg)", "there.gpkg", 0),
        ("list.JSON", "GeoJSON (*.geojson)", "list.JSON", 0),
        ("communes v1.2", "GeoJSON (*.geojson)", "communes v1.2.geojson", 0),
        ("list", "", "list.gpkg", 0),
        ("there", "GeoPackage (*.gpkg)", None, 1),
    ],
)
def test_the_ending_is_that_of_the_kind(
    iface: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    chosen: str,
    made: str | None,
    asked: int,
) -> None:
    (tmp_path / "there.gpkg").write_bytes(b"precious")
    questions: list[str] = []

    def refuse(*values: Any) -> Any:
        questions.append(values[2])
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed) if typed else "", chosen)
    )
    monkeypatch.setattr(QMessageBox, "question", refuse)
    found = ask_file(QWidget(), "Export", "", KINDS, (".json",))
    assert found == (tmp_path / made if made else None)
    assert len(questions) == asked and all("there.gpkg" in text for text in questions)
