"""Follow-ups that ask the last question about something else: "What about …?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.mentions import names_in
from assistant.conversation.topic import AUXILIARIES, EDGES, cut, owner, topic
from assistant.language import content_words, fold, is_arabic, question_words, stem
from assistant.lexicon import is_place, knows, stem_vectors

_AGAIN = re.compile(
    r"^(?:(?:and|but|so)\b[ ,]*)?(?:what|how) about\b\s*|^(?:and|or|but)\b[ ,]+"
    "|^[\u0648\u0641]?\u0645\u0627\u0630\u0627\\s+\u0639\u0646\\s+"  # what about
    "|^[\u0648\u0641]?\u0645\u0627(?:\u0630\u0627)?\\s+\u0628\u0634[\u0627\u0623]\u0646\\s+"
    "|^\u0648(?=\u0627\u0644|\u0644\u0644|\u0641\u064a\\s|\u0639\u0646\\s|\u0639\u0644\u0649\\s)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^(?:what|how) about\b|^[\u0648\u0641]?\u0645\u0627", re.IGNORECASE)
_AUXILIARY = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b")
# "And list the members": not asked about, but told.
_ORDERS = frozenset("list tell name give describe explain show summarise summarize compare".split())
_YEAR = re.compile("(?<![\\d\u0660-\u0669])(?:[12]\\d{3}|[\u0661\u0662][\u0660-\u0669]{3})(?!\\d)")
_PREPOSITION = re.compile(
    "^(?:in|at|on|for|of|from|to|during|under|with|by"
    "|\u0641\u064a|\u0639\u0644\u0649|\u0645\u0646|\u0625\u0644\u0649|\u0639\u0646|\u0644\u062f\u0649)\\s+",
    re.IGNORECASE,
)
_ORDINALS = frozenset(
    fold(
        "first second third fourth fifth sixth seventh eighth ninth tenth last previous next "
        "الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة السادس السادسة "
        "السابع السابعة الثامن الثامنة التاسع التاسعة العاشر العاشرة الأخير الأخيرة"
    ).split()
)
_BESIDE_YEAR = frozenset(
    fold("many much year become reach عام سنة كان كانت صار صارت أصبح أصبحت بلغ بلغت").split()
)
_ONE = frozenset(("one", "ones"))
_BEFORE_TIME = frozenset(fold("قبل بعد خلال منذ عند").split())
_HAMZA = re.compile("[\u0623\u0624\u0625\u0626]")
_ROOT = 3  # letters
_LONGEST = 6  # words that are asked about
_ALIKE, _MARGIN = 0.3, 0.08
_ARTICLE = re.compile("^(?:\u0644\u0644|[\u0628\u0648\u0643]?\u0627\u0644)")


def asked_about(question: str) -> str:
    """Return what a follow-up asks the last question about, as it stands; empty for no such one."""
    plain = question.strip()
    match = _AGAIN.match(plain)
    rest = plain[match.end() :].strip().strip(EDGES) if match else ""
    if not rest or len(rest.split()) > _LONGEST:
        return ""
    first = fold(rest.split()[0])
    asks = not question_words().isdisjoint(map(fold, cut(rest)))
    says = _AUXILIARY.match(first) or first in _ORDERS or not AUXILIARIES.isdisjoint(cut(rest))
    if not _ASKED.match(plain) and (asks or says):
        return ""
    return rest


def all_it_names(question: str) -> str:
    """Return the ordinal, or the time, that is all a question says for itself; empty for none."""
    if number := ordinal(question):
        return number
    own = [word for word in content_words(question) if word not in _BESIDE_YEAR]
    year = _YEAR.search(question)
    return year[0] if year and own == content_words(year[0]) else ""


def ordinal(question: str) -> str:
    """Return the ordinal that is all a question says for itself; empty for none."""
    own = [token for token in cut(question) if content_words(token) and fold(token) not in _ONE]
    is_all = len(own) == 1 and _ordinal_of(own[0])
    return own[0].removeprefix("\u0648") if is_all else ""


def swapped(frame: str, about: str) -> str:
    """Return the last question about something else; empty where the place is not sure.

    Args:
        frame: The last question.
        about: What the follow-up asks about.
    """
    preposition = _PREPOSITION.match(about)
    thing = about[preposition.end() :] if preposition else about
    if year := _YEAR.search(about):
        return _with_year(frame, about, year[0])
    if number := ordinal(thing):
        places = [token for token in cut(frame) if _ordinal_of(token)]
        return _put(frame, places[0], number) if len(places) == 1 else ""
    old = (
        _arabic_place(frame, thing) if is_arabic(fold(thing)[:1]) else _english_place(frame, thing)
    )
    if old:
        return _put(frame, old, _like(old, thing))
    if preposition is None:
        return ""
    same = re.search(rf"(?<!\S)({re.escape(preposition[0].strip())}\s+)(\S+)(?=\W*$)", frame)
    return _put(frame, same[2].strip(EDGES), thing) if same else _ended(frame, about)


def _with_year(frame: str, about: str, year: str) -> str:
    found = _YEAR.findall(frame)
    if len(found) == 1:
        return _put(frame, found[0], year)
    if about == year:
        about = f"{'عام' if is_arabic(fold(frame)[:1]) else 'in'} {year}"
    return "" if found else _ended(frame, about)


def _ended(frame: str, words: str) -> str:
    """Return a question with words more at its end."""
    body = frame.rstrip()
    end = body[len(body.rstrip(EDGES)) :]
    return f"{body.rstrip(EDGES)} {words}{end}"


def _put(frame: str, old: str, new: str) -> str:
    start = frame.rindex(old)
    return frame[:start] + new + frame[start + len(old) :]


def _ordinal_of(token: str) -> bool:
    return fold(token).removeprefix("\u0648") in _ORDINALS


def _english_place(frame: str, thing: str) -> str:
    """Return the part of an English question in whose place a thing goes."""
    subject = topic(frame)
    is_named = thing.split(maxsplit=1)[0][:1].isupper()
    has_article = fold(thing).startswith(("the ", "a ", "an "))
    if is_named:
        old = _name_place(names_in(frame), thing)
        # A full name stands for the whole of "the Tarnwick museum", a town's for its town.
        is_whole = old != thing and len(cut(thing)) > 1 and fold(subject).startswith("the ")
        return subject if old and old in subject and is_whole and not _is_place(thing) else old
    if has_article and _shares_head(subject, thing):
        return subject
    old = _nearest(frame, thing)
    if old and not has_article:
        return old
    return subject if has_article and fold(subject).startswith(("the ", "a ", "an ")) else ""


def _arabic_place(frame: str, thing: str) -> str:
    """Return the part of an Arabic question in whose place a thing goes."""
    subject = topic(frame)
    words = cut(thing)
    if _shares_head(subject, thing):
        return subject
    places = [token for token in cut(frame) if is_place(stem(fold(token)))]
    if is_place(stem(fold(words[-1]))):
        return places[0] if len(places) == len(words) == 1 else ""
    inner = cut(owner(subject))
    if len(words) > 1:
        # A noun and its name for a noun and its name.
        ends = inner[-len(words) :]
        is_same = [*map(_is_definite, ends)] == [*map(_is_definite, words)]
        return " ".join(ends) if is_same else ""
    return (
        _nearest(frame, thing) or _of_one_root(frame, thing) or _unknown_name(frame, inner, thing)
    )


def _unknown_name(frame: str, subject: Sequence[str], thing: str) -> str:
    """Return the last noun of a question's topic, if it or the other can only be a name."""
    last = subject[-1] if subject else ""
    is_name = _is_definite(last) and _is_definite(thing)
    if not is_name or all(knows(stem(fold(word))) for word in (last, thing)):
        return ""
    before = frame[: frame.rindex(last)].split()
    return "" if before and fold(before[-1]) in _BEFORE_TIME else last


