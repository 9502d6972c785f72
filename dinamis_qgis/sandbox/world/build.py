"""The first start: makes what is missing of the programme, can be interrupted at any instant and
taken up again.
"""

from __future__ import annotations

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.sandbox.world import items
from dinamis_qgis.sandbox.world.make import Made, ground_fineness, make_files
from dinamis_qgis.sandbox.world.programme import Shot, all_shots
from dinamis_qgis.sandbox.world.store import World
from dinamis_qgis.sandbox.world.truth import ground_truth

VERSION = 3
"""Goes up when the imagery changes: an older world is made again, delivered scenes are kept."""

Progress = Callable[[float, str], None]


def prepare_world(
    data_dir: Path,
    progress: Progress | None = None,
    small: bool = False,
    days_per_second: float = 0.5,
) -> World:
    """The world under ``data_dir``, made on the first call (under a minute on two cores; two
    seconds when ``small``).

    ``progress`` is told the share done and a sentence, from worker threads. Raises ImageryError or
    OSError when files cannot be written.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    world = World(data_dir, small, days_per_second)
    try:
        mark = {"version": VERSION, "small": small}
        if world.store.note("finished") != mark or not (data_dir / "truth.json").is_file():
            _complete_world(world, mark, progress or (lambda share, text: None))
    except BaseException:
        world.close()
        raise
    return world


def _complete_world(world: World, mark: dict[str, Any], progress: Progress) -> None:
    _sweep_leftovers(world.storage)
    if world.store.note("begun") != mark:
        world.store.keep("finished", None)
        world.store.write("DELETE FROM items WHERE origin = ?", [("programme",)])
        world.store.keep("begun", mark)
        world.reload()
    wanted = all_shots(bool(mark["small"]))
    missing = [shot for shot in wanted if not _is_published(world, shot)]
    _make_all(world, missing, progress)
    partial = world.data_dir / "truth.json.part"
    partial.write_text(
        json.dumps(ground_truth(wanted), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    os.replace(partial, world.data_dir / "truth.json")
    world.store.keep("finished", mark)


def _is_published(world: World, shot: Shot) -> bool:
    """Whether the shot's item is published and its files have their sizes."""
    found = world.item(shot.collection, shot.id)
    if found is None:
        return False
    for asset in found["assets"].values():
        path = world.data_dir / asset["href"]
        if not path.is_file() or path.stat().st_size != asset["file:size"]:
            return False
    return True


def _sweep_leftovers(storage: Path) -> None:
    """Removes what an interrupted start left (old enough not to belong to one under way)."""
    if storage.is_dir():
        for path in storage.rglob(".*.part*"):
            if time.time() - path.stat().st_mtime > 3600:
                path.unlink(missing_ok=True)


def _group_by_grid(shots: list[Shot]) -> list[list[Shot]]:
    """Shots that see the same grid share their ground; the largest groups first."""
    groups: dict[tuple[Any, ...], list[Shot]] = {}
    for shot in shots:
        groups.setdefault((shot.collection, shot.scene.window(), shot.product), []).append(shot)
    return sorted(groups.values(), key=lambda g: -_count_pixels(g))


def _count_pixels(shots: list[Shot]) -> int:
    nx, ny = shots[0].scene.size
    return nx * ny * ground_fineness(shots[0]) ** 2 * len(shots)


def _make_all(world: World, shots: list[Shot], progress: Progress) -> None:
    groups = _group_by_grid(shots)
    total, done, lock = max(1, sum(_count_pixels(g) for g in groups)), [0], threading.Lock()
    progress(0.0, "Imagery of the training service")

    def tick(pixels: int) -> None:
        with lock:
            done[0] += pixels
            progress(min(done[0] / total, 1.0), "Imagery of the training service")

    # numpy and GDAL let other threads run: two threads use two cores, where a second process could
    # not be started from inside QGIS.
    with ThreadPoolExecutor(2, "imagery") as pool:
        running = [pool.submit(make_files, group, world.storage, tick) for group in groups]
        try:
            for future in as_completed(running):
                world.add([_made_item(made) for made in future.result()], "programme")
        except BaseException:
            for future in running:
                future.cancel()
            raise


def _made_item(made: Made) -> dict[str, Any]:
    # Published two days after the pass, always: the same world is the same to the byte.
    return items.scene_item(
        made.shot, made.cloud, made.sizes, made.shot.scene.when + timedelta(days=2, hours=3)
    )
