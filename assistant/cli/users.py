"""Who may sign in to the page: ``users`` and what stands below it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import interface_language, json_option, load_settings
from assistant.cli.show import echo_json
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.strings import say

if TYPE_CHECKING:
    from assistant.web.people.register import Register

# A line of "\b" alone keeps the lines of its paragraph as they are.
_HELP = """Say who may sign in to the page.

\b
  sanad users add salma --file users.txt      asks for the password twice
  sanad users list --file users.txt
  SANAD_USERS=users.txt sanad serve           asks everybody to sign in
"""

_file_option = click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    help="The users file (default: SANAD_USERS).",
)
_stdin_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input."
)


def _decoded(_: click.Context, __: click.Parameter, name: str) -> str:
    """Return a name as UTF-8 whatever the locale."""
    try:
        return os.fsencode(name).decode("utf-8", "replace")
    except UnicodeEncodeError:  # not from this locale's command line: already decoded
        return name


_name_argument = click.argument("name", callback=_decoded)


@click.group(help=_HELP)
def users() -> None:
    """Say who may sign in to the page."""


@users.command("add")
@_name_argument
@_file_option
@_stdin_option
def add_user(name: str, file: Path | None, password_stdin: bool) -> int:
    """Add a person; the file is made if there is none."""
    from assistant.web.people.register import checked_name

    settings, register = _opened(file)
    language = interface_language(settings)
    # A name that can't be used is said before anybody types a password.
    person = register.add(checked_name(name), _password(language, password_stdin))
    values = {"name": person.name, "path": register.path}
    click.echo(say("cli.users.added", language, values))
    return 0


@users.command("remove")
@_name_argument
@_file_option
def remove_user(name: str, file: Path | None) -> int:
    """Remove a person, and sign that person out; conversations stay in the library."""
    settings, register = _opened(file)
    person = register.remove(name)
    click.echo(say("cli.users.removed", interface_language(settings), {"name": person.name}))
    return 0


@users.command("password")
@_name_argument
@_file_option
@_stdin_option
def change_password(name: str, file: Path | None, password_stdin: bool) -> int:
    """Give a person a new password, and sign that person out."""
    settings, register = _opened(file)
    language = interface_language(settings)
    person = register.change(name, _password(language, password_stdin))
    click.echo(say("cli.users.changed", language, {"name": person.name}))
    return 0


@users.command("list")
@_file_option
@json_option
def list_users(file: Path | None, as_json: bool) -> int:
    """List who may sign in, one name a line."""
    settings, register = _opened(file)
    names = [person.name for person in register.people()]
    if as_json:
        echo_json(names)
    elif not names:
        click.echo(say("cli.users.none", interface_language(settings)), err=True)
    for name in () if as_json else names:
        click.echo(name)
    return 0


def _opened(file: Path | None) -> tuple[Settings, Register]:
    """Return the settings, and the users file that an option or they name.

    Raises:
        SettingsError: Neither names one.
    """
    from assistant.web.people.register import Register

    settings = load_settings({"users": file})
    if settings.users is None:
        raise SettingsError("Name the users file: --file users.txt, or SANAD_USERS=users.txt.")
    return settings, Register(settings.users)


def _password(language: str, from_stdin: bool) -> str:
    """Return a new password, typed twice without being shown, or from the input.

    Raises:
        click.UsageError: There is no terminal to ask in.
    """
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("Without a terminal to ask in, give --password-stdin.")
    from getpass import getpass

    while True:
        try:
            first = getpass(f"{say('cli.users.password', language)}: ")
            if first == getpass(f"{say('cli.users.again', language)}: "):
                return first
        except EOFError:
            raise click.Abort from None
        click.echo(say("cli.users.different", language), err=True)
