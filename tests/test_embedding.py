"""A library's vectors and the embedding that made them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.errors import EmbeddingMismatch, LibraryError, ModelError
from assistant.ingestion import Intake, VectorKeeper
from assistant.ingestion.embedding import (
    embed_passages,
    embed_texts,
    match_embeddings,
    reembed,
)
from assistant.library import Library
from assistant.models import load_embeddings
from assistant.models.measured import MeasuredEmbeddings
from assistant.schema import Document, PassageSpan, Span

BUILT_IN = load_embeddings("builtin")
OLD = BUILT_IN.fingerprint
NEW = "letters-1"
DOCUMENTS = [
    Document(title=f"n{number}", text=f"Ship number {number} came into the harbour of Agadir.")
    for number in range(5)
]


class Letters:
    """Counts a few letters; goes on strike after some calls."""

    def __init__(self, size=8, calls=1000):
        self.size = size
        self.calls = calls
        self.texts = []

    def embed_documents(self, texts):
        if self.calls <= 0:
            raise ModelError("no connection", retryable=True)
        self.calls -= 1
        self.texts += texts
        return [[float(text.count(chr(97 + i))) for i in range(self.size)] for text in texts]

    def embed_query(self, text):
        return self.embed_documents([text])[0]


class Counted(Letters):
    """Embeds two passages a call."""

    batch = 2


class Faulty:
    """Gives what it was told to give."""

    def __init__(self, rows):
        self.rows = rows

    def embed_documents(self, texts):
        return self.rows


@pytest.fixture
def folder(tmp_path):
    """Return a library of five passages, indexed with the built-in embedding and closed."""
    library = Library(tmp_path / "library")
    library.catalogue.set_fact("embedding", OLD)
    Intake(library, BUILT_IN, 1).add(DOCUMENTS)
    library.close()
    return library.folder


@pytest.fixture
def library(folder):
    opened = Library(folder)
    yield opened
    opened.close()


def vectors(library):
    return library.catalogue.vectors()[2]


def check_vectors(library, embedding):
    """Check that catalogue and index hold an embedding's vectors of all passages."""
    numbers, _, held = library.catalogue.vectors()
    passages = library.catalogue.passages(numbers.tolist())
    texts = [passages[number].text for number in numbers.tolist()]
    expected = embed_texts(texts, embedding)
    assert np.allclose(held, expected)
    assert library.terms.count() == len(texts)
    for number, vector in zip(numbers.tolist(), expected, strict=True):
        found = dict(library.near(vector, len(texts)))
        assert set(found) == set(numbers.tolist())
        assert found[number] == pytest.approx(1, abs=1e-4)
        assert dict(library.near(vector, 1, [passages[number].document_id])) == {
            number: pytest.approx(1, abs=1e-4)
        }


# Vectors


def test_embed_texts_are_normalised():
    found = embed_texts(["aab", "", "b"], Letters(2))
    assert found.dtype == np.float32
    assert np.allclose(found, [[2 / math.sqrt(5), 1 / math.sqrt(5)], [0, 0], [0, 1]])


def test_embed_texts_in_batches_keep_their_order(monkeypatch):
    monkeypatch.setattr("assistant.ingestion.embedding._BATCH", 2)
    embedding = Letters(2)
    found = embed_texts(["a", "b", "a", "b", "b"], embedding)
    assert found.argmax(axis=1).tolist() == [0, 1, 0, 1, 1]
    assert embedding.calls == 997


def test_embed_passages_are_slices_of_the_text():
    embedding = Letters(2)
    spans = [PassageSpan(1, 3, (Span(1, 3),)), PassageSpan(4, 5, (Span(4, 5),))]
    assert embed_passages("xaaxbx", spans, embedding).tolist() == [[1, 0], [0, 1]]
    assert embedding.texts == ["aa", "b"]


def test_embed_passages_of_none():
    assert len(embed_passages("text", [], Letters())) == 0


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[1.0, 0.0]],
        [[1.0], [1.0], [1.0]],
        [[1.0, math.nan], [1.0, 0.0]],
        [[1.0, math.inf], [1.0, 0.0]],
        [1.0, 2.0],
        [[[1.0]], [[1.0]]],
        [[], []],
        [[1.0, 0.0], [1.0]],
        [[1.0, None], [1.0, 0.0]],
        [["a", "b"], ["c", "d"]],
        None,
    ],
    ids=[
        *("nothing", "too-few", "too-many", "nan", "infinite", "flat", "deep", "no-numbers"),
        *("ragged", "none-inside", "words", "none"),
    ],
)
def test_embed_texts_of_faulty_embedding(rows):
    with pytest.raises(ModelError, match="Faulty"):
        embed_texts(["a", "b"], Faulty(rows))


