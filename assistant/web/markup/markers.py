"""What a marker on the page carries: enough to find its words again, and to notice when it can't.

A marker needs no memory on the server, so old answers keep working and sessions can't mix.
Whatever comes back from a browser may be forged, so it is checked here before it is used.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from assistant.schema import Citation, Hit

_LONGEST_TOKEN = 2000
_DIGEST_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Pointer:
    """A range of a document's version, as a marker names it.

    Attributes:
        document_id: The document.
        version: The version that the range points into.
        start: First code point.
        end: One past the last code point.
        digest: A short digest of the words that should stand there; empty where nothing says so.
    """

    document_id: str
    version: str
    start: int
    end: int
    digest: str = ""

    def fits(self, text: str) -> bool:
        """Return True if the words that the marker was made for stand in this text."""
        return 0 <= self.start < self.end <= len(text) and self.digest in (
            "",
            _digest(text[self.start : self.end]),
        )


def encode(evidence: Citation | Hit) -> str:
    """Return the token of a citation's or a hit's marker."""
    words = evidence.cited_text if isinstance(evidence, Citation) else evidence.text
    return json.dumps(
        [
            evidence.document_id,
            evidence.version,
            evidence.start_char_index,
            evidence.end_char_index,
            _digest(words),
        ],
        separators=(",", ":"),
    )


def decode(token: object) -> Pointer | None:
    """Return what a token points at, or None where it is not one of ours."""
    if not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
        return None
    try:
        values = json.loads(token)
    except (ValueError, RecursionError):
        return None
    # type() and not isinstance(): True is an int to isinstance, and no index.
    if not isinstance(values, list) or [type(v) for v in values] != [str, str, int, int, str]:
        return None
    return Pointer(*values)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
