"""Thumbnails of what is on screen: fetched off the GUI thread, kept on disk, missing ones left
blank without a word.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QImageReader

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.workers import on_gui
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput
from dinamis_qgis.core.net.http import Cancel, read_chunks
from dinamis_qgis.core.net.statuses import error_from
from dinamis_qgis.core.net.urls import find_address, leads_inside
from dinamis_qgis.core.text import tr

WORKERS = 4
WAITING = 48
"""Pictures waiting at most: those asked for first have been scrolled past."""
IN_MEMORY = 400
ON_DISK_BYTES = 64 * 1024 * 1024
MAX_BYTES = 4 * 1024 * 1024
MAX_SIDE = 6000
MOST_PIXELS = 4_000_000
"""Of a picture that is read whole before it is made small, eight bytes each: all but JPEG."""
_KINDS = (
    (b"jpeg", re.compile(rb"\xff\xd8\xff")),
    (b"png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    (b"webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)
SIDE = 160
"""Longest side kept, in pixels: enough for a card on a screen at 200 %."""


class Thumbnails(QObject):
    """``get(href)`` gives the picture or None and sees to it; ``arrived`` says when it is worth
    asking again.
    """

    arrived = pyqtSignal(str)

    def __init__(self, context: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = Path(context.paths.cache) / "thumbnails"
        self._images: OrderedDict[str, QImage | None] = OrderedDict()
        self._stack: deque[str] = deque(maxlen=WAITING)
        self._busy: dict[str, Cancel] = {}
        self._ready = threading.Condition()
        self._cancel = Cancel()
        self._threads: list[threading.Thread] = []

    def get(self, href: str) -> QImage | None:
        """The picture when it is in memory; else None, and it is fetched (the latest asked for
        first).
        """
        if not href or self._cancel.is_set():
            return None
        with self._ready:
            if href in self._images:
                self._images.move_to_end(href)
                return self._images[href]
            if href in self._busy:
                return None
            if href in self._stack:
                self._stack.remove(href)
            self._stack.append(href)
            self._ready.notify()
        self._start()
        return None

    def clear_waiting(self) -> None:
        """Nobody looks at what was asked for any more."""
        self.keep(frozenset())

    def keep(self, hrefs: Container[str]) -> None:
        """Only these are looked at now: what else was asked for is not fetched, what is being
        fetched is cut.
        """
        with self._ready:
            self._stack = deque((h for h in self._stack if h in hrefs), maxlen=WAITING)
            for href, cancel in self._busy.items():
                if href not in hrefs:
                    cancel.set()

    def retry_failed(self) -> None:
        """Forget what failed: another person signed in, or a new search shows that the network may
        be back.
        """
        with self._ready:
            for href in [h for h, image in self._images.items() if image is None]:
                del self._images[href]

    def stop(self) -> None:
        """End the workers; nothing is fetched any more."""
        self._cancel.set()
        with self._ready:
            self._stack.clear()
            for cancel in self._busy.values():
                cancel.set()
            self._ready.notify_all()

    def _start(self) -> None:
        """Workers are made at the first picture.

        Takes what they need of the context on the GUI thread.
        """
        if self._threads:
            return
        http = self._context.http
        for number in range(WORKERS):
            thread = threading.Thread(
                target=self._serve,
                args=(http, number == 0),
                name=f"dinamis-thumbnail-{number}",
                daemon=True,
            )
            self._threads.append(thread)
            thread.start()

    def _serve(self, http: Any, tidy: bool) -> None:
        if tidy:
            self._tidy()
        try:
            while not self._cancel.is_set():
                with self._ready:
                    while not self._stack and not self._cancel.is_set():
                        self._ready.wait()
                    if self._cancel.is_set():
                        return
                    href = self._stack.pop()
                    cancel = self._busy[href] = Cancel()
                try:
                    image = self._picture(http, href, cancel)
                except Cancelled:  # scrolled past: asked for again when it is seen again
                    with self._ready:
                        self._busy.pop(href, None)
                    continue
                with self._ready:
                    self._busy.pop(href, None)
                    self._images[href] = image
                    while len(self._images) > IN_MEMORY:
                        self._images.popitem(last=False)
                if not self._cancel.is_set():
                    on_gui(self.arrived.emit, href, owner=self)
        finally:
            http.release()

    def _picture(self, http: Any, href: str, cancel: Cancel) -> QImage | None:
        path = self._folder / hashlib.sha256(href.encode()).hexdigest()[:40]
        with contextlib.suppress(OSError):  # not there yet
            kept = decode_picture(path.read_bytes())
            if kept is not None:
                os.utime(path)
                return kept
        try:
            image = decode_picture(fetch_picture(self._context, http, href, cancel))
        except Cancelled:
            raise
        except (DinamisError, OSError) as error:
            messages.log(f"thumbnail: {getattr(error, 'code', type(error).__name__)}")
            return None
        if image is not None:
            self._keep(path, image)
        return image

    def _keep(self, path: Path, image: QImage) -> None:
        """On disk, whole or not at all; a full disk only means that it is fetched again."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG" if image.hasAlphaChannel() else "JPG", 88)
        part = path.with_name(f"{path.name}.{threading.get_ident()}.part")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(bytes(data))
            os.replace(part, path)

    def _tidy(self) -> None:
        """Keep the folder below its bound, the least recently used first to go."""
        with contextlib.suppress(OSError):
            files = sorted(
                ((p.stat().st_mtime, p.stat().st_size, p) for p in self._folder.iterdir()),
                reverse=True,
            )
            total = 0
            for _, size, path in files:
                total += size
                if total > ON_DISK_BYTES or path.suffix == ".part":
                    path.unlink(missing_ok=True)


def fetch_picture(context: Any, http: Any, href: str, cancel: Cancel) -> bytes:
    """A picture's bytes, through a signature where the storage wants one.

    Any thread; ``http`` taken on the GUI thread.
    """
    profile, signer = context.profile, context.signer
    url = href
    if profile is not None and signer is not None and profile.storage.holds(href):
        url = signer.signed(href, cancel)

    def may_ask(target: str) -> bool:
        known = profile is None or profile.may_ask(target)
        proxied = bool(http.proxies and http.proxies(target))
        return known and (proxied or _is_named(profile, target) or not leads_inside(target))

    if not may_ask(url):
        raise InvalidInput(tr("This address cannot be used."), code="address")
    answer = http.once("GET", url, cancel=cancel, follow=may_ask)
    if answer.status_code >= 400:
        raise error_from(answer)
    return b"".join(read_chunks(answer, cancel, 65536, MAX_BYTES))


def _is_named(profile: Any, url: str) -> bool:
    found = find_address(url)
    return profile is not None and found is not None and found.netloc in profile.hosts()


def make_fetcher(context: Any) -> Callable[[str, Cancel], bytes]:
    """``fetch_picture`` for a worker. Called on the GUI thread."""
    http = context.http
    return lambda href, cancel: fetch_picture(context, http, href, cancel)


def decode_picture(data: bytes, side: int = SIDE) -> QImage | None:
    """A picture of at most ``side`` pixels out of a file's bytes, JPEG, PNG or WebP; None when it
    is none, or absurdly large.
    """
    kind = next((name for name, begins in _KINDS if begins.match(data)), b"")
    if not kind:
        return None
    array = QByteArray(data)
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > MAX_SIDE:
        return None
    if kind != b"jpeg" and size.width() * size.height() > MOST_PIXELS:
        return None
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
