"""Where the documents lie that people bring through the page, and whose each of them is.

They are kept in the library's folder, a folder a person, so that a document's page can be shown
and its file read again. What lies in another person's folder is nobody else's to see.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote, unquote

_FOLDER = "uploads"
# Before each name: no name is then a hidden folder, or one of the two that go up.
_MARK = "@"


def folder_of(library: Path, person: str) -> Path:
    """Return the folder of a person's uploads, whether it is there or not.

    Args:
        library: The library's folder.
        person: The person's name; empty for whoever uses the page without signing in.
    """
    return Path(os.path.abspath(library)) / _FOLDER / (_MARK + quote(person, safe=""))  # noqa: PTH100  # resolve() would follow links


def owner_of(library: Path, source: str) -> str | None:
    """Return whose upload a document's source is; None where it is no upload.

    Args:
        library: The library's folder.
        source: The source, an absolute path.
    """
    uploads = Path(os.path.abspath(library)) / _FOLDER  # noqa: PTH100  # as above
    try:
        first = Path(source).relative_to(uploads).parts[:1]
    except ValueError:
        return None
    return unquote(first[0].removeprefix(_MARK)) if first else None
