"""The ServiceNow audit logs against their README: rows are not incidents, and no acknowledgment is made up."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.analysis.response_times import response_times
from incident_analytics.sources.histories import History, load_incidents

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("INCIDENT_REAL_DATA"), reason="skipped: no real data"),
]

FOLDER = Path(os.environ.get("INCIDENT_REAL_DATA", "")) / "incidents-servicenow-uci-sample"
MAPPINGS = Path(__file__).parent / "mappings"


@pytest.fixture(scope="module")
def dashes() -> History:
    """The file of 5,998 events."""
    file = FOLDER / "incident_event_log_first5998.csv"
    return load_incidents(file, mapping=MAPPINGS / "servicenow_dashes.yaml", catalog=None)


@pytest.fixture(scope="module")
def slashes() -> History:
    """The file of 198 events."""
    file = FOLDER / "incident_event_log_first198.csv"
    return load_incidents(file, mapping=MAPPINGS / "servicenow_slashes.yaml", catalog=None)


def hours(history: History, end: str = "resolved_at") -> pl.DataFrame:
    """The frame with the hours from the ticket's opening to an end."""
    return history.frame.with_columns(hours=(pl.col(end) - pl.col("detected_at")).dt.total_microseconds() / 3.6e9)


def test_events_are_counted_as_rows_and_merged_into_incidents(dashes: History) -> None:
    """5,998 events of 890 incidents; 29 are closed without a time of resolution."""
    ledger = dashes.ledger
    assert (ledger.rows, ledger.incidents, ledger.merged, ledger.rows_dropped) == (5998, 890, 5108, 0)
    assert ledger.unread == ()
    states = dict(dashes.frame["status"].value_counts().iter_rows())
    assert states == {"resolved": 861, "closed": 29}
    assert {finding.rule for finding in dashes.findings} == {"resolution-unknown", "zone-assumed"}
    assert ledger.zones_assumed == {"UTC": 17_935}


def test_times_to_resolution_are_those_of_the_readme(dashes: History) -> None:
    """One value an incident: mean, median and p90 of 861, and of the time to close of all 890."""
    resolved = hours(dashes)["hours"]
    assert resolved.count() == 861
    assert [round(value, 4) for value in (resolved.mean(), resolved.median())] == [315.8668, 54.4667]  # type: ignore[arg-type, type-var]
    assert resolved.quantile(0.9, "linear") == pytest.approx(762.05)
    closed = hours(dashes, "closed_at")["hours"]
    assert (closed.count(), closed.mean(), closed.median()) == (
        890, pytest.approx(485.8258, abs=5e-5), pytest.approx(173.925),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "incidents", "resolved", "mean", "median", "p90"),
    [
        ("SEV1", 15, 15, 511.0078, 351.5167, 648.1967),
        ("SEV2", 33, 33, 104.8359, 26.7833, 387.2400),
        ("SEV3", 757, 729, 270.2795, 53.7833, 695.9067),
        ("SEV4", 85, 84, 759.5571, 170.7167, 1520.2900),
    ],
)
def test_final_priorities_are_those_of_the_readme(
    dashes: History, severity: str, incidents: int, resolved: int, mean: float, median: float, p90: float
) -> None:
    """The priority of the last event counts."""
    found = hours(dashes).filter(severity=severity)
    assert (found.height, found["hours"].count()) == (incidents, resolved)
    numbers = (found["hours"].mean(), found["hours"].median(), found["hours"].quantile(0.9, "linear"))
    assert numbers == pytest.approx((mean, median, p90), abs=5e-5)


def test_metric_of_a_clock_is_the_same_number(dashes: History) -> None:
    """The ticket's opening is the detection; when impact began nobody recorded, so the default clock has no value."""
    times = response_times(dashes.frame, clock="atlassian", metrics=["time_to_respond"])
    assert times["time_to_respond_seconds"].median() == pytest.approx(54.4667 * 3600, abs=1)
    default = response_times(dashes.frame, metrics=["time_to_resolution"])
    assert default["time_to_resolution_seconds"].count() == 0


def test_reopenings_and_changed_priorities(dashes: History) -> None:
    """10 incidents were reopened, 11 times, at most twice; 39 changed their priority."""
    reopened = dashes.frame["reopened"]
    assert ((reopened > 0).sum(), reopened.sum(), reopened.max()) == (10, 11, 2)
    assert dashes.ledger.rows_differ["severity"] == 39


def test_months_of_opening(dashes: History) -> None:
    """Day first: 207 in February, 683 in March 2016."""
    months = dashes.frame["detected_at"].dt.strftime("%Y-%m").value_counts()
    assert dict(months.iter_rows()) == {"2016-02": 207, "2016-03": 683}


@pytest.mark.parametrize("name", ["dashes", "slashes"])
def test_no_acknowledgment_and_no_start_are_made_up(name: str, request: pytest.FixtureRequest) -> None:
    """The source has no such column, so there is no value, and no status but unknown."""
    frame = request.getfixturevalue(name).frame
    for milestone in ("started_at", "acknowledged_at", "mitigated_at"):
        assert frame[milestone].count() == 0
    times = response_times(frame, metrics=["time_to_acknowledgment"])
    assert times["time_to_acknowledgment_seconds"].count() == 0


def test_small_file_of_the_other_mirror(slashes: History) -> None:
    """198 events of 32 incidents, 31 with a time of resolution; 1 high, 26 moderate, 5 low; none reopened."""
    ledger = slashes.ledger
    assert (ledger.rows, ledger.incidents, ledger.merged, ledger.rows_dropped) == (198, 32, 166, 0)
    resolved = hours(slashes)["hours"]
    assert (resolved.count(), resolved.mean(), resolved.median()) == (
        31, pytest.approx(113.1522, abs=5e-5), pytest.approx(51.1167, abs=5e-5),
    )  # fmt: skip
    severities = dict(slashes.frame["severity"].value_counts().iter_rows())
    assert severities == {"SEV2": 1, "SEV3": 26, "SEV4": 5}
    assert slashes.frame["reopened"].sum() == 0


def test_status_that_is_open_has_no_resolution(tmp_path: Path) -> None:
    """One is still active as the file is cut: where its status is read, its foretold resolution does not count."""
    mapping = tmp_path / "mapping.yaml"
    text = (MAPPINGS / "servicenow_dashes.yaml").read_text(encoding="utf-8")
    mapping.write_text(text.replace("%d-%m-%Y", "%d/%m/%Y"), encoding="utf-8")
    history = load_incidents(FOLDER / "incident_event_log_first198.csv", mapping=mapping, catalog=None)
    states = dict(history.frame["status"].value_counts().iter_rows())
    assert states == {"resolved": 30, "closed": 1, "open": 1}
    assert history.frame.filter(status="open")["id"].to_list() == ["INC0000101"]
    assert [(each.reason, each.count) for each in history.ledger.unread] == [
        ("closed_at of an incident whose status is open", 1),
        ("resolved_at of an incident whose status is open", 1),
    ]
