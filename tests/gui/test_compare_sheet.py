"""A sheet with long names and long legal mentions: everything stays within its frame, nothing is
cut; what is unsure is said.

And a sheet that is being made: nobody's file is touched, nothing done meanwhile changes it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFont, QImage, QTextDocument

from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.bridge.layouts.pixels import rgb_array
from dinamis_qgis.bridge.layouts.sheet import (
    PAGES,
    SMALLEST,
    Sheet,
    build_layout,
    credits_of,
    fitting_size,
    sheet_frames,
)
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.change.result import Measured
from dinamis_qgis.compare.output.dialogs import SheetDialog
from dinamis_qgis.compare.output.sheet import Maker, measured_text, sheet_of
from dinamis_qgis.compare.shapes import Mode
from dinamis_qgis.core.change.align import Shift
from dinamis_qgis.core.change.detect import DetectedChange, unsure_text
from dinamis_qgis.core.change.difference import Kind
from dinamis_qgis.core.change.grid import Grid
from tests.gui.test_compare import comparison, files, layers  # noqa: F401

# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")

MENTION = (
    "© CNES 2022, Distribution Airbus DS, fourni par DINAMIS – Dispositif institutionnel "
    "national d’approvisionnement mutualisé en "
    "imagerie satellitaire"
)
LICENCE = (
    "Licence d’utilisation des produits Pléiades attribués à tarif préférentiel aux "
    "utilisateurs institutionnels autorisés"
)
FACTS = Facts(
    "scene",
    "SPOT7_MS_201805051026429_SPOT7_P_201805051026429_1",
    datetime(2022, 6, 19, 10, 59, tzinfo=timezone.utc),
    "SPOT 7",
    6.0,
    4.0,
    MENTION,
    LICENCE,
)


def long_sheet(page: str) -> Sheet:
    box = QgsRectangle(425_000, 6_387_000, 428_000, 6_390_000)
    other = replace(FACTS, credit=f"© Airbus DS 2022, {MENTION}")
    return Sheet(
        title="Incendie de Landiras et de Saint-Magne : évolution des surfaces brûlées entre le "
        "19 juin et le 27 juillet 2022, n° 14",
        facts=(FACTS, other),
        crs=QgsCoordinateReferenceSystem("EPSG:2154"),
        extents=(box, box, box),
        measured="Surface brûlée (sécurité civile) – 12 345 ha – 48 zones\n"
        + "Seuil 0,39, surface minimale 1,0 ha, pixel de 6 m. " * 4,
        shift="Décalage de 3,3 m (3,1 m vers l’ouest, 1,1 m vers le nord), confiance 100 %",
        author="Officier de permanence du groupement gestion des risques, cellule cartographie "
        "opérationnelle",
        entity="Communauté d’agglomération du Pays Basque – Direction de l’aménagement, de "
        "l’habitat et des risques naturels",
        page=page,
    )


def height(text: str, font: QFont, points: float, width: float) -> float:
    """Of a text set in a column ``width`` millimetres wide, by another way than the sheet's own."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    large = QFont(font)
    large.setPixelSize(80)
    unit = points * 25.4 / 72 / 80
    document.setDefaultFont(large)
    document.setPlainText(text)
    document.setTextWidth(width / unit)
    return float(document.size().height()) * unit


@pytest.mark.parametrize("page", list(PAGES))
def test_no_text_is_cut(project: QgsProject, page: str) -> None:
    layout = build_layout(project, long_sheet(page), "x", empty=True)
    labels = [item for item in layout.items() if isinstance(item, QgsLayoutItemLabel)]
    assert len(labels) >= 9
    width, tall = PAGES[page]
    for label in labels:
        frame = QRectF(
            label.positionWithUnits().x(),
            label.positionWithUnits().y(),
            label.rect().width(),
            label.rect().height(),
        )
        points = (
            label.textFormat().size() if hasattr(label, "textFormat") else label.font().pointSizeF()
        )
        font = label.textFormat().font() if hasattr(label, "textFormat") else label.font()
        assert height(label.text(), font, points, frame.width()) <= frame.height() * 1.05, (
            label.text()[:60],
            points,
        )
        assert points >= SMALLEST and frame.right() <= width - 3.9 and frame.bottom() <= tall - 3.9
    mentions = next(label for label in labels if LICENCE in label.text())
    assert (
        mentions.text().count(LICENCE) == 2
        and mentions.positionWithUnits().y() > sheet_frames(page)[2].bottom()
    )


