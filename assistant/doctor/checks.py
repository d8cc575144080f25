"""What is said of each part that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from assistant.errors import AssistantError
from assistant.strings import explain, say

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one part looks like.

    Attributes:
        name: ``program``, ``settings``, ``prompts``, ``library``, ``vectors``, ``embeddings``,
            ``model`` or ``page``; looking deeply ``record``, ``files`` and ``indexes`` too.
        state: ``ok``, ``warning``, or ``error`` where it can't be used.
        message: What was seen and what to do about it, in the language that was asked for.
    """

    name: str
    state: State
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What all parts look like.

    Attributes:
        checks: One a part, in the order in which they are best mended.
    """

    checks: tuple[Check, ...]

    @property
    def is_well(self) -> bool:
        """Whether no part is in error."""
        return all(check.state != "error" for check in self.checks)

    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON has it."""
        return {"ok": self.is_well, "checks": [asdict(check) for check in self.checks]}


@dataclass(frozen=True, slots=True)
class Telling:
    """Says strings in one language."""

    language: str

    def __call__(self, string: str, /, **values: object) -> str:
        """Return a string, its variables filled in."""
        return say(string, self.language, values)


def looked_at(name: str, told: Telling, look: Callable[[], tuple[State, str]]) -> Check:
    """Return how a part looks; whatever it raises is said too."""
    try:
        return Check(name, *look())
    except AssistantError as error:
        return Check(name, "error", explain(error, told.language))
    except Exception as error:  # noqa: BLE001  # whatever is broken, the other parts are looked at
        detail = f"{type(error).__name__}: {error}"
        return Check(name, "error", told("doctor.unexpected", detail=detail))
