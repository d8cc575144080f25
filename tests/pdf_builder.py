"""Writes tiny PDFs by hand, whole and broken ones."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>"
FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def written(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of numbered objects, with the table that says where they are."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(data), max(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        data += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return data + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Return a stream object's body."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def text_pdf(lines: Sequence[str], resources: bytes = FONT, more: bytes = b"") -> bytes:
    """Return a PDF of one page with lines of ASCII text."""
    shown = b"".join(b"(%s) Tj 0 -16 Td\n" % line.encode("ascii") for line in lines)
    content = b"BT /F1 12 Tf 72 760 Td\n" + shown + b"ET " + more
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % resources,
            4: stream(content),
        }
    )


def picture_pdf(rows: Sequence[bytes], width: int, pages: int = 1) -> bytes:
    """Return a PDF whose pages are one grey picture, as a scanner makes it.

    Args:
        rows: The picture's rows, a byte a dot.
        width: Dots a row.
        pages: How many pages show it.
    """
    packed = zlib.compress(b"".join(rows))
    head = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode" % (width, len(rows))
    )
    kids = b" ".join(b"%d 0 R" % (10 + page) for page in range(pages))
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            4: stream(b"595 0 0 842 0 0 cm /I1 Do"),
            5: stream(packed, head),
            **{10 + page: PAGE % b"<< /XObject << /I1 5 0 R >> >>" for page in range(pages)},
        }
    )
