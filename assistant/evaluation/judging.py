"""Asks single questions and compares what comes back with what is known."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.questions import Question
from assistant.library import stored_text
from assistant.schema import Citation, Document, Hit
from assistant.sentences import PASSAGE_CHARACTERS

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_PASSAGES = 10
_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        question: The question.
        passage_rank: Rank of the first right passage of at most 1,200 characters, from 1; 0 if
            none is among the first ten.
        sentence_rank: Rank of the first right sentence among the first three, from 1; 0 if none.
        cites_right: Whether the first citation of the answer is right.
        answered: Whether the question was answered.
        quotes: How many citations the answer has.
        exact_quotes: How many of them equal the stored text at their offsets.
        confidence: The answer's confidence.
        seconds: Time for the answer.
    """

    question: Question
    passage_rank: int
    sentence_rank: int
    cites_right: bool
    answered: bool
    quotes: int
    exact_quotes: int
    confidence: float
    seconds: float


class Judge:
    """Judges what a library finds and answers, by the documents it held at the beginning.

    Args:
        assistant: Over the library.
        folder: The library's folder, whose catalogue quotes are checked against.
    """

    def __init__(self, assistant: Assistant, folder: Path) -> None:
        self.assistant = assistant
        self.folder = folder
        self._documents: tuple[Document, ...] | None = None
        self._found: dict[str, frozenset[str]] = {}

    def documents_of(self, question: Question) -> frozenset[str]:
        """Return the ids of all documents that answer a question."""
        return frozenset(i for place in question.places for i in self._ids(place.document))

    def missing(self, questions: Sequence[Question]) -> tuple[str, ...]:
        """Return the documents that questions name and the library does not hold."""
        names = dict.fromkeys(place.document for q in questions for place in q.places)
        return tuple(name for name in names if not self._ids(name))

    def _ids(self, name: str) -> frozenset[str]:
        """Return the ids of the documents whose path, or one of whose paths, ends in a name."""
        if self._documents is None:
            self._documents = self.assistant.documents()
        if name not in self._found:
            self._found[name] = frozenset(
                document.id
                for document in self._documents
                if any(_ends_in(path, name) for path in (document.source, *document.sources))
            )
        return self._found[name]

    def judge(self, question: Question) -> Outcome:
        """Search and ask for one question."""
        passages = self.assistant.search(question.text, k=_PASSAGES)
        short = [hit if len(hit.text) <= PASSAGE_CHARACTERS else None for hit in passages]
        sentences = self.assistant.search(question.text, k=_SENTENCES, unit="sentence")
        return self._ask(question, self._rank(question, short), self._rank(question, sentences))

    def judge_answer(self, question: Question) -> Outcome:
        """Ask one question without searching for it; the ranks are 0."""
        return self._ask(question, 0, 0)

    def _ask(self, question: Question, passage_rank: int, sentence_rank: int) -> Outcome:
        started = time.perf_counter()
        answer = self.assistant.ask(question.text)
        seconds = time.perf_counter() - started
        return Outcome(
            question=question,
            passage_rank=passage_rank,
            sentence_rank=sentence_rank,
            cites_right=bool(answer.citations) and self._is_right(question, answer.citations[0]),
            answered=answer.answered,
            quotes=len(answer.citations),
            exact_quotes=sum(map(self._is_exact, answer.citations)),
            confidence=answer.confidence,
            seconds=seconds,
        )

    def _is_right(self, question: Question, found: Hit | Citation) -> bool:
        """Return whether a hit or citation covers an answer's start in a right document."""
        return any(
            found.document_id in self._ids(place.document)
            and any(found.start_char_index <= s < found.end_char_index for s in place.starts)
            for place in question.places
        )

    def _rank(self, question: Question, hits: Sequence[Hit | None]) -> int:
        ranks = (n for n, hit in enumerate(hits, 1) if hit and self._is_right(question, hit))
        return next(ranks, 0)

    def _is_exact(self, quote: Citation) -> bool:
        text = stored_text(self.folder, quote.document_id, quote.version)
        if text is None:
            return False
        return text[quote.start_char_index : quote.end_char_index] == quote.cited_text


def _ends_in(path: str, name: str) -> bool:
    """Return whether a path ends in a name, whole parts only; accents may be composed or not."""
    return unicodedata.normalize("NFC", f"/{path}").endswith(
        unicodedata.normalize("NFC", f"/{name}")
    )
