"""Kafka, Apache, OTLP and the loghub systems against their READMEs and labels."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.sources.logs import read_logs

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("INCIDENT_REAL_DATA"), reason="skipped: no real data"),
]

FOLDER = Path(os.environ.get("INCIDENT_REAL_DATA", ""))


def _read(name: str) -> pl.DataFrame:
    return read_logs([FOLDER / name], root=FOLDER, zone="UTC").frame.collect()


@pytest.mark.parametrize(
    ("system", "written_by", "levels", "first", "last"),
    [
        (
            "Apache", "apache-error", {"notice": 1405, "error": 595},
            "2005-12-04T04:47:44+00:00", "2005-12-05T19:15:57+00:00",
        ),
        ("HDFS", "log4j", {"INFO": 1920, "WARN": 80}, "2008-11-09T20:36:15+00:00", "2008-11-11T10:20:17+00:00"),
        (
            "OpenStack", "oslo", {"INFO": 1969, "WARNING": 31},
            "2017-05-16T00:00:00.008000+00:00", "2017-05-16T00:14:47.687000+00:00",
        ),
        (
            "Zookeeper", "log4j", {"WARN": 1318, "INFO": 669, "ERROR": 13},
            "2015-07-29T17:41:44.747000+00:00", "2015-08-10T18:12:34.004000+00:00",
        ),
    ],
)  # fmt: skip
def test_loghub_systems_give_their_labels(
    system: str, written_by: str, levels: dict[str, int], first: str, last: str
) -> None:
    """Every line's level and message are those of the labelled table; first and last line are the README's."""
    frame = _read(f"logs-loghub-2k/{system}/{system}_2k.log")
    labelled = pl.read_csv(FOLDER / f"logs-loghub-2k/{system}/{system}_2k.log_structured.csv", infer_schema=False)
    assert frame["format"].unique().to_list() == [written_by]
    assert frame["message"].to_list() == labelled["Content"].str.strip_chars().to_list()
    assert frame["severity_text"].to_list() == labelled["Level"].to_list()
    assert dict(frame["severity_text"].value_counts().iter_rows()) == levels
    assert (frame["timestamp"][0].isoformat(), frame["timestamp"][-1].isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("kafka1_logs_server.log.2016-12-19-19.log", {"INFO": 259, "WARN": 4, "ERROR": 14}),
        ("kafka1_logs_state-change.log.2016-12-19-16.log", {"TRACE": 875, "INFO": 1, "ERROR": 2}),
    ],
)
def test_kafka_records_keep_their_lines(name: str, levels: dict[str, int]) -> None:
    """A record begins with a bracket; the configuration below it is its own."""
    frame = _read(f"logs-elastic-examples/kafka/{name}")
    assert dict(frame["severity_text"].value_counts().iter_rows()) == levels
    assert frame["timestamp"].null_count() == 0
    lines = (FOLDER / "logs-elastic-examples" / "kafka" / name).read_text().rstrip("\n").split("\n")
    assert "\n".join(frame["raw"]).split("\n") == lines


def test_apache_access_log_gives_the_counts_of_its_readme() -> None:
    """The line whose agent never ends is read too: 10,000 records, 9,126 of them with status 200."""
    frame = _read("logs-elastic-examples/apache_logs")
    told = frame["attributes"].str.json_decode(
        pl.Struct({"status": pl.Int64, "client": pl.String, "bytes": pl.Int64})
    ).struct.unnest()  # fmt: skip
    assert dict(told["status"].value_counts().iter_rows()) == {
        200: 9126, 206: 45, 301: 164, 304: 445, 403: 2, 404: 213, 416: 2, 500: 3,
    }  # fmt: skip
    assert (told["client"].n_unique(), told["bytes"].null_count()) == (1753, 669)
    assert frame["timestamp"].dt.date().value_counts().sort("timestamp")["count"].to_list() == [1632, 2893, 2896, 2579]
    assert dict(frame["severity_number"].value_counts().iter_rows()) == {9: 9780, 13: 217, 17: 3}
    assert frame["timestamp"].min() == pl.Series(["2015-05-17T10:05:00Z"]).str.to_datetime(time_zone="UTC")[0]


def test_otlp_example_keeps_ids_as_hex() -> None:
    """The official example: one record with its typed attributes."""
    record = _read("otlp-json/logs.json").row(0, named=True)
    assert record["timestamp"].isoformat() == "2018-12-13T14:51:00.300000+00:00"
    assert (record["severity_number"], record["severity_text"]) == (10, "Information")
    assert (record["message"], record["service"]) == ("Example log record", "my.service")
    assert (record["trace_id"], record["span_id"]) == ("5B8EFFF798038103D269B633813FC60C", "EEE19B7EC3C1B174")
    assert record["attributes"] == (
        '{"array.attribute":["many","values"],"boolean.attribute":true,"double.attribute":637.704,'
        '"int.attribute":10,"map.attribute":{"some.map.key":"some value"},'
        '"scope":{"my.scope.attribute":"some scope attribute","name":"my.library"},"string.attribute":"some string"}'
    )
