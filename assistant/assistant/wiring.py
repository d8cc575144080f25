"""What the facade is made of: model, embeddings and library are built and wired here alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Self

from assistant.settings import Settings


class Wired:
    """The parts of an assistant, open until `close`.

    Args and errors are those of `Assistant`.
    """

    def __init__(
        self,
        library: str | Path | None = None,
        settings: Settings | None = None,
        read_only: bool = False,
        *,
        to_rebuild: bool = False,
    ) -> None:
        from assistant.answering import build_answerer
        from assistant.conversation import build_rewriter
        from assistant.documents import options_of
        from assistant.ingestion import Pictures, VectorKeeper
        from assistant.library import Library
        from assistant.models import load_embeddings, load_writer_of
        from assistant.prompts import check_prompts
        from assistant.retrieval import Retriever, dense_weights

        own = settings if settings is not None else Settings.load()
        if library is not None:
            own = replace(own, library=library)  # type: ignore[arg-type]  # given its type there
        self.settings = own
        check_prompts(own.prompts)
        writer = load_writer_of(own)
        self._answerer = build_answerer(own, writer)
        self._rewriter = build_rewriter(own, writer)
        self._embeddings = load_embeddings(own.embeddings, own.embeddings_url, own.embeddings_key)
        self._library = Library(own.library, read_only=read_only, chroma_url=own.chroma_url)
        self._vectors = VectorKeeper(self._library, self._embeddings, own.embeddings)
        self._pictures = Pictures(self._library, own.max_file_mb, options_of(own))
        try:
            if not to_rebuild:
                self._vectors.match()
        except BaseException:
            self._library.close()
            raise
        self._retriever = Retriever(self._library, self._embeddings, dense_weights(own.embeddings))

    def _check(self, question: str) -> None:
        from assistant.conversation import check_question

        check_question(question, self.settings.max_question_characters)
        self._vectors.match()

    def close(self) -> None:
        """Let go of the library; closing twice does no harm."""
        self._pictures.close()
        self._library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
