"""`incident init`: a workspace in which everything works."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from incident_analytics.cli.door import DONE
from incident_analytics.cli.streams import put, tell

EXAMPLES = """\b
Examples:
  incident init incidents"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder to make; it may exist.", show_default=False)],
) -> int:
    """Set up a workspace: data with a sample incident, reports, a runbook, notebooks.

    Nothing that exists is ever overwritten.
    """
    from incident_analytics.response.workspace import set_up_workspace  # noqa: PLC0415 -- --help needs no files

    for path in set_up_workspace(folder):
        put(str(path))
    tell("note", f"next: cd {shlex.quote(str(folder))} && incident postmortem INC-2024-001")
    return DONE
