"""A search as it runs: the work on its thread, and the tally of who has answered."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.catalogue import filters
from dinamis_qgis.core.catalogue.model import After, Page, Product, Query
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.run.footprint_features import Look, Outline, product_outlines
from dinamis_qgis.gui.widgets.product_text import ResultRow

if TYPE_CHECKING:
    from dinamis_qgis.bridge.tasks import Job
    from dinamis_qgis.core.service import ServiceConnection

CHUNK = 200
"""Rows handed over at a time: some services send thousands in one page."""


class Packed(Mapping[str, Any]):
    """An item's raw properties at a tenth of their size: ten thousand are kept, a handful is ever
    read (for a download).
    """

    __slots__ = ("_data",)

    def __init__(self, properties: Mapping[str, Any]) -> None:
        self._data = zlib.compress(json.dumps(dict(properties), default=str).encode(), 1)

    def _read(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(zlib.decompress(self._data))
        return found

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


@dataclass(frozen=True)
class Arrival:
    """A page, and products with what each covers of the searched area; ``page`` is None for the
    first parts of a long page.
    """

    page: Page | None
    rows: tuple[ResultRow, ...]
    outlines: tuple[Outline, ...]


def search_work(
    connection: ServiceConnection,
    query: Query,
    look: Look,
    catalogues: Sequence[str] = (),
    after: Mapping[str, After] | None = None,
) -> Callable[[Job], None]:
    """What runs on the worker thread: sends ``Arrival``s.

    ``catalogues`` are the ids asked, () for all; ``after``: go on from there.
    """

    def arrival(page: Page | None, found: Sequence[ResultRow]) -> Arrival:
        return Arrival(
            page, tuple(found), tuple(product_outlines((row.product for row in found), look))
        )

    def run(job: Job) -> None:
        from dinamis_qgis import libraries

        libraries.check_libraries()
        from dinamis_qgis.core.geo import make_coverer

        covered = make_coverer(query.area)
        for page in connection.search(query, job.cancel, catalogues, after):
            found = [ResultRow(pack_properties(p), covered(p.footprint)) for p in page.products]
            page = replace(page, products=())
            for start in range(0, len(found) - CHUNK, CHUNK):
                job.send(arrival(None, found[start : start + CHUNK]))
            rest = (len(found) - 1) // CHUNK * CHUNK if found else 0
            job.send(arrival(page, found[rest:]))

    return run


def pack_properties(product: Product) -> Product:
    """The product with its raw properties packed."""
    return (
        replace(product, properties=Packed(product.properties)) if product.properties else product
    )


@dataclass(frozen=True)
class CatalogueAnswer:
    """How one catalogue stands: ``count`` products so far; it has ``ended``, well or with
    ``error``.
    """

    catalogue: str
    title: str
    count: int
    ended: bool
    error: DinamisError | None = None

    def text(self) -> str:
        """In a word or two; ``…`` while more may come."""
        if self.error is not None:
            return (
                tr("%n product(s), then no answer", n=self.count) if self.count else tr("no answer")
            )
        found = tr("%n product(s)", n=self.count) if self.count or self.ended else ""
        return found if self.ended else f"{found}…"


@dataclass
class Tally:
    """Which catalogues have answered.

    ``titles``: their names by id; ``counts``: products they have given.
    """

    titles: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    failed: dict[str, DinamisError] = field(default_factory=dict)
    after: dict[str, After] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    server: dict[str, tuple[str, ...]] = field(default_factory=dict)
    local: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, page: Page) -> None:
        """Count a page."""
        if page.last:
            self.ended.add(page.catalogue)
        if page.error:
            self.failed[page.catalogue] = page.error
        else:
            if page.after is not None:
                self.after[page.catalogue] = page.after
            elif page.last:
                self.after.pop(page.catalogue, None)
            self.failed.pop(page.catalogue, None)
            self.server[page.catalogue], self.local[page.catalogue] = page.server, page.local
        if page.total is not None:
            self.total[page.catalogue] = page.total

    def count(self, rows: Sequence[ResultRow]) -> None:
        """Count what has joined the list, by catalogue."""
        for row in rows:
            self.counts[row.product.catalogue] = self.counts.get(row.product.catalogue, 0) + 1

    def answers(self) -> list[CatalogueAnswer]:
        """How each catalogue stands, in the profile's order."""
        return [
            CatalogueAnswer(
                name, title, self.counts.get(name, 0), name in self.ended, self.failed.get(name)
            )
            for name, title in self.titles.items()
        ]

    @property
    def more(self) -> bool:
        """A limit left products out."""
        return bool(self.after)

    @property
    def cut(self) -> bool:
        """There is more than has come: a limit left it out, or the search was given up."""
        return self.more or not self.ended.issuperset(self.titles)

    def go_on(self) -> dict[str, After]:
        """The catalogues that have more, or did not answer to their end, are asked again; where
        from.
        """
        again = {
            name: After() for name in self.titles if name not in self.ended or name in self.failed
        }
        again.update(self.after)
        self.ended.difference_update(again)
        for name in again:
            self.failed.pop(name, None)
        return again

    @property
    def sorted_here(self) -> bool:
        """What a limit left out could come before what is there: its service did not sort as was
        asked.
        """
        return any("order" not in self.server.get(name, ()) for name in self.after)

    @property
    def partial(self) -> bool:
        """Some catalogue did not answer, or not to the end."""
        return bool(self.failed)

    @property
    def whole(self) -> frozenset[str]:
        """The catalogues all of whose products have come."""
        return frozenset(self.ended - set(self.failed) - set(self.after))

    @property
    def complete(self) -> bool:
        """Everything there is has come."""
        return self.whole.issuperset(self.titles)

    def partial_text(self) -> str:
        """How many of how many; with one catalogue, that its answer was cut short."""
        if len(self.titles) == 1:
            return tr("The list is incomplete: the catalogue stopped answering.")
        return tr("{answered} catalogues out of {count} have answered.").format(
            answered=len(self.titles) - len(self.failed), count=len(self.titles)
        )

    def details(self) -> str:
        """One line a failure: who, and what happened."""
        return "\n".join(
            f"{self.titles.get(c, c)} – {e.sentence()}" for c, e in self.failed.items()
        )

    def known_total(self) -> int | None:
        """The number of products there are, when every catalogue counts all that match (no filter
        is applied here).
        """
        counted = bool(self.titles) and set(self.total) == set(self.titles)
        return sum(self.total.values()) if counted and not any(self.local.values()) else None

    def filtered_text(self) -> str:
        """Which filters were applied here, not by the services; empty when there is none."""
        here = {name for catalogue in self.local for name in self._here(catalogue)}
        there = {name for names in self.server.values() for name in names}
        parts = (
            (tr("By QGIS, on what the service sends: {filters}."), here - there),
            (tr("By one or the other, as the catalogue can: {filters}."), here & there),
        )
        return "\n".join(
            text.format(filters=", ".join(_filter_names(names))) for text, names in parts if names
        )

    def filtered_details(self) -> str:
        """The same, a line a catalogue."""
        lines = []
        for catalogue, title in self.titles.items():
            there = ", ".join(_filter_names(self.server.get(catalogue, ()))) or "–"
            here = ", ".join(_filter_names(self._here(catalogue))) or "–"
            text = tr("{title}: by the service {there}; by QGIS {here}")
            lines.append(text.format(title=title, there=there, here=here))
        return "\n".join(lines)

    def _here(self, catalogue: str) -> tuple[str, ...]:
        """What is done here with what this catalogue sends."""
        sorts = "order" in self.server.get(catalogue, ()) or catalogue not in self.server
        return self.local.get(catalogue, ()) + (() if sorts else ("order",))


