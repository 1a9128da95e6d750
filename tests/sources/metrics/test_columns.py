"""Headers and cells tell what a column is."""

from __future__ import annotations

import pytest

from incident_analytics.sources.delimited import read_table
from incident_analytics.sources.metrics.columns import Roles, column_roles, plain_word, says_utc, split_date_and_clock


@pytest.mark.parametrize(
    "header", ["Time", "TIMESTAMP", "time_stamp", "Timestamp (UTC)", "timestamp_utc", "@timestamp"]
)
def test_times_are_known_by_many_words(header: str) -> None:
    """Case, signs and a zone in the header do not matter."""
    assert column_roles(read_table(f"{header},cpu\n1661140279,1\n")).times == (0,)


def test_a_table_with_a_value_column_is_long() -> None:
    """What is neither time, metric, value nor unit tells series apart."""
    table = read_table("time,metric,host,value,unit\n1661140279,cpu,a,1,percent\n")
    assert column_roles(table) == Roles((0,), metric=1, value=3, unit=4, labels=(2,))


def test_a_table_without_value_column_is_wide() -> None:
    """Words and known labels are labels, numbers are metrics; an empty column is a metric never seen."""
    table = read_table("time,pod,port,cpu,memory,zone name\n1661140279,a,80,1,,east\n")
    assert column_roles(table) == Roles((0,), metrics=(3, 4), labels=(1, 2, 5))


def test_a_first_rows_gap_does_not_make_a_metric_a_label() -> None:
    """Filled cells decide, wherever they are."""
    table = read_table("time,cpu\n" + "1661140279,\n" * 300 + "1661140279,5\n")
    assert column_roles(table).metrics == (1,)


def test_a_table_of_events_holds_no_samples() -> None:
    """A log has times and numbers, too."""
    assert not column_roles(read_table("time,level,message,count\n1661140279,info,x,3\n")).is_samples


def test_a_table_without_time_holds_no_samples() -> None:
    """Nor does one without numbers."""
    assert not column_roles(read_table("Source,Target,Weight\na,b,1\n")).is_samples
    assert not column_roles(read_table("time,name\n1661140279,a\n")).is_samples


def test_a_header_may_name_its_zone() -> None:
    """But a metric in GMT-something does not."""
    assert says_utc("Time (UTC)")
    assert says_utc("timestamp_utc")
    assert not says_utc("Time")
    assert plain_word("Time (UTC)") == "time"


def test_a_day_and_a_clock_apart_belong_together() -> None:
    """Neither is a time alone."""
    assert split_date_and_clock(read_table("date,time,v\n2024-01-15,14:15:00,1\n"), (0, 1)) == (0, 1)
    assert split_date_and_clock(read_table("date,time,v\n2024-01-15,1705328100,1\n"), (0, 1)) is None
