"""One wrong digit, in an epoch or in a calendar time."""

from __future__ import annotations

from datetime import UTC, datetime

from incident_analytics.sources.metrics.one_digit import one_digit_off

SPAN = (datetime(2022, 8, 22, 3, tzinfo=UTC), datetime(2022, 8, 22, 5, tzinfo=UTC))


def test_the_digit_of_an_epoch_comes_first() -> None:
    """Nezha's adservice: 1861140279 for 1661140279."""
    assert one_digit_off(datetime.fromtimestamp(1861140279, UTC), SPAN) == "1661140279 (2022-08-22T03:51:19Z)"


def test_a_wrong_month_is_one_digit() -> None:
    """July for August."""
    assert one_digit_off(datetime(2022, 7, 22, 4, tzinfo=UTC), SPAN) == "2022-08-22T04:00:00Z"


def test_two_wrong_digits_are_not_explained() -> None:
    """A year and a month."""
    assert one_digit_off(datetime(2023, 7, 22, 4, 13, 7, tzinfo=UTC), SPAN) is None
