"""QGIS's messages over the map of a comparison: nothing of the bar is under them, and it goes back
up when they are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from qgis.PyQt.QtCore import QPoint, QRect
from qgis.PyQt.QtWidgets import QApplication, QWidget

from dinamis_qgis.bridge import messages
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.shapes import Mode
from tests.gui.test_compare_swipe import layers, ready  # noqa: F401

# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")

LONG = (
    "The service did not answer in time: the request is kept, and goes out again when the "
    "network lets it. " * 4
)


@pytest.fixture
def told(iface: Any) -> Iterator[Any]:
    """The message bar that the plugin speaks through."""
    messages.install_messages(iface)
    yield iface.messageBar()
    messages.install_messages(None)


def place(widget: QWidget) -> QRect:
    """Where it is on the screen."""
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


@pytest.mark.parametrize("mode", [Mode.VERTICAL, Mode.BESIDE])
@pytest.mark.parametrize("width", [1200, 540])
def test_the_bar_lies_below_messages(
    iface: Any, told: Any, layers: Any, wait_until: Callable[..., None], width: int, mode: Mode
) -> None:  # fmt: skip
    iface.mainWindow().resize(width, 900)
    canvas = iface.mapCanvas()
    swipe.start_comparison(canvas, *layers)
    ready(canvas, wait_until).set_mode(mode)
    bar = swipe.comparison_bar(canvas)
    bar.show_difference()
    before = place(bar), place(bar.panel)
    for texts in (["One."], ["One.", "Two."], [LONG]):
        for text in texts:
            messages.warn(text, ("Try again", lambda: None))
        wait_until(
            lambda: told.isVisible() and told.width() == canvas.width(),
            what="the message over the map",
        )
        QApplication.processEvents()
        shown = place(told)
        assert shown.intersects(before[0]), "there was something to mend"
        assert not shown.intersects(place(bar)) and not shown.intersects(place(bar.panel)), texts
        assert place(bar).top() - shown.bottom() < 20 and place(canvas).contains(place(bar.panel))
        told.clearWidgets()
        wait_until(lambda: not told.isVisible(), what="no message any more")
        assert (place(bar), place(bar.panel)) == before
