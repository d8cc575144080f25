"""Bytes to characters: which encoding is seen, and what is done with what is no text."""

from __future__ import annotations

import codecs
import io
import random
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents.decoding import decode, storable
from assistant.errors import EmptyDocument, UnreadableDocument

ARABIC = (
    "وقعت البلدية أمس اتفاقا مع شركة النقل لتجديد حافلات المدينة قبل نهاية العام.\n"
    "وقال رئيس البلدية إن الكلفة تبلغ 12 مليون درهم، وإن العمل يبدأ في الخريف.\n"
)
VOWELLED = "وقّعت البلديّة أمسِ اتفاقًا مع شركةِ النقل لتجديد حافلات المدينة، قبل نهاية العام الجاري.\n"
ENGLISH = (
    "The harbour board met on Tuesday and agreed to rebuild the northern quay before winter.\n"
    "It will cost 12 million pounds, and nobody lives there any more.\n"
)
WESTERN = (
    "The café’s owner – her résumé in hand – said that the “naïve” façade of the hôtel wasn’t "
    "finished; señor Núñez agreed.\n"
)
FRENCH = (
    "Le ministère a annoncé mardi que l'école française rouvrira à la rentrée, après les travaux "
    "menés par la société générale.\n"
)
MIXED = ARABIC + ENGLISH
TEXTS = {"arabic": ARABIC, "vowelled": VOWELLED, "english": ENGLISH, "mixed": MIXED}

texts = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@texts
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "marked" if value else "unmarked",
)
def test_decode_unicode_encodings(text, mark, encoding):
    assert decode(mark + text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(ARABIC, "cp1256", id="windows-1256"),
        pytest.param(VOWELLED, "cp1256", id="windows-1256-vowelled"),
        pytest.param(MIXED, "cp1256", id="windows-1256-with-english"),
        pytest.param(ARABIC, "iso8859_6", id="iso-8859-6"),
        pytest.param(VOWELLED, "iso8859_6", id="iso-8859-6-vowelled"),
        pytest.param(MIXED, "iso8859_6", id="iso-8859-6-with-english"),
        pytest.param(ARABIC.replace("،", ""), "cp720", id="dos-720"),
        pytest.param(WESTERN, "cp1252", id="windows-1252"),
        pytest.param(FRENCH, "cp1252", id="windows-1252-french"),
        pytest.param(FRENCH, "latin-1", id="iso-8859-1-french"),
        pytest.param(ENGLISH, "cp1252", id="plain-ascii"),
    ],
)
def test_decode_old_encodings(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1256"])
def test_decode_line_ends_are_kept(encoding):
    text = ARABIC.rstrip("\n") + "\nب\r\nت\rث\fج\n\n\r\n"
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "good"),
    [
        pytest.param(ARABIC, "المدينة", id="arabic"),
        pytest.param(WESTERN * 3, "é in hand", id="english-with-quotes"),
    ],
)
def test_decode_one_broken_byte_is_replaced_and_the_rest_kept(text, good):
    data = text.encode()
    place = data.index(good.encode())
    found = decode(data[:place] + b"\xff" + data[place:], "a.txt")
    before, after = text.split(good, 1)
    assert found == f"{before}\ufffd{good}{after}"


@pytest.mark.parametrize(
    "text",
    [
        "The board’s chair said that the quay wasn’t built, and “never” would be.\n",
        f"{ENGLISH}The owner of the café thought this naïve.\n",
    ],
    ids=["quotes", "accents"],
)
def test_decode_one_broken_byte_among_few_others_is_still_utf_8(text):
    data = text.encode().replace(b"quay", b"qu\xffay")
    assert decode(data, "a.txt") == text.replace("quay", "qu\ufffday")


def test_decode_file_cut_within_a_character():
    text = ARABIC.rstrip("\n.")
    assert decode(text.encode()[:-1], "a.txt") == text[:-1] + "\ufffd"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            ENGLISH.encode() + b"a\x00b\n", f"{ENGLISH}a\ufffdb\n", id="nul-in-long-utf-8"
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), "a\ufffdb", id="nul-in-utf-16"
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + b"a\x00" + b"\x00\xd8" + b"b\x00",
            "a\ufffdb",
            id="lone-surrogate-in-utf-16",
        ),
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00b", "a\ufffd", id="half-a-unit-in-utf-16"),
    ],
)
def test_decode_what_is_not_storable_is_replaced(data, expected):
    assert decode(data, "a.txt") == expected


def test_decode_surrogate_written_in_utf_8_is_replaced():
    found = decode((ARABIC + "\ud800").encode("utf-8", "surrogatepass"), "a.txt")
    assert found.rstrip("\ufffd") == ARABIC
    assert found.endswith("\ufffd")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\0b", "a\ufffdb"),
        ("\ud800x\udfff", "\ufffdx\ufffd"),
        ("\ue000 \U0001f600 \ufeff", "\ue000 \U0001f600 \ufeff"),
    ],
    ids=["nul", "surrogates", "others-stay"],
)
def test_storable_keeps_the_length(text, expected):
    assert storable(text) == expected
    assert len(expected) == len(text)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b" \n\t\r\n\f",
        codecs.BOM_UTF8,
        codecs.BOM_UTF8 + b"\n",
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_BE + b"\x00\n",
        codecs.BOM_UTF32_LE,
        "\u00a0\u3000\u2003\n".encode(),
    ],
    ids=repr,
)
def test_decode_nothing_to_read(data):
    with pytest.raises(EmptyDocument, match=r"a\.txt") as caught:
        decode(data, "a.txt")
    assert caught.value.path == "a.txt"


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", ARABIC * 20)
    return held.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00"
BINARIES = {
    "png-header": PNG,
    "png": PNG + random.Random(1).randbytes(3000),  # noqa: S311  # no secret  # any bytes
    "zip": _zip(),
    "deflated": zlib.compress(ENGLISH.encode() * 20),
    "zeros": bytes(64),
    **{f"random-{n}": random.Random(n).randbytes(n) for n in (200, 1000, 20_001)},  # noqa: S311  # no secret
}


@pytest.mark.parametrize("data", BINARIES.values(), ids=BINARIES)
def test_decode_binary_file(data):
    with pytest.raises(UnreadableDocument, match=data[:4].hex(" ")) as caught:
        decode(data, "pictures/a.txt")
    assert caught.value.path == "pictures/a.txt"
    assert "pictures/a.txt" in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_decode_any_marked_text_comes_back(text):
    if not text.strip() or text.startswith("\ufeff"):
        text = f"x{text}"
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert decode(mark + text.encode(encoding), "a") == text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_decode_any_bytes_give_storable_text_or_an_error(data):
    try:
        text = decode(data, "a")
    except (EmptyDocument, UnreadableDocument):
        return
    assert text.strip()
    assert storable(text) == text
