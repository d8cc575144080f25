"""What is left of a kept answer once a document that it rests on is purged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.schema import Answer, Citation, Hit, Segment


def without_document(answer: Answer, document_id: str, names: Collection[str] = ()) -> Answer:
    """Return an answer without anything of a document in it but the places where it stood.

    Its citations become one blank that holds its id and nothing else. The words of a
    segment that cites it are erased, whoever wrote them, and so are a frame that names it and what
    a model wrote without any source: it had the document before it. The question as searched for
    may hold its words too, so the question as asked takes its place.

    Args:
        answer: The answer as kept.
        document_id: The document.
        names: Titles and sources that it has had, beside those in the answer.
    """
    found: tuple[Citation | Hit, ...] = (*answer.citations, *answer.hits)
    own = [f for f in found if f.document_id == document_id]
    called = {*names, *(n for f in own for n in (f.document_title, f.source))}
    blanks = {
        citation: Citation(document_id, "", "", "", "", "", 0, 0, 0.0)
        for citation in answer.citations
        if citation.document_id == document_id
    }
    segments = _remarks_erased([_without(segment, blanks, called) for segment in answer.segments])
    return replace(
        answer,
        standalone_question=answer.question,
        text="".join(segment.text for segment in segments),
        segments=segments,
        citations=tuple(dict.fromkeys(blanks.get(c, c) for c in answer.citations)),
        hits=tuple(hit for hit in answer.hits if hit.document_id != document_id),
    )


def _without(segment: Segment, blanks: dict[Citation, Citation], names: Collection[str]) -> Segment:
    cites = any(citation in blanks for citation in segment.citations)
    is_naming = not segment.citations and any(name and name in segment.text for name in names)
    rests_on_nothing = not segment.citations and segment.support != "frame"
    is_erased = cites or is_naming or rests_on_nothing
    return replace(
        segment,
        text="" if is_erased else segment.text,
        reasons=() if is_erased else segment.reasons,
        citations=tuple(dict.fromkeys(blanks.get(c, c) for c in segment.citations)),
    )


def _remarks_erased(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return segments without the remarks on quotations that are erased, such as their days."""
    kept: list[Segment] = []
    is_erased = False
    for segment in segments:
        is_remark = is_erased and segment.text.startswith(" (") and segment.support == "frame"
        is_erased = bool(segment.citations) and not segment.text
        kept.append(replace(segment, text="") if is_remark else segment)
    return tuple(kept)
