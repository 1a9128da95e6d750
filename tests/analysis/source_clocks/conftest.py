"""Events of made-up sources on one afternoon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import pytest

from incident_analytics.analysis.events import Event
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Place

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
Tell: TypeAlias = Callable[..., Event]


@pytest.fixture
def told() -> Tell:
    """An event of a source so many seconds after noon."""

    def event(
        source: str,
        seconds: float,
        text: str = "Something happened",
        *,
        kind: str = "",
        ref: str = "",
        minute: bool = False,
    ) -> Event:
        at = NOON + timedelta(seconds=seconds)
        instant = (
            Instant(at, at, f"{at:%H:%M}", "minute", "UTC")
            if minute
            else Instant(at, at, f"{at:%H:%M:%S}", "second", "UTC")
        )
        place = Place(f"{source}.csv", round(seconds) + 1)
        return Event(instant, text, (kind,) if kind else (), source, None, place, ref)

    return event
