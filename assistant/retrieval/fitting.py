"""Whether candidate sentences hold the kind of thing that a question asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.language import main_language
from assistant.lexicon import is_place
from assistant.retrieval import kinds
from assistant.retrieval.meanings import Understood
from assistant.retrieval.reading import Reading

Numbers = npt.NDArray[np.float64]

_MOST_NAMES = 3
_NAMING: tuple[kinds.QuestionKind, ...] = ("who", "where", "other")


@dataclass(frozen=True, slots=True, eq=False)
class Fitting:
    """What candidates hold, by the kind of the question.

    Attributes:
        asked: The question.
        readings: The candidates.
        firsts: Which of them are the first of their passage.
    """

    asked: Understood
    readings: Sequence[Reading]
    firsts: Sequence[bool]

    def features(self) -> dict[str, Numbers]:
        """Return the features of this kind by name; zeros where something else is asked."""
        nothing = np.zeros(len(self.readings))
        kind = self.asked.query.kind
        found = {
            name: np.array([float(read(reading)) for reading in self.readings])
            if kind in asked_for
            else nothing
            for name, (asked_for, read) in self._reads().items()
        }
        is_what = kind == "what_is"
        return {**found, "beginning": np.array(self.firsts, dtype=float) if is_what else nothing}

    def _reads(
        self,
    ) -> dict[str, tuple[tuple[kinds.QuestionKind, ...], Callable[[Reading], float]]]:
        return {
            "time": (("when",), lambda reading: kinds.holds_time(reading.text)),
            "number": (("how_many",), lambda reading: kinds.holds_number(reading.text)),
            "number_near": (("when", "how_many"), self._number_near),
            "name": (("who",), self._new_name),
            "place": (("where",), lambda reading: kinds.holds_place(reading.text)),
            "named_place": (("where",), self._new_place),
            "reason": (("why",), lambda reading: kinds.holds_reason(reading.text)),
            "capitals": (_NAMING, self._capitals),
            "unknown": (_NAMING, self._unknown),
        }

    def _number_near(self, reading: Reading) -> float:
        """Return 1 over 1 plus the words between a number and a word of the question."""
        names = self.asked.alternatives
        numbers = [i for i, s in enumerate(reading.stems) if kinds.is_number(s) and s not in names]
        held = [
            i for i, s in enumerate(reading.stems) if any(s in others for others in names.values())
        ]
        return max((1 / (1 + abs(a - b)) for a in numbers for b in held), default=0.0)

    def _new_name(self, reading: Reading) -> float:
        if main_language(reading.text) == "ar":
            # No capitals: words that are in no table are names more often than not.
            return min(1.0, self._unknown(reading) / 2)
        return float(kinds.holds_new_name(reading.text, self.asked.query.stems))

    def _new_place(self, reading: Reading) -> float:
        asked = set().union(*self.asked.alternatives.values())
        return float(any(is_place(name) for name in reading.unlike if name not in asked))

    def _capitals(self, reading: Reading) -> float:
        return float(min(_MOST_NAMES, kinds.capitals(reading.text, self.asked.query.stems)))

    def _unknown(self, reading: Reading) -> float:
        return float(min(_MOST_NAMES, len(reading.unknown - self.asked.query.stems.keys())))
