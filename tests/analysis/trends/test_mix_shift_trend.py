"""How much of a change came from which incidents there were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.mix_shift_trend import mix_shift_of
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort


def of(frame: pl.DataFrame, **scope: object) -> Cohort:
    """The cohort of a history by month, as of 2024-03-01."""
    given: dict[str, object] = {"as_of": datetime(2024, 3, 1, tzinfo=UTC), "period": "month", **scope}
    return cohort(frame, Scope(**given), load_runbook())  # type: ignore[arg-type]  # the fields differ in type


def test_sample_history_hardly_moved(sample_cohort: Cohort) -> None:
    """data/README.md: the median was 7,264 s with nothing open; its five open ones take 2023 to 7,341 s."""
    found = mix_shift_of(sample_cohort)
    severity, service = found.splits
    assert (severity.column, service.column) == ("severity", "service")
    assert (found.before, found.after) == ("2022", "2023")
    median = severity.median
    assert (median.before_seconds, median.after_seconds, median.n_before, median.n_after) == (7264.0, 7341.0, 124, 117)
    assert median.within_seconds is not None
    assert median.mix_seconds is not None
    # the change is small, and its two parts are larger and of different sign
    assert (median.within_seconds, median.mix_seconds) == (-333.5, 410.5)
    assert [(each.reason, each.count) for each in found.left_out] == [("resolved_at lies before started_at", 1)]


def test_mean_is_split_where_it_is_asked_for(sample_cohort: Cohort) -> None:
    """data/README.md: 12,103 s and 15,359 s; the mix alone is about 8 % of it."""
    asked = replace(sample_cohort, scope=replace(sample_cohort.scope, with_mean=True))
    assert mix_shift_of(sample_cohort).splits[0].mean is None
    mean = mix_shift_of(asked).splits[0].mean
    assert mean is not None
    assert mean.before_seconds == pytest.approx(12_103, abs=1)
    assert mean.after_seconds == pytest.approx(15_359, abs=1)
    assert mean.mix_seconds == pytest.approx(902.4, abs=0.1)
    assert len(mix_shift_of(asked).means) == 8


def test_change_of_the_mix_alone_is_told_as_such(lasting: Callable[..., pl.DataFrame]) -> None:
    """SEV1 always lasts 10 and SEV2 always 90 minutes: 20 and 11 of 31 in January, 9 and 20 of 29 in February."""
    severities = ["SEV1"] * 20 + ["SEV2"] * 11 + ["SEV1"] * 9 + ["SEV2"] * 20
    minutes = [10 if severity == "SEV1" else 90 for severity in severities]
    median = mix_shift_of(of(lasting(*minutes).with_columns(severity=pl.Series(severities)))).splits[0].median
    assert (median.change_seconds, median.within_seconds, median.mix_seconds) == (4800.0, 0.0, 4800.0)


def test_rare_services_are_counted_as_one(lasting: Callable[..., pl.DataFrame]) -> None:
    """Thirty services of two each: nineteen keep their names, eleven are the others."""
    frame = lasting(*[60] * 60).with_columns(service=pl.Series([f"s{number % 30:02}" for number in range(60)]))
    service = mix_shift_of(of(frame)).splits[1]
    assert service.n_folded == 11
    assert len(service.median.parts) == 20
    others = next(part for part in service.median.parts if part.group == "other services")
    assert others.n_before + others.n_after == 22


def test_all_open_have_no_median_to_split(lasting: Callable[..., pl.DataFrame]) -> None:
    """And none is made of their ages."""
    found = mix_shift_of(of(lasting(*[None] * 40, severity="SEV1")))
    median = found.splits[0].median
    assert (median.before_seconds, median.mix_seconds, median.n_open) == (None, None, 40)
    assert median.reason == "too many are open for a median"
    assert [each.recorded_seconds for each in found.periods] == [None, None]


def test_periods_have_their_median_in_the_mix_of_all(sample_cohort: Cohort) -> None:
    """Eight quarters; those without the unknown severity lend it to nobody."""
    found = mix_shift_of(sample_cohort)
    assert [each.period for each in found.periods] == [period.label for period in sample_cohort.periods]
    assert [each.n for each in found.periods] == [28, 34, 35, 27, 29, 25, 27, 36]


def test_one_incident_is_not_split(lasting: Callable[..., pl.DataFrame]) -> None:
    """One period has no halves."""
    scope = {"as_of": datetime(2024, 1, 20, tzinfo=UTC)}
    found = mix_shift_of(of(lasting(60), **scope))
    assert (found.splits, found.reason) == ((), "a change takes two periods")


def test_empty_history_is_not_split(history_of: Callable[..., pl.DataFrame]) -> None:
    """Nothing to say, and no crash."""
    found = mix_shift_of(of(history_of()))
    assert (found.splits, found.periods, found.left_out) == ((), (), ())
