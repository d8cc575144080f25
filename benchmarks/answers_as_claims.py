"""Puts an answer into its question's words, so that both together are a statement."""

from __future__ import annotations

import re

from edits import Verbs

from assistant.language import fold

LONGEST_ANSWER, SHORTEST_QUESTION = 8, 4
PREPOSITIONS = ("in", "on", "at", "by", "from")
ARABIC_PREPOSITIONS = fold("في عام سنة خلال منذ بعد قبل على من").split()


def claim_of(question: str, answer: str, language: str, verbs: Verbs) -> str | None:
    """Return a statement of a question and its answer, without a full stop; None where unsure."""
    asked = question.strip().rstrip("؟?").split()
    answer = answer.strip().rstrip(".،,")
    if len(answer.split()) > LONGEST_ANSWER or len(asked) < SHORTEST_QUESTION or not answer:
        return None
    return (_arabic if language == "ar" else _english)(asked, answer, verbs)


def _placed(answer: str) -> str:
    return answer if answer.split(maxsplit=1)[0].lower() in PREPOSITIONS else f"in {answer}"


def _with_past(asked: list[str], after: int, verbs: Verbs) -> tuple[str, str] | None:
    """Return the subject with its verb in the past, and what follows the verb."""
    for place in range(after + 2, len(asked)):
        verb = asked[place].lower()
        if verb in verbs.lemmas:
            subject = " ".join(asked[after + 1 : place])
            return f"{subject} {verbs.past(verb)}", " ".join(asked[place + 1 :])
    return None


def _english(  # noqa: C901, PLR0911  # one return a kind of question reads best
    asked: list[str], answer: str, verbs: Verbs
) -> str | None:
    words = [word.lower() for word in asked]
    first, second, rest = words[0], words[1], " ".join(asked[2:])
    if first == "who" and second not in ("did", "do", "does"):
        return f"{answer} {' '.join(asked[1:])}"
    if words[:2] == ["how", "many"] and "did" not in words:
        number = re.match(r"[\d.,]+(?: (?:million|billion))?|\w+", answer)
        return f"{number[0].capitalize()} {rest}" if number else None
    if first in ("when", "where", "what") and second == "did":
        found = _with_past(asked, 1, verbs)
        if found is None:
            return None
        clause, end = found
        if first == "what":
            return f"{clause} {answer} {end}".strip()
        return f"{clause} {end}".strip() + f" {_placed(answer)}"
    be = ("was", "were", "is", "are")
    if first in ("when", "where") and second in be:
        for place in range(3, len(words)):
            if words[place] in verbs.participles:
                subject, end = " ".join(asked[2:place]), " ".join(asked[place:])
                return f"{subject} {second} {end} {_placed(answer)}"
    ends_well = words[-1] not in ("in", "of", "for", "as", "called", "to", "by")
    if first == "what" and second in be and ends_well:
        return f"{rest} {second} {answer}"
    is_verb = words[2] in verbs.lemma_of or words[2] in ("is", "was", "has", "are")
    if first in ("which", "what") and is_verb:
        return f"{answer} {rest}"
    return None


def _arabic(asked: list[str], answer: str, verbs: Verbs) -> str | None:  # noqa: ARG001  # as the English one
    words = [fold(word) for word in asked]
    begin = fold(answer.split(maxsplit=1)[0])
    placed = answer if begin in ARABIC_PREPOSITIONS or begin[0] == "ب" else f"في {answer}"
    first, second, rest = words[0], words[1], " ".join(asked[2:])
    statement: str | None = None
    if words[:2] == ["كم", "عدد"]:
        statement = f"عدد {rest} هو {answer}"
    elif first == "كم" and re.search(r"\d", answer):
        number = re.match(r"[\d.,٠-٩٫٬]+|\S+", answer)
        statement = f"{number[0] if number else answer} {' '.join(asked[1:])}"
    elif first in ("من", "ما") and second in ("هو", "هي"):
        statement = f"{rest} {asked[1]} {answer}"
    elif first == "من" and second not in ("اين", "اي", "هم"):
        statement = f"{answer} هو من {' '.join(asked[1:])}"
    elif first in ("متي", "اين"):
        statement = f"{' '.join(asked[1:])} {placed}"
    elif first == "في" and second in ("اي", "ايه"):
        statement = f"{' '.join(asked[3:])} {placed}"
    elif first == "ماذا":
        statement = f"{' '.join(asked[1:])} {answer}"
    return statement
