"""Functions that Qt or QGIS calls from C++: an exception must not leave them.

One that does ends in QGIS's own code, which closes (path hooks), or in its window of Python errors,
once for every row that is painted.
"""

from __future__ import annotations

import functools
import inspect
import traceback
from typing import Any, Callable, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

fault_listeners: list[Callable[[BaseException], None]] = []
"""Called with every exception that was contained, from any thread: for the tests."""
_MOST_TOLD = 50
_told: dict[str, int] = {}


def contain_faults(fallback: Any = None) -> Callable[[F], F]:
    """For a method that C++ calls with data of others: what it raises is logged, and ``fallback``
    is the answer.

    Takes from Qt no more values than the method has places for, as Qt's slots do.
    """

    def wrap(function: F) -> F:
        most = _count_places(function)

        @functools.wraps(function)
        def contained(*values: Any, **named: Any) -> Any:
            given = values if most is None else values[:most]
            try:
                return function(*given, **named)
            except Exception as error:  # noqa: BLE001 (C++ cannot take it)
                log_fault(function.__qualname__, error)
            return fallback

        return cast(F, contained)

    return wrap


def log_fault(place: str, error: BaseException) -> None:
    """Write a fault of ours into the log, each kind a few times: what is painted is painted
    often.
    """
    for listener in tuple(fault_listeners):
        listener(error)
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    kind = f"{place}: {type(error).__name__} at {frame[0].name if frame else '?'}"
    _told[kind] = _told.get(kind, 0) + 1
    if _told[kind] > 3 or len(_told) > _MOST_TOLD:
        return
    lines = traceback.format_exception(type(error), error, error.__traceback__, limit=-6)
    # What strangers wrote may be in the words of the error: bounded, and never a lone surrogate.
    text = "".join(lines)[-4000:].encode("utf-8", "backslashreplace").decode("utf-8")
    _write_to_log(f"{place}: {text}")


def _write_to_log(text: str) -> None:
    from dinamis_qgis.bridge import messages  # QGIS, which the rules of the tests do without

    messages.log(text, critical=True)


def _count_places(function: Callable[..., Any]) -> int | None:
    """How many values ``function`` takes by place; None for any number."""
    places = list(inspect.signature(function).parameters.values())
    if any(place.kind is place.VAR_POSITIONAL for place in places):
        return None
    return sum(
        place.kind in (place.POSITIONAL_ONLY, place.POSITIONAL_OR_KEYWORD) for place in places
    )
