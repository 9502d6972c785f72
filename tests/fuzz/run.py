"""One parser, so many payloads: what came of them."""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from dinamis_qgis.core.errors import DinamisError
from tests.fuzz.mutate import mutate_bytes, mutate_json
from tests.fuzz.parsers import Parser

LONGEST_S = 2.0
"""Processor seconds of one payload."""
MOST_GROWTH = 200 << 20


@dataclass
class Result:
    """What came of a parser's payloads."""

    accepted: int = 0
    refused: int = 0
    foreign: Counter[str] = field(default_factory=Counter)
    """Exceptions that are not the project's, with the place of each."""
    example: dict[str, str] = field(default_factory=dict)
    slowest_s: float = 0.0
    grown: int = 0

    @property
    def faults(self) -> list[str]:
        """What should not be; empty when all is well."""
        found = [
            f"{kind} ({count} times): {self.example[kind]}" for kind, count in self.foreign.items()
        ]
        if self.slowest_s > LONGEST_S:
            found.append(f"a payload took {self.slowest_s:.1f} s")
        if self.grown > MOST_GROWTH:
            found.append(f"grew by {self.grown >> 20} MB")
        return found


def run_parser(parser: Parser, count: int, folder: Path, seed: int = 1) -> Result:
    """``count`` mutated payloads of ``parser``, always the same ones for a seed."""
    chance = random.Random(f"{parser.name} {seed}")
    result, before = Result(), _memory()
    for _ in range(count):
        right = chance.choice(parser.seeds)
        wrong = mutate_bytes if isinstance(right, bytes) else mutate_json
        payload = wrong(right, chance)
        began = time.process_time()
        try:
            parser.use(payload, folder)
            result.accepted += 1
        except DinamisError:
            result.refused += 1
        except Exception as error:
            place = _place(error)
            result.foreign[place] += 1
            result.example.setdefault(place, repr(payload)[:300])
        result.slowest_s = max(result.slowest_s, time.process_time() - began)
    result.grown = _memory() - before
    return result


def _place(error: Exception) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "dinamis_qgis" in f.filename]
    where = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno} {error!s:.80}"


def _memory() -> int:
    """The most memory this process has had, in bytes; 0 where it cannot be told."""
    if sys.platform == "win32":
        return 0
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024
