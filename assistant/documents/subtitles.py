"""SRT and WebVTT: what is said, put together to whole sentences, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.documents.composing import Composer, shortened
from assistant.documents.decoding import decode
from assistant.documents.extracted import Extracted
from assistant.documents.limits import damaged
from assistant.documents.markup import unescaped
from assistant.documents.options import ReadingOptions

_TIME = "(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})"
_TIMES = re.compile(f"[ \\t]*{_TIME}[ \\t]*-->[ \\t]*{_TIME}")
_BLANK = re.compile("\\n[ \\t]*(?:\\n[ \\t]*)+")
_VOICE = re.compile("<v(?:\\.[^ <>\\t]*)?[ \\t]++([^<>]*)>")
_TAG = re.compile("</?(?:[a-zA-Z][^<>]{0,200}|[0-9:.]{1,20})>|\\{\\\\[^{}]{0,200}\\}")
_SPACES = re.compile("\\s+")
_ENDS = re.compile("[.!?\u061f\u06d4\u2026][\"'\u201d\u2019)\\]\u00bb]*$")
# Words do not go on over a pause, nor in one block for ever.
_LONGEST_PAUSE = 4.0
_LONGEST_BLOCK = 600


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    voice: str
    words: str


def read_subtitles(data: bytes, name: str, options: ReadingOptions) -> Extracted:
    """Return the words of subtitles.

    Subtitles are put together until one of them ends a sentence, another voice speaks, or a pause
    comes. Tags and comments are left out.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Returns:
        Its text; a block's place is the time at which its first words are shown.

    Raises:
        EmptyDocument: It holds no characters.
        UnreadableDocument: It has no subtitle, is no text, or goes beyond a limit.
    """
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    cues = list(_cues(text))
    if not cues:
        why = "no line of it is a time such as 00:01:02,500 --> 00:01:05,000"
        raise damaged(name, "file of subtitles", why)
    composer = Composer(name, options)
    for group in _groups(cues):
        words = "\n".join(cue.words for cue in group)
        lead = f"{group[0].voice}: " if group[0].voice else ""
        composer.add(words, "paragraph", _clock(group[0].start), lead=lead)
    return composer.extracted()


def _cues(text: str) -> Iterator[_Cue]:
    """Yield the subtitles that say something that the one before has not said."""
    shown: list[str] = []
    for part in _BLANK.split(text.strip("\n")):
        lines = part.split("\n")
        at = next((i for i, line in enumerate(lines[:2]) if _TIMES.match(line)), None)
        if at is None:
            continue
        times = _TIMES.match(lines[at])
        spoken = "\n".join(lines[at + 1 :])
        voice = _VOICE.search(spoken)
        now = [words for line in spoken.split("\n") if (words := _bare(line))]
        # Live subtitles roll: the last line is shown again above the next one.
        new = [words for words in now if words not in shown] if len(now) > 1 else now
        if times and new and now != shown:
            start, end = (_seconds(times.groups()[i : i + 4]) for i in (0, 4))
            yield _Cue(start, end, shortened(unescaped(voice[1])) if voice else "", "\n".join(new))
        shown = now


def _bare(line: str) -> str:
    """Return a line's words without tags."""
    return _SPACES.sub(" ", unescaped(_TAG.sub("", line))).strip()


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + float(f"0.{fraction}")


def _groups(cues: list[_Cue]) -> Iterator[list[_Cue]]:
    """Yield the subtitles that belong to one another."""
    group: list[_Cue] = []
    for cue in cues:
        if group and _is_apart(group, cue):
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


def _is_apart(group: list[_Cue], cue: _Cue) -> bool:
    last = group[-1]
    return (
        bool(_ENDS.search(last.words))
        or (cue.voice != "" and cue.voice != group[0].voice)
        or cue.start - last.end > _LONGEST_PAUSE
        or sum(len(each.words) for each in group) > _LONGEST_BLOCK
    )


def _clock(seconds: float) -> str:
    """Return a time as ``01:02:03``."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}"
