"""The transport follows QGIS's own network settings: proxy, exclusions, certificates."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QUrl

from dinamis_qgis.bridge import network
from tests.support.scripted import as_json, scripted


@pytest.fixture
def proxy_settings(qgis_app):
    def apply(**values):
        store = QgsSettings()
        for name, value in values.items():
            store.setValue(f"proxy/{name}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()

    yield apply
    QgsSettings().remove("proxy")
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def test_the_proxy_of_qgis_is_used_from_any_thread(proxy_settings):
    with scripted(
        lambda seen: as_json([seen.path, seen.headers.get("proxy-authorization", "")])
    ) as proxy:
        port = proxy.root.rsplit(":", 1)[1]
        proxy_settings(
            proxyEnabled=True, proxyType="HttpProxy", proxyHost="127.0.0.1", proxyPort=port,
            proxyUser="domaine\\agent", proxyPassword="p@ss:word",
        )  # fmt: skip
        http = network.make_http()
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append(http.json("GET", "http://far.invalid/x"))
        )
        thread.start()
        thread.join(10)
        network.discard(http)
    assert answers[0][0] == "http://far.invalid/x"
    assert answers[0][1].startswith("Basic ")


def test_exclusions_loopback_and_no_proxy(proxy_settings):
    proxy_settings(
        proxyEnabled=True, proxyType="HttpProxy", proxyHost="proxy.invalid", proxyPort="3128",
        proxyExcludedUrls="https://intranet.example",
    )  # fmt: skip
    assert (
        network.proxies_for(QUrl("https://far.example/x"))["https"] == "http://proxy.invalid:3128"
    )
    assert network.proxies_for(QUrl("https://intranet.example/x")) == {}
    assert network.proxies_for(QUrl("http://127.0.0.1:80/x")) == {}
    proxy_settings(proxyEnabled=False)
    assert network.proxies_for(QUrl("https://far.example/x")) == {}


def test_socks_proxy(proxy_settings):
    proxy_settings(
        proxyEnabled=True, proxyType="Socks5Proxy", proxyHost="p.example", proxyPort="1080"
    )
    assert network.proxies_for(QUrl("https://far.example/x"))["https"] == "socks5h://p.example:1080"


def test_certificates_of_qgis_are_trusted_and_the_file_goes(qgis_app):
    http = network.make_http()
    assert http.verify is True or b"BEGIN CERTIFICATE" in Path(http.verify).read_bytes()
    network.discard(http)
    assert http.verify is True or not Path(http.verify).exists()
