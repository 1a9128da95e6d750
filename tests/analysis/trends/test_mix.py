"""Which incidents there were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.mix import Written, mix_of
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort


def of(frame: pl.DataFrame) -> Cohort:
    """The cohort of a history by month, as of 2024-03-01."""
    return cohort(frame, Scope(datetime(2024, 3, 1, tzinfo=UTC), period="month"), load_runbook())


def test_sample_history_has_its_severities(sample_cohort: Cohort) -> None:
    """data/README.md: 22 / 41 / 41 / 20 of 124 in 2022, 11 / 26 / 51 / 29 of 117 in 2023, one unknown."""
    found = mix_of(sample_cohort, "severity", together=("SEV1", "SEV2"))
    assert found.groups == ("SEV1", "SEV2", "SEV3", "SEV4", "unknown")
    assert [[share.n for share in half.shares] for half in found.halves] == [[22, 41, 41, 20, 1], [11, 26, 51, 29, 0]]
    assert [(half.n, half.n_known) for half in found.halves] == [(125, 124), (117, 117)]
    both = [half.together for half in found.halves]
    assert [each and (each.group, each.n, each.share.n) for each in both] == [
        ("SEV1 and SEV2", 63, 124),
        ("SEV1 and SEV2", 37, 117),
    ]
    assert [sum(share.n for share in period.shares) for period in found.periods] == [28, 34, 36, 27, 29, 25, 27, 36]


def test_change_of_the_sample_is_tested_in_the_order_of_severities(sample_cohort: Cohort) -> None:
    """scipy.stats.mannwhitneyu of the levels gives 0.0029 for the 241 whose severity is known."""
    change = mix_of(sample_cohort, "severity").change
    assert change is not None
    assert (change.n_before, change.n_after) == (124, 117)
    assert change.p_value == pytest.approx(0.0029, abs=0.0015)
    assert change.method.startswith("difference of mean ranks")


def test_sources_of_detection_go_by_frequency(sample_cohort: Cohort) -> None:
    """154 + 47 + 34 + 7 are 242; they have no order, so chi-squared tests them."""
    found = mix_of(sample_cohort, "detected_by")
    assert [(share.group, share.n) for share in found.whole.shares] == [
        ("monitoring_alert", 154),
        ("customer", 47),
        ("employee", 34),
        ("third_party", 7),
    ]
    assert found.change is not None
    assert found.change.method.startswith("chi-squared")
    assert found.whole.label == "2022-Q1 to 2023-Q4"


def test_unknown_is_a_group_beside_the_others(lasting: Callable[..., pl.DataFrame]) -> None:
    """Of three, two unknown: SEV1 is one of one known, unknown two of three, and their words are kept."""
    frame = lasting(60, 60, 60).with_columns(
        severity=_texts("SEV1", None, None), severity_written=_texts("1", "Major", "Major")
    )
    found = mix_of(of(frame), "severity")
    assert [(each.group, each.n, each.share.estimate, each.share.n) for each in found.whole.shares] == [
        ("SEV1", 1, 1.0, 1),
        ("unknown", 2, pytest.approx(2 / 3), 3),
    ]
    assert (found.unknown_written, found.n_unknown_written) == ((Written("Major", 2),), 1)


def test_written_unknown_and_not_written_are_one_group(lasting: Callable[..., pl.DataFrame]) -> None:
    """The runbook has a source of that name."""
    frame = lasting(60, 60, 60).with_columns(detected_by=_texts("unknown", None, "customer"))
    assert mix_of(of(frame), "detected_by").groups == ("customer", "unknown")


def test_all_unknown_are_told_so(lasting: Callable[..., pl.DataFrame]) -> None:
    """No share of a known group, and no test."""
    found = mix_of(of(lasting(60, 60, 60)), "severity", together=("SEV1", "SEV2"))
    assert (found.groups, found.together, found.whole.n_known) == (("unknown",), (), 0)
    assert found.change is not None
    assert found.change.reason == "no incidents of a known group in one of the periods"


def test_asked_order_goes_before_names(lasting: Callable[..., pl.DataFrame]) -> None:
    """Another runbook's severities need not be in the order of the alphabet."""
    frame = lasting(60, 60, 60).with_columns(severity=_texts("low", "high", "strange"))
    assert mix_of(of(frame), "severity", order=("high", "low")).groups == ("high", "low", "strange")


def test_one_period_has_no_halves(lasting: Callable[..., pl.DataFrame]) -> None:
    """So nothing is compared."""
    scope = Scope(datetime(2024, 1, 20, tzinfo=UTC), period="month")
    found = mix_of(cohort(lasting(60, None, severity="SEV2"), scope, load_runbook()), "severity")
    assert (found.halves, found.change, found.whole.label, found.whole.is_complete) == ((), None, "2024-01", False)


def test_empty_history_has_no_mix(history_of: Callable[..., pl.DataFrame]) -> None:
    """No group, no period, and no share of 0 %."""
    found = mix_of(of(history_of()), "severity")
    assert (found.groups, found.periods, found.halves, found.whole.n) == ((), (), (), 0)


def _texts(*values: str | None) -> pl.Series:
    return pl.Series(values, dtype=pl.String)
