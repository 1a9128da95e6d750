"""The path through the flow is that of the record: what it tells is taken, what it does not tell is not made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.errors import RunbookError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.post_mortem import post_mortem
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "tests" / "data" / "records" / "runbook_template.yaml"


def ways(path: Path) -> dict[str, str]:
    """Each step's way by its title."""
    flow = post_mortem(open_bundle(path)).flow
    return {step.title: step.way for row in flow for step in row}


def test_the_sample_incident_took_the_way_of_a_page_and_a_fix_forward() -> None:
    """Ten of the eleven steps are told; the post-mortem is not due yet."""
    flow = post_mortem(open_bundle(ROOT / "data" / "INC-2024-001")).flow
    told = {step.title: (step.way, step.at and f"{step.at:%H:%M:%S}", step.answer) for row in flow for step in row}
    assert told == {
        "Incident detected": ("taken", "14:15:00", ""),
        "Assess severity": ("taken", None, "SEV1"),
        "Page on-call": ("taken", "14:15:10", ""),
        "Create ticket": ("other_path", None, ""),
        "Incident Commander takes lead": ("taken", "14:18:00", ""),
        "Start incident channel": ("taken", "14:18:30", ""),
        "Diagnose issue": ("taken", "14:25:00", ""),
        "Can fix forward?": ("taken", "14:33:00", "yes: fix forward"),
        "Rollback": ("other_path", None, ""),
        "Deploy fix": ("taken", "14:40:00", ""),
        "Monitor": ("taken", "15:02:30", ""),
        "Incident resolved": ("taken", "15:45:00", ""),
        "Post-mortem": ("pending", None, ""),
    }


def test_the_runbook_template_evidences_few_steps() -> None:
    """Nobody wrote down a page, a channel or a kind of mitigation."""
    told = ways(TEMPLATE)
    assert told["Incident detected"] == told["Incident Commander takes lead"] == told["Incident resolved"] == "taken"
    assert told["Page on-call"] == "not_evidenced"
    assert told["Rollback"] == told["Deploy fix"] == "not_evidenced"


def test_a_low_severity_takes_the_way_of_a_ticket(tmp_path: Path) -> None:
    """Nobody is paged for SEV4; while it is open its end is pending."""
    record = tmp_path / "incident.yaml"
    record.write_text('id: INC-1\nseverity: SEV4\nstarted_at: "2024-01-15T10:00:00Z"\n')
    told = ways(record)
    assert (told["Page on-call"], told["Create ticket"]) == ("other_path", "not_evidenced")
    assert told["Incident resolved"] == "pending"


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("{title: Wave, rule: waving}", "names the unknown rule 'waving'"),
        ("{title: Wave, milestone: waved_at}", "names the unknown milestone 'waved_at'"),
        ("{title: Wave, rule: call, severities: [SEV9]}", "names the unknown severity 'SEV9'"),
        ("{title: Wave}", "'Wave' needs a milestone or a rule, or else a mitigation"),
        ("{title: Wave, rule: call, mitigation: rollback}", "'Wave' needs a milestone or a rule, or else a mitigation"),
    ],
)
def test_a_flow_that_cannot_be_followed_is_told(tmp_path: Path, step: str, message: str) -> None:
    """A user's own runbook names what is wrong with its flow."""
    shipped = (ROOT / "incident_analytics" / "runbook.yaml").read_text(encoding="utf-8")
    own = tmp_path / "runbook.yaml"
    own.write_text(shipped.replace("flow:\n", f"flow:\n  - [{step}]\n", 1), encoding="utf-8")
    with pytest.raises(RunbookError) as error:
        load_runbook(own)
    assert message in str(error.value)
