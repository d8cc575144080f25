"""Small PDFs of three programs against the texts that they were made of; see `pdf/make.py`."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from pdf_producers import CHROMIUM, Look, chromium

from assistant import Assistant
from assistant.documents import read_document
from assistant.schema import Document
from assistant.sentences import passage_spans

HERE = Path(__file__).resolve().parent / "pdf"
sys.path.insert(0, str(HERE))

from make import FILES, paragraphs_of  # noqa: E402  # a program that stands in a folder beside

# Tatweel and characters that only steer a layout; PDFs don't keep them apart from the rest.
FOLDED = re.compile("[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def folded(text: str) -> str:
    return " ".join(FOLDED.sub("", unicodedata.normalize("NFC", text)).split())


def read(name: str) -> Document:
    path = HERE / f"{name}.pdf"
    return read_document(path, path.read_bytes())


def texts(document: Document, *kinds: str) -> list[str]:
    """Return the texts of a document's blocks, but for boilerplate, or of some kinds."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if (block.kind in kinds if kinds else block.kind != "boilerplate")
    ]


@pytest.mark.parametrize("name", FILES)
def test_paragraphs_are_those_of_the_text(name) -> None:
    wanted = paragraphs_of(FILES[name][0])

    assert list(map(folded, texts(read(name)))) == list(map(folded, wanted))


@pytest.mark.parametrize("name", FILES)
def test_what_was_read_is_trusted(name) -> None:
    document = read(name)

    assert document.quality > 0.95
    assert "unproven" not in document.metadata


@pytest.mark.parametrize(
    ("name", "language"),
    [("report-chromium-naskh", "ar"), ("report-xelatex-amiri", "ar"), ("story-libreoffice", "en")],
)
def test_language_is_found(name, language) -> None:
    assert read(name).language == language


@pytest.mark.parametrize("name", FILES)
def test_title_is_the_documents_own(name) -> None:
    assert read(name).title == paragraphs_of(FILES[name][0])[0]


@pytest.mark.parametrize("name", [name for name in FILES if "columns" not in name])
def test_title_is_a_heading(name) -> None:
    title = paragraphs_of(FILES[name][0])[0]

    assert texts(read(name), "heading") == [title]


@pytest.mark.parametrize(
    ("name", "running", "pages"),
    [
        # Chromium puts date and title above, address and number below; numbers count as one.
        ("report-chromium-running", 2, "3"),
        ("report-libreoffice-running", 2, "4"),
        ("report-chromium-naskh", 0, "1"),
    ],
)
def test_heads_and_feet_stand_apart_and_once(name, running, pages) -> None:
    document = read(name)

    assert len(texts(document, "boilerplate")) == running
    assert document.metadata["pages"] == pages


def test_head_is_no_part_of_a_sentence() -> None:
    document = read("report-libreoffice-running")
    passages = passage_spans(document.text, document.blocks)
    sentences = [document.text[slice(*span)] for p in passages for span in p.sentences]

    assert sentences
    assert not any("نشرة الواحة" in sentence for sentence in sentences)


def test_blocks_know_their_pages() -> None:
    document = read("report-libreoffice-running")
    places = [block.place for block in document.blocks if block.kind != "boilerplate"]

    assert places[0] == "page 1"
    assert "pages 1-2" in places or "pages 2-3" in places or "pages 3-4" in places
    assert places[-1] in ("page 4", "pages 3-4")


@pytest.mark.parametrize("name", FILES)
def test_blocks_are_in_order_and_cut_nothing(name) -> None:
    document = read(name)
    ends = [0]
    for block in document.blocks:
        assert ends[-1] <= block.start < block.end <= len(document.text)
        assert (
            document.text[block.start : block.end].strip()
            == (document.text[block.start : block.end])
        )
        ends.append(block.end)


def test_text_holds_no_presentation_forms_and_is_normalised() -> None:
    for name in FILES:
        text = read(name).text
        assert text == unicodedata.normalize("NFC", text)
        assert not re.search("[\ufb50-\ufdff\ufe70-\ufefc\x00-\x08]", text)


QUESTIONS = [
    ("report-chromium-columns", "متى افتتحت المكتبة العامة الأولى؟", "14/03/2021", "page 1"),
    ("report-libreoffice-running", "كم كلفة بناء المكتبة؟", "1,250.75", "page 1"),
    ("report-xelatex-amiri", "ما اسم برنامج فهرسة الكتب؟", "Koha 22.11", "page 1"),
    ("story-chromium-columns", "Who designed the tower?", "Salma Haddad", "page 1"),
    ("story-xelatex", "When did the flamingo come?", "3 October 2016", "page 1"),
]


@pytest.mark.parametrize(("name", "question", "words", "place"), QUESTIONS)
def test_question_is_answered_with_page_and_exact_quote(
    assistant: Assistant, name, question, words, place
) -> None:
    report = assistant.add(HERE / f"{name}.pdf")
    answer = assistant.ask(question)

    assert report.failed == ()
    assert answer.answered
    citation = answer.citations[0]
    stored = assistant.document(citation.document_id, version=citation.version)
    quoted = stored.text[citation.start_char_index : citation.end_char_index]
    assert quoted == citation.cited_text
    assert words in citation.cited_text
    assert citation.place == place


@pytest.mark.parametrize("font", ["Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans"])
def test_page_that_chromium_prints_now_is_read(tmp_path: Path, font) -> None:
    if not Path(CHROMIUM).exists() and "CI" not in os.environ:
        pytest.skip(f"no Chromium at {CHROMIUM}; set SANAD_CHROMIUM")
    title, *paragraphs = paragraphs_of("report")
    target = tmp_path / "printed.pdf"
    chromium(paragraphs, Look(font).titled(title), target)

    document = read_document(target, target.read_bytes())

    assert list(map(folded, texts(document))) == list(map(folded, [title, *paragraphs]))
