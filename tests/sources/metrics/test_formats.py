"""Answers of CloudWatch, Graphite, Datadog, InfluxDB and OpenTelemetry, each recognised by its content."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.metrics import SampleReading

AT = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def told(reading: SampleReading) -> list[tuple[str, str, object, float | None]]:
    """Metric, labels, time and value of each sample."""
    return reading.frame.collect().select("metric", "labels", "timestamp", "value").rows()


def rules(reading: SampleReading) -> list[str]:
    """The findings' rules."""
    return [finding.rule for finding in reading.findings]


def cloudwatch(times: list[object], values: list[object], **more: str) -> dict[str, object]:
    """A page of get-metric-data."""
    result = {"Id": "m1", "Label": "CPU", "Timestamps": times, "Values": values, "StatusCode": "Complete"}
    return {"MetricDataResults": [result | more]}


def test_cloudwatch_pairs_times_and_values(written: Callable[..., SampleReading]) -> None:
    """The command line writes ISO times, the newest first; the API epochs."""
    answer = cloudwatch(["2024-01-15T14:16:00+00:00", "2024-01-15T14:15:00Z"], [41.5, 40])
    expected = [("CPU", '{"id": "m1"}', AT + timedelta(minutes=1), 41.5), ("CPU", '{"id": "m1"}', AT, 40)]
    assert told(written(answer)) == expected
    assert told(written(cloudwatch([1705328160.0, 1705328100.0], [41.5, 40]))) == expected


def test_pages_of_cloudwatch_are_one_answer(written: Callable[..., SampleReading]) -> None:
    """Two pages one behind the other; the second says that nothing follows."""
    first = cloudwatch([1705328100], [1], StatusCode="PartialData") | {"NextToken": "more"}
    both = written(json.dumps(first) + "\n" + json.dumps(cloudwatch([1705328160], [2])))
    assert [row[3] for row in told(both)] == [1, 2]
    assert rules(both) == []
    assert rules(written(first)) == ["incomplete-answer"]


def test_cloudwatch_lists_of_other_lengths_are_counted(written: Callable[..., SampleReading]) -> None:
    """Two times and one value."""
    reading = written(cloudwatch([1705328100, 1705328160], [1]))
    assert [row[3] for row in told(reading)] == [1, None]
    assert (reading.files[0].unreadable, rules(reading)) == (1, ["unreadable-sample"])


def test_cloudwatch_statistics_have_a_label_each(written: Callable[..., SampleReading]) -> None:
    """get-metric-statistics tells the unit, and several statistics of a time."""
    point = {"Timestamp": "2024-01-15T14:15:00Z", "Average": 3.5, "Maximum": 9.0, "Unit": "Percent"}
    reading = written({"Label": "CPUUtilization", "Datapoints": [point]})
    assert told(reading) == [
        ("CPUUtilization", '{"statistic": "Average"}', AT, 3.5),
        ("CPUUtilization", '{"statistic": "Maximum"}', AT, 9),
    ]
    assert reading.frame.collect()["unit"].to_list() == ["percent", "percent"]


def test_graphite_writes_the_value_first(written: Callable[..., SampleReading]) -> None:
    """A null is missing, not unreadable."""
    target = {"target": "a.b", "tags": {"name": "a.b", "dc": "x"}}
    reading = written([{**target, "datapoints": [[1.5, 1705328100], [None, 1705328160], ["x", 1705328220]]}])
    assert told(reading)[:2] == [
        ("a.b", '{"dc": "x"}', AT, 1.5),
        ("a.b", '{"dc": "x"}', AT + timedelta(minutes=1), None),
    ]
    assert reading.files[0].unreadable == 1
    assert reading.files[0].notes == ("1 values are missing",)


def test_datadog_writes_milliseconds(written: Callable[..., SampleReading]) -> None:
    """The scope is labels, the unit a pair."""
    series = {"metric": "net.in", "scope": "host:a,env:b", "unit": [{"plural": "bytes"}, {"plural": "seconds"}]}
    reading = written({"status": "ok", "series": [{**series, "pointlist": [[1705328100000.0, 2.0], [1, 2, 3]]}]})
    assert told(reading)[0] == ("net.in", '{"env": "b", "host": "a"}', AT, 2)
    assert reading.frame.collect()["unit"][0] == "bytes per seconds"
    assert reading.files[0].unreadable == 1


def test_datadogs_second_version_shares_its_times(written: Callable[..., SampleReading]) -> None:
    """One list of times, one of values a series."""
    attributes = {
        "series": [{"group_tags": ["host:a"], "query_index": 0}],
        "times": [1705328100000, 1705328160000],
        "values": [[1.0, None]],
    }
    reading = written({"data": {"type": "timeseries_response", "attributes": attributes}})
    assert [row[3] for row in told(reading)] == [1, None]
    assert told(reading)[0][:3] == ("query 0", '{"host": "a"}', AT)


