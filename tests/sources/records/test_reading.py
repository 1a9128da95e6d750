"""Every part of a record is read whole, refused with its name, or kept as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import Incident

Read = Callable[..., Incident]
HEAD = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


def refusal(read: Read, text: str, suffix: str = ".yaml") -> str:
    """What is said of a record that cannot be read."""
    with pytest.raises(RecordError) as refused:
        read(text, suffix)
    return str(refused.value)


def rules(incident: Incident) -> list[tuple[str, str]]:
    """The findings of the reading, each with what was seen."""
    return [(finding.rule, finding.seen) for finding in incident.reading_findings]


@pytest.mark.parametrize("identity", ["INC-2024-001", "INC-001", "PAGER/7 é", "12", "#4"])
def test_an_id_is_kept_as_it_is_written(read: Read, identity: str) -> None:
    """Imported ids too (S42)."""
    assert read(f'id: "{identity}"\nseverity: SEV1\n').id == identity


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("severity: SEV1\n", "record.yaml:1: id: expected an id such as INC-2024-001, found 'nothing'"),
        ("severity: SEV1\nid: ''\n", "record.yaml:2: id: expected an id such as INC-2024-001, found ''"),
        (
            "id: [a]\n",
            "record.yaml:1: id: expected a text, found 'a list of 1'; and 1 more, which 'incident check' lists",
        ),
    ],
)
def test_a_record_without_an_id_is_refused(read: Read, text: str, message: str) -> None:
    """An example says what would be right."""
    assert refusal(read, text) == message


def test_an_unknown_severity_names_the_allowed_ones(read: Read) -> None:
    """And where an alias can be added (S1)."""
    assert refusal(read, "id: INC-1\nseverity: SEV9\n") == (
        "record.yaml:2: severity: expected SEV1, SEV2, SEV3, SEV4, found 'SEV9'; "
        "an alias can be added to the runbook's severity_aliases"
    )


def test_an_alias_is_kept_as_written_beside_what_it_means(read: Read) -> None:
    """P1 is the shipped runbook's alias of SEV1."""
    incident = read("id: INC-1\nseverity: P1\n")
    assert (incident.severity, incident.severity_written) == ("SEV1", "P1")


def test_a_missing_severity_is_a_finding_and_none(read: Read) -> None:
    """Not the lowest, and not an error."""
    incident = read("id: INC-1\n")
    assert (incident.severity, rules(incident)) == (None, [("severity-missing", "")])


@pytest.mark.parametrize(
    ("written", "method", "doubts"),
    [
        ("monitoring_alert", "monitoring_alert", []),
        ("Monitoring Alert", "monitoring_alert", []),
        ("PagerDuty", "monitoring_alert", []),
        ("customer", "customer", []),
        ("{method: employee, ref: T-1}", "employee", []),
        ("a hunch", "unknown", [("detection-unknown", "a hunch")]),
        ("~", None, []),
    ],
)
def test_the_way_of_detection_is_one_of_the_runbooks(
    read: Read, written: str, method: str | None, doubts: list[tuple[str, str]]
) -> None:
    """Other words are kept beside `unknown` (S48)."""
    incident = read(f"id: INC-1\nseverity: SEV1\ndetected_by: {written}\n")
    assert (incident.detected_by, rules(incident)) == (method, doubts)


def test_a_mitigation_is_of_a_kind(read: Read) -> None:
    """Rollback or fix forward; a misspelt one names the nearest."""
    mitigation = read(f"{HEAD}mitigation: {{kind: Fix forward, at: 14:40, by: dba}}\n").mitigation
    assert mitigation is not None
    assert mitigation.at is not None
    assert (mitigation.kind, mitigation.at.earliest.minute, mitigation.model_extra) == (
        "fix_forward",
        40,
        {"by": "dba"},
    )
    assert refusal(read, f"{HEAD}mitigation: {{kind: roll back}}\n") == (
        "record.yaml:5: mitigation.kind: expected rollback or fix_forward, found 'roll back'; did you mean 'rollback'?"
    )


