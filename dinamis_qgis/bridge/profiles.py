"""Which profiles there are, and opening one: the training service is started when its profile asks
for it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis import about
from dinamis_qgis.bridge.settings import Paths
from dinamis_qgis.core.errors import Action, DinamisError, InvalidInput, from_os_error
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import load_profile
from dinamis_qgis.core.text import tr

BUILT_IN = ("dinamis", "formation")
TRAINING_ROOT = "http://127.0.0.1:47811"
"""Where the training service listens unless the port is taken."""

_lock = threading.Lock()
_service: Any = None


@dataclass(frozen=True)
class Choice:
    """A profile a person can choose."""

    id: str
    title: str
    path: Path


def schema_path() -> Path:
    """The schema of profile files."""
    return about.resource_path("profiles", "schema.json")


def profile_choices(paths: Paths) -> list[Choice]:
    """Built-in profiles, then imported ones by title; files that are no longer valid are left
    out.
    """
    found = [about.resource_path("profiles", f"{name}.json") for name in BUILT_IN]
    listed = []
    for path in found + sorted(paths.profiles.glob("*.json")):
        try:
            profile = load_profile(path, schema_path(), TRAINING_ROOT)
        except DinamisError:
            continue
        listed.append(Choice(profile.id, profile.title, path))
    return listed


def peek_profile(name: str, paths: Paths) -> Profile:
    """The profile of an id or a path, as its file says, without starting anything.

    Raises InvalidInput, StorageError.
    """
    candidates = [about.resource_path("profiles", f"{name}.json")] if name in BUILT_IN else []
    candidates += [paths.profiles / f"{name}.json", Path(name)]
    path = next((p for p in candidates if p.suffix == ".json" and p.is_file()), None)
    if path is None:
        raise InvalidInput(
            tr("The profile “{name}” is not there.").format(name=name),
            tr("Choose another profile in the account panel."),
        )
    return load_profile(path, schema_path(), TRAINING_ROOT)


def known_profiles(paths: Paths, named: str) -> list[Profile]:
    """Every profile there is, as its file says; first the one ``named``, which may be a path."""
    found: dict[str, Profile] = {}
    for name in (named, *BUILT_IN, *map(str, sorted(paths.profiles.glob("*.json")))):
        try:
            profile = peek_profile(name, paths)
        except DinamisError:
            continue
        found.setdefault(profile.id, profile)
    return list(found.values())


def open_profile(
    name: str, paths: Paths, progress: Callable[[float, str], None] | None = None
) -> Profile:
    """As ``peek_profile``, with the training service running when the profile is the training one.

    On a worker thread.
    """
    profile = peek_profile(name, paths)
    if not profile.training or (
        profile.source and Path(profile.source) != about.resource_path("profiles", "formation.json")
    ):
        return profile
    return load_profile(_start_training(paths, progress), schema_path())


def _start_training(paths: Paths, progress: Callable[[float, str], None] | None) -> Path:
    """The profile file of the training service: ours, or that of another QGIS window over the same
    folder.
    """
    global _service
    with _lock:
        if _service is None:
            from dinamis_qgis.sandbox.service import AlreadyRunningError, Options, start_service

            try:
                _service = start_service(Options(data=paths.training), progress=progress)
            except AlreadyRunningError as running:
                return running.profile_path
            except OSError as error:
                raise _not_started(error, paths) from error
        return Path(_service.profile_path)


def _not_started(error: OSError, paths: Paths) -> DinamisError:
    if error.errno is not None:
        return from_os_error(error, paths.home / "training")
    return DinamisError(
        tr("The training service cannot start."),
        tr("Free some space on the disk of your QGIS profile, then try again."),
        code="training",
        action=Action.RETRY,
        details=str(error),
    )


def stop_training() -> None:
    """Stop the training service if this QGIS started it."""
    global _service
    with _lock:
        if _service is not None:
            _service.stop()
            _service = None
