"""`incident metrics`: the metrics of incidents as a table, JSON, CSV or Parquet."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from incident_analytics.cli.as_of import chosen_as_of, tell_zone
from incident_analytics.cli.bundles import chosen_runbook, over_bundles
from incident_analytics.cli.door import BAD_INPUT, DONE, PARTIAL
from incident_analytics.cli.options import AsOfOption, DataOption, PathsArgument, RunbookOption
from incident_analytics.cli.streams import put, tell
from incident_analytics.cli.tables import put_table
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Measurement
    from incident_analytics.sources import Bundle

MetricsFormat: TypeAlias = Literal["table", "json", "csv", "parquet"]
Measured: TypeAlias = "tuple[str, Mapping[str, Measurement]]"

ClockOption = Annotated[
    str, typer.Option("--clock", metavar="NAME", help="The convention for durations: a clock of the runbook.")
]
FileOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="A file for csv or parquet; parquet needs one.")
]

EXAMPLES = """\b
Examples:
  incident metrics INC-2024-001
  incident metrics INC-2024-001 --format json --clock google
  incident metrics data --format parquet --out metrics.parquet"""


def metrics(
    paths: PathsArgument,
    *,
    data: DataOption = None,
    runbook: RunbookOption = None,
    table_format: Annotated[MetricsFormat, typer.Option("--format", help="How to print them.")] = "table",
    clock: ClockOption = "default",
    out: FileOption = None,
    as_of: AsOfOption = None,
) -> int:
    """Print the metrics of incidents: response times, users, revenue, people.

    Each has a status and, where it has no value, a reason; what nobody recorded is never 0. Records that
    cannot be read are told on stderr; the others are printed, and the exit code is 3.
    """
    from incident_analytics.analysis.response_times import clock_pairs  # noqa: PLC0415 -- --help needs no polars
    from incident_analytics.reporting.incident_metrics import incident_metrics  # noqa: PLC0415

    _check_out(table_format, out)
    policy = chosen_runbook(runbook)
    clock_pairs(policy, clock)
    moment = chosen_as_of(as_of, policy)

    zones: set[str] = set()

    def measured(bundle: "Bundle") -> Measured:
        tell_zone(moment, bundle, zones)
        return bundle.record.id, incident_metrics(bundle, clock=clock, as_of=moment)

    incidents, refusals = over_bundles(paths, measured, data=data, runbook=runbook)
    for refusal in refusals:
        tell("error", str(refusal.error))
    if not incidents:
        return BAD_INPUT
    _put(incidents, table_format, out)
    return PARTIAL if refusals else DONE


def _check_out(table_format: MetricsFormat, out: Path | None) -> None:
    if table_format == "parquet" and out is None:
        raise ParameterError("--format parquet writes a file", nearest="say which with --out metrics.parquet")
    if table_format in {"table", "json"} and out is not None:
        raise ParameterError(
            "--out", expected="--format csv or parquet beside it", found=table_format, nearest="else use > FILE"
        )


def _put(incidents: Sequence[Measured], table_format: MetricsFormat, out: Path | None) -> None:
    if table_format == "json":
        from incident_analytics.reporting.measurement_json import incident_json  # noqa: PLC0415 -- only for JSON

        put(json.dumps([incident_json(name, found) for name, found in incidents], indent=2, ensure_ascii=False))
    elif table_format == "table":
        _put_table(incidents)
    else:
        from incident_analytics.reporting.metrics_frame import csv_text, metrics_frame, write_metrics  # noqa: PLC0415

        frame = metrics_frame(incidents)
        if out is None:
            put(csv_text(frame).rstrip("\n"))
        else:
            put(str(write_metrics(frame, out, kind=table_format)))


def _put_table(incidents: Sequence[Measured]) -> None:
    from incident_analytics.reporting.words import title_of  # noqa: PLC0415 -- --help needs no words

    if len(incidents) == 1:
        name, found = incidents[0]
        rows = [(title_of(one.name), _marked(one), one.status, _beside(one)) for one in found.values()]
        put_table(("METRIC", "VALUE", "STATUS", "TO KNOW"), rows, title=name)
        return
    columns = list(dict.fromkeys(metric for _, found in incidents for metric in found))
    rows_of_many = [
        (name, *(_marked(found[metric]) if metric in found else "" for metric in columns)) for name, found in incidents
    ]
    put_table(("INCIDENT", *(title_of(metric).upper() for metric in columns)), rows_of_many)


def _marked(measurement: "Measurement") -> str:
    """The value in words, with a word where it is doubtful."""
    from incident_analytics.reporting.words import value  # noqa: PLC0415 -- --help needs no words

    return f"{value(measurement)} (doubtful)" if measurement.is_doubtful else value(measurement)


def _beside(measurement: "Measurement") -> str:
    """Why there is no value, what is doubtful about it, and what the evidence says."""
    from incident_analytics.reporting.words import count  # noqa: PLC0415 -- --help needs no words

    doubts = [finding.message for finding in measurement.findings if finding.level != "info"]
    counted = [] if measurement.measured is None else [f"{count(measurement.measured)} counted in the logs"]
    return "; ".join(text for text in (measurement.reason, *doubts, *counted) if text)
