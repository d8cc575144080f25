"""The words of conversations as they are looked for."""

from __future__ import annotations

import re

from assistant.language import stem, words

# "And", "by" or "like" and the article, with a word of three letters or more behind them.
_ARTICLE = re.compile("^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=\\w{3})")


class Sought:
    """A word that is looked for: its beginning, and its stem as a whole.

    Args:
        word: The word, folded.
    """

    def __init__(self, word: str) -> None:
        self.begun = f" {word}"
        self.stem = f" {stem(word)} "


def folded(*texts: str) -> str:
    """Return the words of texts, without their article too, and their stems, between spaces."""
    found = [word for text in texts for word in words(text)]
    plain = [_ARTICLE.sub("", word) for word in found if _ARTICLE.match(word)]
    return f" {' '.join((*found, *dict.fromkeys((*plain, *map(stem, found)))))} "
