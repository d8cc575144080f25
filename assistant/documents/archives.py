"""Archives that hold a document's parts: opened only within limits."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib

from assistant.documents.limits import beyond, damaged
from assistant.documents.options import ReadingOptions
from assistant.errors import UnreadableDocument

# Below this many bytes no ratio matters.
_SMALL = 10_000_000
_ENCRYPTED = 0x1
# What a damaged or odd archive makes zipfile raise.
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of a document that is a ZIP archive; nothing is written to disk.

    An archive inside it is a part as others are, and never opened.

    Args:
        data: The whole file.
        name: The file, for errors.
        options: How files are read.

    Raises:
        UnreadableDocument: It is damaged, has a password or goes beyond a limit.
    """

    def __init__(self, data: bytes, name: str, options: ReadingOptions) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAILURES as error:
            raise damaged(name, "ZIP archive", error) from error
        entries = self._zip.infolist()
        self._check(entries, len(data), options)
        self._names = {entry.filename: entry for entry in entries}

    def _check(self, entries: list[zipfile.ZipInfo], size: int, options: ReadingOptions) -> None:
        """Raise where an archive goes beyond a limit, before anything of it is unpacked."""
        if len(entries) > options.max_archive_files:
            what = f"is an archive of {len(entries):,} files"
            raise beyond(self._name, what, options.max_archive_files, "max_archive_files")
        # No entry yields more than it declares.
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > options.max_unpacked_mb * 1_000_000:
            what = f"unpacks to {unpacked / 1_000_000:,.0f} MB"
            raise beyond(self._name, what, options.max_unpacked_mb, "max_unpacked_mb")
        if unpacked > max(_SMALL, options.max_unpacking_ratio * size):
            what = f"unpacks to {unpacked / size:,.0f} times its size"
            raise beyond(self._name, what, options.max_unpacking_ratio, "max_unpacking_ratio")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise locked(self._name)

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names."""
        return tuple(self._names)

    def read(self, part: str) -> bytes:
        """Return the bytes of a part; none where it is not there.

        Args:
            part: Its name in the archive.

        Raises:
            UnreadableDocument: It is damaged.
        """
        entry = self._names.get(part)
        if entry is None:
            return b""
        try:
            return self._zip.read(entry)
        except _FAILURES as error:
            raise damaged(self._name, "ZIP archive", f"{part}: {error}") from error


def locked(name: str) -> UnreadableDocument:
    """Return what to raise for a file that has a password."""
    return UnreadableDocument(
        f"{name} can't be read: it is protected with a password. Open it in the program that made "
        "it, remove the password, and save it.",
        name,
    )


def resolved(base: str, target: str) -> str:
    """Return the name of the part that another one names.

    Args:
        base: The part that names it.
        target: How it is named there: from the archive's root, or from the part's folder.
    """
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
