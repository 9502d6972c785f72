"""How long to wait before the next try: the one policy of everything that tries again."""

from __future__ import annotations

import secrets

_chance = secrets.SystemRandom()


def backoff_s(failures: int, first_s: float, longest_s: float) -> float:
    """Seconds to wait after so many failures in a row: doubled each time, up to ``longest_s``, half
    of it at random, so that many who failed together do not come back together.
    """
    wait = min(longest_s, first_s * float(2 ** min(max(0, failures - 1), 16)))
    return wait * (0.5 + 0.5 * _chance.random())