def test_sizes(qgis_app: Any) -> None:
    frame = QRectF(0, 0, 100, 5)
    assert fitting_size("Court", QFont(), frame, 9.0) == 9.0
    small = fitting_size("mot " * 60, QFont(), frame, 9.0)
    assert SMALLEST <= small < 9.0
    assert fitting_size("mot " * 6000, QFont(), frame, 9.0) == SMALLEST


def test_one_mention_for_both(qgis_app: Any) -> None:
    assert credits_of((FACTS, FACTS)).count(MENTION) == 1 and "1 and 2" in credits_of(
        (FACTS, FACTS)
    )
    older = replace(FACTS, moment=datetime(2019, 1, 2, tzinfo=timezone.utc))
    assert credits_of((FACTS, older)).splitlines() == [
        f"Image 1: {MENTION} – {LICENCE}", f"Image 2: {MENTION} (2019) – {LICENCE}"
    ], "the year of acquisition is added where the mention lacks it"  # fmt: skip
    bare = replace(FACTS, credit="", licence="")
    assert credits_of((bare, bare)) == "" and credits_of((bare, FACTS)).startswith("Image 2: ")


def test_unsure_is_said(qgis_app: Any, tmp_path: Any) -> None:
    grid = Grid("", 0.0, 0.0, 6.0, 10, 10)
    for share, said in ((0.6, True), (0.4, False)):
        change = DetectedChange(Kind.BURNT, grid, tmp_path / "x.tif", None, None, 0.3, (), share)  # type: ignore[arg-type]
        text = measured_text(Measured(Kind.BURNT, change, 0.3, 1.0, ()))
        assert (unsure_text() in text) is said


@pytest.fixture
def measured(comparison: Any, wait_until: Callable[..., None]) -> Measured:
    bar = swipe.comparison_bar(comparison.canvas)
    bar.show_difference()
    bar.panel.choose(Kind.BURNT)
    bar.panel.detect()
    wait_until(lambda: bar.panel.change is not None and bar.panel.ready(), what="the change")
    found: Measured = bar.panel.measured()
    assert found.patches
    return found


def test_the_areas_take_nobody_s_name(
    comparison: Any, measured: Measured, tmp_path: Path, wait_until: Callable[..., None]
) -> None:  # fmt: skip
    """A GeoPackage of the sheet's name is somebody's work: it stays, whether the sheet is made or
    given up.
    """
    target, others = tmp_path / "landiras.pdf", tmp_path / "landiras.gpkg"
    others.write_bytes(b"hydrants")
    (tmp_path / "landiras_2.gpkg").symlink_to(tmp_path / "unplugged.gpkg")
    for steps in (0, 1, 2, 4):
        seen: list[float] = []
        maker = Maker(
            comparison, sheet_of(comparison, measured), target, measured, pytest.fail, pytest.fail
        )
        maker.progressed.connect(lambda share, text, seen=seen: seen.append(share))
        wait_until(lambda steps=steps, seen=seen: len(seen) >= steps, what="a step")
        writing = maker._job
        maker.stop()
        wait_until(
            lambda writing=writing: writing is None or writing.finished, what="the end of its work"
        )
        wait_until(
            lambda: sorted(os.listdir(tmp_path)) == ["landiras.gpkg", "landiras_2.gpkg"],
            what=f"nothing left, {steps}",
        )
    done: list[Any] = []
    maker = Maker(
        comparison, sheet_of(comparison, measured), target, measured, done.append, done.append
    )
    wait_until(lambda: done, what="the sheet")
    maker.stop()
    assert done == [[target, tmp_path / "landiras.png"]] and others.read_bytes() == b"hydrants"
    (areas,) = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if isinstance(layer, QgsVectorLayer)
    ]
    assert areas.source().startswith(
        str(tmp_path / "landiras_3.gpkg")
    ) and areas.featureCount() == len(measured.patches)


