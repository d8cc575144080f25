from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH

from assistant.documents.pdf.bidi import Surroundings, resolve, to_logical, to_visual, tokens_of
from assistant.documents.pdf.characters import MIRROR, bidi_class
from assistant.documents.pdf.inverse import ordered

RTL, LTR = Surroundings(1), Surroundings(0)
AFTER_ARABIC = Surroundings(1, "r")
XETEX = Surroundings(1, "r", by_word=True)


def laid_out(text: str, around: Surroundings) -> list[str]:
    """Return the glyphs of a logical line as they stand from left to right."""
    glyphs = list(text)
    tokens = tokens_of("".join(map(bidi_class, glyphs)), glyphs)
    levels = resolve([token.kind for token in tokens], [token.text for token in tokens], around)
    shown: list[str] = []
    for index in to_visual(levels):
        piece = glyphs[tokens[index].start : tokens[index].end]
        if levels[index] % 2:
            piece = [glyph.translate(MIRROR) for glyph in reversed(piece)]
        shown += piece
    return shown


# The visual lines are spelled from left to right, as the eye finds them: Arabic is backwards.
# An editor that orders Arabic shows them the other way round.
LINES = [
    ("words", RTL, "بيت تمر", "رمت تيب"),
    ("english", LTR, "two words.", "two words."),
    ("number before any letter", RTL, "1250 بيت", "تيب 1250"),
    ("number behind a letter", RTL, "بيت 1250", "1250 تيب"),
    ("decimal point", AFTER_ARABIC, "بيت 12.5", "12.5 تيب"),
    ("date with slashes", AFTER_ARABIC, "في 14/03/2021", "14/03/2021 يف"),
    ("range with hyphen behind a letter", AFTER_ARABIC, "ص 14-17", "17-14 ص"),
    ("range with hyphen at the start", RTL, "14-17 ص", "ص 14-17"),
    ("percent behind a letter", AFTER_ARABIC, "نحو 12%", "%12 وحن"),
    ("percent at the start", RTL, "12% بيت", "تيب 12%"),
    ("arabic digits", AFTER_ARABIC, "سنة ٧٣٢ هـ", "ـه ٧٣٢ ةنس"),
    ("brackets", RTL, "بيت (تمر) شك", "كش (رمت) تيب"),
    ("guillemets", RTL, "قال: «نعم»", "«معن» :لاق"),
    ("latin word", RTL, "في Python الآن", "نآلا Python يف"),
    ("latin words", RTL, "في Super Bowl الآن", "نآلا Super Bowl يف"),
    ("latin word and number", RTL, "في Apollo 11 هنا", "انه Apollo 11 يف"),
    ("latin name with slash", RTL, "هو AS-207/208 هنا", "انه AS-207/208 وه"),
    ("function", RTL, "زمن f(n) هنا", "انه f(n) نمز"),
    ("latin in brackets", RTL, "معهد (WTI) هنا", "انه (WTI) دهعم"),
    ("unit behind a number", AFTER_ARABIC, "حجم 20 GB هنا", "انه GB 20 مجح"),
    ("arabic word in english", LTR, "the word بيت here", "the word تيب here"),
    ("two arabic words in english", LTR, "say بيت شك now", "say كش تيب now"),
    ("number in arabic in english", LTR, "say بيت 12 شك now", "say كش 12 تيب now"),
    ("word by word", XETEX, "نحو 12% منها", "اهنم 12% وحن"),
    ("word by word, range", XETEX, "عام 1912-1913 هنا", "انه 1912-1913 ماع"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("around", "logical", "visual"), [line[1:] for line in LINES], ids=[line[0] for line in LINES]
)
def test_line_is_put_in_logical_order(around, logical, visual) -> None:
    found = ordered(list(visual), around)

    assert found.text == logical
    assert found.is_proven


def test_line_goes_on_with_what_came_before() -> None:
    # The same glyphs: behind an Arabic letter the sign belongs to no number.
    assert ordered(list("%12"), Surroundings(1, "r")).text == "12%"
    assert ordered(list("12%"), Surroundings(1, "b")).text == "12%"


def test_line_that_has_no_source_is_not_proven() -> None:
    # In a line from right to left a number can't stand at the left of a Latin word with a space.
    assert not ordered(list("بيت 20 GB شك"), RTL).is_proven


def test_marks_and_ligatures_stay_whole() -> None:
    assert ordered(["م", "لا", "سَ"], RTL).text == "سَلام"


@pytest.mark.parametrize(
    ("kinds", "base", "levels"),
    [
        ("r1", 1, [1, 2]),
        ("l1", 0, [0, 0]),
        ("r1", 0, [1, 2]),
        ("1%", 1, [2, 2]),
        ("r1%", 1, [1, 2, 1]),
        ("1,1", 1, [2, 2, 2]),
        ("1+1", 1, [2, 2, 2]),
        ("r1+1", 1, [1, 2, 1, 2]),
        ("lor", 1, [2, 1, 1]),
        ("lol", 1, [2, 2, 2]),
        ("l 1", 1, [2, 2, 2]),
        ("r 2 l", 1, [1, 1, 2, 1, 2]),
        ("rol", 0, [1, 0, 0]),
        ("r r", 0, [1, 1, 1]),
    ],
)
def test_levels_follow_the_algorithm(kinds, base, levels) -> None:
    assert resolve(list(kinds), [""] * len(kinds), Surroundings(base)) == levels


ARABIC = st.sampled_from("بيت تمر شك نعم قال مكتبة كتاب الواحة سلمى".split())
NUMBER = st.sampled_from("7 12 2021 1,250 12.5 14/03/2021 ٧٣٢ ١٤".split())
LATIN = st.sampled_from("Python Koha AB-2041 GB f(n) Harbour".split())


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return lines that have one source only: an Arabic word parts numbers and Latin words."""
    words = [draw(ARABIC)]
    for _ in range(draw(st.integers(0, 6))):
        other = draw(st.one_of(ARABIC, NUMBER, LATIN))
        opening, closing = draw(st.sampled_from([("", ""), ("(", ")"), ("«", "»"), ("[", "]")]))
        words += [opening + other + closing + draw(st.sampled_from(["", "،", ":", "."]))]
        words.append(draw(ARABIC))
    return " ".join(words)


@THOROUGH
@given(lines())
def test_layout_is_undone(line) -> None:
    found = ordered(laid_out(line, RTL), RTL)

    assert found.text == line
    assert found.is_proven


@THOROUGH
@given(st.text("ابتدل abcXYZ 0123٤٥٦ .,:-+/%$()[]«»،؛!\"'", max_size=30), st.sampled_from([0, 1]))
def test_what_is_proven_looks_as_it_was_found(glyphs, base) -> None:
    around = Surroundings(base)
    found = ordered(list(glyphs), around)

    assert len(found.text) == len(glyphs)
    if found.is_proven:
        assert "".join(laid_out(found.text, around)) == glyphs


@THOROUGH
@given(st.lists(st.integers(0, 3), max_size=20))
def test_orders_are_each_others_inverse(levels) -> None:
    visual = [levels[index] for index in to_visual(levels)]
    places = to_visual(levels)

    assert [places[index] for index in to_logical(visual)] == list(range(len(levels)))
