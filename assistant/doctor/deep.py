"""Looks at all that a library holds: its record, the files behind it, both indexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.doctor.checks import State, Telling
from assistant.settings import Settings


def deep_looks(settings: Settings, told: Telling) -> Mapping[str, Callable[[], tuple[State, str]]]:
    """Return what is looked at only where that is asked for, by the name of the check."""
    return {
        "record": lambda: _record(settings, told),
        "files": lambda: _files(settings, told),
        "indexes": lambda: _indexes(settings, told),
    }


def _record(settings: Settings, told: Telling) -> tuple[State, str]:
    from assistant.library import inspect_catalogue

    found = inspect_catalogue(settings.library)
    if not found:
        return "ok", told("doctor.record")
    return "error", " ".join(
        told(f"doctor.record.{finding.fault}", count=finding.count, example=finding.example)
        for finding in found
    )


def _files(settings: Settings, told: Telling) -> tuple[State, str]:
    """Compare the files that seem to be as they were with what was read from them."""
    from assistant.ingestion import compare_files

    found = compare_files(settings.library)
    counts: dict[str, object] = {
        "same": found.same,
        "changed": found.changed,
        "gone": found.gone,
        "example": found.other[0] if found.other else "",
        "count": len(found.other),
    }
    if found.other:
        return "error", told("doctor.files.other", **counts)
    return "ok", told("doctor.files", **counts)


def _indexes(settings: Settings, told: Telling) -> tuple[State, str]:
    from assistant.library import compare_indexes

    states = compare_indexes(settings.library, settings.chroma_url)
    words = " ".join(
        told(
            f"doctor.indexes.{state.state}",
            index=told(f"doctor.indexes.{state.index}.name"),
            folder=settings.library / ("chroma" if state.index == "vectors" else "terms"),
            lacking=state.lacking,
            foreign=state.foreign,
        )
        for state in states
    )
    worst: State = "ok"
    if any(state.state in ("missing", "behind") for state in states):
        worst = "warning"
    if any(state.state in ("other", "damaged") for state in states):
        worst = "error"
    return worst, words
