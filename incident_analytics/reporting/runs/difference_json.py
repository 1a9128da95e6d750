"""A difference as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.runs.cause import Cause
    from incident_analytics.reporting.runs.difference import Difference, Moved
    from incident_analytics.reporting.runs.run import Run


def difference_json(found: Difference) -> dict[str, Json]:
    """Both runs, what they were made from differently, and each value that moved with what is behind it."""
    return {
        "kind": found.after.kind,
        "before": _run(found.before),
        "after": _run(found.after),
        "asked": [_cause(each) for each in found.causes if each.kind == "asked"],
        "inputs": [_cause(each) for each in found.causes if each.kind == "input"],
        "incidents": [_cause(each) for each in found.causes if each.kind not in {"asked", "input"}],
        "numbers": [_moved(each) for each in found.numbers],
        "words": [_moved(each) for each in found.words],
    }


def _run(run: Run) -> dict[str, Json]:
    return {"run": run.name, "as_of": run.as_of, "made_by": run.made_by, "incidents_kept": run.incidents is not None}


def _cause(cause: Cause) -> dict[str, Json]:
    return {
        "kind": cause.kind,
        "incident": cause.incident or None,
        "field": cause.name or None,
        "before": cause.before,
        "after": cause.after,
        "place": cause.place or None,
        "why": cause.why or None,
    }


def _moved(moved: Moved) -> dict[str, Json]:
    what = moved.what
    return {
        "name": what.name,
        "before": what.before,
        "after": what.after,
        "note": what.note or None,
        "behind": [
            {"kind": each.kind, "incident": each.incident or None, "field": each.name or None} for each in moved.behind
        ],
    }
