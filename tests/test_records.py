"""JSON and JSON Lines to rows, paragraphs and headings."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from document_checks import pairs, places, read
from hypothesis import given
from hypothesis import strategies as st
from strategies import THOROUGH, mixed_text

from assistant.documents import DEFAULT_OPTIONS
from assistant.errors import EmptyDocument, UnreadableDocument

BODY = "اكتمل بناء السد في آذار. " * 10
ARTICLES = {
    "title": "أخبار السد",
    "date": "2024-03-05T10:00:00Z",
    "articles": [
        {"id": 7, "headline": "اكتمال السد", "body": BODY, "tags": ["سد", "ري"]},
        {"id": 8, "headline": "The harbour", "height": 1.50, "open": True, "note": None},
    ],
}


def of(value):
    return pairs(read(".json", json.dumps(value, ensure_ascii=False).encode()))


def test_json_articles():
    extracted = read(".json", json.dumps(ARTICLES).encode())
    assert [(b.kind, b.place, extracted.text[b.start : b.end]) for b in extracted.blocks] == [
        ("heading", "", "أخبار السد"),
        ("row", "", "date: 2024-03-05T10:00:00Z"),
        ("heading", "articles[0]", "اكتمال السد"),
        ("row", "articles[0]", "id: 7; tags: سد, ري"),
        ("paragraph", "articles[0].body", BODY.strip()),
        ("heading", "articles[1]", "The harbour"),
        ("row", "articles[1]", "id: 8; height: 1.5; open: true"),
    ]
    assert (extracted.title, extracted.date) == ("أخبار السد", dt.date(2024, 3, 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"a": 1.50, "b": 12345678901234567890, "c": -0}',
            ["a: 1.50; b: 12345678901234567890; c: -0"],
            id="numbers-as-they-stand",
        ),
        pytest.param('{"a": 1, "a": 2}', ["a: 1; a: 2"], id="name-twice"),
        pytest.param(
            '{"المدينة": "وهران", "المطر": 410}', ["المدينة: وهران\u061b المطر: 410"], id="arabic"
        ),
        pytest.param('["Oran", "Fez"]', ["Oran; Fez"], id="list"),
        pytest.param('[["Oran", 410], ["Fez", 380]]', ["Oran; 410", "Fez; 380"], id="lists"),
        pytest.param('"Only words."', ["Only words."], id="words"),
        pytest.param('{"a": {"b": {"c": "deep"}}}', ["c: deep"], id="nested"),
        pytest.param('{"text": "Two\\nlines."}', ["Two\nlines."], id="lines"),
        pytest.param('{"a": "x\\u0000y \\ud800"}', ["a: x\ufffdy \ufffd"], id="not-storable"),
        pytest.param('\ufeff{"a": 1}', ["a: 1"], id="byte-order-mark"),
        pytest.param('{"a": NaN}', ["a: NaN"], id="not-a-number"),
    ],
)
def test_json_values(text, expected):
    assert [words for _, words in pairs(read(".json", text.encode()))] == expected


def test_json_lines_have_their_line_as_place():
    lines = '{"city": "Oran", "rain": 410}\n\n{"city": "Fez", "more": {"old": true}}\n'
    assert places(read(".jsonl", lines.encode())) == [
        ("line 1", "city: Oran; rain: 410"),
        ("line 3", "city: Fez"),
        ("line 3.more", "old: true"),
    ]


def test_json_lines_that_are_broken_are_left_out_and_named():
    extracted = read(".ndjson", b'{"a": 1}\n{"a": \n{"a": 3}\n' + b"x\n" * 12)
    assert extracted.text == "a: 1\na: 3"
    skipped = extracted.metadata["skipped"]
    assert skipped.startswith("line 2, line 4, line 5")
    assert skipped.endswith("and 3 more")


@pytest.mark.parametrize(
    ("suffix", "data", "said"),
    [
        (".json", b'{"a": 1', "JSON document"),
        (".json", b"not JSON", "JSON document"),
        (".jsonl", b"not JSON\nnor this\n", "no line of it"),
        (".json", b"[" * 100_000 + b"]" * 100_000, "SANAD_MAX_NESTING"),
        (".json", b"[" * 300 + b"[1], {}" + b"]" * 300, "SANAD_MAX_NESTING"),
    ],
    ids=["cut", "text", "lines", "far-too-deep", "too-deep"],
)
def test_json_that_is_none(suffix, data, said):
    with pytest.raises(UnreadableDocument, match=said):
        read(suffix, data)


@pytest.mark.parametrize("data", [b"{}", b"[]", b"null", b'""', b'{"a": {"b": []}}'])
def test_json_empty(data):
    with pytest.raises(EmptyDocument):
        read(".json", data)


def test_json_beyond_the_limit_of_rows():
    with pytest.raises(UnreadableDocument, match="SANAD_MAX_ROWS"):
        read(".json", b'[{"a": 1}, {"a": 2}]', replace(DEFAULT_OPTIONS, max_rows=1))


WORDS = mixed_text(6).map(lambda text: " ".join(text.replace("\x00", "").split()))
VALUES = st.recursive(
    st.one_of(WORDS, st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


def strings(value):
    """Yield the texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@THOROUGH
@given(VALUES)
def test_json_every_text_is_in_the_document(value):
    wanted = [text for text in strings(value) if text]
    try:
        extracted = read(".json", json.dumps(value).encode())
    except EmptyDocument:
        assert not wanted
    else:
        for text in wanted:
            assert text in extracted.text
