"""What the word of a record's status says: over, going on, or nothing that is known."""

from __future__ import annotations

from typing import Final

# The states of PagerDuty, incident.io, Rootly, FireHydrant, Statuspage, Jira and ServiceNow that say it is over.
OVER: Final = frozenset({
    "resolved", "closed", "done", "completed", "complete", "canceled", "cancelled", "declined", "postmortem",
    "post-mortem", "post-incident", "documenting", "reviewing", "retrospective_started", "retrospective_completed",
})  # fmt: skip
ONGOING: Final = frozenset({
    "open", "new", "active", "triage", "triggered", "started", "declared", "detected", "acknowledged", "assigned",
    "investigating", "identified", "fixing", "in progress", "in_progress", "in-progress", "monitoring", "mitigated",
    "on hold", "paused", "pending", "reopened", "ongoing",
})  # fmt: skip


def is_over(status: str | None) -> bool:
    """Whether a status says that the incident is over, whether or not anybody recorded when.

    >>> is_over("Closed"), is_over("monitoring"), is_over(None)
    (True, False, False)
    """
    return _plain(status) in OVER


def is_known_status(status: str | None) -> bool:
    """Whether a status says anything that is known; no status at all is no doubt.

    >>> is_known_status("Monitoring"), is_known_status("abgeschlossen")
    (True, False)
    """
    return not _plain(status) or _plain(status) in OVER | ONGOING


def _plain(status: str | None) -> str:
    return (status or "").strip().lower()
