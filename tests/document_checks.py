"""What tests of document formats share: blocks as readable pairs, and the rules all must keep."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from assistant.documents import DEFAULT_OPTIONS, extract
from assistant.sentences import passage_spans


def read(suffix, data, options=DEFAULT_OPTIONS):
    """Return what is read of a file's bytes, after a check of its blocks."""
    extracted = extract(Path(f"file{suffix}"), data, options)
    check(extracted)
    return extracted


def check(extracted):
    """See that blocks and sentences are in order, inside the text with no space around."""
    text, previous = extracted.text, 0
    for block in extracted.blocks:
        assert previous <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        previous = block.end
    for passage in passage_spans(text, extracted.blocks):
        assert 0 <= passage.start < passage.end <= len(text)
        for start, end in passage.sentences:
            assert passage.start <= start < end <= passage.end
    assert "\x00" not in text
    text.encode("utf-8")


def pairs(extracted):
    """Return kind and words of each block."""
    return [(b.kind, extracted.text[b.start : b.end]) for b in extracted.blocks]


def places(extracted):
    """Return place and words of each block."""
    return [(b.place, extracted.text[b.start : b.end]) for b in extracted.blocks]


def archive(parts):
    """Return a ZIP archive of texts and bytes by their names, in that order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            # A fixed time: the same parts are the same bytes.
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            packed.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
