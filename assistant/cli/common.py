"""What the commands share: their options, the settings, and the opening of a library."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.errors import SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant import Assistant

_YES = ("y", "yes", "نعم", "ن")
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Flags:
    """The options of every command.

    Attributes:
        debug: Show the traceback of an error.
        verbose: Log to stderr.
    """

    debug: bool = False
    verbose: bool = False


class FolderName(click.Path):
    """A folder's path; an empty one is wrong usage and not the working folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path.

        Raises:
            click.BadParameter: It is empty, or that of a file.
        """
        if not str(value).strip():
            self.fail("it is empty.", param, ctx)
        return super().convert(value, param, ctx)


library_option = click.option(
    "--library",
    type=FolderName(),
    metavar="PATH",
    help="Folder of the library (default: SANAD_LIBRARY, else ./library).",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


def load_settings(overrides: Mapping[str, object]) -> Settings:
    """Return the settings with the options that were given; ``None`` is not given.

    Args:
        overrides: Options by the name of the setting.

    Returns:
        The settings.

    Raises:
        SettingsError: A setting is unknown or has a value that can't be used.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    return Settings.load(overrides=given)


def open_assistant(settings: Settings, *, read_only: bool, to_rebuild: bool = False) -> Assistant:
    """Open the library of the settings; the one place where the command line does so.

    Args:
        settings: The settings.
        read_only: True to look only, also while another process is writing.
        to_rebuild: True to open what another embedding indexed, in order to embed it again.

    Returns:
        The assistant; a context manager.

    Raises:
        AssistantError: The library can't be opened.
    """
    from assistant import Assistant

    _LOG.info("opening %s %s", settings.library, "to read" if read_only else "to write")
    return Assistant(
        settings.library, settings=settings, read_only=read_only, to_rebuild=to_rebuild
    )


def interface_language(settings: Settings) -> str:
    """Return the language of the command's own words: the setting's, else the locale's."""
    if settings.language != "auto":
        return settings.language
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ar" if next(filter(None, names), "").startswith("ar") else "en"


def spoken_language() -> str:
    """Return the language of the command's own words, also where a setting is wrong."""
    try:
        return interface_language(load_settings({}))
    except SettingsError:
        return interface_language(Settings())


def confirmed(asked: str) -> bool:
    """Ask something; only a yes is a yes.

    Args:
        asked: The question.

    Raises:
        click.UsageError: There is no terminal to ask in.
    """
    if not sys.stdin.isatty():
        raise click.UsageError("Without a terminal to ask in, give --yes.")
    click.echo(f"{asked} ", nl=False, err=True)
    return sys.stdin.readline().strip().lower() in _YES


def joined_words(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> str:
    """Return the words of a question as one text, decoded as UTF-8 whatever the locale.

    Args:
        words: The arguments; quotes around a question are optional.

    Returns:
        The text.

    Raises:
        click.BadParameter: There are no words in it.
    """
    text = " ".join(words).strip()
    if not text:
        raise click.BadParameter("it is empty.")
    try:
        return os.fsencode(text).decode("utf-8", "replace")
    except UnicodeEncodeError:  # not from this locale's command line: already decoded
        return text
