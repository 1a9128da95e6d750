"""Where an impact is looked for whose start nobody recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from incident_analytics.analysis.events import Event
from incident_analytics.analysis.looked_near import LookedNear, looked_near
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NO_SAMPLES = pl.DataFrame(schema={"timestamp": pl.Datetime("us", "UTC"), "metric": pl.String})
NO_LOGS = NO_SAMPLES.select("timestamp")


def lines(first: int, last: int) -> pl.DataFrame:
    """A log from so many minutes after noon to so many."""
    return pl.DataFrame({"timestamp": [NOON + first * MINUTE, NOON + last * MINUTE]})


def near(logs: pl.DataFrame, samples: pl.DataFrame = NO_SAMPLES, /, **recorded: int) -> tuple[LookedNear, ...]:
    """Where it is looked for, with milestones and an entry so many minutes after noon."""
    events = [Event(Instant.exact(NOON + at * MINUTE), "It is slow") for at in [recorded.pop("entry", None)] if at]
    anchors = {name: Anchor(name) for name in ("detected_at", "acknowledged_at", "resolved_at")}
    anchors |= {name: Anchor(name, Instant.exact(NOON + at * MINUTE), "recorded") for name, at in recorded.items()}
    return looked_near(anchors, events, logs, samples)


def minutes(found: LookedNear) -> tuple[float, float]:
    """The searched stretch in minutes after noon."""
    return (found.searched[0] - NOON) / MINUTE, (found.searched[1] - NOON) / MINUTE


@pytest.mark.parametrize(
    ("recorded", "what"),
    [
        ({"detected_at": 10, "acknowledged_at": 5, "entry": 1, "resolved_at": 60}, "the recorded detection"),
        ({"acknowledged_at": 10, "entry": 1, "resolved_at": 60}, "the recorded acknowledgment"),
        ({"entry": 10, "resolved_at": 60}, "the first entry of the timeline"),
        ({"resolved_at": 10}, "the recorded resolution"),
        ({"detected_at": -900, "resolved_at": 10}, "the recorded resolution"),
    ],
)
def test_the_first_that_is_known_within_the_evidence_is_taken(recorded: dict[str, int], what: str) -> None:
    """Detection, acknowledgment, first entry, resolution; then the later part of the evidence."""
    found = near(lines(-480, 120), **recorded)
    assert [each.what for each in found] == [what, "the later part of the evidence"]
    assert found[0].at == NOON + 10 * MINUTE


def test_so_much_is_searched_that_the_quiet_time_before_is_longer() -> None:
    """Two hours before and half an hour after the resolution where logs begin early; less where they do not."""
    assert minutes(near(lines(-900, 300), detected_at=0, resolved_at=60)[0]) == (-120, 90)
    assert minutes(near(lines(-240, 300), detected_at=0, resolved_at=60)[0]) == (-57.5, 90)
    assert minutes(near(lines(-180, 300), detected_at=0)[0]) == (-30, 85)


def test_without_anything_recorded_the_later_part_of_the_evidence_is_searched() -> None:
    """It is compared with the earlier part; the weeks of a history are no evidence of the incident."""
    samples = pl.DataFrame({"timestamp": [NOON - 40_000 * MINUTE], "metric": ["orders_per_minute_history"]})
    (found,) = near(lines(-235, 130), samples)
    assert (found.what, found.at, minutes(found)) == ("the later part of the evidence", None, (-35, 160))


def test_without_evidence_there_is_nowhere_to_look() -> None:
    """No line and no sample."""
    assert near(NO_LOGS, detected_at=0) == ()
