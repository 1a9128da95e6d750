"""Histories that tell next to nothing give a report that says so: never a 0, a crash, or a mean of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.reporting import trend_sections
from incident_analytics.reporting.blocks import Block
from incident_analytics.reporting.trends.assembly import trend_report
from incident_analytics.reporting.trends.twin import twin

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.reporting.trends.report import TrendReport

RECORD = {
    "severity": "SEV2",
    "services": ["checkout"],
    "started_at": "2024-01-15T10:00:00Z",
    "detected_at": "2024-01-15T10:05:00Z",
    "acknowledged_at": "2024-01-15T10:09:00Z",
    "mitigated_at": "2024-01-15T10:40:00Z",
    "resolved_at": "2024-01-15T11:00:00Z",
}


def report_of(folder: Path, *records: dict[str, object], **asked: object) -> TrendReport:
    """The report of records, ids given in order."""
    file = folder / "incidents.ndjson"
    numbered = [{"id": f"INC-{number}"} | record for number, record in enumerate(records, start=1)]
    file.write_text("".join(f"{json.dumps(record)}\n" for record in numbered), encoding="utf-8")
    return trend_report(load_incidents(file, catalog=None), **asked)  # type: ignore[arg-type]  # as a person asks


def page(report: TrendReport) -> dict[str, str]:
    """Every section as plain text, by name."""
    told = {}
    for name in trend_sections.__all__:
        section = getattr(trend_sections, name)
        arguments = ("time_to_resolution",) if name == "duration" else ()
        blocks = section(report, *arguments)
        assert all(isinstance(block, Block) for block in blocks), name
        assert all(block.html() is not None and block.markdown() is not None for block in blocks), name
        told[name] = "\n".join(block.plain() for block in blocks)
    return told


def test_an_empty_history_says_that_there_is_none(tmp_path: Path) -> None:
    """No incident, no rate of 0, no interval, and every number of the twin null."""
    report = report_of(tmp_path)
    told = page(report)
    assert "No incidents" in told["header"]
    numbers = twin(report)
    assert numbers["cohort"]["n"] == 0  # type: ignore[index,call-overload]  # the twin's shape
    for trend in report.durations.values():
        assert (trend.n, trend.median.estimate, trend.p90.estimate) == (0, None, None)


def test_one_incident_is_no_median_and_no_mean(tmp_path: Path) -> None:
    """Its own hour is shown as its own."""
    report = report_of(tmp_path, RECORD, mean=True)
    told = page(report)
    assert "one incident" in told["header"]
    assert "mean" not in told["header"].lower()
    assert report.durations["time_to_resolution"].n == 1
    assert report.durations["time_to_resolution"].median.low is None
    assert "changed" not in told["duration"].replace("unchanged", "")


def test_all_open_have_no_median_of_their_ages(tmp_path: Path) -> None:
    """Five that go on say how long at least, never that they took so long."""
    open_one = {name: value for name, value in RECORD.items() if name not in {"mitigated_at", "resolved_at"}}
    report = report_of(tmp_path, *[open_one | {"started_at": f"2024-01-1{day}T10:00:00Z"} for day in range(5)])
    told = page(report)
    assert report.durations["time_to_resolution"].median.estimate is None
    assert report.open_incidents.n == 5
    assert "5" in told["open_incidents"]


def test_all_in_one_second_are_no_trend(tmp_path: Path) -> None:
    """Twenty incidents of one second lie in one period, so nothing can have changed."""
    report = report_of(tmp_path, *[RECORD] * 20)
    page(report)
    assert [change.answer for change in report.changes if change.answer == "changed"] == []
    assert report.verdict.changed == ()


def test_unknown_severities_are_a_group_of_their_own(tmp_path: Path) -> None:
    """Each word that the runbook does not know is told; none becomes a severity."""
    report = report_of(tmp_path, RECORD, RECORD | {"severity": "Major"}, RECORD | {"severity": None}, by="severity")
    told = page(report)
    assert "Major" in told["data"]
    assert report.history.ledger.unknown_severities == {"": 1, "Major": 1}
    assert "unknown" in told["mix"].lower()


def test_mixed_zones_and_currencies_are_told_and_never_summed(tmp_path: Path) -> None:
    """Dollars and euros stay apart; the zone that nobody wrote is told as assumed."""
    report = report_of(
        tmp_path,
        RECORD | {"impact": {"revenue_lost": "$45,000"}},
        RECORD | {"impact": {"revenue_lost": "EUR 1000"}, "started_at": "2024-01-15T05:00:00-05:00"},
        RECORD | {"started_at": "2024-01-15 10:00"},
    )
    told = page(report)
    assert "USD" in told["data"]
    assert "EUR" in told["data"]
    assert "46,000" not in "".join(told.values())
    assert "assumed" in told["data"]


def test_negative_durations_are_left_out_and_counted(tmp_path: Path) -> None:
    """An end before its start is no duration of 0."""
    report = report_of(tmp_path, RECORD, RECORD, RECORD | {"resolved_at": "2024-01-15T09:00:00Z"})
    trend = report.durations["time_to_resolution"]
    assert trend.n == 2
    assert [(each.reason, each.count) for each in trend.left_out] == [("resolved_at lies before started_at", 1)]


def test_resolved_without_a_time_is_not_open(tmp_path: Path) -> None:
    """Its status says that it is over; how long it took is unknown, and nothing is called open or changed."""
    over = {name: value for name, value in RECORD.items() if name != "resolved_at"} | {"status": "resolved"}
    report = report_of(tmp_path, *[over] * 12, *[RECORD] * 8)
    trend = report.durations["time_to_resolution"]
    assert (trend.n, trend.n_open, report.open_incidents.n) == (8, 0, 0)
    assert [(each.reason, each.count) for each in trend.left_out] == [("resolved_at is not recorded", 12)]
    assert report.verdict.changed == ()
    assert any("12 incidents are closed" in finding.message for finding in report.history.findings)


def test_days_alone_are_no_durations(tmp_path: Path) -> None:
    """Begun and resolved on one day is anything from nothing to a day: no median of half a day."""
    days = {"severity": "SEV2", "started_at": "2024-01-15", "resolved_at": "2024-01-15"}
    report = report_of(tmp_path, *[days] * 10)
    trend = report.durations["time_to_resolution"]
    assert (trend.n, trend.median.estimate) == (0, None)
    assert [each.count for each in trend.left_out] == [10]
    assert trend.left_out[0].reason.startswith("its times are too uncertain")


def test_the_title_names_the_months_that_have_incidents(tmp_path: Path) -> None:
    """Not the first day of the week in the month before."""
    march = RECORD | {"started_at": "2023-03-02T10:00:00Z"}
    assert report_of(tmp_path, march).title == "March 2023"


@pytest.mark.parametrize("asked", [{"by": "team"}, {"where": "severity=SEV1"}, {"period": "week"}, {"mean": True}])
def test_every_option_stands_few_incidents(tmp_path: Path, asked: dict[str, object]) -> None:
    """Three incidents, or none that the condition holds for."""
    page(report_of(tmp_path, RECORD, RECORD | {"services": []}, RECORD | {"severity": "SEV4"}, **asked))


def test_the_same_history_gives_the_same_twin(tmp_path: Path) -> None:
    """Byte for byte: every shuffle and draw has its seed."""
    first, second = (json.dumps(twin(report_of(tmp_path, *[RECORD] * 12))) for _ in range(2))
    assert first == second
