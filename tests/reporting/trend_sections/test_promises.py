"""The sections about what was promised, done for now, and came again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics import load_incidents
from incident_analytics.analysis.trends.action_items import action_items as promised
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.repeats import repeats as came_again
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.temporary_fixes import temporary_fixes as for_now
from incident_analytics.reporting.blocks import FigureBlock, Folded, Table
from incident_analytics.reporting.trend_sections.action_items import action_items
from incident_analytics.reporting.trend_sections.repeats import repeats
from incident_analytics.reporting.trend_sections.temporary_fixes import temporary_fixes
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Any]:
    """Makes what the three sections read, of some records or of a table."""

    def made(*records: dict[str, object], table: str = "", **links: str) -> Any:  # noqa: ANN401 -- stands for a report
        name, text = ("some.csv", table) if table else ("some.ndjson", "\n".join(map(json.dumps, records)))
        (tmp_path / name).write_text(text, encoding="utf-8")
        history = load_incidents(tmp_path / name, as_of=AS_OF, catalog=None)
        assert history.runbook is not None
        scope = Scope(AS_OF)
        looked_at = cohort(history.frame, scope, history.runbook)
        whole = tuple(records_of(history))
        return SimpleNamespace(
            scope=scope,
            links=links,
            action_items=promised(whole, looked_at, as_of=AS_OF),
            temporary_fixes=for_now(whole, looked_at, history.runbook),
            repeats=came_again(looked_at, whole),
        )

    return made


def said(blocks: tuple[Block, ...]) -> str:
    """What the blocks say, each on lines of its own."""
    return "\n".join(block.plain() for block in blocks)


def incident(identity: str, day: str, *items: object, **more: object) -> dict[str, object]:
    """A record of one service and cause that was over an hour after noon of a day."""
    times = {"started_at": f"{day}T12:00Z", "resolved_at": f"{day}T13:00Z"}
    return {"id": identity, **times, "services": ["api"], "cause": "deploy", "action_items": list(items), **more}


def test_the_samples_promises_are_answered_first(sample_trends: TrendReport) -> None:
    """The planted truths of data/README.md, then the curve, then the oldest."""
    blocks = action_items(sample_trends)
    assert blocks[0].plain() == (
        "28 of 216 action items are open, 23 of them overdue. 61 of 188 that were closed and had a due date were late."
        " They come from 153 of 242 incidents with a record."
    )
    assert isinstance(blocks[1], FigureBlock)
    assert blocks[1].caption.startswith("Half were closed within 31\xa0d (95\xa0% interval: 27\xa0d to 38\xa0d).")
    assert blocks[2].plain() == (
        "Of the 28 open, 28 have no ticket. By age: 8 for 30 to 89 days, 5 for 90 to 179 days, 2 for 180 to 364 days, "
        "13 for 365 days or more."
    )
    assert isinstance(blocks[3], Table)
    assert len(blocks[3].rows) == 5
    assert "INC-2022-091 came again by its own records (INC-2023-018, INC-2023-063)" in said(blocks)


def test_the_samples_fixes_and_repeats_are_answered_first(sample_trends: TrendReport) -> None:
    """Twelve of 24 in place; the certificate is the first chain."""
    fixes, again = temporary_fixes(sample_trends), repeats(sample_trends)
    assert fixes[0].plain() == (
        "12 of 24 temporary fixes are still in place. 12 were replaced since. For 9 the lasting fix is overdue."
    )
    assert again[0].plain() == (
        "34 of 242 incidents came again. Spread at random over the time, about 38 would."
        " The record itself says so of 2."
    )
    chains = again[2]
    assert isinstance(chains, Table)
    assert chains.rows[0][:3] == ("expired certificate", "edge-gateway", "3")
    assert isinstance(again[3], Folded)


def test_nobody_says_changed(sample_trends: TrendReport) -> None:
    """Only the family of tests may."""
    text = said((*action_items(sample_trends), *temporary_fixes(sample_trends), *repeats(sample_trends)))
    assert "changed" not in text


def test_tables_say_that_they_cannot_tell(report: Callable[..., Any]) -> None:
    """Never a zero."""
    made = report(table="id,started_at\nA,2024-01-15T14:10:00Z\n")
    why = "no records: rows of tables tell of no such thing"
    assert said(action_items(made)) == f"Nothing can be said of action items: {why}."
    assert said(temporary_fixes(made)) == f"Nothing can be said of temporary fixes: {why}."
    assert (
        said(repeats(made))
        == "Whether incidents came again cannot be told: no incident has both a cause and a service."
    )


def test_records_of_nothing_say_none(report: Callable[..., Any]) -> None:
    """That is known."""
    made = report(incident("A", "2024-01-15"))
    assert said(action_items(made)) == "No action item is recorded."
    assert said(temporary_fixes(made)) == "No record tells of a temporary fix."
    assert said(repeats(made)).startswith("None of 1 incident came again.\nCounted is the same cause and service")


def test_one_open_item_is_told_in_the_singular(report: Callable[..., Any]) -> None:
    """With everything that it lacks, and nothing closed to judge."""
    blocks = action_items(report(incident("A", "2024-01-15", "Size the pool")))
    assert said(blocks).startswith(
        "1 of 1 action item is open, none overdue. It comes from 1 of 1 incident with a record."
    )
    assert "Of the 1 open, 1 has no owner, 1 has no due date, 1 has no ticket. By age: 1 for 90 to 179 days." in said(
        blocks
    )


def test_an_incident_leads_to_its_page(report: Callable[..., Any]) -> None:
    """Where there is one beside the report."""
    links = {"A": "A.html"}
    made = report(incident("A", "2024-01-15", "Size the pool"), incident("B", "2024-01-16", "Size it"), **links)
    html = "".join(block.html() for block in (*action_items(made), *repeats(made)))
    assert html.count('href="./A.html"') == 2
    assert "B.html" not in html


def test_what_is_left_out_is_said(report: Callable[..., Any]) -> None:
    """Items without a time of closing, restarts, incidents of unknown cause."""
    made = report(
        incident("A", "2024-01-15", {"text": "a", "status": "done"}, "b"),
        incident("B", "2024-01-16", timeline=[{"time": "2024-01-16T12:30Z", "event": "Rolling restart of api"}]),
        {"id": "C", "started_at": "2024-01-17T12:00Z"},
    )
    assert "Left out: 1 item (closed, but nothing says when)." in said(action_items(made))
    assert "Left out: 1 step (a restart or an ended session, which leaves nothing in place)." in said(
        temporary_fixes(made)
    )
    assert "Left out: 1 incident (nothing says what caused it, or in which service: C)." in said(repeats(made))


def test_a_fix_without_a_plan_is_marked(report: Callable[..., Any]) -> None:
    """It waits for nothing."""
    fix = {"time": "2024-01-16T12:30Z", "event": "Memory increased for now"}
    text = said(temporary_fixes(report(incident("B", "2024-01-16", timeline=[fix]))))
    assert text.startswith("1 of 1 temporary fix is still in place. For 1 no lasting fix is promised.")
    assert "no plan" in text
