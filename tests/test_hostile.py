"""Documents and questions that mean harm: a right answer or a clear error, in bounded time."""

from __future__ import annotations

import numpy as np

from assistant.library.rows import passage_row
from assistant.schema import Block, Document, PassageSpan, Span


class Counted(tuple):
    """Blocks that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index):
        Counted.looks += 1
        return super().__getitem__(index)

    def __iter__(self):
        Counted.looks += len(self)
        return super().__iter__()


def test_places_of_a_passage_are_found_without_looking_at_every_block():
    text = "word " * 20_000
    blocks = Counted(Block(i * 5, i * 5 + 4, "paragraph", f"row {i}") for i in range(20_000))
    document = Document(id="d", version="v", title="t", source="s", text=text, blocks=blocks)
    span = PassageSpan(50_000, 50_009, (Span(50_000, 50_004), Span(50_005, 50_009)))
    row = passage_row(document, span, np.zeros(2, "<f4").tobytes(), 1)
    assert '["row 10000", "row 10001"]' in row
    assert Counted.looks < 100
