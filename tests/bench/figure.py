"""One measured figure, as a ratio of medians taken in one run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``ours`` and ``reference`` in ``unit``; ``ratio`` is ours / reference.

    ``at_most`` or ``at_least`` is the goal for the ratio; neither means the figure is only
    reported.
    """

    name: str
    ours: float
    reference: float
    unit: str = "s"
    against: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.reference if self.reference else float("inf")

    @property
    def held(self) -> bool:
        over = self.at_most is not None and self.ratio > self.at_most
        under = self.at_least is not None and self.ratio < self.at_least
        return not (over or under)

    def row(self) -> tuple[str, str, str, str, str, str]:
        goal = (
            f"≤ {self.at_most:g}"
            if self.at_most is not None
            else f"≥ {self.at_least:g}"
            if self.at_least is not None
            else "–"
        )
        reference = f"{self.reference:.3g} {self.unit}" + (
            f" ({self.against})" if self.against else ""
        )
        return (
            self.name,
            f"{self.ours:.3g} {self.unit}",
            reference,
            f"{self.ratio:.3g}",
            goal,
            "" if self.held else "MISSED",
        )
