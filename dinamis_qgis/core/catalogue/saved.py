"""Saved searches, kept in a JSON file of the QGIS profile, and the products that appeared since
they were last looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import uuid
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.filters import usable_licences
from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder
from dinamis_qgis.core.catalogue.order import BY
from dinamis_qgis.core.errors import Action, AuthError, from_os_error
from dinamis_qgis.core.json_values import (
    mapping,
    read_datetime,
    read_number,
    read_sequence,
    read_string,
    read_strings,
)
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CHECK_LIMIT = 1000
"""Products of each catalogue looked at by a check, the latest first."""
UNKNOWN_LICENCES = "licences-unknown"
"""The code of the error of a check that must wait for the account's licences."""
MOST_VERTICES = 20_000
"""Vertices of an area that are kept, about a megabyte: the outline of a department has them all."""
_FORMAT = 1


@dataclass(frozen=True)
class SavedSearch:
    """``known`` are the products met so far (short hashes); ``fresh`` those of them that nobody has
    looked at yet.

    ``checked`` are the catalogues (ids) that have given all they have once: only what they give
    from then on is news.
    """

    id: str
    name: str
    profile: str
    query: Query
    catalogues: tuple[str, ...] = ()
    alert: bool = True
    created: datetime | None = None
    checked: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()

    def is_fresh(self, product: Product) -> bool:
        """Whether ``product`` appeared since the search was last looked at."""
        return bool(self.fresh) and product_mark(product) in self.fresh


def product_mark(product: Product) -> str:
    """A short name for a product, the same in every session."""
    return hashlib.blake2b("\n".join(product.key).encode(), digest_size=8).hexdigest()


