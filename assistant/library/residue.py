"""What stands in Chroma's files without belonging there.

Its index writes room for vectors to come as it was found in memory, and that may hold anything:
words and vectors of a document that was erased among them.
"""

from __future__ import annotations

import struct
from pathlib import Path

# Version, offset, capacity, elements, bytes of an element.
_HEADER = struct.Struct("<iQQQQ")
_VERSION = 1
_LENGTH_BYTES = 4


def clear_residue(folder: Path) -> None:
    """Fill the room for vectors to come with zeros; nothing may use the files meanwhile.

    Args:
        folder: Chroma's folder.
    """
    for header in folder.glob("*/header.bin"):
        data = header.read_bytes()
        if len(data) < _HEADER.size:
            continue
        version, _, _, elements, size = _HEADER.unpack_from(data)
        if version == _VERSION:
            _clear_from(header.with_name("data_level0.bin"), elements * size)
            _clear_from(header.with_name("length.bin"), elements * _LENGTH_BYTES)


def _clear_from(path: Path, start: int) -> None:
    length = path.stat().st_size - start if path.is_file() else 0
    if length > 0:
        with path.open("r+b") as file:
            file.seek(start)
            file.write(bytes(length))
