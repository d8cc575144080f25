"""What DOCX, XLSX and PPTX have in common: parts that name one another, and properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # the type only

from assistant.documents.archives import Archive, resolved
from assistant.documents.composing import iso_date
from assistant.documents.limits import damaged
from assistant.documents.options import ReadingOptions
from assistant.documents.xmltree import child, parse_xml

_EARLIEST = dt.date(1990, 1, 1)
# What widely used libraries write into every document that they make.
_OF_TEMPLATES = (dt.date(2013, 12, 23), dt.date(2013, 1, 27))


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says of another one.

    Attributes:
        kind: The last word of its type, such as ``slide``.
        target: The other part's name; empty where it lies outside.
    """

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Properties:
    """What an Office document says of itself.

    Attributes:
        title: Its title.
        made: When it was made.
        facts: Author and language, where they are given.
    """

    title: str
    made: dt.date | None
    facts: Mapping[str, str]


class Package:
    """The parts of an Office document.

    Args:
        data: The whole file.
        name: The file, for errors.
        kind: What it is, for errors.
        options: How files are read.

    Attributes:
        main: The name of its main part.

    Raises:
        UnreadableDocument: It has no main part, is damaged or goes beyond a limit.
    """

    def __init__(self, data: bytes, name: str, kind: str, options: ReadingOptions) -> None:
        self._archive = Archive(data, name, options)
        self._name, self._kind, self._options = name, kind, options
        found = (r.target for r in self.relations("").values() if r.kind == "officeDocument")
        self.main = next(found, "")
        if self.main not in self._archive.names:
            raise damaged(name, kind, "its main part is missing")

    def tree(self, part: str) -> Element:
        """Return the root of a part; empty where the part is not there.

        Args:
            part: Its name.

        Raises:
            UnreadableDocument: It is damaged or goes beyond a limit.
        """
        return parse_xml(self._archive.read(part), self._name, self._kind, self._options)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the parts that a part names, by the ids it has for them.

        Args:
            part: Its name; empty for the package itself.
        """
        folder, _, file = part.rpartition("/")
        beside = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        found = {}
        for element in self.tree(beside):
            is_outside = element.get("TargetMode") == "External"
            target = "" if is_outside else resolved(part, element.get("Target", ""))
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target)
        return found

    def related(self, part: str, kind: str) -> str:
        """Return the name of the part of some kind that a part names; empty where there is none.

        Args:
            part: The part that names it.
            kind: The last word of its type.
        """
        return next((r.target for r in self.relations(part).values() if r.kind == kind), "")

    def properties(self) -> Properties:
        """Return what the document says of itself."""
        core = self.tree(self.related("", "core-properties"))
        return Properties(
            title=_text(core, "title"),
            made=made_on(_text(core, "created"), _text(core, "modified")),
            facts={"author": _text(core, "creator"), "lang": _text(core, "language")},
        )


def _text(root: Element, name: str) -> str:
    found = child(root, name)
    return (found.text or "").strip() if found is not None else ""


def made_on(created: str, modified: str) -> dt.date | None:
    """Return the day a document was made, where its properties can be trusted in it.

    Args:
        created: When it was made, by itself.
        modified: When it was last saved, by itself.
    """
    first, last = iso_date(created), iso_date(modified)
    is_real = first is not None and first >= _EARLIEST and first not in _OF_TEMPLATES
    if is_real and (last is None or first is None or first <= last):
        return first
    return last if last is not None and last >= _EARLIEST and last not in _OF_TEMPLATES else None
