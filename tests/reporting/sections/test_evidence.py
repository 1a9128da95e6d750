"""What the page says of logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.sections.evidence import evidence

if TYPE_CHECKING:
    from incident_analytics.reporting.post_mortem import PostMortem


def test_the_first_errors_are_told_with_their_times(sample: PostMortem) -> None:
    """They lie before the recorded start of 14:15."""
    page = "\n".join(block.markdown() for block in evidence(sample))
    assert "| Service | Log lines | Errors | First error from 14:12 on | It said |" in page
    assert "| payment-processor | 26,060 | 20,935 | 14:12:40.762 |" in page
