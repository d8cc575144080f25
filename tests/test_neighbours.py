"""The sentences beside a range of a document: exact, and only true neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import prose

from assistant import Assistant, AssistantError, Block, Context, Document, LibraryError, Settings
from assistant.retrieval.neighbours import Surroundings
from assistant.schema import BlockKind, Span


def composed(*parts: tuple[BlockKind, Sequence[str]]) -> Surroundings:
    """Return a document of blocks, each of sentences; only statements are sentences of it."""
    text, blocks, sentences = "", [], []
    for kind, words in parts:
        start = len(text)
        for one in words:
            if kind in ("paragraph", "row", "item"):
                sentences.append(Span(len(text), len(text) + len(one)))
            text += f"{one} "
        blocks.append(Block(start, len(text) - 1, kind))
        text += "\n"
    document = Document(id="d", version="v", text=text, blocks=tuple(blocks))
    kept = [block for block in blocks if block.kind != "boilerplate"]
    return Surroundings(document, sentences, kept)


TWO = composed(("paragraph", ["One.", "Two."]), ("paragraph", ["Three.", "Four."]))
SECTIONS = composed(
    ("heading", ["Head"]),
    ("paragraph", ["One."]),
    ("heading", ["Next"]),
    ("paragraph", ["Two."]),
    ("caption", ["A picture."]),
    ("paragraph", ["Three."]),
    ("boilerplate", ["Page 7"]),
    ("paragraph", ["Four."]),
)


def around(found: Surroundings, words: str, count: int = 1) -> tuple[list[str], list[str], str]:
    start = found.document.text.index(words)
    context = found.context(start, start + len(words), count)
    heading = context.heading.text if context.heading else ""
    return [e.text for e in context.before], [e.text for e in context.after], heading


@pytest.mark.parametrize(
    ("found", "words", "count", "expected"),
    [
        (TWO, "Two.", 1, (["One."], ["Three."], "")),
        (TWO, "wo", 1, (["One."], ["Three."], "")),
        (TWO, "One.", 1, ([], ["Two."], "")),
        (TWO, "Four.", 2, (["Two.", "Three."], [], "")),
        (TWO, "One.", 9, ([], ["Two.", "Three.", "Four."], "")),
        (TWO, "Two.", 0, ([], [], "")),
        (TWO, "wo. \nThree", 1, (["One."], ["Four."], "")),
        (SECTIONS, "One.", 1, ([], [], "Head")),
        (SECTIONS, "Two.", 5, ([], [], "Next")),
        (SECTIONS, "Three.", 5, ([], ["Four."], "Next")),
        (SECTIONS, "Four.", 5, (["Three."], [], "Next")),
    ],
    ids=[
        "next paragraph",
        "part of a sentence",
        "first",
        "two before",
        "as many as there are",
        "none wanted",
        "across sentences",
        "alone beneath a heading",
        "not beyond heading or caption",
        "over a page's foot",
        "back over it",
    ],
)
def test_neighbours_are_the_next_sentences(
    found: Surroundings, words: str, count: int, expected: tuple
) -> None:
    assert around(found, words, count) == expected


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(tmp_path_factory.mktemp("context") / "library", Settings()) as assistant:
        yield assistant


def exact(assistant: Assistant, context: Context) -> bool:
    text = assistant.document(context.document_id, context.version).text
    parts = [*context.before, *context.after, *filter(None, [context.heading])]
    return all(text[p.start_char_index : p.end_char_index] == p.text for p in parts)


def test_context_of_a_version_before_is_its_own(assistant: Assistant) -> None:
    assistant.add(Document(id="d", title="D", text="Old one. Old two. Old three."))
    old = assistant.document("d").version
    assistant.conversation().ask("What is old two?")
    assistant.add(Document(id="d", title="D", text="New one. New two."))

    now = assistant.context("d", 0, 8)
    assert [e.text for e in now.after] == ["New two."]
    before = assistant.context("d", 9, 17, version=old)
    assert ([e.text for e in before.before], before.version) == (["Old one."], old)
    assert [e.text for e in before.after] == ["Old three."]


@pytest.mark.parametrize(
    ("start", "end", "sentences", "message"),
    [
        (0, 0, 1, "0:0"),
        (5, 3, 1, "5:3"),
        (-1, 3, 1, "-1:3"),
        (0, 900, 1, "0:900"),
        (0, 3, -1, "sentences=-1"),
        (0, 3, "1", "sentences='1'"),
    ],
)
def test_wrong_range_is_an_error(
    shared: Assistant, start: int, end: int, sentences: int, message: str
) -> None:
    shared.add(Document(id="tea", title="Tea", text="Tea is picked in spring."))

    with pytest.raises(AssistantError, match=message):
        shared.context("tea", start, end, sentences=sentences)


def test_unknown_document_is_an_error(shared: Assistant) -> None:
    with pytest.raises(LibraryError, match="nowhere"):
        shared.context("nowhere", 0, 1)


@settings(deadline=None, max_examples=40)
@given(prose(), st.data())
def test_context_is_exact_and_beside(shared: Assistant, text: str, data: st.DataObject) -> None:
    if not text.strip():
        return
    shared.add(Document(id="x", title="X", text=text))
    length = len(shared.document("x").text)
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))

    context = shared.context("x", start, end, sentences=3)

    assert exact(shared, context)
    assert len(context.before) <= 3
    assert all(e.end_char_index <= start for e in context.before)
    assert all(e.start_char_index >= end for e in context.after)
