"""The transport follows QGIS's own network settings: proxy, exclusions, certificates."""

from __future__ import annotations

import base64
import threading
from pathlib import Path

import pytest
from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QUrl

from dinamis_qgis.bridge import network
from dinamis_qgis.core.errors import NetworkError
from tests.support.protected import protected
from tests.support.scripted import Answer, as_json, scripted


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
        network.discard_client(http)
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


def test_addresses_are_excluded_by_how_they_begin(proxy_settings):
    proxy_settings(
        proxyEnabled=True, proxyType="HttpProxy", proxyHost="proxy.invalid", proxyPort="3128",
        proxyExcludedUrls=["https://one.example/direct", "https://two.example"],
        noProxyUrls=["https://three.example/"],
    )  # fmt: skip
    resolver = network.ProxyResolver()
    assert resolver("https://one.example/other?a=b")["https"] == "http://proxy.invalid:3128"
    assert resolver("https://one.example/direct/x") == {}
    assert resolver("https://one.example/other") != {}
    assert resolver("https://two.example/x") == {}
    assert resolver("https://three.example/x") == {}


def on_a_thread(call):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(call()))
    thread.start()
    while thread.is_alive():
        QCoreApplication.processEvents()
        thread.join(0.01)
    return answers[0]


def test_a_proxy_that_was_put_right_needs_no_new_start(proxy_settings):
    def gate(seen):
        word = base64.b64encode(b"agent:right").decode()
        right = seen.headers.get("proxy-authorization", "") == f"Basic {word}"
        return as_json("through") if right else Answer(407)

    with scripted(gate) as proxy:
        port = proxy.root.rsplit(":", 1)[1]
        known = {"proxyEnabled": True, "proxyType": "HttpProxy", "proxyHost": "127.0.0.1"}
        proxy_settings(**known, proxyPort=port, proxyUser="agent", proxyPassword="old")
        http = network.make_http()

        def ask():
            try:
                return http.json("GET", "http://far.invalid/x")
            except NetworkError as error:
                return error.code

        assert on_a_thread(ask) == "proxy"
        proxy_settings(proxyPassword="right")
        assert on_a_thread(ask) == "through"
        assert ask() == "through"
        proxy_settings(proxyEnabled=False)
        assert http.proxies("http://far.invalid/y") == {} or http.refresh()
        assert http.proxies("http://far.invalid/y") == {}
        network.discard_client(http)


def test_an_authority_that_was_added_counts(qgis_app, monkeypatch, tmp_path):
    with protected(lambda seen: as_json("through"), tmp_path) as (server, certificate):
        http = network.make_http()

        def ask():
            try:
                return http.json("GET", server.root + "/")
            except NetworkError as error:
                return error.code

        assert on_a_thread(ask) == "tls"
        pem = Path(certificate).read_bytes()
        monkeypatch.setattr(network, "_trusted_authorities", lambda: pem)
        assert on_a_thread(ask) == "through"
        made = http.verify
        network.discard_client(http)
        assert not Path(made).exists()


def test_certificates_of_qgis_are_trusted_and_the_file_goes(qgis_app):
    http = network.make_http()
    assert http.verify is True or b"BEGIN CERTIFICATE" in Path(http.verify).read_bytes()
    network.discard_client(http)
    assert http.verify is True or not Path(http.verify).exists()
