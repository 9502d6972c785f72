"""A search as it runs: the work on its thread, and the tally of who has answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.catalogue.model import Page, Query
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import share
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.rows import Row

if TYPE_CHECKING:
    from dinamis_qgis.bridge.tasks import Job
    from dinamis_qgis.core.http import Credentials, Http
    from dinamis_qgis.core.profile.model import Profile


@dataclass(frozen=True)
class Arrival:
    """A page, and its products with what each covers of the searched area."""

    page: Page
    rows: tuple[Row, ...]


def work(profile: Profile, query: Query, http: Http, credentials: Credentials | None) -> Callable[[Job], None]:
    """What runs on the worker thread: sends an ``Arrival`` a page."""

    def run(job: Job) -> None:
        from dinamis_qgis import libraries
        from dinamis_qgis.core.catalogue.search import search

        libraries.check()
        for page in search(profile, query, http, credentials, job.cancel):
            job.send(Arrival(page, tuple(Row(p, share(p.footprint, query.area)) for p in page.products)))

    return run


@dataclass
class Tally:
    """Which catalogues have answered. ``titles``: their names by id."""

    titles: dict[str, str]
    ended: set[str] = field(default_factory=set)
    failed: dict[str, DinamisError] = field(default_factory=dict)
    more: bool = False
    total: dict[str, int] = field(default_factory=dict)

    def add(self, page: Page) -> None:
        """Count a page."""
        if page.last:
            self.ended.add(page.catalogue)
        if page.error:
            self.failed[page.catalogue] = page.error
        if page.total is not None:
            self.total[page.catalogue] = page.total
        self.more = self.more or page.more

    @property
    def partial(self) -> bool:
        """Some catalogue did not answer, or not to the end."""
        return bool(self.failed)

    def partial_text(self) -> str:
        """How many of how many; with one catalogue, that its answer was cut short."""
        if len(self.titles) == 1:
            return tr("The list is incomplete: the catalogue stopped answering.")
        return tr("{answered} catalogues out of {count} have answered.").format(
            answered=len(self.titles) - len(self.failed), count=len(self.titles)
        )

    def details(self) -> str:
        """One line a failure: who, and what happened."""
        return "\n".join(f"{self.titles.get(c, c)} – {e.sentence()}" for c, e in self.failed.items())

    def known_total(self) -> int | None:
        """The number of products there are, when every catalogue counts."""
        return sum(self.total.values()) if self.titles and set(self.total) == set(self.titles) else None


def tally(profile: Any) -> Tally:
    """An empty tally of a profile's catalogues."""
    return Tally({c.id: c.title for c in profile.catalogues})
