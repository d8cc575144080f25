"""SRT and WebVTT to blocks of whole sentences with their times."""

from __future__ import annotations

import pytest
from document_checks import pairs, places, read

from assistant.errors import EmptyDocument, UnreadableDocument

SRT = """1
00:00:01,000 --> 00:00:03,500
أعلن الوزير أن السد

2
00:00:03,600 --> 00:00:06,000
<i>سيكتمل</i> في آذار.

3
00:01:10,000 --> 00:01:12,000
{\\an8}The dam is tall,

4
00:01:20,000 --> 00:01:22,000
he said. It is old.
"""
VTT = """WEBVTT - news

STYLE
::cue { color: red }

NOTE a comment --> no time
of two lines

intro
00:05.000 --> 00:08.000 align:start
<v Nora Whelan>Is the dam &amp; the quay</v>

00:08.000 --> 00:09.000
<v Nora Whelan><c.yellow>ready?</c>

01:00:09.000 --> 01:00:11.000
<v سلمى>نعم، <01:00:10.000>اكتمل السد.
"""


def test_subtitles_srt_are_whole_sentences_with_their_times():
    # Cue 4 comes eight seconds after cue 3: it stands alone, though no sentence has ended.
    assert places(read(".srt", SRT.encode())) == [
        ("00:00:01", "أعلن الوزير أن السد\nسيكتمل في آذار."),
        ("00:01:10", "The dam is tall,"),
        ("00:01:20", "he said. It is old."),
    ]


def test_subtitles_vtt_voices_stand_in_the_text_and_in_no_block():
    extracted = read(".vtt", VTT.encode())
    assert places(extracted) == [
        ("00:00:05", "Is the dam & the quay\nready?"),
        ("01:00:09", "نعم، اكتمل السد."),
    ]
    assert extracted.text == (
        "Nora Whelan: Is the dam & the quay\nready?\n\nسلمى: نعم، اكتمل السد."
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_subtitles_line_ends(end):
    found = pairs(read(".srt", SRT.replace("\n", end).encode()))
    assert [words for _, words in found][1:] == ["The dam is tall,", "he said. It is old."]


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        pytest.param([(1, 2, "One."), (2, 3, "Two.")], ["One.", "Two."], id="sentences"),
        pytest.param([(1, 2, "هل اكتمل؟"), (2, 3, "نعم")], ["هل اكتمل؟", "نعم"], id="question"),
        pytest.param(
            [(1, 2, "One"), (2, 3, "goes on"), (3, 4, "here.")],
            ["One\ngoes on\nhere."],
            id="goes-on",
        ),
        pytest.param([(1, 2, "- Who?\n- Me.")], ["- Who?\n- Me."], id="dialogue"),
        pytest.param(
            [(1, 2, "first"), (2, 3, "first\nsecond"), (3, 4, "second\nthird")],
            ["first\nsecond\nthird"],
            id="rolling",
        ),
        pytest.param(
            [(1, 2, "One"), (2, 3, "<b></b>"), (3, 4, "two.")], ["One\ntwo."], id="nothing-said"
        ),
        pytest.param([(1, 2, "a < b and b > c")], ["a < b and b > c"], id="no-tags"),
    ],
)
def test_subtitles_groups(cues, expected):
    text = "".join(
        f"{n}\n00:00:{a:02},000 --> 00:00:{b:02},000\n{words}\n\n"
        for n, (a, b, words) in enumerate(cues)
    )
    assert [words for _, words in pairs(read(".srt", text.encode()))] == expected


def test_subtitles_without_any_end_are_cut_before_they_are_too_long():
    cues = "".join(
        f"00:{n:02}:00.000 --> 00:{n:02}:59.000\n{f'w{n:02} ' * 20}\n\n" for n in range(20)
    )
    found = pairs(read(".vtt", f"WEBVTT\n\n{cues}".encode()))
    assert len(found) == 3
    assert sum(words.count("w") for _, words in found) == 400


def test_subtitles_in_an_old_encoding():
    data = "1\n00:00:01,000 --> 00:00:02,000\nأعلن الوزير أن السد سيكتمل\n".encode("cp1256")
    assert pairs(read(".srt", data)) == [("paragraph", "أعلن الوزير أن السد سيكتمل")]


def test_subtitles_without_a_time_are_none():
    with pytest.raises(UnreadableDocument, match="no line of it is a time"):
        read(".srt", b"Just a text.\n")


def test_subtitles_without_words_are_empty():
    with pytest.raises((EmptyDocument, UnreadableDocument)):
        read(".srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n")
