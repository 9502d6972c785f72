"""``make bench``: runs every ``bench_*.py``, prints the ratios and writes ``build/bench.json``.

A benchmark module has ``run(work: Path) -> list[Figure]``. Every figure is a ratio against a peer
or a limit measured in the same run, so that it holds when the machine's speed drifts.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.figure import Figure

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build"


def main() -> int:
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", default=[], help=f"of {', '.join(names)}; default all")
    chosen = parser.parse_args().names or names
    work = BUILD / "bench"
    work.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = []
    for name in chosen:
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tests.bench.bench_{name}").run(work)
    print(table(figures))
    target = BUILD / "bench.json"
    machine = {"python": platform.python_version(), "system": platform.platform()}
    target.write_text(
        json.dumps({"machine": machine, "figures": [asdict(f) for f in figures]}, indent=1),
        encoding="utf-8",
    )
    missed = [f for f in figures if not f.held]
    print(f"{len(figures) - len(missed)} of {len(figures)} figures within their goal; {target}")
    return 1 if missed else 0


def table(figures: list[Figure]) -> str:
    """The figures in columns."""
    rows = [("figure", "ours", "reference", "ratio", "goal", "")]
    rows += [f.row() for f in figures]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows
    )


if __name__ == "__main__":
    raise SystemExit(main())
