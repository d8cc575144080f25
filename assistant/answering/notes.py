"""What is said beneath an answer about the answer itself."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.instructions import reads_like_instruction
from assistant.language import main_language
from assistant.schema import Segment
from assistant.strings import say


def left_out_note(count: int, language: str) -> list[str]:
    """Return the note that sentences were left out, if any were.

    Args:
        count: How many.
        language: Language of the answer.
    """
    if not count:
        return []
    name = "answer.note.left_out.one" if count == 1 else "answer.note.left_out.many"
    return [say(name, language, {"count": count})]


def warnings_about(shown: Sequence[Segment], language: str) -> list[str]:
    """Return the warning that a cited sentence reads like an order to a model, if one does.

    Args:
        shown: The segments of the answer.
        language: Language of the answer.
    """
    citations = tuple(dict.fromkeys(c for segment in shown for c in segment.citations))
    suspect = [n for n, c in enumerate(citations, 1) if reads_like_instruction(c.cited_text)]
    if not suspect:
        return []
    numbers = say("answer.comma", language).join(f"[{number}]" for number in suspect)
    return [say("answer.note.instruction", language, {"numbers": numbers})]


def language_note(shown: Sequence[Segment], language: str) -> list[str]:
    """Return the note that a model wrote in another language all the same, if it did.

    Args:
        shown: The segments of the answer.
        language: Language of the question.
    """
    written = {main_language(s.text) for s in shown if s.support != "frame"}
    is_other = bool(written) and language not in written
    return [say("answer.note.other_language", language)] if is_other else []
