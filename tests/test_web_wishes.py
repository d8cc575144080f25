"""What a browser sends about the library is checked."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.schema import ShelfWish
from assistant.web.wishes import correction_of, ids_of, wish_of

ALL = ShelfWish(order="added", limit=100)
DAY = dt.date(2020, 2, 29)


@pytest.mark.parametrize(
    ("wished", "wish"),
    [
        ({}, ALL),
        ({"words": "متحف", "order": "title"}, ShelfWish(words="متحف", order="title", limit=100)),
        ({"language": "ar"}, ShelfWish(language="ar", order="added", limit=100)),
        ({"after": "2020-02-29"}, ShelfWish(after=DAY, order="added", limit=100)),
        ({"before": "2020-02-29"}, ShelfWish(before=DAY, order="added", limit=100)),
        ({"start": 200}, ShelfWish(start=200, order="added", limit=100)),
        ({"language": "", "after": "", "before": ""}, ALL),
        ({"language": "fr", "after": "2020-02-30", "before": 5, "order": "size"}, ALL),
        ({"language": ["ar"], "order": {}, "words": None}, ALL),
        ({"start": -1}, ALL),
        ({"start": "5"}, ALL),
        ({"start": True}, ALL),
        ({"start": 10**30}, ALL),
        ({"words": "a\ud800b"}, ShelfWish(words="ab", order="added", limit=100)),
        ({"words": "x" * 999}, ShelfWish(words="x" * 200, order="added", limit=100)),
    ],
)
def test_wish_holds_what_can_be_used(wished, wish):
    assert wish_of(wished) == wish


@pytest.mark.parametrize(
    ("sent", "ids"),
    [
        (["a", "b", "a"], ("a", "b")),
        ([1, None, "a", ["b"]], ("a",)),
        ("abc", ()),
        (None, ()),
    ],
)
def test_ids_are_texts_each_once(sent, ids):
    assert ids_of({"ids": sent}) == ids


BEFORE = {"title_was": "Old", "date_was": "2020-02-29", "language_was": "en"}
SAME = {"title": "Old", "date": "2020-02-29", "language_of": "en"}


@pytest.mark.parametrize(
    ("sent", "values"),
    [
        ({**SAME, "title": "  New \n title "}, ("New title", None, None)),
        ({**SAME, "date": "1999-12-31"}, (None, dt.date(1999, 12, 31), None)),
        ({**SAME, "language_of": "mixed"}, (None, None, "mixed")),
        # A date that was taken out can't be put right to none: it stays.
        ({**SAME, "title": "New", "date": ""}, ("New", None, None)),
        (SAME, ("Old", None, None)),
        ({"back": True}, (None, None, None)),
        ({**SAME, "title": " "}, None),
        ({**SAME, "title": "x" * 501}, None),
        ({**SAME, "date": "2021-02-29"}, None),
        ({**SAME, "language_of": "fr"}, None),
        ({**SAME, "title": 5}, None),
        ({}, None),
    ],
)
def test_correction_holds_what_was_changed(sent, values):
    assert correction_of({**BEFORE, **sent}) == values
