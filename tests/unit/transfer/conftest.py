from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Callable

import pytest

from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.transfer.fetch.host_limits import Hosts
from dinamis_qgis.core.transfer.fetch.tools import Access, FetchRules, Tools
from tests.support.hostile import Storage, hostile

RULES = FetchRules(
    connections=4,
    piece=64 << 10,
    first=128 << 10,
    shortest=64 << 10,
    longest=1 << 20,
    connect_s=5.0,
    stall_s=1.0,
    tries=4,
    backoff_s=0.02,
    longest_backoff_s=0.1,
    longest_wait_s=3.0,
    progress_s=0.02,
)


@pytest.fixture
def storage() -> Iterator[Storage]:
    with hostile() as running:
        yield running


@pytest.fixture
def tools() -> Iterator[Callable[..., Tools]]:
    """``tools(access=…, **rules)``: what a transfer needs, in a hurry."""
    made: list[Http] = []

    def make(access: Access | None = None, **rules: Any) -> Tools:
        http = Http("dinamis-tests", retries=0)
        made.append(http)
        return Tools(http, access or Access(), Hosts(8), replace(RULES, **rules))

    yield make
    for http in made:
        http.close()
