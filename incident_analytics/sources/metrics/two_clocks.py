"""Tables that tell each time twice: where the two disagree, the plausible one is used and the other named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.metrics.account import Account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.sources.metrics.times import Times

Span = tuple[datetime, datetime]

# An incident's metrics may bring weeks of history; further off, a time is more likely wrong than old.
MARGIN: Final = timedelta(days=30)
# Whole seconds beside fractions differ by less than this; whole minutes beside seconds by less than 60 times it.
_TOLERANCE_SECONDS = 1
_QUARTER_HOURS = 900
_WIDEST_ZONE_SECONDS = 14 * 3600


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """One of a table's columns of times.

    Args:
        header: Its name in the file.
        cells: Its cells as written.
        times: Its cells as instants.
    """

    header: str
    cells: Sequence[str]
    times: Times


@dataclass(frozen=True, slots=True)
class Settled:
    """The times of a table after its two columns were compared.

    Args:
        at: The instants to use.
        account: Where the columns disagree, and which was used.
    """

    at: pl.Series
    account: Account = field(default_factory=Account)


def in_preference(columns: Sequence[TimeColumn]) -> list[TimeColumn]:
    """The columns, calendar times before epochs, as a person can read their year; those with a zone first."""
    return sorted(columns, key=lambda each: (each.times.kind == "epoch", bool(each.times.naive.any())))


def agreed_span(columns: Sequence[TimeColumn]) -> Span | None:
    """The span of the rows whose columns agree, or None where none do."""
    at = columns[0].times.at
    if len(columns) > 1:
        at = at.filter(~_disagrees(columns[0], columns[1]))
    return span_of(at)


def span_of(at: pl.Series) -> Span | None:
    """The first and last instant, or None where there is none."""
    first, last = at.min(), at.max()
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return None
    return first.astimezone(UTC), last.astimezone(UTC)


def settle(columns: Sequence[TimeColumn], lines: Sequence[int], name: str, plausible: Span | None) -> Settled:
    """The times to use, row by row.

    Where the columns disagree, the preferred one is used, with two exceptions: only the other lies in
    the plausible span, widened by 30 days; or the preferred one carries no zone and is off by no more
    than one. A cell that cannot be read is filled from the other column.

    Args:
        columns: One or two columns, the preferred one first.
        lines: The line of each row.
        name: The file's name.
        plausible: When the samples should lie: the incident's window, or the span of what agrees.
    """
    if len(columns) == 1:
        return Settled(columns[0].times.at)
    first, second = columns[0], columns[1]
    frame = pl.DataFrame({"first": first.times.at, "second": second.times.at, "differ": _disagrees(first, second)})
    frame = frame.with_columns(
        (pl.col("differ") & (_only_second_is_within(plausible) | _first_lacks_its_zone(first))).alias("use_second")
    )
    at = frame.select(
        pl.when("use_second").then("second").otherwise(pl.coalesce("first", "second")).alias("timestamp")
    )["timestamp"]
    findings = []
    filled = int((first.times.at.is_null() & second.times.at.is_not_null()).sum() or 0)
    for wrong, right, rows in (
        (second, first, frame["differ"] & ~frame["use_second"]),
        (first, second, frame["use_second"]),
    ):
        if rows.any():
            findings.append(_disagreement(wrong, right, rows, lines, name))
    notes = [finding.message for finding in findings]
    if filled:
        notes.append(f"{filled} cells of {first.header} cannot be read; {second.header} is used there")
    return Settled(at, Account(tuple(findings), tuple(notes)))


def _disagrees(first: TimeColumn, second: TimeColumn) -> pl.Series:
    frame = pl.DataFrame({"first": first.times.at, "second": second.times.at})
    tolerance = _TOLERANCE_SECONDS * (60 if _whole_minutes(first) or _whole_minutes(second) else 1)
    apart = (pl.col("first") - pl.col("second")).abs() >= timedelta(seconds=tolerance, milliseconds=1)
    return frame.select(apart.fill_null(value=False).alias("differ"))["differ"]


def _whole_minutes(column: TimeColumn) -> bool:
    at = column.times.at.drop_nulls()
    return len(at) > 0 and bool((at == at.dt.truncate("1m")).all())


def _only_second_is_within(plausible: Span | None) -> pl.Expr:
    if plausible is None:
        return pl.lit(value=False)
    low, high = plausible[0] - MARGIN, plausible[1] + MARGIN
    return ~pl.col("first").is_between(low, high) & pl.col("second").is_between(low, high)


def _first_lacks_its_zone(first: TimeColumn) -> pl.Expr:
    apart = (pl.col("first") - pl.col("second")).abs()
    return pl.lit(first.times.naive) & (apart <= timedelta(seconds=_WIDEST_ZONE_SECONDS))


def _disagreement(wrong: TimeColumn, right: TimeColumn, rows: pl.Series, lines: Sequence[int], name: str) -> Finding:
    index = int(rows.arg_max() or 0)
    seen, used = wrong.times.at[index], right.times.at[index]
    count = f"all {len(rows)} rows" if rows.all() else f"{rows.sum()} of {len(rows)} rows"
    expected = _as_written(used, wrong)
    reason = _likely_reason(wrong, wrong.cells[index], expected, seen - used)
    return Finding(
        "time-columns-disagree",
        "warning",
        f"{wrong.header} and {right.header} disagree in {count}, {_how_far(used, seen)}; "
        f"{right.header} is used{reason}.",
        Place(name, lines[index]),
        seen=f"{wrong.header} {wrong.cells[index]} ({seen:%Y-%m-%dT%H:%M:%SZ})",
        expected=f"{expected} ({used:%Y-%m-%dT%H:%M:%SZ})" if wrong.times.kind == "epoch" else expected,
    )


def _how_far(used: datetime, seen: datetime) -> str:
    if seen.year != used.year:
        return f"the year {seen.year} against {used.year}"
    return f"by {abs((seen - used).total_seconds()):.0f} seconds"


def _as_written(at: datetime, column: TimeColumn) -> str:
    if column.times.kind == "epoch":
        return str(int(at.timestamp()))
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _likely_reason(wrong: TimeColumn, written: str, expected: str, apart: timedelta) -> str:
    """A sentence's end that names the mistake, where its shape gives it away."""
    if len(written) == len(expected) and sum(a != b for a, b in zip(written, expected, strict=True)) == 1:
        return f", as one digit of {wrong.header} is wrong"
    seconds = round(abs(apart.total_seconds()))
    nearest = round(seconds / _QUARTER_HOURS) * _QUARTER_HOURS
    if nearest and abs(seconds - nearest) <= _TOLERANCE_SECONDS and seconds <= _WIDEST_ZONE_SECONDS:
        return f", as {nearest / 3600:g} hours look like a wrong zone in {wrong.header}"
    return ""
