"""The runbook is data, checked where it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.errors import RunbookError
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.shipped import shipped

SEVERITIES = """\
severities:
  SEV1:
    name: critical
    response: {text: soon, under_minutes: 5}
    escalation: {text: now, within_minutes: 5}
    call_by: page
"""
SMALL = f"name: Ours\n{SEVERITIES}clocks:\n  default:\n    time_to_detection: [started_at, detected_at]\n"


def load(folder: Path, text: str) -> Runbook:
    """The runbook of a text."""
    file = folder / "runbook.yaml"
    file.write_text(text)
    return load_runbook(file)


def refusal(folder: Path, text: str) -> str:
    """What is said of a runbook that cannot be followed, from its file's name on."""
    with pytest.raises(RunbookError) as refused:
        load(folder, text)
    return str(refused.value).removeprefix(f"{folder}/")


def test_the_shipped_targets_are_the_runbooks(runbook: Runbook) -> None:
    """RUNBOOK.md, Incident Severity Levels and Status Updates."""
    assert {
        name: (each.response.under_minutes, each.escalation.within_minutes, each.call_by, each.update_every_minutes)
        for name, each in runbook.severities.items()
    } == {
        "SEV1": (5, 5, "page", 15),
        "SEV2": (15, 30, "page", 30),
        "SEV3": (60, 120, "ticket", None),
        "SEV4": (None, None, "ticket", None),
    }
    assert runbook.severities["SEV4"].response.next_business_day


def test_the_shipped_criteria_are_the_runbooks(runbook: Runbook) -> None:
    """RUNBOOK.md, word for word."""
    assert runbook.severities["SEV1"].criteria == (
        "Complete service outage",
        "Data loss or corruption",
        "Security breach",
        "Payment system failure",
    )
    assert runbook.severities["SEV3"].criteria[2] == "Non-critical errors affecting < 10% users"


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        *(("SEV1", "SEV1"), ("sev1", "SEV1"), ("sev-2", "SEV2"), (" P3 ", "SEV3")),
        ("SEV5", None),
        ("high", None),
        ("", None),
    ],
)
def test_a_severity_is_known_by_its_name_or_through_the_alias_map(
    runbook: Runbook, written: str, severity: str | None
) -> None:
    """In any case; the map is data."""
    assert runbook.severity_named(written) == severity


@pytest.mark.parametrize(
    ("written", "role"),
    [("IC", "Incident Commander"), ("tech lead", "Technical Lead"), ("Comms", "Communications Lead"), ("DBA", "DBA")],
)
def test_a_role_has_one_name(runbook: Runbook, written: str, role: str) -> None:
    """One that the runbook does not know keeps its own."""
    assert runbook.role_named(written) == role


@pytest.mark.parametrize(
    ("event", "kinds"),
    [
        ("Alert triggered", ("detected",)),
        ("IC assigned", ("commander_assigned",)),
        ("Root cause identified", ("diagnosed",)),
        ("Rolled back the deploy", ("rolled_back",)),
        ("Incident is not resolved yet", ()),
        ("Incident resolved", ("resolved",)),
        ("Lunch", ()),
    ],
)
def test_the_words_of_an_entry_tell_its_kinds(runbook: Runbook, event: str, kinds: tuple[str, ...]) -> None:
    """The first three are the template's."""
    assert tuple(kind for kind in runbook.kinds_told(event) if kind != "deployed") == kinds


def test_a_small_runbook_of_ones_own_is_enough(tmp_path: Path) -> None:
    """The rest has defaults."""
    own = load(tmp_path, SMALL)
    assert (own.name, list(own.severities), own.silence_minutes) == ("Ours", ["SEV1"], 30)


def test_a_runbook_that_was_edited_is_read_again(tmp_path: Path) -> None:
    """In JupyterLab the process lives on."""
    assert load(tmp_path, SMALL).name == "Ours"
    assert load(tmp_path, SMALL.replace("Ours", "Theirs")).name == "Theirs"


