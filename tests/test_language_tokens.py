"""Tokens, with what stands between them and where they came from."""

from __future__ import annotations

from hypothesis import given
from strategies import THOROUGH, mixed_text

from assistant.language import fold
from assistant.language.tokens import tokens


def test_tokens_are_words_numbers_and_signs():
    found = tokens("The dam's $3.5m, بُنِيَ ٪٤٥!")

    assert [t.text for t in found] == ["the", "dam's", "$", "3.5", "m", "بني", "٪", "45"]
    assert [t.before for t in found] == ["", " ", " ", "", "", ", ", " ", ""]
    assert [t.is_number for t in found] == [False, False, False, True, False, False, False, True]
    assert [t.is_joined for t in found] == [False, False, False, True, True, False, False, True]


def test_capitals_are_those_of_the_text():
    found = tokens("NATO met Ali")

    assert [(t.is_capital, t.is_upper) for t in found] == [
        (True, True),
        (False, False),
        (True, False),
    ]


@given(mixed_text(60))
@THOROUGH
def test_tokens_lie_in_the_folded_text(text):
    folded = fold(text)
    last = 0
    for token in tokens(text):
        assert folded[token.start : token.end] == token.text
        assert folded[last : token.start] == token.before
        assert 0 <= token.origin < len(text)
        last = token.end
