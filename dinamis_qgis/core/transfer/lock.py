"""A lock that the system gives back when the process dies: on an open file, one holder at a time, Windows included."""

from __future__ import annotations

import os
import sys

_FAR = 1 << 40
"""Windows locks bytes and hides them from others: one far beyond any content."""


def lock(descriptor: int) -> bool:
    """Take the lock of an open file without waiting. False when another process (or descriptor) holds it."""
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
