"""Response targets met."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.conformance.judging import conformance
from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.analysis.trends.cohort import LeftOut, cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.targets import response_targets
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.targets import TargetCount
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

# A Friday, 17:00 UTC.
FRIDAY = datetime(2024, 1, 19, 17, tzinfo=UTC)


def row(severity: str | None, acknowledged: float | None, **more: object) -> dict[str, object]:
    """An incident that was detected on Friday, acknowledged so many seconds later, and is over."""
    at = None if acknowledged is None else FRIDAY + timedelta(seconds=acknowledged)
    whole = {"severity": severity, "started_at": FRIDAY, "detected_at": FRIDAY, "acknowledged_at": at}
    return whole | {"resolved_at": FRIDAY + timedelta(days=9)} | more


def counted(
    frame: pl.DataFrame, severity: str, as_of: datetime | None = None, runbook: Runbook | None = None
) -> TargetCount:
    """One severity's count, as of ten days later."""
    policy = runbook or load_runbook()
    looked_at = cohort(frame, Scope(as_of or FRIDAY + timedelta(days=10)), policy)
    return next(each.whole for each in response_targets(looked_at, policy).severities if each.severity == severity)


def outcome(count: TargetCount) -> dict[str, int]:
    """What is not nothing."""
    names = ("met", "missed", "overdue", "pending", "not_evidenced")
    return {name: value for name in names if (value := getattr(count, name))}


def test_sample_history_has_its_targets(sample_cohort: Cohort) -> None:
    """data/README.md: SEV1 9 of 22 in 2022, 10 of 11 in 2023; INC-2022-029 was never acknowledged."""
    found = response_targets(sample_cohort, load_runbook())
    halves = {each.severity: [(half.met, half.share.n) for half in each.halves] for each in found.severities}
    assert halves["SEV1"] == [(9, 22), (10, 11)]
    assert [each.target for each in found.severities][:2] == ["< 5 minutes", "< 15 minutes"]
    assert outcome(found.severities[3].whole) == {"met": 48, "not_evidenced": 1}
    assert found.left_out == (LeftOut("the severity is not known", 1, ("INC-2022-101",)),)


def test_agrees_with_the_check_of_each_incident(sample_history: History, sample_cohort: Cohort) -> None:
    """The rule ``response-target`` of 242 records, counted by its states."""
    runbook, states = load_runbook(), []
    for record in records_of(sample_history):
        incident = record.incident
        if not incident.severity or incident.id == "INC-2023-040":
            continue
        events = merged_timeline(incident, runbook, record.entries)
        checks = conformance(
            incident, events, milestones(incident, events, runbook), runbook, as_of=sample_cohort.scope.as_of
        )
        states += [check.state for check in checks if check.rule == "response-target"]
    whole = [each.whole for each in response_targets(sample_cohort, runbook).severities]
    assert states.count("met") == sum(each.met for each in whole) == 223
    assert states.count("missed") == sum(each.missed for each in whole) == 17
    assert states.count("not_evidenced") == sum(each.not_evidenced for each in whole) == 1


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "met"), (299, "met"), (299.999999, "met"), (300, "missed"), (301, "missed")]
)
def test_five_minutes_sharp_are_too_late(history_of: Callable[..., pl.DataFrame], seconds: float, told: str) -> None:
    """The runbook says "< 5 minutes": 4 min 59 s meets it."""
    assert outcome(counted(history_of(row("SEV1", seconds)), "SEV1")) == {told: 1}


@pytest.mark.parametrize(
    ("acknowledged", "told"),
    [("2024-01-22T23:59:59", "met"), ("2024-01-23T00:00:00", "missed"), ("2024-01-20T12:00:00", "met")],
)
def test_next_business_day_steps_over_the_weekend(
    history_of: Callable[..., pl.DataFrame], acknowledged: str, told: str
) -> None:
    """Detected on a Friday, due until the midnight that ends Monday."""
    at = datetime.fromisoformat(acknowledged).replace(tzinfo=UTC)
    assert outcome(counted(history_of(row("SEV4", None, acknowledged_at=at)), "SEV4")) == {told: 1}


