"""From drafts to checked segments: each with its citations, its mark, and why it has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.drafting import Draft
from assistant.answering.instructions import reads_like_instruction
from assistant.answering.second import Claim, Reading, SecondReader
from assistant.answering.sources import NumberedSource
from assistant.citations import Reason, Verdict, anchor, cite, lift
from assistant.errors import ModelError
from assistant.schema import Interrupt, Segment
from assistant.strings import explain as told
from assistant.strings import say

_ORDER = Reason("instruction")


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that went through the gate.

    Attributes:
        draft: As the model wrote it.
        segment: As it may be shown.
    """

    draft: Draft
    segment: Segment


@dataclass(frozen=True, slots=True)
class _Weighed:
    draft: Draft
    numbers: tuple[int, ...]
    verdict: Verdict


class Gate:
    """Checks the sentences of one answer against its sources.

    Attributes:
        notes: What a person has to know about the checking itself.

    Args:
        sources: The sources that the model was given.
        language: Language of the answer.
        reader: Reads unconfirmed sentences a second time; None for nobody.
        interrupt: Ends that reading when it is set.
    """

    def __init__(
        self,
        sources: Sequence[NumberedSource],
        language: str,
        reader: SecondReader | None,
        interrupt: Interrupt,
    ) -> None:
        self.notes: tuple[str, ...] = ()
        self._sources = {source.number: source for source in sources}
        self._texts = {source.number: source.text for source in sources}
        self._language = language
        self._reader = reader
        self._interrupt = interrupt

    def read(self, drafts: Iterable[Draft]) -> Iterator[Checked]:
        """Yield each sentence checked, in order, as soon as that is possible.

        With a second reader, what follows the first unconfirmed sentence waits until all are
        written: the reader is asked once.
        """
        waiting: list[_Weighed] = []
        for draft in drafts:
            anchored = anchor(draft.text, draft.numbers, self._texts)
            weighed = self._doubted(_Weighed(draft, anchored.numbers, anchored.verdict))
            if waiting or (self._reader and weighed.verdict.support == "unconfirmed"):
                waiting.append(weighed)
            else:
                yield self._checked(weighed)
        for weighed in self._read_again(waiting):
            yield self._checked(weighed)

    def _doubted(self, weighed: _Weighed) -> _Weighed:
        """Return a sentence as unconfirmed if what it rests on speaks to a model."""
        verdict = weighed.verdict
        suspect = any(reads_like_instruction(self._texts[n]) for n in weighed.numbers)
        if verdict.support not in ("supported", "unconfirmed") or not suspect:
            return weighed
        doubt = Verdict("unconfirmed", (*verdict.reasons, _ORDER), verdict.score)
        return _Weighed(weighed.draft, weighed.numbers, doubt)

    def _read_again(self, waiting: Sequence[_Weighed]) -> list[_Weighed]:
        doubtful = [w for w in waiting if w.verdict.support == "unconfirmed"]
        if not doubtful or self._reader is None:
            return list(waiting)
        claims = [Claim(w.draft.text, tuple(self._texts[n] for n in w.numbers)) for w in doubtful]
        try:
            readings = self._reader.read(claims, self._language, self._interrupt)
        except ModelError as error:
            # What was written is worth showing; that nobody read it a second time is said.
            words = {"message": told(error, self._language)}
            self.notes = (say("answer.note.no_second_reading", self._language, words),)
            return list(waiting)
        said = dict(zip(map(id, doubtful), readings, strict=True))
        return [_lifted(w, said[id(w)]) if id(w) in said else w for w in waiting]

    def _checked(self, weighed: _Weighed) -> Checked:
        cited = (self._sources[number] for number in weighed.numbers)
        citations = tuple(cite(s.passage, s.sentence, s.score) for s in cited)
        verdict = weighed.verdict
        reasons = explain(verdict, self._language)
        segment = Segment(weighed.draft.text, citations, verdict.support, reasons)
        return Checked(weighed.draft, segment)


def _lifted(weighed: _Weighed, reading: Reading) -> _Weighed:
    # A reader is a model too, and may obey.
    if reading.entails is None or (reading.entails and _ORDER in weighed.verdict.reasons):
        return weighed
    verdict = lift(weighed.verdict, reading.entails)
    if reading.words and not reading.entails:
        kept = tuple(reason for reason in verdict.reasons if reason.kind != "reader")
        verdict = Verdict(
            verdict.support, (*kept, Reason("reader", reading.words)), verdict.score, is_read=True
        )
    return _Weighed(weighed.draft, weighed.numbers, verdict)


def explain(verdict: Verdict, language: str) -> tuple[str, ...]:
    """Return in plain words why a sentence has its mark, where that is not plain from the mark.

    Args:
        verdict: What was said of the sentence.
        language: Language of the words.
    """
    if verdict.support == "supported" and verdict.is_read:
        return (say("gate.mark.supported.read", language),)
    return tuple(_explain(reason, language) for reason in verdict.reasons)


def _explain(reason: Reason, language: str) -> str:
    words = say("answer.comma", language).join(reason.claim_words)
    name = f"gate.reason.{reason.kind}"
    if reason.kind == "reader" and words:
        name += ".words"
    return say(name, language, {"words": words})
