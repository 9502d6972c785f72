"""A thousand spoilt payloads a parser: only errors of our own, no hang, no growth."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.parsers import PARSERS, Parser
from tests.fuzz.run import run_parser

PAYLOADS = 1000


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_only_errors_of_our_own(parser: Parser, tmp_path: Path) -> None:
    result = run_parser(parser, PAYLOADS, tmp_path)
    assert result.faults == []
    assert result.accepted + result.refused == PAYLOADS
    assert result.accepted  # else the payloads are spoilt beyond use


def test_a_fault_is_seen(tmp_path: Path) -> None:
    def use(payload: object, folder: Path) -> None:
        raise KeyError("x")

    assert run_parser(Parser("bad", ({"a": 1},), use), 5, tmp_path).faults
