"""Every part of a record is read whole, refused with its name, or kept as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

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


@pytest.mark.parametrize(
    ("written", "count"),
    [
        *(("15000", 15000), ("15,000", 15000), ("15 000", 15000), ("15k", 15000), ("1.5k", 1500), ("1.25M", 1250000)),
        *(("15000.0", 15000), ("15_000", 15000), ("0", 0), ("1,234,567", 1234567), ("~", None), ("' 7 '", 7)),
    ],
)
def test_a_count_is_a_whole_number(read: Read, written: str, count: int | None) -> None:
    """Zero is a number of users; nothing is unknown."""
    assert read(f"{HEAD}impact:\n  users_affected: {written}\n").impact.users_affected == count


@pytest.mark.parametrize(
    "written", ["15.000", "many", "~15000", "-5", "1.5", "1,5", "15,00", "15%", "true", "[1]", "9e3"]
)
def test_what_is_no_count_is_refused(read: Read, written: str) -> None:
    """15.000 is fifteen to some and fifteen thousand to others."""
    message = refusal(read, f"{HEAD}impact:\n  users_affected: {written}\n")
    assert message.startswith("record.yaml:6: impact.users_affected: expected a whole number such as 15000, found '")


@pytest.mark.parametrize("value", [True, 1.5, -1, "", [], {}, 10**16, 1e300])
def test_what_is_no_count_in_json_is_refused(read: Read, value: object) -> None:
    """A true statement is not one user."""
    text = json.dumps({"id": "INC-1", "impact": {"users_affected": value}})
    assert "impact.users_affected: expected a whole number such as 15000" in refusal(read, text, ".json")


@pytest.mark.parametrize(
    ("written", "amount", "currency", "doubts"),
    [
        ("$45000", "45000", "USD", []),
        ("45,000", "45000", "", [("currency-unknown", "45,000")]),
        ("45k", "45000", "", [("currency-unknown", "45k")]),
        ("EUR 45.000,50", "45000.50", "EUR", []),
        ("USD 45000", "45000", "USD", []),
        ("{amount: 45000, currency: EUR}", "45000", "EUR", []),
        ("{amount: 0, currency: EUR}", "0", "EUR", []),
    ],
)
def test_lost_revenue_is_exact(read: Read, written: str, amount: str, currency: str, doubts: list[object]) -> None:
    """The table of S44; an amount without a currency is doubtful."""
    incident = read(f"{HEAD}impact:\n  revenue_lost: {written}\n")
    money = incident.impact.revenue_lost
    assert money is not None
    assert (money.amount, money.currency) == (Decimal(amount), currency)
    assert rules(incident) == doubts


def test_money_that_means_two_amounts_is_refused_with_both(read: Read) -> None:
    """The line that CONVENTIONS gives as its example, and an ambiguous one."""
    assert refusal(read, f"{HEAD}impact:\n  revenue_lost: 45 thousand\n") == (
        "record.yaml:6: impact.revenue_lost: expected an amount such as $45000, 45k or EUR 45.000,50, "
        "found '45 thousand'"
    )
    assert refusal(read, f"{HEAD}impact:\n  revenue_lost: 45.000\n") == (
        "record.yaml:6: impact.revenue_lost: expected 45000 or 45.00 ('45.000' can mean both), found '45.000'"
    )


@pytest.mark.parametrize("written", ["[5]", "{min: 5, max: 6}", "{}"])
def test_money_of_another_shape_is_refused(read: Read, written: str) -> None:
    """A range of money is not read yet."""
    assert "impact.revenue_lost: expected an amount" in refusal(read, f"{HEAD}impact:\n  revenue_lost: {written}\n")


@pytest.mark.parametrize(("written", "minutes"), [("90", 90.0), ("90.5", 90.5), ("0", 0.0), ("~", None)])
def test_a_declared_duration_is_a_number_of_minutes(read: Read, written: str, minutes: float | None) -> None:
    """As declared; whether it is right, a rule says."""
    assert read(f"{HEAD}impact:\n  duration_minutes: {written}\n").impact.duration_minutes == minutes


@pytest.mark.parametrize("written", ["ninety", "1h30", "nan", "inf", "1e400", "9" * 400, "[90]"])
def test_what_is_no_number_of_minutes_is_refused(read: Read, written: str) -> None:
    """An hour and a half is 90."""
    assert "impact.duration_minutes: expected minutes such as 90" in refusal(
        read, f"{HEAD}impact:\n  duration_minutes: {written}\n"
    )


def test_percentages_may_carry_their_sign(read: Read) -> None:
    """50 % and 50 are the same."""
    impact = read(f"{HEAD}impact:\n  degradation_percent: 50 %\n  users_percent: 9.5\n").impact
    assert (impact.degradation_percent, impact.users_percent) == (50.0, 9.5)


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


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        (
            "\n- {role: IC, person: Jane Smith, assigned_at: 14:18}\n- {role: tech lead, name: John Doe}",
            [("Incident Commander", "Jane Smith", "14:18"), ("Technical Lead", "John Doe", None)],
        ),
        (
            "\n  incident_commander: Jane Smith\n  scribe: {person: Ann, at: 14:20}\n  dba: ~",
            [("Incident Commander", "Jane Smith", None), ("Scribe", "Ann", "14:20"), ("dba", None, None)],
        ),
    ],
)
def test_roles_are_a_list_or_a_mapping(
    read: Read, written: str, roles: list[tuple[str, str | None, str | None]]
) -> None:
    """Under the runbook's names."""
    assert [
        (role.role, role.person, role.assigned_at.earliest.strftime("%H:%M") if role.assigned_at else None)
        for role in read(f"{HEAD}roles: {written}\n").roles
    ] == roles


