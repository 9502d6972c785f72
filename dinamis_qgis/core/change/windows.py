"""Two images through a function, window by window: parallel, cancellable, in bounded memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Callable, TypeVar

from dinamis_qgis.core.change.grid import Array, Grid, GridWindow, split_windows
from dinamis_qgis.core.change.reader import Reader
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.net.http import Cancel

T = TypeVar("T")
SIDE = 512
"""Side of a window in pixels: two scenes of four bands and what is computed from them stay below 40
MB a thread.
"""


def map_windows(
    first: Scene,
    second: Scene,
    grid: Grid,
    work: Callable[[GridWindow, Array, Array], T],
    cancel: Cancel | None = None,
    progress: Callable[[float], None] | None = None,
    workers: int = 0,
    side: int = SIDE,
) -> Iterator[tuple[GridWindow, T]]:
    """``work(window, first, second)`` over every window of ``grid``, as they end.

    ``work`` gets float32 arrays (bands, height, width) with NaN where nothing was seen, on a worker
    thread; numpy and GDAL let the others run meanwhile. Never more than two windows a worker are
    under way. Raises what reading raises, Cancelled.
    """
    cancel = cancel or Cancel()
    one, two = Reader(first, grid), Reader(second, grid)
    todo = split_windows(grid, side)
    workers = min(len(todo), workers or max(1, min(8, os.cpu_count() or 1)))

    def run(window: GridWindow) -> tuple[GridWindow, T]:
        cancel.check()
        return window, work(window, one.read(window), two.read(window))

    waiting: set[Future[tuple[GridWindow, T]]] = set()
    queue, done = iter(todo), 0
    with ThreadPoolExecutor(workers, "change") as pool:
        try:
            while True:
                for window in queue:
                    waiting.add(pool.submit(run, window))
                    if len(waiting) >= 2 * workers:
                        break
                if not waiting:
                    return
                ended, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                cancel.check()
                for future in ended:
                    done += 1
                    yield future.result()
                    if progress is not None:
                        progress(done / len(todo))
        finally:
            for future in waiting:
                future.cancel()


def sample_pair(
    first: Scene, second: Scene, grid: Grid, most: int = 1 << 20, cancel: Cancel | None = None
) -> tuple[Array, Array]:
    """Both images over ``grid`` at a resolution of at most about ``most`` pixels, for statistics.

    Raises as reading does.
    """
    import numpy as np

    coarse = grid.coarser(most)
    shape = (coarse.height, coarse.width)
    one = np.empty((first.depth, *shape), np.float32)
    two = np.empty((second.depth, *shape), np.float32)
    for window, (a, b) in map_windows(first, second, coarse, lambda window, a, b: (a, b), cancel):
        part = (
            slice(window.row, window.row + window.height),
            slice(window.column, window.column + window.width),
        )
        one[(slice(None), *part)], two[(slice(None), *part)] = a, b
    return one, two
