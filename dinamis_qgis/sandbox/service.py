"""The training service as a whole: ``start(options)`` gives a running ``Service``; for the command
line and for QGIS.

Importing it costs little; starting installs no signal handler and changes no global state. The
first start makes the imagery.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Callable

from dinamis_qgis import about
from dinamis_qgis.core.file_lock import try_lock
from dinamis_qgis.sandbox.activity import activity, eligibility, news
from dinamis_qgis.sandbox.auth import device_page
from dinamis_qgis.sandbox.auth.accounts import training_accounts
from dinamis_qgis.sandbox.auth.auth import AuthServer, Lives
from dinamis_qgis.sandbox.auth.devices import DeviceLogins
from dinamis_qgis.sandbox.auth.store import CredentialStore
from dinamis_qgis.sandbox.elevation import wms
from dinamis_qgis.sandbox.faults import Faults
from dinamis_qgis.sandbox.scim import scim
from dinamis_qgis.sandbox.scim.directory import Directory
from dinamis_qgis.sandbox.storage import signing, storage
from dinamis_qgis.sandbox.web.line import NetworkLine
from dinamis_qgis.sandbox.web.server import ClientLimits, TrainingServer
from dinamis_qgis.sandbox.web.web import Route, Seen

log = logging.getLogger(__name__)

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and a sentence, from any thread; what it raises stops the
preparation.
"""

PREPARED_S = 120.0
"""So long the imagery that another process makes is waited for."""
PREFERRED_PORT = 47811
"""So that the addresses saved in a project stay good from one start to the next."""


@dataclass(frozen=True)
class Options:
    """How to run.

    ``port`` None prefers ``PREFERRED_PORT`` and takes a free one when it is busy; 0 takes a free
    one.

    ``auto_approve`` names the account device logins are approved for at once. ``token_life`` and
    ``url_life`` in seconds; ``url_life`` None follows the client. ``small`` makes a small world,
    for tests; so are the fields after it.
    """

    port: int | None = None
    data: Path | None = None
    auto_approve: str = ""
    rtt_ms: float = 0.0
    rate_mbit: float = 0.0
    token_life: int = 300
    url_life: int | None = None
    days_per_second: float = 0.5
    small: bool = False
    device_life: float = 600.0
    device_interval: float = 5.0
    limits: ClientLimits = field(default_factory=ClientLimits)


class AlreadyRunningError(OSError):
    """Another process serves from this data folder; ``profile_path`` is the profile of its
    service.
    """

    def __init__(self, data: Path, profile_path: Path) -> None:
        super().__init__(f"{data}: a training service runs here already")
        self.profile_path = profile_path


class Service:
    """A running service; ``stop`` ends it and may be called twice.

    For tests: ``faults``, ``seen``, ``store.expire()``, and ``store.now``, the time that tokens,
    logins and signatures go by, which may be replaced.
    """

    def __init__(
        self,
        server: TrainingServer,
        profile_path: Path,
        world: Any,
        store: CredentialStore,
        auth: AuthServer,
        ending: ExitStack,
    ) -> None:
        self.server, self.world, self.store, self.auth = server, world, store, auth
        self.root = server.root
        self.port = server.port
        self.profile_path = profile_path
        self._ending = ending

    @property
    def faults(self) -> Faults:
        """Rules that damage answers (see ``faults``)."""
        return self.server.faults

    @property
    def seen(self) -> list[Seen]:
        """The latest requests answered, oldest first."""
        return list(self.server.seen)

    def stop(self) -> None:
        """Stop serving and release the files."""
        self._ending.close()

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start_service(
    options: Options,
    progress: Progress | None = None,
    world: Any = None,
    extra: Sequence[Route] = (),
) -> Service:
    """Prepare the world when needed (up to a minute the first time), then serve.

    ``world`` and ``extra`` replace the world and the catalogue's routes, for tests. Raises OSError
    when the port or the data folder cannot be used or the imagery cannot be made, ValueError on an
    option that makes no sense.
    """
    accounts = training_accounts()
    if options.auto_approve and options.auto_approve not in accounts:
        raise ValueError(
            f"There is no account “{options.auto_approve}”; there are: {', '.join(accounts)}."
        )
    if options.token_life < 1 or (options.url_life is not None and options.url_life < 1):
        raise ValueError("--token-life and --url-life take a value of 1 or more.")
    if not 0 <= options.days_per_second < 1e6:
        raise ValueError("--days-per-second takes a value of 0 or more.")
    line = NetworkLine.of(options.rtt_ms, options.rate_mbit)
    data = (options.data or default_data_dir()).resolve()
    data.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as ending:
            ending.callback(_own_folder(data).close)
            store = CredentialStore(data / "accounts.sqlite")
            ending.callback(store.close)
            logins = DeviceLogins(options.device_life, options.device_interval, lambda: store.now())
            auth = AuthServer(
                accounts, store, logins, Lives(access=options.token_life), options.auto_approve
            )
            routes: list[Route] = list(extra)
            if world is None:
                world, routes = _real_world(options, data, progress, auth, ending)
            people = Directory(
                data / "directory.sqlite", accounts, lambda: store.now(), options.days_per_second
            )
            ending.callback(people.close)
            auth.signed_in = people.note_sign_in
            server = _bind_server(
                [*routes, *_own_routes(world, store, auth, options), *_relay_routes(people, auth)],
                options.port,
                line,
                options.limits,
            )
            ending.callback(server.stop)
            profile_path = write_profile(data, server.root, options.url_life)
            server.start()
            return Service(server, profile_path, world, store, auth, ending.pop_all())
    except sqlite3.Error as error:
        raise OSError(f"{data}: {error}") from error


