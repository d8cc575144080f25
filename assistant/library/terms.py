"""The lexical index: our own stems and character grams in tantivy, ranked by its BM25."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from assistant.errors import LibraryError
from assistant.library.failures import failures
from assistant.library.files import remove
from assistant.library.parts import Part
from assistant.library.passage_terms import PassageTerms, passage_terms
from assistant.library.records import Passage, PassageBatch
from assistant.library.term_queries import (
    AnyOf,
    Field,
    WeightedTerm,
    in_languages,
    term_schema,
    terms_query,
    within,
)

_HEAP_BYTES = 64_000_000
_MOST_COUNTS = 100_000
_REACHED = "generation.json"
_FORMAT = 4
# A part of more than a twentieth of all is large; how much farther is looked each time.
_LARGE, _FARTHER = 20, 4


class TermIndex:
    """Stems and grams of all passages.

    Args:
        folder: Where the index lies.
        read_only: Never write.
    """

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self._folder = folder
        self._schema = term_schema()
        self._known: Mapping[str, PassageTerms] = {}
        self._links: TemporaryDirectory[str] | None = None
        # Read before the files are: what is seen is of this generation, or of a later one.
        self._seen = self.reached
        self._counts: dict[tuple[Field, str], int] = {}
        if read_only and folder.is_dir() and not os.access(folder, os.W_OK):
            self._links = TemporaryDirectory(prefix="sanad-terms-")
        try:
            self._index = self._open(create=not read_only)
        except BaseException:
            self.close()
            raise

    def _open(self, *, create: bool) -> tantivy.Index:
        try:
            return self._existing()
        except (ValueError, OSError) as error:
            if not create:
                raise LibraryError(
                    f"The terms in {self._folder} can't be read: {error}. "
                    "Open the library once without read_only to have them rebuilt."
                ) from error
        # None yet, or one that can't be read: begin with nothing and let the catalogue fill it.
        with self._writing():
            remove(self._folder)
            self._folder.mkdir(parents=True)
            return tantivy.Index(self._schema, path=str(self._folder))

    def _existing(self) -> tantivy.Index:
        index = tantivy.Index.open(str(self._readable()))
        if index.schema != self._schema:
            raise ValueError("it has other fields than this version of Sanad writes")
        return index

    def _readable(self) -> Path:
        """Return where tantivy may put its lock and finds all files: the folder, or links to it."""
        if self._links is None:
            return self._folder
        links = Path(self._links.name)
        for file in self._folder.iterdir():
            link = links / file.name
            if not file.name.endswith(".lock") and not link.is_symlink():
                link.symlink_to(file.absolute())
        return links

    @property
    def reached(self) -> int:
        """The catalogue's generation that this index has reached; 0 for an empty one."""
        try:
            recorded = json.loads((self._folder / _REACHED).read_text(encoding="utf-8"))
            return int(recorded["generation"]) if recorded["format"] == _FORMAT else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def know(self, terms: Mapping[str, PassageTerms]) -> None:
        """Take over the terms of texts that are to come, so that they are not found again.

        Args:
            terms: Terms by text; the next update uses and forgets them.
        """
        self._known = terms

    def update(
        self, removed: Sequence[int], added: Iterable[PassageBatch], generation: int
    ) -> None:
        """Bring the index to a generation of the catalogue; doing it twice does no harm.

        Args:
            removed: Passages to drop.
            added: Passages to add or replace.
            generation: What the catalogue's generation is then.

        Raises:
            LibraryError: The disk is full or fails; what was reached before is kept.
        """
        with self._writing():
            writer = self._index.writer(_HEAP_BYTES, 1)
            try:
                self._delete(writer, removed)
                for batch in added:
                    self._add(writer, batch)
                writer.commit()
            finally:
                self._known = {}
                writer.wait_merging_threads()
            self._record(generation)
            self._index.reload()
            self._seen = generation
            self._counts = {}

    def _add(self, writer: tantivy.IndexWriter, batch: PassageBatch) -> None:
        # Some may be there: a re-run after a crash, or new vectors for old passages.
        self._delete(writer, [passage.id for passage in batch.passages])
        for passage in batch.passages:
            writer.add_document(self._document(passage))

    def _delete(self, writer: tantivy.IndexWriter, ids: Sequence[int]) -> None:
        # By query: deleting by a term finds no unsigned numbers.
        if ids:
            writer.delete_documents_by_query(
                tantivy.Query.term_set_query(self._schema, "id", list(ids))
            )

    def _document(self, passage: Passage) -> tantivy.Document:
        terms = self._known.get(passage.text) or passage_terms(passage.text)
        document = tantivy.Document(
            document=passage.document_id,
            language=terms.language,
            word=terms.words,
            stem=f"{terms.stems} {terms.dates}".strip(),
            gram=terms.grams,
        )
        # Not through the constructor: it would make a signed number and end the writer.
        document.add_unsigned("id", passage.id)
        return document

    def _record(self, generation: int) -> None:
        temporary = self._folder / f"{_REACHED}.new"
        temporary.write_text(json.dumps({"format": _FORMAT, "generation": generation}), "utf-8")
        temporary.replace(self._folder / _REACHED)

    def clear(self) -> None:
        """Drop everything, so that the next update starts from nothing.

        Raises:
            LibraryError: The disk fails.
        """
        with self._writing():
            (self._folder / _REACHED).unlink(missing_ok=True)
            writer = self._index.writer(_HEAP_BYTES, 1)
            writer.delete_all_documents()
            writer.commit()
            writer.garbage_collect_files()
            writer.wait_merging_threads()
            self._index.reload()
            self._seen = 0
            self._counts = {}

    def refresh(self) -> None:
        """See what another process has written since."""
        with self._reading():
            self._readable()
            reached = self.reached
            self._index.reload()
            if reached != self._seen:
                self._seen = reached
                self._counts = {}

    def close(self) -> None:
        """Remove what was made for reading in a folder that may not be written."""
        if self._links is not None:
            self._links.cleanup()

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
        return [
            (word, int(count))
            for word, count in self._index.searcher().terms_with_prefix("word", "")
        ]

    def frequencies(self, terms: Sequence[tuple[Field, str]]) -> list[int]:
        """Return in how many passages each term occurs."""
        # A question asks for the same terms several times. Taken before the searcher: what an
        # older one counts is put where nobody looks any more.
        counts = self._counts
        searcher = self._index.searcher()
        # Deleted passages are counted until their segment is merged.
        most = searcher.num_docs
        with self._reading():
            for field, term in terms:
                if (field, term) not in counts:
                    counts[field, term] = min(searcher.doc_freq(field, term), most)
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

    def _reading(self) -> AbstractContextManager[None]:
        """Name the cure where tantivy meets damaged files."""
        return failures(
            f"The terms in {self._folder} are damaged",
            "Remove that folder and open the library again: it is made anew from the catalogue.",
        )

    def _writing(self) -> AbstractContextManager[None]:
        """Name the cure where the disk is full or fails."""
        return failures(
            f"The terms in {self._folder} could not be written",
            "What was added is safe in the catalogue. Make room on the disk or mend the cause, and "
            "open the library again.",
        )
