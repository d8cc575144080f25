"""What deserves a look after a document was read."""

from __future__ import annotations

from assistant.documents.decoding import REPLACEMENT
from assistant.documents.options import ReadingOptions
from assistant.documents.pdf.ocr import missing
from assistant.schema import Document

_DOUBTFUL = 0.8
OCR_HINT = "ocr_hint"
# What readers note in a document's metadata, and what is said of it.
_SAID = {
    "read_as": "its content is that of a {} file, whatever its suffix says, and was read as such. "
    "Give it the right suffix.",
    "skipped": "parts of it could not be read and were left out: {}.",
    "attachments": "its attachments are not read with it: {}. Save them as files, and add these.",
}


def mended_by(options: ReadingOptions) -> str:
    """Return the fact in whose documents reading anew would find more now; empty if there is none.

    That is the text of pages that are pictures, where a document was read without Tesseract and
    this is wanted and installed now.

    Args:
        options: How files are read.
    """
    return OCR_HINT if options.ocr and not missing() else ""


def doubts(document: Document) -> list[str]:
    """Return what a person should know of how a document could be read, a sentence each.

    Args:
        document: A document that was read.
    """
    facts = document.metadata
    found = [words.format(facts[fact]) for fact, words in _SAID.items() if fact in facts]
    unread = document.text.count(REPLACEMENT)
    if unread:
        share = unread / len("".join(document.text.split()))
        found.append(
            f"some characters could not be read ({max(share, 0.001):.1%} of them, quality "
            f"{document.quality:.3f}); they are shown as {REPLACEMENT}."
        )
    if "scanned" in facts:
        found.append(
            f"pages that are pictures were left out: {facts['scanned']}. "
            f"{facts.get(OCR_HINT, 'Tesseract found no text on them.')}"
        )
    if "ocr" in facts:
        found.append(
            f"pages that are pictures were read by Tesseract: {facts['ocr']}. Letters in them may "
            "be wrong; look at the original before you quote them."
        )
    if "broken" in facts:
        found.append(f"damaged pages were left out: {facts['broken']}.")
    if document.quality < _DOUBTFUL and not found:
        found.append(
            f"its text may be wrong (quality {document.quality:.2f}): words or their order could "
            "not be made out for certain. Compare it with the original, or save it anew."
        )
    return [f"{document.source}: {words}" for words in found]