def test_intake_with_faulty_embedding_stores_nothing(library):
    before = library.catalogue.generation
    with pytest.raises(ModelError, match="Faulty"):
        Intake(library, Faulty([[math.nan]]), 1).add([Document(title="x", text="A new text.")])
    assert library.catalogue.generation == before
    assert len(library.documents()) == len(DOCUMENTS)


# Another embedding


def test_match_same_embedding_changes_nothing(library):
    embedding, before = Letters(), library.catalogue.generation
    for is_free in (True, False):
        match_embeddings(library, embedding, OLD, is_free=is_free)
    assert embedding.texts == []
    assert library.catalogue.generation == before


@pytest.mark.parametrize("size", [256, 8], ids=["same-size", "other-size"])
def test_match_other_embedding_that_is_free_embeds_again(library, size):
    match_embeddings(library, Letters(size), NEW, is_free=True)
    assert library.catalogue.fact("embedding") == NEW
    check_vectors(library, Letters(size))
    again = Letters(size)
    match_embeddings(library, again, NEW, is_free=False)
    assert again.texts == []


def test_match_other_embedding_is_still_there_after_reopening(folder):
    first = Library(folder)
    match_embeddings(first, Letters(), NEW, is_free=True)
    first.close()
    second = Library(folder)
    try:
        assert second.catalogue.fact("embedding") == NEW
        check_vectors(second, Letters())
    finally:
        second.close()


def test_match_other_embedding_that_costs_raises(library):
    embedding, before = Letters(), vectors(library)
    with pytest.raises(EmbeddingMismatch) as caught:
        match_embeddings(library, embedding, NEW, is_free=False)
    for word in (OLD, NEW, str(library.folder)):
        assert word in str(caught.value)
    assert embedding.texts == []
    assert library.catalogue.fact("embedding") == OLD
    assert np.array_equal(vectors(library), before)


@pytest.mark.parametrize("is_free", [True, False])
def test_match_other_embedding_read_only_raises(folder, is_free):
    reader = Library(folder, read_only=True)
    try:
        match_embeddings(reader, Letters(), OLD, is_free=is_free)
        with pytest.raises(EmbeddingMismatch, match=NEW):
            match_embeddings(reader, Letters(), NEW, is_free=is_free)
    finally:
        reader.close()


@pytest.mark.parametrize("is_free", [True, False])
@pytest.mark.parametrize("stored", [None, OLD], ids=["new", "emptied"])
def test_match_empty_library_takes_any_embedding(tmp_path, stored, is_free):
    library = Library(tmp_path / "library")
    try:
        if stored:
            library.catalogue.set_fact("embedding", stored)
        match_embeddings(library, Letters(), NEW, is_free=is_free)
        assert library.catalogue.fact("embedding") == NEW
        Intake(library, Letters(), 1).add(DOCUMENTS)
        check_vectors(library, Letters())
    finally:
        library.close()


