"""The users file: who may sign in, one line a person, ``NAME:PASSWORD'S HASH``.

Lines that begin with ``#`` are comments. The file is written whole and put in its place in one
step, so that nobody ever reads half of it, and only its owner can read it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError
from assistant.web.people.passwords import hashed, is_well_formed, objection

LONGEST_NAME = 64  # characters

_MARKS = "._-@"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_WAIT = 10  # seconds for another program that is writing the file
# Marks that change nothing that can be seen; two names would look the same.
_UNSEEN = frozenset(
    (0x034F, 0x180B, 0x180C, 0x180D, 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        name: The name as it stands in the file.
        kept: What is kept of the password.
    """

    name: str
    kept: str


def checked_name(name: str) -> str:
    """Return a name in its one form (NFC).

    Args:
        name: The name as it was given.

    Returns:
        The name.

    Raises:
        SettingsError: It can't be a name.
    """
    normal = unicodedata.normalize("NFC", name)
    if not 0 < len(normal) <= LONGEST_NAME:
        raise SettingsError(
            f"The name {_short(name)} has {len(normal)} characters; give 1 to {LONGEST_NAME}."
        )
    wrong = next((character for character in normal if not _may_stand(character)), None)
    if wrong is not None or not normal[0].isalnum():
        seen = normal[0] if wrong is None else wrong
        raise SettingsError(
            f"The name {_short(name)} can't be used because of {seen!a}. A name is made of "
            f"letters of any script, digits and {' '.join(_MARKS)}, and begins with a letter or a "
            "digit."
        )
    return normal


def _may_stand(character: str) -> bool:
    kind = unicodedata.category(character)
    if character in _MARKS or kind == "Nd":
        return True
    # Vowel signs are a part of many scripts' letters.
    return kind[0] == "L" or (kind in ("Mn", "Mc") and ord(character) not in _UNSEEN)


def _short(text: str) -> str:
    return repr(text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "…")


def _key(name: str) -> str:
    """Return what two spellings of one name share; capitals don't tell people apart."""
    return unicodedata.normalize("NFC", name.casefold())


class Register:
    """The people of a users file, read anew whenever the file changes.

    Args:
        path: The file. It is looked for when it is needed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._people: Mapping[str, Person] = {}

    def people(self) -> tuple[Person, ...]:
        """Return everybody, in the order of the file.

        Raises:
            SettingsError: The file is missing, damaged or may not be read.
        """
        return tuple(self._read().values())

    def find(self, name: str) -> Person | None:
        """Return the person of a name, whatever its capitals; None for nobody.

        Raises:
            SettingsError: The file is missing, damaged or may not be read.
        """
        return self._read().get(_key(unicodedata.normalize("NFC", name)))

    def is_open_to_others(self) -> bool:
        """Return whether other users of this machine may read the file."""
        try:
            return os.name == "posix" and bool(self.path.stat().st_mode & _OTHERS)
        except OSError:
            return False

    def _read(self) -> Mapping[str, Person]:
        try:
            found = self.path.stat()
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            with self._lock:
                if seen != self._seen:
                    self._people = _parsed(_lines(self.path), self.path)
                    self._seen = seen
                return self._people
        except OSError as error:
            raise _unreadable(self.path, error) from None

    def add(self, name: str, password: str) -> Person:
        """Add a person; the file is made if there is none.

        Args:
            name: The name.
            password: The password.

        Returns:
            The person.

        Raises:
            SettingsError: The name or the password can't be used, somebody has that name, or the
                file is damaged or can't be written.
        """
        name = checked_name(name)
        person = Person(name, _kept(password))
        with self._changing(may_be_new=True) as lines:
            there = _parsed(lines, self.path).get(_key(name))
            if there is not None:
                raise SettingsError(
                    f"There is already a person named {there.name!r} in {str(self.path)!r}. Give "
                    f"a new password with: sanad users password {there.name}"
                )
            lines.append(f"{person.name}:{person.kept}")
        return person

    def change(self, name: str, password: str) -> Person:
        """Give a person a new password.

        Raises:
            SettingsError: There is nobody of that name, the password can't be used, or the file is
                damaged or can't be written.
        """
        kept = _kept(password)
        with self._changing() as lines:
            number, person = self._line_of(name, lines)
            lines[number] = f"{person.name}:{kept}"
        return Person(person.name, kept)

    def remove(self, name: str) -> Person:
        """Remove a person.

        Raises:
            SettingsError: There is nobody of that name, or the file is damaged or can't be
                written.
        """
        with self._changing() as lines:
            number, person = self._line_of(name, lines)
            del lines[number]
        return person

    def _line_of(self, name: str, lines: Sequence[str]) -> tuple[int, Person]:
        person = _parsed(lines, self.path).get(_key(unicodedata.normalize("NFC", name)))
        if person is None:
            raise SettingsError(
                f"There is nobody named {_short(name)} in {str(self.path)!r}. "
                "See who is there with: sanad users list"
            )
        start = f"{person.name}:"
        number = next(
            n
            for n, line in enumerate(lines)
            if unicodedata.normalize("NFC", line.strip()).startswith(start)
        )
        return number, person

    @contextlib.contextmanager
    def _changing(self, *, may_be_new: bool = False) -> Iterator[list[str]]:
        """Give the file's lines to be changed, and write them when the block ends well."""
        from filelock import FileLock, Timeout

        # A link stays a link: what it points at is replaced.
        path = self.path.resolve()
        try:
            with FileLock(path.with_name(f".{path.name}.lock"), timeout=_WAIT, mode=0o600):
                lines = [] if may_be_new and not path.exists() else _lines(path)
                yield lines
                _write(path, lines)
        except Timeout:
            raise SettingsError(
                f"Another program is changing {str(self.path)!r}. Try again when it is done."
            ) from None
        except OSError as error:
            raise _unreadable(self.path, error) from None


def _kept(password: str) -> str:
    if wrong := objection(password):
        raise SettingsError(wrong)
    return hashed(password)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"The users file {str(path)!r} is damaged: byte {error.start} is not UTF-8."
        ) from None
    lines = text.split("\n")
    return lines[:-1] if not lines[-1] else lines


def _parsed(lines: Sequence[str], path: Path) -> Mapping[str, Person]:
    people: dict[str, Person] = {}
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        where = f"The users file {str(path)!r} is damaged in line {number}: "
        name, colon, kept = stripped.partition(":")
        if not colon or not is_well_formed(kept):
            raise SettingsError(
                f"{where}it is not NAME:HASH as sanad users add writes it. Mend or delete the "
                "line, and add the person again."
            )
        try:
            name = checked_name(name)
        except SettingsError as error:
            raise SettingsError(f"{where}{error}") from None
        if _key(name) in people:
            raise SettingsError(f"{where}{name!r} stands in an earlier line too. Delete one.")
        people[_key(name)] = Person(name, kept)
    return people


def _unreadable(path: Path, error: OSError) -> SettingsError:
    if isinstance(error, FileNotFoundError):
        return SettingsError(
            f"There is no users file {str(path)!r}. Make one with: sanad users add NAME --file "
            f"{path}"
        )
    return SettingsError(
        f"The users file {str(path)!r} can't be used: {error.strerror or error}. Check its "
        "permissions and SANAD_USERS."
    )


def _write(path: Path, lines: Sequence[str]) -> None:
    """Write a file for its owner only, in one step, to stay after a power cut."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write("".join(f"{line}\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