class SavedSearches:
    """The file.

    Every change is read, made and written at once, so that two windows do not undo each other's.

    Thread-safe. Raises StorageError when the file cannot be read or written; a file that is no JSON
    is put aside.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._others: dict[str, Any] = {}
        """What else the file says: a newer version's."""
        self._strange: list[Any] = []
        """Entries that cannot be understood: kept as they are."""
        self._fields: dict[str, Mapping[str, Any]] = {}
        """By id: the fields of an entry, those of a newer version too."""

    def all(self, profile: str = "") -> tuple[SavedSearch, ...]:
        """Those of a profile (all of them without), in the order they were saved."""
        with self._lock:
            return tuple(s for s in self._read() if not profile or s.profile == profile)

    def add(
        self,
        name: str,
        profile: str,
        query: Query,
        catalogues: Iterable[str] = (),
        products: Iterable[Product] = (),
        checked: Iterable[str] = (),
    ) -> SavedSearch:
        """Save a search.

        ``products``: what it has found today, from the catalogues ``checked`` all there is.

        An area kept coarser than it was touches more: what that adds is no news either.
        """
        area = _area_to_keep(query.area)
        if area is not query.area:
            query, checked = replace(query, area=area), ()
        saved = SavedSearch(
            uuid.uuid4().hex,
            name.strip(),
            profile,
            replace(query, limit=None),
            tuple(catalogues),
            created=_now_utc(),
            checked=frozenset(checked),
            known=frozenset(product_mark(p) for p in products),
        )
        with self._lock:
            self._write([*self._read(), saved])
        return saved

    def change(self, search_id: str, **values: Any) -> SavedSearch | None:
        """Change ``name``, ``query``, ``catalogues`` or ``alert``; a search that is no longer there
        is None.

        Another query or other catalogues make a search that knows nothing yet.
        """
        if {"query", "catalogues"} & set(values):
            values = {**values, "known": frozenset(), "fresh": frozenset(), "checked": frozenset()}
        return self._change(search_id, lambda s: replace(s, **values))

    def remove(self, search_id: str) -> tuple[int, SavedSearch] | None:
        """Forget a search; its place and all that was known of it, for ``put_back``.

        None when it is no longer there.
        """
        with self._lock:
            searches = self._read()
            for place, saved in enumerate(searches):
                if saved.id == search_id:
                    self._write(searches[:place] + searches[place + 1 :])
                    return place, saved
        return None

    def put_back(self, place: int, saved: SavedSearch) -> None:
        """Undo ``remove``."""
        with self._lock:
            others = [s for s in self._read() if s.id != saved.id]
            self._write([*others[:place], saved, *others[place:]])

    def looked_at(self, search_id: str, seen: Iterable[str]) -> SavedSearch | None:
        """Somebody has seen these of what was new (marks); what a check found meanwhile stays
        new.
        """
        return self._change(search_id, lambda s: replace(s, fresh=s.fresh.difference(seen)))

    def found(
        self, search_id: str, products: Iterable[Product], answered: Iterable[str]
    ) -> SavedSearch | None:
        """Take note of what a check found; the first answer of each catalogue brings no news."""
        marks = {product_mark(p): p.catalogue for p in products}

        def noted(saved: SavedSearch) -> SavedSearch:
            news = {
                m
                for m, catalogue in marks.items()
                if catalogue in saved.checked and m not in saved.known
            }
            return replace(
                saved,
                known=saved.known.union(marks),
                fresh=saved.fresh | news,
                checked=saved.checked.union(answered),
            )

        return self._change(search_id, noted)

    def news(self, profile: str = "") -> int:
        """How many products are new, over the searches that want an alert: the badge."""
        return len(frozenset().union(*(s.fresh for s in self.all(profile) if s.alert)))

    def _change(self, search_id: str, how: Any) -> SavedSearch | None:
        with self._lock:
            searches = self._read()
            for index, saved in enumerate(searches):
                if saved.id == search_id:
                    searches[index] = how(saved)
                    self._write(searches)
                    return searches[index]
        return None

    def _read(self) -> list[SavedSearch]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise from_os_error(error, self.path) from error
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict) or not isinstance(data.get("searches"), list):
            self._put_aside()
            data = {"searches": []}
        found = [(_read_entry(entry), entry) for entry in data["searches"]]
        self._others = {k: v for k, v in data.items() if k != "searches"}
        self._strange = [entry for search, entry in found if search is None]
        self._fields = {search.id: entry for search, entry in found if search is not None}
        return [search for search, _ in found if search is not None]

    def _put_aside(self) -> None:
        """A file that cannot be understood is kept for whoever can, and those kept before too."""
        aside, number = self.path.with_suffix(".broken.json"), 2
        while aside.exists():
            aside, number = self.path.with_suffix(f".broken-{number}.json"), number + 1
        try:
            os.replace(self.path, aside)
        except OSError as error:
            raise from_os_error(error, self.path) from error

    def _write(self, searches: Iterable[SavedSearch]) -> None:
        written = [_merge_entries(self._fields.get(s.id, {}), _search_as_json(s)) for s in searches]
        content = {"version": _FORMAT, **self._others, "searches": [*written, *self._strange]}
        part = self.path.with_suffix(f".{os.getpid()}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, self.path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise from_os_error(error, self.path) from error


def run_saved_search(
    saved: SavedSearch,
    profile: Profile,
    account: Account | None,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
) -> tuple[list[Product], frozenset[str]]:
    """What the search finds now, and the ids of the catalogues that answered to their end (see
    ``SavedSearches.found``).

    The licences are those of today's ``account``; when the search wants them and they are not
    known, nothing is asked, for what may not be used would look new: AuthError
    (``UNKNOWN_LICENCES``). Raises Cancelled, or the error when every catalogue fails.
    """
    from dinamis_qgis.core.catalogue.search import search

    query = replace(saved.query, limit=CHECK_LIMIT, order=SortOrder())
    if query.licences is not None:
        licences = usable_licences(profile, account)
        if licences is None:
            raise AuthError(
                tr(
                    "“{name}” asks only for what you may use, and your licences are not known."
                ).format(name=saved.name),
                tr("Sign in: the service then tells which licences you hold.")
                if account is None
                else "",
                code=UNKNOWN_LICENCES,
                action=None if account is None else Action.NONE,
            )
        query = replace(query, licences=licences)
    products: list[Product] = []
    answered, cut = set(), set()
    for page in search(profile, query, http, credentials, cancel, saved.catalogues):
        products += page.products
        if page.last and page.error is None:
            answered.add(page.catalogue)
            if page.after is not None:
                cut.add(page.catalogue)
    return _without_tail(products, saved.known, cut), frozenset(answered)


def _without_tail(products: list[Product], known: Set[str], cut: Set[str]) -> list[Product]:
    """Without what is older than all that is known, in answers cut at their limit: it was there
    before, out of sight.

    Products that the service withdraws let it in.
    """
    oldest: dict[str, datetime] = {}
    for product in products:
        if (
            product.catalogue in cut
            and product.datetime is not None
            and product_mark(product) in known
        ):
            oldest[product.catalogue] = min(
                product.datetime, oldest.get(product.catalogue, product.datetime)
            )

    def tail(product: Product) -> bool:
        since = oldest.get(product.catalogue)
        return since is not None and (product.datetime is None or product.datetime < since)

    return [product for product in products if not tail(product)]


def query_to_json(query: Query) -> dict[str, Any]:
    """A query as JSON values; the area as GeoJSON, a coarser one beyond ``MOST_VERTICES``.

    What is not set is left out.
    """
    from shapely.geometry import mapping as to_geojson

    values = {
        "area": to_geojson(_area_to_keep(query.area))
        if query.area is not None and not query.area.is_empty
        else None,
        "start": query.start.isoformat() if query.start else None,
        "end": query.end.isoformat() if query.end else None,
        "order": {"by": query.order.by, "descending": query.order.descending}
        if query.order != SortOrder()
        else None,
        "licences": list(query.licences) if query.licences is not None else None,
    }
    for name in ("collections", "constellations", "months", "modes"):
        values[name] = list(getattr(query, name)) or None
    for name in ("max_cloud", "max_incidence", "limit", "min_gsd", "max_gsd", "min_share"):
        values[name] = getattr(query, name)
    return {name: value for name, value in values.items() if value is not None}


def _area_to_keep(area: BaseGeometry | None) -> BaseGeometry | None:
    from dinamis_qgis.core.geo import coarsen_outline  # shapely is not needed to start QGIS

    return None if area is None else coarsen_outline(area, MOST_VERTICES)


def query_from_json(data: Any) -> Query:
    """A query out of JSON values; what cannot be understood is not set."""
    from dinamis_qgis.core.json_values import read_area

    values = mapping(data)
    limit, order = read_number(values.get("limit"), 1), mapping(values.get("order"))
    by = read_string(order.get("by"))
    return Query(
        area=read_area(values.get("area")),
        collections=read_strings(values.get("collections")),
        constellations=read_strings(values.get("constellations")),
        start=_read_day(values.get("start")),
        end=_read_day(values.get("end")),
        max_cloud=read_number(values.get("max_cloud"), 0, 100),
        max_incidence=read_number(values.get("max_incidence"), 0, 90),
        limit=None if limit is None else int(limit),
        months=tuple(
            int(m)
            for m in (read_number(x, 1, 12) for x in read_sequence(values.get("months")))
            if m
        ),
        modes=read_strings(values.get("modes")),
        min_gsd=read_number(values.get("min_gsd"), 0),
        max_gsd=read_number(values.get("max_gsd"), 0),
        licences=read_strings(values["licences"])
        if isinstance(values.get("licences"), list)
        else None,
        min_share=read_number(values.get("min_share"), 0, 1),
        order=SortOrder(by, order.get("descending") is not False) if by in BY else SortOrder(),
    )


def _search_as_json(saved: SavedSearch) -> dict[str, Any]:
    return {
        "id": saved.id,
        "name": saved.name,
        "profile": saved.profile,
        "query": query_to_json(saved.query),
        "catalogues": list(saved.catalogues),
        "alert": saved.alert,
        "created": saved.created.isoformat() if saved.created else None,
        "checked": sorted(saved.checked),
        "known": sorted(saved.known),
        "fresh": sorted(saved.fresh),
    }


def _merge_entries(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as it is now, with what a newer version wrote beside it."""
    query = {k: v for k, v in mapping(before.get("query")).items() if k not in _QUERY_FIELDS}
    return {**before, **now, "query": {**query, **now["query"]}}


_QUERY_FIELDS = frozenset(
    {"area", "start", "end", "order", "licences", "collections", "constellations", "months"}
    | {"modes", "max_cloud", "max_incidence", "limit", "min_gsd", "max_gsd", "min_share"}
)


def _read_entry(entry: Any) -> SavedSearch | None:
    """A search of the file; None where the entry is none: the others stand."""
    try:
        saved = _search_from_json(mapping(entry))
    except (ValueError, TypeError, ArithmeticError, KeyError, IndexError, RecursionError):
        return None
    return saved if saved.id else None


def _search_from_json(data: Mapping[str, Any]) -> SavedSearch:
    return SavedSearch(
        id=read_string(data.get("id")),
        name=read_string(data.get("name")),
        profile=read_string(data.get("profile")),
        query=query_from_json(data.get("query")),
        catalogues=read_strings(data.get("catalogues")),
        alert=data.get("alert") is not False,
        created=read_datetime(data.get("created")),
        checked=frozenset(read_strings(data.get("checked"))),
        known=frozenset(read_strings(data.get("known"))),
        fresh=frozenset(read_strings(data.get("fresh"))),
    )


def _read_day(value: Any) -> date | None:
    found = read_datetime(value)
    return found.date() if found else None


def _now_utc() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)
