"""The test session itself: a real QGIS on an empty profile, and no network."""

from __future__ import annotations

import socket
from typing import Any, Callable

import pytest
from qgis.core import (
    QgsApplication,
    QgsNetworkAccessManager,
    QgsProviderRegistry,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from tests import network


def test_profile_is_ours(qgis_app: Any) -> None:
    assert "profile" in QgsApplication.qgisSettingsDirPath()
    assert QgsSettings().fileName().startswith(QgsApplication.qgisSettingsDirPath())
    assert "gdal" in QgsProviderRegistry.instance().providerList()


def test_iface_shows_a_layer(iface: Any, project: Any, wait_until: Callable[..., None]) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "emprise", "memory")
    project.addMapLayer(layer)
    iface.setActiveLayer(layer)
    wait_until(lambda: layer in iface.mapCanvas().layers(), what="the layer on the canvas")
    assert iface.activeLayer() == layer


def test_wait_until_runs_events(wait_until: Callable[..., None]) -> None:
    fired: list[int] = []
    QTimer.singleShot(10, lambda: fired.append(1))
    wait_until(lambda: fired)
    with pytest.raises(pytest.fail.Exception, match="never"):
        wait_until(lambda: False, seconds=0.05, what="never")


def test_python_sockets_stay_on_loopback() -> None:
    with pytest.raises(socket.gaierror):
        socket.create_connection(("example.org", 80), timeout=1)
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_requests_of_qgis_outside_loopback_are_seen() -> None:
    reply = QgsNetworkAccessManager.instance().get(QNetworkRequest(QUrl("http://192.0.2.1/")))
    reply.abort()
    assert network.take_outside_requests() == ["192.0.2.1"]


def test_french_is_french(french: None) -> None:
    from dinamis_qgis.core.text import tr

    assert tr("Cancelled.") != "Cancelled."
