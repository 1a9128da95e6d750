"""docs/definitions.md and docs/columns.md beside the code they describe."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from incident_analytics import open_bundle
from incident_analytics.analysis.conformance import State
from incident_analytics.analysis.measurements import SIX
from incident_analytics.model.measurement import Status
from incident_analytics.model.runbook import load_runbook
from incident_analytics.reporting.incident_metrics import incident_metrics
from incident_analytics.reporting.measurement_json import METRICS
from incident_analytics.sources.histories import HISTORY_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    import polars as pl

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "incident_analytics"
DEFINITIONS = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
COLUMNS = (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")
# How the readers of files make a finding.
MAKERS = {"Finding", "_finding", "doubt"}
RULE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def part(title: str, text: str = DEFINITIONS) -> str:
    """What stands under a heading of level two."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables of a text that begins with code."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    """The script that writes the tables."""
    spec = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_those_of_the_runbook(tables: ModuleType) -> None:
    """Clocks, milestones, severities and rules stand in the document as the runbook has them now."""
    assert tables.with_tables(DEFINITIONS, load_runbook()) == DEFINITIONS, "run docs/tables.py"


def test_tables_need_their_place(tables: ModuleType) -> None:
    """A document that has lost a table's comment is refused, not silently left without it."""
    with pytest.raises(ValueError, match="has no place for the table 'severities'"):
        tables.with_tables("# Definitions\n", load_runbook())


def test_every_clock_names_its_source() -> None:
    """Below the table of clocks each has a row that says where it comes from."""
    sources = part("Named clocks").partition("<!-- end -->")[2]
    assert first_cells(sources) == list(load_runbook().clocks)


def test_every_metric_is_defined() -> None:
    """The metrics that commands print and pages show are the rows of the table."""
    metrics = part("Metrics").partition("\n### ")[0]
    assert first_cells(metrics) == list(METRICS)
    assert set(SIX) <= set(METRICS)


def test_every_metric_of_the_default_clock_is_written_with_its_anchors() -> None:
    """The formulas of durations are those of the default clock."""
    for metric, (start, end) in load_runbook().clocks["default"].items():
        assert f"| `{metric}` | `{end}` − `{start}` |" in DEFINITIONS


def test_every_status_and_state_is_defined() -> None:
    """No status of a number and no state of a rule is left to guess."""
    assert first_cells(part("Statuses")) == list(get_args(Status))
    states = re.findall(r"^\| ([a-z ]+) \|", part("Conformance").partition("<!--")[0], re.MULTILINE)
    assert states == [state.replace("_", " ") for state in get_args(State)[:3]] + [
        "pending",
        "manual",
        "not applicable",
    ]


def test_every_kind_of_judgement_is_defined() -> None:
    """Each way in which the runbook's rules are judged says what it needs."""
    table = part("Conformance").partition("| Judged by | Needs |")[2].partition("\n\n")[0]
    named = {name for cell in re.findall(r"^\| ([\w, ]+) \|", table, re.MULTILINE) for name in cell.split(", ")}
    assert named == {rule.check for rule in load_runbook().rules}


def constant_of(tree: ast.Module, name: str) -> str:
    """The text that a module gives to a constant."""
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    return next(
        str(node.value.value)
        for node in assigned
        if isinstance(node.value, ast.Constant) and getattr(node.targets[0], "id", "") == name
    )


def rules_of(file: Path) -> Iterator[str]:
    """The rule ids that a module gives to findings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        name = getattr(call.func, "attr", getattr(call.func, "id", "")) if isinstance(call, ast.Call) else ""
        if name not in MAKERS or not isinstance(call, ast.Call) or not call.args:
            continue
        rule = call.args[0]
        if isinstance(rule, ast.Constant):
            yield rule.value
        elif isinstance(rule, ast.Name) and rule.id.isupper():
            yield constant_of(tree, rule.id)
        elif any(isinstance(part, ast.Subscript) for part in ast.walk(rule)):
            continue  # a finding that is read back, not made
        elif isinstance(rule, ast.Call) or (isinstance(rule, ast.Name) and rule.id == "rule"):
            # The id comes from elsewhere in the module: a table, a condition, the caller.
            texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            yield from (text for text in texts if isinstance(text, str) and RULE.fullmatch(text))


def test_every_rule_of_a_finding_is_explained() -> None:
    """The table of findings has each rule id of the code, and none that is not there any more."""
    in_code = {rule for file in PACKAGE.rglob("*.py") for rule in rules_of(file)}
    assert sorted(first_cells(part("Findings"))) == sorted(in_code)


def test_users_of_the_sample_are_counted_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The document's example of a late start is the sample incident's own number."""
    monkeypatch.chdir(ROOT)
    users = incident_metrics(open_bundle("INC-2024-001", data=ROOT / "data"))["users_affected"]
    assert users.measured == 13561
    assert "the sample incident counts 13,561 users from 14:15, and 14,208" in DEFINITIONS
    assert "14,208 distinct users" in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def described(schema: Mapping[str, pl.DataType], tables: ModuleType) -> list[tuple[str, str]]:
    """A frame's columns with their types as the document writes them."""
    return [(name, tables.type_words(dtype)) for name, dtype in schema.items()]


def written(title: str) -> list[tuple[str, str]]:
    """A frame's columns with their types as they stand in the document."""
    return re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", part(title, COLUMNS), re.MULTILINE)


def test_columns_are_those_of_the_frames(tables: ModuleType) -> None:
    """Names, types and order of the columns stand in the document as the frames have them."""
    assert tables.with_columns(COLUMNS) == COLUMNS, "run docs/tables.py"
    assert re.findall(r"^## (.+)$", COLUMNS, re.MULTILINE) == list(tables.FRAMES)


def test_a_frames_rows_are_written_again(tables: ModuleType) -> None:
    """What a person wrote of a column stays beside its type; a column that is gone goes."""
    row = '| `at` | Datetime("us", "UTC") | when; where it is a range, the earliest |\n'
    assert row in COLUMNS
    changed = COLUMNS.replace(row, "| `at` | | when; where it is a range, the earliest |\n| `gone` | Int8 | old |\n")
    assert tables.with_columns(changed) == COLUMNS


def test_a_column_without_a_meaning_is_refused(tables: ModuleType) -> None:
    """Nobody else can say what it means."""
    lacking = re.sub(r"^\| `opened_from` .*\n", "", COLUMNS, flags=re.MULTILINE)
    with pytest.raises(ValueError, match="does not say what `action_items_frame` means by 'opened_from'"):
        tables.with_columns(lacking)
    with pytest.raises(ValueError, match=r"has no table for `bundle\.logs`"):
        tables.with_columns("# Columns\n")


def test_columns_of_milestones_are_written_once_for_all_of_them(tables: ModuleType) -> None:
    """The last table of incidents gives the three columns of each milestone."""
    patterns = [
        (f"started_at{name.removeprefix('<milestone>')}", dtype) for name, dtype in written("`incidents_frame`")[-3:]
    ]
    columns = described(HISTORY_SCHEMA, tables)
    assert patterns == [column for column in columns if column[0].startswith("started_at")]
    assert [name for name in HISTORY_SCHEMA if name.endswith("_at")] == list(load_runbook().milestones)
