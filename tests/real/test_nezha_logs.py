"""The Nezha folder's logs against its README: a CSV of JSON inside docker's JSON, not sorted by time."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.sources.logs import read_logs, sniff

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("INCIDENT_REAL_DATA"), reason="skipped: no real data"),
]

FOLDER = Path(os.environ.get("INCIDENT_REAL_DATA", "")) / "multimodal-nezha-onlineboutique" / "2022-08-22"
PODS = [
    "adservice", "cartservice", "checkoutservice", "currencyservice", "emailservice", "frontend", "paymentservice",
    "productcatalogservice", "recommendationservice", "shippingservice",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows", "first", "last"),
    [
        ("05_19_log.csv", 7260, "2022-08-22T05:18:16.154660+00:00", "2022-08-22T05:19:46.539705+00:00"),
        ("05_20_log.csv", 5874, "2022-08-22T05:18:58.816493+00:00", "2022-08-22T05:20:48.699810+00:00"),
    ],
)
def test_log_tables_give_the_counts_of_their_readme(name: str, rows: int, first: str, last: str) -> None:
    """Rows, span and services are the README's; every line is understood and none tells an error."""
    read = read_logs([FOLDER / "log" / name], root=FOLDER, zone="UTC")
    ledger = read.files[0]
    assert (ledger.rows, ledger.unreadable, ledger.reader) == (rows, 0, "csv:json+pino+plain")
    assert ledger.first_at is not None
    assert ledger.last_at is not None
    assert (ledger.first_at.isoformat(), ledger.last_at.isoformat()) == (first, last)
    frame = read.frame.collect()
    assert sorted(frame["service"].unique()) == PODS
    assert frame.filter(pl.col("message").str.contains("(?i)error|exception")).height == 0
    assert frame.filter(pl.col("severity_number") > 9).height == 0
    assert frame["trace_id"].null_count() == 0
    assert read.findings == ()


def test_levels_and_messages_come_from_the_innermost_record() -> None:
    """3 of the 10 services write no level: cartservice's 249 lines in both files are all that lack one."""
    frame = read_logs(sorted((FOLDER / "log").glob("*.csv")), root=FOLDER).frame.collect()
    unknown = frame.filter(pl.col("severity_number").is_null())
    assert unknown["service"].unique().to_list() == ["cartservice"]
    assert unknown.height == 249
    assert frame["message"].str.starts_with("TraceID: ").all()


def test_log_tables_look_like_logs() -> None:
    """The header alone tells."""
    head = (FOLDER / "log" / "05_19_log.csv").read_bytes()[:65_536]
    assert sniff(head, "05_19_log.csv") == 1.0
