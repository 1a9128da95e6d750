"""Histories for the tests of trends."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.histories import HISTORY_SCHEMA, records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.sources.histories import History, WholeRecord

ROOT = Path(__file__).resolve().parents[3]
NEW_YEAR_2024 = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample_history() -> History:
    """The two years of data/history, as of 2024-01-01."""
    return load_incidents(ROOT / "data/history/incidents.ndjson", as_of=NEW_YEAR_2024, catalog=None)


@pytest.fixture(scope="session")
def sample_cohort(sample_history: History) -> Cohort:
    """All of them, by quarter."""
    return cohort(sample_history.frame, Scope(as_of=NEW_YEAR_2024), load_runbook())


@pytest.fixture
def history_of() -> Callable[..., pl.DataFrame]:
    """Makes a history's frame of rows that tell only some columns; ids are INC-1, INC-2 ... where none are given."""

    def made(*rows: dict[str, object]) -> pl.DataFrame:
        whole = [
            dict.fromkeys(HISTORY_SCHEMA)
            | {"id": f"INC-{number}", "status": "open" if row.get("resolved_at") is None else "resolved"}
            | {"is_drill": False, "file": "incidents.ndjson", "line": number}
            | row
            for number, row in enumerate(rows, start=1)
        ]
        return pl.DataFrame(whole, schema=HISTORY_SCHEMA)

    return made


def at(text: str) -> datetime:
    """An instant in UTC from its text."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def lasting(history_of: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Makes a history of incidents a day apart from 2024-01-01 on that lasted so many minutes; None is still open."""

    def made(*minutes: float | None, **columns: object) -> pl.DataFrame:
        start = NEW_YEAR_2024
        rows = [
            {
                "started_at": start + timedelta(days=day),
                "detected_at": start + timedelta(days=day),
                "resolved_at": None if lasted is None else start + timedelta(days=day, minutes=lasted),
                **columns,
            }
            for day, lasted in enumerate(minutes)
        ]
        return history_of(*rows)

    return made


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., tuple[Cohort, tuple[WholeRecord, ...]]]:
    """Writes whole records, or the text of a table, and gives their cohort and records as of an instant."""

    def made(
        *records: dict[str, object], table: str = "", as_of: str = "2024-06-01"
    ) -> tuple[Cohort, tuple[WholeRecord, ...]]:
        (tmp_path / "some.ndjson").write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")
        (tmp_path / "some.csv").write_text(table, encoding="utf-8")
        paths = [tmp_path / name for name, given in (("some.ndjson", records), ("some.csv", table)) if given]
        history = load_incidents(*paths, as_of=at(as_of), catalog=None)
        return cohort(history.frame, Scope(at(as_of)), load_runbook()), tuple(records_of(history))

    return made
