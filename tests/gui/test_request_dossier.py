"""The dossier from the first click to the noted delivery, without any network: files, PDF, message,
states by hand, reminders.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from shapely.geometry import shape

from dinamis_qgis.bridge.layouts import dossier_pdf, dossier_text
from dinamis_qgis.core.tasking.model import READY
from dinamis_qgis.gui.requests.panel import RequestsPanel
from tests.gui.request_panel import AREA, requests_panel

PROFILE = {
    "id": "papier",
    "title": "Service sur dossier",
    "catalogues": [],
    "links": {"portal": "https://portail.example.invalid/"},
    "relay": {"name": "Relais d’essai", "email": "relais@example.invalid"},
    "licences": [
        {
            "id": "pleiades",
            "title": "Licence Pléiades (DSP)",
            "url": "https://example.invalid/licence",
        }
    ],
    "tasking": {
        "channel": "dossier",
        "email": "be@example.invalid",
        "options": {"reminder_days": 10},
        "products": [
            {
                "id": "pleiades",
                "title": "Pléiades 0,5 m",
                "constellation": "Pléiades",
                "gsd": 0.5,
                "licence": "pleiades",
                "modes": ["mono", "stereo"],
                "rules": {
                    "min_area_km2": 100,
                    "max_vertices": 999,
                    "min_window_days": 30,
                    "min_cloud": 10,
                    "max_incidence": 30,
                },
            }
        ],
        "quotas": [{"product": "pleiades", "km2": 200, "period": "year", "cost_eur_km2": 3}],
        "emergency": [{"title": "Copernicus EMS", "url": "https://emergency.copernicus.eu/"}],
    },
}


@pytest.fixture
def panel(
    iface: Any,
    project: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> Iterator[RequestsPanel]:
    path = tmp_path / "papier.json"
    path.write_text(json.dumps(PROFILE, ensure_ascii=False), encoding="utf-8")
    with requests_panel(iface, tmp_path / "home", path, monkeypatch, wait_until) as made:
        yield made


def press(panel: RequestsPanel, name: str) -> None:
    button = panel.findChild(QPushButton, name)
    assert button is not None and button.isEnabled() and button.isVisible(), (
        f"{name}: {button.toolTip() if button else None}"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def background() -> QgsVectorLayer:
    """A layer of the project under the area."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "communes", "memory")
    for i in range(6):
        for j in range(5):
            feature = QgsFeature()
            rect = QgsRectangle(
                410000 + 7000 * i, 6236000 + 7000 * j, 416800 + 7000 * i, 6242800 + 7000 * j
            )
            feature.setGeometry(QgsGeometry.fromRect(rect))
            layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_from_the_first_click_to_the_noted_delivery(
    panel: RequestsPanel,
    iface: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "dossiers"))
    iface.mapCanvas().setLayers([background()])
    panel.begin(AREA)
    assert "Copernicus" in panel.form.emergency.text()
    need = panel.findChild(QComboBox, "requestNeed")
    need.setCurrentIndex(need.findData("works"))
    assert "near the vertical" in panel.form.fields.why.text()
    QTest.keyClicks(panel.findChild(QLineEdit, "requestTitle"), "Rocade de Pau [% 1+1 %]")
    QTest.keyClicks(panel.findChild(QPlainTextEdit, "requestPurpose"), "Suivi des travaux. " * 12)
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    quota = next(f for f in panel.form.findings if f.code == "quota")
    assert quota.level.value == "warning" and "€" in quota.remedy
    archive_text = panel.form.archive_view.text
    wait_until(lambda: "is not known" in archive_text.text(), what="the word on the archive")
    assert panel.findChild(QPushButton, "archivePortalButton").isVisible()
    press(panel, "reviewButton")
    assert not panel.review.submit_button.isEnabled() and panel.review.why.text()
    panel.findChild(QCheckBox, "acceptLicenceBox").setChecked(True)
    files: list[Path] = []
    panel.dossier.made.connect(lambda request, made: files.extend(made))
    press(panel, "submitRequestButton")
    wait_until(lambda: files, seconds=60, what="the dossier")
    assert {"".join(p.suffixes[-2:]) if p.suffix == ".zip" else p.suffix for p in files} == {
        ".pdf",
        ".geojson",
        ".kml",
        ".shp.zip",
    }
    geojson = next(p for p in files if p.suffix == ".geojson")
    assert shape(json.loads(geojson.read_text(encoding="utf-8"))["features"][0]["geometry"]).equals(
        AREA
    )
    assert any(
        n.endswith(".prj")
        for n in zipfile.ZipFile(next(p for p in files if p.suffix == ".zip")).namelist()
    )
    assert next(u for u in opened if u.startswith("file:")).endswith(files[0].parent.name)
    mail = urlsplit(next(u for u in opened if u.startswith("mailto:")))
    assert mail.path == "be@example.invalid" and "Rocade de Pau" in parse_qs(mail.query)["body"][0]
    read_pdf(files[0])
    by_hand(panel, wait_until)


