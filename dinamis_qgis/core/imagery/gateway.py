"""The one way remote imagery reaches GDAL: a small HTTP server on loopback that signs, caches and
parallelises.

GDAL sees ``http://127.0.0.1:PORT/<token>/<generation>/<scheme>/<host>/<path>``. Only files that
were registered with ``url_for`` exist; whatever else is asked for, GDAL's sidecar files first of
all, is 404 without touching the network.

The token is the file's own, made of a secret that is written nowhere: who reads the address of a
layer in a log, a template or a list of processes learns nothing of the others, and is answered only
as the same user of this machine.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Callable
from urllib.parse import quote, unquote

from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.imagery.breaker import Breaker
from dinamis_qgis.core.imagery.cache import BlockCache
from dinamis_qgis.core.imagery.layer_source import gateway_path, href_in, parse_source
from dinamis_qgis.core.imagery.pool import AHEAD, Pool
from dinamis_qgis.core.imagery.remote import RemoteFile, Services
from dinamis_qgis.core.imagery.serve import GatewayServer
from dinamis_qgis.core.imagery.signing import Signer, foreign_address
from dinamis_qgis.core.imagery.upstream import Metrics, ObjectChanged, Upstream
from dinamis_qgis.core.net.http import CONNECTIONS, Cancel, Http
from dinamis_qgis.core.profile.model import Profile

Listener = Callable[[str, DinamisError], None]


class Gateway:
    """``cache_bytes`` bounds the disk cache in ``folder``; ``connections`` is how many requests go
    upstream side by side.
    """

    def __init__(
        self,
        http: Http,
        signer: Signer,
        folder: Path,
        cache_bytes: int = 2 << 30,
        connections: int = CONNECTIONS,
    ) -> None:
        self.listeners: list[Listener] = []
        """Called with (href, error) from any thread when a read fails, and when a file was replaced
        (Changed).
        """
        self.breaker = Breaker()
        self.cache = BlockCache(folder, cache_bytes)
        self.cache.signed_in = signer.is_signed_in
        self._cancel = Cancel()
        self._upstream = Upstream(http, signer, self.breaker)
        self._pool = Pool(connections, self._upstream.release)
        self._services = Services(self._upstream, self.cache, self._pool, self._cancel)
        self._files: dict[str, RemoteFile] = {}
        """By path below the secret."""
        self._latest: dict[str, str] = {}
        """href → path of its latest generation."""
        self._lock = threading.Lock()
        self._secret = secrets.token_bytes(32)
        self._server: GatewayServer | None = None

    @property
    def metrics(self) -> Metrics:
        """What went over the network."""
        return self._upstream.metrics

    @property
    def served(self) -> int:
        """Bytes that were read through here."""
        return sum(file.served for file in list(self._files.values()))

    @property
    def profile(self) -> Profile:
        """The service it reads from."""
        return self._upstream.signer.profile

    @property
    def root(self) -> str:
        """Address of the gateway, ending in ``/``; empty while it is stopped."""
        server = self._server
        return f"http://127.0.0.1:{server.server_port}/" if server else ""

    def _token(self, path: str) -> str:
        made = hmac.digest(self._secret, path.encode("utf-8", "surrogatepass"), "sha256")
        return base64.urlsafe_b64encode(made[:24]).decode()

    def hide(self, text: str) -> str:
        """``text`` without the tokens of this gateway, wherever they stand."""
        root = self.root
        if not root or "127.0.0.1" not in text:
            return text
        port = root.rstrip("/").rpartition(":")[2]
        return re.sub(rf"(127\.0\.0\.1(?::|%3A){port}(?:/|%2F))[\w-]{{32}}", r"\1closed", text)

    def start(self) -> None:
        """Listen; nothing when it already does."""
        with self._lock:
            if self._server is None and not self._cancel.is_set():
                self._server = GatewayServer(self._find)
                threading.Thread(
                    target=self._server.serve_forever,
                    kwargs={"poll_interval": 0.05},
                    name="dinamis gateway",
                    daemon=True,
                ).start()

    def stop(self) -> None:
        """Stop for good: every read ends with an error, every connection is closed."""
        self._cancel.set()
        self._pool.stop()
        with self._lock:
            server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.cut()
            server.server_close()

    def holds(self, href: str) -> bool:
        """Whether ``href`` may be read through here."""
        return self._upstream.signer.holds(href)

    def url_for(self, href: str) -> str:
        """The loopback URL of an unsigned href; the gateway starts when needed.

        Raises InvalidInput for a foreign address.
        """
        if not self.holds(href):
            raise foreign_address()
        self.start()
        with self._lock:
            path = self._latest.get(href)
            known = self._files.get(path) if path else None
            if path is None or known is None or known.changed:
                path = gateway_path(href, len(self._files))
                self._files[path] = RemoteFile(
                    href, self._services, lambda error: self._tell(href, error)
                )
                self._latest[href] = path
        return f"{self.root}{self._token(path)}/{path}"

    def href_for(self, url: str) -> str | None:
        """The unsigned href of a loopback URL of this gateway, or None."""
        file = self._at(url)
        return file.href if file else None

    def is_live(self, url: str) -> bool:
        """Whether a loopback URL can still be read: not of another session, not of a file that was
        replaced.
        """
        file = self._at(url)
        return file is not None and not file.changed

    def lives(self, source: str) -> bool:
        """Whether every remote file of a data source, be it of several, can still be read."""
        return all(map(self.is_live, parse_source(source).addresses))

    def file(self, href: str) -> RemoteFile:
        """The registered file of ``href``. Raises as ``url_for``."""
        self.url_for(href)
        return self._files[self._latest[href]]

    def forget(self, href: str) -> None:
        """What was read of ``href`` is no image: the storage is asked anew the next time."""
        with self._lock:
            self._latest.pop(href, None)
        self.cache.drop(href)

    def ready(self, href: str) -> bool:
        """True when ``href`` opens without any network: nothing is asked, nothing waited for."""
        return self.holds(href) and self.file(href).ready()

    def prepare(self, href: str, wait: bool = True) -> None:
        """Read the beginning of ``href`` ahead of its opening; with ``wait``, raises as
        ``Upstream.fetch``.
        """
        file = self.file(href)
        if wait:
            file.head()
            return

        def ahead() -> None:
            try:
                file.head()
            except DinamisError:  # told to the listeners; opening will say it again
                return

        self._pool.submit(ahead, AHEAD)

    def prepare_all(self, hrefs: Iterable[str]) -> None:
        """Read the beginnings of several files side by side, without waiting; those of other
        storages are left alone.
        """
        for href in hrefs:
            if self.holds(href):
                self.prepare(href, wait=False)

    def through(self, plain: str) -> str:
        """A plain data source, be it of several files, with each file of this storage read through
        here.
        """
        source = parse_source(plain)
        hrefs = {address: href_in(address, self.profile) for address in source.addresses}
        here = {address: self.url_for(href) for address, href in hrefs.items() if href}
        return source.read_at(here).text

    def retry(self) -> None:
        """The person asked to try again, or something changed (account, network): forget past
        failures.
        """
        self._upstream.forgive()
        for file in list(self._files.values()):
            file.forgive()

    def _at(self, url: str) -> RemoteFile | None:
        root = self.root
        return self._find(url[len(root) :]) if root and url.startswith(root) else None

    def _find(self, path: str) -> RemoteFile | None:
        """The file at a path with its token, both as they were given."""
        token, _, path = path.partition("/")
        if path not in self._files:
            path = quote(unquote(path), safe="/")
        file = self._files.get(path)
        return (
            file
            if file and hmac.compare_digest(token.encode(), self._token(path).encode())
            else None
        )

    def _tell(self, href: str, error: DinamisError) -> None:
        if isinstance(error, Cancelled) and not isinstance(error, ObjectChanged):
            return
        for listener in list(self.listeners):
            listener(href, error)
