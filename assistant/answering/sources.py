"""The source sentences that a model is given: which, with which numbers, and written how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language.visible import visible
from assistant.library import Passage, StoredSentence
from assistant.retrieval import Evidence, RankedSentence

MOST_SOURCES = 60
# What a token is at least, in UTF-8 bytes of Arabic or English, for tokenizers that know Arabic
# badly: a budget that is kept too well costs a few sources, one that is not cuts the prompt.
_BYTES_OF_A_TOKEN = 2.5
_OVERHEAD = 6  # tokens of a source's number and line end

_FRAME = str.maketrans({"<": "\u2039", ">": "\u203a", "`": "'"})
# Whatever can be read as the number of a source.
_BRACKETED = re.compile(r"[\[\u3010\uff3b]([^\[\]\u3010\u3011\uff3b\uff3d]{0,60})[\]\u3011\uff3d]")
_SENTINEL = re.compile("NOT_IN_DOCUMENTS", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A stored sentence that a model may point at.

    Attributes:
        number: Its number in the prompt, from 1.
        passage: The passage it stands in.
        sentence: Its span and place.
        score: How well it fits the question, 0 to 1.
    """

    number: int
    passage: Passage
    sentence: StoredSentence
    score: float

    @property
    def text(self) -> str:
        """Its words as stored."""
        return self.passage.sentence_text(self.sentence)


def tokens(text: str) -> int:
    """Return how many tokens a text may be for a model, rather too many than too few."""
    return int(len(text.encode("utf-8", "replace")) / _BYTES_OF_A_TOKEN) + 1


def choose_sources(evidence: Evidence, budget: int) -> tuple[NumberedSource, ...]:
    """Return the sentences to give to a model, numbered in their documents' order.

    The best sentences come in with their neighbours, best first, until the budget is full; the
    first is always in. No sentence is cut.

    Args:
        evidence: What was found; at least one sentence.
        budget: How many tokens they may have together.

    Returns:
        The sources: document by document in order of their best sentences, and in the order in
        which they stand there.
    """
    scores = {_key(found.passage, found.sentence): found.score for found in evidence.sentences}
    chosen: dict[tuple[str, int], tuple[Passage, StoredSentence]] = {}
    room = budget
    for passage, sentence in _with_neighbours(evidence.sentences):
        key = _key(passage, sentence)
        cost = tokens(passage.sentence_text(sentence)) + _OVERHEAD
        if key in chosen or (chosen and cost > room):
            continue
        if len(chosen) == MOST_SOURCES:
            break
        chosen[key] = passage, sentence
        room -= cost
    rank = {document: place for place, (document, _) in reversed(list(enumerate(chosen)))}
    ordered = sorted(chosen, key=lambda key: (rank[key[0]], key[0], key[1]))
    return tuple(
        NumberedSource(number, *chosen[key], scores.get(key, 0.0))
        for number, key in enumerate(ordered, start=1)
    )


def _with_neighbours(
    ranked: Sequence[RankedSentence],
) -> Iterator[tuple[Passage, StoredSentence]]:
    for found in ranked:
        sentences = found.passage.sentences
        place = sentences.index(found.sentence)
        yield found.passage, found.sentence
        for neighbour in sentences[max(0, place - 1) : place + 2]:
            yield found.passage, neighbour


def _key(passage: Passage, sentence: StoredSentence) -> tuple[str, int]:
    return passage.document_id, sentence.start


def written(sources: Sequence[NumberedSource]) -> str:
    """Return sources as they stand in a prompt: a line for each document, and for each sentence.

    Args:
        sources: The sources, those of one document together.
    """
    lines: list[str] = []
    document = ""
    for source in sources:
        passage = source.passage
        if passage.document_id != document:
            document = passage.document_id
            lines.append(f"# {neutral(passage.document_title)}")
        lines.append(f"[{source.number}] {neutral(source.text)}")
    return "\n".join(lines)


def neutral(text: str) -> str:
    """Return a text of a document, or of a person, so that in a prompt it is only text.

    It is one line; it can't close the prompt's frame, has no brackets that read like the number
    of a source, none of the words that mean something to the program, and no invisible or
    direction-turning characters.

    Args:
        text: Any text.
    """
    line = _SPACES.sub(" ", visible(text)).translate(_FRAME).lstrip(" #").rstrip()
    while (inner := _BRACKETED.sub(r"(\1)", line)) != line:  # brackets in brackets
        line = inner
    return _SENTINEL.sub("NOT IN DOCUMENTS", line)
