"""The dense indexes: Chroma's and the exact one give the same passages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from chroma_server import free_port

from assistant import LibraryError
from assistant.library import Changes, DocumentWrite
from assistant.library.catalogue import Catalogue
from assistant.library.parts import Part
from assistant.library.vectors import BATCH, CatalogueVectors, ChromaVectors
from assistant.schema import Document, PassageSpan, Span

DIMENSIONS = 32


class Filled:
    """A catalogue and a dense index that follows it, as in a library."""

    def __init__(self, catalogue: Catalogue, index: ChromaVectors | CatalogueVectors) -> None:
        self.catalogue = catalogue
        self.index = index

    def write(self, changes: Changes) -> None:
        self.catalogue.write(changes)
        self.follow()

    def follow(self) -> None:
        if isinstance(self.index, ChromaVectors):
            reached = self.index.reached
            self.index.update(
                self.catalogue.removed_since(reached),
                self.catalogue.added_since(reached, BATCH),
                self.catalogue.generation,
            )

    def nearest(self, vector: np.ndarray, limit: int) -> list[int]:
        """Return what is nearest by the definition of the cosine."""
        ids, _, matrix = self.catalogue.vectors()
        return ids[np.argsort(-(matrix @ vector))][:limit].tolist()

    def found(self, vector: np.ndarray, limit: int) -> list[int]:
        return [i for i, _ in self.index.search(vector, limit)]


def unit(count: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSIONS))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def document(name: str, vectors: np.ndarray) -> DocumentWrite:
    text = "x" * len(vectors)
    spans = [PassageSpan(i, i + 1, (Span(i, i + 1),)) for i in range(len(vectors))]
    return DocumentWrite(Document(id=name, version="v", title=name, text=text), spans, vectors)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path / "catalogue.sqlite3", read_only=False)) as catalogue:
        yield catalogue


@pytest.fixture(params=["chroma", "exact", "server"])
def filled(request, catalogue: Catalogue, tmp_path: Path) -> Iterator[Filled]:
    """An empty catalogue and each dense index over it."""
    if request.param == "exact":
        yield Filled(catalogue, CatalogueVectors(catalogue))
        return
    url = request.getfixturevalue("chroma_server").url if request.param == "server" else ""
    index = ChromaVectors(tmp_path / "chroma", url, f"c-{tmp_path.name}"[:60].strip("-_"))
    yield Filled(catalogue, index)
    index.close()


def test_search_gives_the_nearest_passages(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(300, 1)), document("b", unit(100, 2)))))

    for vector in unit(5, 3):
        assert filled.found(vector, 10) == filled.nearest(vector, 10)


def test_search_gives_cosines_best_first(filled: Filled) -> None:
    vectors = unit(50, 1)
    filled.write(Changes(documents=(document("a", vectors),)))
    scores = [score for _, score in filled.index.search(vectors[7], 50)]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1, abs=1e-4)
    np.testing.assert_allclose(scores, np.sort(vectors @ vectors[7])[::-1], atol=1e-4)


def test_search_gives_all_where_there_are_fewer(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(3, 1)),)))

    assert sorted(filled.found(unit(1, 2)[0], 100)) == [1, 2, 3]


def test_empty_index_finds_nothing(filled: Filled) -> None:
    assert filled.found(unit(1, 1)[0], 10) == []


def test_removed_passages_are_not_found(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(20, 1)), document("b", unit(20, 2)))))
    filled.write(Changes(dropped_documents=("a",)))
    vector = unit(20, 1)[4]

    assert filled.found(vector, 40) == filled.nearest(vector, 40)
    assert len(filled.found(vector, 40)) == 20


def test_updated_document_has_its_new_vectors_only(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(5, 1)),)))
    filled.write(Changes(documents=(document("a", unit(4, 2)),)))
    vector = unit(4, 2)[2]

    assert len(filled.found(vector, 40)) == 4
    assert filled.index.search(vector, 1)[0][1] == pytest.approx(1, abs=1e-4)


def test_replaced_vectors_are_seen(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(5, 1)),)))
    filled.catalogue.replace_vectors([1, 2, 3, 4, 5], unit(5, 2))
    filled.follow()
    vector = unit(5, 2)[3]

    assert filled.index.search(vector, 1) == [(4, pytest.approx(1, abs=1e-4))]
    assert filled.found(vector, 9) == filled.nearest(vector, 9)


def test_texts_without_words_do_no_harm(filled: Filled) -> None:
    vectors = unit(3, 1)
    vectors[1] = 0
    filled.write(Changes(documents=(document("a", vectors),)))

    assert filled.found(vectors[2], 2)[0] == 3


def test_exact_search_within_documents(catalogue: Catalogue) -> None:
    index = CatalogueVectors(catalogue)
    catalogue.write(Changes(documents=tuple(document(name, unit(9, 1)) for name in "abc")))
    vector = unit(9, 1)[0]

    assert index.search(vector, 3, {"b"})[0] == (10, pytest.approx(1, abs=1e-4))
    assert {i for i, _ in index.search(vector, 99, {"a", "c", "unknown"})} == {
        *range(1, 10),
        *range(19, 28),
    }
    assert index.search(vector, 3, {"unknown"}) == []
    assert index.search(vector, 3, set()) == []


def test_reader_beside_a_writer_sees_new_documents(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.write(Changes(documents=(document("a", unit(5, 1)),)))
    with closing(Catalogue(tmp_path / "catalogue.sqlite3", read_only=True)) as beside:
        reader = CatalogueVectors(beside)
        assert len(reader.search(unit(1, 9)[0], 99)) == 5

        catalogue.write(Changes(documents=(document("b", unit(7, 2)),)))
        assert reader.search(unit(7, 2)[6], 1) == [(12, pytest.approx(1, abs=1e-4))]

        catalogue.write(Changes(dropped_documents=("a",)))
        assert len(reader.search(unit(1, 9)[0], 99)) == 7


# Chroma's own book-keeping


def test_chroma_keeps_what_it_reached(catalogue: Catalogue, tmp_path: Path) -> None:
    with closing(ChromaVectors(tmp_path / "chroma")) as index:
        assert index.reached == 0
        Filled(catalogue, index).write(Changes(documents=(document("a", unit(5, 1)),)))
        assert (index.reached, index.count()) == (1, 5)
    with closing(ChromaVectors(tmp_path / "chroma")) as index:
        assert (index.reached, index.count()) == (1, 5)
        assert index.search(unit(5, 1)[4], 1)[0][0] == 5


@pytest.mark.parametrize("filled", ["chroma", "server"], indirect=True)
def test_chroma_updated_twice_is_the_same(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(5, 1)),)))
    filled.index.update([99], filled.catalogue.added_since(0, 2), 1)

    assert (filled.index.count(), filled.index.reached) == (5, 1)


@pytest.mark.parametrize("filled", ["chroma", "server"], indirect=True)
def test_cleared_chroma_is_empty_and_can_be_filled(filled: Filled) -> None:
    filled.write(Changes(documents=(document("a", unit(5, 1)),)))
    filled.index.clear()

    assert (filled.index.count(), filled.index.reached) == (0, 0)
    filled.follow()
    assert (filled.index.count(), filled.index.reached) == (5, 1)


def test_two_libraries_share_a_server(chroma_server, catalogue: Catalogue, tmp_path: Path) -> None:
    one, two = (ChromaVectors(tmp_path, chroma_server.url, name) for name in ("one", "two"))
    Filled(catalogue, one).write(Changes(documents=(document("a", unit(5, 1)),)))

    assert (one.count(), two.count()) == (5, 0)
    one.close()
    two.close()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{free}", "127.0.0.1:8000", "ftp://127.0.0.1", "http://"]
)
def test_server_that_cannot_be_used_is_a_clear_error(url: str, tmp_path: Path) -> None:
    address = url.format(free=free_port())

    with pytest.raises(LibraryError, match="Chroma server") as raised:
        ChromaVectors(tmp_path / "chroma", address)

    assert address in str(raised.value)


@pytest.mark.parametrize("content", [b"no database " * 100, None], ids=["garbage", "a-folder"])
def test_folder_that_chroma_cannot_open_is_a_clear_error(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "chroma" / "chroma.sqlite3"
    path.parent.mkdir()
    path.mkdir() if content is None else path.write_bytes(content)

    with pytest.raises(LibraryError, match="chroma"):
        ChromaVectors(tmp_path / "chroma")


@pytest.mark.parametrize("held", [[], [2], [2, 5, 9], [1, 2, 3, 4]], ids=str)
def test_part_tells_which_passages_it_holds(held: list[int]) -> None:
    part = Part()
    part.passages = np.array(held, dtype=np.int64)

    for asked in ([], [9, 2, 2, 7], [0, 1, 10, 4]):
        found = part.holds(np.array(asked, dtype=np.int64))
        assert found.tolist() == [number in held for number in asked]
