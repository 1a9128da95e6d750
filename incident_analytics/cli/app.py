"""The command `incident` with its commands in the order people need them."""

from typing import Annotated

import typer

from incident_analytics.cli import (
    check,
    database,
    diff,
    init,
    logs,
    metrics,
    open_notebook,
    postmortem,
    samples,
    site,
    trends,
)
from incident_analytics.cli.door import BAD_INPUT, TRACEBACK, Door
from incident_analytics.cli.streams import put
from incident_analytics.version import __version__

HELP = """Turn an incident's exported files into numbers and a post-mortem.

Exit codes: 0 done, 1 findings at or above --fail-on, 2 usage or bad input, 3 partial."""
EXAMPLES = """\b
Examples:
  incident init incidents
  incident postmortem INC-2024-001
  incident metrics data/INC-2024-001 --format json"""

app = typer.Typer(
    name="incident",
    cls=Door,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        put(f"incident_analytics {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, help=HELP, epilog=EXAMPLES)
def incident(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version and exit.")
    ] = False,
    traceback: Annotated[
        bool, typer.Option(TRACEBACK, help="Show where in the program an error came from; may stand anywhere.")
    ] = False,
) -> None:
    """Print the help when no command is named."""
    del version, traceback  # the callback prints the one, the door reads the other
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(BAD_INPUT)


app.command("init", short_help="Set up a workspace.", epilog=init.EXAMPLES)(init.init)
app.command("postmortem", short_help="Make the post-mortem of one incident, or of all.", epilog=postmortem.EXAMPLES)(
    postmortem.postmortem
)
app.command("trends", short_help="Make the trend report of a history.", epilog=trends.EXAMPLES)(trends.trends)
app.command("site", short_help="List the reports of a folder in one page.", epilog=site.EXAMPLES)(site.site)
app.command("open", short_help="Make it, and open its notebook in JupyterLab.", epilog=open_notebook.EXAMPLES)(
    open_notebook.open_notebook
)
app.command("metrics", short_help="Print the metrics of incidents.", epilog=metrics.EXAMPLES)(metrics.metrics)
app.command("logs", short_help="Print log lines, or their templates.", epilog=logs.EXAMPLES)(logs.logs)
app.command("samples", short_help="Print what monitoring showed.", epilog=samples.EXAMPLES)(samples.samples)
app.command("database", short_help="Print sessions, connections or lock waits.", epilog=database.EXAMPLES)(
    database.database
)
app.command("check", short_help="Check records, or a runbook.", epilog=check.EXAMPLES)(check.check)
app.command("diff", short_help="Say what moved the numbers between two runs.", epilog=diff.EXAMPLES)(diff.diff)
