"""Sets of byte ranges, half open: ``(start, end)`` holds ``start`` and not ``end``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Span = tuple[int, int]


class Spans:
    """Byte ranges kept sorted, disjoint and as few as possible. Not thread-safe."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        for start, end in spans:
            self.add(start, end)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def add(self, start: int, end: int) -> None:
        """Add ``[start, end)``, joined with what it touches."""
        if end <= start:
            return
        apart = [s for s in self._spans if s[1] < start or s[0] > end]
        touching = [s for s in self._spans if not (s[1] < start or s[0] > end)]
        start = min([start, *(s[0] for s in touching)])
        end = max([end, *(s[1] for s in touching)])
        self._spans = sorted([*apart, (start, end)])

    def total(self) -> int:
        """Number of bytes held."""
        return sum(end - start for start, end in self._spans)

    def gaps(self, size: int) -> list[Span]:
        """What is missing of ``[0, size)``, in order."""
        missing, at = [], 0
        for start, end in self._spans:
            if start > at:
                missing.append((at, min(start, size)))
            at = max(at, end)
        if at < size:
            missing.append((at, size))
        return [gap for gap in missing if gap[1] > gap[0]]
