"""A search over every catalogue of the profile, side by side: pages come as they arrive, one
failure stops no other.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Optional

from dinamis_qgis.core.catalogue.adapter_errors import misunderstood_answer
from dinamis_qgis.core.catalogue.adapters.geodes import search_geodes
from dinamis_qgis.core.catalogue.adapters.openspot import search_openspot
from dinamis_qgis.core.catalogue.adapters.stac import search_stac
from dinamis_qgis.core.catalogue.adapters.wmts import search_wmts
from dinamis_qgis.core.catalogue.model import After, Page, Query
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

log = logging.getLogger(__name__)

Adapter = Callable[
    [Profile, Catalogue, Query, Http, Optional[Credentials], Cancel, Optional[After]],
    Iterator[Page],
]

ADAPTERS: dict[str, Adapter] = {
    "stac": search_stac, "geodes": search_geodes, "openspot": search_openspot, "wmts": search_wmts,
}  # fmt: skip
"""How to ask each kind of catalogue."""

PAGES_AHEAD = 4
"""Pages fetched before the reader asks for them, per search."""


def catalogues_to_ask(profile: Profile, catalogues: Sequence[str] = ()) -> tuple[Catalogue, ...]:
    """The catalogues a search asks: those named, else those the profile searches by default."""
    return tuple(c for c in profile.catalogues if (c.id in catalogues if catalogues else c.default))


def search(
    profile: Profile,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    catalogues: Sequence[str] = (),
    after: Mapping[str, After] | None = None,
) -> Iterator[Page]:
    """Pages of the profile's catalogues (those whose ids are given, or its default ones) as they
    come.

    Each catalogue ends with one page where ``last`` is True; with ``error`` when it failed, what
    came before stays valid. ``query.limit`` holds for each catalogue. With ``after`` (by catalogue,
    from the last pages of an earlier search of the same query) only those catalogues are asked, for
    as many again from where they were. ``credentials`` go only to catalogues that want the account.
    Raises Cancelled; raises the error itself when every catalogue failed without giving anything.
    """
    if after is None:
        chosen = catalogues_to_ask(profile, catalogues)
    else:
        chosen = tuple(c for c in profile.catalogues if c.id in after)
        if not chosen:
            return
    if not chosen:
        text = tr("This profile has no catalogue to search.")
        raise InvalidInput(text, tr("Choose another profile in the options."))
    _import_once(chosen)
    stop = Cancel()
    arrived: queue.Queue[Page] = queue.Queue(PAGES_AHEAD * len(chosen))

    def put(page: Page) -> None:
        while True:
            stop.check()
            try:
                return arrived.put(page, timeout=0.1)
            except queue.Full:
                continue

    with cancel.calling(stop.set):
        for catalogue in chosen:
            place = (after or {}).get(catalogue.id)
            asking = (profile, catalogue, query, http, credentials, stop, put, place)
            name = f"dinamis-search-{catalogue.id}"
            threading.Thread(target=_ask_catalogue, args=asking, daemon=True, name=name).start()
        try:
            yield from _until_all_ended(arrived, len(chosen), cancel)
        finally:
            stop.set()  # the reader has gone: no thread may wait for it


def _import_once(chosen: Sequence[Catalogue]) -> None:
    """Have the libraries read before the threads start: several first imports of ``six`` at once
    find half a module.
    """
    import requests  # noqa: F401

    if any(catalogue.kind == "stac" for catalogue in chosen):
        from dinamis_qgis.core.catalogue.adapters import stac_io  # noqa: F401


def _until_all_ended(arrived: queue.Queue[Page], count: int, cancel: Cancel) -> Iterator[Page]:
    failures: list[DinamisError] = []
    ended = products = 0
    while ended < count:
        cancel.check()
        try:
            page = arrived.get(timeout=0.1)
        except queue.Empty:
            continue
        products += len(page.products)
        ended += page.last
        if page.error:
            failures.append(page.error)
        yield page
        if page.error and len(failures) == count and not products:
            raise page.error


def _ask_catalogue(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    stop: Cancel,
    put: Callable[[Page], None],
    after: After | None,
) -> None:
    """One catalogue in its thread: whatever happens, it ends with one last page unless nobody
    listens any more.
    """
    try:
        ended = False
        for page in _pages_of_catalogue(profile, catalogue, query, http, credentials, stop, after):
            put(page)
            ended = ended or page.last
        if not ended:
            put(Page(catalogue.id, (), last=True))
    except Cancelled:
        return
    finally:
        http.release()


def _pages_of_catalogue(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    stop: Cancel,
    after: After | None,
) -> Iterator[Page]:
    """The adapter's pages, then its failure as a page. Only Cancelled is raised."""
    adapter = ADAPTERS.get(catalogue.kind)
    try:
        if adapter is None:
            raise InvalidInput(
                tr("The catalogue “{title}” is of a kind this version does not know.").format(
                    title=catalogue.title
                ),
                tr("Update the plugin."),
                code="kind",
                details=catalogue.kind,
            )
        yield from adapter(
            profile,
            catalogue,
            query,
            http,
            credentials if catalogue.signed_in else None,
            stop,
            after,
        )
    except Cancelled:
        raise
    except DinamisError as error:
        yield Page(catalogue.id, (), last=True, error=error)
    except Exception as error:
        log.exception("catalogue %s", catalogue.id)
        failure = misunderstood_answer(catalogue, type(error).__name__, "adapter")
        yield Page(catalogue.id, (), last=True, error=failure)
