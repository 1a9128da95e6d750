"""The Jenkins status page against its README: pages with front matter, six of which end before they begin."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.sources.histories import History, load_incidents

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("INCIDENT_REAL_DATA"), reason="skipped: no real data"),
]

FOLDER = Path(os.environ.get("INCIDENT_REAL_DATA", "")) / "incidents-jenkins-status"
MAPPING = Path(__file__).parent / "mappings" / "jenkins_status.yaml"


@pytest.fixture(scope="module")
def history() -> History:
    """The whole folder."""
    return load_incidents(FOLDER, mapping=MAPPING, catalog=None)


@pytest.fixture(scope="module")
def hours(history: History) -> pl.DataFrame:
    """The incidents with their duration, negative ones included."""
    seconds = (pl.col("resolved_at") - pl.col("started_at")).dt.total_microseconds()
    return history.frame.with_columns(hours=seconds / 3.6e9)


def test_every_page_is_an_incident_and_all_are_resolved(history: History) -> None:
    """182 files, all parse; the README beside them is noted, not counted."""
    ledger = history.ledger
    assert (ledger.rows, ledger.incidents, ledger.dropped, ledger.unread) == (182, 182, (), ())
    assert history.frame["status"].unique().to_list() == ["resolved"]
    written = dict(history.frame["severity_written"].value_counts().iter_rows())
    assert written == {"disrupted": 79, "down": 61, "notice": 42}
    services = history.frame["services"].drop_nulls().str.split(", ").list.len()
    assert (services.len(), services.sum()) == (179, 460)
    readme = next(file for file in ledger.files if file.file == "README.md")
    assert readme.notes == ("not read: this page has no front matter",)


def test_offsets_are_read_as_written(history: History) -> None:
    """-00:00 is UTC, as is what has no offset by the mapping; one page is written at -05:00; one hour is T9:15."""
    assert history.ledger.zones == {"UTC": 362, "-05:00": 2}
    assert history.ledger.zones_assumed == {}
    early = history.frame.filter(id="2023-12-06-systempool-tainted")
    assert early["started_at"][0].isoformat() == "2023-12-06T09:15:00+00:00"


def test_ends_before_their_starts_are_counted_and_left_to_be_excluded(history: History, hours: pl.DataFrame) -> None:
    """The six of the README, and the mean they would pull down."""
    assert history.ledger.negative_durations == {"resolved_at before started_at": 6}
    assert hours.filter(pl.col("hours") < 0)["id"].to_list() == [
        "2021-09-23-puppet-outage", "2021-11-18-jenkins-io-outage", "2022-06-13-repo-slow",
        "2023-02-23-maintenance-aks-k8s-1-24", "2023-06-02-trusted.ci-migration-to-azure",
        "2023-12-06-systempool-tainted",
    ]  # fmt: skip
    assert hours["hours"].mean() == pytest.approx(13.1258, abs=5e-5)
    assert hours["hours"].median() == pytest.approx(1.9583, abs=5e-5)


def test_durations_without_them_are_those_of_the_readme(hours: pl.DataFrame) -> None:
    """176 incidents, by severity too, and the longest."""
    valid = hours.filter(pl.col("hours") >= 0)
    assert (valid.height, valid["hours"].mean(), valid["hours"].median()) == (
        176, pytest.approx(19.9073, abs=5e-5), pytest.approx(2.0),
    )  # fmt: skip
    grouped = valid.group_by("severity_written").agg(
        pl.len(), pl.col("hours").mean().alias("mean"), pl.col("hours").median().alias("median")
    )
    found = {name: (count, round(mean, 4), median) for name, count, mean, median in grouped.iter_rows()}
    assert found == {
        "disrupted": (76, 14.7112, 2.0), "down": (60, 32.7526, 2.0), "notice": (40, 10.5120, 1.625),
    }  # fmt: skip
    longest = valid.sort("hours", descending=True).row(0, named=True)
    assert (longest["id"], longest["hours"]) == ("2021-09-02-wiki-offline", 1495.25)
