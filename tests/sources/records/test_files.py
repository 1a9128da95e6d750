"""Every record of a file is found, whatever the file's form; what is no record is one clear line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.errors import RecordError, SourceError
from incident_analytics.model.incident import Incident
from incident_analytics.sources.records import read_raw_records, read_records

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook

ReadAll = Callable[..., list[Incident]]
ONE = {"id": "INC-1", "severity": "SEV1"}
TWO = {"id": "INC-2", "severity": "SEV2"}


def ids(incidents: list[Incident]) -> list[str]:
    """The ids, in order."""
    return [incident.id for incident in incidents]


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        ("id: INC-1\n---\nincident:\n  id: INC-2\n", ".yaml"),
        ("- id: INC-1\n- incident:\n    id: INC-2\n", ".yml"),
        ("incidents:\n- id: INC-1\n- id: INC-2\n", ".yaml"),
        ("{incidents: [{id: INC-1}, {id: INC-2}]}", ".yaml"),
        (json.dumps([ONE, TWO]), ".json"),
        (json.dumps([ONE, {"incident": TWO}], indent=2), ".json"),
        (json.dumps({"incidents": [ONE, TWO], "limit": 25}), ".json"),
        (json.dumps({"data": [ONE, TWO]}), ".json"),
        (json.dumps(ONE) + "\n\n" + json.dumps({"incident": TWO}) + "\n", ".ndjson"),
        (json.dumps(ONE) + "\r\n" + json.dumps(TWO), ".jsonl"),
        (json.dumps(ONE) + "\n" + json.dumps(TWO) + "\n", ".json"),
        (json.dumps([ONE, TWO]), ".yaml"),
    ],
)
def test_all_records_of_a_file_are_read_in_order(read_all: ReadAll, content: str, suffix: str) -> None:
    """Documents, lists and lines, each with or without the wrapper."""
    assert ids(read_all(content, suffix)) == ["INC-1", "INC-2"]


def test_json_spells_characters_that_yaml_does_not_know(read: Callable[..., Incident]) -> None:
    """A pair of escapes for one character, in a file somebody called .yaml."""
    assert read('{"id": "INC-1", "title": "\\ud83d\\ude00 \\/"}').title == "😀 /"


@pytest.mark.parametrize("key", ["data", "records"])
def test_a_record_may_use_a_lists_name_for_something_of_its_own(read: Callable[..., Incident], key: str) -> None:
    """A mapping with an id is a record."""
    incident = read(f"id: INC-1\n{key}:\n- one\n")
    assert (incident.id, incident.model_extra) == ("INC-1", {key: ["one"]})


def test_keys_beside_the_wrapper_are_read_as_part_of_the_record(read: Callable[..., Incident]) -> None:
    """A list that lost its indent is still the incident's; a finding tells it."""
    incident = read(
        "incident:\n  id: INC-1\n  severity: SEV1\n  started_at: 2024-01-15T14:15:00Z\n"
        "timeline:\n- time: 14:18\n  event: IC assigned\nseen_by: ops\n"
    )
    assert [(entry.event, str(entry.read_from)) for entry in incident.timeline] == [("IC assigned", "record.yaml:6")]
    assert incident.model_extra == {"seen_by": "ops"}
    assert [(finding.rule, finding.level, str(finding.where)) for finding in incident.reading_findings] == [
        ("beside-the-record", "info", "record.yaml:5")
    ]


def test_a_key_inside_and_beside_the_wrapper_is_the_one_inside(read: Callable[..., Incident]) -> None:
    """An envelope may have an id of its own; a finding tells it."""
    incident = read("id: request-7\nincident:\n  id: INC-1\n  severity: SEV1\n")
    assert incident.id == "INC-1"
    assert [(finding.rule, finding.level, str(finding.where)) for finding in incident.reading_findings] == [
        ("beside-the-record", "warning", "record.yaml:1")
    ]


def test_lines_of_json_and_of_a_json_list_are_known(read_all: ReadAll) -> None:
    """So that a receipt can open them."""
    assert (
        str(read_all(json.dumps(ONE) + "\n" + json.dumps(TWO), ".ndjson")[1].fields_read_from["id"])
        == "record.ndjson:2"
    )
    pretty = json.dumps([ONE, TWO], indent=1)
    assert str(read_all(pretty, ".json")[1].fields_read_from["severity"]) == "record.json:8"


def test_not_a_number_is_nothing(read: Callable[..., Incident]) -> None:
    """Python's json writes NaN for a missing number; it is neither an error nor 0."""
    assert read('{"id": "INC-1", "impact": {"users_affected": NaN}}', ".json").impact.users_affected is None


def test_brackets_in_texts_are_no_nesting(read: Callable[..., Incident]) -> None:
    """People paste log lines into titles."""
    assert read(json.dumps({"id": "INC-1", "title": "[" * 200}), ".json").title == "[" * 200


def nested(levels: int) -> str:
    """A JSON list in a list in a list."""
    return "[" * levels + "]" * levels


