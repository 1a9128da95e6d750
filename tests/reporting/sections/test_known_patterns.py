"""What the page says of known patterns and of what was done for now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.blocks import Callout, Checks, Folded, Paragraph
from incident_analytics.reporting.sections.known_patterns import known_patterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

RECORD = "id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\nresolved_at: 2024-03-01T11:00:00Z\n"
LINE = '{"level":%s,"time":"2024-03-01T%sZ","msg":"%s"}\n'
LOGS = "evidence/logs/pay.ndjson"


def said(report: PostMortem) -> str:
    """The section as text."""
    return "\n".join(block.plain() for block in known_patterns(report))


def lines(*told: tuple[str, str]) -> str:
    """Log lines of these times and messages."""
    return "".join(LINE % (30, "09:00:00.000", "started") for _ in "a") + "".join(LINE % (50, *one) for one in told)


def test_the_sample_resembles_the_pool_with_its_evidence_and_fixes(sample: PostMortem) -> None:
    """The pool was resized at 14:40, and nothing promises to replace that."""
    blocks = known_patterns(sample)
    assert [type(block) for block in blocks] == [Paragraph, Checks, Callout, Callout, Folded]
    answer, evidence, fixes, temporary, others = (block.plain() for block in blocks)
    assert answer == (
        "It resembles a known pattern: Database Connection Pool Exhausted. 5 signals speak for it, none against it; "
        "for 1 there is nothing to look at. A person confirms."
    )
    assert "20 of 20 connections, usually 5. From 14:12:30 UTC · evidence/metrics/db_pool_in_use.json" in evidence
    assert "11 sessions waiting behind session 4187. Captured at 14:27:30 UTC" in evidence
    assert (
        "compared with the time before 14:12 UTC; captures show one instant and are compared with no time before"
    ) in evidence
    assert fixes == (
        "Quick fix in the runbook: Increase pool size temporarily; Kill idle connections. "
        "Long-term fix: Review connection usage, add pooling."
    )
    assert temporary == (
        "Temporary, not yet reverted or replaced: “Fix applied: connection pool resized from 20 to 50” at 14:40. "
        "No action item is named as its long-term fix."
    )
    assert "It does not resemble Memory Leak. No signal speaks for it, 3 against it" in others
    assert "It does not resemble Third-Party Service Down." in others


def test_none_of_the_patterns_is_an_answer(reported: Callable[..., PostMortem]) -> None:
    """The logs were looked at."""
    blocks = known_patterns(reported(RECORD, {LOGS: lines(("10:01:00.000", "card declined"))}))
    assert blocks[0].plain() == "It resembles none of the 3 known patterns."
    assert [type(block) for block in blocks] == [Paragraph, Folded]


def test_that_nothing_can_be_told_says_why(reported: Callable[..., PostMortem]) -> None:
    """Without evidence, and without a start."""
    assert said(reported(RECORD)) == (
        "Whether this incident resembles a known pattern cannot be told: "
        "no logs, metrics or captures that its signals are looked for in."
    )
    assert said(reported("id: INC-7\n", {LOGS: lines(("10:01:00.000", "no connection available"))})) == (
        "Whether this incident resembles a known pattern cannot be told: no start is recorded to compare evidence at."
    )


def test_words_of_a_record_are_escaped(reported: Callable[..., PostMortem]) -> None:
    """Whoever wrote them."""
    record = f"{RECORD}timeline:\n  - {{time: '10:30', event: 'Pool resized to <script>50'}}\n"
    failed = [(f"10:0{at}:00.000", "too many connections <script>") for at in range(4)]
    html = "".join(block.html() for block in known_patterns(reported(record, {LOGS: lines(*failed)})))
    assert "It resembles a known pattern" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            "timeline: [{time: '10:30', event: Pool resized}, {time: '10:50', event: Pool size reverted}]\n",
            "Temporary and since reverted at Fri 1 Mar 2024, 10:50: “Pool resized” at 10:30.",
        ),
        (
            (
                "timeline: [{time: '10:30', event: Memory increased}]\n"
                "action_items: [{text: Size it by load, kind: long-term fix, due: 2024-02-01}]\n"
            ),
            (
                "Temporary, not yet reverted or replaced: “Memory increased” at 10:30. "
                "It waits for “Size it by load”, due 2024-02-01 and overdue."
            ),
        ),
        (
            "updates: [{time: '10:30', status: Monitoring, actions: 'Paged the team, feature checkout disabled'}]\n",
            (
                "Temporary, not yet reverted or replaced: “feature checkout disabled” at 10:30. "
                "No action item is named as its long-term fix."
            ),
        ),
    ],
)
def test_what_was_done_for_now_is_told_with_what_became_of_it(
    reported: Callable[..., PostMortem], more: str, told: str
) -> None:
    """Reverted, waiting for a lasting fix, and told by a status update alone."""
    assert said(reported(RECORD + more)).endswith(told)
