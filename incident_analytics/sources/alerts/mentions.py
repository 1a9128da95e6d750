"""What one JSON document tells of alerts: the shapes of notifications and answers, and the alert in each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import shortened
from incident_analytics.sources.alerts.alert import Alert, State

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Place

_SUMMARIES: Final = ("summary", "message", "description", "title")
_LONGEST_SUMMARY: Final = 200
# Alertmanager writes the year 1 for an end that it does not know.
_FIRST_YEAR: Final = 1971
_STATES: Final[dict[str, State]] = {
    "pending": "pending",
    "suppressed": "suppressed",
    "firing": "firing",
    "active": "firing",
    "unprocessed": "firing",
    "resolved": "resolved",
}
Item = tuple[object, str]


def items_of(document: object) -> list[Item] | None:
    """The alerts of a document, each with the state of its notification; None where it is no list of alerts."""
    if isinstance(document, list):
        groups = [(part, _of_group(part)) for part in document]
        return [item for part, group in groups for item in ([(part, "")] if group is None else group)]
    if not isinstance(document, dict):
        return None
    data = document.get("data")
    if isinstance(data, list):
        return items_of(data)
    if isinstance(data, dict):
        return _of_rules(data["groups"]) if isinstance(data.get("groups"), list) else _of_group(data)
    return [(document, "")] if "startsAt" in document else _of_group(document)


def is_alerts(document: object) -> bool:
    """Whether a document is a list of alerts for sure: each of them one, or none in an answer that asks for them."""
    items = items_of(document)
    if items is None:
        return False
    if not items:
        return isinstance(document, dict) and (isinstance(document.get("data"), dict) or "groupKey" in document)
    return all(_is_alert(item) for item, _ in items)


def refusal(document: object) -> str:
    """The error that an answer tells instead of alerts; empty where it tells none."""
    if isinstance(document, str):
        return document
    if not isinstance(document, dict):
        return ""
    if document.get("status") == "error":
        return f"{document.get('errorType', 'error')}: {document.get('error', 'no reason given')}"
    return str(document["message"]) if {"code", "message"} <= document.keys() else ""


def mention(item: object, status: str, place: Place) -> Alert | None:
    """The alert that an item tells; None where it has no labels or no time.

    Of an alert that fires ``endsAt`` says nothing: it is the year 1, or when Alertmanager will give it up.
    """
    if not isinstance(item, dict) or not isinstance(item.get("labels"), dict):
        return None
    fired_at, active_at = _time(item.get("startsAt")), _time(item.get("activeAt"))
    if fired_at is None and active_at is None:
        return None
    state = _state(item, status)
    notes = item.get("annotations")
    notes = notes if isinstance(notes, dict) else {}
    resolved_at = _time(item.get("endsAt")) if state == "resolved" else None
    said = next((str(notes[key]) for key in _SUMMARIES if notes.get(key)), "")
    return Alert(
        labels=tuple(sorted((str(name), str(value)) for name, value in item["labels"].items())),
        state=state,
        active_at=active_at,
        fired_at=fired_at,
        resolved_at=resolved_at,
        summary=shortened(said, _LONGEST_SUMMARY),
        fingerprint=str(item.get("fingerprint") or ""),
        places=(place,),
        fired_in=place if fired_at else None,
        resolved_in=place if resolved_at else None,
    )


def _of_group(part: object) -> list[Item] | None:
    """The alerts of a notification or a group, which are told in one list."""
    if not isinstance(part, dict) or not isinstance(part.get("alerts"), list):
        return None
    status = part.get("status")
    return [(each, status if isinstance(status, str) else "") for each in part["alerts"]]


def _of_rules(groups: list[object]) -> list[Item]:
    lists = [group.get("rules") for group in groups if isinstance(group, dict)]
    return [item for rules in lists if isinstance(rules, list) for rule in rules for item in _of_group(rule) or ()]


def _is_alert(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("labels"), dict) and bool({"startsAt", "activeAt"} & {*item})


def _state(item: dict[str, object], status: str) -> State:
    told = item.get("status") or item.get("state") or status
    if isinstance(told, dict):
        told = told.get("state")
    return _STATES.get(str(told).lower(), "firing")


def _time(written: object) -> datetime | None:
    """An instant; None for the year 1 and for one without a zone, which none of these tools writes."""
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at.year >= _FIRST_YEAR else None
