"""``core``'s HTTP over QGIS's network settings: proxy (per URL, system proxy included),
certificates, user agent, time-out.

The settings are read anew when they change: a worker's own network manager would keep those it
was made with.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QThread, QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from dinamis_qgis import about
from dinamis_qgis.bridge.workers import on_gui
from dinamis_qgis.core.net.http import Http

_SCHEMES = {
    QNetworkProxy.ProxyType.HttpProxy: "http",
    QNetworkProxy.ProxyType.HttpCachingProxy: "http",
    QNetworkProxy.ProxyType.Socks5Proxy: "socks5h",
}
_TYPES = {
    "HttpProxy": QNetworkProxy.ProxyType.HttpProxy,
    "HttpCachingProxy": QNetworkProxy.ProxyType.HttpCachingProxy,
    "Socks5Proxy": QNetworkProxy.ProxyType.Socks5Proxy,
}
_LOOK_S = 1.0
"""How often QGIS's settings are looked at."""
_ANSWERS = 256
_PATIENCE_S = 2.0
"""How long a worker waits for the window when certificates are read anew."""


@dataclass(frozen=True)
class ProxySettings:
    """QGIS's proxy settings, as ``QgsNetworkAccessManager`` reads them."""

    enabled: bool = False
    kind: str = ""
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    config: str = ""
    """An authentication configuration that has user and password."""
    direct: tuple[str, ...] = ()
    """Beginnings of addresses that no proxy is used for."""


def read_settings() -> ProxySettings:
    """The settings now. Any thread."""
    store = QgsSettings()

    def text(name: str) -> str:
        return str(store.value(f"proxy/{name}", "") or "")

    def texts(name: str) -> tuple[str, ...]:
        value = store.value(f"proxy/{name}", [])
        values = [value] if isinstance(value, str) else list(value or ())
        return tuple(str(v) for v in values if str(v).strip())

    port = text("proxyPort")
    return ProxySettings(
        enabled=bool(store.value("proxy/proxyEnabled", False, bool)),
        kind=text("proxyType"),
        host=text("proxyHost"),
        port=int(port) if port.isdigit() else 0,
        user=text("proxyUser"),
        password=text("proxyPassword"),
        config=text("authcfg"),
        direct=(*texts("noProxyUrls"), *texts("proxyExcludedUrls")),
    )


def proxies_for(url: QUrl, settings: ProxySettings | None = None) -> Mapping[str, str]:
    """requests' proxy mapping for ``url`` by QGIS's settings; empty for a direct connection.

    Loopback is always direct. QGIS leaves addresses out by how they begin. Any thread.
    """
    settings = _with_credentials(read_settings()) if settings is None else settings
    if url.host() in ("127.0.0.1", "localhost", "::1"):
        return {}
    if settings.enabled and url.toString().startswith(settings.direct):
        return {}
    kind = _TYPES.get(settings.kind) if settings.enabled else None
    if kind is not None:
        proxy = QNetworkProxy(kind, settings.host, settings.port, settings.user, settings.password)
    elif settings.enabled and settings.kind == "DefaultProxy":
        proxy = next(
            iter(QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(url))),
            QNetworkProxy(),
        )
    else:
        query = QNetworkProxyQuery(url)
        proxy = next(iter(QNetworkProxyFactory.proxyForQuery(query)), QNetworkProxy())
    return _proxy_mapping(proxy)


def _proxy_mapping(proxy: QNetworkProxy) -> Mapping[str, str]:
    scheme = _SCHEMES.get(proxy.type())
    if not scheme or not proxy.hostName():
        return {}
    user = (
        f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@"
        if proxy.user()
        else ""
    )
    address = f"{scheme}://{user}{proxy.hostName()}:{proxy.port() or 8080}"
    return {"http": address, "https": address}


def _with_credentials(settings: ProxySettings) -> ProxySettings:
    """With the user and the password of the authentication configuration, where one is named."""
    from dataclasses import replace

    manager = QgsApplication.authManager()
    if not settings.enabled or not settings.config or manager is None or manager.isDisabled():
        return settings
    found: Any = manager.updateNetworkProxy(QNetworkProxy(), settings.config)
    known, proxy = found if isinstance(found, tuple) else (False, QNetworkProxy())
    return replace(settings, user=proxy.user(), password=proxy.password()) if known else settings


