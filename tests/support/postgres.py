"""A PostgreSQL with PostGIS for a while, below one temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support import pgstac


@contextlib.contextmanager
def postgres() -> Iterator[dict[str, Any]]:
    """libpq's settings of a database that has PostGIS; stopped and removed at the end.

    Raises ``pgstac.Missing``.
    """
    programs, user = pgstac.postgres_programs(), pgstac._user()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    process: subprocess.Popen[bytes] | None = None
    try:
        if user:
            shutil.chown(folder, user.pw_name)
        port = pgstac._free_port()
        pgstac._initialise(programs, folder, user)
        process = pgstac._server(programs, folder, port, user)
        settings = {"host": "127.0.0.1", "port": port, "user": "postgres", "dbname": "postgres"}
        environ = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        psql = [programs / "psql", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "-qc"]
        pgstac._until(
            lambda: pgstac._run([*psql, "select 1"], environ, check=False) == 0,
            process,
            "PostgreSQL",
        )
        pgstac._run([*psql, "create extension postgis"], environ)
        yield settings
    finally:
        if process is not None:
            pgstac._stop(process)
        shutil.rmtree(folder, ignore_errors=True)
