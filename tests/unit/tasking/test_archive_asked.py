"""What may be said of the images that exist: only what a catalogue was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dinamis_qgis import about
from dinamis_qgis.core.catalogue.model import Page
from dinamis_qgis.core.errors import NetworkError
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.core.service import ServiceConnection
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.tasking.rules import archive


@pytest.fixture
def real() -> Profile:
    return load_profile(
        about.resource_path("profiles", "dinamis.json"), about.resource_path("profiles", "schema.json")
    )


def look(profile: Profile, draft: Draft, product: str) -> archive.Archive:
    wanted = next(p for p in profile.tasking.products if p.id == product)
    nobody: Any = None
    connection = ServiceConnection(profile, nobody, None)
    return archive.find_archive_images(connection, draft, wanted, 365, date(2026, 6, 1), None, Cancel())


def test_without_a_catalogue_of_that_satellite_nothing_is_asked_and_nothing_concluded(
    real: Profile, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> Iterator[Page]:
        raise AssertionError("nobody lists Pléiades by default")

    monkeypatch.setattr(ServiceConnection, "search", never)
    found = look(real, draft, "pleiades")
    assert not found.asked and not found.conclusive


def test_only_the_catalogues_that_could_hold_it_are_asked_and_are_named(
    real: Profile, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []

    def empty(*given: Any) -> Iterator[Page]:
        said.append(given[3])
        yield Page("teledetection", (), last=True)

    monkeypatch.setattr(ServiceConnection, "search", empty)
    found = look(real, draft, "spot")
    assert said == [("teledetection",)] and found.asked == ("DINAMIS",) and found.conclusive


def test_a_catalogue_that_fails_is_named_and_nothing_is_concluded(
    real: Profile, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tuple(replace(c, default=c.id in ("teledetection", "openspot")) for c in real.catalogues)

    def half(*given: Any) -> Iterator[Page]:
        yield Page("teledetection", (), last=True)
        yield Page("openspot", (), last=True, error=NetworkError("away"))

    monkeypatch.setattr(ServiceConnection, "search", half)
    wanted = tuple(replace(p, archive_collections=()) for p in real.tasking.products)
    profile = replace(real, catalogues=both, tasking=replace(real.tasking, products=wanted))
    found = look(profile, draft, "spot")
    assert len(found.asked) == 2 and found.silent == (both[1].title,) and not found.conclusive
