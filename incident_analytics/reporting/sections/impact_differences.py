"""How far a recorded number of the impact is from another one, and whether both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.measurement import Measurement
    from incident_analytics.reporting.blocks import Inline

# an interval wider than half of what was measured holds too much for anything in it to agree
_NARROW = 0.5


def computed(resolution: Measurement, declared: float) -> Inline:
    """The declared duration beside the one from start to resolution."""
    if resolution.value is None:
        return f"from start to resolution: {words.value(resolution)}"
    if round(resolution.value) == round(declared * 60):
        return (Mark("agrees"), " with start to resolution as recorded")
    return (Mark("differs"), f" from start to resolution as recorded: {words.value(resolution)}")


def apart(
    measured: float, recorded: float, interval: tuple[float, float], written: Callable[[float], str], less: str
) -> Inline:
    """How far apart both are, and whether the measurement leaves the recorded number open."""
    gap = measured - recorded
    if not round(gap):
        return "none"
    told = f"{written(abs(gap))} {'more' if gap > 0 else less}"
    if not interval[0] <= recorded <= interval[1]:
        return told
    is_narrow = interval[1] - interval[0] <= _NARROW * abs(measured)
    return (told, ", ", Mark("agrees")) if is_narrow else f"{told}, within a wide interval"
