"""What is looked up in the lexical index: words, frequencies, passages by their terms."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from assistant.errors import LibraryError
from assistant.library.failures import failures
from assistant.library.parts import Part
from assistant.library.term_queries import (
    AnyOf,
    Field,
    WeightedTerm,
    holding_query,
    in_languages,
    terms_query,
    within,
)

_MOST_COUNTS = 100_000
# A part of more than a twentieth of all is large; how much farther is looked each time.
_LARGE, _FARTHER = 20, 4


class TermReading:
    """The reading half of the lexical index, which `TermIndex` opens and writes."""

    _folder: Path
    _schema: tantivy.Schema
    _index: tantivy.Index
    _seen: int
    _counts: dict[tuple[Field, str], int]
    is_damaged: bool = False

    def count(self) -> int:
        """Return the number of passages in the index."""
        return int(self._index.searcher().num_docs)

    @property
    def state(self) -> str:
        """What changes whenever the words that are seen do."""
        return f"{self._seen}:{self.count()}"

    def words(self) -> list[tuple[str, int]]:
        """Return the words of three letters or more, with the number of passages of each.

        Words of deleted passages are among them until their segment is merged.
        """
        with self._reading():
            found = self._index.searcher().terms_with_prefix("word", "")
            return [(word, int(count)) for word, count in found]

    def frequencies(self, terms: Sequence[tuple[Field, str]]) -> list[int]:
        """Return in how many passages each term occurs."""
        # A question asks for the same terms several times. Taken before the searcher: what an
        # older one counts is put where nobody looks any more.
        counts = self._counts
        new = [term for term in terms if term not in counts]
        if new:
            searcher = self._index.searcher()
            # Deleted passages are counted until their segment is merged.
            most = searcher.num_docs
            with self._reading():
                counts.update((term, min(searcher.doc_freq(*term), most)) for term in new)
        found = [counts[term] for term in terms]
        if len(counts) > _MOST_COUNTS:
            self._counts = {}
        return found

    def idf(self, terms: Sequence[tuple[Field, str]]) -> list[float]:
        """Return the BM25 inverse document frequency of terms; unknown ones have the highest."""
        count = self.count()
        return [
            math.log(1 + (count - known + 0.5) / (known + 0.5)) for known in self.frequencies(terms)
        ]

    def search(
        self,
        terms: Sequence[WeightedTerm | AnyOf],
        limit: int,
        documents: Collection[str] | None = None,
        languages: Sequence[str] = (),
    ) -> list[tuple[int, float]]:
        """Return the passages with the highest sum of boosted BM25 scores.

        Args:
            terms: What to look for.
            limit: How many passages at most.
            documents: Only passages of these documents; None for all.
            languages: Only passages in these languages; empty for all.

        Returns:
            Pairs of passage id and score, best first.
        """
        if not terms or (documents is not None and not documents):
            return []
        # tantivy takes room for as many as are asked for.
        limit = min(limit, max(1, self.count()))
        query = terms_query(self._schema, terms)
        if languages:
            query = in_languages(self._schema, query, languages)
        searcher = self._index.searcher()
        if isinstance(documents, Part) and len(documents.passages) * _LARGE > self.count():
            return self._among(searcher, query, limit, documents)
        if documents is not None:
            query = within(self._schema, query, "document", documents)
        return self._best(searcher, query, limit)

    def _among(
        self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int, part: Part
    ) -> list[tuple[int, float]]:
        """Return the best passages of a large part: the best of all, and as many as it takes.

        A query that names thousands of documents takes many times as long.
        """
        reach = limit
        while True:
            reach = min(_FARTHER * reach, max(1, self.count()))
            found = self._best(searcher, query, reach)
            inside = part.holds([number for number, _ in found])
            kept = [hit for hit, is_in in zip(found, inside, strict=True) if is_in]
            if len(kept) >= limit or len(found) < reach or reach >= self.count():
                return kept[:limit]

    def _best(
        self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int
    ) -> list[tuple[int, float]]:
        with self._reading():
            found = searcher.search(query, limit, count=False).hits
            ids = searcher.fast_field_values("id", [address for _, address in found])
        return [
            (int(i), float(score))
            for i, (score, _) in zip(ids, found, strict=True)
            if i is not None and score is not None
        ]

    def holding(self, groups: Sequence[Collection[tuple[Field, str]]]) -> list[int]:
        """Return the passages that hold at least one term of every group, all of them.

        Args:
            groups: Terms; none finds nothing.

        Returns:
            The passages' numbers, ascending.
        """
        if not groups:
            return []
        searcher = self._index.searcher()
        with self._reading():
            query = holding_query(self._schema, groups)
            found = searcher.search(query, max(1, self.count()), count=False).hits
            ids = searcher.fast_field_values("id", [address for _, address in found])
        return sorted(int(number) for number in ids if number is not None)

    def ids(self) -> frozenset[int]:
        """Return the numbers of all passages in the index."""
        searcher = self._index.searcher()
        with self._reading():
            found = searcher.search(tantivy.Query.all_query(), max(1, self.count()), count=False)
            numbers = searcher.fast_field_values("id", [address for _, address in found.hits])
        return frozenset(int(number) for number in numbers if number is not None)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Name the cure where tantivy meets damaged files, and note that it did."""
        try:
            with failures(
                f"The terms in {self._folder} are damaged",
                "They are made anew from the catalogue: by a writing process right away, else when "
                "the library is opened without read_only. Ask again then.",
            ):
                yield
        except LibraryError:
            self.is_damaged = True
            raise
