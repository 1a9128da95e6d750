"""A record checked: everything doubtful and missing as findings."""

from __future__ import annotations

from pathlib import Path

from incident_analytics.reporting.record_check import check_json, record_check
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]
WHOLE = """\
id: INC-1
severity: SEV4
started_at: 2024-01-15T14:10:00Z
detected_at: 2024-01-15T14:15:00Z
action_items:
  - {text: Add an alert on the pool's waiting clients, owner: Jane Smith, due: 2024-02-01, ticket: OPS-1}
  - {text: Update runbook, status: closed}
"""


def test_action_items_that_can_be_tracked_are_no_findings(tmp_path: Path) -> None:
    """One has owner, date and ticket, the other is closed."""
    (tmp_path / "whole.yaml").write_text(WHOLE)
    check = record_check(open_bundle(tmp_path / "whole.yaml"))
    assert [finding for finding in check.findings if finding.rule == "action-item"] == []


def test_findings_come_worst_first() -> None:
    """Gaps, which are only worth knowing, come last."""
    check = record_check(open_bundle(ROOT / "tests/data/records/runbook_template.yaml"))
    levels = [finding.level for finding in check.findings]
    assert levels == sorted(levels, key=("error", "warning", "info").index)
    assert check.findings[-1].rule == "incomplete"


def test_what_is_missing_is_in_the_score_and_in_the_findings() -> None:
    """Each missing fact is one finding with its reason."""
    check = record_check(open_bundle(ROOT / "tests/data/records/runbook_template.yaml"))
    gaps = [finding.expected for finding in check.findings if finding.rule == "incomplete"]
    assert gaps == [fact for fact, _ in check.completeness.missing]
    assert "status updates" in gaps


def test_the_json_has_a_place_for_every_finding() -> None:
    """A finding without a place has null, not a missing key."""
    found = check_json(record_check(open_bundle(ROOT / "tests/data/records/runbook_template.yaml")))
    findings = found["findings"]
    assert isinstance(findings, list)
    assert all(set(one) == {"rule", "level", "message", "file", "line", "seen", "expected"} for one in findings)
