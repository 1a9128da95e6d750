"""Receipts that tiles lead to."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Code, Receipt, Receipts
from incident_analytics.reporting.blocks.receipts import receipt_anchor

RECEIPTS = Receipts(
    (Receipt("time_to_detection", "Time to detection", "0 s", (("From", ("14:15 ", Code("incident.yaml:5"))),)),)
)


def test_anchor_stands_inside_the_fold() -> None:
    """A browser opens a fold when a link leads to something inside it."""
    assert RECEIPTS.html() == (
        '<div class="receipts"><details><summary>Time to detection: <b>0 s</b></summary>'
        '<dl id="receipt-time_to_detection"><dt>From</dt><dd>14:15 <code>incident.yaml:5</code></dd></dl>'
        "</details></div>"
    )


def test_receipts_in_markdown_and_plain() -> None:
    """A title and a list of facts."""
    assert RECEIPTS.markdown() == "**Time to detection: 0 s**\n\n- From: 14:15 `incident.yaml:5`"
    assert RECEIPTS.plain() == "Time to detection: 0 s\n  From: 14:15 incident.yaml:5"


def test_anchor_of_any_name_is_one_word() -> None:
    """A name with spaces or signs still makes an id that a link can hold."""
    assert receipt_anchor("p95 latency, ms") == "receipt-p95-latency-ms"
