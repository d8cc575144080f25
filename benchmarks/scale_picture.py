"""Draws the figures of benchmarks/scale.py as a small SVG picture, without any package."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 320, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 62, 40
COLOURS = ("#1b6ca8", "#c8553d", "#2f7d4f", "#7a5195")
Figures = Sequence[Mapping[str, float]]


@dataclass(frozen=True)
class Line:
    """One curve.

    Attributes:
        name: What it is.
        key: Which figure it shows.
        dashed: Whether it is drawn dashed.
        colour: Index of its colour.
    """

    name: str
    key: str
    colour: int
    dashed: bool = False


@dataclass(frozen=True)
class Panel:
    """One diagram.

    Attributes:
        title: What it shows, with the unit.
        lines: Its curves.
        level: A height drawn across the whole, 0 for none.
        level_name: What that is.
    """

    title: str
    lines: Sequence[Line]
    level: float = 0.0
    level_name: str = ""


def draw(figures: Figures, usually: float) -> str:
    """Return the picture.

    Args:
        figures: What was measured, one mapping a size.
        usually: Passages a second of the usual pipeline; 0 for unknown.
    """
    panels = (
        Panel(
            "ask: milliseconds",
            (
                Line("same language, p50", "same_p50", 0),
                Line("p95", "same_p95", 0, dashed=True),
                Line("across, p50", "across_p50", 1),
                Line("p95", "across_p95", 1, dashed=True),
            ),
        ),
        Panel(
            "indexing: passages a second",
            (Line("everything included", "per_second", 2),),
            usually,
            "the usual pipeline",
        ),
        Panel(
            "megabytes",
            (
                Line("memory, indexing", "indexing_mb", 2),
                Line("memory, asking", "asking_mb", 0),
                Line("disk", "disk_mb", 3, dashed=True),
            ),
        ),
    )
    width = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}" font-family="sans-serif" font-size="11" fill="#333">',
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({number * WIDTH} 0)">')
        parts += _panel(panel, figures)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, figures: Figures) -> list[str]:
    sizes = [figure["passages"] for figure in figures]
    highest = max(panel.level, *(figure[line.key] for figure in figures for line in panel.lines))
    steps = _steps(highest)
    top = steps[-1]
    low, high = math.log10(min(sizes)), math.log10(max(sizes))

    def x(size: float) -> float:
        share = (math.log10(size) - low) / (high - low) if high > low else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)

    parts = [_text(LEFT, 18, panel.title, 'font-size="13" font-weight="bold"')]
    for step in steps:
        parts.append(_rule(LEFT, y(step), WIDTH - RIGHT, 'stroke="#ddd"'))
        parts.append(_text(LEFT - 6, y(step) + 4, f"{step:,.0f}", 'text-anchor="end"'))
    for size in sizes:
        anchor = 'text-anchor="end"' if size == max(sizes) else 'text-anchor="middle"'
        parts.append(_text(x(size), HEIGHT - BOTTOM + 16, f"{size / 1000:,.0f}k", anchor))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(_text(middle, HEIGHT - 8, "passages", 'text-anchor="middle"'))
    for line in panel.lines:
        points = [(x(f["passages"]), y(f[line.key])) for f in figures]
        parts += _curve(points, line)
    if panel.level:
        parts.append(_rule(LEFT, y(panel.level), WIDTH - RIGHT, _stroke(1, dashed=True)))
        parts.append(_text(LEFT + 6, y(panel.level) - 5, panel.level_name, f'fill="{COLOURS[1]}"'))
    return parts + _legend(panel.lines)


def _steps(highest: float) -> list[float]:
    """Return round numbers from 0 to the first one that is not below the highest value."""
    size = 10.0 ** math.floor(math.log10(highest))
    step = next(size * part for part in (0.2, 0.5, 1, 2) if highest / (size * part) <= 5)  # noqa: PLR2004  # at most five
    return [step * number for number in range(math.ceil(highest / step) + 1)]


def _curve(points: Sequence[tuple[float, float]], line: Line) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    colour = COLOURS[line.colour]
    return [
        f'<polyline points="{path}" fill="none" {_stroke(line.colour, dashed=line.dashed)}/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points),
    ]


def _legend(lines: Sequence[Line]) -> list[str]:
    parts = []
    for number, line in enumerate(lines):
        x, y = LEFT + 128 * (number % 2), 34 + 15 * (number // 2)
        parts.append(_rule(x, y - 4, x + 18, _stroke(line.colour, dashed=line.dashed)))
        parts.append(_text(x + 23, y, line.name))
    return parts


def _stroke(colour: int, *, dashed: bool) -> str:
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f'stroke="{COLOURS[colour]}" stroke-width="1.6"{dashes}'


def _rule(x: float, y: float, end: float, look: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{end:.1f}" y2="{y:.1f}" {look}/>'


def _text(x: float, y: float, text: str, look: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'
