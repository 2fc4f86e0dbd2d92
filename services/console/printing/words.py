"""Counts in words that agree with them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`1 record`, `2 records`, `1,204 copies` (with `many` where it is not one with an s)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """`0.4 s`, `38 s`, `2 min 5 s`, `3 h 12 min`, `2 d 4 h`; what lies in the future by a clock that is wrong is `0.0 s`."""
    if seconds < 9.95:
        return f"{max(0.0, seconds):.1f} s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    minutes, hours, days = whole // 60, whole // 3600, whole // 86400
    if minutes < 60:
        return f"{minutes} min {whole % 60} s"
    return f"{hours} h {minutes % 60} min" if hours < 48 else f"{days} d {hours % 24} h"
