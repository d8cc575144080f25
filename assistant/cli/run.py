"""Runs a command line: its exit code, and every error as one clear line.

0 answered, found or done; 1 refused, nothing found, or some sources failed; 2 an error, wrong
usage included; 130 interrupted; 141 the reader of the output went away.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

import click

from assistant.cli.common import Flags, spoken_language
from assistant.cli.root import COMPLETION_VARIABLE, PROGRAM, sanad
from assistant.cli.show import complain
from assistant.errors import AssistantError
from assistant.strings import explain

_ERROR = 2
_INTERRUPTED = 130
_READER_GONE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        argv: The arguments after the program's name; the process's own by default.

    Returns:
        The exit code.
    """
    _use_utf8()
    flags = Flags()
    try:
        return _run(sys.argv[1:] if argv is None else list(argv), flags)
    except click.exceptions.Exit as end:
        return end.exit_code
    except BrokenPipeError:
        _drop_output()
        return _READER_GONE
    except (KeyboardInterrupt, click.Abort):
        if sys.stderr.isatty():
            click.echo(err=True)  # after the prompt, or the terminal's ^C
        complain("interrupted.")
        return _INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
    except Exception as error:  # noqa: BLE001  # a person gets one line, whatever went wrong
        if flags.debug:
            click.echo(traceback.format_exc(), err=True, nl=False)
        complain(_explain(error))
    return _ERROR


def _run(arguments: list[str], flags: Flags) -> int:
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(sanad, {}, PROGRAM, COMPLETION_VARIABLE, instruction)
    with sanad.make_context(PROGRAM, arguments, obj=flags) as context:
        code: int = sanad.invoke(context)
    return code


def _explain(error: Exception) -> str:
    """Return what went wrong, and what to do about it where that is known."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{error.format_message()} Try: {error.ctx.command_path} --help"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, AssistantError):
        return explain(error, spoken_language())
    if isinstance(error, OSError):
        parts = (error.filename, error.strerror or str(error))
        return ": ".join(os.fsdecode(part) for part in parts if part)
    return f"unexpected {type(error).__name__}: {error}. Run it with --debug to see where."


def _use_utf8() -> None:
    """Speak UTF-8 whatever the locale; a file name that is not UTF-8 is written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _drop_output() -> None:
    """Send what is left of the output nowhere, so that the interpreter's exit stays quiet."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
