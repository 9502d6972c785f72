"""What a relay tells its partners: an Atom feed (RFC 4287), read, kept for reading offline, and
written for the relay to put on its site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from html import escape, unescape
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, ServiceError, StorageError
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.json_values import (
    mapping,
    read_address,
    read_datetime,
    read_sequence,
    read_string,
)
from dinamis_qgis.core.net.http import Cancel, Http, read_chunks
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.xml import Node, parse_xml

MOST_BYTES = 2_000_000
MOST_ENTRIES = 100
_LONG = 2000
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True)
class News:
    """One entry: plain text, and the page that says more."""

    id: str
    title: str
    text: str = ""
    updated: datetime | None = None
    link: str = ""


@dataclass(frozen=True)
class NewsKept:
    """A feed as it was last read, and which entries the person has seen."""

    entries: tuple[News, ...] = ()
    seen: frozenset[str] = frozenset()
    etag: str = ""
    asked: datetime | None = None

    @property
    def unread(self) -> int:
        """How many entries the person has not seen."""
        return sum(1 for entry in self.entries if entry.id not in self.seen)


@dataclass
class NewsStore:
    """Feeds kept in one file, by profile; a file that cannot be read is as if it were not there."""

    path: Path
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    def read(self, profile: str) -> NewsKept:
        """What is kept of a profile's feed."""
        try:
            whole = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            whole = {}
        self._kept = dict(mapping(whole))
        body = mapping(self._kept.get(profile))
        entries = [_entry_of(value) for value in read_sequence(body.get("entries"))[:MOST_ENTRIES]]
        return NewsKept(
            tuple(e for e in entries if e is not None),
            frozenset(x for x in read_sequence(body.get("seen")) if isinstance(x, str)),
            read_string(body.get("etag")),
            read_datetime(body.get("asked")),
        )

    def write(self, profile: str, kept: NewsKept) -> None:
        """Keep a feed. Raises StorageError."""
        self.read(profile)
        self._kept[profile] = {
            "entries": [_values_of(entry) for entry in kept.entries],
            "seen": sorted(kept.seen & {entry.id for entry in kept.entries}),
            "etag": kept.etag,
            "asked": kept.asked.isoformat() if kept.asked else None,
        }
        write_whole(self.path, json.dumps(self._kept, ensure_ascii=False))


def fetch_news(http: Http, url: str, kept: NewsKept, cancel: Cancel | None = None) -> NewsKept:
    """The feed as it is now; ``kept`` where it has not changed.

    Raises NetworkError, ServiceError, InvalidInput (no feed).
    """
    headers = {"accept": "application/atom+xml"}
    if kept.etag and kept.entries:
        headers["if-none-match"] = kept.etag
    answer = http.request("GET", url, headers=headers, cancel=cancel, expected=(304,), stream=True)
    asked = datetime.now(timezone.utc)
    if answer.status_code == 304:
        answer.close()
        return NewsKept(kept.entries, kept.seen, kept.etag, asked)
    etag = answer.headers.get("etag", "")[:200]
    data = b"".join(read_chunks(answer, cancel, 65536, MOST_BYTES))
    return NewsKept(parse_feed(data, url), kept.seen, etag, asked)


def parse_feed(data: bytes | str, base: str) -> tuple[News, ...]:
    """The entries of an Atom feed, the newest first. Raises InvalidInput, ServiceError."""
    try:
        root = parse_xml(data, tr("Relay news"))
    except InvalidInput as error:
        raise _no_feed(error.details) from error
    if root.name != "feed":
        raise _no_feed(root.name)
    entries = [_read_entry(node, base) for node in root.children if node.name == "entry"]
    found = [entry for entry in entries[:MOST_ENTRIES] if entry is not None]
    oldest = datetime.min.replace(tzinfo=timezone.utc)
    return tuple(sorted(found, key=lambda entry: entry.updated or oldest, reverse=True))


def _no_feed(details: str) -> ServiceError:
    return ServiceError(
        tr("The relay's news cannot be read."),
        tr("Tell your relay if it lasts."),
        code="garbage",
        details=details[:100],
    )


def _read_entry(node: Node, base: str) -> News | None:
    parts = {child.name: child for child in reversed(node.children)}
    title = _plain_words(parts.get("title"))
    identifier = _plain_words(parts.get("id")) or title
    if not title:
        return None
    links = [c for c in node.children if c.name == "link"]
    chosen = next((c for c in links if c.attributes.get("rel", "alternate") == "alternate"), None)
    return News(
        identifier,
        title[:300],
        (_plain_words(parts.get("summary")) or _plain_words(parts.get("content")))[:_LONG],
        read_datetime(_plain_words(parts.get("updated")))
        or read_datetime(_plain_words(parts.get("published"))),
        read_address(chosen.attributes.get("href"), base) if chosen is not None else "",
    )


def _plain_words(node: Node | None) -> str:
    """The plain text of an element and what is in it, without markup."""
    if node is None:
        return ""
    whole = " ".join([node.text, *(_plain_words(child) for child in node.children)])
    if node.attributes.get("type") == "html":
        whole = unescape(_TAG.sub(" ", whole))
    return " ".join(whole.split())


def write_feed(entries: Sequence[News], title: str, author: str, feed_id: str) -> str:
    """A feed file of these entries, the newest first."""
    now = datetime.now(timezone.utc)
    stamps = [entry.updated or now for entry in entries]
    body = "".join(_entry_xml(entry, stamp) for entry, stamp in zip(entries, stamps))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{escape(feed_id)}</id>\n<title>{escape(title)}</title>\n"
        f"<author><name>{escape(author)}</name></author>\n"
        f"<updated>{_format_stamp(max(stamps, default=now))}</updated>\n{body}</feed>\n"
    )


def _entry_xml(entry: News, updated: datetime) -> str:
    link = f'<link href="{escape(entry.link, quote=True)}"/>' if entry.link else ""
    return (
        f"<entry><id>{escape(entry.id)}</id><title>{escape(entry.title)}</title>"
        f"<updated>{_format_stamp(updated)}</updated>{link}<summary>{escape(entry.text)}</summary></entry>\n"
    )


def add_to_feed(path: Path, entry: News, title: str, author: str) -> int:
    """Put an entry at the top of the feed file, made when missing; how many it has then.

    Raises StorageError, ServiceError when the file is no feed.
    """
    before: Iterable[News] = ()
    if path.exists():
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StorageError(
                tr("“{path}” could not be read or written.").format(path=path), details=str(error)
            ) from error
        before = parse_feed(data, "")
    entries = [entry, *before][:MOST_ENTRIES]
    write_whole(path, write_feed(entries, title, author, f"urn:dinamis:news:{path.stem}"))
    return len(entries)


def _format_stamp(value: datetime) -> str:
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _values_of(entry: News) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "text": entry.text,
        "updated": entry.updated.isoformat() if entry.updated else None,
        "link": entry.link,
    }


def _entry_of(value: Any) -> News | None:
    body = mapping(value)
    title = read_string(body.get("title"))
    if not title:
        return None
    return News(
        read_string(body.get("id")) or title,
        title,
        read_string(body.get("text")),
        read_datetime(body.get("updated")),
        read_address(body.get("link"), ""),
    )
