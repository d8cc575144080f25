"""A whole library in one file: ``backup``, ``restore``, ``export-library``, ``import-library``."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.common import interface_language, json_option, library_option, load_settings
from assistant.cli.show import echo_json, one_line
from assistant.schema import Backup
from assistant.settings import Settings
from assistant.strings import say

_file = click.Path(path_type=Path)
_overwrite_option = click.option(
    "--overwrite", is_flag=True, help="Replace the file if it is there already."
)


@click.command()
@click.argument("target", required=False, type=_file)
@_overwrite_option
@library_option
@json_option
def backup(target: Path | None, overwrite: bool, library: Path | None, as_json: bool) -> int:
    """Write the whole library into one file.

    Documents with all their versions, conversations, corrections, ratings, and the files that were
    brought through the page; the indexes are made anew by `sanad restore`. TARGET is a file or a
    folder (default: a dated name in the working folder). Others may write meanwhile. The file
    holds all texts, so only its owner may read it.
    """
    return _written(target, library, overwrite=overwrite, as_json=as_json)


@click.command("export-library")
@click.argument("file", type=_file)
@_overwrite_option
@library_option
@json_option
def export_library(file: Path, overwrite: bool, library: Path | None, as_json: bool) -> int:
    """Write the whole library into FILE, for another machine; a backup is such a file too."""
    return _written(file, library, overwrite=overwrite, as_json=as_json)


def _written(target: Path | None, library: Path | None, *, overwrite: bool, as_json: bool) -> int:
    from assistant.library import write_archive

    settings = load_settings({"library": library})
    made = write_archive(settings.library, target, overwrite=overwrite)
    if as_json:
        echo_json(made.to_dict())
    else:
        _tell("cli.backup.done", made, settings)
    return 0


@click.command()
@click.argument("backup", type=_file)
@library_option
@json_option
def restore(backup: Path, library: Path | None, as_json: bool) -> int:
    """Put a backup in the place of the library.

    The backup is checked first. What is in the library now is set aside in a dated folder inside
    it, and deleted by nobody. No model is called.
    """
    from assistant.library import restore_library

    settings = load_settings({"library": library})
    done = restore_library(backup, settings.library, settings.chroma_url)
    if as_json:
        echo_json(done.backup.to_dict() | {"library": str(settings.library), "aside": done.aside})
        return 0
    _tell("cli.restore.done", done.backup, settings)
    if done.aside:
        click.echo(say("cli.restore.aside", interface_language(settings), {"path": done.aside}))
    return 0


@click.command("import-library")
@click.argument("file", type=_file)
@library_option
@json_option
def import_library(file: Path, library: Path | None, as_json: bool) -> int:
    """Put the library in FILE, from this or another machine, into a new library.

    The library's folder must hold none yet. No model is called.
    """
    from assistant.library import import_library as put

    settings = load_settings({"library": library})
    done = put(file, settings.library, settings.chroma_url)
    if as_json:
        echo_json(done.backup.to_dict() | {"library": str(settings.library)})
    else:
        _tell("cli.restore.done", done.backup, settings)
    return 0


def _tell(string: str, made: Backup, settings: Settings) -> None:
    values = made.to_dict() | {
        "path": one_line(made.path),
        "megabytes": f"{made.size / 1_000_000:,.1f}",
        "library": settings.library.absolute(),
    }
    click.echo(say(string, interface_language(settings), values))
