"""The recipe of an evaluation: one line that names all that its numbers depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.evaluation.questions import Question
from assistant.evaluation.statistics import RESAMPLES, SEED
from assistant.sentences import PASSAGE_CHARACTERS
from assistant.settings import Settings

_DIGITS = 8


def recipe(
    questions: Sequence[Question],
    documents: int,
    settings: Settings,
    embedding: str | None,
    *,
    without: bool = False,
) -> str:
    """Return the recipe of an evaluation; equal recipes have comparable numbers.

    Args:
        questions: What was asked.
        documents: How many documents the library holds.
        settings: The settings it was asked with.
        embedding: Fingerprint of the embedding that made its vectors; None or empty for none.
        without: Whether the questions were also asked with their documents left out.

    Returns:
        Fields such as ``n:612``, separated by ``|``.
    """
    fields = {
        "sets": "+".join(dict.fromkeys(question.set for question in questions)) or "-",
        "n": len(questions),
        "docs": documents,
        "questions": _digest(repr(q) for q in questions),
        "emb": embedding or "-",
        "answers": settings.model or "extractive",
        "prompts": _prompts(settings.prompts) if settings.model else "-",
        "min": f"{settings.min_confidence:g}",
        "passages": PASSAGE_CHARACTERS,
        "without": "yes" if without else "no",
        "seed": SEED,
        "boot": RESAMPLES,
        "v": _version(),
    }
    return "|".join(f"{name}:{_plain(value)}" for name, value in fields.items())


def _plain(value: object) -> str:
    return " ".join(str(value).replace("|", "/").split())


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:_DIGITS]


def _prompts(folder: Path) -> str:
    return _digest(path.read_text("utf-8") for path in sorted(folder.glob("*.md")))


def _version() -> str:
    try:
        return version("sanad")
    except PackageNotFoundError:
        return "-"
