"""Every quote, wherever it comes out, is the stored text at its offsets, character by character."""

from __future__ import annotations

import asyncio
import codecs
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import LINE_ENDS, mixed_text, prose

from assistant import Assistant, Citation, Document, Hit, Message, Scope, Settings
from assistant.schema import version_of

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted(path for path in (ROOT / "seeds").rglob("*") if path.is_file())

# What a reader may stumble over, each with a question that must find it.
HARD = {
    "tashkeel": ("قَالَ الوَزِيرُ إِنَّ المِيزَانِيَّةَ كَافِيَةٌ. ثُمَّ غَادَرَ.", "ماذا قال الوزير عن الميزانية؟"),
    "bidi": (
        "\u202bالاسم \u2066Ahmad\u2069 مكتوب هنا\u202c. \u200fثم نص آخر.",
        "أين مكتوب الاسم Ahmad؟",
    ),
    "CRLF": (
        "First line of text.\r\nThe dam is\r\ntall.\r\n\r\nLast line.\r\n",
        "How tall is the dam?",
    ),
    "lone CR": ("First line.\rThe dam is tall.\rLast line.\r", "How tall is the dam?"),
    "separators": ("First.\u2028The dam is tall.\u2029Last\x0c one.\x85", "How tall is the dam?"),
    "emoji": (
        "\U0001f600 Tea \U0001f375\U0001f375 is hot \U0001f525. \U0001f469\u200d\U0001f52c Next.",
        "Is tea hot?",
    ),
    "long line": (
        "word " * 20_000 + "The dam is tall. " + "كلمة " * 20_000,
        "How tall is the dam?",
    ),
    "long word": ("x" * 50_000 + " dam. " + "م" * 50_000, "dam"),
    "ligatures": ("\ufdfa قال ﻻ تثريب. The ﬁrst oﬃce opened.", "Which first office opened?"),
    "tatweel": ("الســــلام عليـكم ورحمـــة الله. نص ثان.", "السلام عليكم"),
    "combining": (
        "Cafe\u0301 Zoe\u0308 ope\u0301ned\u0302 early. Caf\u00e9 again.",
        "When opened café Zoë?",
    ),
    "NUL": ("The d\x00am is \x00tall. " + "Next to it grow palms. " * 20, "What is tall?"),
    "marks": ("[1] {x} <b>dam</b> & `code` $5 *tall* _dam_ |a|b| #1", "dam tall code"),
    "quotes": (
        'He said: "The dam is tall. It stands." Then «قال: السد عال.» End.',
        "Is the dam tall?",
    ),
    "no end": ("the dam is tall", "dam"),
    "spaces": ("\u00a0\u3000 The dam   is\u00a0tall .  \n\n \n", "dam tall"),
    "replacement": ("The d\ufffdm of stone \ufffd\ufffd is tall.", "What of stone is tall?"),
    "astral": ("𝒯𝒽ℯ dam 𐎠𐎡 is 𝟗𝟎 metres tall. 𠀀𠀁", "How tall is the dam?"),
}


def stored(folder: Path, document_id: str, version: str) -> str:
    """Return a text as plain sqlite3 reads it from the catalogue."""
    with closing(sqlite3.connect(folder / "library" / "catalogue.sqlite3")) as connection:
        [(text,)] = connection.execute(
            "SELECT text FROM versions WHERE document_id = ? AND version = ?",
            (document_id, version),
        ).fetchall()
    return str(text)


def check(folder: Path, quote: Citation | Hit) -> None:
    """See that a quote is what stands at its place."""
    words = quote.cited_text if isinstance(quote, Citation) else quote.text
    text = stored(folder, quote.document_id, quote.version)

    assert words
    assert 0 <= quote.start_char_index < quote.end_char_index <= len(text)
    assert text[quote.start_char_index : quote.end_char_index] == words


def check_all(
    assistant: Assistant, folder: Path, question: str, scope: Scope | None = None
) -> tuple[Citation, ...]:
    """Check all that comes out for a question, and return the answer's citations."""
    answer = assistant.ask(question, scope=scope)
    stream = assistant.stream(question, scope=scope)
    quotes: list[Citation | Hit] = [c for segment in stream for c in segment.citations]
    quotes += [*answer.citations, *answer.hits, *stream.answer.citations]
    for unit in ("passage", "sentence"):
        quotes += assistant.search(question, k=20, unit=unit, scope=scope)
    for quote in quotes:
        check(folder, quote)
    for exported in answer.to_dict()["citations"]:
        check(folder, Citation(**exported))
    for segment in answer.segments:
        if segment.support == "verbatim":
            assert segment.text == "".join(c.cited_text for c in segment.citations)
    return answer.citations


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("quotes")


@pytest.fixture(scope="module")
def quoting(folder: Path) -> Iterator[Assistant]:
    """An assistant that answers whatever it can, over documents that the tests add."""
    with Assistant(folder / "library", Settings(min_confidence=0)) as assistant:
        yield assistant


