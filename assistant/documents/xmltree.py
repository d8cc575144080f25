"""XML to a tree: without entities and outside references, and within limits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError  # the types only

from assistant.documents.limits import beyond, damaged
from assistant.documents.options import ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Collection

# Each takes some 200 bytes of memory.
_MOST_ELEMENTS = 5_000_000


def parse_xml(data: bytes, name: str, kind: str, options: ReadingOptions) -> Element:
    """Return the root of an XML document.

    Args:
        data: The document.
        name: The file, for errors.
        kind: The format that it is a part of, for errors.
        options: How files are read.

    Returns:
        Its root; empty where there is no document.

    Raises:
        UnreadableDocument: It is not well-formed, nested too deep or too large, or declares
            entities.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    if not data.strip():
        return Element("none")
    try:
        return _parsed(iterparse(io.BytesIO(data), events=("start", "end")), name, kind, options)
    except DefusedXmlException as error:
        why = f"it declares XML entities, which are never followed ({error})"
        raise damaged(name, kind, why) from error
    except (ParseError, ValueError, LookupError) as error:
        raise damaged(name, kind, error) from error


def _parsed(
    events: Iterator[tuple[str, Element]], name: str, kind: str, options: ReadingOptions
) -> Element:
    """Return the root of a document whose elements come one by one."""
    _, root = next(events)
    depth = count = 1
    for event, _ in events:
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > options.max_nesting:
            what = f"has XML elements nested {depth:,} deep"
            raise beyond(name, what, options.max_nesting, "max_nesting")
        if count > _MOST_ELEMENTS:
            raise damaged(name, kind, f"it has more than {_MOST_ELEMENTS:,} XML elements")
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute's value by its name without namespace; empty where there is none."""
    found = element.get(name)
    if found is not None:
        return found
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element down a path of names without namespaces, if there is one."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def every(element: Element, name: str, without: Collection[str] = ()) -> Iterator[Element]:
    """Yield the elements of a name beneath one, in order; none that lies in another of its name.

    Args:
        element: The element.
        name: A name without namespace.
        without: Names of elements that are not looked into.
    """
    for inner in element:
        tag = local(inner)
        if tag == name:
            yield inner
        elif tag not in without:
            yield from every(inner, name, without)
