"""mapping.yaml: what it may say, and one line for whatever it may not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.sources.histories import load_mapping
from incident_analytics.sources.histories.mapping import DAY_FIRST, MONTH_FIRST, Mapping, PlainField, own_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.runbook import Runbook

WHOLE = """
name: Tickets
columns:
  Number: id
  Opened: [started_at, {field: detected_at, zone: Europe/Berlin}]
  Closed: {field: resolved_at, formats: "%d.%m.%Y %H:%M"}
zone: UTC
nulls: ["?", n/a]
severities: {Critical: SEV1}
statuses: {open: [New], closed: Done}
rows: {key: Number, last_by: Version}
filters:
  - {column: Type, keep_only: Incident}
  - {column: State, leave_out: [Canceled, Duplicate], reason: canceled}
currency: EUR
decimal_mark: ","
"""


def test_whole_mapping_is_read(write: Callable[..., Path], runbook: Runbook) -> None:
    """Every key, short and long forms."""
    mapping = load_mapping(write("mapping.yaml", WHOLE), runbook)
    assert mapping.key == ("Number",)
    assert mapping.columns_used == ("Number", "Opened", "Closed", "Version", "Type", "State")
    assert (mapping.column_of("detected_at"), mapping.column_of("acknowledged_at")) == ("Opened", "")
    assert [each.zone for each in mapping.columns["Opened"]] == [None, "Europe/Berlin"]
    assert mapping.date_formats == ("iso",)
    assert [each.told for each in mapping.filters] == ["Type is not Incident", "canceled"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns: {a: id}\nzoen: UTC", r"mapping.yaml:2: zoen: there is no such key.*did you mean 'zone'\?"),
        ("columns:\n  a: id\n  b: startedat", r"mapping.yaml:3: columns.b"),
        ("columns:\n  a: title", r"mapping.yaml.*one column must be the id"),
        ("columns: {a: id, b: id}", r"two columns are the field 'id'"),
        ("columns: {a: id}\nzone: EST", r"mapping.yaml:2: zone: 'EST' is no zone"),
        ("columns: {a: id}\nformats: ['%H:%M']", r"mapping.yaml:2: formats.0: '%H:%M' is no format of dates"),
        ("columns: {a: id}\nformats: ['%d/%Q/%Y']", r"is no format of dates"),
        (
            "columns: {a: id}\nseverities:\n  High: SEV9",
            r"mapping.yaml:3: severities.High.*expected SEV1.*found 'SEV9'",
        ),
        ("columns: {a: id}\nfilters: [{column: x}]", r"expected either leave_out or keep_only"),
        ("columns: {a: id}\nformats: iso\nday_first: true", r"day_first: formats say already"),
        ("columns: {a: id}\ncurrency: euro", r"mapping.yaml:2: currency"),
        ("columns: {a: id", r"this is not YAML"),
        ("- a\n- b", r"this is not a mapping"),
        ("", r"this is not a mapping"),
    ],
)
def test_what_cannot_be_followed_is_one_line(
    write: Callable[..., Path], runbook: Runbook, text: str, message: str
) -> None:
    """With its place, and the nearest right answer."""
    with pytest.raises(ParameterError, match=message):
        load_mapping(write("mapping.yaml", text), runbook)


def test_mapping_that_is_not_there_is_an_error(tmp_path: Path, runbook: Runbook) -> None:
    """The path is named."""
    with pytest.raises(ParameterError, match=r"nowhere.yaml: there is no such mapping"):
        load_mapping(tmp_path / "nowhere.yaml", runbook)


def test_day_first_and_month_first_are_formats() -> None:
    """The same separators and clocks, the other order."""
    assert {"%d/%m/%Y %H:%M", "%d.%m.%Y", "%d-%m-%Y %I:%M %p"} <= set(DAY_FIRST)
    assert {"%m/%d/%Y %H:%M", "%m.%d.%Y"} <= set(MONTH_FIRST)
    assert len(DAY_FIRST) == len(MONTH_FIRST) == 15


def test_table_with_our_own_names_needs_no_mapping() -> None:
    """Other columns are left alone; without an id it is no table of incidents."""
    mapping = own_columns(["id", "started_at", "Notes"])
    assert mapping is not None
    assert list(mapping.columns) == ["id", "started_at"]
    assert own_columns(["number", "started_at"]) is None


def test_mapping_of_the_document_is_one(write: Callable[..., Path], runbook: Runbook) -> None:
    """The example in docs/formats.md can be followed, and its table names every key and field."""
    document = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    section = document.partition("\n## Histories and mapping.yaml\n")[2].partition("\n## ")[0]
    mapping = load_mapping(write("mapping.yaml", section.partition("```yaml\n")[2].partition("```")[0]), runbook)
    assert (mapping.key, mapping.rows.last_by, mapping.decimal_mark) == (("Number",), "Version", ",")
    cells = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    assert set(Mapping.model_fields) - {"name", "schema_version"} <= named
    row = next(line for line in section.splitlines() if line.startswith("| `columns` |"))
    assert {f"`{name}`" for name in get_args(PlainField)} <= set(re.findall(r"`[^`]+`", row))
