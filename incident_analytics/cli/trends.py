"""`incident trends`: from a history of incidents to a report of what changed, what did not, and what cannot be told."""

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from incident_analytics.cli.as_of import chosen_as_of
from incident_analytics.cli.bundles import chosen_runbook
from incident_analytics.cli.options import (
    FAIL_ON_HELP,
    REPORTS,
    AsOfOption,
    OutOption,
    RunbookOption,
    chosen_formats,
)
from incident_analytics.cli.postmortem import FormatsOption, PartialOption, told
from incident_analytics.cli.streams import progress
from incident_analytics.model.measurement import Level

PeriodName: TypeAlias = Literal["week", "month", "quarter"]
GroupedBy: TypeAlias = Literal["severity", "service", "team", "cause", "detected_by"]

HistoryArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH", help="Files of records or rows, incidents' folders, or folders of them.", show_default=False
    ),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="Leave out incidents that began before this day or time.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="TIME", help="Leave out incidents that began after this day.")
]
PeriodOption = Annotated[
    PeriodName | None,
    typer.Option("--period", help="What time is cut into; by default what the length of the history asks for."),
]
ByOption = Annotated[GroupedBy | None, typer.Option("--by", help="Show groups of incidents side by side.")]
WhereOption = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="CONDITION", help="Such as severity=SEV1,SEV2 or service!=search; repeatable."),
]
MapOption = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="The mapping.yaml that explains the columns of tables.")
]
MeanOption = Annotated[
    bool, typer.Option("--mean", help="Show means too, greyed, beside what their longest incident carries.")
]
AssetsOption = Annotated[
    Literal["inline", "shared"],
    typer.Option("--assets", help="One file to mail, or a small page beside one shared plotly.js."),
]
EngineOption = Annotated[
    Literal["in-process", "kernel"],
    typer.Option("--engine", help="Run the notebook's cells here, or in a Jupyter kernel of their own."),
]

EXAMPLES = """\b
Examples:
  incident trends data/history/incidents.ndjson
  incident trends export.csv --map mapping.yaml --since 2023-01-01 --by service
  incident trends data --period month --where severity=SEV1,SEV2 --format html,pdf"""


def trends(  # noqa: PLR0913 -- one parameter an option
    paths: HistoryArgument,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    period: PeriodOption = None,
    by: ByOption = None,
    where: WhereOption = None,
    mapping: MapOption = None,
    as_of: AsOfOption = None,
    mean: MeanOption = False,
    out: OutOption = REPORTS,
    runbook: RunbookOption = None,
    formats: FormatsOption = "html,json",
    assets: AssetsOption = "inline",
    engine: EngineOption = "in-process",
    allow_partial: PartialOption = False,
    fail_on: Annotated[Level | None, typer.Option("--fail-on", help=FAIL_ON_HELP)] = None,
) -> int:
    """Make the trend report of a history, and print the paths of the documents.

    It says what changed beyond chance, what did not, and what so few incidents cannot tell. Every number carries how
    many incidents it is from and what was left out. Open incidents count as open, drills are left out and counted.
    """
    wanted = chosen_formats(formats)
    moment = chosen_as_of(as_of, chosen_runbook(runbook))
    from incident_analytics.reporting.trends.publishing import (  # noqa: PLC0415 -- papermill is slow to load
        TrendsAsked,
        publish_trends,
    )

    asked = TrendsAsked(tuple(paths), mapping, runbook, moment, since, until, period, by, tuple(where or ()), mean)
    with progress("Writing the trend report"):
        published = publish_trends(
            asked, out=out, formats=wanted, assets=assets, engine=engine, allow_partial=allow_partial
        )
    return told(published, fail_on=fail_on, allow_partial=allow_partial)
