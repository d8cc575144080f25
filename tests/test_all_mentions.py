"""All mentions of a word: complete, counted, across scripts, in order, with their neighbours."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import WORDS, prose

from assistant import Assistant, AssistantError, Document, Mentions, Scope, Settings
from assistant.language import (
    is_arabic,
    placed_words,
    stem,
    stop_words,
    without_article,
    words,
    written_forms,
)

ARABIC = (
    "وصل القطار إلى وهران. ولوهران متحف قديم. قال ابن وَهْـرَان إن «القطار الليلي» مريح.\n\n"
    "لم يذكر أحد طهران هنا."
)
ENGLISH = (
    "# Trains\n\n"
    "The night train to Wahran is slow. ORAN has a harbour; trains stop in Oran twice.\n\n"
    "# Sea\n\n"
    "Nobody swims in 1962. The harbour opened on 11 March 2024."
)
HIJRI = "بدأ الصيام يوم ١ رمضان ١٤٤٥. وبيعت ٨٬٤٠٠ تذكرة."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of three documents; only to be read."""
    folder = tmp_path_factory.mktemp("mentions")
    (folder / "trains.md").write_text(ENGLISH, encoding="utf-8")
    with Assistant(folder / "library", Settings()) as assistant:
        assistant.add(
            Document(title="أخبار", text=ARABIC, date=dt.date(2020, 1, 2)),
            Document(title="تقويم", text=HIJRI),
            folder / "trains.md",
        )
        yield assistant


def forms(mentions: Mentions) -> set[tuple[str, int, str]]:
    return {(form.written, form.count, form.relation) for form in mentions.forms}


COUNTED = [
    (
        "وهران",
        {
            ("وهران", 2, "same"),
            ("ولوهران", 1, "same"),
            ("Wahran", 1, "name"),
            ("ORAN", 1, "translation"),
            ("Oran", 1, "translation"),
        },
    ),
    (
        "Oran",
        {
            ("ORAN", 1, "same"),
            ("Oran", 1, "same"),
            ("وهران", 2, "translation"),
            ("ولوهران", 1, "translation"),
        },
    ),
    ("Wahran", {("Wahran", 1, "same"), ("وهران", 2, "name"), ("ولوهران", 1, "name")}),
    ("harbour", {("harbour", 2, "same")}),
    ('"trains"', {("trains", 1, "same")}),
    ("night train", {("night train", 1, "same"), ("القطار الليلي", 1, "translation")}),
    ("«القطار الليلي»", {("القطار الليلي", 1, "same")}),
    ("8400", {("٨٬٤٠٠", 1, "number")}),
    ("11 March 2024", {("11 March 2024", 1, "date"), ("١ رمضان ١٤٤٥", 1, "date")}),
    ("to", {("to", 1, "same")}),
    ("swims in", {("swims in", 1, "same")}),
    ("zebra", set()),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), COUNTED, ids=[a for a, _ in COUNTED])
def test_every_form_is_counted(library: Assistant, asked: str, expected: set) -> None:
    found = library.mentions(asked)

    assert forms(found) == expected
    assert found.total == sum(n for _, n, _ in expected)
    assert found.total == sum(len(hit.spans) for hit in found.hits)
    assert found.sentences == len(found.hits)
    assert found.documents == len({hit.document_id for hit in found.hits})


def test_without_other_scripts_only_the_word_itself_counts(library: Assistant) -> None:
    assert forms(library.mentions("وهران", across=False)) == {
        ("وهران", 2, "same"),
        ("ولوهران", 1, "same"),
    }
    assert forms(library.mentions("11 March 2024", across=False)) == {("11 March 2024", 1, "same")}


def test_ranges_are_exact(library: Assistant) -> None:
    for hit in library.mentions("وهران").hits:
        text = library.document(hit.document_id, hit.version).text
        for part in (hit, hit.heading, hit.before, hit.after):
            if part is not None:
                assert text[part.start_char_index : part.end_char_index] == part.text
        shown = [text[start:end] for start, end in hit.spans]
        assert set(shown) <= {"وهران", "ولوهران", "وَهْـرَان", "Wahran", "ORAN", "Oran"}


def test_hits_are_in_order_of_titles_and_texts(library: Assistant) -> None:
    hits = library.mentions("وهران").hits

    assert [hit.document_title for hit in hits] == ["Trains"] * 2 + ["أخبار"] * 3
    for title in ("Trains", "أخبار"):
        starts = [hit.start_char_index for hit in hits if hit.document_title == title]
        assert starts == sorted(starts)


def test_neighbours_stand_beside_and_not_beyond_a_heading(library: Assistant) -> None:
    first, second = library.mentions("night train").hits[0], library.mentions("ORAN").hits[0]
    sea = library.mentions("swims").hits[0]

    assert first.before is None
    assert first.after is not None
    assert first.after.text == second.text
    assert second.before is not None
    assert second.before.text == first.text
    assert (sea.before, sea.heading and sea.heading.text) == (None, "Sea")
    assert sea.after is not None
    assert sea.after.text == "The harbour opened on 11 March 2024."


