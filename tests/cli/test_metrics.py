"""`incident metrics`: the runbook's template and the sample incident, number by number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NONE = {"value": None, "low": None, "high": None, "measured": None}
ALERT = 'detected_at from the timeline entry "Alert triggered"'
DOUBT = "start equals detection: the start of impact was probably not recorded"
OPEN = """\
id: INC-7
severity: SEV2
started_at: 2024-03-01T10:00:00Z
detected_at: 2024-03-01T10:02:30.5Z
"""


def end(anchor: str, at: str, line: int, file: str = "runbook_template.yaml") -> dict[str, object]:
    """One end of a duration."""
    return {"anchor": anchor, "at": at, "file": file, "line": line}


STARTED = end("started_at", "2024-01-15T14:15:00Z", 5)
DETECTED = end("detected_at", "2024-01-15T14:15:00Z", 15)
IN_SECONDS = {"unit": "seconds", "clock": "default"}
COUNTED = {"clock": None, "from": None, "to": None}
# The numbers of the runbook's template: TTR 5400 s, TTA 180 s from "IC assigned", TTD 0 s (start equals detection).
TEMPLATE = {
    "time_to_detection": NONE
    | IN_SECONDS
    | {"value": 0, "status": "derived", "from": STARTED, "to": DETECTED, "reason": f"{ALERT}; {DOUBT}"},
    "time_to_acknowledgment": NONE
    | IN_SECONDS
    | {
        "value": 180,
        "status": "derived",
        "from": DETECTED,
        "to": end("acknowledged_at", "2024-01-15T14:18:00Z", 17),
        "reason": f'{ALERT}; acknowledged_at from the timeline entry "IC assigned"',
    },
    "time_to_engage": NONE
    | IN_SECONDS
    | {"status": "unknown", "from": DETECTED, "to": None, "reason": "engaged_at is not recorded"},
    "time_to_mitigation": NONE
    | IN_SECONDS
    | {"status": "unknown", "from": STARTED, "to": None, "reason": "mitigated_at is not recorded"},
    "time_to_resolution": NONE
    | IN_SECONDS
    | {
        "value": 5400,
        "status": "derived",
        "from": STARTED,
        "to": end("resolved_at", "2024-01-15T15:45:00Z", 7),
        "reason": None,
    },
    "users_affected": NONE | COUNTED | {"value": 15000, "unit": "users", "status": "recorded", "reason": None},
    "revenue_impact": NONE
    | COUNTED
    | {
        "value": 45000,
        "unit": "USD",
        "status": "recorded",
        "reason": None,
        "money": {"amount": "45000", "currency": "USD"},
    },
    "people_involved": NONE
    | COUNTED
    | {"unit": "people", "status": "unknown", "reason": "nobody is named in roles, timeline or updates"},
}


def test_the_template_as_json(run: Callable[..., Any], template: Path) -> None:
    """The runbook's template, byte for byte in a file of its own, gives the numbers of the issue."""
    result = run("metrics", template, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == [{"incident_id": "INC-2024-001", "metrics": TEMPLATE}]


def test_the_metrics_come_in_a_fixed_order(run: Callable[..., Any], template: Path) -> None:
    """Programs and people find them where they were."""
    found = json.loads(run("metrics", template, "--format", "json").stdout)
    assert list(found[0]["metrics"]) == list(TEMPLATE)
    assert list(found[0]["metrics"]["time_to_resolution"]) == [
        *("value", "low", "high", "unit", "status", "clock", "from", "to", "reason", "measured")
    ]


def test_the_sample_as_json(run: Callable[..., Any], sample: Path) -> None:
    """The sample has evidence: its users are counted in the logs beside the record's number."""
    result = run("metrics", sample, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    metrics = json.loads(result.stdout)[0]["metrics"]
    values = {name: (one["value"], one["status"], one["measured"]) for name, one in metrics.items()}
    assert values == {
        "time_to_detection": (0, "derived", None),
        "time_to_acknowledgment": (180, "derived", None),
        "time_to_engage": (250, "derived", None),  # 14:19:10, "On-call engineer joined the channel"
        "time_to_mitigation": (2850, "derived", None),  # 15:02:30, "Payment success rate back above 98 %"
        "time_to_resolution": (5400, "derived", None),
        # 13561: distinct userId of lines at level 50 from 14:15:00 to 15:45:00, counted with json and a set.
        "users_affected": (15000, "recorded", 13561),
        "revenue_impact": (45000, "recorded", None),
        "people_involved": (6, "derived", None),
    }
    assert metrics["time_to_mitigation"]["to"] == end("mitigated_at", "2024-01-15T15:02:30Z", 15, "timeline.csv")


def test_an_open_incident_has_no_time_to_resolution(run: Callable[..., Any], tmp_path: Path) -> None:
    """What may still come is pending, what nobody recorded unknown, and parts of a second are kept."""
    (tmp_path / "open.yaml").write_text(OPEN)
    metrics = json.loads(run("metrics", tmp_path / "open.yaml", "--format", "json").stdout)[0]["metrics"]
    assert {name: (one["value"], one["status"]) for name, one in metrics.items()} == {
        "time_to_detection": (150.5, "derived"),
        "time_to_acknowledgment": (None, "pending"),
        "time_to_engage": (None, "pending"),
        "time_to_mitigation": (None, "pending"),
        "time_to_resolution": (None, "pending"),
        "users_affected": (None, "unknown"),
        "revenue_impact": (None, "unknown"),
        "people_involved": (None, "unknown"),
    }
    assert metrics["time_to_detection"]["to"]["at"] == "2024-03-01T10:02:30.500000Z"
    assert metrics["revenue_impact"]["money"] is None


def test_a_range_has_low_and_high_and_no_value(run: Callable[..., Any], tmp_path: Path) -> None:
    """Impact that began between 09:50 and 10:00 was detected after 2:30 to 12:30 minutes."""
    (tmp_path / "range.yaml").write_text(
        OPEN.replace("2024-03-01T10:00:00Z", "2024-03-01T09:50:00Z .. 2024-03-01T10:00:00Z").replace("30.5", "30")
    )
    found = json.loads(run("metrics", tmp_path / "range.yaml", "--format", "json").stdout)[0]["metrics"]
    detection = found["time_to_detection"]
    assert (detection["value"], detection["low"], detection["high"]) == (None, 150, 750)
    assert detection["from"]["at"] == "2024-03-01T09:50:00Z"


def test_amounts_are_plain_digits(run: Callable[..., Any], tmp_path: Path) -> None:
    """450 million and a few cents keep every digit and never show an exponent."""
    (tmp_path / "money.yaml").write_text(OPEN + "impact: {revenue_lost: 'EUR 450.000.000,05'}\n")
    result = run("metrics", tmp_path / "money.yaml", "--format", "json")
    revenue = json.loads(result.stdout)[0]["metrics"]["revenue_impact"]
    assert revenue["money"] == {"amount": "450000000.05", "currency": "EUR"}
    assert '"value": 450000000.05,' in result.stdout


def test_another_clock_has_its_own_names(run: Callable[..., Any], template: Path) -> None:
    """PagerDuty counts the resolution from the trigger."""
    result = run("metrics", template, "--clock", "pagerduty", "--format", "json")
    found = json.loads(result.stdout)[0]["metrics"]
    assert list(found) == [
        *("seconds_to_first_ack", "seconds_to_engage", "seconds_to_resolve"),
        *("users_affected", "revenue_impact", "people_involved"),
    ]
    assert (found["seconds_to_resolve"]["value"], found["seconds_to_resolve"]["clock"]) == (5400, "pagerduty")


def test_one_incident_is_a_table_of_metrics(run: Callable[..., Any], template: Path) -> None:
    """People read values in their words, and the doubt beside them."""
    lines = run("metrics", template).stdout.splitlines()
    assert lines[0] == "INC-2024-001"
    assert lines[1].split() == ["METRIC", "VALUE", "STATUS", "TO", "KNOW"]
    assert lines[2].startswith("Time to detection       0 s (doubtful)  derived   detected_at from the timeline entry")
    assert lines[6] == "Time to resolution      1 h 30 min      derived"
    assert lines[8] == "Revenue impact          $45,000         recorded"


def test_many_incidents_are_a_table_of_incidents(run: Callable[..., Any], template: Path, tmp_path: Path) -> None:
    """One row an incident, in the order named."""
    (tmp_path / "open.yaml").write_text(OPEN)
    lines = run("metrics", tmp_path / "open.yaml", template).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["INCIDENT", "INC-7", "INC-2024-001"]
    assert lines[2].split()[1:6] == ["0", "s", "(doubtful)", "3", "min"]


def test_every_record_of_every_path_is_read(run: Callable[..., Any], tmp_path: Path) -> None:
    """A file of three documents, and a folder of two incidents, make five."""
    many = tmp_path / "many.yaml"
    many.write_text("---\n".join(OPEN.replace("INC-7", f"INC-{number}") for number in (1, 2, 3)))
    for name in ("INC-4", "INC-5"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "incident.yaml").write_text(OPEN.replace("INC-7", name))
    found = json.loads(run("metrics", many, tmp_path / "data", "--format", "json").stdout)
    assert [one["incident_id"] for one in found] == ["INC-1", "INC-2", "INC-3", "INC-4", "INC-5"]


def test_csv_is_one_row_an_incident(run: Callable[..., Any], template: Path, tmp_path: Path) -> None:
    """Unknown is empty, money has plain digits, and the heading names the units."""
    (tmp_path / "open.yaml").write_text(OPEN)
    result = run("metrics", template, tmp_path / "open.yaml", "--format", "csv")
    frame = pl.read_csv(result.stdout.encode(), infer_schema=False)
    wanted = ["incident_id", "clock", "time_to_resolution_seconds", "time_to_resolution_status", "users_affected"]
    assert frame.select(*wanted, "revenue_impact", "revenue_impact_currency", "people_involved").rows() == [
        ("INC-2024-001", "default", "5400.0", "derived", "15000", "45000", "USD", None),
        ("INC-7", "default", None, "pending", None, None, None, None),
    ]


def test_csv_carries_the_doubt(run: Callable[..., Any], template: Path) -> None:
    """In the reason, as JSON does, and as a column to filter by."""
    frame = pl.read_csv(run("metrics", template, "--format", "csv").stdout.encode())
    assert frame["time_to_detection_reason"].to_list() == [f"{ALERT}; {DOUBT}"]
    assert frame["time_to_detection_doubtful"].to_list() == [True]
    assert frame["time_to_acknowledgment_doubtful"].to_list() == [False]


def test_a_bad_line_of_many_leaves_the_others(run: Callable[..., Any], tmp_path: Path) -> None:
    """One line on stderr, with the line's number."""
    file = tmp_path / "many.ndjson"
    file.write_text('{"id": "INC-1"}\n{"id": "INC-2", "started_at": "yesterday"}\n{"id": "INC-3"}\n')
    result = run("metrics", file, "--format", "json")
    assert result.exit_code == 3
    assert [one["incident_id"] for one in json.loads(result.stdout)] == ["INC-1", "INC-3"]
    assert result.stderr.count("\n") == 1
    assert "many.ndjson:2: started_at: expected a time" in result.stderr


def test_parquet_and_csv_go_to_a_file(run: Callable[..., Any], template: Path, tmp_path: Path) -> None:
    """The path is printed; both files hold the same numbers."""
    for name in ("m.parquet", "m.csv"):
        result = run("metrics", template, "--format", name[2:], "--out", tmp_path / name)
        assert (result.exit_code, result.stdout) == (0, f"{tmp_path / name}\n")
    assert pl.read_parquet(tmp_path / "m.parquet")["time_to_acknowledgment_seconds"].to_list() == [180.0]
    assert pl.read_csv(tmp_path / "m.csv")["time_to_acknowledgment_seconds"].to_list() == [180.0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "parquet"], "error: --format parquet writes a file; say which with --out metrics.parquet\n"),
        (
            ["--out", "m.json", "--format", "json"],
            "error: --out: expected --format csv or parquet beside it, found 'json'; else use > FILE\n",
        ),
        (["--as-of", "soon"], "error: --as-of: expected a time such as 2024-01-16T09:00:00Z, or now, found 'soon'\n"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    run: Callable[..., Any], template: Path, words: list[str], message: str
) -> None:
    """Usage is checked before anything is read."""
    result = run("metrics", template, *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_an_unknown_clock_names_the_clocks(run: Callable[..., Any], template: Path) -> None:
    """The runbook's clocks are listed."""
    result = run("metrics", template, "--clock", "gogle")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: there is no such clock: expected default, google, atlassian, ")


def test_a_record_that_cannot_be_read_leaves_the_others(
    run: Callable[..., Any], template: Path, tmp_path: Path
) -> None:
    """The others are printed, the broken one is told, and the exit code says that this is not all."""
    (tmp_path / "broken.yaml").write_text("id: INC-8\nstarted_at: yesterday\n")
    result = run("metrics", tmp_path / "broken.yaml", template, "--format", "json")
    assert result.exit_code == 3
    assert [one["incident_id"] for one in json.loads(result.stdout)] == ["INC-2024-001"]
    assert "broken.yaml:2: started_at: expected a time such as 2024-01-15T14:15:00Z" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_incident_is_found_by_its_id(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id is looked up under --data; a near miss is named."""
    (tmp_path / "mine/INC-7").mkdir(parents=True)
    (tmp_path / "mine/INC-7/incident.yaml").write_text(OPEN)
    monkeypatch.chdir(tmp_path)
    assert run("metrics", "inc-7", "--data", "mine").exit_code == 0
    missed = run("metrics", "INC-77", "--data", "mine")
    assert missed.exit_code == 2
    assert missed.stderr == "error: mine: there is no incident 'INC-77'; did you mean INC-7?\n"
