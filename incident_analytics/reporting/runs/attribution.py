"""Which causes are behind a number: the fields it is made of, of the incidents that it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.reporting.runs.cause import Cause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.runs.run import Run
    from incident_analytics.reporting.runs.walking import Way

Fields: TypeAlias = frozenset[str]
_ASKED = ("input", "asked")
# Which period an incident is counted in.
_BEGAN = ("started_at", "detected_at", "declared_at", "acknowledged_at")
_ENDS = ("status", "resolved_at", "closed_at")
_ORGANISATION = ("service", "services", "team", "cause", "detected_by", "severity", "severity_written")
# What the numbers of a trend report are made of, by the first key that leads to them; of others it may be anything.
_OF_TRENDS: dict[str, tuple[str, ...]] = {
    "cohort": (*_BEGAN, *_ENDS, *_ORGANISATION),
    "rate": (*_BEGAN, *_ORGANISATION),
    "severity_mix": (*_BEGAN, "severity", "severity_written"),
    "detection_mix": (*_BEGAN, "detected_by"),
    "calendar": _BEGAN,
    "open_incidents": (*_BEGAN, *_ENDS, *_ORGANISATION, "title"),
    "longest": (*_BEGAN, *_ENDS, *_ORGANISATION, "title"),
    "action_items": (*_BEGAN, *_ENDS, "action_items", "service", "team", "severity", "cause"),
    "temporary_fixes": (*_BEGAN, *_ENDS, "mitigated_at", "mitigation", "action_items", "timeline", "severity"),
    "repeats": (*_BEGAN, *_ENDS, *_ORGANISATION, "title", "action_items"),
}
_SHARES = ("severity_mix", "detection_mix", "mix_shift")
# The same for a post-mortem.
_OF_POST_MORTEM: dict[str, tuple[str, ...]] = {
    "silences": ("timeline", *_BEGAN, "resolved_at"),
    "phases": (*_BEGAN, "engaged_at", "diagnosed_at", "mitigated_at", "monitoring_from", *_ENDS),
    "impact_time": (*_BEGAN, *_ENDS, "timeline"),
    "evidence": ("started_at", "detected_at", "declared_at", "resolved_at", "services", "zone"),
    "action_items": ("action_items",),
}
# A run writes in the prose, so it keeps none of it; this much is known.
_PROSE = Cause("input", "postmortem.md", why="prose is not kept in runs")


class Attribution:
    """Finds the causes behind each number of two runs, the same question once.

    Args:
        before: The first run.
        after: The second one.
        causes: All differences between what they were made from.
    """

    def __init__(self, before: Run, after: Run, causes: Sequence[Cause]) -> None:
        self._is_trends = after.kind == "trends"
        self._metrics = _clocks(before) | _clocks(after)
        self._causes = causes
        self._labels = frozenset[str]().union(*(each.labels for each in causes))
        self._known: dict[tuple[Fields | None, Fields], tuple[Cause, ...]] = {}

    def behind(self, way: Way) -> tuple[Cause, ...]:
        """The causes behind the number that a way leads to.

        Where the way names an incident, a period or a group, only causes about it; where there are none, such as for
        a limit that is drawn from all periods, those of every incident.
        """
        fields = self._fields(way)
        # a share changes with every other part of its whole, so only its period says which incidents it counts
        told = way[:3] if way[0] in _SHARES else way
        named = frozenset(part.strip("[]") for part in told) & self._labels
        if (fields, named) not in self._known:
            self._known[fields, named] = self._chosen(fields, named)
        found = self._known[fields, named]
        return found or ((_PROSE,) if way[0] == "completeness" else ())

    def _chosen(self, fields: Fields | None, named: Fields) -> tuple[Cause, ...]:
        asked = tuple(each for each in self._causes if each.kind == "asked")
        told = [each for each in self._causes if each.kind not in _ASKED and (fields is None or _is_of(each, fields))]
        chosen = [each for each in told if named <= each.labels] or told
        if not chosen:
            # of what nobody recorded, such as log lines, only the file is known
            chosen = [each for each in self._causes if each.kind == "input" and (fields is None or not asked)]
        return (*chosen, *asked)

    def _fields(self, way: Way) -> Fields | None:
        """The fields that the number is made of; None where it may be any."""
        metrics = [part.strip("[]") for part in way if part.strip("[]") in self._metrics]
        if self._is_trends:
            ends = [end for metric in metrics for end in self._metrics[metric]]
            if ends:
                return frozenset((*ends, *_BEGAN, *(_ORGANISATION if way[0] != "durations" else ("severity",))))
            return frozenset(_OF_TRENDS[way[0]]) if way[0] in _OF_TRENDS else None
        if metrics and way[0] in {"metrics", "clocks"}:
            # users counted in logs depend on the window
            counted = ("started_at", "resolved_at") if way[-1] == "measured" else ()
            return frozenset((*self._metrics[metrics[0]], *metrics, *counted))
        return frozenset(_OF_POST_MORTEM[way[0]]) if way[0] in _OF_POST_MORTEM else None


def _is_of(cause: Cause, fields: Fields) -> bool:
    """Whether a cause is about one of the fields; an incident that came or went is about all of them."""
    if cause.kind in {"came", "went"}:
        return True
    head = cause.name.replace("(", ".").replace("[", ".").partition(".")[0].strip()
    return head in fields or head.removesuffix("_latest").removesuffix("_origin") in fields


def _clocks(run: Run) -> dict[str, tuple[str, ...]]:
    """The fields that each metric is made of, by its name."""
    told = run.parameters.get("clock")
    if isinstance(told, dict):
        return {metric: tuple(str(end) for end in ends) for metric, ends in told.items() if isinstance(ends, list)}
    clocks = run.numbers.get("clocks")
    places = [run.numbers.get("metrics"), *(clocks.values() if isinstance(clocks, dict) else ())]
    found: dict[str, tuple[str, ...]] = {}
    for metrics in places:
        for name, metric in metrics.items() if isinstance(metrics, dict) else ():
            found[name] = found.get(name, ()) + _ends(metric)
    return found


def _ends(metric: Json) -> tuple[str, ...]:
    ends = (metric.get("from"), metric.get("to")) if isinstance(metric, dict) else ()
    return tuple(str(end["anchor"]) for end in ends if isinstance(end, dict))
