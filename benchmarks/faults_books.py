"""Made documents of which each answers one question that no other does, and where they stand."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

_LATIN = "ba de fi go lu ma ne pi ro su ta ve wi zo ka le mu no ri sha".split()
_ARABIC = "با دي فو رو سا مي نو لا طا كي شو زي حا جو ني را".split()
_LONGEST = 250  # sentences beside the one that is asked for
_OLD = 1_600_000_000  # seconds; a file that was changed a moment ago would be waited for
_SAID = {
    "en": ("The password of {} is {}.", "What is the password of {}?"),
    "ar": ("كلمة سر {} هي {}.", "ما كلمة سر {}؟"),
}
_MORE = {
    "en": (
        "Sheet {} of the {} papers: {}.",
        "harbour village bridge school river road market island wheat winter engineer mayor letter "
        "garden tower mountain library doctor copper glass horse lantern sailor teacher treaty "
        "window valley orchard museum station festival carpenter blanket compass desert kitchen",
    ),
    "ar": (
        "الورقة {} من أوراق {}: {}.",
        "ميناء قرية جسر مدرسة نهر طريق سوق جزيرة قمح شتاء مهندس بلدية وزارة اتفاق سفينة رسالة "
        "حديقة برج جبل مكتبة طبيب نحاس زجاج حصان فانوس بحار معلم معاهدة نافذة واد بستان متحف محطة "
        "مهرجان نجار غطاء بوصلة صحراء مطبخ",
    ),
}


@dataclass(frozen=True, slots=True)
class Book:
    """A made document: equal names and versions give equal texts.

    Attributes:
        name: A word that no other document has.
        language: ``en`` or ``ar``.
    """

    name: str
    language: str

    @property
    def question(self) -> str:
        """What only this document answers."""
        return _SAID[self.language][1].format(self.name)

    def word(self, version: int) -> str:
        """Return the word that answers the question in a version; it stands nowhere else."""
        return _made_word(random.Random(f"{self.name} {version}"), self.language, 5)  # noqa: S311  # a recipe

    def text(self, version: int) -> str:
        """Return the text of a version."""
        chance = random.Random(f"text of {self.name} {version}")  # noqa: S311  # a recipe
        said = _SAID[self.language][0].format(self.name, self.word(version))
        more, words = _MORE[self.language]
        lines = [said] + [
            more.format(n, self.name, " ".join(chance.choices(words.split(), k=9)))
            for n in range(1, 1 + int(chance.random() ** 2 * _LONGEST))
        ]
        return "\n\n".join(" ".join(lines[n : n + 5]) for n in range(0, len(lines), 5)) + "\n"


def _made_word(chance: random.Random, language: str, length: int) -> str:
    word = "".join(chance.choices(_LATIN if language == "en" else _ARABIC, k=length))
    return word.capitalize() if language == "en" else word


@dataclass(slots=True)
class World:
    """What the library should hold, as whoever uses it knows it.

    Attributes:
        work: Folder of everything.
        disk: Folder of the library; on a disk of its own, as it were.
        chance: Draws all that is drawn.
        books: All that were ever written, by name.
        held: The versions that the library holds, by name.
        gone: Names of what was removed and acknowledged.
        purged: Words that were erased and acknowledged.
        on_disk: The versions that the synced folder's files have, by name.
        paths: The files, by name.
        latest: The newest version that was ever written, by name.
        turns: Questions of the kept conversation, in order.
    """

    work: Path
    disk: Path
    chance: random.Random
    books: dict[str, Book] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    purged: set[str] = field(default_factory=set)
    on_disk: dict[str, int] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    turns: list[str] = field(default_factory=list)
    written: int = 0

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self.disk / "library"

    @property
    def synced(self) -> Path:
        """The folder that is kept in step."""
        return self.work / "synced"

    @property
    def loose(self) -> list[str]:
        """Names of what is held and did not come from the synced folder."""
        return sorted(name for name in self.held if name not in self.on_disk)

    def new_book(self, folder: str) -> Book:
        """Write the file of a new document.

        Args:
            folder: ``synced`` or ``loose``.
        """
        language = self.chance.choice(("en", "ar"))
        while (name := _made_word(self.chance, language, 4)) in self.books:
            pass
        book = Book(name, language)
        self.books[name] = book
        path = self.work / folder / f"{len(self.books):04}.{self.chance.choice(('txt', 'md'))}"
        self.paths[name] = path
        self.write(name, 1)
        if folder == "synced":
            self.on_disk[name] = 1
        return book

    def write(self, name: str, version: int) -> None:
        """Write a version of a document to its file."""
        path = self.paths[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.books[name].text(version), encoding="utf-8")
        self.written += 1
        self.latest[name] = version
        os.utime(path, (_OLD + self.written, _OLD + self.written))
