"""`incident open`: the post-mortem made anew, then JupyterLab on its notebook."""

import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from incident_analytics.cli.as_of import chosen_as_of
from incident_analytics.cli.bundles import chosen_runbook
from incident_analytics.cli.door import DONE, PARTIAL
from incident_analytics.cli.options import (
    REPORTS,
    AsOfOption,
    BundleArgument,
    DataOption,
    OutOption,
    RedactOption,
    RunbookOption,
)
from incident_analytics.cli.streams import progress, put, tell
from incident_analytics.errors import ReportError

LAUNCHER = "incident_analytics.cli.jupyter_lab"

LabArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="-- LAB_OPTION", help="Options of JupyterLab, after two dashes.", show_default=False),
]
NoBrowserOption = Annotated[
    bool, typer.Option("--no-browser", help="Start JupyterLab and print its address, but open no browser.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Make the post-mortem, print the command, and start nothing.")
]

EXAMPLES = """\b
Examples:
  incident open INC-2024-001
  incident open INC-2024-001 --no-browser -- --port 9000
  incident open INC-2024-001 --dry-run"""


def open_notebook(  # noqa: PLR0913 -- one parameter an option
    bundle: BundleArgument,
    lab_options: LabArgument = None,
    *,
    data: DataOption = None,
    out: OutOption = REPORTS,
    runbook: RunbookOption = None,
    as_of: AsOfOption = None,
    redact_queries: RedactOption = False,
    no_browser: NoBrowserOption = False,
    dry_run: DryRunOption = False,
) -> int:
    """Make the post-mortem, then open its notebook in JupyterLab.

    What is written there is brought into postmortem.md by the next run. A section that failed shows its error
    in the notebook. Stop JupyterLab with Ctrl-C.
    """
    from incident_analytics.reporting.publishing import publish  # noqa: PLC0415 -- papermill is slow to load
    from incident_analytics.sources import open_bundle  # noqa: PLC0415 -- --help needs no sources

    moment = chosen_as_of(as_of, chosen_runbook(runbook))
    opened = open_bundle(bundle, data=data, runbook=runbook, redact_queries=redact_queries)
    with progress(f"Writing the post-mortem of {bundle}"):
        published = publish(opened, out=out, as_of=moment, allow_partial=True)
    for note in published.notes:
        tell("note", note)
    if published.failed:
        tell("warning", f"these sections could not be generated: {', '.join(published.failed)}")
    for path in published.paths:
        put(str(path))
    browser = ["--no-browser"] if no_browser else []
    command = lab_command(published.paths, [*browser, *(lab_options or [])])
    if dry_run:
        put(shlex.join(command))
        return PARTIAL if published.failed else DONE
    tell("note", f"starting JupyterLab on {command[3]}; stop it with Ctrl-C")
    sys.stdout.flush()
    code = started(command)
    if code:
        raise ReportError(f"JupyterLab ended with code {code}", nearest="its last lines above say why")
    return PARTIAL if published.failed else DONE


def lab_command(paths: Sequence[Path], options: Sequence[str]) -> list[str]:
    """The command that opens the notebook among the paths, with options of JupyterLab.

    Raises:
        ReportError: There is none.
    """
    notebook = next((path for path in paths if path.suffix == ".ipynb"), None)
    if notebook is None:
        raise ReportError("the post-mortem came without its notebook", nearest="run incident postmortem and see why")
    # JupyterLab opens a browser on the file it is given; the address it prints is another, unless it is told so.
    address = f"--LabApp.default_url=/lab/tree/{quote(notebook.name)}"
    return [sys.executable, "-m", LAUNCHER, str(notebook), address, *options]


def started(command: Sequence[str]) -> int:
    """The exit code of a command, once it ends; Ctrl-C is its own affair."""
    with subprocess.Popen(command) as process:  # noqa: S603 -- our own launcher
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # JupyterLab got it too, and asks whether to shut down.
                continue
