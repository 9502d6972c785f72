"""Search: 10 000 of 100 000 items of a real pgstac over 50 ms, against raw paging with ``requests``
and ``json``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Profile
from tests.bench.figure import Figure
from tests.support.many_items import COLLECTIONS, many_items
from tests.support.pgstac import Missing, pgstac
from tests.support.slow_line import slow_line
from tests.unit.catalogue.stac_api import make_profile

STORED, PAGE, RTT_MS, RUNS = 100_000, 250, 50, 3
# Four years of one constellation in a hundred thousand items: about ten thousand; the run says how
# many.
QUERY = Query(collections=("pleiades-drs",), start=date(2013, 1, 1), end=date(2017, 4, 30))


def run(work: Path) -> list[Figure]:
    """The figures; none, with a word about it, where PostgreSQL is missing."""
    try:
        with (
            pgstac(COLLECTIONS, many_items(STORED)) as root,
            slow_line(int(urlsplit(root).port or 0), RTT_MS) as far,
        ):
            return _figures(root, far)
    except Missing as error:
        print(f"search: not measured: {error}", file=sys.stderr)
        return []


def _figures(root: str, far: str) -> list[Figure]:
    raw(root, None)  # the data base reads its tables once, for everybody
    rows: dict[str, list[tuple[float, float]]] = {"raw": [], "in turn": [], "side by side": []}
    found: set[int] = set()
    for _ in range(RUNS):  # one after another, so that a slow minute of the machine is everybody's
        rows["raw"].append(raw(far, found))
        rows["in turn"].append(ours(far, 1, found))
        rows["side by side"].append(ours(far, 4, found))
    if len(found) != 1:
        raise RuntimeError(f"not the same products: {found}")
    first, everything = (
        {k: statistics.median(x[i] for x in v) for k, v in rows.items()} for i in (0, 1)
    )
    count = found.pop()
    memory, bare = _peak(far, "ours"), _peak(far, "raw")
    page = "one raw page"
    return [
        Figure(
            f"search: first rows, {STORED} items, {RTT_MS} ms",
            first["side by side"],
            first["raw"],
            against=page,
            at_most=1.3,
        ),
        Figure(
            "search: first rows, one page after another",
            first["in turn"],
            first["raw"],
            against=page,
            at_most=1.3,
        ),
        Figure(
            f"search: all {count} rows and footprints in turn",
            everything["in turn"],
            everything["raw"],
            against="raw paging",
            at_most=1.3,
        ),
        Figure(
            "search: all rows, periods side by side",
            everything["side by side"],
            everything["raw"],
            against="raw paging",
            at_most=1.0,
        ),
        Figure("search: peak memory with all rows", memory, bare, "MB", "raw paging, all kept"),
    ]


def raw(root: str, found: set[int] | None) -> tuple[float, float]:
    """Seconds to the first page and to the last, as a script would page: one session, every page
    decoded.
    """
    began = time.perf_counter()
    first = 0.0
    body: dict[str, Any] | None = {
        "limit": PAGE,
        "collections": list(QUERY.collections),
        "sortby": [{"field": "properties.datetime", "direction": "desc"}],
        # the query's days, in legal French time
        "datetime": "2012-12-31T23:00:00Z/2017-04-30T21:59:59.999Z",
    }
    items: list[Any] = []
    with requests.Session() as session:
        session.trust_env = False
        while body is not None:
            answer = session.post(f"{root}/search", json=body, timeout=60).json()
            items += answer["features"]
            first = first or time.perf_counter() - began
            body = next((link["body"] for link in answer["links"] if link["rel"] == "next"), None)
    if found is not None:
        found.add(len({i["id"] for i in items}))
    return first, time.perf_counter() - began


def profile_at(root: str, parallel: int) -> Profile:
    made = make_profile(root, page_size=PAGE, parallel=parallel)
    return replace(made, catalogues=(replace(made.catalogues[0], url=root),))


def ours(root: str, parallel: int, found: set[int] | None) -> tuple[float, float]:
    """Seconds to the first rows and to the last, from a client that has never met the service."""
    http = Http("bench")
    began = time.perf_counter()
    first = 0.0
    products = []
    for page in search(profile_at(root, parallel), QUERY, http, None, Cancel()):
        if page.error:
            raise page.error
        products += page.products
        first = first or time.perf_counter() - began
    last = time.perf_counter() - began
    http.close()
    if not all(p.footprint is not None and p.footprint.area > 0 for p in products):
        raise RuntimeError("rows without a footprint")
    if found is not None:
        found.add(len({p.id for p in products}))
    return first, last


def _peak(root: str, who: str) -> float:
    """Peak memory (MB) of a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_search", who, root],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    return float(done.stdout.split()[-1])


def _measure_one(who: str, root: str) -> None:
    import resource

    doing: dict[str, Callable[[], Any]] = {
        "raw": lambda: raw(root, set()),
        "ours": lambda: ours(root, 4, set()),
    }
    doing[who]()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _measure_one(sys.argv[1], sys.argv[2])