def read_pdf(pdf: Path) -> None:
    """What is on paper, read by another program."""
    assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 10_000
    if shutil.which("pdftotext") is None:
        return
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    for word in (
        "Rocade de Pau",
        "[% 1+1 %]",
        "Pléiades 0,5 m",
        "Relais d’essai",
        "Licence Pléiades (DSP)",
        "Accepted by the applicant",
        "15° at most",
        "271 km²",
        "whether some exist here is not known",
    ):
        assert word in " ".join(text.split()), word


def test_the_words_are_put_on_paper_off_the_gui_thread(
    qgis_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> None:
    """On as many pages as it takes; what cannot be written is told, and the PDF that was there
    stays.
    """
    threads: list[Any] = []
    real = dossier_text.set_sections
    monkeypatch.setattr(
        dossier_pdf,
        "set_sections",
        lambda *given: threads.append(threading.current_thread()) or real(*given),
    )
    rows = tuple(
        (f"Row {number}", f"Value {number} " + "of many words " * (number % 20))
        for number in range(90)
    )
    paper = dossier_pdf.Paper(
        tmp_path / "dossier.pdf",
        "Title",
        "reference",
        AREA,
        (dossier_text.Section("Section", rows),),
    )
    said: list[Any] = []
    parent = QObject()
    dossier_pdf.print_dossier(paper, [], said.append, said.append, parent)
    wait_until(lambda: said, what="the PDF")
    assert said == [paper.path] and threading.main_thread() not in threads and len(threads) == 1
    if shutil.which("pdftotext") is not None:
        text = subprocess.run(
            ["pdftotext", "-layout", str(paper.path), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        pages = text.split("\f")[:-1]
        assert len(pages) > 2 and all(
            f"page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)
        )
        assert re.findall(r"Value (\d+)", text) == [str(number) for number in range(90)]
    before = paper.path.read_bytes()
    monkeypatch.setattr(
        dossier_pdf, "paint_texts", lambda *given: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full"))
    )
    dossier_pdf.print_dossier(paper, [], said.append, said.append, parent)
    wait_until(lambda: len(said) == 2, what="the error")
    assert (
        said[1].code == "disk-full"
        and paper.path.read_bytes() == before
        and [f.name for f in tmp_path.iterdir()] == ["dossier.pdf"]
    )


def by_hand(panel: RequestsPanel, wait_until: Callable[..., None]) -> None:
    """Sent by the person, states noted, reminded."""
    reference = panel.tracker.requests[0].reference
    wait_until(lambda: panel.tracker.get(reference).state == READY, what="ready")
    panel.list.choose(reference)
    QTest.qWait(50)
    press(panel, "sentByHandButton")
    wait_until(lambda: panel.tracker.get(reference).state == "sent", what="sent")
    wait_until(
        lambda: panel.tracker.get(reference).remind == date.today() + timedelta(days=10),
        what="the reminder",
    )
    panel.list.choose(reference)
    state = panel.findChild(QComboBox, "stateByHand")
    state.setCurrentIndex(state.findData("accepted"))
    QTest.keyClicks(panel.findChild(QLineEdit, "remarkByHand"), "Appel du relais")
    press(panel, "noteStateButton")
    wait_until(lambda: panel.tracker.get(reference).state == "accepted", what="the noted state")
    assert panel.tracker.get(reference).reason == "Appel du relais"
    due: list[Any] = []
    panel.tracker.due.connect(due.append)
    panel.tracker.remind(panel.tracker.get(reference), 0)
    wait_until(lambda: due, what="the reminder's day")
    panel.tracker.note(panel.tracker.get(reference), "completed", "")
    wait_until(lambda: panel.tracker.get(reference).state == "completed", what="the delivery")
    assert not panel.list.by_hand.isVisible()


def test_no_folder_keeps_it_ready(
    panel: RequestsPanel, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    panel.begin(AREA)
    QTest.keyClicks(panel.findChild(QLineEdit, "requestTitle"), "Rien")
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    panel.findChild(QCheckBox, "acceptLicenceBox").setChecked(True)
    press(panel, "submitRequestButton")
    wait_until(
        lambda: panel.tracker.requests and panel.tracker.requests[0].state == READY, what="ready"
    )
    assert not panel.tracker.requests[0].queued


def test_a_folder_that_cannot_be_written_is_told(
    panel: RequestsPanel,
    iface: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    (tmp_path / "a file").write_text("x")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "a file"))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pytest.fail("nothing is opened"))
    panel.begin(AREA)
    QTest.keyClicks(panel.findChild(QLineEdit, "requestTitle"), "Rien")
    wait_until(lambda: panel.form.review_button.isEnabled(), what="a sound request")
    press(panel, "reviewButton")
    panel.findChild(QCheckBox, "acceptLicenceBox").setChecked(True)
    press(panel, "submitRequestButton")
    wait_until(lambda: iface.messageBar().items(), what="a message")
    wait_until(
        lambda: panel.tracker.requests and panel.tracker.requests[0].state == READY,
        what="ready still",
    )
