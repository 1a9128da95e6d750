"""Tests of the runbook's section."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.fleet_conformance import FleetConformance, RuleConformance, StateCounts
from incident_analytics.reporting.blocks import FigureBlock, Folded, Table
from incident_analytics.reporting.trend_sections.conformance import conformance

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)


def rule(title: str, met: int, missed: int, not_evidenced: int = 0) -> RuleConformance:
    """A rule over some incidents."""
    judged = met + missed
    counts = StateCounts(met, missed, not_evidenced, 0, 0, 0, judged, judged + not_evidenced)
    examples = ("INC-1",) if missed else ()
    shares = share_of(met, judged), share_of(judged, judged + not_evidenced)
    return RuleConformance("rule", "S1", title, "", counts, *shares, {"SEV1": counts}, examples)


def shown(runbook: Runbook, *rules: RuleConformance, n: int | None = 100, **more: object) -> tuple[Block, ...]:
    """The section of some rules."""
    fleet = FleetConformance(rules, n, AS_OF, **more)  # type: ignore[arg-type]
    return conformance(SimpleNamespace(conformance=fleet, runbook=runbook))  # type: ignore[arg-type]


def test_sample_says_which_step_is_never_followed(sample_trends: TrendReport) -> None:
    """data/README.md: nobody was ever the scribe."""
    blocks = conformance(sample_trends)
    assert blocks[0].plain() == (
        "Scribe assigned: never, in 100 incidents. All roles assigned: never, in 100 incidents."
    )
    figure = next(block for block in blocks if isinstance(block, FigureBlock))
    assert "Timeline kept without long silences 19 %, 46 of 242" in figure.alt
    assert "10 other rules were met wherever a record tells." in figure.caption.replace("\u00a0", " ")


def test_all_rules_stand_in_the_folded_table(sample_trends: TrendReport) -> None:
    """47 of them, each with its states."""
    (folded,) = [block for block in conformance(sample_trends) if isinstance(block, Folded)]
    table = folded.blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 47
    assert table.rows[0][:4] == ("Acknowledged within the response target", "223", "17", "2")


def test_few_that_tell_are_not_said_to_be_all(runbook: Runbook) -> None:
    """Missed in the one incident of two hundred whose record tells."""
    blocks = shown(runbook, rule("Team notified", 0, 1, 199))
    assert blocks[0].plain() == "Team notified: never, in the 1 incident whose record tells (of 200)."


def test_least_kept_is_named_where_no_step_is_never_followed(runbook: Runbook) -> None:
    """With its numbers."""
    blocks = shown(runbook, rule("Escalated in time", 52, 12), rule("Scribe assigned", 31, 57))
    assert blocks[0].plain() == "No step is never followed. The least kept: Scribe assigned, in 31 of 88 incidents."


def test_nothing_missed_has_no_figure(runbook: Runbook) -> None:
    """Neither has a record that tells nothing."""
    assert shown(runbook, rule("Escalated in time", 5, 0))[0].plain() == "No rule was missed where a record tells."
    blocks = shown(runbook, rule("Escalated in time", 0, 0, 5), n=5)
    assert blocks[0].plain() == "Of 5 incidents no record tells whether the runbook was followed."
    assert not any(isinstance(block, FigureBlock) for block in blocks)


def test_at_most_twelve_bars_are_drawn(runbook: Runbook) -> None:
    """The caption counts the others."""
    blocks = shown(runbook, *(rule(f"Rule {number}", number, 100) for number in range(1, 15)))
    (figure,) = [block for block in blocks if isinstance(block, FigureBlock)]
    assert figure.alt.count("Rule ") == 12
    assert "2 more rules were missed at times." in figure.caption


def test_tables_without_records_say_why(runbook: Runbook) -> None:
    """And what was left out beside records is counted."""
    (only,) = shown(runbook, n=None, reason="no records: rows of tables tell of no such thing")
    assert only.plain() == ("The runbook cannot be judged. No records: rows of tables tell of no such thing.")
    blocks = shown(runbook, rule("Escalated in time", 5, 1), n=6, left_out=(LeftOut("a row of a table", 3, ()),))
    assert "6 incidents judged, 3 left out: a row of a table." in [block.plain() for block in blocks]
