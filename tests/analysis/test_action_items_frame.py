"""The frame of action items tells what was promised, since when, and what became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from incident_analytics import action_items_frame, load_incidents, open_bundle
from incident_analytics.analysis.action_items_frame import ACTION_ITEM_SCHEMA

DATA = Path(__file__).resolve().parents[2] / "data"
ITEM = "action_items: [{text: Size the pool, status: Done}, {text: Test it, closed_at: 2024-01-20T10:00Z}]\n"


def items(tmp_path: Path, text: str) -> pl.DataFrame:
    """The items of a record's text."""
    file = tmp_path / "incident.yaml"
    file.write_text(text, encoding="utf-8")
    return action_items_frame([open_bundle(file)])


def test_the_sample_history_has_its_items() -> None:
    """216, of which 188 are closed, 61 after they were due; 23 of the others are overdue (data/README.md)."""
    frame = action_items_frame(load_incidents(DATA / "history" / "incidents.ndjson", catalog=None))
    assert dict(frame.schema) == ACTION_ITEM_SCHEMA
    is_late, is_overdue = pl.col("closed_at").dt.date() > pl.col("due"), pl.col("due") < date(2024, 1, 1)
    counted = frame.select(pl.len(), pl.col("is_closed").sum(), late=is_late.sum())
    assert counted.row(0) == (216, 188, 61)
    assert frame.filter(~pl.col("is_closed") & is_overdue).height == 23
    assert frame.row(0, named=True) == {
        "incident_id": "INC-2022-004",
        "number": 1,
        "text": "Put a circuit breaker before the provider of checkout-api",
        "owner": "payments on-call",
        "due": date(2022, 4, 13),
        "ticket": None,
        "kind": "detect",
        "status": "done",
        "is_closed": True,
        "closed_at": datetime(2022, 8, 2, 22, 33, 33, tzinfo=UTC),
        "opened_at": datetime(2022, 1, 12, 15, 46, 35, tzinfo=UTC),
        "opened_from": "resolution",
        "service": "checkout-api",
        "team": "payments",
        "severity": "SEV2",
        "cause": "third_party",
        "hints": None,
        "file": "incidents.ndjson",
        "line": 4,
    }


def test_the_samples_items_lack_what_the_lint_says() -> None:
    """The runbook's template gives texts alone."""
    frame = action_items_frame([open_bundle(DATA / "INC-2024-001")])
    assert frame["number"].to_list() == [1, 2, 3]
    assert frame["hints"][2] == "no owner, no due date, no ticket, vague: which part?"
    assert frame["is_closed"].to_list() == [False, False, False]
    assert_frame_equal(frame, action_items_frame(load_incidents(DATA / "INC-2024-001", catalog=None)))


@pytest.mark.parametrize(
    ("times", "opened", "said"),
    [
        ("resolved_at: 2024-01-15T15:45Z\npostmortem_at: 2024-01-17T10:00Z\n", "2024-01-15 15:45", "resolution"),
        ("started_at: 2024-01-15T14:10Z\npostmortem_at: 2024-01-17T10:00Z\n", "2024-01-17 10:00", "post-mortem"),
        ("started_at: 2024-01-15T14:10Z\n", "2024-01-15 14:10", "beginning"),
        ("declared_at: 2024-01-15T14:20Z\n", "2024-01-15 14:20", "beginning"),
        ("", None, None),
    ],
)
def test_an_item_is_open_since_the_resolution_or_the_next_best(
    tmp_path: Path, times: str, opened: str | None, said: str | None
) -> None:
    """The post-mortem, then the beginning; unknown where nothing has a time."""
    row = items(tmp_path, f"id: X\n{times}{ITEM}").row(0, named=True)
    assert (f"{row['opened_at']:%Y-%m-%d %H:%M}" if row["opened_at"] else None, row["opened_from"]) == (opened, said)


def test_an_item_is_closed_by_its_status_or_its_time(tmp_path: Path) -> None:
    """A status alone gives no time."""
    frame = items(tmp_path, f"id: X\n{ITEM}")
    assert frame["is_closed"].to_list() == [True, True]
    assert frame["closed_at"].to_list() == [None, datetime(2024, 1, 20, 10, 0, tzinfo=UTC)]


def test_bundles_may_come_one_by_one(tmp_path: Path) -> None:
    """A generator is read once, and no incident twice."""
    file = tmp_path / "incident.yaml"
    file.write_text(f"id: X\n{ITEM}", encoding="utf-8")
    frame = action_items_frame(open_bundle(file) for _ in range(2))
    assert frame["number"].to_list() == [1, 2, 1, 2]


def test_no_incidents_are_an_empty_frame_of_the_same_columns() -> None:
    """So that code behind it need not ask."""
    frame = action_items_frame([])
    assert (frame.height, dict(frame.schema)) == (0, ACTION_ITEM_SCHEMA)
