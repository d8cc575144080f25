"""What a question is about: its words without those that ask."""

from __future__ import annotations

import re

from assistant.language import content_words, fold, question_words
from assistant.language.dates import find_dates, find_years

_TOKEN = re.compile(r"\S+")
EDGES = "?!.,:;\u061f\u060c\u061b \t\r\n\"'()\u00ab\u00bb\u201c\u201d"
_ARABIC = re.compile("[\u0620-\u064a]")
_CONJUNCTIONS = "\u0648\u0641"
AUXILIARIES = frozenset(
    "is are was were do does did has have had can could will would should may might must".split()
)
_DO = frozenset("do does did can could will would should may might must".split())
_ARTICLES = frozenset("the a an this that these those its his her their".split())
# "Of" goes on with a name; the others begin something about when, where or how.
_PREPOSITIONS = frozenset(
    "in on at by for from to with under over during since until before after near between into "
    "about against through within without".split()
)
# Verbs that end a question about time or place: what is built, was built.
PARTICIPLE = re.compile(
    r"\w{2,}ed|(?:re)?(?:built|made|held|found|born|set|written|sold|sent|won|lost|given|taken|drawn)"
    r"|known|begun|paid|laid|seen|open|located|situated"
)
# Words between "how many" and what is counted.
COUNTS = frozenset(fold("عدد بلغ يبلغ تبلغ بلغت هو هي هم كان كانت").split())
# What a thing has, rather than what is: "its capital" is that of the country, not of its people.
_ATTRIBUTES = frozenset(
    fold(
        "population inhabitants capital height length width depth area size weight price cost age "
        "number amount share percentage name date purpose aim role value revenue budget "
        "سكان عاصمة ارتفاع طول عرض عمق مساحة حجم وزن سعر كلفة تكلفة عمر عدد نسبة اسم تاريخ هدف "
        "قيمة ميزانية إيرادات"
    ).split()
)
_ARABIC_PREPOSITIONS = frozenset(fold("في على من إلى عن مع خلال بعد قبل").split())
_ARABIC_TIMES = frozenset(fold("عام سنة شهر يوم في منذ خلال").split())
_YES_OR_NO = fold("هل")
_ARTICLE = "\u0627\u0644"
# Words that ask with a verb behind them, rather than with a noun.
_BEFORE_VERB = frozenset(fold("متى أين كيف لماذا من").split())


def topic(question: str) -> str:
    """Return the words of a question that name what it is about, as they stand in it.

    This is no grammar: it takes off the words that ask, the verb where its place is known, and a
    time at the end.

    Args:
        question: A question that stands alone.

    Returns:
        A run of its words, without end marks; empty where nothing is left.
    """
    tokens = cut(question)
    folded = [fold(token) for token in tokens]
    if folded and _ARABIC.match(folded[0]):
        start, end = _arabic_topic(folded)
    else:
        start, end = _english_topic(tokens, folded)
    return " ".join(tokens[start : _without_time(folded, start, end)])


def owner(thing: str) -> str:
    """Return whose attribute a thing is ("the population of Egypt"), else the thing itself."""
    tokens = thing.split()
    folded = [fold(token) for token in tokens]
    start = 0
    while start < len(tokens) - 1 and (
        folded[start] in _ATTRIBUTES
        or (start + 2 < len(tokens) and folded[start] == "the" and folded[start + 1] in _ATTRIBUTES)
        or (start and folded[start] == "of")
    ):
        start += 1
    return " ".join(tokens[start:])


def cut(text: str) -> list[str]:
    """Return a text's words, cut at white space, without marks at their edges."""
    tokens = [match.group().strip(EDGES) for match in _TOKEN.finditer(text)]
    return [token for token in tokens if token]


def last_words(words: str, count: int) -> str:
    """Return the end of a run of words, from its last ``count`` content words on.

    An article in front of them is kept.

    Args:
        words: The words.
        count: How many content words.
    """
    tokens = words.split()
    start = len(tokens)
    while start and count:
        start -= 1
        count -= bool(content_words(tokens[start]))
    if start and fold(tokens[start - 1]) in _ARTICLES:
        start -= 1
    return " ".join(tokens[start:])


def _arabic_topic(words: list[str]) -> tuple[int, int]:
    asking = words[0][1:] if words[0][0] in _CONJUNCTIONS else words[0]
    if asking not in question_words():
        return 0, len(words)
    start = 1
    while start < len(words) and words[start] in COUNTS:
        start += 1
    is_definite = len(words) > 1 and words[1].startswith(_ARTICLE)
    has_verb = asking in _BEFORE_VERB or (asking == _YES_OR_NO and not is_definite)
    start += start == 1 and has_verb and len(words) > start + 1
    # The preposition belongs to the verb that was taken off.
    while start < len(words) - 1 and words[start] in _ARABIC_PREPOSITIONS:
        start += 1
    return start, len(words)


def _english_topic(tokens: list[str], words: list[str]) -> tuple[int, int]:
    asking = next((i for i, word in enumerate(words) if word in question_words()), -1)
    auxiliary = next((i for i in range(asking + 1, len(words)) if words[i] in AUXILIARIES), -1)
    end = len(words)
    if auxiliary < 0:
        # "Who signed the treaty?": the verb stands behind the word that asks.
        return (asking + 2 if asking >= 0 else 0), end
    start = auxiliary + 1
    if words[auxiliary] in _DO:
        return start, _before_verb(tokens, words, start)
    for i in range(start + 1, end):
        is_verb = PARTICIPLE.fullmatch(words[i]) and words[i - 1] not in _ARTICLES
        if is_verb and (i == end - 1 or words[i + 1] in _PREPOSITIONS):
            return start, i
    return start, end


def _before_verb(tokens: list[str], words: list[str], start: int) -> int:
    """Return where the subject behind "did" ends: before a verb that nothing marks as one.

    It stands last, or before what belongs to it: a preposition or a further article.
    """
    stops = (
        i
        for i in range(start + 2, len(words))
        if words[i] in _PREPOSITIONS or (words[i] in _ARTICLES and words[i - 1] != "of")
    )
    end = next(stops, len(words))
    is_verb = end - start > 1 and tokens[end - 1][:1].islower() and words[end - 1] not in _ARTICLES
    return end - is_verb


def _without_time(words: list[str], start: int, end: int) -> int:
    """Return the end of a run of words without a year or a date at its end."""
    last = end
    while last > start and (_is_time(words[last - 1]) or words[last - 1] in _ARABIC_TIMES):
        last -= 1
    if last < end and last > start and words[last - 1] in _PREPOSITIONS:
        last -= 1
    return last if last > start and any(map(_is_time, words[last:end])) else end


def _is_time(word: str) -> bool:
    return bool(find_years(word) or find_dates(word))
