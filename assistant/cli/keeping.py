"""What the library holds: ``add``, ``sync``, ``documents`` and ``remove``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import (
    FolderName,
    confirmed,
    interface_language,
    json_option,
    library_option,
    load_settings,
    open_assistant,
)
from assistant.cli.progress import ProgressLine
from assistant.cli.settling import settle
from assistant.cli.show import (
    complain,
    echo_documents,
    echo_json,
    echo_report,
    echo_warning,
    facts_of,
    one_line,
)
from assistant.errors import LibraryDamaged, LibraryError
from assistant.schema import Document, SyncReport
from assistant.strings import say

if TYPE_CHECKING:
    from assistant import Assistant


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@library_option
@json_option
def add(paths: tuple[str, ...], library: Path | None, as_json: bool) -> int:
    """Read files and folders into the library."""
    settings = load_settings({"library": library})
    with (
        open_assistant(settings, read_only=False) as assistant,
        ProgressLine(hidden=as_json) as bar,
    ):
        report = assistant.add(*paths, progress=bar)
        settle(assistant)
    echo_report(report, interface_language(settings), as_json=as_json)
    return _outcome(report)


@click.command()
@click.argument("folder", type=FolderName())
@click.option(
    "--remove-many", is_flag=True, help="Remove documents even if most files are gone at once."
)
@library_option
@json_option
def sync(folder: Path, remove_many: bool, library: Path | None, as_json: bool) -> int:
    """Bring the library level with a folder.

    Reads what is new or changed, and removes the documents whose file has left the folder. Files
    that a .sanadignore in it names, as in .gitignore, are left out. Run it again after an
    interruption: it goes on where it stopped.
    """
    settings = load_settings({"library": library})
    with (
        open_assistant(settings, read_only=False) as assistant,
        ProgressLine(hidden=as_json) as bar,
    ):
        report = assistant.sync(folder, progress=bar, remove_many=remove_many)
        settle(assistant)
    echo_report(report, interface_language(settings), as_json=as_json)
    return _outcome(report)


def _outcome(report: SyncReport) -> int:
    """Return the exit code: 1 where some sources failed, 2 where all did."""
    if not report.failed:
        return 0
    return 1 if report.added or report.updated or report.moved or report.unchanged else 2


@click.command()
@library_option
@json_option
def documents(library: Path | None, as_json: bool) -> int:
    """List the documents: id, language, date, title, file, and what was put right."""
    settings = load_settings({"library": library})
    with open_assistant(settings, read_only=True) as assistant:
        found = assistant.documents()
    if as_json:
        echo_json([facts_of(document) for document in found])
    elif found:
        echo_documents(found, interface_language(settings))
    else:
        click.echo(say("answer.empty_library", interface_language(settings)), err=True)
    return 0


@click.command()
@click.argument("document_id", metavar="ID")
@click.option("--purge", is_flag=True, help="Erase it with its stored versions and quotes.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@library_option
@json_option
def remove(document_id: str, purge: bool, yes: bool, library: Path | None, as_json: bool) -> int:
    """Remove a document from the library; its file is not touched.

    With --purge a file that was brought through the page is erased too, since it lies in the
    library. Backups elsewhere are yours to delete; copies in the library's folder are named.
    """
    settings = load_settings({"library": library})
    language = interface_language(settings)
    with open_assistant(settings, read_only=False) as assistant:
        document = _found(assistant, document_id, purge=purge)
        if document is None:
            complain(f"There is no document {document_id!r}. List the ids with: sanad documents")
            return 1
        if not yes and not _confirmed(document, language):
            click.echo(say("cli.remove.kept", language), err=True)
            return 1
        removal = assistant.remove(document_id, purge=purge)
        settle(assistant)
    if as_json:
        kept = {"kept_in": list(removal.kept_in)} if removal.kept_in else {}
        echo_json({"removed": document_id, "purged": purge} | kept)
    else:
        click.echo(say("cli.remove.done", language, {"title": one_line(document.title)}))
    for path in removal.kept_in:
        echo_warning(say("cli.remove.kept_in", language, {"path": path}), language)
    return 0


def _found(assistant: Assistant, document_id: str, *, purge: bool) -> Document | None:
    """Return the document to remove; one that was removed before can still be purged."""
    present = next((d for d in assistant.documents() if d.id == document_id), None)
    if present is not None or not purge:
        return present
    try:
        return assistant.document(document_id)
    except LibraryDamaged:
        raise
    except LibraryError:
        return None


def _confirmed(document: Document, language: str) -> bool:
    title = one_line(f"{document.title} — {document.source}")
    return confirmed(say("cli.remove.sure", language, {"title": title}))
