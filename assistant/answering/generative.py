"""Answers that a chat model writes, sentence by sentence through the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.answering.drafting import Draft, drafts
from assistant.answering.gate import Gate
from assistant.answering.notes import language_note, left_out_note, warnings_about
from assistant.answering.second import SecondReader
from assistant.answering.when import days_beside
from assistant.answering.writing import Task, corrected, write_task
from assistant.language.scripts import script_counts
from assistant.retrieval import Evidence
from assistant.schema import Interrupt, Message, Segment
from assistant.strings import say

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.models.chat import ChatStream

# A model may find an answer where the rules doubt; hardly ever where they see nothing at all.
LEAST_CONFIDENCE = 0.1
_MOST_SENTENCES = 40
_MOST_REPEATED = 3
_LEAST_LETTERS = 12


class Writer(Protocol):
    """A chat model that writes; `assistant.models.ChatWriter` is one."""

    name: str

    def stream(self, messages: Sequence[BaseMessage]) -> ChatStream:
        """Return the pieces of an answer."""
        ...

    def context_tokens(self) -> int:
        """Return the tokens of messages and answer together."""
        ...

    def answer_tokens(self) -> int:
        """Return the tokens that are kept for the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """What is shown of what a model wrote.

    Attributes:
        min_confidence: Below this confidence the question is refused without asking the model;
            never more than `LEAST_CONFIDENCE` counts.
        keeps_unsupported: Show sentences without support, marked; else they are left out.
    """

    min_confidence: float
    keeps_unsupported: bool = False


class GenerativeAnswerer:
    """Lets a chat model write, and shows what the gate has checked.

    Args:
        writer: The chat model.
        prompts: Folder of the prompts.
        policy: What is shown.
        reader: Reads unconfirmed sentences a second time; None for nobody.
    """

    def __init__(
        self, writer: Writer, prompts: Path, policy: Policy, reader: SecondReader | None = None
    ) -> None:
        self._writer = writer
        self._prompts = prompts
        self._policy = policy
        self._reader = reader

    @property
    def engine(self) -> str:
        """The model's name."""
        return self._writer.name

    def segments(
        self,
        evidence: Evidence,
        history: Sequence[Message] = (),
        interrupt: Interrupt | None = None,
    ) -> Iterator[Segment]:
        """Yield checked sentences as the model writes them, or one frame that refuses.

        Args:
            evidence: What was found.
            history: What was said before, oldest first.
            interrupt: Ends the model's work when it is set, from any thread.

        Raises:
            ModelError: The model failed.
            PromptError: A prompt is missing or wrong.
        """
        stop = interrupt or Interrupt()
        language = evidence.query.language
        least = min(self._policy.min_confidence, LEAST_CONFIDENCE)
        if not evidence.sentences or evidence.confidence < least:
            refusal = "answer.empty_library" if evidence.is_library_empty else "answer.refusal"
            yield Segment(say(refusal, language))
            return
        room = self._writer.context_tokens() - self._writer.answer_tokens()
        task = write_task(evidence, history, room, self._prompts)
        gate = Gate(task.sources, language, self._reader, stop)
        shown: list[Segment] = []
        left_out, gap = 0, ""
        for checked in gate.read(self._drafts(task, language, stop)):
            if stop.is_set:
                return
            # What is left out may have begun the line that goes on behind it.
            if checked.draft.begins_line or not gap:
                gap = _gap(checked.draft)
            if checked.segment.support == "unsupported" and not self._policy.keeps_unsupported:
                left_out += 1
                continue
            before = gap if shown else gap.lstrip("\n")
            gap = ""
            if before.strip() or shown:
                yield Segment(before)
            shown.append(checked.segment)
            yield checked.segment
            yield from days_beside(checked.segment, evidence, language)
        if stop.is_set:
            return
        yield from self._ending(shown, left_out, gate, language)

    def _ending(
        self, shown: Sequence[Segment], left_out: int, gate: Gate, language: str
    ) -> Iterator[Segment]:
        if not any(segment.citations for segment in shown):
            yield Segment(("\n" if shown else "") + say("answer.refusal", language))
            return
        notes = [
            *gate.notes,
            *left_out_note(left_out, language),
            *language_note(shown, language),
            *warnings_about(shown, language),
        ]
        for note in notes:
            yield Segment("\n" + note)

    def _drafts(self, task: Task, language: str, stop: Interrupt) -> Iterator[Draft]:
        """Yield the model's sentences; ask once more where it writes in the wrong language."""
        begun = ""
        for is_last in (False, True):
            messages = corrected(task, begun, language) if is_last else task.messages
            stream = self._writer.stream(messages)
            stop.guard(stream.close)
            waiting: list[Draft] = []
            is_decided = is_last
            for draft in _sensible(drafts(stream)):
                waiting.append(draft)
                begun = " ".join(one.text for one in waiting)
                if not is_decided and _is_in_other_language(begun, language):
                    break
                is_decided = is_decided or not _may_turn_out_other(begun, language)
                if is_decided:
                    yield from waiting
                    waiting = []
            else:
                yield from waiting
                return
            stream.close()


def _sensible(written: Iterator[Draft]) -> Iterator[Draft]:
    """Yield sentences until the model refuses, repeats itself, or does not come to an end."""
    seen: dict[str, int] = {}
    for count, draft in enumerate(written):
        if draft.is_refusal or count == _MOST_SENTENCES:
            return
        seen[draft.text] = seen.get(draft.text, 0) + 1
        if seen[draft.text] == _MOST_REPEATED:
            return
        if seen[draft.text] == 1:
            yield draft


def _is_in_other_language(text: str, language: str) -> bool:
    return _may_turn_out_other(text, language) and sum(script_counts(text)) >= _LEAST_LETTERS


def _may_turn_out_other(text: str, language: str) -> bool:
    """Return whether the beginning of a draft is more in the other language than in its own."""
    arabic, latin = script_counts(text)
    own, other = (arabic, latin) if language == "ar" else (latin, arabic)
    return other > 2 * own or not own + other


def _gap(draft: Draft) -> str:
    if draft.is_item:
        return "\n\u2022 "
    return "\n" if draft.begins_line else " "
