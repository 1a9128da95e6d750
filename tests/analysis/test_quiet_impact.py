"""Whether the evidence was searched and shows no impact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.measured_impact import measured_impact
from incident_analytics.analysis.quiet_impact import no_impact_findings, shows_no_impact
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
RECORDED = (NOON, NOON + timedelta(hours=1))
STARTED = Anchor("started_at", Instant(NOON, NOON, "12:00", "minute", "UTC", zone_assumed=False), "recorded", None)
NO_LOGS = pl.DataFrame(
    schema={
        "timestamp": pl.Datetime("us", "UTC"),
        "severity_number": pl.Int8,
        "service": pl.String,
        "user_id": pl.String,
        "message": pl.String,
    }
)


def success(*, hours: int, low_for: int = 0, flat: bool = False) -> pl.DataFrame:
    """A success rate by the minute, so many hours until two; low for so many minutes from noon on."""
    minutes = range(-60 * hours + 120, 121)
    values = [0.3 if 0 < at <= low_for else 0.99 + (0 if flat else 0.001 * (at % 7)) for at in minutes]
    return pl.DataFrame(
        {
            "timestamp": [NOON + timedelta(minutes=at) for at in minutes],
            "metric": "checkout_success_rate",
            "labels": "{}",
            "value": values,
            "unit": "",
        },
        schema_overrides={"timestamp": pl.Datetime("us", "UTC")},
    )


@pytest.mark.parametrize(
    ("samples", "is_quiet"),
    [
        (success(hours=12), True),
        (success(hours=12, flat=True), True),
        (success(hours=12, low_for=40), False),
        (success(hours=3), False),
        (success(hours=12).head(0), False),
    ],
    ids=["quiet", "all equal", "an impact", "too little history", "nothing"],
)
def test_no_impact_is_told_only_where_everything_was_compared(samples: pl.DataFrame, *, is_quiet: bool) -> None:
    """Not knowing is not the same as knowing of none."""
    impact = measured_impact(NO_LOGS, samples, recorded=RECORDED)
    assert shows_no_impact(impact) == is_quiet
    assert [one.message for one in no_impact_findings(impact, STARTED)] == [
        "the metrics show no impact: the one source that was searched moved no farther than in quiet times"
    ][: int(is_quiet)]
