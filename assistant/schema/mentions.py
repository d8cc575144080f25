"""Where words are mentioned, and what stands around a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.schema.documents import Span

Relation = Literal["same", "translation", "name", "number", "date"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a document, copied from its stored text.

    Attributes:
        text: The words as stored.
        start_char_index: First code point in the document's text, 0-based.
        end_char_index: One past the last code point.
    """

    text: str
    start_char_index: int
    end_char_index: int


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a range of a document.

    Attributes:
        document_id: The document.
        version: The version of it that the indices point into.
        heading: The nearest heading above; None where there is none.
        before: The sentences before, in the order of the text; none beyond a heading, a caption or
            anything else that is no statement.
        after: The sentences after, in the order of the text.
    """

    document_id: str
    version: str
    heading: Excerpt | None
    before: tuple[Excerpt, ...]
    after: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which the words asked for are written.

    Attributes:
        written: As it is written, without tashkeel and tatweel.
        count: How often, in the whole scope.
        relation: How it is the words asked for: ``same`` (the word with its endings and what is
            written onto it), ``translation``, ``name`` (a name in the other script), ``number``
            (in other digits) or ``date`` (the same day or month, in any calendar and spelling).
    """

    written: str
    count: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that mentions the words asked for.

    Attributes:
        document_id: The document.
        version: The version of it that the indices point into.
        document_title: Its title.
        source: Its path or name.
        place: Page, slide, row or time; empty where the format has none.
        text: The sentence as stored.
        start_char_index: Its first code point, 0-based.
        end_char_index: One past its last code point.
        spans: Where the words stand, as ranges of the document's text, in order.
        heading: The nearest heading above.
        before: The sentence before, if it is the neighbour.
        after: The sentence after, if it is the neighbour.
    """

    document_id: str
    version: str
    document_title: str
    source: str
    place: str
    text: str
    start_char_index: int
    end_char_index: int
    spans: tuple[Span, ...]
    heading: Excerpt | None = None
    before: Excerpt | None = None
    after: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a word, a name or a phrase, counted, and a page of them.

    Attributes:
        words: What was asked for.
        forms: Each way in which it is written, the most frequent first; counts add up to
            ``total``.
        total: How often it is mentioned, in the whole scope.
        sentences: How many sentences mention it: as many pages' hits there are.
        documents: How many documents mention it.
        hits: The sentences of this page, documents by title, each in the order of its text.
    """

    words: str
    forms: tuple[Form, ...]
    total: int
    sentences: int
    documents: int
    hits: tuple[Mention, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the mentions as plain JSON values; a span is a list of two numbers."""
        values: Mapping[str, Any] = asdict(self)
        hits = [{**hit, "spans": [list(span) for span in hit["spans"]]} for hit in values["hits"]]
        return {**values, "forms": list(values["forms"]), "hits": hits}