def test_updates_keep_what_they_promised(read: Read) -> None:
    """The next update is placed after the update that promises it."""
    incident = read(
        f"{HEAD}updates:\n- {{time: 14:30, status: Looking, impact: All, actions: Asking, next_update: 14:45, "
        "actor: Ann}\n"
        "- {at: 15:40, status: Done}\n"
    )
    first, second = incident.updates
    assert first.next_update_at is not None
    assert (first.status, first.impact, first.actions, first.actor) == ("Looking", "All", "Asking", "Ann")
    assert (first.at.earliest.minute, first.next_update_at.earliest.minute) == (30, 45)
    assert (second.at.earliest.strftime("%H:%M"), second.status, second.next_update_at) == ("15:40", "Done", None)


def test_an_entry_that_names_its_kind_is_of_that_kind(read: Read) -> None:
    """Its words do not matter then; several kinds may be named."""
    text = "timeline:\n- {time: 14:20, event: Alert triggered, kind: Status-Page Updated}\n"
    text += "- {at: 14:30, text: Alert triggered, kinds: [paged, escalated]}\n"
    first, second = read(HEAD + text).timeline
    assert (first.kinds, second.kinds) == (("status_page_updated",), ("paged", "escalated"))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{time: 14:20}", "record.yaml:6: timeline.0.event: expected what happened, found 'a mapping of time'"),
        (
            "{event: IC assigned}",
            "record.yaml:6: timeline.0.time: expected when it happened, such as 14:15, found 'a mapping of event'",
        ),
        ("IC assigned at 14:18", "record.yaml:6: timeline.0: expected keys and values, found 'IC assigned at 14:18'"),
        ("{time: 14:20, event: [a]}", "record.yaml:6: timeline.0.event: expected a text, found 'a list of 1'"),
    ],
)
def test_an_entry_without_time_or_words_is_refused(read: Read, entry: str, message: str) -> None:
    """Nothing is dropped in silence."""
    assert refusal(read, f"{HEAD}timeline:\n- {entry}\n").startswith(message)


def test_action_items_are_sentences_or_mappings(read: Read) -> None:
    """A due date that is none is doubtful, as people write 'next sprint'."""
    incident = read(
        f"{HEAD}action_items:\n- Update runbook\n- {{text: Add an alert, owner: ops, due: 2024-02-01, ticket: OPS-7, "
        "kind: detect, status: closed, closed_at: 2024-01-20T10:00Z, size: 3}\n- {title: Scale, due: next sprint}\n"
    )
    first, second, third = incident.action_items
    assert (first.text, first.owner, first.due) == ("Update runbook", None, None)
    assert (second.owner, second.due, second.ticket, second.kind) == ("ops", date(2024, 2, 1), "OPS-7", "detect")
    assert second.closed_at is not None
    assert (second.status, second.closed_at.earliest.day, second.model_extra) == ("closed", 20, {"size": "3"})
    assert (third.text, third.due, rules(incident)) == ("Scale", None, [("date-unreadable", "next sprint")])


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


def test_all_problems_of_a_record_are_kept_and_counted(read: Read) -> None:
    """The first is told."""
    with pytest.raises(RecordError) as refused:
        read("id: INC-1\nseverity: SEV9\nstarted_at: soon\nimpact:\n  users_affected: many\n")
    assert str(refused.value).endswith("; and 2 more, which 'incident check' lists")
    assert [problem.message for problem in refused.value.problems] == [
        "severity",
        "started_at",
        "impact.users_affected",
    ]


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


def test_a_second_word_for_a_key_is_kept_too(read: Read) -> None:
    """`time` is read before `at`, `event` before `text`; the other one is unknown then."""
    (entry,) = read(f"{HEAD}timeline:\n- {{time: 14:20, at: 14:30, event: a, text: b}}\n").timeline
    assert (entry.at.text, entry.event, entry.model_extra) == ("14:20", "a", {"at": "14:30", "text": "b"})


def test_a_record_dumps_the_unknown_keys_again(read: Read) -> None:
    """So that nothing is lost when it is written in another form."""
    dumped = read(f"{HEAD}team: [a, b]\nread_from: theirs\n").model_dump(mode="python", exclude_none=True)
    assert (dumped["team"], dumped["read_from"]) == (["a", "b"], "theirs")
