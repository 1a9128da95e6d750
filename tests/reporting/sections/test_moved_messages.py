"""Messages that are new at the onset stand in the report, the quiet ones behind a fold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Folded, Table
from incident_analytics.reporting.sections.moved_messages import moved_messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem


def test_the_planted_messages_are_new_at_the_onset(sample: PostMortem) -> None:
    """data/README.md: the pool is exhausted at 14:12:28, the first charge fails at 14:12:40; nothing else moved."""
    table, fold = moved_messages(sample)
    assert isinstance(table, Table)
    told = table.plain()
    for message, first in (
        ("charge failed: timeout acquiring connection", "14:12:40"),
        ("charge failed: no connection available", "14:12:53"),
        ("pool exhausted", "14:12:28"),
    ):
        (line,) = [line for line in told.splitlines() if message in line]
        assert first in line
        assert line.endswith("is new")
    assert len(table.rows) == 5
    assert "in 20 stretches of the same length before it. That it moved does not make it the cause." in told
    assert isinstance(fold, Folded)
    assert "card declined" in fold.plain()


def test_a_quiet_log_says_so(reported: Callable[..., PostMortem]) -> None:
    """A line every ten seconds, before and after alike."""
    lines = [
        json.dumps(
            {
                "level": 30,
                "time": f"2024-01-15T{10 + n // 360:02}:{n // 6 % 60:02}:{n % 6 * 10:02}Z",
                "msg": f"tick {n}",
            }
        )
        for n in range(6 * 360)
    ]
    record = 'id: INC-7\nseverity: SEV2\nstarted_at: "2024-01-15T15:00:00Z"\nresolved_at: "2024-01-15T15:30:00Z"\n'
    report = reported(record, {"evidence/logs/app.ndjson": "\n".join(lines) + "\n"})
    table, fold = moved_messages(report)
    assert "Nothing moved more than it does in quiet stretches." in table.plain()
    assert "tick <*>" in fold.plain()


def test_without_logs_there_is_no_table(reported: Callable[..., PostMortem]) -> None:
    """No empty table where there is nothing to look at."""
    assert moved_messages(reported('id: INC-7\nseverity: SEV2\nstarted_at: "2024-01-15T15:00:00Z"\n')) == ()