def _filter_names(names: Any) -> list[str]:
    """Filters as people read them, each once, in the usual order."""
    found = set(names)
    return [
        filters.filter_label(name).lower() for name in (*filters.NAMES, "order") if name in found
    ]


def empty_tally(profile: Any, catalogues: Sequence[str] = ()) -> Tally:
    """An empty tally of the catalogues asked, chosen as ``search.catalogues_to_ask`` does."""
    return Tally(
        {
            c.id: c.title
            for c in profile.catalogues
            if (c.id in catalogues if catalogues else c.default)
        }
    )


def status_text(found: Tally | None, count: int, chosen: int, searching: bool) -> str:
    """How many there are (of how many, when every service counts), how many catalogues have
    answered, how many are chosen.
    """
    parts = []
    if found is not None and searching and len(found.titles) > 1:
        parts.append(
            tr("{answered} of {count} catalogues").format(
                answered=len(found.ended), count=len(found.titles)
            )
        )
    total = found.known_total() if found is not None else None
    if count and total is not None and total > count:
        parts.append(
            tr("{count} of {total}").format(
                count=_number_text(count), total=tr("%n product(s)", n=total)
            )
        )
    elif count:
        parts.append(tr("%n product(s)", n=count))
    if chosen:
        parts.append(tr("%n chosen", n=chosen))
    return " · ".join(parts)


def _number_text(value: int) -> str:
    from qgis.PyQt.QtCore import QLocale

    return str(QLocale().toString(value))
