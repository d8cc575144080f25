"""From found sentences to citations whose words are the stored text's own: pure functions.

The gate is here too: what a model wrote is compared with the sentences it names.
"""

from assistant.citations.anchoring import anchor
from assistant.citations.checking import check
from assistant.citations.citing import cite, numbered
from assistant.citations.markers import Marked, parse_markers
from assistant.citations.verdicts import Anchored, Reason, Verdict, lift

__all__ = [
    "Anchored",
    "Marked",
    "Reason",
    "Verdict",
    "anchor",
    "check",
    "cite",
    "lift",
    "numbered",
    "parse_markers",
]
