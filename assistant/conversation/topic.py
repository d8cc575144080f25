"""What a question is about: its words without those that ask."""

from __future__ import annotations

import re

from assistant.language import content_words, fold, question_words

_TOKEN = re.compile(r"\S+")
_EDGES = "?!.,:;\u061f\u060c\u061b \t\r\n\"'()"
_ARABIC = re.compile("[\u0620-\u064a]")
_CONJUNCTIONS = "\u0648\u0641"
_AUXILIARIES = frozenset(
    "is are was were do does did has have had can could will would should may".split()
)
_DO = frozenset("do does did".split())
_ARTICLES = frozenset("the a an this that these those its his her their".split())
# Verbs that end a question about time or place: what is built, was built.
_PARTICIPLE = re.compile(
    r"\w{2,}ed|(?:re)?(?:built|made|held|found|born|set|written|sold|sent|won|lost|given|taken|drawn)"
    r"|known|begun|paid|laid|seen|open|located|situated"
)
_ARABIC_COUNTS = frozenset(fold("عدد بلغ يبلغ تبلغ بلغت هو هي هم كان كانت").split())
# Words that ask with a verb behind them, rather than with a noun.
_BEFORE_VERB = frozenset(fold("متى أين كيف لماذا من").split())
_LONGEST_DO = 3


def topic(question: str) -> str:
    """Return the words of a question that name what it is about, as they stand in it.

    This is no grammar: it takes off the words that ask, and the verb where its place is known.

    Args:
        question: A question that stands alone.

    Returns:
        A run of its words, without end marks; empty where nothing is left.
    """
    tokens = [match.group().strip(_EDGES) for match in _TOKEN.finditer(question)]
    tokens = [token for token in tokens if token]
    folded = [fold(token) for token in tokens]
    if folded and _ARABIC.match(folded[0]):
        start, end = _arabic_topic(folded)
    else:
        start, end = _english_topic(folded)
    return " ".join(tokens[start:end])


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
    while start < len(words) and words[start] in _ARABIC_COUNTS:
        start += 1
    has_verb = start == 1 and asking in _BEFORE_VERB and len(words) > start + 1
    return start + has_verb, len(words)


def _english_topic(words: list[str]) -> tuple[int, int]:
    asking = next((i for i, word in enumerate(words) if word in question_words()), -1)
    auxiliary = next((i for i in range(asking + 1, len(words)) if words[i] in _AUXILIARIES), -1)
    end = len(words)
    if auxiliary < 0:
        # "Who signed the treaty?": the verb stands behind the word that asks.
        return (asking + 2 if asking >= 0 else 0), end
    start = auxiliary + 1
    is_do = words[auxiliary] in _DO and end - start <= _LONGEST_DO
    if end - start > 1 and (is_do or _PARTICIPLE.fullmatch(words[-1])):
        end -= 1
    return start, end
