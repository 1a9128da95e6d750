"""Prometheus's answers become samples; the recordings were made with Prometheus 3 for this project."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.sources.metrics.frame import SAMPLE_SCHEMA, FileSamples
from incident_analytics.sources.metrics.prometheus import read_prometheus, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "metrics"


def read(name: str) -> FileSamples:
    """One of our recordings."""
    return read_prometheus(RECORDED / name, root=RECORDED)


def written(tmp_path: Path, content: bytes | str | dict[str, object], name: str = "answer.json") -> FileSamples:
    """A file with this content, read."""
    text = json.dumps(content) if isinstance(content, dict) else content
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_prometheus(path, root=tmp_path)


def matrix(*series: object, **more: object) -> dict[str, object]:
    """An answer of these series."""
    return {"status": "success", "data": {"resultType": "matrix", "result": list(series)}, **more}


def test_a_matrix_gives_each_point_of_each_series() -> None:
    """Six series of eleven points; 1795402336 is 2026-11-23 02:52:16 UTC."""
    samples = read("prom_query_range_matrix.json")
    assert samples.frame.height == 66
    assert samples.frame["labels"].n_unique() == 6
    active = samples.frame.filter(pl.col("labels").str.contains('"active"'))
    assert active["value"].to_list() == [1, 2, 1, 7, 4, 3, 1, 1, 1, 1, 1]
    assert samples.reading.first_at == datetime(2026, 11, 23, 2, 52, 16, tzinfo=UTC)
    assert samples.reading.last_at == datetime(2026, 11, 23, 2, 54, 46, tzinfo=UTC)
    assert samples.findings == ()


def test_a_series_without_name_takes_the_files() -> None:
    """sum() and the like drop the name and every label."""
    samples = read("prom_query_range_no_labels.json")
    assert samples.frame["metric"].unique().to_list() == ["prom_query_range_no_labels"]
    assert samples.frame["labels"].unique().to_list() == ["{}"]
    assert samples.frame["value"].to_list() == [2, 2, 3, 17, 13, 13, 2, 2, 2, 2, 2]


def test_labels_are_sorted_and_leave_out_the_name() -> None:
    """The name is the metric."""
    row = read("prom_query_range_gap.json").frame.row(0, named=True)
    assert row["metric"] == "node_load1"
    assert row["labels"] == '{"instance": "127.0.0.1:19100", "job": "node", "service": "payments-api"}'
    assert (row["source"], row["query"], row["line"]) == ("prometheus", None, None)


def test_nan_and_infinity_are_values_and_stay() -> None:
    """A ratio of nothing is NaN, a division by nothing infinite: both were answered."""
    assert all(math.isnan(value) for value in read("prom_query_range_nan.json").frame["value"])
    assert read("prom_query_range_inf.json").frame["value"].to_list() == [math.inf] * 3
    assert read("prom_query_range_nan.json").reading.unreadable == 0


def test_a_series_that_ends_is_no_error() -> None:
    """The exporter was killed after eight points."""
    assert read("prom_query_range_gap.json").frame.height == 8


@pytest.mark.parametrize("name", ["prom_query_range_ALERTS.json", "prom_query_range_ALERTS_FOR_STATE.json"])
def test_alert_series_have_nineteen_points(name: str) -> None:
    """Counted in the files."""
    assert read(name).frame.height == 19


def test_fractions_of_a_second_are_exact(tmp_path: Path) -> None:
    """A raw selector answers with milliseconds: 1795402704.916."""
    samples = written(tmp_path, matrix({"metric": {}, "values": [[1795402704.916, "1"]]}))
    assert samples.frame["timestamp"].to_list() == [datetime(2026, 11, 23, 2, 58, 24, 916000, tzinfo=UTC)]


def test_an_empty_answer_says_so() -> None:
    """It still has the frame's columns."""
    samples = read("prom_empty.json")
    assert samples.frame.schema == SAMPLE_SCHEMA
    assert samples.reading.notes == ("the answer is empty: no series matched",)
    assert [finding.rule for finding in samples.findings] == ["prometheus-empty"]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("prom_error_parse.txt", "bad_data: 1:4: parse error: unexpected end of input inside braces"),
        (
            "prom_error_11000.txt",
            (
                "bad_data: exceeded maximum resolution of 11,000 points per timeseries."
                " Try decreasing the query resolution (?step=XX)"
            ),
        ),
    ],
)
def test_an_error_answer_is_a_note_and_a_finding(name: str, seen: str) -> None:
    """Behind it, curl wrote the HTTP status."""
    samples = read(name)
    assert samples.reading.rows == 0
    assert samples.reading.notes == (
        "HTTP status 400 stands behind the answer",
        f"Prometheus answered with an error: {seen}",
    )
    assert [(finding.rule, finding.seen) for finding in samples.findings] == [("prometheus-error", seen)]


def test_warnings_are_kept_as_notes(tmp_path: Path) -> None:
    """As are infos."""
    samples = written(tmp_path, matrix({"metric": {}, "values": [[1, "1"]]}, warnings=["results may be incomplete"]))
    assert samples.reading.notes == ("Prometheus warning: results may be incomplete",)


