"""Whether the files of the lexical index are as tantivy wrote them.

Tantivy ends each of its files with the CRC-32 of what stands before, but opening them does not
compare it: <https://docs.rs/tantivy/latest/tantivy/directory/footer/>.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

_END = struct.Struct("<II")  # the footer's length, and a number that is always the same
_MAGIC = 1337
_CHUNK = 1 << 20
_LONGEST_FOOTER = 4096
# What is replaced as a whole and has no footer; the rest of a name is a segment's.
_PARTS = ("term", "idx", "pos", "fieldnorm", "fast", "store")
_PLAIN = (".json", ".lock", ".new")


def are_whole(folder: Path) -> bool:
    """Return whether all files of an index hold what their check sums say.

    Args:
        folder: The index; one that is not there lacks nothing.
    """
    if not folder.is_dir():
        return True
    return _lacks_nothing(folder) and all(
        _is_whole(path)
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith(_PLAIN)
    )


def _lacks_nothing(folder: Path) -> bool:
    """Return whether the files of all segments are there; some are opened only when asked for."""
    try:
        facts = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        segments = [str(segment["segment_id"]).replace("-", "") for segment in facts["segments"]]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return all((folder / f"{name}.{part}").is_file() for name in segments for part in _PARTS)


def _is_whole(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST_FOOTER))
        end = file.read()
        if len(end) < _END.size:
            return False
        length, magic = _END.unpack(end[-_END.size :])
        if magic != _MAGIC or length + _END.size > len(end):
            return False
        try:
            expected = json.loads(end[-_END.size - length : -_END.size])["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        left, found = size - _END.size - length, 0
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return False
            found = zlib.crc32(chunk, found)
            left -= len(chunk)
    return bool(found == expected)
