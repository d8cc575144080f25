"""A model as second reader: do the sources say what a sentence claims?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.answering.sources import neutral
from assistant.answering.writing import as_messages
from assistant.prompts import load_prompt
from assistant.schema import Interrupt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_YES = ("yes", "نعم")
_LINE = re.compile(
    r"^\W*(\d{1,3})\W+(yes|no|نعم|لا)\b[ \t]*[:\u060c,;.\u2013\u2014-]*[ \t]*(.*)$", re.IGNORECASE
)
_EITHER = re.compile(r"(?:/|or\b|and\b|أو\b|و)?\s*(yes|no|نعم|لا)\b", re.IGNORECASE)
_QUOTED = re.compile('["\u201c\u00ab]([^"\u201d\u00bb]{1,80})["\u201d\u00bb]')


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to read a second time.

    Attributes:
        text: The sentence.
        sources: The stored sentences that it rests on.
    """

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a second reader said of a claim.

    Attributes:
        entails: Whether the sources say it; None where the reader did not tell.
        words: The words of the claim that they don't say, if it named some.
    """

    entails: bool | None
    words: tuple[str, ...] = ()


class SecondReader(Protocol):
    """Says of claims whether their sources entail them."""

    def read(
        self, claims: Sequence[Claim], language: str, interrupt: Interrupt | None = None
    ) -> list[Reading]:
        """Return a reading for each claim.

        Args:
            claims: The claims of one answer.
            language: Language of the answer.
            interrupt: Ends the reading when it is set, from any thread.

        Raises:
            ModelError: The reader failed.
        """
        ...


class _Writer(Protocol):
    def complete(
        self, messages: Sequence[BaseMessage], interrupt: Interrupt | None = None
    ) -> str: ...


class ModelReader:
    """Asks a chat model about all claims of an answer in one call.

    Args:
        writer: The chat model.
        prompts: Folder of the prompts.
    """

    def __init__(self, writer: _Writer, prompts: Path) -> None:
        self._writer = writer
        self._prompts = prompts

    def read(
        self, claims: Sequence[Claim], language: str, interrupt: Interrupt | None = None
    ) -> list[Reading]:
        """Return a reading for each claim; what the model does not answer clearly is None."""
        prompt = load_prompt("verify", language, self._prompts)
        parts = prompt.render({"claims": _written(claims)})
        return parse_readings(self._writer.complete(as_messages(parts), interrupt), claims)


def _written(claims: Sequence[Claim]) -> str:
    return "\n\n".join(
        "\n".join(
            (f"{number}. {neutral(claim.text)}", *(f"   - {neutral(s)}" for s in claim.sources))
        )
        for number, claim in enumerate(claims, start=1)
    )


def parse_readings(reply: str, claims: Sequence[Claim]) -> list[Reading]:
    """Return what a reply says of each claim.

    A line such as ``2: no: "in Moscow"`` counts; a claim that is spoken of in different ways, or
    not at all, was not read. Nor was one that gets a yes and words of it in quotation marks, which
    a yes has no need of.

    Args:
        reply: The model's words.
        claims: The claims that it was asked about.
    """
    said: dict[int, list[Reading]] = {}
    for line in reply.splitlines():
        if found := _LINE.match(line.strip()):
            number = int(found[1])
            if 1 <= number <= len(claims):
                words = _named(found[3], claims[number - 1].text)
                is_yes = found[2].lower() in _YES
                other = _EITHER.match(found[3])
                is_both = other is not None and (other[1].lower() in _YES) != is_yes
                reading = Reading(None) if is_both or (is_yes and words) else Reading(is_yes, words)
                said.setdefault(number, []).append(reading)
    return [_agreed(said.get(number, [])) for number in range(1, len(claims) + 1)]


def _agreed(readings: Sequence[Reading]) -> Reading:
    answers = {reading.entails for reading in readings}
    return readings[0] if len(answers) == 1 else Reading(None)


def _named(rest: str, claim: str) -> tuple[str, ...]:
    """Return the quoted words that really stand in the claim."""
    return tuple(dict.fromkeys(words for words in _QUOTED.findall(rest) if words in claim))


class _Entails(Protocol):
    def entailment(self, pairs: Sequence[tuple[str, str]]) -> Iterable[float]: ...


class EntailmentReader:
    """Asks a model of natural-language inference about each claim.

    Args:
        model: `assistant.models.EntailmentModel`, or one like it.
    """

    def __init__(self, model: _Entails) -> None:
        self._model = model

    def read(
        self, claims: Sequence[Claim], language: str, interrupt: Interrupt | None = None
    ) -> list[Reading]:
        """Return a reading for each claim; None where the model is in two minds."""
        del language, interrupt  # the model has to know both languages, and is quick
        pairs = [(" ".join(claim.sources), claim.text) for claim in claims]
        likely = self._model.entailment(pairs)
        return [Reading(True if p >= _YES_AT else False if p <= _NO_AT else None) for p in likely]


# Between these probabilities a model's answer is none.
_NO_AT, _YES_AT = 0.3, 0.8
