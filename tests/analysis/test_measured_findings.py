"""Where the measured impact and the record differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest

from incident_analytics.analysis.impact_seen import LOGS, SeenBy
from incident_analytics.analysis.measured_findings import impact_findings
from incident_analytics.analysis.measured_impact import MeasuredImpact
from incident_analytics.analysis.measured_losses import Loss
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from incident_analytics.model.incident import Incident

AT = datetime(2024, 3, 1, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STEP = timedelta(seconds=15)


def recorded(minutes: float, name: str) -> Anchor:
    """A milestone so many minutes after ten."""
    at = AT + minutes * MINUTE
    return Anchor(name, Instant(at, at, f"{at:%H:%M}", "minute", "UTC", zone_assumed=False))


def measured(start: float, end: float, losses: tuple[Loss, ...] = ()) -> MeasuredImpact:
    """An impact from so many minutes after ten to so many, by a success rate every 15 seconds."""
    begun, over = AT + start * MINUTE, AT + end * MINUTE
    window = SimpleNamespace(reason="")
    seen = SeenBy("success_rate", "{}", "success", window, STEP, begun - STEP, begun, over - STEP, over)  # type: ignore[arg-type]
    return MeasuredImpact((AT, AT), seen, "", (seen,), losses=losses)


def rules(found: MeasuredImpact, incident: object = None, *, is_early_told: bool = False) -> list[str]:
    """The messages beside a record from ten to eleven."""
    anchors = {"started_at": recorded(0, "started_at"), "resolved_at": recorded(60, "resolved_at")}
    record = incident or SimpleNamespace(impact=SimpleNamespace(revenue_lost=None), fields_read_from={})
    given = impact_findings(found, cast("Incident", record), anchors, is_early_told=is_early_told)
    return [finding.message for finding in given]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (-5, 55, "success_rate shows the impact from 09:55:00 UTC on, at least 5 min before the recorded start"),
        (5, 55, "success_rate shows the impact from 10:05:00 UTC on, at least 4 min 45 s after the recorded start"),
        (0, 70, "success_rate shows the impact until 11:10:00 UTC, at least 9 min 45 s after the recorded resolution"),
    ],
)
def test_what_differs_by_a_minute_or_more_is_a_finding(start: float, end: float, message: str) -> None:
    """By as much as the step leaves no doubt of."""
    assert rules(measured(start, end)) == [message]


@pytest.mark.parametrize(("start", "end"), [(0.5, 60), (1.2, 30), (-0.9, 60.5)])
def test_what_the_step_leaves_open_is_none(start: float, end: float) -> None:
    """Nor is an end before the resolution: people watch before they call it resolved."""
    assert rules(measured(start, end)) == []


def test_an_early_start_that_the_logs_have_told_is_not_told_twice() -> None:
    """Errors before the start are a finding of their own."""
    assert rules(measured(-5, 55), is_early_told=True) == []


def test_an_impact_that_is_not_told_differs_from_nothing() -> None:
    """Silence is no difference."""
    assert rules(MeasuredImpact(None, None, "no start is recorded")) == []


def test_a_recorded_loss_outside_the_interval_is_a_finding() -> None:
    """9,000 EUR beside 10,000 to 12,000; 11,000 would be inside, and dollars are another matter."""
    amount = SimpleNamespace(lost=SimpleNamespace(low=10_000.0, high=12_000.0))
    loss = Loss("revenue_per_minute", "{}", "revenue", "EUR", "EUR", 60.0, amount, is_to_the_end=False, reason="")  # type: ignore[arg-type]
    found = replace(measured(0, 55), losses=(loss,))

    def record(amount: int, currency: str) -> object:
        money = SimpleNamespace(amount=amount, currency=currency, text=f"{amount}")
        return SimpleNamespace(impact=SimpleNamespace(revenue_lost=money), fields_read_from={})

    assert rules(found, record(9_000, "EUR")) == [
        "the record says 9,000 EUR were lost, revenue_per_minute shows 10,000 to 12,000"
    ]
    assert rules(found, record(11_000, "EUR")) == []
    assert rules(found, record(9_000, "USD")) == []


def seen(source: str, start: float, end: float | None, *, agrees: bool = True) -> SeenBy:
    """What one source tells, from so many minutes after ten to so many."""
    begun, over = AT + start * MINUTE, None if end is None else AT + end * MINUTE
    window = SimpleNamespace(reason="", stretches=())
    return SeenBy(
        source, "{}", "errors", window, STEP, begun - STEP, begun, over and over - STEP, over, agrees, f"{source}.json"  # type: ignore[arg-type]
    )  # fmt: skip


def beside(odd: SeenBy) -> list[tuple[str, str]]:
    """The findings on the zone of one source beside two that agree, from 10:00 to 10:50: where, and what."""
    one, other = seen("errors in the logs", 0, 50), seen("orders_per_minute", 0, 50)
    found = MeasuredImpact((AT, AT), one, "", (one, odd, other))
    anchors = {name: Anchor(name, None) for name in ("started_at", "resolved_at")}
    record = cast("Incident", SimpleNamespace(impact=SimpleNamespace(revenue_lost=None)))
    given = impact_findings(found, record, anchors, is_early_told=False)
    return [(str(finding.where), finding.message) for finding in given if finding.rule == "clock-zone"]


def test_a_source_an_hour_beside_several_others_may_be_in_another_zone() -> None:
    """The file is named; without its end, as the search ends before, the start alone tells it."""
    told = (
        "error_ratio looks 1 h late: the impact begins at 11:00:00 UTC in it, at 10:00:00 UTC in errors in the "
        "logs and orders_per_minute: were its times written in another zone? (nothing was shifted)"
    )
    assert beside(seen("error_ratio", 60, 110, agrees=False)) == [("error_ratio.json", told)]
    assert beside(seen("error_ratio", 60, None, agrees=False)) == [("error_ratio.json", told)]


@pytest.mark.parametrize(("start", "end"), [(60, 90), (37, 87), (15, None), (1, 51)])
def test_what_only_begins_later_is_no_mistake_of_a_zone(start: float, end: float | None) -> None:
    """It lasts shorter, is off by no quarter hours, or by a quarter of one that has no end."""
    assert beside(seen("error_ratio", start, end, agrees=False)) == []


def test_findings_tell_times_in_the_zone_of_the_report_and_errors_show() -> None:
    """Ten in UTC is eleven in Berlin; errors are several."""
    found = measured(-5, 55)
    best = replace(found.seen_by[0], source=LOGS)
    anchors = {"started_at": recorded(0, "started_at"), "resolved_at": recorded(60, "resolved_at")}
    record = cast("Incident", SimpleNamespace(impact=SimpleNamespace(revenue_lost=None), fields_read_from={}))
    (finding,) = impact_findings(
        replace(found, told_by=best),
        record,
        anchors,
        is_early_told=False,
        zone=ZoneInfo("Europe/Berlin"),
        zone_name="CET",
    )
    assert finding.message == (
        "errors in the logs show the impact from 10:55:00 CET on, at least 5 min before the recorded start"
    )
