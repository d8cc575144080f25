"""English follow-ups: which words lean on what was said, and what goes in their place."""

from __future__ import annotations

import re

from assistant.conversation.said import Said
from assistant.conversation.topic import AUXILIARIES, EDGES, PARTICIPLE, cut
from assistant.language import content_words, fold

_OPENER = re.compile(r"^(?:and|but|so|then|ok|okay|well)\b[ ,]*", re.IGNORECASE)
# Asks again about the last question's matter, with nothing of its own.
_BARE = re.compile(
    r"^(?P<asks>when|where|why|how|by whom|since when|until when|in (?:which|what) \w+)"
    r"(?: (?:exactly|then|was (?:that|it)|is that|did (?:that|it|this) happen))?\W*$",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    r"^(?:when|where|why|how(?! (?:many|much|old|long|far|tall|large|big|often|high|deep|fast))"
    r"|(?:in|on|at|by|during|to|from) (?:which|what) \w+)"
    rf"(?= (?:{'|'.join(sorted(AUXILIARIES))})\b)",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(rf"^(?:{'|'.join(sorted(AUXILIARIES))})\b", re.IGNORECASE)
_WHO_DID = re.compile(
    r"^Who (?P<verb>[a-z]+) (?P<object>(?:(?:the|a|an|this|its|their) |(?=[A-Z])).+?)"
    r"(?P<rest>(?: (?:in|on|at|for|from|to|with|during|between|after|before) .+)?)\W*$"
)
# Past forms of verbs that take an object, and their participles where they differ.
_IRREGULAR = {
    "built": "built", "rebuilt": "rebuilt", "made": "made", "led": "led", "held": "held",
    "won": "won", "sold": "sold", "bought": "bought", "found": "found", "paid": "paid",
    "sent": "sent", "set": "set", "taught": "taught", "told": "told", "brought": "brought",
    "caught": "caught", "kept": "kept", "lost": "lost", "left": "left", "met": "met",
    "shot": "shot", "wrote": "written", "gave": "given", "took": "taken", "began": "begun",
    "drew": "drawn", "chose": "chosen", "broke": "broken", "stole": "stolen", "drove": "driven",
    "flew": "flown", "sang": "sung", "ran": "run", "sank": "sunk", "threw": "thrown",
    "hid": "hidden", "saw": "seen", "dug": "dug", "laid": "laid", "cut": "cut", "put": "put",
}  # fmt: skip
_PLURAL = re.compile(r"[a-z]*(?<!s)(?<!u)(?<!i)s")

_HE = frozenset("he him himself she".split())
_HIS = frozenset(("his",))
_HER = frozenset(("her", "hers"))
_IT = frozenset("it itself".split())
_THEY = frozenset("they them themselves".split())
_POINTING = frozenset("this that these those".split())
_PRONOUNS = _HE | _HIS | _HER | _IT | _THEY | _POINTING | {"its", "their", "theirs", "there"}
# What is only asked about people.
_LIVES = re.compile(
    r"\b(?:born|die|died|marry|married|resign|resigned|retire|retired|studied|study|buried)\b"
)
# "It" and "there" that stand for nothing; "that" that joins two clauses.
_EMPTY = re.compile(
    r"\b(?:is|was) it (?:true|possible|correct|likely|known|said|because|\w+ (?:that|to))\b"
    r"|\bit (?:take|cost|pay|help|hurt)s? (?:\w+ )?to\b"
    r"|\b(?:is|are|was|were) there (?!\W*$)"
)
# "How cold is it there?"
_WEATHER = re.compile(r"\bit there\b")
_NO_SUBJECT = re.compile(
    rf"^(?:what|when|where|why|how) (?:is|are|was|were) (?:{PARTICIPLE.pattern})\W*$"
)
_MORE = re.compile(
    r"^(?:(?:can you )?(?:please )?(?:tell me |say |give me )?more(?: about (?:it|that|this))?"
    r"|go on|continue|(?:what|anything|who|where) else)(?: please)?\W*$"
)
_STARTS = re.compile(r"^(?:the|a|an|[A-Z])")
_MOST_WORDS = 9
_ARTICLES = frozenset("the a an".split())
_FEW_WORDS = 2


def without_opener(question: str) -> str:
    """Return a question without "and" and its like in front, capitalised."""
    rest = _OPENER.sub("", question).strip()
    return rest[:1].upper() + rest[1:]


def opens(question: str) -> bool:
    """Return whether "and" or its like stands in front."""
    return bool(_OPENER.match(question))


def bare(question: str) -> str:
    """Return the words that ask, where a question has none beside them; else nothing."""
    match = _BARE.match(_OPENER.sub("", question).strip())
    return match["asks"] if match else ""


def wants_more(question: str) -> bool:
    """Return whether a question asks to go on: "Tell me more"."""
    return bool(_MORE.match(_OPENER.sub("", fold(question)).strip()))


def asked_again(asks: str, frame: str) -> str:
    """Return a question asked again with other words that ask; empty where that is not sure.

    Args:
        asks: The words that ask, such as "when".
        frame: The last question.
    """
    asks = asks[:1].upper() + asks[1:]
    if _ADVERBIAL.match(frame):
        return _ADVERBIAL.sub(asks, frame)
    if _YES_OR_NO.match(frame):
        return f"{asks} {frame[:1].lower()}{frame[1:]}"
    match = _WHO_DID.match(frame)
    if match is None or asks == "By whom":
        return ""
    verb = match["verb"]
    participle = _IRREGULAR.get(verb, verb if re.fullmatch(r"\w{2,}ed", verb) else "")
    if not participle:
        return ""
    thing = match["object"].strip()
    head = cut(thing.split(" of ")[0])[-1]
    be = "were" if " and " in thing or _PLURAL.fullmatch(head) else "was"
    return f"{asks} {be} {thing} {participle}{match['rest'].rstrip(EDGES)}?"


def has_no_subject(question: str) -> bool:
    """Return whether a question says of nothing named what was done: "What was discussed?"."""
    return bool(_NO_SUBJECT.match(_OPENER.sub("", fold(question)).strip()))


def pronoun(question: str) -> str:
    """Return the word of a question that stands for something said before; empty for none.

    A pronoun stands for something in the question itself where a name stands before it, and for
    nothing in "Is it true that …?".
    """
    if _EMPTY.search(fold(question)):
        return ""
    seen_own = False
    asked = False
    tokens = cut(question)
    for i, token in enumerate(tokens):
        word = fold(token)
        if _stands_for(tokens, i, question):
            is_near = asked and not seen_own
            few = len(content_words(question)) <= _FEW_WORDS
            # At the end it stands for something in the question only if that names something.
            is_last = i == len(tokens) - 1 and not any(map(_names, tokens[1:i]))
            return word if is_near or few or is_last else ""
        # What stands between "how many" and the auxiliary belongs to the words that ask.
        seen_own |= asked and bool(content_words(token))
        if asked and word not in AUXILIARIES and token[:1].isupper():
            return ""
        asked |= word in AUXILIARIES
    return ""


def _names(token: str) -> bool:
    return token[:1].isupper() or fold(token) in _ARTICLES


def _stands_for(tokens: list[str], i: int, question: str) -> bool:
    """Return whether a word of a question stands for something said before."""
    word = fold(tokens[i])
    if word in _IT and _WEATHER.search(question):
        return False
    if word in _POINTING:
        # Elsewhere it joins two clauses, or points at the noun behind it.
        return i == len(tokens) - 1 or fold(tokens[i - 1]) in AUXILIARIES
    return word in _PRONOUNS


def is_personal(question: str, word: str, said: Said) -> bool:
    """Return whether a follow-up asks about a person.

    Args:
        question: The follow-up.
        word: Its pronoun; empty for none.
        said: What was said before.
    """
    if word in _HE | _HIS | _HER:
        return True
    is_many = word in _THEY | {"their", "theirs"} and " and " in said.person
    return is_many or (word not in _IT | {"its"} and bool(_LIVES.search(fold(question))))


def owns(question: str, word: str) -> bool:
    """Return whether a pronoun says whose something is."""
    return word in {"its", "their", "theirs"} and word in fold(question)


def filled(question: str, word: str, referent: str) -> str:
    """Return a question with a name in the place of its pronoun; empty where that is not sure.

    Args:
        question: The follow-up.
        word: Its pronoun, folded.
        referent: What it stands for.
    """
    if not word or not _STARTS.match(referent) or len(referent.split()) > _MOST_WORDS:
        return ""
    match = re.search(rf"\b{word}\b", question, re.IGNORECASE)
    if match is None or word in _POINTING:
        return ""
    rest = question[match.end() :]
    is_owner = word in _HIS | {"its", "their"} or (word == "her" and bool(content_words(rest)))
    if word == "there":
        referent = f"in {referent}"
    elif is_owner:
        referent += "\u2019" if referent.endswith("s") else "\u2019s"
    elif word.endswith(("self", "selves")) or word in {"hers", "theirs"}:
        return ""
    return without_opener(question[: match.start()] + referent + rest)
