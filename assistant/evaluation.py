"""Scores a library on questions whose answers are known.

A file of questions holds one JSON object a line: ``id``, ``set`` (any label), ``question``,
``document`` (the end of the path of the document that answers it) and ``answers``, each with
``start``, the offset of its first code point in the document's text. No answers means that the
documents do not say.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableDocument
from assistant.schema import Citation, Hit

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_DEPTH = 10
_LONGEST_PASSAGE = 1200


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer is known.

    Attributes:
        id: Its id.
        set: The label it is counted under.
        text: The question.
        document: The end of the path of the document that answers it.
        starts: Where the answers start in the document's text.
    """

    id: str
    set: str
    text: str
    document: str
    starts: tuple[int, ...]

    def is_met_by(self, found: Hit | Citation) -> bool:
        """Return whether a hit or citation covers an answer's start in the right document."""
        in_document = f"/{found.source}".endswith(f"/{self.document}")
        return in_document and any(
            found.start_char_index <= start < found.end_char_index for start in self.starts
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        set: The question's label.
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

    set: str
    passage_rank: int
    sentence_rank: int
    cites_right: bool
    answered: bool
    quotes: int
    exact_quotes: int
    confidence: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one set; shares from 0 to 1.

    Attributes:
        set: The label.
        count: How many questions.
        ndcg: Mean nDCG@10 of passages, one right passage counted.
        recall_1: Share with a right passage first.
        recall_5: Share with one among the first five.
        hit_1: Share with a right sentence first.
        hit_3: Share with one among the first three.
        ask_1: Share whose answer's first citation is right; a refusal counts as a miss.
        answered: Share answered.
        exact: Share of citations that equal the stored text; 1 without citations.
        p50: Median seconds for an answer.
        p95: 95th percentile.
    """

    set: str
    count: int
    ndcg: float
    recall_1: float
    recall_5: float
    hit_1: float
    hit_3: float
    ask_1: float
    answered: float
    exact: float
    p50: float
    p95: float


def load_questions(path: Path) -> list[Question]:
    """Read a file of questions.

    Args:
        path: The file, JSON Lines in UTF-8.

    Returns:
        The questions, in order.

    Raises:
        UnreadableDocument: The file is missing, or a line is no question.
    """
    questions = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableDocument(f"{path} can't be read: {error}.", str(path)) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableDocument(
                f"{path}, line {number} is no question: {error!r}. It needs id, set, question, "
                "document and answers.",
                str(path),
            ) from error
    return questions


def _question(fields: dict[str, object]) -> Question:
    answers = fields["answers"]
    if not isinstance(answers, list):
        raise TypeError("answers is no list")
    return Question(
        id=str(fields["id"]),
        set=str(fields["set"]),
        text=str(fields["question"]),
        document=str(fields["document"]),
        starts=tuple(int(answer["start"]) for answer in answers),
    )


def judge(
    assistant: Assistant, question: Question, read_text: Callable[[str, str], str] | None = None
) -> Outcome:
    """Ask one question and compare what comes back with what is known.

    Args:
        assistant: Over the library to be scored.
        question: The question.
        read_text: Returns a document's stored text by id and version, to check quotes against;
            the assistant's own by default.
    """
    read = read_text or (lambda document_id, version: assistant.document(document_id, version).text)
    passages = assistant.search(question.text, k=_DEPTH)
    short = [hit if len(hit.text) <= _LONGEST_PASSAGE else None for hit in passages]
    sentences = assistant.search(question.text, k=3, unit="sentence")
    started = time.perf_counter()
    answer = assistant.ask(question.text)
    seconds = time.perf_counter() - started
    return Outcome(
        set=question.set,
        passage_rank=_rank(question, short),
        sentence_rank=_rank(question, sentences),
        cites_right=bool(answer.citations) and question.is_met_by(answer.citations[0]),
        answered=answer.answered,
        quotes=len(answer.citations),
        exact_quotes=sum(
            read(c.document_id, c.version)[c.start_char_index : c.end_char_index] == c.cited_text
            for c in answer.citations
        ),
        confidence=answer.confidence,
        seconds=seconds,
    )


def _rank(question: Question, hits: Sequence[Hit | None]) -> int:
    ranks = (n for n, hit in enumerate(hits, start=1) if hit and question.is_met_by(hit))
    return next(ranks, 0)


def summarise(outcomes: Sequence[Outcome]) -> list[Scores]:
    """Return the scores of each set, in order of first appearance.

    Args:
        outcomes: The outcomes of questions of any sets; none gives no scores.
    """
    sets = dict.fromkeys(outcome.set for outcome in outcomes)
    return [_scores(name, [o for o in outcomes if o.set == name]) for name in sets]


def _scores(name: str, outcomes: Sequence[Outcome]) -> Scores:
    count = len(outcomes)
    quotes = sum(o.quotes for o in outcomes)
    seconds = sorted(o.seconds for o in outcomes)

    def share(holds: Callable[[Outcome], bool]) -> float:
        return sum(map(holds, outcomes)) / count

    return Scores(
        set=name,
        count=count,
        ndcg=sum(1 / math.log2(o.passage_rank + 1) for o in outcomes if o.passage_rank) / count,
        recall_1=share(lambda o: o.passage_rank == 1),
        recall_5=share(lambda o: 1 <= o.passage_rank <= 5),  # noqa: PLR2004  # recall at 5
        hit_1=share(lambda o: o.sentence_rank == 1),
        hit_3=share(lambda o: o.sentence_rank > 0),
        ask_1=share(lambda o: o.cites_right),
        answered=share(lambda o: o.answered),
        exact=sum(o.exact_quotes for o in outcomes) / quotes if quotes else 1.0,
        p50=seconds[count // 2],
        p95=seconds[min(count - 1, int(0.95 * count))],
    )


def area_under_curve(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """Return the probability that an answerable question has the higher confidence.

    Args:
        answerable: Confidences of questions that the documents answer.
        unanswerable: Confidences of questions that they do not.

    Returns:
        The area under the ROC curve, ties counted half; not a number where one side is empty.
    """
    if not answerable or not unanswerable:
        return math.nan
    won = sum((a > u) + 0.5 * (a == u) for a in answerable for u in unanswerable)
    return won / (len(answerable) * len(unanswerable))
