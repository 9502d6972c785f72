"""The relay's news for its partners: asked for once in a while, read offline what was read once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from qgis.PyQt.QtCore import QObject, pyqtSignal

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.relay.news import NewsKept, NewsStore, fetch_news

EVERY = timedelta(hours=6)


class NewsFeed(QObject):
    """``kept`` is the open profile's feed; ``changed`` tells that it is new."""

    changed = pyqtSignal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.kept = NewsKept()
        self._store = NewsStore(context.paths.home / "news.json")
        context.profile_changed.connect(self.look)
        if context.profile is not None:
            self.look()

    def look(self) -> None:
        """Show what is kept, and ask the feed when it is time; that it is away is no news."""
        profile = self.context.profile
        if profile is None or not profile.news:
            self.kept = NewsKept()
            self.changed.emit()
            return
        http, store, name, url = self.context.http, self._store, profile.id, profile.news

        def work(job: tasks.Job) -> NewsKept:
            kept = store.read(name)
            job.send(kept)
            if kept.asked and datetime.now(timezone.utc) - kept.asked < EVERY and kept.entries:
                return kept
            fresh = fetch_news(http, url, kept, job.cancel)
            store.write(name, fresh)
            return fresh

        tasks.run(
            work,
            done=self._arrived,
            arrived=self._arrived,
            failed=_log_failure,
            parent=self,
            title="news",
        )

    def mark_seen(self) -> None:
        """The person has seen all there is."""
        profile = self.context.profile
        if profile is None or not self.kept.unread:
            return
        seen = frozenset(entry.id for entry in self.kept.entries)
        kept, store, name = replace(self.kept, seen=seen), self._store, profile.id
        self._arrived(kept)
        tasks.run(
            lambda job: store.write(name, kept), failed=_log_failure, parent=self, title="news"
        )

    def _arrived(self, kept: NewsKept) -> None:
        self.kept = kept
        self.changed.emit()


def _log_failure(error: DinamisError) -> None:
    messages.log(f"news: {error.code} {error.details}")
