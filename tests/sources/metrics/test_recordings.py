"""Every recording of Prometheus, its exporters and its tools is read; only its error answers hold nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.metrics import SampleReading, read_samples, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "metrics"
# The file, its reader, its samples, its first and last instant.
READ = [
    ("openmetrics_scrape.txt", "prometheus-text", 0, None, None),
    ("prom_federate.txt", "prometheus-text", 3, "02:54:45.258000", "02:54:45.258000"),
    ("prom_query_instant_vector.json", "prometheus", 6, "02:54:46.328000", "02:54:46.328000"),
    ("prom_query_matrix_raw_samples.json", "prometheus", 15, "02:54:17.258000", "02:54:45.258000"),
    ("prom_query_range_ALERTS.json", "prometheus", 19, "02:52:51", "02:53:36"),
    ("prom_query_range_ALERTS_FOR_STATE.json", "prometheus", 19, "02:52:51", "02:53:36"),
    ("prom_query_range_gap.json", "prometheus", 8, "02:58:24", "02:58:38"),
    ("prom_query_range_inf.json", "prometheus", 3, "02:52:16", "02:54:16"),
    ("prom_query_range_matrix.json", "prometheus", 66, "02:52:16", "02:54:46"),
    ("prom_query_range_nan.json", "prometheus", 6, "02:52:16", "02:54:46"),
    ("prom_query_range_no_labels.json", "prometheus", 11, "02:52:16", "02:54:46"),
    ("prom_query_scalar.json", "prometheus", 1, "02:54:46.367000", "02:54:46.367000"),
    ("promtool_query_range.json", "prometheus", 18, "02:52:16", "02:54:46"),
    ("promtool_query_range.txt", "promtool", 3, "02:52:16", "02:54:16"),
    ("promtool_tsdb_dump.txt", "prometheus-text", 5, "02:51:43.258000", "02:51:51.258000"),
    ("roundtrip.om", "prometheus-text", 66, "02:52:16", "02:54:46"),
]
# Alone among these it is not recognised outside evidence/metrics/: alerts have readers of their own.
ALERTS = "prometheus_alerts_v1.json"
ANSWERED_OTHERWISE = {
    "prom_empty.json": "prometheus-empty",
    "prom_error_11000.txt": "prometheus-error",
    "prom_error_parse.txt": "prometheus-error",
}


def read(name: str) -> SampleReading:
    """One of our recordings."""
    return read_samples([RECORDED / name], root=RECORDED)


@pytest.mark.parametrize(("name", "reader", "count", "first", "last"), READ)
def test_a_recording_is_read(name: str, reader: str, count: int, first: str | None, last: str | None) -> None:
    """Recognised by its content, every sample with its time of 2026-11-23."""
    reading = read(name)
    file = reading.files[0]
    assert sniff((RECORDED / name).read_bytes(), name) >= 0.8
    assert (file.reader, file.rows, file.unreadable) == (reader, count, 0)
    assert reading.frame.collect().height == count
    assert (file.first_at and file.first_at.isoformat()) == (first and f"2026-11-23T{first}+00:00")
    assert (file.last_at and file.last_at.isoformat()) == (last and f"2026-11-23T{last}+00:00")


@pytest.mark.parametrize(("name", "rule"), list(ANSWERED_OTHERWISE.items()))
def test_an_answer_without_samples_says_why(name: str, rule: str) -> None:
    """An error has its reason, an empty answer says so."""
    reading = read(name)
    assert reading.frame.collect().height == 0
    assert [finding.rule for finding in reading.findings] == [rule]


def test_a_list_of_alerts_tells_since_when_each_is_active() -> None:
    """The value is the time, as in ALERTS_FOR_STATE."""
    reading = read(ALERTS)
    row = reading.frame.collect().row(0, named=True)
    assert (row["metric"], row["value"]) == ("ALERTS_FOR_STATE", 1795402367)
    assert row["timestamp"].isoformat() == "2026-11-23T02:52:47.558968+00:00"
    assert '"alertname": "PostgresLockWait"' in row["labels"]
    assert reading.files[0].notes == ("alerts: 1 firing",)


def test_every_recording_is_one_of_these_tests() -> None:
    """A new one is told here."""
    told = {*(row[0] for row in READ), *ANSWERED_OTHERWISE, ALERTS}
    assert {path.name for path in RECORDED.iterdir()} == told


def test_what_was_put_back_as_text_is_what_prometheus_answered() -> None:
    """The matrix as JSON and the same as OpenMetrics: the same times and values."""
    columns = ["timestamp", "labels", "value"]
    told = [
        read(name).frame.collect().select(columns).sort(columns)
        for name in ("prom_query_range_matrix.json", "roundtrip.om")
    ]
    assert told[0].equals(told[1])