def test_a_relative_path_is_that_of_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workspaces have one each."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "runbook.yaml").write_text(SMALL.replace("Ours", name))
        monkeypatch.chdir(tmp_path / name)
        assert load_runbook(Path("runbook.yaml")).name == name


REFUSED = {
    "misspelt key": (
        SMALL.replace("call_by", "cal_by"),
        (
            "runbook.yaml:7: severities.SEV1.cal_by: there is no such key (and 1 more): found 'page'; "
            "did you mean 'call_by'?"
        ),
    ),
    "misspelt key at the top": (
        f"{SMALL}silence_minute: 5\n",
        "runbook.yaml:11: silence_minute: there is no such key: found '5'; did you mean 'silence_minutes'?",
    ),
    "no number": (
        SMALL.replace("under_minutes: 5", "under_minutes: five"),
        (
            "runbook.yaml:5: severities.SEV1.response.under_minutes: input should be a valid number, "
            "unable to parse string as a number: found 'five'"
        ),
    ),
    "no choice": (
        SMALL.replace("call_by: page", "call_by: horn"),
        "runbook.yaml:7: severities.SEV1.call_by: expected one of page, ticket: found 'horn'",
    ),
    "no severities": (
        "name: Ours\nseverities: {}\nclocks: {default: {}}\n",
        "runbook.yaml:2: severities: dictionary should have at least 1 item after validation, not 0",
    ),
    "no default clock": (SMALL.replace("default:", "other:"), "runbook.yaml:1: clocks.default is missing"),
    "unknown milestone": (
        SMALL.replace("detected_at]", "noticed_at]"),
        (
            "runbook.yaml:10: clocks.default.time_to_detection.1: expected one of started_at, detected_at, "
            "declared_at, acknowledged_at, engaged_at, diagnosed_at, mitigated_at, resolved_at, "
            "closed_at, postmortem_at, deployed_at: found 'noticed_at'; did you mean 'detected_at'?"
        ),
    ),
    "alias of nothing": (
        f"{SMALL}severity_aliases: {{P9: SEV9}}\n",
        "runbook.yaml:1: severity_aliases.P9: 'SEV9' is none of SEV1",
    ),
    "zone of nothing": (
        f"{SMALL}zones: {{EST: late}}\n",
        "runbook.yaml:1: zones.EST: 'late' is no offset or zone name",
    ),
    "own zone of nothing": (
        f"{SMALL}zone: EST\n",
        "runbook.yaml:1: zone: 'EST' is no offset, zone name or key of zones",
    ),
    "no regular expression": (
        f"{SMALL}events:\n  detected: {{words: ['(']}}\n",
        (
            "runbook.yaml:12: events.detected.words.0: '(' is not a regular expression: "
            "missing ), unterminated subpattern at position 0: found '('"
        ),
    ),
    "newer": (
        f"schema_version: 2\n{SMALL}",
        "runbook.yaml:1: schema_version: expected one of 1: found '2'",
    ),
    "duplicate key": (f"{SMALL}name: Again\n", "runbook.yaml:11: the key 'name' stands twice, first on line 1"),
    "list": ("- a\n", "runbook.yaml: this is not a runbook: expected one mapping of keys"),
    "empty": ("", "runbook.yaml: this is not a runbook: expected one mapping of keys"),
    "two documents": (f"{SMALL}---\n{SMALL}", "runbook.yaml: this is not a runbook: expected one mapping of keys"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_runbook_that_cannot_be_followed_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    """With file, line, key, and the nearest right answer."""
    assert refusal(tmp_path, text) == message


def test_a_missing_runbook_and_a_folder_are_one_line(tmp_path: Path) -> None:
    """With what the system says."""
    with pytest.raises(RunbookError, match="there is no such runbook: found 'No such file or directory'"):
        load_runbook(tmp_path / "none.yaml")
    with pytest.raises(RunbookError, match="there is no such runbook: found 'Is a directory'"):
        load_runbook(tmp_path)


def test_the_shipped_runbook_read_from_a_copy_is_the_same(tmp_path: Path, runbook: Runbook) -> None:
    """A user begins with a copy."""
    assert load(tmp_path, shipped("runbook.yaml").read_text()) == runbook
