"""What the training service holds: its items and files, kept across restarts, safe between
threads.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Callable

PUBLIC = ""
"""Licence of what anybody may read unsigned (thumbnails)."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS items (collection TEXT, id TEXT, origin TEXT, body TEXT NOT NULL,
PRIMARY KEY (collection, id));
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, account TEXT NOT NULL,
made REAL NOT NULL, body TEXT NOT NULL);
"""


class WorldStore:
    """One SQLite file, one connection, one lock; every write is on the disk before the call
    returns.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._base = sqlite3.connect(str(path), check_same_thread=False, timeout=30)
        with ExitStack() as failed:
            failed.callback(self._base.close)
            with self._lock, self._base:
                self._base.execute("PRAGMA synchronous=FULL")
                self._base.executescript(_SCHEMA)
            failed.pop_all()

    def close(self) -> None:
        with self._lock:
            self._base.close()

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Runs ``statement`` for each row, all or none."""
        with self._lock, self._base:
            self._base.executemany(statement, list(rows))

    def read(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._base.execute(statement, values).fetchall()

    def note(self, name: str) -> Any:
        """A kept value, None when there is none."""
        rows = self.read("SELECT value FROM notes WHERE name = ?", (name,))
        return json.loads(rows[0][0]) if rows else None

    def keep(self, name: str, value: Any) -> None:
        """Keeps a JSON value under a name."""
        self.write("INSERT OR REPLACE INTO notes VALUES (?, ?)", [(name, json.dumps(value))])


class Clock:
    """Simulated days: they run ``days_per_second`` faster than the wall's seconds and go on where
    they stopped.
    """

    def __init__(self, store: WorldStore, days_per_second: float = 0.5) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._base = float(store.note("clock") or 0.0)
        self._since = time.monotonic()
        self._pace = days_per_second

    @property
    def days_per_second(self) -> float:
        return self._pace

    @days_per_second.setter
    def days_per_second(self, pace: float) -> None:
        with self._lock:
            now = time.monotonic()
            self._base += (now - self._since) * self._pace
            self._since, self._pace = now, float(pace)

    def days(self) -> float:
        """Days since the service's first start."""
        with self._lock:
            return self._base + (time.monotonic() - self._since) * self._pace

    def keep(self) -> None:
        """Writes the time down, so that a restart does not go back."""
        self._store.keep("clock", self.days())


class World:
    """The items, the files behind them, and the clock of requests. Made by ``prepare``."""

    def __init__(self, data_dir: Path, small: bool = False, days_per_second: float = 0.5) -> None:
        self.data_dir = data_dir
        self.small = small
        self.storage = data_dir / "storage"
        self.store = WorldStore(data_dir / "world.sqlite")
        self.clock = Clock(self.store, days_per_second)
        self._lock = threading.RLock()
        self._items: dict[tuple[str, str], dict[str, Any]] = {}
        self._objects: dict[tuple[str, str], str] = {}
        self._closers: list[Callable[[], None]] = []
        self.reload()

    def _index(self, item: dict[str, Any]) -> None:
        with self._lock:
            self._items[item["collection"], item["id"]] = item
            for name, asset in item["assets"].items():
                _, bucket, key = asset["href"].split("/", 2)
                self._objects[bucket, key] = (
                    PUBLIC if name == "thumbnail" else item["properties"]["license"]
                )

    def add(self, items: Iterable[dict[str, Any]], origin: str) -> None:
        """Publishes items whose files are in place; on the disk when it returns."""
        chosen = list(items)
        self.store.write(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)",
            [(i["collection"], i["id"], origin, json.dumps(i, ensure_ascii=False)) for i in chosen],
        )
        for item in chosen:
            self._index(item)

    def reload(self) -> None:
        """Reads the items from the disk."""
        with self._lock:
            self._items.clear()
            self._objects.clear()
            for (body,) in self.store.read("SELECT body FROM items"):
                self._index(json.loads(body))

    def items(self) -> list[dict[str, Any]]:
        """All items, latest first; hrefs of assets are relative to the service's root.

        Not to be modified.
        """
        with self._lock:
            return sorted(
                self._items.values(),
                key=lambda i: (i["properties"]["datetime"], i["id"]),
                reverse=True,
            )

    def item(self, collection: str, item_id: str) -> dict[str, Any] | None:
        """One item, None when there is none."""
        with self._lock:
            return self._items.get((collection, item_id))

    def file_for(self, bucket: str, key: str) -> Path | None:
        """The file of a published object, None for anything else (whatever the key looks like)."""
        with self._lock:
            known = (bucket, key) in self._objects
        path = self.storage / bucket / key
        return path if known and path.is_file() else None

    def licence_for(self, bucket: str, key: str) -> str:
        """Licence id of the product that owns an object; ``PUBLIC`` (empty) for thumbnails.

        Raises KeyError for no object.
        """
        with self._lock:
            return self._objects[bucket, key]

    def truth(self) -> dict[str, Any]:
        """What is known by construction (see ``truth.json``)."""
        found: dict[str, Any] = json.loads(
            (self.data_dir / "truth.json").read_text(encoding="utf-8")
        )
        return found

    def on_close(self, closer: Callable[[], None]) -> None:
        """Has ``closer`` called by ``close``."""
        self._closers.append(closer)

    def close(self) -> None:
        """Stops what runs behind, writes the clock down and lets the files go."""
        for closer in self._closers:
            closer()
        self.clock.keep()
        self.store.close()
