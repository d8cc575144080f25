"""What is searched, what is found, and what a statement rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from assistant.errors import AssistantError
from assistant.language import TextLanguage, detect_language, main_language

Support = Literal["verbatim", "supported", "unconfirmed", "unsupported", "frame"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look in; an empty scope is the whole library.

    Attributes:
        documents: Ids of the documents to look in; empty for all.
        language: Only documents in this language, or in both: ``ar``, ``en``, ``mixed`` or ``und``
            (undetermined). Of a document in both, ``ar`` and ``en`` leave out the sentences that
            are in the other one, and the passages without any other.
        after: Only documents dated on or after this day.
        before: Only documents dated on or before this day.

    Raises:
        AssistantError: A value can't be used.
    """

    documents: tuple[str, ...] = ()
    language: str | None = None
    after: dt.date | None = None
    before: dt.date | None = None

    def __post_init__(self) -> None:
        # Programs that are not type-checked make scopes too; a wrong one would find nothing.
        ids = self.documents
        is_collection = isinstance(ids, Collection) and not isinstance(ids, str)  # type: ignore[redundant-expr]  # see above
        if not is_collection or not all(isinstance(i, str) for i in ids):
            raise _wrong("documents", ids, "a tuple of documents' ids")
        if self.language not in (None, "ar", "en", "mixed", "und"):
            raise _wrong("language", self.language, "ar, en, mixed or und")
        for name, day in (("after", self.after), ("before", self.before)):
            if not isinstance(day, dt.date | None):
                raise _wrong(name, day, "a datetime.date")
        object.__setattr__(self, "documents", tuple(ids))


def _wrong(name: str, value: object, wanted: str) -> AssistantError:
    return AssistantError(f"Scope({name}={value!r}) can't be used: give {wanted}.")


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of a document that a statement rests on.

    ``document(document_id, version).text[start_char_index:end_char_index] == cited_text`` holds
    for every citation. Indices are 0-based, half-open, in code points.

    Attributes:
        document_id: The document.
        version: The version of it that the indices point into.
        document_title: Its title.
        source: Its path or name.
        place: Page, slide, row or time; empty where the format has none.
        cited_text: The words, copied from the stored text by code.
        start_char_index: First code point.
        end_char_index: One past the last code point.
        score: How well they fit the question, 0 to 1, higher is better.
    """

    document_id: str
    version: str
    document_title: str
    source: str
    place: str
    cited_text: str
    start_char_index: int
    end_char_index: int
    score: float

    @property
    def language(self) -> TextLanguage:
        """The language of these words, whatever that of their document: it follows from them."""
        return detect_language(self.cited_text)


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation.

    Attributes:
        role: Who speaks.
        text: What was said, without citation markers.
        citations: What an answer rests on; a follow-up may ask about who or what stands there.

    Raises:
        AssistantError: Somebody else speaks, the text is none, or a citation is none.
    """

    role: Literal["user", "assistant"]
    text: str
    citations: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if self.role not in ("user", "assistant"):
            raise AssistantError(
                f"The role {self.role!r} of a Message is unknown. Give 'user' or 'assistant'."
            )
        if not isinstance(self.text, str):
            raise AssistantError(
                f"The text of a Message is a {type(self.text).__name__}: {self.text!r}. Give a str."
            )
        cited = tuple(self.citations)
        for citation in cited:
            # Programs that are not type-checked make messages too.
            if not isinstance(citation, Citation):
                raise AssistantError(
                    f"The citations of a Message hold a {type(citation).__name__}: {citation!r}. "
                    "Give those of an Answer."
                )
        object.__setattr__(self, "citations", cited)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage or sentence that was found.

    Attributes:
        document_id: The document.
        version: The version of it that the indices point into.
        document_title: Its title.
        source: Its path or name.
        place: Page, slide, row or time; empty where the format has none.
        text: The words as stored.
        start_char_index: First code point, 0-based.
        end_char_index: One past the last code point.
        score: 0 to 1, higher is better.
    """

    document_id: str
    version: str
    document_title: str
    source: str
    place: str
    text: str
    start_char_index: int
    end_char_index: int
    score: float

    @property
    def language(self) -> TextLanguage:
        """The language of these words, whatever that of their document: it follows from them."""
        return detect_language(self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an answer that was checked as one.

    Attributes:
        text: The words, without citation markers.
        citations: What they rest on; empty for a frame.
        support: How far they were checked; ``frame`` asserts nothing about the documents.
        reasons: Why they are not confirmed, or what contradicts them, in the answer's language.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    support: Support = "frame"
    reasons: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[Citation, ...]:
        """The citations whose words belong beside it: it can't be taken for them unseen.

        That is so where it is not confirmed, and where they are in another language than it is.
        """
        if self.support in ("verbatim", "frame"):
            return ()
        language = main_language(self.text)
        return tuple(
            citation
            for citation in self.citations
            if citation.cited_text  # else it was erased
            and (
                self.support in ("unconfirmed", "unsupported")
                or main_language(citation.cited_text) != language
            )
        )
