"""Processes and threads that share a library: readers beside a writer, and who may write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Document, Settings

BERRIES = [Document(title=f"Berry {n}", text=f"Basket {n} holds {n} mulberries.") for n in range(8)]
QUESTION = "How many mulberries does basket 5 hold?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed library of a few documents."""
    with Assistant(tmp_path / "library", Settings()) as assistant:
        assistant.add(*BERRIES)
    return tmp_path / "library"


# Readers beside a writer


def rebuilt(writer: Assistant) -> None:
    writer.rebuild()


def purged(writer: Assistant) -> None:
    writer.remove(next(d.id for d in writer.documents() if d.title == "Berry 7"), purge=True)


@pytest.mark.parametrize("changed", [rebuilt, purged])
def test_reader_finds_everything_while_the_indexes_are_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, changed
) -> None:
    during = []
    with (
        Assistant(folder, Settings()) as writer,
        Assistant(folder, Settings(), read_only=True) as reader,
    ):
        added_since = writer._library.catalogue.added_since

        def asked_meanwhile(generation: int, batch: int) -> Iterator[object]:
            for part in added_since(generation, batch):
                reader._library.refresh()
                during.append((reader._library.terms.count(), reader.ask(QUESTION)))
                yield part

        monkeypatch.setattr(writer._library.catalogue, "added_since", asked_meanwhile)
        changed(writer)

        assert during, "the indexes were not made anew"
        for count, answer in during:
            assert count >= len(BERRIES) - 1  # without the one that is purged
            assert [c.cited_text for c in answer.citations] == ["Basket 5 holds 5 mulberries."]
        assert reader.ask(QUESTION).citations
        assert reader._library.terms.count() == len(writer.documents())
