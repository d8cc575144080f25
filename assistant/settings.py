"""Typed settings: an argument, else ``SANAD_*`` in the environment or ``.env``, else a default.

Builds nothing: the facade reads these values and makes the parts.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from assistant.errors import SettingsError

InterfaceLanguage = Literal["ar", "en", "auto"]

_PREFIX = "SANAD_"
_HIGHEST_PORT = 65535
_HOST_NAME = re.compile(r"[\w.-]+|[0-9A-Fa-f:.]+")
_DEEPEST = 250  # elements are followed by functions that call themselves
_SMALLEST_CONTEXT = 1024  # tokens; below, no passage has room beside the instructions
_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def _data_folder(name: str) -> Path:
    """Return a folder of data: the checkout's, else the one inside the installed package."""
    in_checkout = _CHECKOUT / name
    if (_CHECKOUT / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    return _PACKAGE / "_data" / name


def _seeds() -> Path:
    return _data_folder("seeds")


def _prompts() -> Path:
    return _data_folder("prompts")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; every one is optional.

    Values are checked and given their types: a path or a number may be given as a text.

    Attributes:
        library: Folder of the library.
        documents: Folder that is kept in sync at start.
        prompts: Folder of the prompt files.
        model: Chat model by LangChain's name; empty for the extractive answerer.
        model_url: Address of the model's server.
        model_key: Key for the model's server; never shown.
        second_reader: Who reads unconfirmed sentences a second time: ``model``, ``off``, ``auto``
            (the model unless it runs on this machine or at an address of one's own), or
            ``huggingface:`` and a model of natural-language inference.
        unsupported: Sentences of a model that nothing supports: ``drop`` or ``mark`` them.
        model_context: Tokens that the model has room for, question, passages and answer together;
            0 for what is known of it, else 4096.
        model_timeout: Longest time without a word from the model's server, in seconds.
        embeddings: Embedding by name; ``builtin`` needs no download.
        embeddings_url: Address of the embedding's server.
        embeddings_key: Key for the embedding's server; never shown.
        chroma_url: Address of a Chroma server; empty for the library's own folder.
        language: Language of the interface; ``auto`` follows the browser or the locale.
        host: Address that the web page listens on.
        port: Its port.
        allowed_hosts: Further names of the page, such as its proxy's; in a text, between commas.
        users: Password file of the web page; none for a single person.
        max_file_mb: Largest file that is read, in megabytes.
        max_pages: The most pages that a file may have to be read.
        ocr: Whether pages that are pictures are read with Tesseract, which must be installed.
        max_document_characters: The most characters of text that a document may have.
        max_unpacked_mb: The most megabytes that a DOCX, EPUB or other archive may unpack to.
        max_unpacking_ratio: How many times larger than itself an archive may unpack.
        max_archive_files: The most files that an archive may hold.
        max_nesting: How deep elements and values of a file may stand in one another.
        max_rows: The most rows of tables that a document may have.
        max_reading_seconds: How long a process of its own may read one file.
        max_question_characters: Longest question that is answered.
        min_confidence: Below this estimated probability a question is refused, 0 to 1.

    Raises:
        SettingsError: A value can't be used.
    """

    library: Path = Path("library")
    documents: Path = field(default_factory=_seeds)
    prompts: Path = field(default_factory=_prompts)
    model: str = ""
    model_url: str = ""
    model_key: str = field(default="", repr=False)
    second_reader: str = "auto"
    unsupported: str = "drop"
    model_context: int = 0
    model_timeout: int = 120
    embeddings: str = "builtin"
    embeddings_url: str = ""
    embeddings_key: str = field(default="", repr=False)
    chroma_url: str = ""
    language: InterfaceLanguage = "auto"
    host: str = "127.0.0.1"
    port: int = 7860
    allowed_hosts: tuple[str, ...] = ()
    users: Path | None = None
    max_file_mb: int = 64
    max_pages: int = 3000
    ocr: bool = False
    max_document_characters: int = 30_000_000
    max_unpacked_mb: int = 256
    max_unpacking_ratio: int = 200
    max_archive_files: int = 10_000
    max_nesting: int = 200
    max_rows: int = 200_000
    max_reading_seconds: int = 120
    max_question_characters: int = 4000
    min_confidence: float = 0.5

    def __post_init__(self) -> None:
        for name in (f.name for f in fields(self)):
            # Frozen: this is how a value can still be given its type.
            object.__setattr__(self, name, _checked(name, getattr(self, name), name))

    @classmethod
    def load(
        cls,
        environment: Mapping[str, str] | None = None,
        env_file: str | os.PathLike[str] | None = ".env",
        overrides: Mapping[str, object] | None = None,
    ) -> Settings:
        """Read the settings.

        Args:
            environment: Variables to read; the process's own by default.
            env_file: A ``.env`` file whose values count less than the environment's; may be absent.
            overrides: Values by attribute name that count more than both.

        Returns:
            The settings.

        Raises:
            SettingsError: A name is unknown or a value can't be used.
        """
        found = _from_env_file(env_file) if env_file is not None else {}
        variables = os.environ if environment is None else environment
        found |= {name: value for name, value in variables.items() if name.startswith(_PREFIX)}
        values = {_attribute(name): _parse(name, value) for name, value in found.items()}
        settings = replace(cls(), **values)  # type: ignore[arg-type]  # parsed by name
        attributes = {f.name: f.name for f in fields(cls)}
        for name in overrides or ():
            _known(name, attributes)
        if overrides:
            settings = replace(settings, **dict(overrides))  # type: ignore[arg-type]  # checked by name
        return settings


def _from_env_file(path: str | os.PathLike[str]) -> dict[str, str]:
    if not Path(path).is_file():
        return {}
    from dotenv import dotenv_values

    try:
        values = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings in {path} can't be read: {error}.") from error
    return {k: v for k, v in values.items() if k.startswith(_PREFIX) and v is not None}


def _attribute(name: str) -> str:
    """Return the attribute that a variable sets."""
    return _known(name, {_PREFIX + f.name.upper(): f.name for f in fields(Settings)})


def _known(name: str, known: Mapping[str, str]) -> str:
    """Return what a name stands for; raise with the nearest known one if it is unknown."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(sorted(known))}."
    raise SettingsError(f"Unknown setting {name}. {hint}")


def _parse(name: str, value: str) -> object:
    """Return a variable's text as the type of its attribute."""
    return _checked(_attribute(name), value.strip(), name)


def _checked(attribute: str, value: object, name: str) -> object:
    """Return a value as the type of its attribute.

    Args:
        attribute: The attribute.
        value: A variable's text, or what was given in Python.
        name: What the value's giver calls it.

    Raises:
        SettingsError: The value can't be used.
    """
    try:
        return _PARSERS.get(attribute, _text)(value)
    except ValueError as error:
        shown = "…" if attribute.endswith("_key") else repr(value)
        raise SettingsError(f"{name}={shown} can't be used: {error}.") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("give a text")  # noqa: TRY004  # caught and named above
    return value


def _port(value: object) -> int:
    port = _whole_number(value)
    if port > _HIGHEST_PORT:
        raise ValueError("a port lies between 1 and 65535")
    return port


def _whole_number(value: object) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError("give a whole number of 1 or more")
    return int(text)


def _nesting(value: object) -> int:
    depth = _whole_number(value)
    if depth > _DEEPEST:
        raise ValueError(f"give {_DEEPEST} or less")
    return depth


def _context(value: object) -> int:
    context = 0 if str(value) in ("", "0") else _whole_number(value)
    if 0 < context < _SMALLEST_CONTEXT:
        raise ValueError(f"give {_SMALLEST_CONTEXT} tokens or more, or leave the setting out")
    return context


def _share(value: object) -> float:
    try:
        share = float(str(value))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ValueError("give a number between 0 and 1")
    return share


def _one_of(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in choices:
            raise ValueError(f"choose {', '.join(choices[:-1])} or {choices[-1]}")
        return str(value)

    return check


def _second_reader(value: object) -> str:
    if isinstance(value, str) and value.partition(":")[2]:
        return value
    return _one_of("auto", "model", "off")(value)


def _yes_or_no(value: object) -> bool:
    answer = str(value).casefold()
    if answer not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        raise ValueError("give true or false")
    return answer in ("true", "1", "yes", "on")


def _hosts(value: object) -> tuple[str, ...]:
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise ValueError("give names with commas between them")  # noqa: TRY004  # as above
    names = tuple(str(name).strip() for name in given if str(name).strip())
    if not all(map(_HOST_NAME.fullmatch, names)):
        raise ValueError("give names of hosts, without https:// and port")
    return names


def _folder(value: object) -> Path:
    if not isinstance(value, str | os.PathLike) or not str(value).strip():
        raise ValueError("give a path, or leave the setting out")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(f"{error}") from None


_PARSERS: dict[str, Callable[[object], object]] = {
    "library": _folder,
    "documents": _folder,
    "prompts": _folder,
    "users": lambda value: None if value in (None, "") else _folder(value),
    "language": _one_of("ar", "en", "auto"),
    "second_reader": _second_reader,
    "unsupported": _one_of("drop", "mark"),
    "port": _port,
    "allowed_hosts": _hosts,
    "model_context": _context,
    "model_timeout": _whole_number,
    "max_file_mb": _whole_number,
    "max_pages": _whole_number,
    "ocr": _yes_or_no,
    "max_document_characters": _whole_number,
    "max_unpacked_mb": _whole_number,
    "max_unpacking_ratio": _whole_number,
    "max_archive_files": _whole_number,
    "max_nesting": _nesting,
    "max_rows": _whole_number,
    "max_reading_seconds": _whole_number,
    "max_question_characters": _whole_number,
    "min_confidence": _share,
}
