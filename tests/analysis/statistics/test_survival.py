"""Kaplan-Meier: open incidents count for as long as they were watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from incident_analytics.analysis.statistics.survival import share_done_within, survival, time_until_done
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from conftest import Remissions


def test_the_curve_of_the_textbook_is_met(freireich: Remissions) -> None:
    """Freireich's 6-MP: the numbers that R, lifelines and statsmodels print."""
    curve = survival(*freireich)
    steps = dict(zip(curve.seconds, curve.share_open, strict=True))
    expected = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert {weeks: round(steps[weeks], 4) for weeks in expected} == expected
    assert (curve.n, curve.n_open) == (21, 12)


def test_the_interval_of_the_curve_is_log_log(freireich: Remissions) -> None:
    """R's survfit with conf.type log-log: 0.620 to 0.952 at 6 weeks, 0.188 to 0.680 at 23."""
    curve = survival(*freireich)
    ends = {weeks: (curve.low[place], curve.high[place]) for place, weeks in enumerate(curve.seconds)}
    assert ends[6] == pytest.approx((0.6197, 0.9516), abs=5e-5)
    assert ends[23] == pytest.approx((0.1881, 0.6801), abs=5e-5)


def test_the_median_of_the_textbook_has_no_upper_end(freireich: Remissions) -> None:
    """23 weeks, at least 13: too many are still in remission to say more."""
    median = time_until_done(*freireich)
    assert (median.estimate, median.low, median.high) == (23.0, 13.0, None)
    assert (median.n, median.n_open, median.method) == (21, 12, "Kaplan-Meier")
    assert median.reason == "too many are open for an upper end"


def test_of_no_incidents_nothing_is_said() -> None:
    """Not even 0."""
    assert survival([]).seconds == ()
    assert time_until_done([]).estimate is None
    assert share_done_within(300, []).estimate is None
    assert share_done_within(300, []).reason == "no incidents"


def test_with_nothing_open_the_median_has_its_exact_interval() -> None:
    """Of six durations the smallest and the largest; 1 - 2 * 0.5^6 is 97 %."""
    median = time_until_done([600, 100, 500, 200, 400, 300])
    assert (median.estimate, median.low, median.high, median.method) == (350.0, 100.0, 600.0, "order statistics")


def test_the_median_between_two_durations_is_their_middle() -> None:
    """Half of four are done at 120 and the next at 180, open ones or not."""
    assert time_until_done([60, 120, 180, 240], [False, False, False, True]).estimate == 150.0
    assert time_until_done([60, 120, 180, 240]).estimate == 150.0


def test_all_open_has_no_median() -> None:
    """An open incident is not done at the time of the report."""
    median = time_until_done([60, 120, 180], [True, True, True])
    assert (median.estimate, median.low, median.high) == (None, None, None)
    assert median.reason == "fewer than 50% are done, as far as they were watched"


def test_leaving_out_open_incidents_is_not_what_happens() -> None:
    """Three done within ten minutes and three open for a day: the median is not two minutes."""
    seconds, is_open = [60, 120, 600, 86_400, 86_400, 86_400], [False] * 3 + [True] * 3
    assert time_until_done(seconds, is_open).estimate == 600.0


def test_an_interval_takes_six_that_are_done() -> None:
    """Five done and one open: an estimate, and why there is no more."""
    median = time_until_done([1, 2, 3, 4, 5, 9], [False] * 5 + [True])
    assert (median.estimate, median.low, median.high) == (3.5, None, None)
    assert median.reason == "an interval takes 6 that are done"


def test_exactly_the_target_is_within_it() -> None:
    """Acknowledged after 300 s of 300 s allowed."""
    share = share_done_within(300, [100, 300, 301, 900])
    assert (share.estimate, share.n, share.method) == (0.5, 4, "Clopper-Pearson")


def test_the_share_has_the_interval_of_clopper_and_pearson() -> None:
    """8 of 10: 0.4439 to 0.9748 (R's binom.test)."""
    share = share_done_within(300, [100] * 8 + [900] * 2)
    assert (share.low, share.high) == pytest.approx((0.4439, 0.9748), abs=5e-5)


def test_never_acknowledged_is_not_acknowledged_in_time() -> None:
    """One open for a day missed the five minutes as surely as one done after a day."""
    assert share_done_within(300, [100, 200, 86_400], [False, False, True]).estimate == pytest.approx(2 / 3)


def test_too_young_to_tell_counts_as_far_as_it_was_watched(freireich: Remissions) -> None:
    """1 - S(10) of 6-MP with its log-log interval; those lost before week 10 are not counted as failures."""
    share = share_done_within(10, *freireich)
    assert (share.estimate, share.low, share.high) == pytest.approx((0.2471, 0.1106, 0.4968), abs=5e-5)
    assert share.method == "Kaplan-Meier"


def test_a_target_that_nobody_was_watched_for_has_no_share() -> None:
    """Ten minutes of age say nothing about an hour."""
    share = share_done_within(3600, [60, 600], [False, True])
    assert share.estimate is None
    assert share.reason == "nobody was watched for as long as the target, and some are open"


def test_none_done_within_is_nought_with_an_interval() -> None:
    """One of two watched to the end: 0 of 1 has an upper end of 0.975."""
    share = share_done_within(5, [1, 6], [True, False])
    assert (share.estimate, share.low, share.high) == pytest.approx((0.0, 0.0, 0.975))


def test_a_duration_of_nought_is_a_duration() -> None:
    """Acknowledged in the second of the alert."""
    assert share_done_within(0, [0, 60]).estimate == 0.5
    assert survival([0, 60]).share_open == (0.5, 0.0)


@pytest.mark.parametrize("seconds", [[-1.0], [float("nan")], [float("inf")]])
def test_what_is_no_duration_is_refused(seconds: list[float]) -> None:
    """It is a finding about the record, and belongs into no statistic."""
    with pytest.raises(ParameterError, match="seconds"):
        survival(seconds)


def test_flags_must_be_as_many_as_durations() -> None:
    """No flag is guessed."""
    with pytest.raises(ParameterError, match="expected 2 flags, one a duration"):
        survival([1, 2], [True])


@pytest.mark.slow
def test_dropping_open_incidents_makes_the_ninetieth_percentile_a_third_too_good() -> None:
    """Forty in ninety days, a median of four days: 0.68 of the truth when they are left out, 0.95 when not."""
    generator, truth = np.random.default_rng(20), 4 * np.exp(1.2816 * 1.25)
    kept, dropped = [], []
    for _ in range(400):
        start, length = generator.uniform(0, 90, 40), 4 * np.exp(generator.normal(0, 1.25, 40))
        is_open = start + length > 90
        estimate = time_until_done(np.minimum(length, 90 - start), is_open, share=0.9).estimate
        kept.append(np.inf if estimate is None else estimate)
        dropped.append(np.quantile(length[~is_open], 0.9))
    assert np.median(dropped) / truth == pytest.approx(0.68, abs=0.05)
    assert np.median(kept) / truth == pytest.approx(0.95, abs=0.08)
