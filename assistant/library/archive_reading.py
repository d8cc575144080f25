"""Reads the file of a whole library, whoever made it: nothing in it is believed unchecked.

A part's name says where it is put, so only names of the three known forms are taken; a part is as
long as the file says and no longer; what it holds is what the manifest says.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any, NoReturn, Self

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library.brought import BROUGHT
from assistant.library.soundness import CATALOGUE
from assistant.schema import Backup

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK_BYTES = 1 << 20
_MOST_PARTS = 200_000
_MOST_MANIFEST_BYTES = 64_000_000
_ENCRYPTED = 0x1
# A person's folder and a file in it: neither hidden, nor a way up, nor a device's or a drive's.
_NAME = r"[^<>:\"|?*\\/\x00-\x1f\x7f]"
_BROUGHT = re.compile(rf"{BROUGHT}/@{_NAME}{{0,254}}/(?!\.){_NAME}{{1,255}}")


class Archive:
    """A library's file, open for reading.

    Args:
        path: The file.

    Raises:
        LibraryDamaged: It is none, is damaged, or holds what it may not.
        LibraryError: It can't be opened, or was made by a newer version of Sanad.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            size = path.stat().st_size
            self._file = zipfile.ZipFile(path)
        except OSError as error:
            raise LibraryError(
                f"The backup {path} can't be read: {error.strerror or error}. Check its name and "
                "permissions."
            ) from error
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            self._refuse(f"it is no file that sanad backup wrote, or only a part of one ({error})")
        try:
            self._entries = self._checked(size)
            self._manifest = self._read_manifest()
            self._parts = self._named()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def library(self) -> str:
        """The folder in which the library lay."""
        return str(self._manifest["library"])

    @property
    def schema(self) -> int:
        """The schema version that its catalogue says it has."""
        return int(self._manifest["schema"])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts."""
        return tuple(self._parts)

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(size for size, _ in self._parts.values())

    def facts(self, path: Path) -> Backup:
        """Return what is in it.

        Args:
            path: The name that the file has, or is about to have.
        """
        found = self._manifest
        return Backup(
            path=str(path),
            size=self._path.stat().st_size,
            created=found["created"],
            documents=found["documents"],
            passages=found["passages"],
            conversations=found["conversations"],
            files=len(self._parts) - 1,
        )

    def check(self) -> None:
        """Read all parts; raise LibraryDamaged where one is not what the manifest says."""
        for name in self._parts:
            self._copy(name, None)

    def extract(self, folder: Path) -> None:
        """Put all parts into a folder that is empty.

        Raises:
            LibraryDamaged: A part is not what the manifest says.
        """
        for name in self._parts:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._copy(name, path)

    def _copy(self, name: str, path: Path | None) -> None:
        expected, digest = self._parts[name]
        found, size = hashlib.sha256(), 0
        target = path.open("xb") if path is not None else None
        try:
            with self._file.open(self._entries[name]) as source:
                # One byte more than it may have is asked for, and no more is ever written.
                while block := source.read(min(BLOCK_BYTES, expected + 1 - size)):
                    found.update(block)
                    size += len(block)
                    if size > expected:
                        break
                    if target is not None:
                        target.write(block)
        except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            self._refuse(f"its part {name!r} can't be read ({error})")
        finally:
            if target is not None:
                target.close()
        if size != expected or found.hexdigest() != digest:
            self._refuse(f"its part {name!r} is not what was written (SHA-256 {digest[:12]}…)")

    def _checked(self, size: int) -> dict[str, zipfile.ZipInfo]:
        """Return the entries by name; all are stored as they are and fit into the file."""
        entries: dict[str, zipfile.ZipInfo] = {}
        listed = self._file.infolist()
        if len(listed) > _MOST_PARTS:
            self._refuse(f"it has {len(listed):,} parts, and {_MOST_PARTS:,} is the most")
        for entry in listed:
            if entry.filename in entries:
                self._refuse(f"it has two parts {entry.filename!r}")
            self._check_entry(entry)
            entries[entry.filename] = entry
        if sum(entry.file_size for entry in entries.values()) > size:
            self._refuse("its parts are longer than itself")
        if MANIFEST not in entries or CATALOGUE not in entries:
            self._refuse("it has no manifest or no catalogue")
        return entries

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        if name not in (MANIFEST, CATALOGUE) and not _BROUGHT.fullmatch(name):
            self._refuse(f"it has a part {name!r}, which belongs to no library")
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & _ENCRYPTED:
            self._refuse(f"its part {name!r} is compressed or encrypted")
        if entry.file_size != entry.compress_size:
            self._refuse(f"its part {name!r} says that it is longer than it is")

    def _read_manifest(self) -> dict[str, Any]:
        entry = self._entries[MANIFEST]
        if entry.file_size > _MOST_MANIFEST_BYTES:
            self._refuse("its manifest is too long")
        try:
            found = json.loads(self._file.read(entry))
            kind = found["format"]
            if type(kind) is int and kind > FORMAT:
                raise LibraryError(
                    f"The backup {self._path} has the format {kind}; this version of Sanad knows "
                    f"up to {FORMAT}. Update Sanad."
                )
            counted = ("format", "schema", "documents", "passages", "conversations")
            well = (
                kind == FORMAT
                and all(type(found[name]) is int and found[name] >= 0 for name in counted)
                and all(isinstance(found[name], str) for name in ("library", "created"))
                and isinstance(found["parts"], list)
            )
        except (zipfile.BadZipFile, ValueError, KeyError, TypeError, RecursionError) as error:
            self._refuse(f"its manifest can't be read ({type(error).__name__}: {error})")
        if not well:
            self._refuse("its manifest is none that Sanad writes")
        return dict(found)

    def _named(self) -> dict[str, tuple[int, str]]:
        """Return length and SHA-256 by part; the manifest names just the parts that are there."""
        try:
            parts = {
                str(part["name"]): (int(part["size"]), str(part["sha256"]))
                for part in self._manifest["parts"]
            }
        except (KeyError, TypeError, ValueError) as error:
            self._refuse(f"its manifest can't be read ({type(error).__name__}: {error})")
        if parts.keys() != self._entries.keys() - {MANIFEST}:
            self._refuse("its manifest names other parts than there are")
        if any(self._entries[name].file_size != size for name, (size, _) in parts.items()):
            self._refuse("its parts have other lengths than its manifest says")
        return parts

    def _refuse(self, what: str) -> NoReturn:
        raise LibraryDamaged(
            f"The backup {self._path} can't be used: {what}. Nothing was changed. Use another "
            "backup."
        )
