"""The group of all commands, and the options that each of them has."""

from __future__ import annotations

import logging

import click

from assistant.cli.asking import ask, chat, search
from assistant.cli.common import Flags
from assistant.cli.conversing import conversations
from assistant.cli.correcting import correct
from assistant.cli.evaluating import evaluate
from assistant.cli.examining import doctor
from assistant.cli.keeping import add, documents, remove, sync
from assistant.cli.rebuilding import rebuild
from assistant.cli.serving import serve
from assistant.cli.show import one_line, plain
from assistant.cli.storing import backup, export_library, import_library, restore
from assistant.cli.users import users
from assistant.cli.watching import watch

PROGRAM = "sanad"
COMPLETION_VARIABLE = "_SANAD_COMPLETE"

# A line of "\b" alone keeps the lines of its paragraph as they are.
_HELP = """Ask your own documents, in Arabic or English.

Every sentence of an answer cites the exact sentence that it rests on. Begin with:

\b
  sanad add report.md notes/
  sanad ask "Who chaired the first session?"
  sanad ask "من ترأس الدورة الأولى؟"
  sanad serve
"""
_COMPLETION_HELP = """Print the completion script of a shell.

\b
  bash:  eval "$(sanad completion bash)"     in ~/.bashrc
  zsh:   eval "$(sanad completion zsh)"      in ~/.zshrc
  fish:  sanad completion fish > ~/.config/fish/completions/sanad.fish
"""


class _InOrder(click.Group):
    """A group whose help lists the commands in the order in which a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's name
        return list(self.commands)


def _set_debug(context: click.Context, _: click.Parameter, debug: bool) -> None:
    context.ensure_object(Flags).debug |= debug


class _PlainFormatter(logging.Formatter):
    """Writes a message on one line; no file's name in it steers the terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        record.message = one_line(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))  # a traceback's lines stay


def _set_verbose(context: click.Context, _: click.Parameter, verbose: bool) -> None:
    """Log Sanad's own work to stderr until the command ends; the logs hold no document text."""
    flags = context.ensure_object(Flags)
    if flags.verbose or not verbose:
        return
    flags.verbose = True
    logger = logging.getLogger("assistant")
    handler = logging.StreamHandler()
    handler.setFormatter(_PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    root = context.find_root()
    root.call_on_close(lambda: logger.removeHandler(handler))
    root.call_on_close(lambda: logger.setLevel(logging.NOTSET))


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"{PROGRAM} {version(PROGRAM)}")
    except PackageNotFoundError:
        click.echo(f"{PROGRAM} (not installed)")
    context.exit()


def _flags() -> list[click.Parameter]:
    """Return the options that stand before or after a command's name."""
    return [
        click.Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_set_debug,
            help="Show the traceback of an error.",
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_set_verbose,
            help="Log to stderr what is being done.",
        ),
    ]


@click.group(
    cls=_InOrder,
    help=_HELP,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 refused or nothing found, 2 an error.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def sanad() -> None:
    """Ask your own documents, in Arabic or English."""


@click.command(help=_COMPLETION_HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        raise click.BadParameter(f"no completion for {shell!r}.")
    click.echo(maker(sanad, {}, PROGRAM, COMPLETION_VARIABLE).source())
    return 0


sanad.params += _flags()
for _command in (
    *(
        ask,
        chat,
        conversations,
        search,
        add,
        sync,
        watch,
        documents,
        correct,
        remove,
        rebuild,
        backup,
        restore,
        export_library,
        import_library,
        serve,
        users,
        evaluate,
        doctor,
        completion,
    ),
):
    _command.params += _flags()
    sanad.add_command(_command)
for _command in (*conversations.commands.values(), *users.commands.values()):
    _command.params += _flags()
