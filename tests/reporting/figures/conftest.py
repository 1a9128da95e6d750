"""The runbook's example as figures get it, and instants of its day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from incident_analytics.analysis.events import Event
from incident_analytics.analysis.phases import phases
from incident_analytics.analysis.silences import Silence
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock


def at(hour: int, minute: int, second: int = 0, *, day: int = 15) -> datetime:
    """An instant of January 2024."""
    return datetime(2024, 1, day, hour, minute, second, tzinfo=UTC)


def event(when: datetime, text: str, *kinds: str, source: str = "record") -> Event:
    """A row of the timeline."""
    return Event(Instant.exact(when), text, kinds, source)


def milestones(**known: datetime) -> dict[str, Anchor]:
    """Anchors, of which only some are known."""
    names = ("started_at", "detected_at", "acknowledged_at", "diagnosed_at", "mitigated_at", "resolved_at")
    return {name: Anchor(name, Instant.exact(known[name]) if name in known else None) for name in names}


def example(**other: object) -> dict[str, object]:
    """The arguments of the timeline of the runbook's example."""
    anchors = milestones(
        started_at=at(14, 15),
        detected_at=at(14, 15),
        acknowledged_at=at(14, 18),
        diagnosed_at=at(14, 25),
        resolved_at=at(15, 45),
    )
    events = (
        event(at(14, 15), "Impact began", source="milestone"),
        event(at(14, 15), "Alert triggered", "detected"),
        event(at(14, 18), "IC assigned", "commander_assigned"),
        event(at(14, 25), "Root cause identified", "diagnosed"),
        event(at(15, 45), "Resolved", "resolved", source="milestone"),
    )
    given: dict[str, object] = {
        "phases": phases(anchors, as_of=at(16, 0)),
        "anchors": anchors,
        "events": events,
        "silences": (Silence(at(14, 25), at(15, 45), "Root cause identified", "Resolved"),),
        "zone": "UTC",
    }
    return {**given, **other}


def in_full(figure: FigureBlock | None) -> dict[str, Any]:
    """The figure said in full: the phone's layout whole, each label with what the template says for all."""
    assert figure is not None
    whole = cast("dict[str, Any]", figure.spec())
    shared = whole["layout"].get("template", {}).get("layout", {})
    page = {key: value for key, value in whole["layout"].items() if key not in {"meta", "template"}}
    whole["layout"]["meta"]["phone"] = _patched(page, whole["layout"]["meta"]["phone"])
    for layout in (whole["layout"], whole["layout"]["meta"]["phone"]):
        for items, defaults in (("annotations", "annotationdefaults"), ("shapes", "shapedefaults")):
            layout[items] = [_filled(item, shared.get(defaults, {})) for item in layout.get(items, [])]
    return whole


def _patched(base: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    inner = {
        key: _patched(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
        for key, value in patch.items()
    }
    return {**base, **inner}


def _filled(item: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    inner = {
        key: _filled(item.get(key, {}), value) if isinstance(value, dict) else item.get(key, value)
        for key, value in defaults.items()
    }
    return {**item, **inner}


@pytest.fixture
def spec() -> Callable[[FigureBlock | None], dict[str, Any]]:
    """Figures as data, nothing left to a template."""
    return in_full


@pytest.fixture
def moment() -> Callable[..., datetime]:
    """Instants of January 2024, by hour, minute, second and ``day``."""
    return at


@pytest.fixture
def row() -> Callable[..., Event]:
    """Rows of the timeline."""
    return event


@pytest.fixture
def known_at() -> Callable[..., dict[str, Anchor]]:
    """Milestones, of which only some are known."""
    return milestones


@pytest.fixture
def example_timeline() -> Callable[..., dict[str, object]]:
    """The arguments of the runbook's example, some of them replaced."""
    return example
