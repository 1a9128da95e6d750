"""A history of incidents: a frame, the ledger of how it came to be, and what to know about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.histories.as_seen import as_seen, begun_by, latest_instant
from incident_analytics.sources.histories.history_findings import history_findings
from incident_analytics.sources.histories.ledger import HistoryLedger, Tally, sorted_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.fingerprints import Fingerprint
    from incident_analytics.sources.histories.inputs import Input

Drills: TypeAlias = Literal["left out", "kept"]


@dataclass(frozen=True)
class History:
    """What `load_incidents` gives.

    Args:
        frame: One row an incident, with the columns of `HISTORY_SCHEMA`, in the order read.
        ledger: What became of every row.
        findings: What is doubtful about the whole.
        as_of: The instant the history is seen from; None where nothing in it has a time.
        fingerprints: The files it was read from, each with its sha256.
        inputs: What was read, for those who need the whole records (`records_of`).
        runbook: What words, zones and severities meant.
        is_as_of_given: Whether a person chose the instant; otherwise it is the latest one of the incidents.
    """

    frame: pl.DataFrame
    ledger: HistoryLedger
    findings: tuple[Finding, ...] = ()
    as_of: datetime | None = None
    fingerprints: tuple[Fingerprint, ...] = ()
    inputs: tuple[Input, ...] = ()
    runbook: Runbook | None = None
    is_as_of_given: bool = False


@dataclass(frozen=True)
class View:
    """How a history is looked at; the catalog keeps the whole of it.

    Args:
        as_of: What came later had not happened; None takes everything.
        drills: Whether drills are left out.
        has_rule: Whether a mapping says which row of an incident is the last.
    """

    as_of: datetime | None
    drills: Drills
    has_rule: bool


def seen(frame: pl.DataFrame, ledger: HistoryLedger, view: View, runbook: Runbook) -> History:
    """The history of a frame and of what was counted while it was read."""
    tally = Tally()
    if view.drills == "left out":
        frame = _kept(frame, ~frame["is_drill"], "drill", tally)
    if view.as_of is not None:
        frame = _kept(frame, begun_by(frame, view.as_of), f"begins after {view.as_of.isoformat()}", tally)
        frame = as_seen(frame, view.as_of)
    whole = replace(
        ledger,
        incidents=frame.height,
        dropped=(*ledger.dropped, *tally.dropped),
        unknown_severities=_unknown_severities(frame),
        currencies=_currencies(frame),
        negative_durations=dict(_negative_durations(frame, runbook)),
    )
    states = dict(frame["status"].value_counts().iter_rows())
    findings = tuple(history_findings(whole, states, has_rule=view.has_rule))
    return History(frame, whole, findings, view.as_of or latest_instant(frame))


def _kept(frame: pl.DataFrame, is_kept: pl.Series, reason: str, tally: Tally) -> pl.DataFrame:
    if is_kept.all():
        return frame
    gone = frame.filter(~is_kept)
    places = (Place(file, line) for file, line in gone.select("file", "line").iter_rows())
    tally.drop(reason, gone.height, places)
    return frame.filter(is_kept)


def _unknown_severities(frame: pl.DataFrame) -> dict[str, int]:
    unknown = frame.filter(pl.col("severity").is_null())["severity_written"].fill_null("")
    return sorted_counts(dict(unknown.value_counts().iter_rows()))


def _currencies(frame: pl.DataFrame) -> dict[str, int]:
    told = frame.filter(pl.col("revenue_lost").is_not_null())["revenue_currency"].fill_null("")
    return sorted_counts(dict(told.value_counts().iter_rows()))


def _negative_durations(frame: pl.DataFrame, runbook: Runbook) -> Iterator[tuple[str, int]]:
    """How many incidents have the second milestone of a metric wholly before the first."""
    for start, end in dict.fromkeys(runbook.clocks["default"].values()):
        latest_end = pl.coalesce(f"{end}_latest", end)
        count = frame.select((latest_end < pl.col(start)).sum()).item()
        if count:
            yield f"{end} before {start}", count
