"""What stands around every command: errors become one line, and every end is one of the exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING, Final

import typer
from typer.core import TyperGroup

from incident_analytics.cli.streams import one_line, tell
from incident_analytics.errors import IncidentAnalyticsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE: Final = 0
FINDINGS: Final = 1
BAD_INPUT: Final = 2
PARTIAL: Final = 3
INTERRUPTED: Final = 130  # 128 and SIGINT's number, as shells say it
PIPE_CLOSED: Final = 141  # 128 and SIGPIPE's

TRACEBACK: Final = "--traceback"


class Door(TyperGroup):
    """The group of commands; `--traceback` may stand anywhere on the line."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: object,
    ) -> int:
        """Run one command line; exit with its code, or return it where the caller does not stand alone."""
        given = list(sys.argv[1:] if args is None else args)
        kept = [argument for argument in given if argument != TRACEBACK]

        def run() -> object:
            return super(Door, self).main(
                kept, prog_name, complete_var, standalone_mode=False, windows_expand_args=windows_expand_args, **extra
            )

        code = code_of(run, with_traceback=TRACEBACK in given)
        if standalone_mode:
            sys.exit(code)
        return code

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # the only kind that typer makes
        """Run the command; a reader who has gone away (`| head`) ends it quietly."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(PIPE_CLOSED) from None
        return result


def code_of(run: Callable[[], object], *, with_traceback: bool = False) -> int:
    """The exit code of a run that returns one; any error is told on stderr in one line.

    Args:
        run: Returns the code, or nothing when all is done.
        with_traceback: Whether errors also show where in the program they came from.
    """
    try:
        result = run()
    except Exception as error:  # noqa: BLE001 -- the last boundary: nobody above can tell the person what happened
        if with_traceback:
            sys.stderr.write(traceback.format_exc())
        tell("error", _message(error))
        return BAD_INPUT
    return result if isinstance(result, int) else DONE


def _message(error: Exception) -> str:
    if isinstance(error, IncidentAnalyticsError):
        return str(error)
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {(error.strerror or str(error)).lower()}"
    kind = type(error).__name__
    return f"unexpected {kind}: {one_line(str(error)) or 'no message'}; run again with {TRACEBACK} to see where"


def _usage(error: typer.TyperException) -> str:
    # typer tells of pydantic's errors with pydantic's own words before them.
    message = error.format_message().replace("Value error, ", "").rstrip(".").replace(". Did you", "; did you")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "incident"
    return f"{message[:1].lower()}{message[1:]}; see '{command} --help'"


def _drop_output() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not complain."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)
