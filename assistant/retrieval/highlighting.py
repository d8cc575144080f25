"""Which words of a text are to be marked for a query."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retrieval.asked_words import Asked, asked_words
from assistant.schema import Span


def highlights(text: str, query: str, others: Sequence[str] = ()) -> tuple[Span, ...]:
    """Return the ranges of a text to be marked for a query.

    Words of the same stem are marked, whole and with what is written onto them; for a query in
    quotation marks only the phrase. Stop words are marked where the query has nothing else.

    Args:
        text: Any text.
        query: What was searched for, in Arabic or English.
        others: Further words to be marked, such as translations; each of its own, or a phrase.

    Returns:
        Ranges of the text, half-open, in code points: in order, disjoint, on word boundaries, no
        letter parted from its marks.
    """
    looked_for = parts(asked_words(query))
    looked_for += [asked for asked in map(asked_words, others) if asked.words]
    return marked(text, looked_for)


def parts(asked: Asked) -> list[Asked]:
    """Return what is marked of its own: a quoted phrase, else each word that says something."""
    if asked.is_exact and asked.words:
        return [asked]
    return [Asked((word,)) for word in asked.content or asked.words]


def marked(text: str, looked_for: Sequence[Asked]) -> tuple[Span, ...]:
    """Return where any of several things stands in a text, what overlaps joined."""
    spans = sorted(found.span for asked in looked_for for found in asked.find(text))
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
