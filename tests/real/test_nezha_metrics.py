"""Nezha's OnlineBoutique metrics: ten pods, one wrong clock, eleven CPU faults; expected numbers are in its README."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.sources.metrics import SampleReading, read_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = os.environ.get("INCIDENT_REAL_DATA")
pytestmark = [pytest.mark.real, pytest.mark.skipif(REAL is None, reason="no real data")]

FOLDER = Path(REAL or "") / "multimodal-nezha-onlineboutique" / "2022-08-22"


@pytest.fixture(scope="module")
def pods() -> SampleReading:
    """The ten pods' files, read together."""
    return read_samples((FOLDER / "metric").glob("*_metric.csv"), root=FOLDER)


def cpu_faults() -> Iterator[tuple[datetime, str]]:
    """When each CPU fault was injected, and into which pod."""
    text = (FOLDER / "2022-08-22-fault_list.json").read_text()
    for faults in json.loads(text).values():
        for fault in faults:
            if fault["inject_type"].startswith("cpu"):
                yield datetime.fromtimestamp(int(fault["inject_timestamp"]), UTC), fault["inject_pod"]


def test_ten_pods_have_1209_rows_each(pods: SampleReading) -> None:
    """One a minute, none unreadable; 19 columns are metrics."""
    assert [(each.rows, each.unreadable) for each in pods.files] == [(1209, 0)] * 10
    frame = pods.frame.collect()
    assert frame.height == 10 * 1209 * 19
    assert frame["timestamp"].null_count() == 0
    assert frame["timestamp"].min() == datetime(2022, 8, 22, 3, 51, 19, 607158, tzinfo=UTC)
    assert frame["labels"].n_unique() == 10


def test_the_wrong_year_epochs_are_found(pods: SampleReading) -> None:
    """The adservice's TimeStamp is wrong by one digit in every row; its Time is right."""
    findings = [finding for finding in pods.findings if finding.rule == "time-columns-disagree"]
    assert [finding.rule for finding in pods.findings] == ["time-columns-disagree"]
    assert str(findings[0].where) == "metric/adservice-5f6585d649-fnmft_metric.csv:2"
    assert findings[0].message == (
        "TimeStamp and Time disagree in all 1209 rows, the year 2028 against 2022; "
        "Time is used, as one digit of TimeStamp is wrong."
    )
    assert findings[0].seen == "TimeStamp 1861140279 (2028-12-22T23:24:39Z)"
    assert findings[0].expected == "1661140279 (2022-08-22T03:51:19Z)"


def test_missing_cells_are_null_and_counted(pods: SampleReading) -> None:
    """72, 147 and 72 cells in three pods."""
    missing = pods.frame.filter(pl.col("value").is_null()).group_by("file").len().collect()
    assert {name.split("/")[1].split("-")[0]: count for name, count in missing.iter_rows()} == {
        "checkoutservice": 72,
        "emailservice": 147,
        "paymentservice": 72,
    }
    notes = [note for each in pods.files for note in each.notes if "cells" in note]
    assert notes == ["72 cells are empty or NaN", "147 cells are empty or NaN", "72 cells are empty or NaN"]


def test_the_injected_pod_moved_most_in_all_eleven_cpu_faults(pods: SampleReading) -> None:
    """Highest CPU of the 4 minutes after, less the median of the 6 minutes before, among the pods."""
    cpu = pods.frame.filter(pl.col("metric") == "CpuUsageRate(%)").collect()
    firsts = []
    for at, pod in cpu_faults():
        after = cpu.filter(pl.col("timestamp").is_between(at, at + timedelta(minutes=4)))
        before = cpu.filter(pl.col("timestamp").is_between(at - timedelta(minutes=6), at, closed="left"))
        moved = (
            after.group_by("labels")
            .agg(pl.col("value").max().alias("highest"))
            .join(before.group_by("labels").agg(pl.col("value").median().alias("usual")), on="labels")
            .sort(pl.col("highest") - pl.col("usual"), descending=True)
        )
        firsts.append(json.loads(moved["labels"][0])["PodName"] == pod)
    assert firsts == [True] * 11


def test_call_tables_in_small_letters_are_read_and_the_map_of_services_is_not() -> None:
    """Their headers are time and timestamp; dependency.csv has no time."""
    reading = read_samples((FOLDER / "metric").glob("[ds]*_*0.csv"), root=FOLDER)
    assert [(each.file, each.rows) for each in reading.files] == [
        ("metric/destination_50.csv", 1209),
        ("metric/source_50.csv", 1209),
    ]
    lonely = read_samples([FOLDER / "metric" / "dependency.csv"], root=FOLDER)
    assert [finding.rule for finding in lonely.findings] == ["not-samples"]
