"""``python -m tests.fuzz [payloads a parser] [seed] [parser…]``: ends with 1 where something is wrong."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.parsers import PARSERS
from tests.fuzz.run import run_parser


def main(arguments: list[str]) -> int:
    """Run them all, a line each."""
    count = int(arguments[0]) if arguments else 1000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    wanted = set(arguments[2:])
    bad = 0
    for parser in PARSERS:
        if wanted and parser.name not in wanted:
            continue
        began = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            result = run_parser(parser, count, Path(folder), seed)
        took = time.process_time() - began
        print(
            f"{parser.name:20} {result.accepted:6} read {result.refused:6} refused "
            f"{took:6.1f} s, slowest {result.slowest_s:.2f} s",
            flush=True,
        )
        for fault in result.faults:
            bad += 1
            print(f"    {fault}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
