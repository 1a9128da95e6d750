"""The evidence of a pattern in words."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.patterns.evidence import Evidence
from incident_analytics.reporting.sections.pattern_evidence import seen


@pytest.mark.parametrize(
    ("number", "said"), [(1.0, " up to 1 restart, usually 0."), (3.0, " up to 3 restarts, usually 0.")]
)
def test_one_of_a_unit_is_singular(number: float, said: str) -> None:
    """A container that restarted once did not do so in the plural."""
    one = Evidence("for", "metrics", "rises", "rises", subject="restarts", number=number, before=0.0, unit="restarts")
    assert seen(one)[1] == said