def test_influxdbs_tables_have_a_header_each(written: Callable[..., SampleReading]) -> None:
    """Defaults fill empty cells; text is no number; a missing value stays missing."""
    text = (
        "#group,false,false,true,false,false,true,true\r\n"
        "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,double,string,string\r\n"
        "#default,mean,,,,,,eu\r\n"
        ",result,table,_start,_time,_value,_field,region\r\n"
        ",,0,2024-01-15T14:00:00Z,2024-01-15T14:15:00Z,1.5,usage,us\r\n"
        ",,0,2024-01-15T14:00:00Z,2024-01-15T14:16:00Z,,usage,\r\n"
        "\r\n"
        "#group,false,false,false,false,true,true\r\n"
        "#datatype,string,long,dateTime:RFC3339,boolean,string,string\r\n"
        "#default,_result,,,,,\r\n"
        ",result,table,_time,_value,_field,_measurement\r\n"
        ",,1,2024-01-15T14:15:00Z,true,up,probe\r\n"
        "\r\n"
        "#datatype,string,string\r\n#group,true,true\r\n#default,,\r\n,error,reference\r\n,query timed out,897\r\n"
    )
    reading = written(text, "flux.csv")
    assert told(reading) == [
        ("usage", '{"region": "us"}', AT, 1.5),
        ("usage", '{"region": "eu"}', AT + timedelta(minutes=1), None),
        ("probe.up", "{}", AT, 1),
    ]
    assert reading.frame.collect()["line"].to_list() == [5, 6, 12]
    assert (rules(reading), reading.findings[0].seen) == (["influxdb-error", "no-numbers"], "query timed out")


def test_influxdbs_pivoted_fields_are_metrics(written: Callable[..., SampleReading]) -> None:
    """After pivot() there is no _value."""
    text = (
        "#datatype,string,long,dateTime:RFC3339,double,long,string\n#group,false,false,false,false,false,true\n"
        "#default,_result,,,,,\n,result,table,_time,used,free,_measurement\n,,0,2024-01-15T14:15:00Z,1.5,7,mem\n"
    )
    assert [row[0::3] for row in told(written(text, "flux.csv"))] == [("mem.used", 1.5), ("mem.free", 7)]


def otlp(**metric: object) -> dict[str, object]:
    """A document of one metric."""
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "api"}}]}
    return {"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"metrics": [metric]}]}]}


def test_otlp_reads_whole_numbers_from_text(written: Callable[..., SampleReading]) -> None:
    """AsInt is a text, nanoseconds too; a point may say that nothing was recorded."""
    points = [
        {"asInt": "9007199254740993", "timeUnixNano": "1705328100000000999"},
        {"asDouble": 0, "timeUnixNano": "1705328160000000000", "flags": 1},
        {"asDouble": "much", "timeUnixNano": "1705328220000000000"},
    ]
    reading = written(otlp(name="queue", unit="By", gauge={"dataPoints": points}))
    assert told(reading)[0] == ("queue", '{"service.name": "api"}', AT, 9007199254740992)
    assert [row[3] for row in told(reading)[1:]] == [None, None]
    assert (reading.files[0].unreadable, reading.files[0].notes) == (1, ("1 values are missing",))
    assert reading.frame.collect()["unit"][0] == "By"


def test_otlp_histograms_are_written_as_prometheus_does(written: Callable[..., SampleReading]) -> None:
    """Buckets add up; deltas are a note."""
    point = {
        "count": "3",
        "sum": 4.5,
        "bucketCounts": ["1", "2"],
        "explicitBounds": [0.5],
        "timeUnixNano": "1705328100000000000",
    }
    reading = written(otlp(name="wait", histogram={"aggregationTemporality": 1, "dataPoints": [point]}))
    assert [row[0::3] for row in told(reading)] == [
        ("wait_count", 3),
        ("wait_sum", 4.5),
        ("wait_bucket", 1),
        ("wait_bucket", 3),
    ]
    assert reading.frame.collect()["labels"][3] == '{"le": "+Inf", "service.name": "api"}'
    assert reading.files[0].notes == ("counted since the last report (delta): wait",)


def test_a_cut_document_keeps_those_before_it(written: Callable[..., SampleReading]) -> None:
    """One document a line, as the collector writes; the last is cut off."""
    point = {"asInt": 1, "timeUnixNano": "1705328100000000000"}
    whole = json.dumps(otlp(name="up", gauge={"dataPoints": [point]}))
    reading = written(f"{whole}\n{whole[:80]}\n", "metrics.jsonl")
    assert [row[0] for row in told(reading)] == ["up"]
    assert (reading.files[0].rows, reading.files[0].unreadable) == (2, 1)
    assert reading.findings[0].where is not None
    assert reading.findings[0].where.line == 2


def test_shapes_that_nobody_writes_do_not_stop_a_reading(written: Callable[..., SampleReading]) -> None:
    """Lists where objects should be, and the other way round."""
    for broken in (
        {"MetricDataResults": {"Id": 1}},
        {"MetricDataResults": [1, {"Id": "a", "Timestamps": 1, "Values": None}]},
        [{"target": 1, "datapoints": 1}],
        {"series": [{"pointlist": 1, "unit": 1}]},
        {"resourceMetrics": [{"scopeMetrics": [{"metrics": [{"name": 1, "gauge": []}]}]}]},
    ):
        assert told(written(broken)) == []
