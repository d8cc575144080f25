"""Pages whose text runs upwards, downwards or upside down."""

from __future__ import annotations

from collections import Counter

from assistant.documents.pdf.native import TEXT_OBJECT, Native

_SAMPLE = 200  # objects
_UP, _OVER, _DOWN = 1, 2, 3


def turns_of(native: Native, page: int) -> int:
    """Return how most of a page's text runs: 0 to the right, 1 up, 2 to the left, 3 down."""
    counts: Counter[int] = Counter()
    for index in range(min(_SAMPLE, native.count_objects(page))):
        handle = native.object(page, index)
        if handle and native.type(handle) == TEXT_OBJECT:
            along, upwards = native.direction(handle)
            if abs(upwards) > abs(along):
                counts[_UP if upwards > 0 else _DOWN] += 1
            else:
                counts[0 if along >= 0 else _OVER] += 1
    return counts.most_common(1)[0][0] if counts else 0


def _turned(x: float, y: float, turns: int) -> tuple[float, float]:
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns]


def turned_box(
    box: tuple[float, float, float, float], turns: int
) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a box on a page that was turned.

    Args:
        box: The box on the page as it is.
        turns: How the page is turned, as `turns_of` says; 4 - turns turns it back.
    """
    one, other = _turned(box[0], box[1], turns), _turned(box[2], box[3], turns)
    return (
        *(min(one[0], other[0]), min(one[1], other[1])),
        *(max(one[0], other[0]), max(one[1], other[1])),
    )


class TurnedNative(Native):
    """PDFium's functions, with all places as on a page that was turned until its text runs right.

    Args:
        native: The functions as they are.
        turns: What `turns_of` returned.
    """

    def __init__(self, native: Native, turns: int) -> None:
        self.__dict__.update(native.__dict__)
        self._turns = turns

    def bounds(self, handle: int) -> tuple[float, float, float, float]:
        """Return an object's left, bottom, right and top."""
        return turned_box(super().bounds(handle), self._turns)

    def placed(self, handle: int) -> tuple[float, float, float]:
        """Return a text object's origin and the size of its letters, in points."""
        x, y, size = super().placed(handle)
        return (*_turned(x, y, self._turns), size)

    def origin(self, text_page: int, index: int) -> tuple[float, float]:
        """Return where a character's origin stands."""
        return _turned(*super().origin(text_page, index), self._turns)

    def room(self, text_page: int, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of the room that a character takes."""
        return turned_box(super().room(text_page, index), self._turns)

    def right(self, text_page: int, index: int) -> float:
        """Return the right end of the room that a character takes."""
        return self.room(text_page, index)[2]

    def ink(self, text_page: int, index: int) -> tuple[float, float, float, float] | None:
        """Return left, bottom, right and top of what is drawn for a character."""
        box = super().ink(text_page, index)
        return turned_box(box, self._turns) if box else None
