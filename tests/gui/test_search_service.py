"""The search panel in front of the training service: thumbnails, two products compared, the map
left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QToolButton

from dinamis_qgis.bridge import profiles
from dinamis_qgis.compare import swipe
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.gui.search.chosen import mosaic
from tests.support.search import search, search_panel
from tests.support.service import running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(
        tmp_path_factory.mktemp("service"), auto_approve="technicien", device_interval=0.1
    ) as running:
        yield running


@pytest.fixture
def panel(service: Any, iface: Any) -> Iterator[Any]:
    """Signed in as ``technicien``."""
    profile = load_profile(Path(service.profile_path), profiles.schema_path())
    with search_panel(iface, profile) as shown:
        context = shown.context
        session = Session(profile, context.http, MemoryVault())
        session.sign_in_device(lambda _: None, Cancel())
        context.session, context.signer = (
            session,
            Signer(profile, context.http, session.credentials),
        )
        context.account_changed.emit()
        yield shown


def test_thumbnails_of_signed_storage_arrive(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    hrefs = [row.product.thumbnail for row in panel.model.rows()]
    assert hrefs
    wait_until(lambda: panel.thumbnails.get(hrefs[0]) is not None, what="the first thumbnail")


def test_two_products_compared(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    spot = [r.product for r in panel.model.rows() if r.product.constellation == "SPOT 6/7"]
    panel.select([spot[0].key, spot[-1].key])
    canvas = panel.context.iface.mapCanvas()
    panel.view.doubleClicked.emit(panel.model.index_of(spot[0].key))
    button = panel.findChild(QToolButton, "compareButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(
        lambda: swipe.current_comparison(canvas) and swipe.current_comparison(canvas).ready(),
        seconds=60,
        what="the comparison",
    )
    left, right = swipe.current_comparison(canvas).images()
    assert left is not None and right is not None and left != right
    names = [
        layer.customProperty("dinamis/item") for layer in QgsProject.instance().mapLayers().values()
    ]
    assert sorted(names) == sorted([spot[0].id, spot[-1].id])
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert swipe.current_comparison(canvas) is None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(lambda: swipe.current_comparison(canvas) is not None)
    assert len(QgsProject.instance().mapLayers()) == 2, "the layers are used again"
    QgsProject.instance().removeAllMapLayers()
    wait_until(lambda: not button.isChecked())
    assert swipe.current_comparison(canvas) is None


def test_add_to_map_by_keyboard(panel: Any, wait_until: Callable[..., None]) -> None:
    search(panel, wait_until)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0))
    QTest.keyClick(panel.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.progress.isVisible(), "something is on its way"
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 1, seconds=60, what="the layer")
    wait_until(lambda: not panel.progress.isVisible())


def test_layers_on_their_way_do_not_land_in_the_next_project(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    project = QgsProject.instance()
    products = [row.product for row in panel.model.rows()][:5]
    for begin in (panel.choosing._load_group, panel.choosing._load_mosaic, panel.choosing.add):
        begin(products)
        project.clear()
        wait_until(lambda: not panel.choosing.busy, what="all given up")
        assert not project.mapLayers() and not project.layerTreeRoot().children(), begin.__name__
    panel.choosing.export(True)
    project.clear()
    wait_until(lambda: not panel.choosing.busy)
    assert not project.mapLayers(), "footprints"


def test_a_group_taken_away_takes_no_more_scenes(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    root = QgsProject.instance().layerTreeRoot()
    panel.choosing._load_group([row.product for row in panel.model.rows()][:5])
    root.removeChildNode(panel.choosing._mosaic.group)
    wait_until(lambda: not panel.choosing.busy)
    assert len(root.findLayers()) <= mosaic.AT_ONCE, (
        "those being opened come, the others are not begun"
    )
