"""HTML in pieces: tags, and the text between them, as browsers see them; in linear time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TAG = re.compile("<(/?)([A-Za-z][^\\s/><]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_NAME = re.compile("<(/?)([A-Za-z][^\\s/><]*)")
_ATTRIBUTE = re.compile(
    "([^\\s\"'<>/=]++)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'<>]++)))?"
)
# Beyond this no character has a number; Python refuses to read thousands of digits.
_LONG_NUMBER = re.compile("&#[0-9]{8,}")
# A tag with more than this is cut at its first ">", wherever that stands.
_LONGEST_TAG = 50_000
# No tags are seen in these, up to their end.
_RAW = frozenset("script style textarea title xmp iframe noembed noframes noscript".split())
_RAW_END = {name: re.compile(f"</{name}(?=[\\s/>]|$)", re.IGNORECASE) for name in _RAW}
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag.

    Attributes:
        name: Its name in lower case, without a namespace's prefix.
        is_end: Whether it is an end tag.
        is_whole: Whether it ends itself, which counts in XHTML only.
        attributes: Its attributes; names in lower case.
    """

    name: str
    is_end: bool = False
    is_whole: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def unescaped(text: str) -> str:
    """Return a text with its entities replaced, whatever their numbers."""
    return html.unescape(_LONG_NUMBER.sub(_short_number, text))


def _short_number(number: re.Match[str]) -> str:
    return f"&#{number[0][2:].lstrip('0')[:8] or '0'}"


def pieces(markup: str, is_xhtml: bool = False) -> Iterator[Tag | str]:
    """Yield the tags of an HTML or XHTML text and the text between them.

    Comments, declarations and what a script or style holds are left out. A title's or text area's
    words are text.

    Args:
        markup: HTML.
        is_xhtml: Whether any tag may end itself.

    Yields:
        Tags, and texts with their entities replaced.
    """
    position = 0
    while position < len(markup):
        opening = markup.find("<", position)
        text = markup[position:] if opening < 0 else markup[position:opening]
        if text:
            yield unescaped(text)
        if opening < 0:
            return
        position, found = _at(markup, opening)
        yield from found
        last = found[-1] if found else ""
        if not isinstance(last, Tag) or last.is_end:
            continue
        if is_xhtml and last.is_whole and last.name not in VOID:
            yield Tag(last.name, is_end=True)
        elif last.name in _RAW:
            position, words = _raw(markup, position, last.name)
            yield words


def _at(markup: str, opening: int) -> tuple[int, tuple[Tag | str, ...]]:
    """Return where what stands at a "<" ends, and what of it is kept."""
    if markup.startswith("<!--", opening):
        return _behind(markup, "-->", opening + 2), ()
    if markup.startswith("<![CDATA[", opening):
        close = _behind(markup, "]]>", opening)
        return close, (markup[opening + 9 : close].removesuffix("]]>"),)
    if markup.startswith(("<!", "<?"), opening):
        return _behind(markup, ">", opening), ()
    tag = _TAG.match(markup, opening, opening + _LONGEST_TAG)
    if tag:
        return tag.end(), (_tag(tag, tag[3]),)
    name = _NAME.match(markup, opening)
    if name is None:
        return opening + 1, ("<",)
    close = _behind(markup, ">", opening)
    return close, (_tag(name, markup[name.end() : min(close, opening + _LONGEST_TAG)]),)


def _behind(markup: str, mark: str, start: int) -> int:
    """Return the place behind a mark, or the end where there is none."""
    found = markup.find(mark, start)
    return len(markup) if found < 0 else found + len(mark)


def _tag(match: re.Match[str], rest: str) -> Tag:
    name = match[2].lower().rpartition(":")[2]
    if match[1]:
        return Tag(name, is_end=True)
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest):
        attributes.setdefault(key.lower(), unescaped("".join(values)))
    return Tag(name, is_whole=rest.endswith("/"), attributes=attributes)


def _raw(markup: str, start: int, name: str) -> tuple[int, str]:
    """Return where an element without tags ends, and its words if they are for people."""
    found = _RAW_END[name].search(markup, start)
    end = found.start() if found else len(markup)
    return end, unescaped(markup[start:end]) if name == "title" else ""