def test_a_mitigation_in_a_sentence_is_its_description(read: Read) -> None:
    """Its kind is not guessed."""
    mitigation = read(f"{HEAD}mitigation: Pool resized\n").mitigation
    assert mitigation is not None
    assert (mitigation.kind, mitigation.description) == (None, "Pool resized")


def test_severity_may_change_over_time(read: Read) -> None:
    """Each change has its instant."""
    text = "severity_changes:\n- {severity: SEV2, at: 14:15, why: small}\n- {severity: P1, at: 14:30}\n"
    changes = read(HEAD + text).severity_changes
    assert [(each.severity, each.at.earliest.minute) for each in changes] == [("SEV2", 15), ("SEV1", 30)]
    assert changes[0].model_extra == {"why": "small"}
    assert "severity_changes.0.at: expected since when, such as 14:30" in refusal(
        read, f"{HEAD}severity_changes:\n- {{severity: SEV2}}\n"
    )


def test_an_interval_of_impact_that_ends_before_it_begins_is_left_out_and_told(read: Read) -> None:
    """S50; the others are kept, the open one too."""
    text = "impact_intervals:\n- {from: 14:15, to: 14:40}\n- {from: 15:00, to: 2024-01-15T14:50Z}\n"
    text += "- {from: 15:10, note: x}\n"
    incident = read(HEAD + text)
    assert [
        (each.started_at.text, each.ended_at.text if each.ended_at else None, each.model_extra)
        for each in incident.impact_intervals
    ] == [("14:15", "14:40", {}), ("15:10", None, {"note": "x"})]
    (finding,) = incident.reading_findings
    assert (finding.rule, finding.level, str(finding.where)) == ("interval-invalid", "error", "record.yaml:7")


def test_services_are_a_list_or_one_name(read: Read) -> None:
    """Under either key."""
    assert read(f"{HEAD}services: [api, web]\n").services == ("api", "web")
    assert read(f"{HEAD}services: api\n").services == ("api",)
    incident = read(f"{HEAD}service: api\n")
    assert (incident.services, incident.model_extra) == (("api",), {})


def test_a_record_of_a_newer_schema_is_refused(read: Read) -> None:
    """What its keys mean is not known here."""
    assert refusal(read, "id: INC-1\nschema_version: 2\n") == (
        "record.yaml:2: schema_version: expected 1, found '2'; a newer incident_analytics may read it"
    )


@pytest.mark.parametrize(
    "key", ["places", "read_from", "model_config", "__class__", "is_open", "self", "kinds", "severity_written"]
)
def test_unknown_keys_are_kept_at_every_level(read: Read, key: str) -> None:
    """Even those named like something of ours; what was written is found again in `model_extra`."""
    extra = f"{key}: {{theirs: [1]}}"
    kept = {key: {"theirs": ["1"]}}
    incident = read(
        f"{HEAD}{extra}\nimpact: {{{extra}}}\nmitigation: {{{extra}}}\nroles:\n- {{role: IC, {extra}}}\n"
        f"updates:\n- {{time: 14:20, {extra}}}\naction_items:\n- {{text: a, {extra}}}\n"
        f"impact_intervals:\n- {{from: 14:20, {extra}}}\nseverity_changes:\n- {{severity: SEV2, at: 14:20, {extra}}}\n"
    )
    assert incident.mitigation is not None
    parts = [incident, incident.impact, incident.mitigation, *incident.roles, *incident.updates, *incident.action_items]
    parts += [*incident.impact_intervals, *incident.severity_changes]
    assert [part.model_extra for part in parts] == [kept] * 8
    assert str(incident.read_from) == "record.yaml:1"
    assert not incident.is_open


def test_a_record_dumps_the_unknown_keys_again(read: Read) -> None:
    """So that nothing is lost when it is written in another form."""
    dumped = read(f"{HEAD}team: [a, b]\nread_from: theirs\n").model_dump(mode="python", exclude_none=True)
    assert (dumped["team"], dumped["read_from"]) == (["a", "b"], "theirs")