@pytest.mark.parametrize(("hour", "told"), [(4, "met"), (5, "missed")])
def test_next_business_day_ends_in_the_zone_of_the_calendar(
    history_of: Callable[..., pl.DataFrame], hour: int, told: str
) -> None:
    """In New York Friday lasts until 05:00 UTC of Saturday, and Monday until 05:00 of Tuesday."""
    runbook = load_runbook()
    calendar = runbook.calendar.model_copy(update={"zone": "America/New_York"})
    detected = datetime(2024, 1, 20, 4, 59, tzinfo=UTC)
    acknowledged = datetime(2024, 1, 23, hour, 0, tzinfo=UTC)
    frame = history_of(row("SEV4", None, detected_at=detected, acknowledged_at=acknowledged))
    own = runbook.model_copy(update={"calendar": calendar})
    assert outcome(counted(frame, "SEV4", runbook=own)) == {told: 1}


def test_next_business_day_follows_a_change_of_clocks(history_of: Callable[..., pl.DataFrame]) -> None:
    """Summer time begins in New York on Sunday 2024-03-10: Monday ends at 04:00 UTC, not at 05:00."""
    runbook = load_runbook()
    own = runbook.model_copy(update={"calendar": runbook.calendar.model_copy(update={"zone": "America/New_York"})})
    detected = datetime(2024, 3, 8, 20, tzinfo=UTC)
    rows = [
        row("SEV4", None, detected_at=detected, acknowledged_at=datetime(2024, 3, 12, hour, minute, tzinfo=UTC))
        for hour, minute in ((3, 59), (4, 0))
    ]
    found = counted(history_of(*rows), "SEV4", datetime(2024, 4, 1, tzinfo=UTC), own)
    assert outcome(found) == {"met": 1, "missed": 1}


def test_open_incident_is_pending_until_its_target_is_past(history_of: Callable[..., pl.DataFrame]) -> None:
    """Seen four minutes after detection, and five; the deadline itself is too late."""
    frame = history_of(row("SEV1", None, resolved_at=None, status="open"))
    assert outcome(counted(frame, "SEV1", FRIDAY + timedelta(minutes=4))) == {"pending": 1}
    late = counted(frame, "SEV1", FRIDAY + timedelta(minutes=5))
    assert outcome(late) == {"missed": 1, "overdue": 1}
    assert (late.share.estimate, late.share.n) == (0.0, 1)


def test_what_the_record_does_not_tell_is_counted_apart(history_of: Callable[..., pl.DataFrame]) -> None:
    """No acknowledgment, no detection, or an acknowledgment before the detection; no share of them."""
    frame = history_of(row("SEV1", None), row("SEV1", 60, detected_at=None), row("SEV1", -60))
    found = counted(frame, "SEV1")
    assert outcome(found) == {"not_evidenced": 3}
    assert (found.share.estimate, found.share.reason) == (None, "no incidents")


@pytest.mark.parametrize(
    ("first", "last", "told"), [(60, 299, "met"), (60, 300, "not_evidenced"), (300, 400, "missed")]
)
def test_range_that_straddles_the_limit_does_not_tell(
    history_of: Callable[..., pl.DataFrame], first: int, last: int, told: str
) -> None:
    """Acknowledged at some time of a stretch."""
    frame = history_of(row("SEV1", first, acknowledged_at_latest=FRIDAY + timedelta(seconds=last)))
    assert outcome(counted(frame, "SEV1")) == {told: 1}


def test_unknown_severity_has_no_target(history_of: Callable[..., pl.DataFrame]) -> None:
    """It is left out and counted; no severity of the runbook has an incident."""
    looked_at = cohort(history_of(row(None, 60)), Scope(FRIDAY + timedelta(days=10)), load_runbook())
    found = response_targets(looked_at, load_runbook())
    assert found.left_out == (LeftOut("the severity is not known", 1, ("INC-1",)),)
    assert [each.whole.share.n for each in found.severities] == [0, 0, 0, 0]


def test_empty_history_has_every_severity(history_of: Callable[..., pl.DataFrame]) -> None:
    """Without a share, which is not 0 %."""
    looked_at = cohort(history_of(), Scope(FRIDAY), load_runbook())
    found = response_targets(looked_at, load_runbook())
    assert [each.whole.share.estimate for each in found.severities] == [None] * 4
    assert [each.halves for each in found.severities] == [()] * 4
