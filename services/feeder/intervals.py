"""When to look into a source again: sooner while it brings news, later while it does not, within its bounds and as its server asks."""

from __future__ import annotations

from dataclasses import dataclass

SOONER, LATER = 0.5, 1.5
PATIENCE = 2.0  # a source that fails


@dataclass(frozen=True, slots=True)
class IntervalBounds:
    """Least and most seconds between two looks."""

    least_s: float
    most_s: float

    def within(self, seconds: float) -> float:
        return min(self.most_s, max(self.least_s, seconds))


def next_interval(before_s: float | None, news: int, bounds: IntervalBounds) -> float:
    """Seconds from one look to the next, when the last one brought so many news. `before_s`: what it was; None at the first look."""
    if before_s is None:
        return bounds.least_s
    return bounds.within(before_s * (SOONER if news else LATER))


def after_failure(before_s: float | None, asked_s: float | None, bounds: IntervalBounds) -> float:
    """Seconds to wait after a look that failed; `asked_s`: what the server asked for."""
    return max(bounds.within((before_s or bounds.least_s) * PATIENCE), asked_s or 0.0)


def as_asked(interval_s: float, lifetime_s: float | None, bounds: IntervalBounds) -> float:
    """The pause before the next look: not while what was brought stays fresh, as far as the bounds allow it."""
    return max(interval_s, min(lifetime_s or 0.0, bounds.most_s))
