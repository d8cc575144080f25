"""Questions to begin with, made of a document's own sentences by turning them round.

"The authority was founded on 12 March 1998" answers "When was the authority founded?": a few
patterns of both languages are turned so. Whoever shows a question has asked it first: what is made
here is only a guess, and stands or falls by the answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.language import direction, fold, stop_words
from assistant.language.dates import date_spans, find_years
from assistant.retrieval import Evidence
from assistant.schema import Block, Document, Span
from assistant.sentences import sentence_spans

_SHORTEST_VERB = 3
_MOST_SENTENCES = 40  # of a document; what it is about stands near its beginning
_MOST_DOCUMENTS, _MOST_ROUNDS = 8, 3
_LEAST_WORDS, _MOST_WORDS = 3, 14
_STATEMENTS = frozenset({"paragraph", "item"})

# "The authority was founded on 12 March": who, the verb, and what stands before the date.
_PASSIVE = re.compile(
    r"(?P<who>(?:The|A|An|[A-Z][\w'-]+)(?: [^,;:]*?)?) (?P<verb>was|were) "
    r"(?P<done>(?:first |officially )?\w+(?:ed|en|t|d|wn)\b[^,;:.]{0,60}?)"
)
_PAST = {
    "adopted": "adopt", "announced": "announce", "approved": "approve", "became": "become",
    "began": "begin", "built": "build", "completed": "complete", "created": "create",
    "died": "die", "discovered": "discover", "established": "establish", "founded": "found",
    "held": "hold", "introduced": "introduce", "invented": "invent", "joined": "join",
    "launched": "launch", "left": "leave", "married": "marry", "met": "meet", "moved": "move",
    "opened": "open", "published": "publish", "reached": "reach", "received": "receive",
    "released": "release", "returned": "return", "ruled": "rule", "signed": "sign",
    "started": "start", "visited": "visit", "won": "win", "wrote": "write",
}  # fmt: skip
_ACTIVE = re.compile(
    rf"(?P<who>(?:The|[A-Z][\w'-]+)(?: [^,;:]*?)?) (?P<did>{'|'.join(_PAST)})"
    r"(?P<what>\b[^,;:.]{0,60}?)"
)
_AUXILIARY = re.compile(r" (?:has|had|have|is|are|was|were|been|which|who|when)\b")
_AT_TIME = re.compile(r" (?:on|in|since|during)(?: (?:early|late|mid))?$")
# "The museum keeps 8,400 coins": who, what they do, how many, of what.
_DOES = {
    "covers": "cover", "employs": "employ", "has": "have", "holds": "hold", "keeps": "keep",
    "owns": "own", "serves": "serve",
}  # fmt: skip
_COUNT = re.compile(
    rf"(?P<who>(?:The|[A-Z][\w'-]+)(?: [^,;:]*?)?) (?P<does>{'|'.join(_DOES)})"
    r" (?:about |some |nearly |more than |over )?[0-9][0-9.,]*(?: (?:million|thousand))?"
    r" (?P<what>[a-z]+s)\b"
)
_NAME = r"[A-Z][\w'-]+(?: (?:al-|bin |ibn |de |van )?[A-Z][\w'-]+){1,3}"
_OFFICE = (
    "director|president|minister|chair|chairman|chairwoman|head|secretary|spokesman|spokeswoman"
    "|ambassador|professor|mayor|governor|founder|engineer|author|king|queen|envoy|judge"
)
_OFFICER = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir) (?:[\w-]+ ){{0,3}}(?:{_OFFICE}), (?P<after>{_NAME}),"
    rf"|\b(?P<before>{_NAME}), (?:the|an?) (?:[\w-]+ ){{0,3}}(?:{_OFFICE})\b"
)
# Words that only the sentences before explain, and sentences that can't be turned.
_UNCLEAR = re.compile(
    r"^(?:when|while|after|before|as|if|since|although|though|because|two|three|four|five|six"
    r"|seven|eight|nine|ten|many|several|some|most|few|both|another|each|over|about)\b"
    r"|\b(?:it|he|she|they|this|these|that|those|its|their|his|her|there)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")

# Arabic statements begin with their verb, in the past as a rule; "wa-qad" may stand before it.
_LEAD = re.compile("\u0648?\u0642\u062f ")
# What looks like a verb and is none: an article, an ending of nouns; or "and" before who knows
# what, but for the verbs that begin with that letter.
_NO_VERB = re.compile(
    "\u0627\u0644|\u0644\u0644|\\S*[\u0627\u0629\u0649] "
    "|\u0648(?!\u0635\u0644|\u0642\u0639|\u062c\u062f|\u0644\u062f|\u0627\u0641\u0642"
    "|\u0636\u0639|\u0632\u0639|\u0627\u0635\u0644)"
)
# Clauses within the clause, and words that only the sentences before explain.
_AR_UNCLEAR = re.compile(
    "\\b(?:\u0639\u0646\u062f\u0645\u0627|\u062d\u064a\u0646|\u062d\u064a\u062b"
    "|\u0627\u0644\u0630\u064a|\u0627\u0644\u062a\u064a|\u0648\u0647\u0648|\u0648\u0647\u064a"
    "|\u0623\u0646\u0647?\u0627?|\u0647\u0630[\u0627\u0647]|\u062d\u062a[\u0649\u064a]|\u0630\u0644\u0643)\\b"
    "|(?:\u0647|\u0647\u0627|\u0647\u0645)$"
)
# A verb before a preposition has its subject in the sentence before.
_AR_NO_SUBJECT = re.compile(
    "\\S+ (?:\u0639\u0644\u0649|\u0641\u064a|\u0625\u0644\u0649|\u0645\u0646|\u0639\u0646"
    "|\u0645\u0639|\u0628\u0647|\u0644\u0647|\u0648\u0647\u0648)\\b"
)
_AR_AT_TIME = re.compile(
    " (?:\u0641\u064a|\u064a\u0648\u0645|\u0639\u0627\u0645|\u0633\u0646\u0629|\u0645\u0646\u0630)"
    "(?: (?:\u064a\u0648\u0645|\u0639\u0627\u0645|\u0633\u0646\u0629|\u0634\u0647\u0631))?$"
)
_AR_COUNT = re.compile(
    "\u0648?(?P<verb>\u064a\u0628\u0644\u063a|\u062a\u0628\u0644\u063a|\u0628\u0644\u063a\u062a?) "
    "(?P<what>(?:\u0639\u062f\u062f|\u0645\u0633\u0627\u062d\u0629|\u0637\u0648\u0644"
    "|\u0627\u0631\u062a\u0641\u0627\u0639|\u0646\u0633\u0628\u0629|\u0633\u0639\u0631"
    "|\u0645\u062a\u0648\u0633\u0637|\u062d\u062c\u0645) [^\u060c\u061b:.0-9]{3,60}?) "
    "(?:\u0646\u062d\u0648 |\u062d\u0648\u0627\u0644\u064a |\u0623\u0643\u062b\u0631 "
    "\u0645\u0646 )?[0-9\u0660-\u0669]"
)
# "Lounes Magramane, the secretary-general of …", in Arabic: two words, a comma, an office.
_AR_OFFICER = re.compile(
    "(?P<name>[\u0621-\u064a]{3,} [\u0621-\u064a]{3,})\u060c "
    "(?:\u0627\u0644\u0623\u0645\u064a\u0646 \u0627\u0644\u0639\u0627\u0645"
    "|(?:\u0627\u0644)?(?:\u0631\u0626\u064a\u0633\u0629?|\u0648\u0632\u064a\u0631\u0629?"
    "|\u0645\u062f\u064a\u0631\u0629?|\u0645\u0628\u0639\u0648\u062b\u0629?"
    "|\u0633\u0641\u064a\u0631\u0629?"
    "|\u0646\u0627\u0626\u0628\u0629?|\u0639\u0645\u064a\u062f\u0629?"
    "|\u0623\u0633\u062a\u0627\u0630\u0629?))[ \u060c.]"
)
_WHEN, _HOW_MUCH, _WHO_IS, _AR_MARK = (
    "\u0645\u062a\u0649",
    "\u0643\u0645",
    "\u0645\u0646 \u0647\u0648",
    "\u061f",
)


@dataclass(frozen=True, slots=True)
class Starter:
    """A question to begin with.

    Attributes:
        question: The question.
        span: The sentence that should answer it, in the document's text.
    """

    question: str
    span: Span


def starters(document: Document) -> Iterator[Starter]:
    """Yield questions that sentences of a document seem to answer, in the document's order.

    Args:
        document: The document, with its text.

    Yields:
        The questions; none twice.
    """
    seen: set[str] = set()
    for span in _beginnings(document):
        sentence = document.text[span.start : span.end]
        question = _turned(" ".join(sentence.split()))
        if question and question not in seen:
            seen.add(question)
            yield Starter(question, span)


def chosen_starters(
    documents: Sequence[Document],
    read: Callable[[str], Document],
    find: Callable[[str], Evidence],
    count: int,
    least: float,
) -> tuple[str, ...]:
    """Return questions that the documents answer, and with the sentences they were made of.

    Args:
        documents: The documents, without their text.
        read: Gives a document with its text.
        find: Looks for evidence.
        count: How many questions at most; no two of one document while others have any.
        least: The confidence from which on a question is answered.

    Returns:
        The questions; fewer, or none, where the documents have none.
    """
    made = [(d.id, starters(read(d.id))) for d in _spread(documents)]
    chosen: list[str] = []
    for _ in range(_MOST_ROUNDS):
        for document_id, questions in made:
            starter = next(questions, None)
            if starter and _is_answered(starter, document_id, find(starter.question), least):
                chosen.append(starter.question)
            if len(chosen) == count:
                return tuple(chosen)
    return tuple(chosen)


def _spread(documents: Sequence[Document]) -> list[Document]:
    """Return the latest documents, and some from all over the rest."""
    dated = sorted((d for d in documents if d.date), key=lambda d: str(d.date), reverse=True)
    latest = dated[: _MOST_DOCUMENTS // 2]
    rest = [d for d in documents if d not in latest]
    step = max(1, len(rest) // (_MOST_DOCUMENTS - len(latest)))
    return [*latest, *rest[::step]][:_MOST_DOCUMENTS]


def _is_answered(starter: Starter, document_id: str, evidence: Evidence, least: float) -> bool:
    if evidence.confidence < least or not evidence.sentences:
        return False
    best = evidence.sentences[0]
    return (
        best.passage.document_id == document_id
        and best.sentence.start < starter.span.end
        and best.sentence.end > starter.span.start
    )


def _beginnings(document: Document) -> Iterator[Span]:
    """Yield the first statements of a document."""
    count = 0
    blocks: Sequence[Block] = document.blocks or (Block(0, len(document.text)),)
    for block in blocks:
        if block.kind not in _STATEMENTS:
            continue
        for span in sentence_spans(document.text, block.start, block.end):
            yield Span(*span)
            count += 1
            if count == _MOST_SENTENCES:
                return


def _turned(sentence: str) -> str:
    if direction(sentence) == "rtl":
        makers = (_arabic_when, _arabic_how_much, _arabic_who)
    else:
        makers = (_when, _how_many, _who)
    for make in makers:
        question = make(sentence)
        if question and _LEAST_WORDS <= len(_WORD.findall(question)) <= _MOST_WORDS:
            return question
    return ""


def _when(sentence: str) -> str:
    told = _before_time(sentence, _AT_TIME)
    if not told or _UNCLEAR.search(told):
        return ""
    if found := _PASSIVE.fullmatch(told):
        return f"When {found['verb']} {_lowered(found['who'])} {found['done']}?"
    found = _ACTIVE.fullmatch(told)
    if found and not _AUXILIARY.search(found["who"]):
        return f"When did {_lowered(found['who'])} {_PAST[found['did']]}{found['what']}?"
    return ""


def _how_many(sentence: str) -> str:
    found = _COUNT.match(sentence)
    if not found or _UNCLEAR.search(found[0]):
        return ""
    return f"How many {found['what']} does {_lowered(found['who'])} {_DOES[found['does']]}?"


def _who(sentence: str) -> str:
    found = _OFFICER.search(sentence)
    return f"Who is {found['after'] or found['before']}?" if found else ""


def _arabic_when(sentence: str) -> str:
    told = _before_time(sentence, _AR_AT_TIME)
    told = _LEAD.sub("", told, count=1)
    first = fold(told.split(" ", 1)[0])
    if len(first) < _SHORTEST_VERB or first in stop_words() or _NO_VERB.match(fold(told)):
        return ""
    if _AR_UNCLEAR.search(told) or _AR_NO_SUBJECT.match(told):
        return ""
    return f"{_WHEN} {told}{_AR_MARK}"


def _arabic_how_much(sentence: str) -> str:
    found = _AR_COUNT.match(sentence)
    return f"{_HOW_MUCH} {found['verb']} {found['what']}{_AR_MARK}" if found else ""


def _arabic_who(sentence: str) -> str:
    found = _AR_OFFICER.search(sentence)
    return f"{_WHO_IS} {found['name']}{_AR_MARK}" if found else ""


def _before_time(sentence: str, preposition: re.Pattern[str]) -> str:
    """Return what a sentence says before its first date, less the word that leads to the date."""
    starts = [start for start, _ in date_spans(sentence)]
    starts += [found.start for found in find_years(sentence)]
    if not starts:
        return ""
    before = sentence[: min(starts)].rstrip()
    led = preposition.search(before)
    told = before[: led.start()] if led else ""
    # A clause that is cut off in its middle asks nothing.
    return "" if re.search('[\u060c\u061b,;:.()\u00ab\u201c"]', told) else told


def _lowered(who: str) -> str:
    return who[0].lower() + who[1:] if who.startswith(("The ", "A ", "An ")) else who
