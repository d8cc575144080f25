"""Words, numbers and signs of a text in order, with what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.folding import fold_with_map

# In folded text: Arabic letters, a number, other letters, or a sign that says what a number is.
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"
_TOKEN = re.compile(
    rf"[{_ARABIC}]+|[0-9]+(?:[.,:][0-9]+)*|(?:(?![{_ARABIC}])[^\W\d_])+(?:'[a-z]+)?"
    r"|[%\u066a$\u20ac\u00a3\u00a5]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign.

    Attributes:
        text: Its folded characters.
        start: Where it begins in the folded text.
        end: Where it ends there.
        origin: Where it begins in the text as it was given.
        before: The folded characters between the token before and this one.
        is_capital: Whether it was written with a capital first letter.
        is_upper: Whether all its letters were capitals.
    """

    text: str
    start: int
    end: int
    origin: int
    before: str
    is_capital: bool = False
    is_upper: bool = False

    @property
    def is_joined(self) -> bool:
        """Whether nothing stands between the token before and this one."""
        return self.start > 0 and not self.before

    @property
    def is_number(self) -> bool:
        """Whether it is written in figures."""
        return self.text[0].isdigit()


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words, numbers and signs of a text, folded, in order.

    Args:
        text: Any text.

    Returns:
        The tokens; punctuation is only what stands between them.
    """
    folded = fold_with_map(text)
    found = []
    last = 0
    for match in _TOKEN.finditer(folded.text):
        start, end = match.span()
        raw = text[folded.origins[start] : folded.origins[end - 1] + 1]
        found.append(
            Token(
                text=match[0],
                start=start,
                end=end,
                origin=folded.origins[start],
                before=folded.text[last:start],
                is_capital=raw[:1].isupper(),
                is_upper=raw.isupper(),
            )
        )
        last = end
    return tuple(found)
