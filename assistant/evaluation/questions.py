"""Questions whose answers are known.

A file of questions holds one JSON object a line:

- ``question``: the question;
- ``document``: the end of the path of the document that answers it;
- ``answers``: a list of objects, each with ``start``, the offset of the answer's first code point
  in the document's stored text; empty where the documents do not say;
- ``also``, optional: further documents that answer it, a list of objects with ``document`` and
  ``answers``;
- ``id``, optional: by default the number of the line;
- ``set``, optional: the label it is counted under; by default the file's name.

Other names are passed over.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import UnreadableDocument

_MOST_ERRORS = 20
_SHOWN = 60  # characters of a wrong value
_ANSWERS = 'give a list such as [{"start": 12}], empty where the documents do not say'
_START = "give the offset of the answer's first code point, a whole number of 0 or more"
_ALSO = 'give a list such as [{"document": "b.txt", "answers": [{"start": 12}]}]'
_DOCUMENT = "give the end of the path of the document that answers"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document answers a question.

    Attributes:
        document: The end of the document's path.
        starts: Where the answers start in its text.
    """

    document: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer is known.

    Attributes:
        id: Its id.
        set: The label it is counted under.
        text: The question.
        document: The end of the path of the document that answers it.
        starts: Where the answers start in the document's text; none where it does not say.
        also: Further documents that answer it.
    """

    id: str
    set: str
    text: str
    document: str
    starts: tuple[int, ...]
    also: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places that answer it."""
        own = (Place(self.document, self.starts),) if self.starts else ()
        return own + self.also

    @property
    def is_answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.places)


class _Wrong(Exception):
    """A line is no question; the message says why."""


def load_questions(path: Path) -> list[Question]:
    """Read a file of questions.

    Args:
        path: The file, JSON Lines in UTF-8.

    Returns:
        The questions, in order.

    Raises:
        UnreadableDocument: The file can't be read, or lines of it are no questions; the message
            then has a line for each.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableDocument(
            f"{path} can't be read: {error}. Give a file of questions, JSON Lines in UTF-8.",
            str(path),
        ) from error
    questions, wrong = [], []
    # Not splitlines(): a text in JSON may hold U+2028 and the like.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                questions.append(_question(_parsed(line), str(number), path.stem))
            except _Wrong as error:
                wrong.append(f"{path}, line {number}: {error}.")
    if len(wrong) > _MOST_ERRORS:
        wrong[_MOST_ERRORS:] = [f"{path}: {len(wrong) - _MOST_ERRORS} more lines are no questions."]
    if wrong:
        raise UnreadableDocument("\n".join(wrong), str(path))
    return questions


def _parsed(line: str) -> Mapping[str, object]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise _Wrong(
            f"it is no JSON ({error}): {_shown(line)}; write one JSON object a line"
        ) from error
    except RecursionError as error:
        raise _Wrong(
            f"it is no JSON that can be read: {_shown(line)}; write one JSON object a line"
        ) from error
    if not isinstance(fields, dict):
        raise _Wrong(
            f"it is {_shown(fields)}; write a JSON object with question, document and answers"
        )
    return fields


def _question(fields: Mapping[str, object], number: str, default_set: str) -> Question:
    text = fields.get("question")
    if not isinstance(text, str) or not text.strip():
        raise _Wrong(f"question {_seen(fields, 'question')}; write the question as text")
    starts = _starts(fields, "")
    return Question(
        id=_label(fields, "id", number),
        set=_label(fields, "set", default_set),
        text=text.strip(),
        document=_document(fields, "", is_needed=bool(starts)),
        starts=starts,
        also=tuple(_also(fields)),
    )


def _also(fields: Mapping[str, object]) -> Iterator[Place]:
    also = fields.get("also", [])
    if not isinstance(also, list):
        raise _Wrong(f"also {_seen(fields, 'also')}; {_ALSO}")
    for number, place in enumerate(also):
        where = f"also[{number}]"
        if not isinstance(place, dict):
            raise _Wrong(f"{where} is {_shown(place)}; {_ALSO}")
        starts = _starts(place, f"{where}.")
        if not starts:
            raise _Wrong(f"{where}.answers is []; give an answer, or leave the document out")
        yield Place(_document(place, f"{where}.", is_needed=True), starts)


def _starts(fields: Mapping[str, object], where: str) -> tuple[int, ...]:
    answers = fields.get("answers")
    if not isinstance(answers, list):
        raise _Wrong(f"{where}answers {_seen(fields, 'answers')}; {_ANSWERS}")
    starts = []
    for number, answer in enumerate(answers):
        name = f"{where}answers[{number}]"
        if not isinstance(answer, dict):
            raise _Wrong(f"{name} is {_shown(answer)}; {_ANSWERS}")
        start = answer.get("start")
        if type(start) is not int or start < 0:  # True is an int too
            raise _Wrong(f"{name}.start {_seen(answer, 'start')}; {_START}")
        starts.append(start)
    return tuple(starts)


def _document(fields: Mapping[str, object], where: str, *, is_needed: bool) -> str:
    document = fields.get("document", "" if not is_needed else None)
    if not isinstance(document, str) or (is_needed and not document.strip()):
        raise _Wrong(f"{where}document {_seen(fields, 'document')}; {_DOCUMENT}")
    return document.strip().removeprefix("./")


def _label(fields: Mapping[str, object], name: str, default: str) -> str:
    """Return an id or a set; a number may be an id."""
    label = fields.get(name, default)
    if isinstance(label, str) or (name == "id" and type(label) is int):
        return str(label)
    raise _Wrong(f"{name} {_seen(fields, name)}; write text, or leave it out")


def _seen(fields: Mapping[str, object], name: str) -> str:
    return f"is {_shown(fields[name])}" if name in fields else "is missing"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def count_copies(questions: Sequence[Question]) -> list[Question]:
    """Let a hit in any copy of a document count, where a library holds copies in two languages.

    Args:
        questions: Questions of several sets; those of one id are about copies of one document.

    Returns:
        The questions, with the places of all questions of the same id in ``also``.
    """
    places: dict[str, dict[Place, None]] = defaultdict(dict)
    for question in questions:
        places[question.id] |= dict.fromkeys(question.places)
    return [
        replace(
            question,
            also=tuple(p for p in places[question.id] if p.document != question.document),
        )
        for question in questions
    ]
