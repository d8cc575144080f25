"""The page's HTML read back, and documents for it to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

from assistant.errors import LibraryError
from assistant.schema import (
    Answer,
    AnswerStream,
    Block,
    Citation,
    Document,
    Hit,
    Segment,
)
from assistant.settings import Settings

SEED = (Path(__file__).parents[1] / "seeds" / "algeria-russia-consultations.txt").read_text("utf-8")
ENGLISH = (
    "Annual report\n\n"
    "Revenue grew by 8% in 2024. Losses fell between 2019-01-15 and 2024-06-30.\n\n"
    "<script>alert('x')</script> costs $5 and $10, **not bold** & [no link](http://example.com).\n"
)


# Reading HTML back


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Reader(HTMLParser):
    VOID = ("wbr", "br", "input")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.all: list[Element] = [Element("", {})]
        self.feed(source)
        self.close()
        assert not self.open, "an element was left open"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.all.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        for element in (self.all[0], *self.open):
            element.parts.append(data)


def elements(source: str, wanted: str) -> list[Element]:
    """Return the elements of a class (``.name``) or tag."""
    found = Reader(source).all[1:]
    if wanted.startswith("."):
        return [e for e in found if e.has(wanted[1:])]
    return [e for e in found if e.tag == wanted]


def words(source: str) -> str:
    return Reader(source).all[0].text


# Things to show


def document(content: str, title: str = "وثيقة", id_: str = "d1") -> Document:
    blocks: list[Block] = []
    position = 0
    for line in content.splitlines(keepends=True):
        shown = line.strip()
        if shown:
            start = position + line.index(shown)
            blocks.append(Block(start, start + len(shown)))
        position += len(line)
    return Document(
        id=id_,
        version="v-" + id_,
        title=title,
        source=f"folder/{id_}.txt",
        text=content,
        blocks=tuple(blocks),
    )


def cite(shown: Document, quote: str) -> Citation:
    start = shown.text.index(quote)
    end = start + len(quote)
    return Citation(shown.id, shown.version, shown.title, shown.source, "", quote, start, end, 0.9)


def hit(shown: Document, quote: str) -> Hit:
    start = shown.text.index(quote)
    end = start + len(quote)
    return Hit(shown.id, shown.version, shown.title, shown.source, "", quote, start, end, 0.4)


def verbatim(citation: Citation, after: str = "") -> Segment:
    return Segment(citation.cited_text + after, (citation,), "verbatim")


ARABIC = document(SEED, "algeria-russia-consultations", "ar")
WATER = document(ENGLISH, "Annual report", "en")
CHAIR = cite(ARABIC, SEED[SEED.index("وأفاد بيان") : SEED.index("وقالت الخارجية")].strip())
SUMMIT = cite(ARABIC, SEED[SEED.index("وفي منتصف") : SEED.index(" وتضمنت")])
GROWTH = cite(WATER, "Revenue grew by 8% in 2024.")
SCRIPT = cite(WATER, ENGLISH[ENGLISH.index("<script>") :].strip())


def answer_of(segments: tuple[Segment, ...], **changes: object) -> Answer:
    whole = Answer(
        question="؟",
        standalone_question="؟",
        text="".join(s.text for s in segments),
        segments=segments,
        citations=tuple(dict.fromkeys(c for s in segments for c in s.citations)),
        hits=(),
        language="ar",
        answered=True,
        confidence=0.9,
        engine="extractive",
    )
    return replace(whole, **changes)


class FakeConversation:
    """A conversation that streams what its assistant was made with."""

    def __init__(self, assistant: FakeAssistant, id_: str) -> None:
        self._assistant = assistant
        self.id = id_
        self.turns = ()
        self.last = 0
        self.is_kept = True

    def stream(self, question, scope=None):
        self._assistant.asked.append((self.id, question, scope))
        self.last = len(self._assistant.asked)
        return self._assistant.streamed()


class FakeAssistant:
    """As much of an assistant as the page uses."""

    def __init__(self, segments=(), error=None, found=(ARABIC, WATER), **answer):
        self.settings = Settings()
        self.segments = segments
        self.error = error
        self.found = found
        self.answer = answer
        self.asked: list[tuple] = []
        self.closed = False
        self.mending = None

    def documents(self, scope=None):
        return self.found

    def document(self, document_id, version=None):
        for shown in self.found:
            if shown.id == document_id and version in (None, shown.version):
                return shown
        raise LibraryError("There is no such document.")

    def source_state(self, document_id, version=None):
        return "same"

    def conversation(self, id=None, owner=""):  # noqa: A002  # the contract's name
        return FakeConversation(self, id or f"{owner}-new")

    def streamed(self) -> AnswerStream:
        def pieces() -> Iterator[Segment]:
            try:
                yield from self.segments
                if self.error:
                    raise self.error
            finally:
                self.closed = True

        return AnswerStream(pieces(), lambda seen: answer_of(seen, **self.answer))
