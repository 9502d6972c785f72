"""``core``'s HTTP over QGIS's network settings: proxy (per URL, system proxy included),
certificates, user agent, time-out.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from qgis.core import Qgis, QgsApplication, QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from dinamis_qgis import about
from dinamis_qgis.core.net.http import Http

_SCHEMES = {
    QNetworkProxy.ProxyType.HttpProxy: "http",
    QNetworkProxy.ProxyType.HttpCachingProxy: "http",
    QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
}


class ProxyResolver:
    """What proxy QGIS would use for a URL.

    Callable from any thread; answers are kept per host until ``refresh``.

    QGIS's own factory lives in its network manager, one a thread; the answer of a worker thread's
    manager is the same.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Mapping[str, str]] = {}

    def refresh(self) -> None:
        """Forget the answers, after the network options changed."""
        with self._lock:
            self._known.clear()

    def __call__(self, url: str) -> Mapping[str, str]:
        target = QUrl(url)
        key = f"{target.scheme()}://{target.host()}:{target.port()}"
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = proxies_for(target)
            with self._lock:
                self._known[key] = known
        return known


def proxies_for(url: QUrl) -> Mapping[str, str]:
    """requests' proxy mapping for ``url`` by QGIS's settings; empty for a direct connection.

    Loopback is always direct.
    """
    if url.host() in ("127.0.0.1", "localhost", "::1"):
        return {}
    manager = QgsNetworkAccessManager.instance()
    factory = manager.proxyFactory()
    query = QNetworkProxyQuery(url)
    candidates = factory.queryProxy(query) if factory is not None else [manager.fallbackProxy()]
    if any(url.toString().startswith(prefix) for prefix in manager.excludeList() if prefix):
        return {}
    for proxy in candidates:
        if proxy.type() == QNetworkProxy.ProxyType.NoProxy:
            return {}
        if proxy.type() == QNetworkProxy.ProxyType.DefaultProxy:
            proxy = next(iter(QNetworkProxyFactory.proxyForQuery(query)), QNetworkProxy())
        scheme = _SCHEMES.get(proxy.type())
        if scheme and proxy.hostName():
            user = (
                f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@"
                if proxy.user()
                else ""
            )
            address = f"{scheme}://{user}{proxy.hostName()}:{proxy.port() or 8080}"
            return {"http": address, "https": address}
    return {}


def certificate_bundle() -> bool | str:
    """Path of a file with every authority QGIS trusts (system, user, QGIS); True where QGIS cannot
    tell.

    Authorities are public; the file holds no secret.
    """
    manager = QgsApplication.authManager()
    pem = (
        bytes(manager.trustedCaCertsPemText())
        if manager is not None and not manager.isDisabled()
        else b""
    )
    if b"BEGIN CERTIFICATE" not in pem:
        return True
    import certifi

    with tempfile.NamedTemporaryFile(prefix="dinamis-ca-", suffix=".pem", delete=False) as file:
        file.write(pem + b"\n" + Path(certifi.where()).read_bytes())
    return file.name


def make_http() -> Http:
    """The client of the whole plugin. Call on the GUI thread."""
    seconds = max(
        5.0, float(QgsSettings().value("qgis/networkAndProxy/networkTimeout", 60000, int)) / 1000
    )
    return Http(
        user_agent=about.user_agent(Qgis.QGIS_VERSION.split("-")[0]),
        proxies=ProxyResolver(),
        verify=certificate_bundle(),
        timeout=(min(10.0, seconds), min(60.0, seconds)),
    )


def discard(http: Http) -> None:
    """Close the client and remove its certificate file."""
    http.close()
    if isinstance(http.verify, str):
        Path(http.verify).unlink(missing_ok=True)
