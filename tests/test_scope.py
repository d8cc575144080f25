"""What a scope lets through, exactly: in searches and answers, by both indexes, after changes."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant, Document, Scope, Settings
from assistant.language import stem
from assistant.library import WeightedTerm
from assistant.library.parts import Part

FIRST = dt.date(2024, 1, 1)
WORDS = "harbour bridge school river island market winter wheat quay museum".split()
ARABIC = "ميناء جسر مدرسة نهر جزيرة سوق شتاء قمح رصيف متحف".split()


def made(number: int, chance: random.Random) -> Document:
    """Return a document of a language and a day that its number decides; a tenth have no day."""
    language = ("ar", "en", "mixed", "und")[number % 4]
    words = chance.choices(ARABIC if language == "ar" else WORDS, k=30)
    return Document(
        id=f"d{number:03}",
        title=f"note {number}",
        text=f"The {' '.join(words)} {number}.",
        language=language,
        date=None if number % 10 == 0 else FIRST + dt.timedelta(days=number // 2),
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of 120 short documents; only to be read."""
    chance = random.Random(7)  # noqa: S311  # a recipe, no secret
    with Assistant(tmp_path_factory.mktemp("many") / "library", Settings()) as assistant:
        assistant.add(*(made(number, chance) for number in range(120)))
        yield assistant


def let_through(scope: Scope, document: Document) -> bool:
    """Return what a scope says of a document, word for word."""
    if scope.documents and document.id not in scope.documents:
        return False
    if scope.language and document.language not in (scope.language, "mixed"):
        return False
    if (scope.after or scope.before) and document.date is None:
        return False
    return not (
        (scope.after and document.date < scope.after)
        or (scope.before and document.date > scope.before)
    )


DAYS = st.none() | st.integers(-2, 62).map(lambda days: FIRST + dt.timedelta(days=days))
SCOPES = st.builds(
    Scope,
    documents=st.lists(st.integers(0, 130).map("d{:03}".format), max_size=60).map(tuple),
    language=st.sampled_from([None, "ar", "en", "mixed", "und"]),
    after=DAYS,
    before=DAYS,
)


@settings(max_examples=60, deadline=None)
@given(SCOPES)
def test_any_scope_is_searched_exactly(many: Assistant, scope: Scope) -> None:
    library = many._library
    expected = {d.id for d in many.documents() if let_through(scope, d)}
    assert {d.id for d in many.documents(scope)} == expected
    part = library.parts.of(scope)
    assert part == expected
    owners = dict(library.catalogue.owners())
    assert part.passages.tolist() == sorted(n for n, owner in owners.items() if owner in expected)

    terms = [WeightedTerm("stem", stem(word), 1.0) for word in ("harbour", "bridge", "ميناء")]
    vector = np.asarray(many._embeddings.embed_query("harbour bridge"), np.float32)
    for limit in (1, 7, 200):
        # The whole ranking, cut down to the scope by hand.
        ranked = [hit for hit in library.terms.search(terms, 200) if owners[hit[0]] in expected]
        assert library.terms.search(terms, limit, part) == ranked[:limit]
        near = [hit for hit in library.near(vector, 200) if owners[hit[0]] in expected]
        found = library.near(vector, limit, part)
        assert [n for n, _ in found][: len(near)] == [n for n, _ in near][:limit]
        assert library.near(vector, limit, frozenset(part)) == found


@pytest.mark.parametrize("share", [0.01, 0.04, 0.06, 0.5, 0.99])
def test_large_and_small_parts_are_ranked_alike(many: Assistant, share: float) -> None:
    names = tuple(d.id for d in many.documents())[: max(1, int(120 * share))]
    part = many._library.parts.of(Scope(documents=names))
    terms = [WeightedTerm("stem", stem(word), 1.0) for word in WORDS]
    for limit, languages in itertools.product((1, 5, 300), ((), ("en", "mixed"))):
        as_set = many._library.terms.search(terms, limit, frozenset(part), languages)
        as_part = many._library.terms.search(terms, limit, part, languages)
        assert [n for n, _ in as_part] == [n for n, _ in as_set]
        assert [s for _, s in as_part] == pytest.approx([s for _, s in as_set])


def test_days_at_the_borders_belong_to_a_scope(assistant: Assistant) -> None:
    day, one = dt.date(2024, 2, 10), dt.timedelta(days=1)
    for name, date in (("before", day - one), ("on", day), ("after", day + one), ("never", None)):
        assistant.add(Document(title=name, text="The harbour was rebuilt.", date=date, source=name))
    # Equal bytes are one document, so that each needs its own words.
    assert len(assistant.documents()) == 1
    for name, date in (("before", day - one), ("on", day), ("after", day + one), ("never", None)):
        text = f"The harbour was rebuilt, says {name}."
        assistant.add(Document(title=name, text=text, date=date, source=f"{name}.txt"))

    def found(**limits: dt.date) -> set[str]:
        hits = assistant.search("harbour", scope=Scope(**limits))
        return {hit.source.removesuffix(".txt") for hit in hits if hit.source.endswith(".txt")}

    assert found(after=day) == {"on", "after"}
    assert found(before=day) == {"on", "before"}
    assert found(after=day, before=day) == {"on"}
    assert found(after=day + one + one) == set()
    assert found() == {"before", "on", "after", "never"}


