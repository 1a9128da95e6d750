"""Which incidents of two trend runs differ, in which fields, and which came or went and why."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, cast

import polars as pl

from incident_analytics.reporting.measurement_json import instant_json
from incident_analytics.reporting.runs.cause import Cause
from incident_analytics.reporting.runs.incidents import BEGAN, LEFT_OUT, PERIOD, PLACE, RECORD
from incident_analytics.reporting.runs.walking import differing
from incident_analytics.reporting.words import exact
from incident_analytics.sources.histories import HISTORY_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.runs.run import Run

Row: TypeAlias = "Mapping[str, object]"
LABELS = ("id", "severity", "service", "team", "cause", "detected_by", "status", PERIOD)
_FIELDS = tuple(name for name in HISTORY_SCHEMA if name not in {"id", *PLACE})
_NOT_READ = "it is no longer among the incidents read"


def incident_changes(before: Run, after: Run) -> tuple[Cause, ...]:
    """The differences between the incidents of two runs, by incident.

    Args:
        before: A trend run with its incidents.
        after: Another.
    """
    if before.incidents is None or after.incidents is None:
        return ()
    old, new = _differing_rows(before.incidents, after.incidents)
    causes: list[Cause] = []
    for identity in sorted({*old, *new}):
        causes += _changes(old.get(identity), new.get(identity), before, after)
    return tuple(causes)


def _differing_rows(before: pl.DataFrame, after: pl.DataFrame) -> tuple[dict[str, Row], dict[str, Row]]:
    """The rows of both that are not the same in each, by id; only these leave the frames."""
    compared = [name for name in (*_FIELDS, LEFT_OUT, RECORD) if name in before.columns and name in after.columns]
    both = before.select("id", *compared).join(after.select("id", *compared), on="id", how="inner", suffix=" after")
    same = both.filter(pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name} after")) for name in compared))
    rows = (frame.filter(~pl.col("id").is_in(same["id"].implode())) for frame in (before, after))
    old, new = ({str(row["id"]): cast("Row", row) for row in frame.iter_rows(named=True)} for frame in rows)
    return old, new


def _changes(old: Row | None, new: Row | None, before: Run, after: Run) -> Iterator[Cause]:
    was, is_now = (row is not None and row[LEFT_OUT] is None for row in (old, new))
    row = cast("Row", new if is_now or old is None else old)
    place, labels = _place(row), _labels(old) | _labels(new)
    incident = str(row["id"])
    if is_now and not was:
        yield Cause("came", "", incident=incident, place=place, labels=labels, why=_why_came(old, row, before))
    elif was and not is_now:
        yield Cause("went", "", incident=incident, place=place, labels=labels, why=_why_went(new, row, after))
    if old is None or new is None or not (was or is_now):
        return
    place = _place(new)
    for name in _FIELDS:
        is_said_twice = name == "severity_written" and old.get("severity") != new.get("severity")
        if old.get(name) != new.get(name) and not is_said_twice:
            why = _seen_later(old.get(name), new.get(name), before, after)
            told = (_plain(old.get(name)), _plain(new.get(name)))
            yield Cause("field", name, *told, incident=incident, place=place, labels=labels, why=why)
    for each in differing(_record(old), _record(new)):
        told = (each.before, each.after)
        yield Cause("field", each.name, *told, incident=incident, place=place, labels=labels, why=each.note)


def _why_came(old: Row | None, row: Row, before: Run) -> str:
    if old is not None:
        return f"the first run left it out: {old[LEFT_OUT]}"
    return "it began after the first run's as_of" if _is_after(row[BEGAN], before) else "it is new in the input"


def _why_went(new: Row | None, row: Row, after: Run) -> str:
    if new is not None:
        return f"the second run leaves it out: {new[LEFT_OUT]}"
    if _is_after(row[BEGAN], after):
        return "it began after the second run's as_of"
    # of the rows that a history drops, such as drills, the first places of each reason are known
    found = (reason for reason, places in after.dropped.items() if _place(row) in places)
    return next((f"dropped: {reason}" for reason in found), _NOT_READ)


def _seen_later(old: object, new: object, before: Run, after: Run) -> str:
    if old is None and _is_after(new, before):
        return "after the first run's as_of"
    return "after the second run's as_of" if new is None and _is_after(old, after) else ""


def _is_after(at: object, run: Run) -> bool:
    return isinstance(at, datetime) and run.as_of is not None and at > datetime.fromisoformat(run.as_of)


def _place(row: Row) -> str:
    file, line = (row.get(name) for name in PLACE)
    return str(file or "") if line is None else f"{file}:{line}"


def _labels(row: Row | None) -> frozenset[str]:
    return frozenset(str(row[name]) for name in LABELS if row.get(name) is not None) if row else frozenset()


def _record(row: Row) -> Json:
    told = row.get(RECORD)
    return cast("Json", json.loads(told)) if isinstance(told, str) else {}


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return instant_json(value)
    if isinstance(value, Decimal):
        return exact(value)
    return value if isinstance(value, (bool, int, float, str)) or value is None else str(value)
