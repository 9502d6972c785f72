"""Blocks of remote files on disk: bounded, shared by several QGIS, safe against crashes.

One folder per href, one file per block (``<version>-<index>.blk``: the bytes, then their CRC-32),
written aside and moved into place; a broken block reads as missing. The oldest used go first. Every
operation may fail without harm: the cache only saves time.

Blocks belong to the account they were read with, and only the system's user can read them. What the
storage gives no means to recognise again is of one session.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import secrets
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dinamis_qgis.core.imagery.upstream import Version

BLOCK = 128 * 1024
MEMORY_BLOCKS = 128
"""Blocks also kept in memory (16 MB)."""
TOUCH_S = 60.0
STALE_PART_S = 600.0
KEEP_SHARE = 0.85
"""What a trim leaves, of the bound."""


@dataclass(frozen=True)
class Meta:
    """What is known of an href without asking: its version, and the blocks that opening it
    reads.
    """

    version: Version
    opening: tuple[int, ...] = ()


class BlockCache:
    """``limit`` is in bytes; 0 keeps nothing on disk.

    Any number of threads and processes may share ``folder``.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self._root = f"{folder}{os.sep}"
        self.limit = limit
        self._memory: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self.owner = ""
        """Whose blocks are read and written: a mark of the account; empty for nobody's."""
        self.signed_in: Callable[[], bool] = lambda: True
        """Whether somebody is: what was read before is not shown once nobody is any more."""
        self._session = secrets.token_hex(4)
        self._lock = threading.Lock()
        self._trimming = threading.Lock()
        self._private = False
        self._unchecked = 0
        """Bytes written since the last trim."""
        self._room = -1
        """Bytes that may still be written before the next trim."""

    # blocks
    def get(self, href: str, version: Version, index: int, keep: bool = True) -> bytes | None:
        """The bytes of a block, or None.

        ``keep``: it will be wanted again soon, so it stays in memory too.
        """
        key = self._key(href, version, index)
        with self._lock:
            data = self._memory.get(key)
            if data is not None:
                self._memory.move_to_end(key)
                return data
        data = self._load(self._path(*key), min(BLOCK, version.length - index * BLOCK))
        if data is not None and keep:
            self._remember(key, data)
        return data

    def has(self, href: str, version: Version, index: int) -> bool:
        """Whether ``get`` would probably find it."""
        key = self._key(href, version, index)
        with self._lock:
            if key in self._memory:
                return True
        return os.path.isfile(self._path(*key))

    def put(self, href: str, version: Version, index: int, data: bytes) -> None:
        """Keep a block."""
        key = self._key(href, version, index)
        self._remember(key, data)
        if self.limit <= 0:
            return
        with self._lock:
            self._unchecked += len(data) + 4
            crowded = self._unchecked > self._room
        if crowded:
            self.trim(len(data) + 4)
        self._write(Path(self._path(*key)), data + zlib.crc32(data).to_bytes(4, "big"))

    def _key(self, href: str, version: Version, index: int) -> tuple[str, str, int]:
        tag = version.tag if version.checkable else f"{version.tag}{self._session}"
        return folder_name(href, self._whose()), tag, index

    def _whose(self) -> str:
        return self.owner if self.signed_in() else f"{self.owner}\nsigned out"

    # what is known of an href
    def meta(self, href: str) -> Meta | None:
        """What an earlier session learnt, or None."""
        try:
            data = json.loads(
                (self.folder / folder_name(href, self._whose()) / "meta.json").read_text(
                    encoding="utf-8"
                )
            )
            version = Version(int(data["length"]), str(data["etag"]), str(data["modified"]))
            return Meta(version, tuple(int(i) for i in data["opening"]))
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return None

    def keep_meta(self, href: str, meta: Meta) -> None:
        """Remember for later sessions. A version that cannot be recognised again is not kept."""
        if self.limit <= 0 or not meta.version.checkable:
            return
        version = meta.version
        data = {
            "length": version.length,
            "etag": version.etag,
            "modified": version.modified,
            "opening": list(meta.opening),
        }
        self._write(
            self.folder / folder_name(href, self._whose()) / "meta.json", json.dumps(data).encode()
        )

    def drop(self, href: str) -> None:
        """Forget an href altogether."""
        name = folder_name(href, self._whose())
        with self._lock:
            for key in [k for k in self._memory if k[0] == name]:
                del self._memory[key]
        folder = self.folder / name
        for path in _list_folder(folder):
            _remove_file(path)
        _remove_folder(folder)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._memory.clear()
        for folder in _list_folder(self.folder):
            for path in _list_folder(folder):
                _remove_file(path)
            _remove_folder(folder)

    # the bound
    def size(self) -> int:
        """Bytes on disk."""
        return sum(size for _, size, _ in self._files())

    def trim(self, coming: int = 0) -> None:
        """Remove the least recently used blocks until the bound holds; one thread at a time, the
        others go on.
        """
        if not self._trimming.acquire(blocking=False):
            return
        try:
            files = sorted(self._files())
            total = sum(size for _, size, _ in files) + coming
            if total > self.limit:
                for _, size, path in files:
                    if total <= self.limit * KEEP_SHARE:
                        break
                    _remove_file(path)
                    total -= size
                    if path.parent != self.folder:
                        _remove_folder(path.parent)
            with self._lock:
                self._unchecked = 0
                # Other processes write too: look again long before the room that is left has been
                # used.
                self._room = max(0, min(self.limit // 16, self.limit - total))
        finally:
            self._trimming.release()

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """(last use, size, path) of every block; leftovers of crashed writers are removed on the
        way.
        """
        now = time.time()
        for folder in _list_folder(self.folder):
            for path in _list_folder(folder):
                try:
                    stat = path.stat()
                except OSError:
                    continue
                if path.suffix == ".part" and now - stat.st_mtime > STALE_PART_S:
                    _remove_file(path)
                elif path.suffix != ".json":
                    yield stat.st_mtime, stat.st_size, path

    def _path(self, name: str, tag: str, index: int) -> str:
        # text: a path object costs as much as reading the block
        return f"{self._root}{name}{os.sep}{tag}-{index}.blk"

    def _remember(self, key: tuple[str, str, int], data: bytes) -> None:
        with self._lock:
            self._memory[key] = data
            self._memory.move_to_end(key)
            while len(self._memory) > MEMORY_BLOCKS:
                self._memory.popitem(last=False)

    def _load(self, path: str, size: int) -> bytes | None:
        try:
            with open(path, "rb", buffering=0) as file:
                used = os.fstat(file.fileno()).st_mtime
                body, check = file.read(size), file.read(5)
        except OSError:
            return None
        if len(body) != size or zlib.crc32(body).to_bytes(4, "big") != check:
            _remove_file(Path(path))
            return None
        if abs(time.time() - used) > TOUCH_S:
            try:
                os.utime(path)
            except OSError:  # somebody else's file, or just removed: its age stays as it is
                return body
        return body

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
        try:
            self._make(path.parent)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
                file.write(data)
            os.replace(part, path)
        except OSError:
            # full disk, read-only, removed by another process: the block is fetched again some day
            _remove_file(part)

    def _make(self, folder: Path) -> None:
        """Make a folder, and have only the system's user look into the cache. Raises OSError."""
        if folder.is_dir() and self._private:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._private:
            os.chmod(self.folder, 0o700)  # a cache of an earlier version too
            self._private = True
        folder.mkdir(mode=0o700, exist_ok=True)


@functools.lru_cache(maxsize=512)
def folder_name(href: str, owner: str = "") -> str:
    """The cache folder of an href, as an account has read it.

    The port of a loopback service changes from day to day and does not count.
    """
    parts = urlsplit(href)
    host = "loopback" if parts.hostname in ("127.0.0.1", "localhost") else parts.netloc.lower()
    text = f"{host}{parts.path}" + (f"\n{owner}" if owner else "")
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _list_folder(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _remove_file(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # in use by another QGIS (Windows), or gone already
        return


def _remove_folder(folder: Path) -> None:
    """Remove ``folder`` unless blocks are left in it."""
    left = _list_folder(folder)
    if all(path.name == "meta.json" for path in left):
        for path in left:
            _remove_file(path)
        try:
            folder.rmdir()
        except OSError:  # another process just wrote into it
            return
