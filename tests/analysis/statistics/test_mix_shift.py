"""A change split into what incidents of a group did and what came of their mix."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.statistics.mix_shift import mix_shift
from incident_analytics.errors import ParameterError


def test_kitagawas_split_of_a_mean() -> None:
    """By hand. Shares 2/3, 1/3 then 1/3, 2/3; means 12 and 90, then 10 and 80.

    Within: 1/2 * (10 - 12) + 1/2 * (80 - 90) = -6. Mix: 11 * -1/3 + 85 * 1/3 = 24.67. From 38 to 56.67.
    """
    found = mix_shift([10, 14, 90], ["SEV3", "SEV3", "SEV1"], [10, 70, 90], ["SEV3", "SEV1", "SEV1"], statistic="mean")
    assert (found.before_seconds, found.after_seconds) == pytest.approx((38, 56 + 2 / 3))
    assert (found.within_seconds, found.mix_seconds) == pytest.approx((-6, 24 + 2 / 3))
    assert found.change_seconds == pytest.approx(18 + 2 / 3)


def test_the_groups_stand_beside_the_split() -> None:
    """The more frequent first; equals by name."""
    found = mix_shift([10, 14, 90], ["b", "b", "a"], [10, 70, 90], ["b", "a", "a"], statistic="mean")
    assert [(part.group, part.n_before, part.n_after) for part in found.parts] == [("a", 1, 2), ("b", 2, 1)]
    assert [(part.before_seconds, part.after_seconds) for part in found.parts] == [(90, 80), (12, 10)]


def test_only_the_mix_moves_a_median() -> None:
    """Both groups are as before; there are more of the long ones. Weighted by the other mix each is the other."""
    short, long = [60.0, 70.0, 80.0], [600.0, 700.0, 800.0]
    before, after = [*short, *short, *long], [*short, *long, *long]
    found = mix_shift(before, ["S"] * 6 + ["L"] * 3, after, ["S"] * 3 + ["L"] * 6)
    assert (found.before_seconds, found.after_seconds) == (80.0, 600.0)
    assert (found.within_seconds, found.mix_seconds) == (0.0, 520.0)


def test_with_the_same_mix_all_is_within() -> None:
    """Everything became half as long."""
    groups = ["a", "b", "a", "b"]
    found = mix_shift([100, 400, 200, 800], groups, [50, 200, 100, 400], groups)
    assert (found.change_seconds, found.within_seconds, found.mix_seconds) == (-150.0, -150.0, 0.0)


def test_a_group_of_one_period_belongs_to_the_mix() -> None:
    """A new service with long incidents, the old one as before."""
    found = mix_shift([60, 60], ["old", "old"], [60, 60, 600, 600], ["old", "old", "new", "new"], statistic="mean")
    assert (found.change_seconds, found.within_seconds, found.mix_seconds) == (270.0, 0.0, 270.0)
    assert [part.before_seconds for part in found.parts] == [60.0, None]


def test_groups_may_be_of_severity_and_service() -> None:
    """A tuple is a label too."""
    found = mix_shift([60], [("SEV1", "api")], [120], [("SEV1", "api")])
    assert (found.parts[0].group, found.within_seconds) == (("SEV1", "api"), 60.0)


def test_open_incidents_are_in_the_median_and_not_in_the_mean() -> None:
    """One open for a day: the median knows that it is long, the mean leaves it out."""
    seconds, groups, is_open = [60.0, 70.0, 86_400.0], ["a"] * 3, [False, False, True]
    median = mix_shift([60, 70, 80], groups, seconds, groups, after_open=is_open)
    assert (median.after_seconds, median.n_after, median.n_open) == (70.0, 3, 1)
    average = mix_shift([60, 70, 80], groups, seconds, groups, after_open=is_open, statistic="mean")
    assert (average.after_seconds, average.n_after, average.n_open) == (65.0, 2, 1)


@pytest.mark.parametrize(
    ("after", "is_open", "reason"),
    [([], [], "no incidents in one of the periods"), ([60.0, 70.0], [True, True], "too many are open for a median")],
)
def test_where_there_is_no_change_there_is_no_split(after: list[float], is_open: list[bool], reason: str) -> None:
    """An empty period, and one in which all are open."""
    found = mix_shift([60.0], ["a"], after, ["a"] * len(after), after_open=is_open)
    assert (found.within_seconds, found.mix_seconds, found.change_seconds, found.reason) == (None, None, None, reason)


def test_each_duration_has_a_group() -> None:
    """None is guessed."""
    with pytest.raises(ParameterError, match="groups: expected 2 labels, one a duration"):
        mix_shift([1, 2], ["a"], [1], ["a"])


incidents = st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from("abc")), min_size=1, max_size=20)


@given(incidents, incidents, st.sampled_from(["mean", "median"]))
def test_the_parts_sum_to_the_change(
    before: list[tuple[float, str]], after: list[tuple[float, str]], statistic: str
) -> None:
    """Always, groups that one period lacks included."""
    old, new = list(zip(*before, strict=True)), list(zip(*after, strict=True))
    found = mix_shift(old[0], old[1], new[0], new[1], statistic=statistic)  # type: ignore[arg-type]
    assert found.within_seconds is not None
    assert found.mix_seconds is not None
    assert found.within_seconds + found.mix_seconds == pytest.approx(found.change_seconds, abs=1e-6)
