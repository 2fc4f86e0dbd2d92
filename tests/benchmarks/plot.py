"""Curves over a logarithmic axis as SVG, without a plotting library: what the documents show of the benchmarks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, GAP, TOP, BOTTOM = 340, 220, 50, 30, 30, 50
COLOURS = ("#1f6feb", "#bc4c00", "#1a7f37")


@dataclass(frozen=True, slots=True)
class Curve:
    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves with one unit; its axis starts at nought."""

    unit: str
    curves: Sequence[Curve]

    @property
    def most(self) -> float:
        top = max(value for curve in self.curves for _, value in curve.points)
        step = 10.0 ** math.floor(math.log10(top))
        return math.ceil(top / step) * step


def svg(panels: Sequence[Panel], across: str) -> str:
    """The panels side by side; `across` names their common axis."""
    width, height = len(panels) * (WIDTH + LEFT + GAP), HEIGHT + TOP + BOTTOM
    body = "\n".join(line for number, panel in enumerate(panels) for line in _panel(panel, across, LEFT + number * (WIDTH + LEFT + GAP)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" fill="#57606a">\n<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def _panel(panel: Panel, across: str, left: float) -> Iterator[str]:
    first, last = (edge(math.log10(x) for curve in panel.curves for x, _ in curve.points) for edge in (min, max))

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (math.log10(x) - first) / (last - first) * WIDTH, TOP + HEIGHT * (1 - y / panel.most)

    for quarter in range(5):
        value = panel.most * quarter / 4
        _, y = place(10**first, value)
        yield f'<path d="M{left} {y:.1f}h{WIDTH}" stroke="#d0d7de"/><text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.0f}</text>'
    for power in range(math.ceil(first - 0.01), math.floor(last + 0.01) + 1):
        x, y = place(10**power, 0)
        yield f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle">{10**power:,}</text>'
    yield f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 36}" text-anchor="middle">{across}</text>'
    yield f'<text x="{left - 40}" y="{TOP - 14}">{panel.unit}</text>'
    for number, curve in enumerate(panel.curves):
        colour, path = COLOURS[number], [place(*point) for point in curve.points]
        yield f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in path)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in path)
        yield f'<text x="{left + 10}" y="{TOP + HEIGHT - 12 - 16 * number}" fill="{colour}">{curve.name}</text>'
