"""Writes PNG."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOURS = 0, 2  # PNG's colour types
_DEPTH = 8  # bits a channel
_SPEED = 6  # of zlib, 1 to 9


def written(dots: npt.NDArray[np.uint8]) -> bytes:
    """Return a picture as a PNG file, in grey where it holds no colours (ISO/IEC 15948).

    Args:
        dots: Shape (height, width, 3), uint8: red, green, blue.
    """
    import numpy as np

    height, width, _ = dots.shape
    red, green, blue = dots[..., 0], dots[..., 1], dots[..., 2]
    is_grey = np.array_equal(red, green) and np.array_equal(green, blue)
    rows = red if is_grey else dots.reshape(height, 3 * width)
    filtered = np.zeros((height, rows.shape[1] + 1), np.uint8)  # 0 before each row: unfiltered
    filtered[:, 1:] = rows
    kind = _GREY if is_grey else _COLOURS
    head = struct.pack(">IIBBBBB", width, height, _DEPTH, kind, 0, 0, 0)
    body = zlib.compress(filtered.tobytes(), _SPEED)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    checked = name + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
