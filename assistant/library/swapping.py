"""Puts what is ready in the place of what is there, by renaming; taken up where it was cut off."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.library.brought import BROUGHT
from assistant.library.copying import free_name, sync
from assistant.library.soundness import CATALOGUE, CLOSED

NEW = "restoring"
_READY = "ready"
_ASIDE = "replaced"
# All that belongs to the library before; its catalogue is the last to go.
_OLD = ("terms", "chroma", CLOSED, f"{CATALOGUE}-wal", f"{CATALOGUE}-shm", CATALOGUE)


def set_aside_name(folder: Path) -> str:
    """Return the name of a folder for what was there before."""
    return free_name(folder, _ASIDE).name


def make_ready(folder: Path, aside: str) -> None:
    """Say that all is ready to be put in place.

    Args:
        folder: The library's folder; what is new lies in its folder ``restoring``, on the disk.
        aside: Name of the folder for what was there before.
    """
    ready = folder / NEW / _READY
    ready.write_text(aside, encoding="utf-8")
    sync(ready)
    sync(ready.parent)


def is_cut_off(folder: Path) -> bool:
    """Return whether something is ready and not yet in place."""
    return (folder / NEW / _READY).is_file()


def finish_swap(folder: Path) -> Path | None:
    """Put in place what is ready; nobody else may write meanwhile.

    Args:
        folder: The library's folder.

    Returns:
        Where what was there before lies now; None where nothing was, or nothing is ready.
    """
    new = folder / NEW
    if not is_cut_off(folder):
        shutil.rmtree(new, ignore_errors=True)  # not even made ready: nothing was touched
        return None
    aside = folder / (new / _READY).read_text(encoding="utf-8")
    if (new / BROUGHT).is_dir():
        _move(folder / BROUGHT, aside)
        (new / BROUGHT).rename(folder / BROUGHT)
        sync(folder)
    if (new / CATALOGUE).is_file():
        for name in _OLD:
            _move(folder / name, aside)
        sync(folder)
        (new / CATALOGUE).rename(folder / CATALOGUE)
        sync(folder)
    shutil.rmtree(new)
    return aside if aside.is_dir() else None


def _move(path: Path, aside: Path) -> None:
    if not path.exists():
        return
    if path.name == BROUGHT and path.is_dir() and not any(path.iterdir()):
        path.rmdir()
        return
    aside.mkdir(exist_ok=True)
    path.rename(aside / path.name)


def set_aside(folder: Path) -> list[Path]:
    """Return the folders in which what was there before was set aside."""
    return sorted(path for path in folder.glob(f"{_ASIDE}-*") if path.is_dir())
