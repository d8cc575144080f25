"""Questions that lean on what was said before them, completed without a model.

There is no grammar behind it: a few hundred words that lean (pronouns, "what about", a word that
asks and nothing else) are known in each language, and a name is put in their place only where the
place is sure. Elsewhere the words of the topic stand in parentheses behind the question, or the
whole last question does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.conversation import arabic, english, mentions, swapping
from assistant.conversation.said import Completed, Said
from assistant.conversation.topic import AUXILIARIES, cut, last_words, owner, topic
from assistant.language import content_words, fold, question_language, question_words, stem, words
from assistant.retrieval.kinds import question_kind
from assistant.schema import Message

_MOST_EXCHANGES = 20
_THERE = frozenset(map(fold, ("there", "هناك", "هنالك")))
_THEY = frozenset(map(fold, ("they", "them", "their", "هم", "هن")))
_OWN_TOPIC = 3  # content words from which a question names its own


class _Grammar(Protocol):
    """What is known about the follow-ups of a language."""

    def opens(self, question: str) -> bool: ...
    def bare(self, question: str) -> str: ...
    def wants_more(self, question: str) -> bool: ...
    def asked_again(self, asks: str, frame: str) -> str: ...
    def pronoun(self, question: str) -> str: ...
    def has_no_subject(self, question: str) -> bool: ...
    def is_personal(self, question: str, word: str, said: Said) -> bool: ...
    def owns(self, question: str, word: str) -> bool: ...
    def filled(self, question: str, word: str, referent: str) -> str: ...


def stand_alone(question: str, history: Sequence[Message]) -> str:
    """Return a question that can be searched for without what was said before it.

    A pronoun gives way to what it stands for: the thing that the last question is about, or who or
    where the sentences cited in its answer name ("How tall is the lighthouse?"). A question of
    nothing but words that ask («ومتى؟») asks the last one anew, and "What about …?" asks it about
    something else. Where the place of the words is not sure they stand behind the question, and so
    they do where question and history are in two languages: "How tall is it? (the lighthouse)".
    A question that names its own topic stays as it is.

    Args:
        question: The question as asked.
        history: What was said before, oldest first; the last 20 questions count.

    Returns:
        The question to search for, in its own language.
    """
    said = Said()
    for asked, cited in _exchanges(history):
        said = _after(asked, cited, said)
    return _completed(question, said).text


def _exchanges(history: Sequence[Message]) -> Iterator[tuple[str, list[str]]]:
    """Yield each question with the sentences that were cited for it."""
    pairs: list[tuple[str, list[str]]] = []
    for message in history:
        if message.role == "user" and message.text.strip():
            pairs.append((message.text, []))
        elif message.role == "assistant" and pairs:
            pairs[-1][1].extend(citation.cited_text for citation in message.citations)
    yield from pairs[-_MOST_EXCHANGES:]


def _after(question: str, cited: Sequence[str], said: Said) -> Said:
    """Return what was said once a further question is asked and answered."""
    asked = _completed(question, said)
    kind = question_kind(asked.text)
    now = replace(said, question=asked.frame, language=question_language(question))
    if not asked.leans:
        now = replace(now, thing=topic(question), person="", place="")
    elif not asked.is_personal and swapping.asked_about(question):
        now = replace(now, thing=topic(asked.frame), person="", place="")
    if kind == "who":
        is_role = not asked.leans and not mentions.names_in(now.thing)
        role = now.thing if is_role and _is_be(question) else ""
        return replace(now, person=_first(mentions.person, cited, asked.text) or role or now.person)
    if kind == "where":
        return replace(now, place=_first(mentions.place, cited, asked.text) or now.place)
    if not asked.leans and english.is_personal(question, "", now):
        return replace(now, person=now.thing)
    if kind in ("what_is", "other") and not asked.leans:
        return replace(now, thing=_first(mentions.name, cited[:1], asked.text) or now.thing)
    return now


def _first(find: Callable[[str, str], str], cited: Sequence[str], question: str) -> str:
    """Return the first name that is found in cited sentences."""
    return next(filter(None, (find(sentence, question) for sentence in cited)), "")


def _is_be(question: str) -> bool:
    """Return whether a question is of the kind "Who is the …?"."""
    return fold(" ".join(cut(question)[1:2])) in {"is", "was", "are", "were", "هو", "هي", "هم"}


def _completed(question: str, said: Said) -> Completed:
    grammar: _Grammar = arabic if question_language(question) == "ar" else english
    found = None
    if said.question and question_language(question) != said.language:
        found = _across(question, said, grammar)
    elif said.question:
        found = _asked_anew(question, said, grammar) or _carried(question, said, grammar)
    return found or Completed(question, question, leans=False)


def _asked_anew(question: str, said: Said, grammar: _Grammar) -> Completed | None:
    """Return the last question about something else, or with other words that ask."""
    text = ""
    if about := swapping.asked_about(question) or swapping.all_it_names(question):
        text = swapping.swapped(said.question, about)
    elif asks := grammar.bare(question):
        text = grammar.asked_again(asks, said.question)
    is_own = not grammar.wants_more(question) and not about
    is_own = is_own and bool(content_words(question) or grammar.pronoun(question))
    if is_own and not text:
        return None
    return Completed(text, text) if text else _behind(question, said)


def _carried(question: str, said: Said, grammar: _Grammar) -> Completed | None:
    """Return a question of its own with the topic of the last one."""
    word = grammar.pronoun(question)
    if word or grammar.has_no_subject(question):
        return _resolved(question, word, said, grammar)
    if _goes_on(question, said, grammar):
        return _noted(question, said, len(content_words(question)) - 1)
    return None


def _meant(question: str, word: str, said: Said, grammar: _Grammar) -> str:
    """Return the thing that a follow-up asks about: the country, and not its population.

    Only a further amount may be one of the population itself.
    """
    is_amount = question_kind(question) == "how_many" and not grammar.owns(question, word)
    return said.thing if is_amount else owner(said.thing)


def _resolved(question: str, word: str, said: Said, grammar: _Grammar) -> Completed:
    """Return a question with what its pronouns stand for."""
    is_personal = grammar.is_personal(question, word, said)
    is_there = fold(word) in _THERE
    named = (
        said.person
        if is_personal
        else said.place
        if is_there
        else _meant(question, word, said, grammar)
    )
    # "They" after "Who signed the treaty?" are those who did, and nobody is named.
    is_somebody = fold(word) in _THEY and question_kind(said.question) == "who" and not is_personal
    text = grammar.filled(question, word, named) if named and not is_somebody else ""
    if not text:
        return _noted(question, replace(said, thing=named or said.thing), is_personal=is_personal)
    there = next((token for token in cut(text) if fold(token) in _THERE), "")
    if there and said.place:
        text = grammar.filled(text, there, said.place) or text
    if is_there and said.thing and said.language == "ar" and len(content_words(question)) == 1:
        # The verb's subject is left unsaid, as Arabic does.
        text = f"{text} ({said.thing})"
    return Completed(text, text, is_personal=is_personal)


def _noted(question: str, said: Said, most: int = 0, *, is_personal: bool = False) -> Completed:
    """Return a question with the topic behind it, at most so many content words of it."""
    noted = last_words(said.thing, most) if most > 0 else said.thing
    if not noted:
        return _behind(question, said)
    text = f"{question.strip()} ({noted})"
    return Completed(text, text, is_personal=is_personal)


def _behind(question: str, said: Said) -> Completed:
    """Return a question with the whole last one behind it."""
    own = question.strip()
    joint = ":" if own and own[-1].isalnum() else ""
    return Completed(f"{own}{joint} {said.question.strip()}".strip(), said.question)


def _across(question: str, said: Said, grammar: _Grammar) -> Completed | None:
    """Return a question with words of the other language in parentheses, or None for a new one."""
    word = grammar.pronoun(question)
    own = content_words(question)
    is_personal = bool(word or grammar.has_no_subject(question)) and grammar.is_personal(
        question, word, said
    )
    if swapping.asked_about(question) or (not own and not word):
        carried = _matter(said.question)
    elif is_personal and said.person:
        carried = said.person
    elif fold(word) in _THERE and said.place:
        carried = said.place
    elif word or grammar.has_no_subject(question) or _goes_on(question, said, grammar):
        carried = _meant(question, word, said, grammar)
    else:
        return None
    text = f"{question.strip()} ({carried})"
    return Completed(text, said.question if not own else text, is_personal=is_personal)


def _matter(frame: str) -> str:
    """Return a question's words without those that ask, which would ask a second time."""
    asks = question_words() | AUXILIARIES
    return " ".join(token for token in cut(frame) if fold(token) not in asks)


def _goes_on(question: str, said: Said, grammar: _Grammar) -> bool:
    """Return whether a question after "and" names no topic of its own."""
    if not grammar.opens(question):
        return False
    known = {stem(word) for word in content_words(said.question)}
    if any(stem(word) not in known for name in mentions.names_in(question) for word in words(name)):
        return False
    own = {stem(word) for word in content_words(question)}
    return len(own) < _OWN_TOPIC or not own.isdisjoint(stem(w) for w in content_words(said.thing))
