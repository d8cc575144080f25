"""How telling a question's words are."""

from __future__ import annotations

import math
from collections.abc import Iterable

from assistant.lexicon import passage_rate
from assistant.library import Library

# The general frequency counts as much as this many passages of the library.
_PRIOR_PASSAGES = 200


def term_weights(stems: Iterable[str], library: Library) -> dict[str, float]:
    """Return the information of each stem in nats: minus the log of the share of passages with it.

    The share is the library's own, smoothed by how common the stem is in general text, so that
    it means something in a library of one document too.

    Args:
        stems: Stems of a question.
        library: The library.
    """
    names = list(stems)
    count = library.terms.count()
    frequencies = library.terms.frequencies([("stem", name) for name in names])
    return {
        name: -math.log((known + _PRIOR_PASSAGES * passage_rate(name)) / (count + _PRIOR_PASSAGES))
        for name, known in zip(names, frequencies, strict=True)
    }
