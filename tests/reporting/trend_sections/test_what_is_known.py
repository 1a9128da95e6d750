"""What could be seen, groups, data and receipts of the sample history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.trend_sections.data import data
from incident_analytics.reporting.trend_sections.groups import groups
from incident_analytics.reporting.trend_sections.receipts import receipts
from incident_analytics.reporting.trend_sections.visible import visible

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def test_the_box_says_what_stays_invisible(sample_trends: TrendReport) -> None:
    """A sentence for a leader, the numbers after it."""
    box, table = visible(sample_trends)
    assert box.plain().startswith(
        "With 28 incidents a quarter, a reduction of time to resolution by less than 50 % mostly stays invisible."
    )
    assert "Time to resolution" in table.plain()
    assert "156 each" in table.plain()


def test_groups_say_that_they_are_not_tested(sample_trends: TrendReport) -> None:
    """Each with its n; the unknown severity is a group."""
    (table,) = groups(sample_trends)
    assert "Side by side, not tested" in table.plain()
    assert "unknown" in table.plain()


def test_the_ledger_accounts_for_every_row(sample_trends: TrendReport) -> None:
    """243 rows: 242 incidents and a drill."""
    told = "\n".join(block.plain() for block in data(sample_trends))
    assert told.startswith("243 rows read: 242 incidents, 0 merged with another row of the same incident, 1 left out.")
    assert "Row left out: drill" in told
    assert "USD" in told


def test_tiles_find_their_receipts_and_the_family_is_whole(sample_trends: TrendReport) -> None:
    """The anchors that tiles lead to, and all 58 questions."""
    page = "".join(block.html() for block in receipts(sample_trends))
    for name in ("time_to_acknowledgment", "time_to_resolution", "incident_rate"):
        assert f'id="receipt-{name}"' in page
    assert "58 questions" in page
