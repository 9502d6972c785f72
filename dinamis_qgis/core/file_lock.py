"""A lock that the system gives back when the process dies: on an open file, one holder at a time,
Windows included.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_FAR = 1 << 40
"""Windows locks bytes and hides them from others: one far beyond any content."""


def try_lock(descriptor: int) -> bool:
    """Take the lock of an open file without waiting.

    False when another process (or descriptor) holds it.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        import errno

        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        return True  # a network folder without locks: better unlocked than unusable
    return True


def open_locked(path: Path, flags: int = 0) -> int:
    """Open ``path`` (made when missing) and take its lock: the descriptor, or -1 when somebody else
    has it. Raises OSError.
    """
    while True:
        descriptor = os.open(
            path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | flags, 0o644
        )
        if not try_lock(descriptor):
            os.close(descriptor)
            return -1
        try:
            mine = os.path.samestat(os.fstat(descriptor), os.stat(path))
        except FileNotFoundError:
            mine = False  # who had it before removed it just now
        except OSError:
            os.close(descriptor)
            raise
        if mine:
            return descriptor
        os.close(descriptor)


def remove_and_unlock(descriptor: int, *paths: Path) -> None:
    """Remove ``paths`` (the locked file among them) and give the lock back: nobody can come to hold
    a file that is gone.
    """
    early = sys.platform != "win32"  # there an open file cannot be removed
    if early:
        _remove_files(paths)
    with contextlib.suppress(OSError):  # a network folder that is gone says so here too
        os.close(descriptor)
    if not early:
        _remove_files(paths)


def _remove_files(paths: tuple[Path, ...]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):  # gone already, or held by somebody who will remove it
            path.unlink()


@contextlib.contextmanager
def hold_lock(path: Path, wait_s: float = 0.0) -> Iterator[bool]:
    """Hold the lock file ``path`` against other processes and threads; False when somebody has it
    still after ``wait_s``.

    Raises OSError where no file can be made.
    """
    end = time.monotonic() + wait_s
    while (descriptor := open_locked(path)) < 0 and time.monotonic() < end:
        time.sleep(0.01)
    try:
        yield descriptor >= 0
    finally:
        if descriptor >= 0:
            remove_and_unlock(descriptor, path)
