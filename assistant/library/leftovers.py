"""Files of the lexical index that a writer left behind when it was cut off.

tantivy writes the files of a commit first and then names them in ``meta.json``. What was not yet
named then is in the way of the next commit, which gives its files the same names.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

# A segment's number, the number of a commit where deletions are listed, and what is in it.
_SEGMENT_FILE = re.compile(r"([0-9a-f]{32})\.(?:(\d+)\.)?\w+")
_TEMPORARY = ".tmp"


def remove_leftovers(folder: Path) -> None:
    """Remove what no commit names; nobody may be writing meanwhile.

    Args:
        folder: Where the index lies.

    Raises:
        OSError: The disk fails.
        ValueError: ``meta.json`` can't be read.
    """
    deletions = segments(folder / "meta.json")
    for path in folder.iterdir():
        found = _SEGMENT_FILE.fullmatch(path.name)
        if found is None:
            is_named = not path.name.startswith(_TEMPORARY)
        elif found[2] is None:
            is_named = found[1] in deletions
        else:
            is_named = found[1] in deletions and int(found[2]) == deletions[found[1]]
        if not is_named:
            path.unlink()


def segments(meta: Path) -> dict[str, int | None]:
    """Return the commit whose list of deletions counts, by segment; None where there is none.

    Args:
        meta: The file ``meta.json``.

    Raises:
        OSError: It can't be read.
        ValueError: It is no list of segments.
    """
    try:
        return {
            str(segment["segment_id"]).replace("-", ""): (segment["deletes"] or {}).get("opstamp")
            for segment in json.loads(meta.read_text(encoding="utf-8"))["segments"]
        }
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"{meta} is no list of segments") from error
