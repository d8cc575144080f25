"""Books to blocks: chapters in their order and by their names."""

from __future__ import annotations

import datetime as dt

import pytest
from document_checks import archive, pairs, places, read

from assistant.errors import EmptyDocument, UnreadableDocument

CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book%201.opf"/></rootfiles></container>'
NAV = """<html xmlns:epub="e"><body><nav epub:type="toc"><ol>
<li><a href="text/one.xhtml">الفصل الأول</a></li>
<li><a href="text/two.xhtml#start">Chapter <b>two</b></a></li>
</ol></nav></body></html>"""
NCX = """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN"
"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx><navMap><navPoint><navLabel><text>Part</text></navLabel><content src="text/one.xhtml"/>
<navPoint><navLabel><text>Inner</text></navLabel><content src="text/two.xhtml"/></navPoint>
</navPoint></navMap></ncx>"""
ONE = """<?xml version="1.0"?><!DOCTYPE html><html><head><title/></head><body><h1>البداية</h1>
<p>بُني السد<a id="x"/> عام 1974.</p></body></html>"""
TWO = "<html><body><p>It is tall.</p>"
TWO += "<aside epub:type='footnote'><p>Of stone.</p></aside></body></html>"


def page(key, href, media="application/xhtml+xml", properties=""):
    return f'<item id="{key}" href="{href}" media-type="{media}" properties="{properties}"/>'


def package(items, order):
    spine = "".join(f'<itemref idref="{key}"/>' for key in order)
    return (
        '<package xmlns:dc="d"><metadata><dc:title>كتاب السد</dc:title>'
        "<dc:creator>سلمى</dc:creator>"
        "<dc:language>ar</dc:language><dc:date>2023-05-02</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


PAGES = page("a", "text/one.xhtml") + page("b", "text/two.xhtml")


def epub(items=PAGES, order="ab", **parts):
    whole = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book 1.opf": package(items, order),
        "OPS/text/one.xhtml": ONE,
        "OPS/text/two.xhtml": TWO,
        "OPS/nav.xhtml": NAV,
        "OPS/toc.ncx": NCX,
    }
    return archive(whole | parts)


def test_epub_chapters_by_its_contents():
    extracted = read(".epub", epub(PAGES + page("n", "nav.xhtml", properties="nav"), "nab"))
    assert places(extracted) == [
        ("الفصل الأول", "البداية"),
        ("الفصل الأول", "بُني السد عام 1974."),
        ("Chapter two", "It is tall."),
        ("Chapter two", "Of stone."),
    ]
    assert [kind for kind, _ in pairs(extracted)] == ["heading", *["paragraph"] * 3]
    assert (extracted.title, extracted.date) == ("كتاب السد", dt.date(2023, 5, 2))
    assert extracted.metadata == {"author": "سلمى", "lang": "ar"}


def test_epub_chapters_by_contents_of_epub_2():
    items = PAGES + page("n", "toc.ncx", "application/x-dtbncx+xml")
    assert [place for place, _ in places(read(".epub", epub(items)))] == ["Part"] * 2 + [
        "Inner"
    ] * 2


def test_epub_without_contents_goes_by_headings():
    found = places(read(".epub", epub()))
    # The second page names nothing: it goes on with the chapter before it.
    assert [place for place, _ in found] == ["البداية"] * 4


def test_epub_order_is_that_of_reading():
    assert pairs(read(".epub", epub(order="ba")))[0] == ("paragraph", "It is tall.")


def test_epub_missing_page_is_said():
    extracted = read(".epub", epub(PAGES + page("c", "text/three.xhtml"), "acb"))
    assert extracted.metadata["skipped"] == "three.xhtml"
    assert len(extracted.blocks) == 4


LOCK = "<encryption><EncryptedData>"
LOCK += "<CipherData><CipherReference URI='{}'/></CipherData></EncryptedData></encryption>"


def test_epub_with_encrypted_fonts_is_read():
    data = epub(**{"META-INF/encryption.xml": LOCK.format("OPS/font.otf")})
    assert len(read(".epub", data).blocks) == 4


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"META-INF/encryption.xml": LOCK.format("OPS/text/one.xhtml")}, "DRM"),
        ({"META-INF/container.xml": "<container/>"}, "no pages"),
        ({"OPS/book 1.opf": package(PAGES, "")}, "no pages"),
        ({"OPS/book 1.opf": "<package>"}, "save it anew"),
    ],
    ids=["locked", "no-package", "no-spine", "cut"],
)
def test_epub_that_is_damaged(parts, said):
    with pytest.raises(UnreadableDocument, match=said):
        read(".epub", epub(**parts))


def test_epub_without_words_is_empty():
    blank = "<html><body><img src='a'/></body></html>"
    with pytest.raises(EmptyDocument):
        read(".epub", epub(**{"OPS/text/one.xhtml": blank, "OPS/text/two.xhtml": ""}))
