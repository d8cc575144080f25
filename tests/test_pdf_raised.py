"""Small letters above and below a line: marks of notes, powers, formulas."""

from __future__ import annotations

import pytest

from assistant.documents.pdf.characters import bidi_class
from assistant.documents.pdf.glyph import Glyph
from assistant.documents.pdf.lines import lines_of


def glyphs(text: str, left: float, baseline: float, size: float = 12) -> list[Glyph]:
    """Return glyphs that stand side by side, half a size wide, in the order of drawing."""
    width = size / 2
    return [
        Glyph(one, left + width * n, left + width * (n + 1), baseline, size, n, bidi_class(one))
        for n, one in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("small", "rise", "size", "lines"),
    [
        ("[2]", 5, 9, ["It was closed[2]", "and sold."]),
        ("(a)", 5, 9, ["It was closed(a)", "and sold."]),
        ("2", 5, 8, ["It was closed²", "and sold."]),
        ("12", 6, 7, ["It was closed¹²", "and sold."]),
        ("2", -4, 8, ["It was closed₂", "and sold."]),
        ("th", 5, 8, ["It was closedth", "and sold."]),
        # Large, far above, or digits that no raised ones are known for: lines of their own.
        ("[2]", 8, 12, ["[2]", "It was closed", "and sold."]),
        ("2", 9, 8, ["2", "It was closed", "and sold."]),
        ("٢", 5, 8, ["٢", "It was closed", "and sold."]),
        ("longer than the line", 5, 8, ["longer than the line", "It was closed", "and sold."]),
    ],
)
def test_small_letters_beside_a_line_are_read_with_it(small, rise, size, lines) -> None:
    row = [
        *glyphs("It was closed", 100, 700),
        *glyphs("and sold.", 100, 682),
        *glyphs(small, 178, 700 + rise, size),
    ]

    assert ["".join(line.texts) for line in lines_of(row)] == lines


def test_small_letters_over_a_line_are_a_line_of_their_own() -> None:
    row = [*glyphs("It was closed", 100, 700), *glyphs("now", 112, 706, 7)]

    assert ["".join(line.texts) for line in lines_of(row)] == ["now", "It was closed"]


def test_bracket_drawn_left_of_a_digit_stands_left_of_it() -> None:
    # From right to left, each by itself, and narrower than letters are.
    row = [
        Glyph("]", 65, 68.4, 700, 10, 0, ")"),
        Glyph("2", 60, 65, 700, 10, 1, "1"),
        Glyph("[", 56.7, 60, 700, 10, 2, "("),
    ]

    assert "".join(lines_of(row)[0].texts) == "[2]"


def test_no_letters_are_lost_between_sizes() -> None:
    # Each is smaller than the next one and near it.
    row = [
        *glyphs("a", 400, 709, 6),
        *glyphs("middle", 300, 706, 9),
        *glyphs("It was closed", 100, 700),
    ]
    found = "".join(text for line in lines_of(row) for text in line.texts)

    assert sorted(found.replace(" ", "")) == sorted("amiddleItwasclosed")