def test_all_that_is_replaced_is_told(comparison: Any, tmp_path: Path) -> None:
    """The PNG too; the areas never replace anything, but the name that is offered is free for them
    as well.
    """
    dialog = SheetDialog(comparison, None)
    for names, told in (
        ((), ""),
        (("a.gpkg",), ""),
        (("a.png",), "a.png"),
        (("a.png", "a.pdf"), "a.pdf, a.png"),
    ):
        for name in names:
            (tmp_path / name).write_bytes(b"x")
        dialog.file.setFilePath("")
        dialog.file.setFilePath(str(tmp_path / "a.pdf"))
        assert dialog.replaces.isHidden() is not told and dialog.replaces.text().endswith(told), (
            names
        )
    (tmp_path / "a_2.png").write_bytes(b"x")
    (tmp_path / "a_3.gpkg").write_bytes(b"x")
    dialog.offer("pdf", "a")
    assert dialog.target() == tmp_path / "a_4.pdf" and dialog.replaces.isHidden()


def test_nothing_done_meanwhile_changes_it(
    comparison: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    """Images and captions are those of the moment it was asked for; a layer removed meanwhile does
    not keep it from ending.
    """
    extra = QgsVectorLayer("Polygon?crs=EPSG:2154", "extra", "memory")
    QgsProject.instance().addMapLayer(extra)
    wait_until(lambda: extra in comparison.shown_vectors() and comparison.ready(), what="the layer")
    done: list[Any] = []
    sheet = sheet_of(comparison, None)
    Maker(comparison, sheet, tmp_path / "still.pdf", None, done.append, done.append)
    wait_until(lambda: len(done) == 1, what="a sheet")
    Maker(comparison, sheet, tmp_path / "moved.pdf", None, done.append, done.append)
    comparison.swap()
    comparison.set_same_stretch(False)
    QgsProject.instance().removeMapLayer(extra.id())
    wait_until(lambda: len(done) == 2, what="another")
    assert done[1] == [tmp_path / "moved.pdf", tmp_path / "moved.png"]
    still, moved = (QImage(str(tmp_path / f"{name}.png")) for name in ("still", "moved"))
    assert still == moved


@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_side_by_side_it_is_of_what_is_seen(
    comparison: Any, wait_until: Callable[..., None], angle: float
) -> None:
    """As much of each image as its half shows, in the middle of the page; the same is measured."""
    canvas = comparison.canvas
    canvas.setRotation(angle)
    comparison.measure_shift(lambda shift: None, pytest.fail)
    wait_until(lambda: comparison.shift, what="the shift")
    whole = comparison.area()
    comparison.set_aligned(True)
    comparison.set_mode(Mode.BESIDE)
    wait_until(
        lambda: comparison.ready() and comparison.second_canvas.width() > 100, what="two halves"
    )
    other, pixel, move = (
        comparison.second_canvas,
        canvas.mapUnitsPerPixel(),
        comparison.correction(),
    )
    first, second, _ = sheet_of(comparison, None).extents
    assert move != (0.0, 0.0)
    assert second.center().distance(other.extent().center()) < 1.5 * pixel
    assert (second.width(), second.height()) == (
        pytest.approx(other.width() * pixel, abs=1.5 * pixel),
        pytest.approx(other.height() * pixel, abs=1.5 * pixel),
    )
    assert first.center().x() - second.center().x() == pytest.approx(move[0], abs=1e-6)
    left = canvas.getCoordinateTransform().toMapCoordinates(
        canvas.width() // 4, canvas.height() // 2
    )
    assert first.center().distance(left) < 1.5 * pixel
    west, south, east, north = comparison.area()[1]
    assert comparison.area()[0] == whole[0] and east - west < 0.9 * (whole[1][2] - whole[1][0])
    assert QgsPointXY((west + east) / 2, (south + north) / 2).distance(left) < 1.5 * pixel
    comparison.set_mode(Mode.VERTICAL)
    assert comparison.area() == whole


def test_ground_that_was_not_seen_is_said(qgis_app: Any, tmp_path: Path) -> None:
    """A third of a view of 100 pixels of 36 m²: what changed elsewhere is not known."""
    grid = Grid("", 0.0, 0.0, 6.0, 10, 10)
    for ground, said in ((100, True), (33, False)):
        change = DetectedChange(
            Kind.BURNT,
            grid,
            tmp_path / "x.tif",
            None,
            None,
            0.3,
            (33,),
            0.1,
            ground_ha=ground * 36 / 1e4,
        )  # type: ignore[arg-type]
        assert ("(33 %)" in measured_text(Measured(Kind.BURNT, change, 0.3, 1.0, ()))) is said


def test_only_aligned_images_are_said_to_be(qgis_app: Any, tmp_path: Path) -> None:
    grid = Grid("", 0.0, 0.0, 6.0, 10, 10)
    good, poor = (Shift(3.0, 1.0, confidence, 0.1, 12, 6.0) for confidence in (0.9, 0.0))
    assert good.trusted and not poor.trusted
    for shift, aligned in ((good, True), (poor, False), (None, False)):
        change = DetectedChange(Kind.BURNT, grid, tmp_path / "x.tif", shift, None, 0.3, (), 0.1)  # type: ignore[arg-type]
        text = measured_text(Measured(Kind.BURNT, change, 0.3, 1.0, ()))
        assert ("after alignment" in text, "not aligned" in text) == (aligned, not aligned)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose clock is of La Réunion."""
    monkeypatch.setenv("TZ", "Indian/Reunion")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_hours_are_legal_french_time(qgis_app: Any, elsewhere: None) -> None:
    """As the list of products has them, wherever the computer is."""
    assert FACTS.hour() == "12:59 (10:59 UTC)" and FACTS.day() == "19 Jun 2022"
    late = replace(FACTS, moment=datetime(2022, 1, 31, 23, 10, tzinfo=timezone.utc))
    assert replace(FACTS, moment=datetime(2022, 2, 1, tzinfo=timezone.utc)).hour() == "", (
        "only its day is known"
    )
    assert late.hour() == "00:10 (23:10 UTC)" and late.day() == "1 Feb 2022"
    evening = replace(FACTS, moment=datetime(2022, 1, 31, 21, 10, tzinfo=timezone.utc))
    assert evening.day() == "31 Jan 2022"


def pink(page: QImage, number: int) -> Any:
    """Where a view of a page of 200 dots an inch is pink."""
    frame = sheet_frames("A4")[number]
    left, top, width, height = (
        round(value / 25.4 * 200)
        for value in (frame.left(), frame.top(), frame.width(), frame.height())
    )
    view = rgb_array(
        page.copy(left + 4, top + 4, width - 8, height - 8).convertToFormat(
            QImage.Format.Format_RGB888
        )
    )
    red, green, blue = view[..., 0], view[..., 1], view[..., 2]
    return (red > 240) & (green < 30) & (blue > 180)  # through the red of the areas too


@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_what_lies_above_an_aligned_image_is_not_moved(
    comparison: Any,
    measured: Measured,
    tmp_path: Path,
    wait_until: Callable[..., None],
    angle: float,
) -> None:
    """Neither on the page nor in the layout that is kept: the same place in both views."""
    comparison.canvas.setRotation(angle)
    above = QgsVectorLayer("Polygon?crs=EPSG:2154", "above", "memory")
    square = QgsFeature()
    square.setGeometry(QgsGeometry.fromRect(comparison.originals()[0].extent().buffered(-900)))
    above.dataProvider().addFeatures([square])
    above.renderer().setSymbol(
        QgsFillSymbol.createSimple({"color": "255,0,255", "outline_style": "no"})
    )
    QgsProject.instance().addMapLayer(above)
    wait_until(lambda: above in comparison.shown_vectors(), what="the layer on the map")
    comparison.shifting.shift = Shift(60.0, -30.0, 1.0, 0.1, 9, 1.5)
    comparison.set_aligned(True)
    wait_until(comparison.ready, what="both pictures")
    assert comparison.correction() != (0.0, 0.0)
    done: list[Any] = []
    Maker(
        comparison,
        sheet_of(comparison, measured),
        tmp_path / "sheet.pdf",
        measured,
        done.append,
        done.append,
    )
    wait_until(lambda: done, what="the sheet")
    (layout,) = QgsProject.instance().layoutManager().layouts()
    for page in (
        QImage(str(tmp_path / "sheet.png")),
        QgsLayoutExporter(layout).renderPageToImage(0, dpi=200),
    ):
        one, two = pink(page, 0), pink(page, 1)
        assert one.sum() > 1000 and (one != two).sum() < 0.05 * one.sum()
    images = {item.id(): item for item in layout.items() if isinstance(item, QgsLayoutItemMap)}
    move = comparison.correction()
    first, second = (images[name].extent().center() for name in ("Image 1", "Image 2"))
    assert (first.x() - second.x(), first.y() - second.y()) == pytest.approx(move, abs=1e-6), (
        "the image is moved"
    )
    assert [layer.name() for layer in images["Image 2 – what lies above"].layers()] == [
        "Changed areas",
        "above",
    ]
