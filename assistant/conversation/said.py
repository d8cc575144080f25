"""What a conversation has come to: its last question, and what pronouns may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Said:
    """What was said last, as far as a follow-up may lean on it.

    Attributes:
        question: The last question, made to stand alone; empty where nothing was asked.
        language: The language it was asked in.
        thing: What it is about.
        person: Who was named, in the question or in the sentences of its answer; two people are
            joined by "and" or «و»; empty where nobody is sure.
        place: The place that the answer named; empty where none is sure.
    """

    question: str = ""
    language: Literal["ar", "en"] = "en"
    thing: str = ""
    person: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """A question that stands alone.

    Attributes:
        text: The question to search for, as a person may read it.
        frame: The question that the next follow-up goes on with.
        leans: Whether anything was carried.
        is_personal: Whether it asks about a person rather than the thing at hand.
    """

    text: str
    frame: str
    leans: bool = True
    is_personal: bool = False
