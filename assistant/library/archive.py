"""The one file that a whole library is kept in: a ZIP whose parts are stored as they are.

``manifest.json`` names the format, where the library lay, and each part with its length and
SHA-256; ``catalogue.sqlite3`` is the record; ``uploads/@person/name`` are the files that were
brought through the page. The indexes are not in it: they are made anew. Nothing is compressed, so
that no file unpacks to more than it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import LibraryError
from assistant.library.archive_reading import (
    BLOCK_BYTES,
    FORMAT,
    MANIFEST,
    Archive,
)
from assistant.library.brought import BROUGHT, brought_files
from assistant.library.copying import check_room, completed, copy_catalogue, free_name
from assistant.library.database import reading_mode
from assistant.library.folder import check_catalogue
from assistant.library.soundness import CATALOGUE, damaged
from assistant.schema import Backup

SUFFIX = ".sanad.zip"


def write_archive(folder: Path, target: Path | None = None, *, overwrite: bool = False) -> Backup:
    """Write a library into one file, as it is at this moment; others may be writing to it.

    The file is checked as a whole before it gets its name.

    Args:
        folder: The library's folder.
        target: The file, or a folder for a file with a dated name; the working folder by default.
        overwrite: Replace a file that is there.

    Returns:
        What is in it.

    Raises:
        LibraryDamaged: The catalogue is damaged.
        LibraryError: There is no library, the file is there already, or it can't be written.
    """
    check_catalogue(folder, read_only=True)
    path = _target(folder, target, overwrite=overwrite)
    needed = (folder / CATALOGUE).stat().st_size + _log_size(folder)
    brought = list(brought_files(folder))
    try:
        # Twice: the catalogue is copied first, then put into the file.
        check_room(path.parent, 2 * needed + sum(f.stat().st_size for f in brought), "A backup")
        with completed(path) as part:
            _write(folder, brought, part)
            with Archive(part) as written:
                written.check()
                facts = written.facts(path)
            _check_free(path, overwrite=overwrite)
    except OSError as error:
        raise LibraryError(
            f"The backup {path} could not be written: {error}. Nothing was changed. Mend the "
            "cause, or name another place."
        ) from error
    return facts


def _target(folder: Path, target: Path | None, *, overwrite: bool) -> Path:
    path = target if target is not None else Path()
    if path.is_dir():
        name = Path(os.path.abspath(folder)).name or "library"  # noqa: PTH100  # as it is called
        return free_name(path, name, SUFFIX)
    _check_free(path, overwrite=overwrite)
    if not path.parent.is_dir():
        raise LibraryError(
            f"The backup {path} can't be written: there is no folder {path.parent}. Make it, or "
            "name another place."
        )
    return path


def _check_free(path: Path, *, overwrite: bool) -> None:
    if path.exists() and not (overwrite and path.is_file()):
        raise LibraryError(
            f"{path} is there already, and was left as it is. Name another file, or say that it "
            "may be replaced: --overwrite."
        )


def _log_size(folder: Path) -> int:
    log = folder / f"{CATALOGUE}-wal"
    return log.stat().st_size if log.exists() else 0


def _write(folder: Path, brought: list[Path], part: Path) -> None:
    copy = part.with_name(f"{part.name}.catalogue")
    try:
        copy.unlink(missing_ok=True)
        copy.touch(mode=0o600)
        _copy(folder / CATALOGUE, copy)
        manifest = _facts_of(folder, copy)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as file:
            parts = [_put(file, CATALOGUE, copy)]
            for path in brought:
                with suppress(FileNotFoundError):  # its owner has just removed it
                    name = f"{BROUGHT}/{path.parent.name}/{path.name}"
                    parts.append(_put(file, name, path))
            manifest["parts"] = parts
            file.writestr(_entry(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
    finally:
        for left in part.parent.glob(f"{copy.name}*"):
            left.unlink()


def _copy(path: Path, target: Path) -> None:
    address = f"{path.resolve().as_uri()}?{reading_mode(path.resolve())}"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            copy_catalogue(connection, target)
    except sqlite3.DatabaseError as error:
        if type(error) is sqlite3.DatabaseError:
            raise damaged(path, str(error)) from error
        raise LibraryError(
            f"The catalogue {path} could not be copied: {error}. Nothing was changed; mend the "
            "cause and try again."
        ) from error


def _facts_of(folder: Path, copy: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(copy)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}

        def count(table: str, where: str = "1") -> int:
            if table not in tables:
                return 0
            statement = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608  # own names
            return int(connection.execute(statement).fetchone()[0])

        (schema,) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return {
            "format": FORMAT,
            "program": _program(),
            "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "schema": int(schema),
            "library": os.path.abspath(folder),  # noqa: PTH100  # as its sources are named
            "documents": count("documents", "present"),
            "passages": count("passages"),
            "conversations": count("conversations"),
        }


def _program() -> str:
    try:
        return version("sanad")
    except PackageNotFoundError:  # run from its folder
        return ""


def _put(file: zipfile.ZipFile, name: str, path: Path) -> dict[str, object]:
    found, size = hashlib.sha256(), 0
    with path.open("rb") as source, file.open(_entry(name), "w", force_zip64=True) as target:
        for block in blocks(source):
            found.update(block)
            size += len(block)
            target.write(block)
    return {"name": name, "size": size, "sha256": found.hexdigest()}


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, dt.datetime.now().astimezone().timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a file in pieces."""
    while block := file.read(BLOCK_BYTES):
        yield block
