"""The metrics of one incident without its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.incident_metrics import incident_metrics
from incident_analytics.reporting.measurement_json import METRICS, metrics_json
from incident_analytics.reporting.post_mortem import post_mortem
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]
LINE = '{"level":50,"time":"2024-03-01T10:%s:00.000Z","msg":"charge failed","userId":"%s"}\n'


@pytest.fixture
def still_open(tmp_path: Path) -> Path:
    """A bundle without a resolution whose logs name three users, two of them before 10:30."""
    folder = tmp_path / "INC-7"
    (folder / "evidence/logs").mkdir(parents=True)
    (folder / "incident.yaml").write_text("id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\n")
    lines = [("10", "u1"), ("11", "u1"), ("20", "u2"), ("40", "u3")]
    (folder / "evidence/logs/pay.ndjson").write_text("".join(LINE % line for line in lines))
    return folder


@pytest.mark.parametrize("path", ["data/INC-2024-001", "tests/data/records/runbook_template.yaml"])
def test_they_are_the_numbers_of_the_report(path: str) -> None:
    """The command and the report never disagree."""
    alone = incident_metrics(open_bundle(ROOT / path))
    report = post_mortem(open_bundle(ROOT / path)).measurements
    assert metrics_json(alone.values()) == metrics_json(report.values())


def test_users_of_an_open_incident_are_counted_to_the_end_of_the_files(still_open: Path) -> None:
    """Three users met an error by the last line."""
    users = incident_metrics(open_bundle(still_open))["users_affected"]
    assert (users.value, users.status, users.measured) == (3, "measured", 3)


def test_users_of_an_open_incident_are_counted_until_as_of(still_open: Path) -> None:
    """Two users had met an error by 10:30; before the start nobody."""
    half = incident_metrics(open_bundle(still_open), as_of="2024-03-01T10:30:00Z")
    assert half["users_affected"].measured == 2
    assert incident_metrics(open_bundle(still_open), as_of="2024-02-01")["users_affected"].measured in {0, None}


def test_what_is_no_time_is_refused(still_open: Path) -> None:
    """The message says what to write."""
    with pytest.raises(ParameterError, match="as_of: expected a time such as"):
        incident_metrics(open_bundle(still_open), as_of="soon")


def test_a_runbook_that_leaves_out_a_duration_says_so(still_open: Path) -> None:
    """The eight names are always there; one that the runbook's default clock lacks does not apply."""
    shipped = load_runbook()
    clocks = {
        "default": {"time_to_resolution": ("started_at", "resolved_at"), "time_to_close": ("started_at", "closed_at")}
    }
    runbook = shipped.model_copy(update={"clocks": clocks})
    found = incident_metrics(open_bundle(still_open, runbook=runbook))
    assert tuple(found) == (*METRICS, "time_to_close")
    assert found["time_to_engage"].status == "not_applicable"
    assert found["time_to_engage"].reason == "the runbook's clock default does not define it"
