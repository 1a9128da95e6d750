"""Where words go: data to stdout, everything told on the way to stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind: TypeAlias = Literal["error", "warning", "info", "note"]


def one_line(text: str) -> str:
    r"""The text on one line, signs that would move a terminal's cursor written out.

    >>> one_line("a title\n with \x1b[31mcolour")
    'a title with \\x1b[31mcolour'
    """
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in line)


def put(text: str) -> None:
    """Print data, as it is, with a line end."""
    stream = sys.stdout
    try:
        stream.write(f"{text}\n")
    except UnicodeEncodeError:
        # A terminal that is not UTF-8, or a file name that is no text.
        encoding = stream.encoding or "ascii"
        stream.write(f"{text}\n".encode(encoding, errors="backslashreplace").decode(encoding))


def tell(kind: Kind, text: str) -> None:
    """One line for the person on stderr, such as ``error: there is no incident 'INC-9'``."""
    sys.stderr.write(f"{kind}: {one_line(text)}\n")


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr while the body runs; nothing where stderr is no terminal.

    Args:
        title: What is being done.
        total: How many steps there are; None for one of unknown length.

    Yields:
        A function to call after each step.
    """
    if not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console  # noqa: PLC0415 -- only terminals need it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    # Bound to this stream and redirecting none: a notebook's cells put their own streams in place meanwhile.
    console = Console(file=sys.stderr)
    is_counted = total is not None
    counts = [TextColumn("{task.completed}/{task.total}", markup=False)] if is_counted else []
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), *counts, TimeElapsedColumn())
    with Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        auto_refresh=not is_counted,  # counted steps draw the bar: a thread would forbid this process to fork
    ) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.update(task, advance=1, refresh=is_counted)


def _nothing() -> None:
    pass