def test_reembed_tells_its_progress(library, monkeypatch):
    monkeypatch.setattr("assistant.ingestion.embedding._BATCH", 2)
    steps = []
    reembed(library, Letters(), NEW, steps.append)
    assert [(step.done, step.total) for step in steps] == [(2, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("size", [256, 8], ids=["same-size", "other-size"])
@pytest.mark.parametrize("calls", [0, 1, 2])
def test_reembed_interrupted_is_taken_up_again(folder, monkeypatch, size, calls):
    monkeypatch.setattr("assistant.ingestion.embedding._BATCH", 2)
    first = Library(folder)
    try:
        with pytest.raises(ModelError, match="no connection"):
            match_embeddings(first, Letters(size, calls), NEW, is_free=True)
        assert first.catalogue.fact("embedding") != NEW
    finally:
        first.close()
    second = Library(folder)
    try:
        match_embeddings(second, Letters(size), NEW, is_free=True)
        assert second.catalogue.fact("embedding") == NEW
        check_vectors(second, Letters(size))
    finally:
        second.close()


@pytest.mark.parametrize("size", [256, 8], ids=["same-size", "other-size"])
def test_reembed_interrupted_goes_back_to_the_old_one(folder, monkeypatch, size):
    monkeypatch.setattr("assistant.ingestion.embedding._BATCH", 2)
    library = Library(folder)
    try:
        with pytest.raises(ModelError, match="no connection"):
            match_embeddings(library, Letters(size, 1), NEW, is_free=True)
        match_embeddings(library, BUILT_IN, OLD, is_free=True)
        check_vectors(library, BUILT_IN)
    finally:
        library.close()


def test_reembed_interrupted_is_no_match_for_a_reader(folder, monkeypatch):
    monkeypatch.setattr("assistant.ingestion.embedding._BATCH", 2)
    library = Library(folder)
    with pytest.raises(ModelError):
        match_embeddings(library, Letters(256, 1), NEW, is_free=True)
    library.close()
    reader = Library(folder, read_only=True)
    try:
        for wanted in (OLD, NEW):
            with pytest.raises(EmbeddingMismatch, match="unfinished"):
                match_embeddings(reader, Letters(256), wanted, is_free=True)
    finally:
        reader.close()


def test_reembed_keeps_documents_and_passages(library):
    before = [library.catalogue.document(d.id) for d in library.documents()]
    numbers = library.catalogue.vectors()[0].tolist()
    passages = library.catalogue.passages(numbers)
    match_embeddings(library, Letters(), NEW, is_free=True)
    assert [library.catalogue.document(d.id) for d in library.documents()] == before
    assert library.catalogue.passages(numbers) == passages


def test_mismatch_says_what_to_do(library):
    with pytest.raises(EmbeddingMismatch, match="sanad rebuild"):
        match_embeddings(library, Letters(), NEW, is_free=False)


# On request


def test_reembed_of_the_same_embedding_makes_all_anew(library):
    generation, embedding = library.catalogue.generation, Counted()
    assert reembed(library, embedding, NEW) == 5
    assert reembed(library, embedding, NEW) == 5
    assert len(embedding.texts) == 10
    assert library.catalogue.generation > generation
    check_vectors(library, Letters())


def test_reembed_goes_on_where_it_stopped(folder):
    first, steps = Library(folder), []
    with pytest.raises(ModelError):
        reembed(first, Counted(calls=2), NEW)
    first.close()
    second, again = Library(folder), Counted()
    try:
        assert reembed(second, again, NEW, steps.append) == 5
        assert len(again.texts) == 1
        assert [(step.done, step.total) for step in steps] == [(5, 5)]
        check_vectors(second, Letters())
        assert second.catalogue.fact("embedding") == NEW
    finally:
        second.close()


def test_reembed_stopped_with_another_embedding_begins_anew(library):
    with pytest.raises(ModelError):
        reembed(library, Counted(calls=2), NEW)
    again = Counted(6)
    reembed(library, again, "letters-2")
    assert len(again.texts) == 5
    check_vectors(library, Letters(6))


def test_reembed_stopped_after_a_removal_is_taken_up_again(library):
    with pytest.raises(ModelError):
        reembed(library, Counted(calls=2), NEW)
    for document in library.documents()[:3]:
        library.erase(document.id)
    assert reembed(library, Counted(), NEW) == 2
    check_vectors(library, Letters())


def test_reembed_that_gets_no_answer_changes_nothing(library):
    class Silent(MeasuredEmbeddings):
        def __init__(self):
            super().__init__("silent", "silent:1", 2)

        def _passages(self, texts):
            raise ModelError("no answer")

        def _question(self, text):
            raise ModelError("no answer")

    generation, before = library.catalogue.generation, vectors(library)
    with pytest.raises(ModelError, match="no answer"):
        reembed(library, Silent(), "silent")
    assert library.catalogue.fact("embedding") == OLD
    assert library.catalogue.generation == generation
    assert np.array_equal(vectors(library), before)


def test_reembed_read_only_raises(folder):
    reader = Library(folder, read_only=True)
    try:
        with pytest.raises(LibraryError, match="reading only"):
            reembed(reader, Letters(), NEW)
    finally:
        reader.close()


def test_emptied_library_takes_vectors_of_another_size(library):
    for document in library.documents():
        library.erase(document.id)
    match_embeddings(library, Letters(), NEW, is_free=False)
    Intake(library, Letters(), 1).add(DOCUMENTS)
    check_vectors(library, Letters())


def test_reader_sees_that_the_library_was_embedded_again(folder):
    reader = Library(folder, read_only=True)
    keeper = VectorKeeper(reader, BUILT_IN, "builtin")
    try:
        keeper.match()
        writer = Library(folder)
        with pytest.raises(ModelError):
            reembed(writer, Counted(calls=1), NEW)
        with pytest.raises(EmbeddingMismatch, match="unfinished"):
            keeper.match()
        reembed(writer, Counted(), NEW)
        writer.close()
        with pytest.raises(EmbeddingMismatch, match=NEW):
            keeper.match()
    finally:
        reader.close()
