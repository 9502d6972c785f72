"""SCIM against independent peers: scim2-cli has nothing to say about the training service."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.scim_peers import Missing, environment
from tests.support.service import LittleWorld, running_service, sign_in


@pytest.fixture(scope="module")
def programs() -> Path:
    try:
        return environment()
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("scim"), world=LittleWorld({})) as running:
        yield running


def test_scim2_finds_nothing_to_say(programs: Path, training: Any) -> None:
    tokens = sign_in(training, "relais")
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environ["SCIM_CLI_HEADERS"] = f"Authorization: Bearer {tokens['access_token']}"
    command = [str(programs / "scim2"), "--url", f"{training.root}/scim/v2", "test"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    said = [line for line in lines if line.startswith(("ERROR", "CRITICAL", "SKIPPED"))]
    assert done.returncode == 0 and not said, done.stdout[-3000:] + done.stderr[-1000:]
    assert words.count("SUCCESS") > 80
