"""The columns of well-formed records, all rows at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from incident_analytics.model.money import Money, read_money
from incident_analytics.model.status_words import OVER, is_known_status
from incident_analytics.sources.histories.cells import texts, words
from incident_analytics.sources.histories.schema import (
    AMOUNT,
    CLOSED,
    HISTORY_SCHEMA,
    MILESTONES,
    OPEN,
    ORIGIN,
    RECORDED,
    RESOLVED,
)
from incident_analytics.sources.histories.times import STAMP_FORMAT
from incident_analytics.sources.histories.words import detection_method, is_known_method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.model.runbook import Runbook

_TEXTS = ("id", "title", "severity", "detected_by", "services", "service", "team", "cause", "revenue_lost")
_WRITTEN: dict[str, pl.DataType] = {
    **dict.fromkeys((*_TEXTS, "status", *MILESTONES), pl.String()),
    "line": pl.Int64(),
    "is_drill": pl.Boolean(),
    "reopened": pl.Int64(),
    "users_affected": pl.Int64(),
    "duration_minutes": pl.Float64(),
}


@dataclass
class PlainReading:
    """What came of many lines.

    Args:
        frame: A history's columns, in order of line; the file is null.
        odd: The numbers of the lines that only a record's own reader understands, counted from 1.
        zones: How many times were read in each zone.
        doubts: How often each rule was met.
    """

    frame: pl.DataFrame
    odd: list[int]
    zones: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)


def plain_columns(records: Sequence[dict[str, Any]], runbook: Runbook) -> PlainReading:
    """The frame of well-formed records; one with an amount that means nothing is odd after all.

    Args:
        records: The fields as written, and the line of each.
        runbook: What the words and amounts mean.
    """
    written = pl.DataFrame(records, schema=_WRITTEN)
    stamps = [written[name].str.to_datetime(STAMP_FORMAT, time_unit="us") for name in MILESTONES]
    money = _money(written["revenue_lost"], runbook)
    is_odd = written["revenue_lost"].is_not_null() & money["amount"].is_null()
    frame = written.with_columns(*stamps, *money.drop("assumed"))
    odd = written["line"].filter(is_odd).to_list()
    if odd:
        written, frame, money = written.filter(~is_odd), frame.filter(~is_odd), money.filter(~is_odd)
    return PlainReading(_history(frame, runbook), odd, _zones(written), _doubts(written, money, runbook))


def joined(parts: Sequence[PlainReading], odd: Sequence[int]) -> PlainReading:
    """Several readings as one.

    Args:
        parts: In order of line.
        odd: Further lines that only a record's own reader understands.
    """
    zones = sum((part.zones for part in parts), Counter[str]())
    doubts = sum((part.doubts for part in parts), Counter[str]())
    lines = sorted([*odd, *(line for part in parts for line in part.odd)])
    return PlainReading(pl.concat([part.frame for part in parts]), lines, zones, doubts)


def _history(frame: pl.DataFrame, runbook: Runbook) -> pl.DataFrame:
    severity = texts(frame["severity"])
    columns = [texts(frame[name]).alias(name) for name in ("id", "title", "services", "service")]
    columns += [
        severity.alias("severity_written"),
        words(severity, runbook.severity_named).alias("severity"),
        words(texts(frame["detected_by"]), lambda text: detection_method(text, runbook)).alias("detected_by"),
    ]
    is_resolved, is_closed = (pl.col(name).is_not_null() for name in ("resolved_at", "closed_at"))
    is_closed |= texts(frame["status"]).str.strip_chars().str.to_lowercase().is_in(OVER).fill_null(value=False)
    state = pl.when(is_resolved).then(pl.lit(RESOLVED)).when(is_closed).then(pl.lit(CLOSED)).otherwise(pl.lit(OPEN))
    origins = [pl.when(pl.col(name).is_not_null()).then(pl.lit(RECORDED)).alias(name + ORIGIN) for name in MILESTONES]
    whole = frame.with_columns(*columns, *origins, state.alias("status"))
    whole = whole.with_columns(revenue_lost=pl.col("amount"), revenue_currency=pl.col("currency").replace("", None))
    missing = {name: dtype for name, dtype in HISTORY_SCHEMA.items() if name not in whole.columns}
    whole = whole.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items())
    return whole.select(list(HISTORY_SCHEMA))


def _money(revenue: pl.Series, runbook: Runbook) -> pl.DataFrame:
    """Amount, currency and whether that was assumed; every distinct text is read once."""
    known = []
    for text in revenue.drop_nulls().unique():
        money = _amount(text, runbook)
        known.append((text, money and money.amount, money and money.currency, money and money.currency_assumed))
    table = pl.DataFrame(
        known,
        schema={"text": pl.String, "amount": AMOUNT, "currency": pl.String, "assumed": pl.Boolean},
        orient="row",
    )
    return revenue.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left").drop("text")


def _amount(text: str, runbook: Runbook) -> Money | None:
    try:
        return read_money(text, runbook.currency_rules)
    except ValueError:
        return None


def _zones(written: pl.DataFrame) -> Counter[str]:
    zones: Counter[str] = Counter()
    for name in MILESTONES:
        suffixes = written[name].drop_nulls().str.extract(r"([+-][0-9:]+)$").fill_null("UTC")
        zones.update(dict(suffixes.value_counts().iter_rows()))
    return zones


def _doubts(written: pl.DataFrame, money: pl.DataFrame, runbook: Runbook) -> Counter[str]:
    detected = texts(written["detected_by"]).value_counts().iter_rows()
    counts = {
        "severity-missing": texts(written["severity"]).null_count(),
        "detection-unknown": sum(count for text, count in detected if text and not is_known_method(text, runbook)),
        "status-unknown": _unknown_statuses(written),
        "currency-unknown": int((money["currency"] == "").sum()),
        "currency-assumed": int(money["assumed"].sum()),
    }
    return Counter({rule: count for rule, count in counts.items() if count})


def _unknown_statuses(written: pl.DataFrame) -> int:
    """How many records without an end have a status of which nothing is known."""
    statuses = written.filter(pl.col("resolved_at").is_null() & pl.col("closed_at").is_null())["status"].drop_nulls()
    return sum(count for word, count in statuses.value_counts().iter_rows() if not is_known_status(word))