REFUSED: dict[str, tuple[str | bytes, str, str]] = {
    "empty yaml": ("", ".yaml", "f.yaml: there is no incident record in this file: expected at least an id"),
    "empty json": ("", ".json", "f.json: there is no incident record in this file: expected at least an id"),
    "empty ndjson": ("\n\n", ".ndjson", "f.ndjson: there is no incident record in this file: expected at least an id"),
    "empty list": ("[]", ".json", "f.json: there is no incident record in this file: expected at least an id"),
    "no records": (
        "incidents: []",
        ".yaml",
        "f.yaml: there is no incident record in this file: expected at least an id",
    ),
    "text": ("hello", ".yaml", "f.yaml:1: this is not a record: expected keys such as id and severity, found 'hello'"),
    "number": ("7", ".json", "f.json:1: this is not a record: expected keys such as id and severity, found '7'"),
    "list of texts": (
        "- a\n- b",
        ".yaml",
        "f.yaml:1: this is not a record: expected keys such as id and severity, found 'a'",
    ),
    "list of lists": (
        "[[1]]",
        ".json",
        "f.json:1: this is not a record: expected keys such as id and severity, found 'a list'",
    ),
    "not json": ('{"id": }', ".json", "f.json:1: this is not JSON (Expecting value)"),
    "not json on line 3": ('{\n"id":\n}', ".json", "f.json:3: this is not JSON (Expecting value)"),
    "bad line": ('{"id": "INC-1"}\n{"id"\n', ".ndjson", "f.ndjson:2: this is not JSON (Expecting ':' delimiter)"),
    "duplicate key": ('{"id": "a", "id": "b"}', ".json", "f.json:1: the key 'id' stands twice"),
    "64 too deep": (nested(65), ".json", "f.json:1: the text nests too deep: expected at most 64 levels"),
    "10,000 deep": (nested(10_000), ".json", "f.json:1: the text nests too deep: expected at most 64 levels"),
    "100,000 brackets": ("[" * 100_000, ".json", "f.json:1: the text nests too deep: expected at most 64 levels"),
    "deep line": (
        f'{{"id": {nested(100)}}}',
        ".ndjson",
        "f.ndjson:1: the text nests too deep: expected at most 64 levels",
    ),
    "escaped NUL": (
        '{"id": "a\\u0000"}',
        ".json",
        "f.json:1: this is not text: expected printable characters, found '\\x00'",
    ),
    "half a character": (
        '{"id": "\\ud800"}',
        ".json",
        "f.json:1: this is not text: expected printable characters, found '\\ud800'",
    ),
    "escaped key": (
        '{"\\u001b": 1}',
        ".json",
        "f.json:1: this is not text: expected printable characters, found '\\x1b'",
    ),
    "gzip": (b"\x1f\x8b\x08\x00", ".json", "f.json:1: this is not text: expected UTF-8, found '\\x8b'"),
    "2 MiB of yaml": (
        f"id: {'x' * 2 * 1024 * 1024}",
        ".yaml",
        "f.yaml: the file is too large for a record: expected at most 1 MiB; logs and metrics belong under evidence/",
    ),
    "2 MiB on a line": (
        json.dumps({"id": "x" * 2 * 1024 * 1024}),
        ".ndjson",
        "f.ndjson:1: the record is too large: expected at most 1 MiB",
    ),
}


@pytest.mark.parametrize(("content", "suffix", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_record_is_one_clear_line(tmp_path: Path, content: str | bytes, suffix: str, message: str) -> None:
    """With file and line."""
    file = tmp_path / f"f{suffix}"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RecordError) as refused:
        read_raw_records(file, where=file.name)
    assert str(refused.value) == message


def test_a_history_larger_than_a_record_is_read(read_all: ReadAll) -> None:
    """5,000 incidents of half a kilobyte each, 2.5 MB: the limit is one of a record."""
    lines = "\n".join(json.dumps({"id": f"INC-{n}", "severity": "SEV1", "note": "x" * 450}) for n in range(5000))
    assert len(lines) > 2_000_000
    assert len(read_all(lines, ".ndjson")) == 5000


def test_a_missing_file_is_one_clear_line(tmp_path: Path, runbook: Runbook) -> None:
    """With what the system says."""
    with pytest.raises(SourceError, match=r"^none\.yaml: this file cannot be read: found 'No such file or directory'$"):
        read_records(tmp_path / "none.yaml", runbook)


def test_a_huge_number_of_distinct_keys_is_read_in_time(read: Callable[..., Incident]) -> None:
    """Fifty thousand keys and one that stands twice."""
    keys: dict[str, Any] = {f"key{n}": n for n in range(50_000)}
    text = json.dumps({"id": "INC-1", **keys})
    assert len(read(text, ".json").model_extra or {}) == 50_000
    with pytest.raises(RecordError, match="the key 'key0' stands twice"):
        read(text[:-1] + ', "key0": 1}', ".json")


def test_a_number_of_five_thousand_digits_is_kept_as_text(read: Callable[..., Incident]) -> None:
    """Python refuses to make an integer of it; as a count it is refused with its name."""
    digits = "9" * 5000
    assert read(f'{{"id": "INC-1", "ref": {digits}}}', ".json").model_extra == {"ref": digits}
    with pytest.raises(RecordError, match=r"impact\.users_affected: expected a whole number such as 15000"):
        read(f'{{"id": "INC-1", "impact": {{"users_affected": {digits}}}}}', ".json")
