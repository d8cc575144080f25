"""Questions that lean on the one before them, completed without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language import content_words, fold
from assistant.schema import Message

# In folded text: openings that go on with the topic at hand.
_CONTINUES = re.compile(
    r"^(?:و?ماذا عن|وما(?:ذا)? بشان|و(?:متي|اين|كيف|كم|لماذا|من|هل)\b"
    r"|(?:and|what about|how about)\b)"
)
# Pronouns that stand for somebody or something named before.
_PRONOUNS = frozenset(
    fold(
        "هو هي هم هن هما هذا هذه ذلك تلك "
        "it its he him his she her they them their this that these those"
    ).split()
)
# "Who is the president?" has its pronoun only to join the question word to what follows.
_COPULA = re.compile(r"^(من|ما|ماذا|اين|متي|كيف) (?:هو|هي|هم|هن|هما) (?=\w)")
_FEW_WORDS = 2


def stand_alone(question: str, history: Sequence[Message]) -> str:
    """Return a question that can be searched for without what was said before it.

    A question that has no word of its own («ومتى؟»), that goes on with the topic («وماذا عن …؟»,
    "what about …?"), or that says little more than a pronoun, is completed with the last question
    of the history. Any other question stays as it is.

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
    topic = next((text for text in reversed(asked) if not _leans(text)), "")
    return f"{question} {topic}".strip()


def _leans(question: str) -> bool:
    folded = _COPULA.sub(r"\1 ", " ".join(fold(question).split()))
    topics = content_words(question)
    has_pronoun = not _PRONOUNS.isdisjoint(re.findall(r"\w+", folded))
    if not topics or _CONTINUES.match(folded):
        return True
    return has_pronoun and len(topics) <= _FEW_WORDS
