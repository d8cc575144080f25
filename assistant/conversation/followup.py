"""Questions that lean on the one before them, completed without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.topic import last_words, topic
from assistant.language import content_words, fold
from assistant.schema import Message

# In folded text: openings that ask the last question about something else.
_ASKS_AGAIN = re.compile(
    r"^(?:و?ماذا عن|وما(?:ذا)? بشان|(?:and )?(?:what|how) about\b"
    r"|and (?!(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did)\b))"
)
# In folded text: openings that go on with the topic at hand.
_CONTINUES = re.compile(r"^(?:و(?:متي|اين|كيف|كم|لماذا|من|هل|ما|ماذا)\b|and\b)")
# Pronouns that stand for somebody or something named before, and for all that was said.
_PERSONAL = frozenset(fold("هو هي هم هن هما it its he him his she her they them their").split())
_POINTING = frozenset(fold("هذا هذه ذلك تلك this that these those").split())
_PRONOUNS = _PERSONAL | _POINTING
# "Who is the president?" has its pronoun only to join the question word to what follows.
_COPULA = re.compile(r"^(من|ما|ماذا|اين|متي|كيف) (?:هو|هي|هم|هن|هما) (?=\w)")
# "How tall is it?" in two words, the second with a pronoun at its end; not folded, since folding
# makes the ending of a feminine noun the same letter.
_PRONOUN_AT_END = re.compile(r"^(?:كم|أين|متى|ما|كيف|من) \w{2,}(?:ه|ها|هم|هما|هن)\W*$")
_MARKS = re.compile("[\u064b-\u065f\u0670]")
_FEW_WORDS = 2


def stand_alone(question: str, history: Sequence[Message]) -> str:
    """Return a question that can be searched for without what was said before it.

    A question that has no word of its own («ومتى؟»), or that asks the last one about something else
    («وماذا عن …؟», "what about …?"), is completed with the whole last question. One that asks
    something new about the same topic, with a pronoun or after "and", is completed with the words
    of the topic: "How tall is it? (the lighthouse)". Any other question stays as it is.

    Args:
        question: The question as asked.
        history: What was said before, oldest first.

    Returns:
        The question to search for.
    """
    if not _leans(question):
        return question
    asked = [message.text for message in history if message.role == "user" and message.text.strip()]
    # What the last question leans on itself says what this one is about.
    last = next((text for text in reversed(asked) if not _leans(text)), "")
    own = content_words(question)
    is_bare = not own and not _has_pronoun(question, _PERSONAL)
    if is_bare or _ASKS_AGAIN.match(_folded(question)):
        return f"{question} {last}".strip()
    words = topic(last)
    if not _has_pronoun(question, _PRONOUNS) and len(own) > 1:
        # It could nearly stand alone: the topic must not outweigh it.
        words = last_words(words, len(own) - 1)
    return f"{question} ({words})" if words else f"{question} {last}".strip()


def _folded(question: str) -> str:
    return " ".join(fold(question).split())


def _leans(question: str) -> bool:
    own, folded = content_words(question), _folded(question)
    if not own or _ASKS_AGAIN.match(folded) or _CONTINUES.match(folded):
        return True
    return _has_pronoun(question, _PRONOUNS) and len(own) <= _FEW_WORDS


def _has_pronoun(question: str, pronouns: frozenset[str]) -> bool:
    words = re.findall(r"\w+", _COPULA.sub(r"\1 ", _folded(question)))
    plain = " ".join(_MARKS.sub("", question).split())
    return not pronouns.isdisjoint(words) or bool(_PRONOUN_AT_END.match(plain))
