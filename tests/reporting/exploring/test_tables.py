"""What the explore notebook shows of numbers: tables and sentences, reasons where there is no number."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.statistics.detectable import smallest_detectable_reduction
from incident_analytics.analysis.statistics.durations import durations as made
from incident_analytics.analysis.statistics.false_discovery import Question, family_of_changes
from incident_analytics.analysis.watched_durations import watched_durations_by
from incident_analytics.reporting.exploring import changes, clocks, comparison, detectable, durations, ledger

MIDNIGHT = datetime(2024, 1, 1, tzinfo=UTC)
SLOW, FAST = made(range(600, 1200, 60)), made(range(60, 120, 6))


def test_the_ledger_accounts_for_every_row() -> None:
    """data/README.md: 242 incidents and a drill, one without a severity, one that ends before it begins."""
    header, table = ledger(load_incidents("data/history/incidents.ndjson", as_of=MIDNIGHT, catalog=None))
    assert header.plain().splitlines()[2] == "242 incidents · seen from Mon 1 Jan 2024, 00:00 UTC"
    assert table.plain() == (
        "What became of every row.\n"
        "What                    Count  Which\n"
        "Rows read                 243\n"
        "Rows merged                 0  they tell of an incident that another row tells of\n"
        "Rows left out               1  drill\n"
        "Incidents in the frame    242\n"
        "Unknown severity            1  none is written\n"
        "Ends before it begins       1  resolved_at before started_at"
    )


def test_the_clocks_say_from_where_to_where() -> None:
    """The same name in two clocks is two times."""
    rows = [line.split() for line in clocks().plain().splitlines()]
    assert ["default", "time_to_resolution", "started_at", "resolved_at"] in rows
    assert ["datadog", "time_to_resolve", "declared_at", "resolved_at"] in rows


def test_groups_have_intervals_only_where_there_are_enough() -> None:
    """Ten give the 90th percentile its lower end, the 7th of them: P(Bin(10, 0.9) < 7) = 0.013; none give nothing."""
    told = durations({"slow": SLOW, "none": made([])}, "time_to_resolution").plain().splitlines()
    assert told[0] == "Time to resolution, open incidents counted as at least so long."
    assert " ".join(told[2].split()) == "slow 10 0 0 14 min 30 s (11 min to 18 min) 18 min 6 s (at least 16 min)"
    assert " ".join(told[3].split()) == "none 0 0 0 no incidents no incidents"


def test_what_is_left_out_stands_below() -> None:
    """One never began, as far as anybody knows."""
    frame = pl.DataFrame({"team": ["a", "a"], "started_at": [MIDNIGHT, None], "resolved_at": [MIDNIGHT, MIDNIGHT]})
    groups = watched_durations_by(frame, "team", "time_to_resolution", as_of=MIDNIGHT)
    told = durations(groups, "time_to_resolution").plain().splitlines()
    assert told[2].split()[:4] == ["a", "1", "0", "1"]
    assert told[-1] == "Left out: started_at is not recorded (1)."


def test_a_comparison_is_a_ratio_with_its_interval() -> None:
    """A tenth, in each pair of ranks."""
    told = comparison(compare(SLOW, FAST), "old", "new").plain().splitlines()
    assert told[0] == "new compared with old."
    assert " ".join(told[2].split()) == "new / old 10 10 0 0.10 (0.08 to 0.12) p < 0.001"


def test_groups_too_small_say_so() -> None:
    """No ratio, no chance, a reason."""
    told = comparison(compare([60], [30]), "old", "new").plain().splitlines()
    assert " ".join(told[2].split()) == "new / old 1 1 0 – groups of 1 and 1 are too small to show any difference"
    assert told[3].startswith("Groups of 1 and 1 are too small to show any difference. Mann-Whitney")


def test_questions_are_judged_together() -> None:
    """One changed, one did not, one is of too few."""
    asked = [
        Question("time_to_resolution", "old", "new", compare(SLOW, FAST)),
        Question("time_to_engage", "old", "new", compare(SLOW, SLOW)),
        Question("time_to_detection", "old", "new", compare([60], [30])),
    ]
    told = changes(family_of_changes(asked)).plain().splitlines()
    assert told[0] == "3 questions, judged together."
    assert [line.split("  ")[-1].strip() for line in told[2:]] == ["changed", "no change found", "too few to say"]


def test_what_could_be_seen_is_a_sentence() -> None:
    """STATISTICS.md: 51 % with fifty and fifty."""
    told = detectable(smallest_detectable_reduction(50, 50, spread=1.25)).plain()
    assert told.startswith(
        "With 50 incidents before and 50 after a reduction of 51 % or more would be found in 80 % of cases."
    )
    none = detectable(smallest_detectable_reduction(1, 0, spread=1.25)).plain()
    assert none == (
        "With 1 incident before and 0 after no reduction can be told from chance. "
        "A comparison takes two incidents in each group."
    )
