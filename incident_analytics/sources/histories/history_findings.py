"""What to know about a history before its numbers are believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.counted import counted
from incident_analytics.model.measurement import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incident_analytics.sources.histories.ledger import Counted, HistoryLedger

# Exports stop at round numbers, and a sheet of Excel at its last row.
CUT_AT = frozenset({1_000, 10_000, 65_535, 1_048_575})
_MOST_NAMED = 5


def history_findings(ledger: HistoryLedger, states: Mapping[str, int], *, has_rule: bool) -> Iterator[Finding]:
    """The doubts about a whole history, each once.

    Args:
        ledger: What became of the rows.
        states: How many incidents are open, resolved and closed.
        has_rule: Whether a mapping says which row of an incident is the last.
    """
    yield from _about_rows(ledger, has_rule=has_rule)
    yield from _about_states(ledger, states)
    yield from _about_values(ledger)


def _about_rows(ledger: HistoryLedger, *, has_rule: bool) -> Iterator[Finding]:
    for file in ledger.files:
        if file.rows in CUT_AT:
            message = f"{file.file} has exactly {counted(file.rows, 'row')}; this export may be cut"
            yield Finding("export-may-be-cut", "warning", message, Place(file.file), str(file.rows), "the whole export")
    if ledger.rows_dropped:
        dropped = f"{ledger.rows_dropped:,} of {counted(ledger.rows, 'row')}"
        message = f"{dropped} {_was(ledger.rows_dropped)} left out: {_reasons(ledger.dropped)}"
        yield Finding("rows-dropped", "warning", message, _first(ledger.dropped), str(ledger.rows_dropped))
    if ledger.merged and not has_rule:
        message = (
            f"{counted(ledger.merged, 'row repeats', 'rows repeat')} an incident; of each the last one read was taken"
        )
        expected = "rows.last_by in the mapping"
        yield Finding("rows-merged", "warning", message, None, str(ledger.merged), expected)


def _about_states(ledger: HistoryLedger, states: Mapping[str, int]) -> Iterator[Finding]:
    if not ledger.incidents:
        message = f"there are no incidents in this history ({counted(ledger.rows, 'row')} {_was(ledger.rows)} read)"
        yield Finding("history-empty", "warning", message, None, "0")
    elif states.get("open", 0) == ledger.incidents:
        message = f"{_all(ledger.incidents)} open, so no time to resolution is known"
        yield Finding("all-open", "warning", message, None, str(ledger.incidents))
    if states.get("closed"):
        over = counted(states["closed"], "incident is", "incidents are")
        message = f"{over} closed, but nobody recorded a time of resolution"
        yield Finding("resolution-unknown", "warning", message, None, str(states["closed"]), "resolved_at")
    for pair, count in ledger.negative_durations.items():
        message = f"{pair} in {count} of the incidents; their durations are invalid and left out"
        yield Finding("duration-negative", "error", message, None, str(count))


def _about_values(ledger: HistoryLedger) -> Iterator[Finding]:
    unknown = {word: count for word, count in ledger.unknown_severities.items() if word}
    if unknown:
        having = counted(sum(unknown.values()), "incident has a severity", "incidents have severities")
        message = f"{having} that the runbook does not know: {_named(unknown)}"
        yield Finding("severity-unknown", "warning", message, None, ", ".join(unknown), "a severity of the runbook")
    if told := ledger.doubts.get("status-unknown"):
        having = counted(told, "incident has", "incidents have")
        message = f"{having} no end and a status that is not known, and {_counts(told)} as open"
        yield Finding("status-unknown", "warning", message, None, str(told), "resolved, closed, investigating ...")
    if ledger.unread:
        count = sum(each.count for each in ledger.unread)
        message = f"{counted(count, 'value')} could not be read and {_is(count)} missing: {_reasons(ledger.unread)}"
        yield Finding("values-unread", "warning", message, _first(ledger.unread), str(count))
    for zone, count in ledger.zones_assumed.items():
        message = f"{counted(count, 'time names', 'times name')} no zone and {_was(count)} read as {zone}"
        yield Finding("zone-assumed", "warning", message, None, str(count), "a zone in the mapping or the runbook")
    if len(ledger.zones) > 1:
        message = f"times are written in {len(ledger.zones)} zones: {_named(ledger.zones)}; all are compared in UTC"
        yield Finding("zones-mixed", "info", message, None, str(len(ledger.zones)))
    if len(ledger.currencies) > 1:
        message = (
            f"amounts are in {len(ledger.currencies)} currencies: {_named(ledger.currencies)}; never summed together"
        )
        yield Finding("currencies-mixed", "info", message, None, str(len(ledger.currencies)))


def _reasons(counted: tuple[Counted, ...]) -> str:
    return _named({each.reason: each.count for each in counted})


def _first(counted: tuple[Counted, ...]) -> Place | None:
    return next((place for each in counted for place in each.examples), None)


def _named(counts: Mapping[str, int]) -> str:
    told = [f"{name or '(none)'} ({count})" for name, count in list(counts.items())[:_MOST_NAMED]]
    more = len(counts) - _MOST_NAMED
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _all(number: int) -> str:
    return "the only incident is" if number == 1 else f"all {number:,} incidents are"


def _counts(number: int) -> str:
    return "counts" if number == 1 else "count"
