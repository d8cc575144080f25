"""Whether the files of the lexical index are as tantivy wrote them.

Tantivy ends each of its files with the CRC-32 of what stands before, but opening them does not
compare it: <https://docs.rs/tantivy/latest/tantivy/directory/footer/>.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

from assistant.library.leftovers import segments

_END = struct.Struct("<II")  # the footer's length, and a number that is always the same
_MAGIC = 1337
_CHUNK = 1 << 20
_LONGEST_FOOTER = 4096
# Each segment has a file for each of these.
_PARTS = ("term", "idx", "pos", "fieldnorm", "fast", "store")


def are_whole(folder: Path) -> bool:
    """Return whether all files of an index hold what their check sums say.

    Args:
        folder: The index; one that is not there lacks nothing.
    """
    if not folder.is_dir():
        return True
    try:
        named = segments(folder / "meta.json")
    except (OSError, ValueError):
        return False
    # What a writer that was cut off left behind belongs to nothing, and may be anything.
    files = [f"{name}.{part}" for name in named for part in _PARTS]
    files += [f"{name}.{commit}.del" for name, commit in named.items() if commit is not None]
    return all((folder / file).is_file() and _is_whole(folder / file) for file in files)


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