class ProxyResolver:
    """What proxy QGIS would use for a URL; callable from any thread.

    The settings are looked at every second, and at once by ``refresh``. ``version`` counts the
    changes.
    """

    def __init__(self) -> None:
        self.version = 0
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, Mapping[str, str]] = OrderedDict()
        self._raw = read_settings()
        self._settings = _with_credentials(self._raw)
        self._looked = time.monotonic()

    def refresh(self) -> int:
        """Read the settings now, the authentication configuration too; the version."""
        raw = read_settings()
        settings = _with_credentials(raw)
        with self._lock:
            self._looked = time.monotonic()
            self._answers.clear()
            if (raw, settings) != (self._raw, self._settings):
                self._raw, self._settings = raw, settings
                self.version += 1
            return self.version

    def __call__(self, url: str) -> Mapping[str, str]:
        if time.monotonic() - self._looked > _LOOK_S:
            self._looked = time.monotonic()
            if read_settings() != self._raw:
                self.refresh()
        key = url.partition("?")[0]
        with self._lock:
            known, settings = self._answers.get(key), self._settings
        if known is None:
            known = proxies_for(QUrl(url), settings)
            with self._lock:
                self._answers[key] = known
                while len(self._answers) > _ANSWERS:
                    self._answers.popitem(last=False)
        return known


class Certificates:
    """A file with every authority QGIS trusts; written anew when they change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pem: bytes | None = None
        self._files: list[str] = []
        self.verify: bool | str = True
        self.version = 0
        self._read()

    def refresh(self) -> int:
        """Read them now, on the window's thread; the version.

        A worker waits a little for the window, which may be waiting for the worker.
        """
        application = QCoreApplication.instance()
        if application is None or QThread.currentThread() == application.thread():
            self._read()
        else:
            done = threading.Event()

            def read() -> None:
                try:
                    self._read()
                finally:
                    done.set()

            on_gui(read)
            done.wait(_PATIENCE_S)
        return self.version

    def _read(self) -> None:
        pem = _trusted_authorities()
        with self._lock:
            if pem == self._pem:
                return
            self._pem = pem
            self.verify = self._written(pem) if pem else True
            self.version += 1

    def _written(self, pem: bytes) -> str:
        import certifi

        with tempfile.NamedTemporaryFile(prefix="dinamis-ca-", suffix=".pem", delete=False) as file:
            file.write(pem + b"\n" + Path(certifi.where()).read_bytes())
        self._files.append(file.name)
        return file.name

    def discard(self) -> None:
        """Remove the files."""
        with self._lock:
            for name in self._files:
                with contextlib.suppress(
                    OSError
                ):  # open elsewhere (Windows): the system's to clean
                    Path(name).unlink()
            self._files.clear()


def _trusted_authorities() -> bytes:
    """The authorities as QGIS knows them, as PEM; empty where it cannot tell. They are public."""
    manager = QgsApplication.authManager()
    pem = (
        bytes(manager.trustedCaCertsPemText())
        if manager is not None and not manager.isDisabled()
        else b""
    )
    return pem if b"BEGIN CERTIFICATE" in pem else b""


class NetworkSettings:
    """QGIS's network settings under a client: what the client's ``refresh`` reads anew."""

    def __init__(self) -> None:
        self.proxies = ProxyResolver()
        self.certificates = Certificates()
        self.http: Http | None = None

    def refresh(self) -> int:
        """Read everything now; a number that grows when something has changed. Any thread."""
        version = self.proxies.refresh() + self.certificates.refresh()
        if self.http is not None:
            self.http.verify = self.certificates.verify
        return version


_settings: dict[int, NetworkSettings] = {}


def make_http() -> Http:
    """The client of the whole plugin. Call on the GUI thread."""
    seconds = max(
        5.0, float(QgsSettings().value("qgis/networkAndProxy/networkTimeout", 60000, int)) / 1000
    )
    settings = NetworkSettings()
    http = settings.http = Http(
        user_agent=about.user_agent(Qgis.QGIS_VERSION.split("-")[0]),
        proxies=settings.proxies,
        verify=settings.certificates.verify,
        timeout=(min(10.0, seconds), min(60.0, seconds)),
        refresh=settings.refresh,
        settings_version=settings.refresh(),
    )
    _settings[id(http)] = settings
    return http


def discard_client(http: Http) -> None:
    """Close the client and remove its certificate files."""
    http.close()
    settings = _settings.pop(id(http), None)
    if settings is not None:
        settings.certificates.discard()
