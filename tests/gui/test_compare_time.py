"""QGIS's temporal controller and streamed layers: each year shows its own image; a comparison shows
both whatever the controller says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsInterval,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsTemporalNavigationObject,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtTest import QTest

from dinamis_qgis.bridge.layouts.pixels import rgb_array
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.before_after import open_pair
from tests.gui.test_compare_here import PAU, entries, look_at  # noqa: F401
from tests.gui.test_search_service import panel, service  # noqa: F401
from tests.support.search import search


@pytest.fixture
def controller(panel: Any) -> Iterator[QgsTemporalNavigationObject]:
    """QGIS's own, on the main map, a frame a year from 2015."""
    canvas, made = panel.context.iface.mapCanvas(), QgsTemporalNavigationObject()
    moments = [QDateTime(QDate(year, 1, 1), QTime(0, 0), Qt.TimeSpec.UTC) for year in (2015, 2025)]
    made.setTemporalExtents(QgsDateTimeRange(*moments))
    made.setFrameDuration(QgsInterval(1, 0, 0, 0, 0, 0, 0))
    canvas.setTemporalController(made)
    yield made
    made.setNavigationMode(_mode("NavigationOff", "Disabled"))


def _mode(old: str, new: str) -> Any:
    """A navigation mode, wherever this QGIS keeps it."""
    if hasattr(Qgis, "TemporalNavigationMode"):
        return getattr(Qgis.TemporalNavigationMode, new)
    return getattr(QgsTemporalNavigationObject, old)


def shown(canvas: Any) -> Any:
    """What the map shows now, drawn in this thread."""
    return drawn(QgsMapSettings(canvas.mapSettings()))


def drawn(settings: QgsMapSettings) -> Any:
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return rgb_array(job.renderedImage())


def alone(canvas: Any, layer: Any) -> Any:
    settings = QgsMapSettings(canvas.mapSettings())
    settings.setIsTemporal(False)
    settings.setLayers([layer] if layer is not None else [])
    return drawn(settings)


def test_a_frame_shows_the_image_of_its_year(
    entries: Any,
    panel: Any,
    controller: QgsTemporalNavigationObject,
    wait_until: Callable[..., None],
) -> None:
    canvas = panel.context.iface.mapCanvas()
    look_at(canvas, PAU)
    search(panel, wait_until)
    found = sorted(
        (r.product for r in panel.model.rows() if "spot" in r.product.collection),
        key=lambda p: p.datetime,
    )
    pair = [found[0], found[-1]]
    assert pair[0].datetime.year != pair[1].datetime.year
    open_pair(panel.context, pair)
    wait_until(
        lambda: swipe.current_comparison(canvas) and swipe.current_comparison(canvas).ready(),
        seconds=60,
        what="the comparison",
    )
    layers = {
        int(str(layer.customProperty("dinamis/datetime"))[:4]): layer
        for layer in QgsProject.instance().mapLayers().values()
    }
    canvas.setLayers(list(layers.values()))
    empty = next(year for year in range(2015, 2025) if year not in layers)
    controller.setNavigationMode(_mode("Animated", "Animated"))
    comparison = swipe.current_comparison(canvas)
    for year in (*layers, empty):
        controller.setCurrentFrameNumber(year - 2015)
        wait_until(
            lambda year=year: canvas.mapSettings().isTemporal()
            and canvas.temporalRange().begin().date().year() == year
        )
        wait_until(comparison.ready, what="both pictures")
        assert np.array_equal(shown(canvas), alone(canvas, layers.get(year))), year
        one, two = comparison.images()
        assert one != two and all(len(np.unique(rgb_array(image))) > 20 for image in (one, two)), (
            "the comparison shows both"
        )
    both = [alone(canvas, layer) for layer in layers.values()]
    assert not np.array_equal(*both), "they are different images"
    swipe.stop_comparison(canvas)
    QTest.qWait(50)
    assert [layer.temporalProperties().isActive() for layer in layers.values()] == [True, True], (
        "the layers keep their dates"
    )