def _is_definite(word: str) -> bool:
    return bool(_ARTICLE.match(word))


def _of_one_root(frame: str, thing: str) -> str:
    """Return the one noun of a question that ends in the root letters of a thing, in Arabic."""
    ending = _HAMZA.sub("\u0621", thing)[-_ROOT:]
    alike = [
        token
        for token in cut(frame)
        if _is_definite(token) and _HAMZA.sub("\u0621", token)[-_ROOT:] == ending
    ]
    return alike[0] if len(alike) == 1 and len(ending) == _ROOT else ""


def _name_place(names: Sequence[str], thing: str) -> str:
    """Return the name in whose place another goes: a place's for a place's."""
    if _is_place(thing):
        alike = [name for name in names if all(map(is_place, map(stem, content_words(name))))]
        unknown = [name for name in names if not all(knows(stem(w)) for w in content_words(name))]
        chosen = alike or unknown
    else:
        chosen = list(names)
    return chosen[0] if len(chosen) == 1 else ""


def _is_place(words: str) -> bool:
    """Return whether all content words are those of a place's name."""
    return all(is_place(stem(word)) for word in content_words(words))


def _shares_head(subject: str, thing: str) -> bool:
    """Return whether two runs of words have a word in common, and the second has more than it."""
    first, second = ({stem(word) for word in content_words(words)} for words in (subject, thing))
    return bool(first & second) and len(second) > 1


def _nearest(frame: str, thing: str) -> str:
    """Return the one word of a question that is near in meaning to what is asked about."""
    head = (content_words(thing) or [""])[-1]
    tokens = [token for token in cut(frame) if content_words(token)]
    if not head or not tokens:
        return ""
    vectors = stem_vectors([stem(fold(token)) for token in (head, *tokens)])
    lengths = (vectors**2).sum(axis=1) ** 0.5
    if not lengths[0]:
        return ""
    cosines = (vectors[1:] @ vectors[0]) / (lengths[1:] * lengths[0]).clip(1e-9)
    best = int(cosines.argmax())
    others = [c for i, c in enumerate(cosines.tolist()) if i != best]
    is_sure = cosines[best] >= _ALIKE and cosines[best] - max(others, default=0.0) >= _MARGIN
    return tokens[best] if is_sure else ""


def _like(old: str, thing: str) -> str:
    """Return a thing with the letters that are written to the word it replaces, in Arabic."""
    match = re.match("^(?:\u0644\u0644|\u0628\u0627\u0644|[\u0644\u0628](?=\u0627\u0644))", old)
    if match is None or not thing.startswith("\u0627\u0644"):
        return thing
    return f"\u0644{thing[1:]}" if match[0] == "\u0644\u0644" else f"\u0628{thing}"