def test_mixed_language_belongs_to_both_and_undetermined_to_neither(assistant: Assistant) -> None:
    for language in ("ar", "en", "mixed", "und"):
        text = f"The harbour was rebuilt, in {language}."
        if language == "mixed":
            text += " أعيد بناء الميناء بعد العاصفة."
        assistant.add(Document(id=language, title=language, text=text, language=language))
    # Without a language of its own it is that of its words.
    assert assistant.document("und").language == "en"
    assistant.correct("und", language="und")

    def found(language: str) -> set[str]:
        scope = Scope(language=language)
        return {hit.document_title for hit in assistant.search("harbour", scope=scope)}

    assert found("ar") == {"ar", "mixed"}
    assert found("en") == {"en", "mixed"}
    assert found("mixed") == {"mixed"}
    assert found("und") == {"und", "mixed"}


def test_scope_follows_every_change(assistant: Assistant, tmp_path: Path) -> None:
    scope = Scope(after=dt.date(2024, 2, 10))

    def found() -> set[str]:
        return {hit.document_title for hit in assistant.search("harbour", scope=scope)}

    path = tmp_path / "a.txt"
    path.write_text("9 February 2024\n\nThe harbour was rebuilt.\n")
    assistant.add(path)
    assert found() == set()
    path.write_text("11 February 2024\n\nThe harbour was rebuilt.\n")
    assistant.add(path)
    assert found() == {"a"}
    (document,) = assistant.documents()
    assistant.correct(document.id, date=dt.date(2020, 1, 1))
    assert found() == set()
    assistant.correct(document.id)
    assert found() == {"a"}
    assistant.remove(document.id)
    assert found() == set()


def test_parts_are_found_once_and_only_some_are_kept(many: Assistant) -> None:
    parts = many._library.parts
    scope = Scope(language="ar")
    part = parts.of(scope)
    assert isinstance(part, Part)
    assert parts.of(Scope(language="ar")) is part
    for days in range(40):
        parts.of(Scope(after=FIRST + dt.timedelta(days=days)))
    again = parts.of(scope)
    assert again is not part
    assert again == part


MIXED = (
    "The harbour of Wahran was rebuilt in 1962 by the engineer Salma Haddad after the storm.\n\n"
    "أعيد بناء ميناء وهران سنة 1962 على يد المهندسة سلمى حداد بعد العاصفة الكبيرة.\n\n"
    "The bridge of Tamra was opened by the mayor. افتتح رئيس البلدية جسر تامرة أمام المارة.\n\n"
    "1962 – 1974\n"
)


@pytest.mark.parametrize("question", ["harbour of Wahran bridge Tamra", "ميناء وهران جسر تامرة"])
@pytest.mark.parametrize(("language", "other"), [("ar", "en"), ("en", "ar")])
def test_scope_of_one_language_finds_only_its_sentences_in_a_mixed_document(
    assistant: Assistant, question: str, language: str, other: str
) -> None:
    assistant.add(Document(title="harbour", text=MIXED))
    assert assistant.documents()[0].language == "mixed"
    scope = Scope(language=language)

    everywhere = assistant.search(question, unit="sentence")
    assert {hit.language for hit in everywhere} >= {"ar", "en"}
    found = assistant.search(question, unit="sentence", scope=scope)
    assert {hit.language for hit in found} - {"und"} == {language}
    assert {hit.text for hit in found} == {h.text for h in everywhere if h.language != other}
    answer = assistant.ask(question, scope=scope)
    assert {citation.language for citation in answer.citations} <= {language}


def test_sentence_is_found_however_much_of_the_other_language_stands_before_it(
    assistant: Assistant,
) -> None:
    # More than the first look takes in, all of them nearer to the question.
    arabic = "ميناء وهران harbour Wahran هو ميناء وهران الكبير رقم {}، وميناء وهران قديم. " * 8
    english = "The school on the hill teaches cooking and music. " * 12 + "It has a harbour."
    text = "\n\n".join([*(arabic.replace("{}", str(n)) for n in range(250)), english])
    assistant.add(Document(title="notes", text=text, language="mixed"))

    (hit,) = assistant.search("harbour Wahran", scope=Scope(language="en"))
    assert "It has a harbour." in hit.text


def test_language_of_a_document_goes_before_that_of_its_sentences(assistant: Assistant) -> None:
    text = (
        "The harbour was rebuilt in 1962, the bridge in 1974 and the school in 1980, all by the "
        "city. The harbour is called «ميناء وهران الكبير الجديد»."
    )
    assistant.add(Document(title="harbour", text=text))
    assert assistant.documents()[0].language == "en"
    assert len(assistant.search("harbour", unit="sentence", scope=Scope(language="en"))) == 2
    assert not assistant.search("harbour", unit="sentence", scope=Scope(language="ar"))