# Files as they come


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("name", HARD)
def test_hard_file_is_quoted_exactly(
    quoting: Assistant, folder: Path, name: str, suffix: str
) -> None:
    text, question = HARD[name]
    path = folder / f"{name}{suffix}"
    # Each suffix gets bytes of its own: equal bytes would be one document.
    path.write_bytes(f"{text}\n{suffix}".encode())
    assert quoting.add(path).added
    (document,) = (d for d in quoting.documents() if d.source == str(path))

    citations = check_all(quoting, folder, question, Scope(documents=(document.id,)))

    assert citations
    assert stored(folder, document.id, document.version) == f"{text}\n{suffix}".replace(
        "\x00", "\ufffd"
    )


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("cp1256", b""),
    ],
)
def test_file_in_another_encoding_is_quoted_in_characters(
    quoting: Assistant, folder: Path, encoding: str, mark: bytes
) -> None:
    text = f"كُتب هذا النص بترميز {encoding}.\r\nالسد عال جدا ويقع في الجنوب.\r\n" * 5
    path = folder / f"{encoding}.txt"
    path.write_bytes(mark + text.encode(encoding))
    quoting.add(path)
    (document,) = (d for d in quoting.documents() if d.source == str(path))

    assert check_all(quoting, folder, "أين يقع السد؟", Scope(documents=(document.id,)))
    assert stored(folder, document.id, document.version) == text


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_every_sentence_of_the_seeds_is_quoted_exactly(
    quoting: Assistant, folder: Path, seed: Path
) -> None:
    quoting.add(seed)
    (document,) = (d for d in quoting.documents() if d.source == str(seed))
    scope = Scope(documents=(document.id,))
    start = quoting.document(document.id).text[:2000]
    sentences = quoting.search(start, k=1000, unit="sentence", scope=scope)

    assert len(sentences) > 5
    for sentence in sentences:
        cited = check_all(quoting, folder, sentence.text[:4000])
        assert sentence.text in {c.cited_text for c in cited}
        check_all(quoting, folder, sentence.text[:4000], scope)


# Whatever else may stand in a document


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Return a document of mixed paragraphs, some of them very long lines."""
    paragraph = st.one_of(prose(), mixed_text(), prose(4).map(lambda text: text * 40))
    paragraphs = draw(st.lists(paragraph, min_size=1, max_size=4))
    ends = st.sampled_from([*LINE_ENDS, "\r\n\r\n", "\n\n", "\n \n", "\n# ", "\n- ", "\n> "])
    return "".join(text + draw(ends) for text in paragraphs)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    text=documents(),
    suffix=st.sampled_from([".txt", ".md", ""]),
    cuts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 200)), min_size=3, max_size=3),
)
def test_any_document_is_quoted_exactly(
    quoting: Assistant, folder: Path, text: str, suffix: str, cuts: list[tuple[int, int]]
) -> None:
    source = folder / f"{version_of(text.encode())[:20]}{suffix}"
    source.write_bytes(text.encode())
    # Without a suffix the text is handed over as it is.
    given_as = source if suffix else Document(source=str(source), text=text)
    report = quoting.add(given_as)
    if report.failed:
        assert report.failed[0].error in ("EmptyDocument", "UnreadableDocument")
        return
    known = quoting._library.catalogue.sources()[str(source)]
    held = stored(folder, known.document_id, known.version)

    assert quoting.document(known.document_id, known.version).text == held
    for place, characters in cuts:
        start = place % len(held)
        question = held[start : start + characters]
        if question.strip():
            check_all(quoting, folder, question, Scope(documents=(known.document_id,)))


# As time goes by


def test_old_citations_resolve_after_updates_and_removal(tmp_path: Path) -> None:
    path, kept = tmp_path / "dam.txt", []
    for height in (70, 80, 90):
        path.write_text(f"مقدمة\r\n\r\nبلغ ارتفاع السد {height} مترا\u200f.\r\n", newline="")
        with Assistant(tmp_path / "library", Settings(min_confidence=0)) as assistant:
            assistant.add(path)
            citations = check_all(assistant, tmp_path, "كم بلغ ارتفاع السد؟")
        assert str(height) in citations[0].cited_text
        kept += citations
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.remove(kept[0].document_id)

    with Assistant(tmp_path / "library", Settings(), read_only=True) as assistant:
        assert len({citation.version for citation in kept}) == 3
        for c in kept:
            check(tmp_path, c)
            text = assistant.document(c.document_id, version=c.version).text
            assert text[c.start_char_index : c.end_char_index] == c.cited_text


def test_quotes_are_exact_after_the_indexes_were_made_anew(tmp_path: Path) -> None:
    text, question = HARD["tashkeel"]
    with Assistant(tmp_path / "library", Settings(min_confidence=0)) as assistant:
        assistant.add(Document(title="one", text=f"\ufeff{text}"), Document(title="two", text=text))
        before = check_all(assistant, tmp_path, question)
        assistant._library.rebuild()
        assert check_all(assistant, tmp_path, question) == before
        assert before


def test_quotes_are_exact_without_blocking_and_with_history(
    quoting: Assistant, folder: Path
) -> None:
    quoting.add(Document(title="Tower", text="\U0001f5fc The tower of glass is tall. It leans."))

    async def ask() -> list[Citation]:
        history = [Message("user", "Which tower of glass is tall?")]
        stream = await quoting.astream("And why?", history)
        cited = [c async for segment in stream for c in segment.citations]
        return [*cited, *(await quoting.aask("Which tower is of glass?")).citations]

    citations = asyncio.run(ask())

    assert len(citations) > 1
    for citation in citations:
        check(folder, citation)