def _own_folder(data: Path) -> IO[bytes]:
    """The data folder for this process alone while the file is open; what an earlier one told of
    its address is removed.

    The address of a service that is being prepared is not known yet: it is waited for a while.
    Raises AlreadyRunningError.
    """
    file = (data / "service.lock").open("a+b")
    if try_lock(file.fileno()):
        for old in data.glob("formation-*.json"):
            old.unlink(missing_ok=True)
        return file
    file.close()
    until = time.monotonic() + PREPARED_S
    while time.monotonic() < until:
        found = next(iter(data.glob("formation-*.json")), None)
        if found is not None:
            raise AlreadyRunningError(data, found)
        time.sleep(0.1)
    raise OSError(f"{data}: the imagery is being made by another process")


def _real_world(
    options: Options, data: Path, progress: Progress | None, auth: AuthServer, ending: ExitStack
) -> tuple[Any, list[Route]]:
    from dinamis_qgis.sandbox.stac import stac
    from dinamis_qgis.sandbox.stapi import stapi
    from dinamis_qgis.sandbox.world import prepare_world
    from dinamis_qgis.sandbox.world.cog import ImageryError

    try:
        world = prepare_world(data / "world", progress, options.small, options.days_per_second)
    except ImageryError as error:
        raise OSError(str(error)) from error
    ending.callback(world.close)
    return world, [*stac.stac_routes(world), *stapi.stapi_routes(world, auth.account_of)]


def _own_routes(
    world: Any, store: CredentialStore, auth: AuthServer, options: Options
) -> list[Route]:
    key = store.setting("signing", lambda: secrets.token_bytes(32))
    return [
        *auth.routes(),
        *device_page.device_routes(auth),
        *signing.signing_routes(world, store, auth.account_of, key, options.url_life),
        *storage.storage_routes(world, key, lambda: store.now()),
        *wms.elevation_routes(),
    ]


def _relay_routes(people: Directory, auth: AuthServer) -> list[Route]:
    return [
        *scim.scim_routes(people, auth.account_of),
        *activity.activity_routes(people, auth.account_of),
        *news.news_routes(),
        *eligibility.eligibility_routes(),
    ]


def _bind_server(
    routes: Sequence[Route], port: int | None, line: NetworkLine, limits: ClientLimits
) -> TrainingServer:
    if port is not None:
        return TrainingServer(routes, port, line=line, limits=limits)
    try:
        return TrainingServer(routes, PREFERRED_PORT, line=line, limits=limits)
    except OSError:
        log.info("Port %d is busy, another one is taken.", PREFERRED_PORT)
        return TrainingServer(routes, 0, line=line, limits=limits)


def write_profile(data: Path, root: str, url_life: int | None = None) -> Path:
    """The profile of a running service, as a file: the built-in ``formation`` with its addresses
    filled in.
    """
    netloc = root.partition("://")[2]
    text = about.resource_path("profiles", "formation.json").read_text(encoding="utf-8")
    profile = json.loads(text.replace("{root}", root).replace("{netloc}", netloc))
    profile.pop("$schema", None)
    if url_life is not None:
        signing_part = profile["signing"]
        signing_part["duration_s"] = max(60, min(url_life, signing_part["duration_s"]))
        signing_part["renew_below_s"] = min(signing_part["renew_below_s"], url_life // 4)
    path = data / f"formation-{netloc.rpartition(':')[2]}.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(profile, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(part, path)
    return path


def default_data_dir() -> Path:
    """Where the service keeps its imagery and its state: the user's cache folder."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "dinamis-formation"
