"""Where a table tells each time twice, the plausible one is believed."""

from __future__ import annotations

from datetime import UTC, datetime

from incident_analytics.sources.metrics.times import read_times
from incident_analytics.sources.metrics.two_clocks import Settled, Span, TimeColumn, agreed_span, in_preference, settle

AT = datetime(2022, 8, 22, 3, 51, 19, tzinfo=UTC)
NEAR: Span = (AT, AT)


def column(header: str, *cells: str, zone: str = "UTC") -> TimeColumn:
    """A column of these cells."""
    return TimeColumn(header, cells, read_times(cells, zone=zone))


def settled(*columns: TimeColumn, plausible: Span | None = None) -> Settled:
    """The columns settled in order of preference."""
    return settle(in_preference(columns), range(2, 2 + len(columns[0].cells)), "cpu.csv", plausible)


def test_an_epoch_with_a_wrong_digit_is_named() -> None:
    """1861140279 is 2028-12-22; one digit from 1661140279."""
    result = settled(column("TimeStamp", "1861140279"), column("Time", "2022-08-22 03:51:19.6 +0000 UTC m=+0.1"))
    assert result.at.to_list() == [AT.replace(microsecond=600000)]
    finding = result.account.findings[0]
    assert finding.rule == "time-columns-disagree"
    assert finding.message == (
        "TimeStamp and Time disagree in all 1 rows, the year 2028 against 2022; "
        "Time is used, as one digit of TimeStamp is wrong."
    )
    assert str(finding.where) == "cpu.csv:2"
    assert finding.seen == "TimeStamp 1861140279 (2028-12-22T23:24:39Z)"
    assert finding.expected == "1661140279 (2022-08-22T03:51:19Z)"


def test_an_epoch_in_the_plausible_span_beats_a_calendar_time_outside() -> None:
    """The year was typed wrong here."""
    result = settled(column("ts", "1661140279"), column("Time", "2012-08-22T03:51:19Z"), plausible=NEAR)
    assert result.at.to_list() == [AT]
    assert result.account.findings[0].seen == "Time 2012-08-22T03:51:19Z (2012-08-22T03:51:19Z)"


def test_columns_that_differ_by_a_fraction_agree() -> None:
    """Whole seconds beside nanoseconds, whole minutes beside seconds."""
    assert settled(column("a", "2022-08-22T03:51:19.9Z"), column("b", "1661140279")).account.findings == ()
    assert settled(column("a", "2022-08-22T03:51:19Z"), column("b", "2022-08-22T03:51:00Z")).account.findings == ()


def test_columns_a_minute_apart_disagree() -> None:
    """Sixty seconds are no rounding."""
    assert len(settled(column("a", "2022-08-22T03:51:19Z"), column("b", "1661140339")).account.findings) == 1


def test_a_time_without_zone_gives_way_to_an_epoch_some_hours_off() -> None:
    """Local New York time read as UTC: four hours in summer."""
    result = settled(column("Time", "2022-08-21 23:51:19"), column("ts", "1661140279"))
    assert result.at.to_list() == [AT]
    assert "ts is used, as 4 hours look like a wrong zone in Time" in result.account.findings[0].message


def test_one_wrong_row_is_settled_alone() -> None:
    """The other rows keep the preferred column."""
    result = settled(
        column("Time", "2022-08-22T03:51:19Z", "2032-08-22T03:52:19Z"),
        column("ts", "1661140279", "1661140339"),
        plausible=NEAR,
    )
    assert result.at.to_list() == [AT, AT.replace(minute=52)]
    assert str(result.account.findings[0].where) == "cpu.csv:3"


def test_a_cell_that_cannot_be_read_is_filled_from_the_other_column() -> None:
    """And the ledger says so."""
    result = settled(column("Time", "2022-08-22 03:51:19 EST"), column("ts", "1661140279"))
    assert result.at.to_list() == [AT]
    assert result.account.notes == ("1 cells of Time cannot be read; ts is used there",)


def test_the_agreed_span_leaves_out_rows_in_doubt() -> None:
    """So that one file's wrong year does not make another's plausible."""
    columns = [column("Time", "2022-08-22T03:51:19Z", "2032-01-01T00:00:00Z"), column("ts", "1661140279", "1661140339")]
    assert agreed_span(columns) == (AT, AT)
    assert agreed_span([column("Time", "x")]) is None
