"""QGIS closed in the middle of something: it ends by itself, soon and without a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Callable

import pytest

from tests import code
from tests.support.window import far_service

LIMIT_S = 120
INSIDE = Path(__file__).parent / "inside" / "closing.py"
CASES = ["search", "drawing", "download", "comparison", "detection"]
SLOW_MS = 150
"""Each answer of the service takes so long that QGIS is closed before all of them came."""


@pytest.fixture(scope="module")
def tools() -> Iterator[ModuleType]:
    sys.path.insert(0, str(code.ROOT / "tools"))
    try:
        import qgis_run

        yield qgis_run
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def archive(tools: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of this state of the code."""
    import package

    return package.write(tmp_path_factory.mktemp("zip") / package.archive().name)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A training service, slow to answer."""
    with far_service(tmp_path_factory.mktemp("world"), SLOW_MS) as file:
        yield file


@pytest.fixture
def close(
    tools: ModuleType, archive: Path, profile: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., None]:
    """``close(case, folder)`` plays a function of ``inside/closing.py`` in a QGIS of its own."""

    def run(case: str, folder: Path) -> None:
        home = tmp_path_factory.mktemp("home")
        tools.make_profile(home / "profiles", archive)
        env = tools.environment(
            home,
            DINAMIS_PROFILE=profile,
            DINAMIS_TEST_CASE=case,
            DINAMIS_TEST_FOLDER=str(folder),
            DINAMIS_DOWNLOAD_FOLDER=str(folder),
            TMPDIR=str(tmp_path_factory.mktemp("tmp")),  # QGIS asks about layers that lie there
        )
        log = home / "qgis.log"
        with log.open("w") as output:
            process = tools.start(home / "profiles", INSIDE, env, output)
            try:
                code = process.wait(timeout=LIMIT_S)
            except subprocess.TimeoutExpired:
                code = "does not end"
            finally:
                process.kill()
                process.wait()
        said = log.read_text(errors="replace")
        assert (code, (folder / "played").exists()) == (0, True), said
        assert "Traceback" not in said, said

    return run


@pytest.mark.display
@pytest.mark.parametrize("case", CASES)
def test_closed_in_the_middle(close: Callable[..., None], case: str, tmp_path: Path) -> None:
    close(case, tmp_path)


@pytest.mark.display
def test_closed_after_a_project_with_streamed_imagery(
    close: Callable[..., None], tmp_path: Path
) -> None:
    """Opened in the session that saved it, then by another in which nobody is signed in and the
    dock was never shown.
    """
    close("project", tmp_path)
    (tmp_path / "played").unlink()
    close("opened", tmp_path)