def test_a_point_that_cannot_be_read_is_kept_and_counted(tmp_path: Path) -> None:
    """Three of five: no number, no pair, a time of 400 digits."""
    values = [[1795402336, "1"], [1795402337, "many"], ["x"], [10**400, "1"], [1795402338, "2"]]
    samples = written(tmp_path, matrix({"metric": {}, "values": values}))
    assert (samples.reading.rows, samples.reading.unreadable) == (5, 3)
    assert samples.frame["value"].to_list() == [1.0, None, None, 1.0, 2.0]
    assert samples.frame["timestamp"].null_count() == 2
    assert samples.findings[0].seen == '[1795402337, "many"]'


def test_native_histograms_are_told_not_read(tmp_path: Path) -> None:
    """They have no single value."""
    samples = written(tmp_path, matrix({"metric": {"__name__": "h"}, "histograms": [[1, {"count": "2"}]]}))
    assert (samples.reading.rows, samples.reading.unreadable) == (1, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[" * 10_000 + "]" * 10_000, "The JSON nests too deep."),
        ('{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"val', "This is not JSON"),
        (b"\x00\x01\x02\xff", "This is not JSON"),
        ('{"a": 1}', "This JSON is not an answer of Prometheus."),
        ('{"status":"success","data":{"groups":[]}}', "This is an answer of Prometheus, but not to a query."),
        ('{"status":"success","data":{"result":[' + "9" * 5000 + "]}}", "This JSON cannot be read"),
    ],
)
def test_a_broken_file_is_a_finding(tmp_path: Path, content: bytes | str, message: str) -> None:
    """One row that cannot be read, never an error."""
    samples = written(tmp_path, content)
    assert (samples.reading.rows, samples.reading.unreadable) == (1, 1)
    assert samples.frame.schema == SAMPLE_SCHEMA
    assert [finding.rule for finding in samples.findings] == ["unreadable-file"]
    assert samples.findings[0].message.startswith(message)


def test_bytes_that_are_not_utf_8_keep_the_samples(tmp_path: Path) -> None:
    """A label in Latin-1."""
    content = b'{"status":"success","data":{"result":[{"metric":{"city":"M\xfcnchen"},"values":[[1795402336,"3"]]}]}}'
    samples = written(tmp_path, content)
    assert samples.frame["value"].to_list() == [3.0]
    assert [finding.rule for finding in samples.findings] == ["not-text"]


def test_half_a_character_in_a_label_is_replaced(tmp_path: Path) -> None:
    """JSON may escape a lone surrogate; no frame can hold one."""
    text = r'{"status":"success","data":{"result":[{"metric":{"a":"\ud800"},"values":[[1795402336,"3"]]}]}}'
    assert written(tmp_path, text).frame["labels"].to_list() == ['{"a": "?"}']


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    """Windows tools write one."""
    text = b"\xef\xbb\xbf" + json.dumps(matrix({"metric": {}, "values": [[1795402336, "3"]]})).encode()
    assert written(tmp_path, text).frame["value"].to_list() == [3.0]


def test_the_query_beside_it_is_kept(tmp_path: Path) -> None:
    """With the unit somebody wrote there."""
    sidecar = "query: sum(rate(orders[1m]))\nunit: orders per minute\nstart: 2024-01-15T10:00:00Z\nstep: 15s\n"
    (tmp_path / "orders.query.yaml").write_text(sidecar)
    samples = written(tmp_path, matrix({"metric": {}, "values": [[1795402336, "3"]]}), "orders.json")
    row = samples.frame.row(0, named=True)
    assert (row["metric"], row["query"], row["unit"]) == ("orders", "sum(rate(orders[1m]))", "orders per minute")
    assert samples.reading.notes == ("asked for start 2024-01-15T10:00:00Z, step 15s",)


def test_a_broken_query_is_a_finding_and_the_samples_stay(tmp_path: Path) -> None:
    """YAML with an alias is refused."""
    (tmp_path / "orders.query.yaml").write_text("query: &a x\nstart: *a\n")
    samples = written(tmp_path, matrix({"metric": {}, "values": [[1795402336, "3"]]}), "orders.json")
    assert samples.frame.height == 1
    assert [finding.rule for finding in samples.findings] == ["query-unreadable"]


def test_vectors_scalars_and_promtools_bare_arrays_are_points_too(tmp_path: Path) -> None:
    """An instant query answers with one point a series."""
    vector = {"resultType": "vector", "result": [{"metric": {"__name__": "up"}, "value": [1795402336, "1"]}]}
    assert written(tmp_path, {"status": "success", "data": vector}).frame["metric"].to_list() == ["up"]
    scalar = {"resultType": "scalar", "result": [1795402336, "7"]}
    assert written(tmp_path, {"status": "success", "data": scalar}).frame["value"].to_list() == [7.0]
    bare = '[{"metric":{"__name__":"up"},"values":[[1795402336,"1"],[1795402366,"0"]]}]'
    assert written(tmp_path, bare).frame["value"].to_list() == [1.0, 0.0]


def test_sniffing_knows_an_answer_by_its_first_bytes() -> None:
    """Alertmanager and alert lists are not metrics."""
    for path in RECORDED.glob("prom_query_*.json"):
        assert sniff(path.read_bytes()[:200], path.name) == 0.95
    assert sniff(b'[{"metric":{"__name__":"up"},"values"', "a.json") == 0.8
    assert sniff(b'{"status":"success","data":{"alerts":[', "a.json") == 0.0
    assert sniff(b'{"level":30,"time":1}', "a.json") == 0.0
