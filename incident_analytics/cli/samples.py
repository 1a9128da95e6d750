"""`incident samples`: what monitoring showed of CPU and memory, the database, or latency."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from incident_analytics.cli.door import DONE
from incident_analytics.cli.logs import ZoneOption, length_of
from incident_analytics.cli.options import DataOption, TableFormat, shown
from incident_analytics.cli.streams import put, tell
from incident_analytics.cli.tables import put_table
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    import polars as pl

What: TypeAlias = Literal["system", "database", "latency", "all"]

WhatArgument = Annotated[What, typer.Argument(metavar="WHAT", help="system, database, latency or all.")]
PathArgument = Annotated[
    str,
    typer.Argument(metavar="PATH", help="An incident's id, folder or zip, a file of samples, or a folder of them."),
]
LastOption = Annotated[
    str | None,
    typer.Option("--last", metavar="TIME", help="Only the last stretch before the newest sample, such as 10m or 1h."),
]
PatternOption = Annotated[
    str | None, typer.Option("--pattern", metavar="RE", help="Only series whose name or labels have this in them.")
]

EXAMPLES = """\b
Examples:
  incident samples system INC-2024-001
  incident samples database INC-2024-001 --last 90m
  incident samples latency data/INC-2024-001/evidence/metrics --format json
  incident samples all INC-2024-001 --pattern revenue"""


def samples(
    what: WhatArgument,
    path: PathArgument,
    *,
    last: LastOption = None,
    pattern: PatternOption = None,
    data: DataOption = None,
    zone: ZoneOption = None,
    table_format: Annotated[TableFormat, typer.Option("--format", help="How to print them.")] = "table",
) -> int:
    """Print what monitoring showed, a line a series: its usual value, lowest, highest and latest.

    The subject is told by the words of a metric's name or query: CPU and memory for system, pools and databases for
    database, latency and durations for latency.
    """
    from incident_analytics.analysis.snapshots.overview import (  # noqa: PLC0415 -- --help needs no polars
        about,
        series_overview,
    )
    from incident_analytics.sources.named_evidence import open_samples  # noqa: PLC0415 -- as above

    reading = open_samples(path, data=data, zone=zone)
    for finding in reading.findings:
        tell("note", shown(finding))
    frame = reading.frame.collect()
    if what != "all":
        frame = about(frame, what)
    overview = series_overview(_narrowed(frame, last, pattern))
    if overview.is_empty():
        tell("note", "no series is about this")
    if table_format == "json":
        put(json.dumps([_plain(row) for row in overview.iter_rows(named=True)], indent=2, ensure_ascii=False))
    else:
        _put(overview)
    return DONE


def _narrowed(frame: "pl.DataFrame", last: str | None, pattern: str | None) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 -- --help needs no polars

    if pattern is not None:
        name = pl.concat_str("metric", pl.lit(" "), "labels")
        try:
            frame = frame.filter(name.str.contains(pattern))
        except pl.exceptions.ComputeError:
            raise ParameterError("--pattern", expected="a regular expression", found=pattern) from None
    if last is None:
        return frame
    length = length_of(last)
    newest = frame["timestamp"].max()
    return frame.filter(pl.col("timestamp") >= newest - length) if isinstance(newest, datetime) else frame


def _put(overview: "pl.DataFrame") -> None:
    from incident_analytics.reporting.figures.numbers import scale_of  # noqa: PLC0415 -- --help needs no reports

    rows = []
    for row in overview.iter_rows(named=True):
        numbers = [row[name] for name in ("median", "lowest", "highest", "latest")]
        scale = scale_of(row["unit"] or "", max((abs(one) for one in numbers if one is not None), default=0))
        written = ["" if one is None else scale.written(one) for one in numbers]
        rows.append(
            [
                _series(row["metric"], row["labels"]),
                *(str(row[name]) for name in ("samples", "not_numbers")),
                *written,
                _moment(row["last_at"]) or "",
            ]
        )
    put_table(("SERIES", "SAMPLES", "NO NUMBERS", "MEDIAN", "LOWEST", "HIGHEST", "LATEST", "AT"), rows)


def _series(metric: str, labels: str) -> str:
    pairs: dict[str, str] = json.loads(labels)
    inside = ", ".join(f"{name}={value}" for name, value in pairs.items())
    return f"{metric}{{{inside}}}" if inside else metric


def _plain(row: dict[str, object]) -> dict[str, object]:
    return row | {"first_at": _moment(row["first_at"]), "last_at": _moment(row["last_at"])}


def _moment(at: object) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if isinstance(at, datetime) else None
