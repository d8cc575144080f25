"""Which files of a folder are passed over: the usual ones, and what ``.sanadignore`` files name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pathspec import GitIgnoreSpec

from assistant.errors import UnreadableDocument

IGNORE_FILE = ".sanadignore"
# Hidden files, what editors, browsers and archivers leave behind, what systems put in folders.
_USUAL = (
    ".*",
    "~$*",
    "*~",
    "*.[Tt][Mm][Pp]",
    "*.part",
    "*.crdownload",
    "__MACOSX/",
    "[Tt]humbs.db",
    "[Dd]esktop.ini",
    "$RECYCLE.BIN/",
    "System Volume Information/",
)


@dataclass(frozen=True, slots=True)
class _Level:
    """The patterns that hold beneath a folder."""

    folder: Path
    patterns: GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is passed over at one place of a folder; the patterns nearest to a file decide.

    Attributes:
        levels: The patterns that hold there, the outermost first.
    """

    levels: tuple[_Level, ...]

    @classmethod
    def usual(cls, folder: Path) -> Ignored:
        """Return what is passed over where no file says otherwise."""
        return cls((_Level(folder, _usual()),))

    def within(self, folder: Path) -> Ignored:
        """Return what is passed over in a subfolder, or in the folder itself.

        Args:
            folder: Its own ``.sanadignore``, if it has one, holds for it and all beneath.

        Raises:
            UnreadableDocument: That file can't be read, or holds what is no pattern.
        """
        path = folder / IGNORE_FILE
        try:
            if not path.is_file():
                return self
            lines = path.read_text("utf-8-sig").splitlines()
            return Ignored((*self.levels, _Level(folder, GitIgnoreSpec.from_lines(lines))))
        except (OSError, ValueError) as error:
            raise UnreadableDocument(
                f"{path} can't be used: {error}. Nothing of its folder is read or removed until it "
                "is mended. It holds patterns as in .gitignore, one a line, in UTF-8.",
                str(path),
            ) from error

    def covers(self, path: Path, *, is_folder: bool) -> bool:
        """Return whether a file or folder is passed over.

        Args:
            path: Where it is, beneath the folders of all levels.
            is_folder: Whether it is a folder.
        """
        for level in reversed(self.levels):
            relative = path.relative_to(level.folder).as_posix() + "/" * is_folder
            decided = level.patterns.check_file(relative).include
            if decided is not None:
                return decided
        return False


def is_ignored(path: Path, root: Path) -> bool:
    """Return whether a path is passed over when a folder is read.

    Args:
        path: A file or folder, which may be gone.
        root: The folder, above it.

    Raises:
        UnreadableDocument: A ``.sanadignore`` on the way can't be used.
    """
    ignored, here = Ignored.usual(root), root
    for name in path.relative_to(root).parts:
        ignored = ignored.within(here)
        here /= name
        # What is gone may have been a folder.
        is_folder = here != path or here.is_dir()
        if ignored.covers(here, is_folder=is_folder):
            return True
    return False


@cache
def _usual() -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(_USUAL)
