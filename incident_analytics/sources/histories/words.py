"""What the words of a record mean, for readers that see many of them: each is looked up once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook

UNKNOWN_METHOD = "unknown"


def detection_method(written: str, runbook: Runbook) -> str:
    """How an incident was detected, in the runbook's word for it; ``unknown`` where it knows none."""
    word = written.lower().replace(" ", "_").replace("-", "_")
    return next((method for method, names in runbook.detected_by.items() if word in {method, *names}), UNKNOWN_METHOD)


def is_known_method(written: str, runbook: Runbook) -> bool:
    """Whether the runbook knows the word."""
    return detection_method(written, runbook) != UNKNOWN_METHOD or written.lower() in {
        UNKNOWN_METHOD,
        *runbook.detected_by.get(UNKNOWN_METHOD, ()),
    }
