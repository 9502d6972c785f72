"""``di `` in QGIS's locator: a product by its id, a place already searched, a saved search."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from typing import Any, Callable
from unicodedata import combining, normalize

from qgis.core import (
    QgsFeedback,
    QgsLocatorContext,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsSettings,
)

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.catalogue.links import key_in
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.errors import Cancelled, DinamisError, NetworkError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.service import ServiceConnection
from dinamis_qgis.core.text import tr

PREFIX = "din"
SHORT = "di "
"""QGIS keeps prefixes of two letters for itself: this one is read here, from what is typed without
a prefix.
"""
ID_LENGTH = 12
"""From so many characters without a space, what is typed may be a product's id: the service is
asked.
"""
PLACES = 10
MAX_PLACE = 2500
"""Vertices; a place drawn finer than this is not remembered."""
_SETTING = "dinamis/places"

Found = tuple[str, str, str, Any]
"""Kind (product, saved, place), text, what tells it from another of that text, and what it is."""
Find = Callable[[str, Cancel], Iterator[Found]]


def note_place(name: str, query: Query) -> None:
    """Remember where a person has searched, the latest first. GUI thread."""
    from dinamis_qgis.core.catalogue.saved import query_to_json
    from dinamis_qgis.core.geo import vertex_count

    area = query_to_json(query).get("area") if vertex_count(query.area) <= MAX_PLACE else None
    if not name or not area:
        return
    others = [p for p in searched_places() if p[1] != area]
    QgsSettings().setValue(_SETTING, json.dumps([(name, area), *others][:PLACES]))


def searched_places() -> list[tuple[str, Any]]:
    """(name, GeoJSON in EPSG:4326) of the places already searched, the latest first."""
    try:
        read = json.loads(QgsSettings().value(_SETTING, "[]", type=str))
        return [(str(name), area) for name, area in read]
    except (TypeError, ValueError):  # not what we wrote
        return []


class FoundOpening:
    """A profile being opened: once ``over`` is set, ``find`` is how to find in it, None where it
    could not be opened.
    """

    def __init__(self) -> None:
        self.over = threading.Event()
        self.find: Find | None = None

    def end(self, find: Find | None) -> None:
        self.find = find
        self.over.set()


class Locator:
    """What the filter and its clones share. GUI thread, but ``found``."""

    def __init__(self, context: Any, dock: Any) -> None:
        self.context, self.dock = context, dock
        self._opening: FoundOpening | None = None
        context.open_failed.connect(self._not_open)
        self.found: dict[str, Found] = {}
        """What was listed, by the text a result carries."""
        self._filter: DinamisFilter | None = DinamisFilter(self)
        context.iface.registerLocatorFilter(self._filter)

    def stop(self) -> None:
        """QGIS deletes the filter."""
        self.context.open_failed.disconnect(self._not_open)
        self._not_open()
        self.context.iface.deregisterLocatorFilter(self._filter)
        self._filter = None

    def opening(self) -> FoundOpening | None:
        """The panel may never have been seen: the profile is opened for the first who looks for
        something here. None when it is open.
        """
        if self.context.profile is not None:
            return None
        if self._opening is None:
            self._opening = made = FoundOpening()
            self.context.when_open(lambda: made.end(_prepare_find(self.context)))
        return self._opening

    def _not_open(self, *_: object) -> None:
        """Said where the profile is opened; not tried again at each letter typed."""
        if self._opening is not None and not self._opening.over.is_set():
            self._opening.end(None)

    def show(self, carried: str) -> None:
        """Bring the dock up and show what was chosen."""
        from dinamis_qgis.core.catalogue.saved import query_from_json

        kind, text, _, thing = self.found.get(carried, ("", "", "", None))
        if not kind:
            return
        self.dock.setUserVisible(True)
        panel = self.dock.panel("search")
        if kind == "product":
            self._show_product(panel, thing)
        elif kind == "saved":
            panel.saved.open(thing)
        else:
            panel.ask(query_from_json({"area": thing}), text)

    def _show_product(self, panel: Any, product: Product) -> None:
        """In the list when it is there, else searched for: its footprint, its day, its
        collection.
        """
        if any(p.key == product.key for p in self.context.results()):
            panel.select([product.key])
            return
        query = Query(
            area=product.footprint,
            collections=(product.collection,),
            start=product.day,
            end=product.day,
        )

        def searched() -> None:
            panel.searched.disconnect(searched)
            panel.select([product.key])

        panel.searched.connect(searched)
        panel.ask(query, product.id, (product.catalogue,))


class DinamisFilter(QgsLocatorFilter):
    """QGIS asks a clone in a thread: ``prepare`` takes what it needs on the GUI thread."""

    def __init__(self, locator: Locator) -> None:
        super().__init__()
        self._locator = locator
        self._ready: Find | None = None
        self._opening: FoundOpening | None = None

    def clone(self) -> DinamisFilter:
        return DinamisFilter(self._locator)

    def name(self) -> str:
        return "dinamis"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        return tr("DINAMIS imagery")

    def prefix(self) -> str:
        return PREFIX

    def prepare(self, string: str, context: QgsLocatorContext) -> list[str]:
        wanted = _wanted_text(string, context) is not None
        self._ready = _prepare_find(self._locator.context) if wanted else None
        self._opening = self._locator.opening() if wanted else None
        return []

    @contain_faults()
    def fetchResults(self, string: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:  # noqa: N802 (QGIS)
        """In QGIS's thread; the network is used in another, so that "cancelled" is heard at
        once.
        """
        wanted = _wanted_text(string, context)
        if self._ready is None or wanted is None:
            return
        given: set[str] = set()
        for found in self._found(self._ready, wanted, feedback):
            kind, text, told, _ = found
            carried = _carried_data(found)
            if carried in given:
                continue
            given.add(carried)
            self._locator.found[carried] = found
            result = QgsLocatorResult(self, text, carried)
            result.description = told
            result.group = {"product": tr("Products"), "saved": tr("Saved searches")}.get(
                kind, tr("Places searched")
            )
            self.resultFetched.emit(result)

    def _found(self, ready: Find, wanted: str, feedback: QgsFeedback) -> Iterator[Found]:
        """What there is now; then what there is once the profile is open."""
        yield from _watch_find(ready, wanted, feedback)
        if self._opening is None:
            return
        while not self._opening.over.wait(0.05):
            if feedback.isCanceled():
                return
        if self._opening.find is not None:
            yield from _watch_find(self._opening.find, wanted, feedback)

    @contain_faults()
    def triggerResult(self, result: QgsLocatorResult) -> None:  # noqa: N802 (QGIS)
        carried = result.userData
        self._locator.show(
            str(carried() if callable(carried) else carried)
        )  # a method since QGIS 3.34


def _wanted_text(string: str, context: QgsLocatorContext) -> str | None:
    """What is looked for here; None when the prefix was not typed: other searches ask nothing of
    the service.
    """
    if key_in(string) is not None:  # a link that a colleague sent
        return string.strip()
    if context.usingPrefix:
        return string.strip()
    return string[len(SHORT) :].strip() if string.lower().startswith(SHORT) else None


def _carried_data(found: Found) -> str:
    """Several places may be called "drawn polygon", and products of several catalogues by one
    id.
    """
    kind, text, _, thing = found
    if kind == "product":
        return f"{kind}:{json.dumps(thing.key)}"
    return f"{kind}:{thing.id}" if kind == "saved" else f"{kind}:{text}:{hash(json.dumps(thing))}"


def _prepare_find(context: Any) -> Find:
    """How to find, made on the GUI thread, called on a worker."""
    from dinamis_qgis.bridge.searches import saved_searches

    store, remembered, products = (
        saved_searches(context),
        searched_places(),
        list(context.results()),
    )
    profile = context.profile
    connection = context.connection() if profile is not None else None

    def find(wanted: str, cancel: Cancel) -> Iterator[Found]:
        key = key_in(wanted)
        if key is not None:
            if connection is not None:
                yield from (
                    ("product", p.id, _owner_of(profile, p), p)
                    for p in _by_key(connection, key, cancel)
                )
            return
        low, plain = wanted.lower(), _plain_letters(wanted)
        known = [p for p in products if low and low in p.id.lower()]
        yield from (("product", p.id, _owner_of(profile, p), p) for p in known[:20])
        yield from (
            ("saved", s.name, "", s)
            for s in _saved_searches(store, profile)
            if plain in _plain_letters(s.name)
        )
        yield from (
            ("place", name, _place_text(area), area)
            for name, area in remembered
            if plain in _plain_letters(name)
        )
        if (
            connection is None
            or len(wanted) < ID_LENGTH
            or " " in wanted
            or any(p.id == wanted for p in known)
        ):
            return
        try:
            yield from (
                ("product", p.id, _owner_of(profile, p), p)
                for p in _by_id(connection, wanted, cancel)
            )
        finally:
            connection.http.release()

    return find


def _plain_letters(text: str) -> str:
    """Without capitals and accents, however they are written."""
    return "".join(c for c in normalize("NFKD", text) if not combining(c)).casefold()


def _owner_of(profile: Any, product: Product) -> str:
    """Whose a product is."""
    catalogue = profile.catalogue(product.catalogue) if profile is not None else None
    collection = (
        profile.collection(product.catalogue, product.collection) if profile is not None else None
    )
    return " · ".join(x.title for x in (collection, catalogue) if x is not None)


def _place_text(area: Any) -> str:
    """How large a place is, and the latitude and longitude of its middle."""
    from dinamis_qgis.core.catalogue.saved import query_from_json
    from dinamis_qgis.core.geo import area_km2
    from dinamis_qgis.core.tasking.rules.findings import format_km2

    place = query_from_json({"area": area}).area
    if place is None:
        return ""
    west, south, east, north = place.bounds
    return f"{format_km2(area_km2(place))} · {(south + north) / 2:.2f}, {(west + east) / 2:.2f}"


def _saved_searches(store: Any, profile: Any) -> tuple[Any, ...]:
    try:
        return tuple(store.all(profile.id)) if profile is not None else ()
    except DinamisError:  # said by the panel, where something can be done about it
        return ()


def _by_id(connection: ServiceConnection, wanted: str, cancel: Cancel) -> Iterator[Product]:
    """The product of that id in the catalogues searched by default; one that does not answer has
    none. Raises Cancelled.
    """
    for catalogue in connection.profile.catalogues:
        for collection in (
            catalogue.collections if catalogue.default and catalogue.kind == "stac" else ()
        ):
            cancel.check()
            try:
                yield connection.fetch_product((catalogue.id, collection.id, wanted), cancel)
            except NetworkError:  # nor its other collections
                break
            except DinamisError:
                continue


def _by_key(
    connection: ServiceConnection, key: tuple[str, str, str], cancel: Cancel
) -> Iterator[Product]:
    """The product a link means, from a catalogue of the profile that is open. Raises Cancelled."""
    if connection.profile.catalogue(key[0]) is None:
        return
    try:
        yield connection.fetch_product(key, cancel)
    except Cancelled:
        raise
    except DinamisError:
        return
    finally:
        connection.http.release()


def _watch_find(find: Find, wanted: str, feedback: QgsFeedback) -> Iterator[Found]:
    """What ``find`` gives in a thread of its own, until ``feedback`` is cancelled."""
    cancel, told = Cancel(), queue.SimpleQueue()  # type: ignore[var-annotated]

    def work() -> None:
        try:
            for found in find(wanted, cancel):
                told.put(found)
        except DinamisError:  # cancelled
            return
        finally:
            told.put(None)

    threading.Thread(target=work, name="dinamis locator", daemon=True).start()
    while not feedback.isCanceled():
        try:
            found = told.get(timeout=0.05)
        except queue.Empty:
            continue
        if found is None:
            return
        yield found
    cancel.set()
