"""Sums up what `soak.py` wrote: did memory, handles and times level off, and was there an error?

The slope is Theil and Sen's: the median of the slopes between all pairs of points of the second
half (P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, 1968); some high
values do not move it. The ratio is that of the last quarter's median and the second quarter's.
"""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_QUARTERS = 4
_MEASURES = (
    ("memory", "memory MB"),
    ("private", "of it private MB"),
    ("handles", "handles"),
    ("threads", "threads"),
    ("children", "children"),
    ("library_mb", "library MB"),
    ("temporary_kb", "temporary kB"),
    ("temporary_files", "temporary files"),
    ("first_p50", "first words p50 ms"),
    ("first_p95", "first words p95 ms"),
    ("whole_p50", "whole answer p50 ms"),
    ("whole_p95", "whole answer p95 ms"),
    ("cpu_ms_a_request", "CPU ms a request"),
    ("load", "load"),
)


def share(values: Sequence[float], part: float) -> float:
    """Return the value that a part of all are no higher than."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)]


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the median slope between all pairs of points; 0 of fewer than two."""
    slopes = [
        (later - value) / (then - at)
        for n, (at, value) in enumerate(points)
        for then, later in points[n + 1 :]
        if then != at
    ]
    return statistics.median(slopes) if slopes else 0.0


def report(file: Path) -> str:
    """Return a table and the count of errors.

    Args:
        file: JSON lines, as `soak.py` writes them.
    """
    written = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    # The last window is cut off anyhow.
    lines = [line for line in written if line.get("requests")]
    if len(lines) < _QUARTERS:
        return f"{len(lines)} windows: too few to say anything"
    parts = [_head(lines), f"{'':20} {'Q1':>8} {'Q2':>8} {'Q3':>8} {'Q4':>8}  Q4/Q2   an hour"]
    parts += [_row(lines, name, label) for name, label in _MEASURES]
    acts = sum((Counter(line["kinds_of_acts"]) for line in lines), Counter())
    parts.append(", ".join(f"{name} {count}" for name, count in acts.most_common()))
    errors = Counter(error for line in written for error in line.get("errors", ()))
    parts.append(f"errors: {sum(errors.values())}")
    parts += [f"  {count} times {error}" for error, count in errors.most_common(10)]
    parts += [
        f"errors in the server's log: {line['of']} {line['server_errors']}"
        for line in written
        if "server_errors" in line
    ]
    return "\n".join(parts)


def _head(lines: list[dict[str, Any]]) -> str:
    minutes = lines[-1]["minutes"]
    requests, acts = (sum(line[name] for line in lines) for name in ("requests", "acts"))
    return (
        f"{minutes:.0f} minutes, {acts} acts, {requests} requests"
        f" ({acts / minutes / 60:.2f} and {requests / minutes / 60:.2f} a second);"
        f" peak memory {lines[-1]['peak']:.0f} MB"
    )


def _row(lines: list[dict[str, Any]], name: str, label: str) -> str:
    points = [(line["minutes"], line[name]) for line in lines if line[name] is not None]
    size = len(points) // _QUARTERS
    quarters = [
        points[size * n : size * (n + 1) if n < _QUARTERS - 1 else None] for n in range(_QUARTERS)
    ]
    medians = [statistics.median(value for _, value in part) for part in quarters if part]
    if len(medians) < _QUARTERS:
        return f"{label:20} too few"
    an_hour = 60 * slope(points[len(points) // 2 :])
    ratio = medians[3] / medians[1] if medians[1] else 1.0
    shown = " ".join(f"{value:8.1f}" for value in medians)
    return f"{label:20} {shown}  {ratio:5.2f}  {an_hour:+8.2f}"
