"""The tools of a release: advisories on pins, and the news of the changelog."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests import code


@pytest.fixture(scope="module")
def tools() -> Iterator[tuple[ModuleType, ModuleType]]:
    sys.path.insert(0, str(code.ROOT / "tools"))
    try:
        import check_advisories
        import release
    finally:
        sys.path.pop(0)
    yield check_advisories, release


def test_an_affected_pin_is_found(tools: tuple[ModuleType, ModuleType], tmp_path: Path) -> None:
    advisories, _ = tools
    pins = tmp_path / "pins.txt"
    pins.write_text("zipp==3.19.0 \\\n    --hash=x\nRequests==2.32.5\n# six==1\n")
    known = [
        {"package": "zipp", "id": "A-1", "affected": "<3.19.1", "what": "endless"},
        {"package": "requests", "id": "A-2", "affected": "<2.32.4", "what": "netrc"},
    ]
    assert list(advisories.find_affected([pins], known)) == ["pins.txt: zipp 3.19.0: A-1, endless"]


def test_no_pin_of_ours_is_affected(tools: tuple[ModuleType, ModuleType]) -> None:
    assert tools[0].main() == 0


def test_a_dated_section_becomes_the_release(tools: tuple[ModuleType, ModuleType]) -> None:
    release = tools[1]
    text = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-12-01\n\n### Added\n- One\n  more\n- Two\n"
    version, entries = release.read_top_section(text)
    assert (version, entries) == ("1.2.0", ["One", "Two"])
    written = release.write_version("version=1.0\nchangelog=\n    1.0\n", version, entries)
    assert written == "version=1.2.0\nchangelog=\n    1.2.0\n    - One\n    - Two\n    1.0\n"
    assert release.write_version(written, version, entries) == written


def test_news_without_a_version_make_no_release(tools: tuple[ModuleType, ModuleType]) -> None:
    text = "## [Unreleased]\n\n### Added\n- News\n\n## [0.1.0] - 2026-01-01\n- Old\n"
    with pytest.raises(ValueError, match="Unreleased"):
        tools[1].read_top_section(text)
