"""The lexical index: our own stems and character grams in tantivy, ranked by its BM25."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from assistant.errors import LibraryError
from assistant.library.checksums import are_whole
from assistant.library.failures import failures
from assistant.library.files import remove
from assistant.library.leftovers import remove_leftovers
from assistant.library.passage_terms import PassageTerms, passage_terms
from assistant.library.power import sync_file, sync_folder
from assistant.library.records import Passage, PassageBatch
from assistant.library.term_queries import Field, term_schema
from assistant.library.term_reading import TermReading

_LOG = logging.getLogger(__name__)
_HEAP_BYTES = 64_000_000
_REACHED = "generation.json"
_FORMAT = 5


class TermIndex(TermReading):
    """Stems and grams of all passages.

    Args:
        folder: Where the index lies.
        read_only: Never write.
        library: What tells the library from others; what another one left counts as empty.
        as_left: Whether its files are known to be as they were left; else their check sums are
            compared, and damaged ones are removed.
    """

    def __init__(
        self, folder: Path, *, read_only: bool, library: str = "", as_left: bool = True
    ) -> None:
        self._folder = folder
        self._library = library
        self._read_only = read_only
        self._schema = term_schema()
        self._known: Mapping[str, PassageTerms] = {}
        self._links: TemporaryDirectory[str] | None = None
        # Read before the files are: what is seen is of this generation, or of a later one.
        self._seen = self.reached
        self._counts: dict[tuple[Field, str], int] = {}
        if read_only and folder.is_dir() and not os.access(folder, os.W_OK):
            self._links = TemporaryDirectory(prefix="sanad-terms-")
        try:
            with self._writing():
                if not as_left and not are_whole(folder):
                    _LOG.warning("The terms in %s are damaged; they are made anew.", folder)
                    remove(folder)
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
        if not self._read_only:
            remove_leftovers(self._folder)
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
            is_own = self._read_only or recorded["library"] == self._library
            return int(recorded["generation"]) if recorded["format"] == _FORMAT and is_own else 0
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
            self._update(removed, added, generation, anew=False)

    def remake(self, added: Iterable[PassageBatch], generation: int) -> None:
        """Put passages in the place of all that are there.

        Nothing is seen of it before it is done: until then whoever reads in another process finds
        what was there.

        Args:
            added: All passages.
            generation: The catalogue's generation.

        Raises:
            LibraryError: The disk is full or fails; what was there is kept.
        """
        with self._writing():
            self._update((), added, generation, anew=True)

    def _update(
        self, removed: Sequence[int], added: Iterable[PassageBatch], generation: int, *, anew: bool
    ) -> None:
        writer = self._index.writer(_HEAP_BYTES, 1)
        try:
            if anew:
                writer.delete_all_documents()
            self._delete(writer, removed)
            for batch in added:
                self._add(writer, batch)
            writer.commit()
            if anew:
                writer.garbage_collect_files()
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
        facts = {"format": _FORMAT, "generation": generation, "library": self._library}
        # After a loss of power it must not say more than is there, and tantivy does not sync the
        # name of what it has committed.
        sync_folder(self._folder)
        temporary.write_text(json.dumps(facts), "utf-8")
        sync_file(temporary)
        temporary.replace(self._folder / _REACHED)

    def clear(self) -> None:
        """Drop everything, so that the next update starts from nothing.

        Raises:
            LibraryError: The disk fails.
        """
        with self._writing():
            (self._folder / _REACHED).unlink(missing_ok=True)
            sync_folder(self._folder)
            writer = self._index.writer(_HEAP_BYTES, 1)
            writer.delete_all_documents()
            writer.commit()
            writer.garbage_collect_files()
            writer.wait_merging_threads()
            self._index.reload()
            self._seen = 0
            self._counts = {}

    def renew(self) -> None:
        """Begin with an empty index in the place of a damaged one; nobody may search meanwhile.

        Raises:
            LibraryError: The disk fails.
        """
        with self._writing():
            remove(self._folder)
        self._index = self._open(create=True)
        self._seen = 0
        self._counts = {}
        self.is_damaged = False

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

    def _writing(self) -> AbstractContextManager[None]:
        """Name the cure where the disk is full or fails."""
        return failures(
            f"The terms in {self._folder} could not be written",
            "What was added is safe in the catalogue. Make room on the disk or mend the cause, and "
            "open the library again.",
        )