@pytest.mark.parametrize(
    ("scope", "sentences"),
    [
        (Scope(language="en"), 2),
        (Scope(language="ar"), 3),
        (Scope(after=dt.date(2020, 1, 1), before=dt.date(2020, 12, 31)), 3),
        (Scope(documents=("nowhere",)), 0),
        (Scope(), 5),
    ],
    ids=["English", "Arabic", "dated", "none", "all"],
)
def test_scope_limits_the_count(library: Assistant, scope: Scope, sentences: int) -> None:
    assert library.mentions("وهران", scope).sentences == sentences


def test_pages_make_up_the_whole(library: Assistant) -> None:
    whole = library.mentions("وهران")
    pages = [library.mentions("وهران", limit=2, offset=offset) for offset in (0, 2, 4, 6)]

    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {(p.total, p.sentences, p.documents, p.forms) for p in pages} == {
        (whole.total, whole.sentences, whole.documents, whole.forms)
    }


def test_count_follows_what_is_added_and_removed(assistant: Assistant) -> None:
    assistant.add(Document(id="a", title="A", text="Bees hum."))
    assert assistant.mentions("bees").total == 1

    assistant.add(Document(id="b", title="B", text="Bees, bees and bees."))
    assert assistant.mentions("bees").total == 4

    assistant.remove("a")
    assert (assistant.mentions("bees").total, assistant.mentions("bees").documents) == (3, 1)


def test_mentions_as_values_are_json(library: Assistant) -> None:
    found = library.mentions("Oran", limit=1)
    values = json.loads(json.dumps(found.to_dict()))

    assert values["total"] == 5
    assert values["hits"][0]["spans"] == [[s.start, s.end] for s in found.hits[0].spans]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("متحف وهران", [["وهران", "ولوهران", "متحف", "وَهْـرَان"], ["Wahran", "ORAN", "Oran"], []]),
        ("When did the harbour open?", [[], ["harbour", "harbour", "opened"], []]),
        ("«القطار الليلي»", [["القطار الليلي"], [], []]),
    ],
)
def test_highlights_are_marked_in_both_scripts(
    library: Assistant, query: str, expected: list
) -> None:
    texts = [ARABIC, ENGLISH, ""]

    found = library.highlights(query, texts)

    assert [
        [text[start:end] for start, end in spans] for text, spans in zip(texts, found, strict=True)
    ] == expected


@pytest.mark.parametrize(
    ("words_asked", "options", "message"),
    [
        ("؟!", {}, "no word"),
        ("«»", {}, "no word"),
        ("a", {"limit": 0}, "limit=0"),
        ("a", {"limit": "5"}, "limit='5'"),
        ("a", {"offset": -1}, "offset=-1"),
    ],
)
def test_wrong_values_are_errors(
    library: Assistant, words_asked: str, options: dict, message: str
) -> None:
    with pytest.raises(AssistantError, match=message):
        library.mentions(words_asked, **options)


# Against a reading of every sentence, by what the promise says and nothing of the index


def by_hand(assistant: Assistant, asked: str) -> list[tuple[str, int, list[tuple[int, int]]]]:
    """Return by reading every stored sentence where words of one, or a phrase, stand."""
    is_quoted = asked.startswith('"')
    wanted = words(asked)
    counted = []
    catalogue = assistant._library.catalogue
    for document in assistant.documents():
        numbers = catalogue.passages_of(document.id)
        for number in numbers:
            passage = catalogue.passages([number])[number]
            for sentence in passage.sentences:
                placed = placed_words(passage.sentence_text(sentence))
                spans: list[tuple[int, int]] = []
                for first in range(len(placed) - len(wanted) + 1):
                    run = placed[first : first + len(wanted)]
                    fits = all(
                        is_form(w.word, a, is_quoted) for w, a in zip(run, wanted, strict=True)
                    )
                    start, end = run[0].start + sentence.start, run[-1].end + sentence.start
                    if fits and (not spans or start >= spans[-1][1]):
                        spans.append((start, end))
                if spans:
                    counted.append((document.title, sentence.start, spans))
    return counted


def is_form(word: str, asked: str, is_quoted: bool) -> bool:
    if is_quoted or asked in stop_words():
        return word == asked
    if word in stop_words():
        return False
    if word in written_forms(asked):
        return True
    base = without_article(asked)
    if is_arabic(base) and not base.startswith(stem(asked)) and base[1:].startswith(stem(asked)):
        return base[:3] in word and stem(word) in (stem(asked), stem(f"ال{base}"))
    return stem(word) == stem(asked)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(prose(), min_size=1, max_size=3),
    st.lists(st.sampled_from([*WORDS, "ووزارة", "بالمشاورات", "dr"]), min_size=1, max_size=2),
    st.booleans(),
)
def test_mentions_are_those_of_a_reading_of_every_sentence(
    shared: Assistant, texts: list[str], asked: list[str], is_quoted: bool
) -> None:
    for number, text in enumerate(texts):
        if text.strip():
            shared.add(Document(id=str(number), title=f"T{number}", text=text))
    query = f'"{" ".join(asked)}"' if is_quoted else " ".join(asked)

    found = shared.mentions(query, limit=10_000, across=False)

    assert [
        (hit.document_title, hit.start_char_index, [tuple(span) for span in hit.spans])
        for hit in found.hits
    ] == by_hand(shared, query)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library whose documents every example writes anew."""
    with Assistant(tmp_path_factory.mktemp("shared") / "library", Settings()) as assistant:
        yield assistant
