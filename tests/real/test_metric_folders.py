"""The metric folders of ../shared/data beside Nezha's: what their READMEs count."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_analytics.sources.metrics import read_samples

REAL = os.environ.get("INCIDENT_REAL_DATA")
pytestmark = [pytest.mark.real, pytest.mark.skipif(REAL is None, reason="no real data")]

DATA = Path(REAL or "")
NAB = [
    ("realKnownCause/ec2_request_latency_system_failure", 4032, 4021),
    ("realKnownCause/rogue_agent_key_hold", 1882, 1882),
    ("realAWSCloudwatch/ec2_cpu_utilization_24ae8d", 4032, 4032),
    ("realAWSCloudwatch/ec2_cpu_utilization_825cc2", 4032, 4032),
    ("realAWSCloudwatch/elb_request_count_8c0756", 4032, 4032),
    ("realAWSCloudwatch/rds_cpu_utilization_cc0c53", 4032, 4032),
]


@pytest.mark.parametrize(("name", "rows", "times"), NAB)
def test_nab_has_its_rows_and_distinct_times(name: str, rows: int, times: int) -> None:
    """Twelve rows of one file share the time at which clocks changed: eleven too many."""
    reading = read_samples([DATA / "metrics-nab" / f"{name}.csv"], root=DATA, zone="UTC")
    frame = reading.frame.collect()
    assert (frame.height, frame["timestamp"].n_unique(), reading.files[0].unreadable) == (rows, times, 0)
    assert ("duplicate-time" in {finding.rule for finding in reading.findings}) == (rows != times)


def test_petshops_stacked_headers_are_read() -> None:
    """589 rows of at most 287 columns below three rows of headers; the target is PetSite."""
    path = DATA / "metrics-petshop-rca" / "low_traffic" / "noissue" / "metrics.csv"
    frame = read_samples([path], root=DATA).frame.collect()
    assert frame["timestamp"].n_unique() == 589
    assert frame.select("metric", "labels").unique().height <= 287
    nodes = frame["labels"].str.json_path_match("$.microservice").unique()
    assert "PetSite" in nodes.to_list()
    assert frame["line"].min() == 5


def test_every_petshop_issue_is_read() -> None:
    """26 issues, none with a row that cannot be read."""
    folder = DATA / "metrics-petshop-rca" / "low_traffic"
    reading = read_samples(sorted(folder.glob("t*/issue_*/metrics.csv")), root=folder)
    assert len(reading.files) == 26
    assert {(each.reader, each.unreadable) for each in reading.files} == {("csv", 0)}


def test_the_otlp_example_has_its_four_metrics() -> None:
    """A counter, a gauge, a histogram and an exponential histogram, all at one instant."""
    reading = read_samples([DATA / "otlp-json" / "metrics.json"], root=DATA)
    frame = reading.frame.collect()
    assert {name.split("_")[0] for name in frame["metric"]} == {
        "my.counter",
        "my.gauge",
        "my.histogram",
        "my.exponential.histogram",
    }
    assert frame["timestamp"].unique().to_list() == [datetime(2018, 12, 13, 14, 51, 0, 300000, tzinfo=UTC)]
    assert reading.files[0].unreadable == 0


def test_a_scrape_of_alertmanager_is_read_whole() -> None:
    """Every line that is no comment is a sample, without a time."""
    path = DATA / "vendor-samples" / "alertmanager" / "0.22.0_metrics.prom"
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    reading = read_samples([path], root=DATA)
    assert reading.frame.collect().height == len(lines)
    assert reading.files[0].unreadable == 0
