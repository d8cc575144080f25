"""RTF: paragraphs, lists, tables and notes in order, with all tracked changes accepted."""

from __future__ import annotations

from assistant.documents.composing import Composer
from assistant.documents.extracted import Extracted
from assistant.documents.office import made_on
from assistant.documents.options import ReadingOptions
from assistant.documents.rtftext import RtfText


def read_rtf(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the text of an RTF document.

    Deleted and hidden text, headers, footers and comments are left out. A footnote's mark stands as
    ``[1]``, its text at the end.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; the place of a block is the heading above it, or its footnote's number.

    Raises:
        UnreadableDocument: It goes beyond a limit.
    """
    reading = RtfText(name, options)
    reading.read(data.decode("latin-1"))
    composer = Composer(name, options, by_heading=True)
    for piece in reading.blocks.pieces:
        composer.add(piece.words, piece.kind, lead=piece.lead)
    for number, words in enumerate(reading.notes, start=1):
        composer.add(words, "paragraph", f"footnote {number}", lead=f"[{number}] ")
    facts = reading.facts
    return composer.extracted(
        facts.get("title", ""),
        made=made_on(facts.get("creatim", ""), facts.get("revtim", "")),
        metadata={"author": facts.get("author", "").strip()},
    )
