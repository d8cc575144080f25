"""CSV and TSV to rows."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from document_checks import pairs, places, read
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.documents import DEFAULT_OPTIONS
from assistant.errors import EmptyDocument, UnreadableDocument


def rows(text, suffix=".csv"):
    found = pairs(read(suffix, text if isinstance(text, bytes) else text.encode()))
    assert {kind for kind, _ in found} <= {"row"}
    return [words for _, words in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "city,rain\nOran,410\nFez,380\n",
            ["city: Oran; rain: 410", "city: Fez; rain: 380"],
            id="commas",
        ),
        pytest.param("city;rain\r\nOran;4,5\r\n", ["city: Oran; rain: 4,5"], id="semicolons"),
        pytest.param("city\train\nOran\t410", ["city: Oran; rain: 410"], id="tabs"),
        pytest.param("city|rain\nOran|410", ["city: Oran; rain: 410"], id="bars"),
        pytest.param(
            "المدينة،المطر\nوهران،410", ["المدينة: وهران\u061b المطر: 410"], id="arabic-commas"
        ),
        pytest.param("المدينة,المطر\nوهران,410", ["المدينة: وهران\u061b المطر: 410"], id="arabic"),
        pytest.param(
            'city,note\n"Oran, Algeria","He said ""yes"".\nThen he left."\n',
            ['city: Oran, Algeria; note: He said "yes". Then he left.'],
            id="quotes",
        ),
        pytest.param("city,rain\nOran,\n,380\n\n", ["city: Oran", "rain: 380"], id="holes"),
        pytest.param("city,rain\nOran,410,wet\n", ["city: Oran; rain: 410; wet"], id="longer-row"),
        pytest.param("2022,410\n2023,455\n", ["2022: 410", "2023: 455"], id="no-headers"),
        pytest.param("One line.\nAnother line.\n", ["One line.", "Another line."], id="one-column"),
        pytest.param("city,rain\n", ["city: rain"], id="headers-only"),
    ],
)
def test_separated_rows(text, expected):
    assert rows(text) == expected


def test_separated_by_tabs_whatever_else_is_in_it():
    assert rows("name\tcities\nNora\tOran, Fez, Rabat\n", ".tsv") == [
        "name: Nora; cities: Oran, Fez, Rabat"
    ]


def test_separated_place_is_the_row():
    extracted = read(".csv", b"city,rain\nOran,410\n\nFez,380\n")
    assert [place for place, _ in places(extracted)] == ["row 2", "row 4"]
    assert extracted.text == "city: Oran; rain: 410\ncity: Fez; rain: 380"


def test_separated_short_row_is_one_statement():
    from assistant.sentences import passage_spans

    extracted = read(".csv", b"name,note\nNora,She won. Then she left.\nAnn,Lost.\n")
    (passage,) = passage_spans(extracted.text, extracted.blocks)
    assert [extracted.text[s:e] for s, e in passage.sentences] == [
        "name: Nora; note: She won. Then she left.",
        "name: Ann; note: Lost.",
    ]


def test_separated_long_cell_is_cut_into_sentences():
    from assistant.sentences import passage_spans

    text = "name,note\nNora," + "She won the race again. " * 30
    extracted = read(".csv", text.encode())
    sentences = [s for p in passage_spans(extracted.text, extracted.blocks) for s in p.sentences]
    assert len(sentences) == 30


def test_separated_in_an_old_encoding():
    text = "المدينة,المطر\nوهران,410\nتلمسان,380\nقسنطينة,520\n"
    assert rows(text.encode("cp1256"))[0] == "المدينة: وهران\u061b المطر: 410"


def test_separated_empty():
    with pytest.raises(EmptyDocument):
        read(".csv", b",,,\n,,\n")


def test_separated_quote_without_end_is_damage():
    with pytest.raises(UnreadableDocument, match="damaged"):
        read(".csv", b'city,rain\n"Oran,410\n' + b"Fez,380\n" * 30_000)


def test_separated_beyond_the_limit_of_rows():
    with pytest.raises(UnreadableDocument, match="SANAD_MAX_ROWS"):
        read(".csv", b"a,b\n1,2\n3,4\n", replace(DEFAULT_OPTIONS, max_rows=1))


# Control characters would make it no text.
CONTROLS = dict.fromkeys([*range(32), 127], " ")
CELL = mixed_text(8).map(lambda text: " ".join(text.translate(CONTROLS).split()))


@THOROUGH
@given(st.lists(st.tuples(CELL, CELL, CELL).filter(any), min_size=1, max_size=6))
def test_separated_every_cell_is_in_its_row(table):
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("first", "second", "third"), *table])
    found = rows(written.getvalue())
    assert len(found) == len(table)
    for words, cells in zip(found, table, strict=True):
        for name, cell in zip(("first", "second", "third"), cells, strict=True):
            assert not cell or f"{name}: {cell}" in words
