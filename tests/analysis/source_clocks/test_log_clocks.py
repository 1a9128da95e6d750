"""Clocks of log files: set back within a file, or off between services that log the same requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.source_clocks import (
    ServerDates,
    clock_findings,
    clocks_compared,
    clocks_set_back,
    request_clocks,
    server_dates,
)

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
SCHEMA = {
    "timestamp": pl.Datetime("us", "UTC"),
    "service": pl.String,
    "trace_id": pl.String,
    "attributes": pl.String,
    "file": pl.String,
    "line": pl.Int64,
}


def lines(*seconds: float | None, file: str = "a.log") -> pl.DataFrame:
    """A file whose lines lie so many seconds after noon."""
    rows = [
        (None if each is None else NOON + timedelta(seconds=each), "web", None, None, file, place)
        for place, each in enumerate(seconds, start=1)
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def requests(n: int, late: float, *, by: str = "trace_id", name: str = "reqId") -> pl.DataFrame:
    """Requests that web logs every second, and mail so many seconds later."""
    rows = []
    for place in range(n):
        for service, seconds in (("web", float(place)), ("mail", place + late)):
            key = f"abcdef{place:04}"
            told = (key, None) if by == "trace_id" else (None, f'{{"{name}":"{key}","pid":1}}')
            rows.append((NOON + timedelta(seconds=seconds), service, *told, f"{service}.log", place))
    return pl.DataFrame(rows, SCHEMA, orient="row")


def test_a_clock_set_back_is_told_with_its_line() -> None:
    """Forty seconds back between the second and the third line with a time."""
    (found,) = clocks_set_back(lines(0, 60, None, 20, 30))
    assert (found.times, found.seconds, str(found.place), found.is_unordered) == (1, 40.0, "a.log:4", False)
    (finding,) = clock_findings(clocks_compared((), (), (found,)), UTC)
    assert (finding.rule, finding.level) == ("clock-backwards", "warning")
    assert finding.message == (
        "the clock of a.log goes back once, by up to 40 s (from 12:01 to 12:00:20); no time was changed."
    )


def test_an_hour_back_may_be_autumn() -> None:
    """Local times without a zone run through an hour twice."""
    (finding,) = clock_findings(clocks_compared((), (), clocks_set_back(lines(7200, 3600, 3700))), UTC)
    assert finding.message.endswith("An hour is what clocks are set back in autumn.")


def test_lines_that_overtake_each_other_are_no_clock() -> None:
    """Less than five seconds, the same time twice, and the next file that begins earlier."""
    assert clocks_set_back(lines(0, 4, 1, 1, 9)) == ()
    assert clocks_set_back(pl.concat([lines(100, 200), lines(0, 10, file="b.log")])) == ()
    assert clocks_set_back(lines()) == ()


def test_a_file_of_several_machines_is_unordered_rather_than_set_back() -> None:
    """Ten steps back in twenty lines."""
    (found,) = clocks_set_back(lines(*(value for n in range(10) for value in (n + 100.0, float(n)))))
    assert (found.times, found.is_unordered) == (10, True)
    (finding,) = clock_findings(clocks_compared((), (), (found,)), UTC)
    assert finding.level == "info"


@pytest.mark.parametrize(
    ("by", "name"),
    [("trace_id", ""), ("attributes", "reqId"), ("attributes", "request_id"), ("attributes", "x-request-id")],
)
def test_a_service_37_seconds_ahead_is_found_by_its_requests(by: str, name: str) -> None:
    """By trace id, or by a request id among the attributes; 37 of mail's lines lie before the hour looked at."""
    (found,) = request_clocks(requests(200, -37.0, by=by, name=name), NOON + timedelta(hours=1))
    assert (found.service, found.against, found.n, found.is_told) == ("web", "mail", 163, True)
    assert (found.seconds, found.low, found.high, found.spread) == (37.0, 37.0, 37.0, 0.0)


def test_a_mail_a_second_later_is_no_skew() -> None:
    """However steady it is."""
    (found,) = request_clocks(requests(200, 1.4), NOON + timedelta(hours=1))
    assert (found.service, round(found.seconds, 3), found.is_told) == ("mail", 1.4, False)


def test_few_requests_or_none_before_the_start_tell_nothing() -> None:
    """Thirty are needed, in the hour before."""
    assert request_clocks(requests(29, 37.0), NOON + timedelta(hours=1)) == ()
    assert request_clocks(requests(200, 37.0), NOON) == ()
    assert len(request_clocks(requests(200, 37.0), None)) == 1


def answers(n: int, ahead: float, header: str = "date") -> pl.DataFrame:
    """Answers that web logs, with the server's date."""
    rows = []
    for place in range(n):
        at = NOON + timedelta(seconds=place)
        told = f'{{"headers":{{"{header}":"{at:%a, %d %b %Y %H:%M:%S} GMT"}},"status":200}}'
        rows.append((at + timedelta(seconds=ahead + 0.5), "web", None, told, "web.log", place + 1))
    return pl.DataFrame(rows, SCHEMA, orient="row")


@pytest.mark.parametrize("header", ["date", "Date"])
def test_the_date_of_answers_tells_a_clock_that_is_ahead(header: str) -> None:
    """The service writes 37 s more than the server did."""
    found = server_dates(answers(20, 37.0, header), NOON + timedelta(hours=1))
    assert found == (ServerDates("web", 20, 37.0, 37.0, 37.0, is_told=True),)
    (finding,) = clock_findings(clocks_compared((), (), (), found), UTC)
    assert finding.message == (
        "the clock of web is 37 s ahead of the servers that answer it (20 dates in the hour before, +37 to +37 s)"
    )


def test_dates_that_agree_or_are_few_or_old_tell_nothing() -> None:
    """A second is the latency of an answer; four answers are too few; so are those of another hour."""
    assert [each.is_told for each in server_dates(answers(20, 1.0), None)] == [False]
    assert server_dates(answers(4, 37.0), None) == ()
    assert server_dates(answers(20, 37.0), NOON) == ()
    assert server_dates(requests(20, 0.0), None) == ()
