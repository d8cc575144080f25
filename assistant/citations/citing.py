"""Builds citations from stored spans, and numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.library import Passage, StoredSentence
from assistant.schema import Citation, Segment


def cite(passage: Passage, sentence: StoredSentence, score: float) -> Citation:
    """Return the citation of a stored sentence; its words are copied from the stored text.

    Args:
        passage: The passage that the sentence stands in.
        sentence: Its span and place.
        score: How well it fits the question, 0 to 1.

    Returns:
        The citation.

    Raises:
        ValueError: The sentence does not lie in the passage.
    """
    if not passage.start <= sentence.start < sentence.end <= passage.end:
        raise ValueError(
            f"The sentence {sentence.start}:{sentence.end} does not lie in the passage "
            f"{passage.start}:{passage.end} of {passage.document_id}."
        )
    return Citation(
        document_id=passage.document_id,
        version=passage.version,
        document_title=passage.document_title,
        source=passage.source,
        place=sentence.place,
        cited_text=passage.sentence_text(sentence),
        start_char_index=sentence.start,
        end_char_index=sentence.end,
        score=score,
    )


def numbered(segments: Iterable[Segment]) -> Sequence[Citation]:
    """Return the citations of all segments, each once, in order of first use."""
    return tuple(dict.fromkeys(c for segment in segments for c in segment.citations))
