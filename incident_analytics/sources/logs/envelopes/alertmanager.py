"""Alertmanager: the notification that its webhook sends, and the lists of alerts and of groups that its API answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import objects, text_of
from incident_analytics.sources.logs.record import LogRecord, as_json

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader

KEYS: Final = frozenset({"alerts", "startsAt"})
SIGN: Final = r'"startsAt"\s*:\s*"\d{4}-'

FORMAT: Final = "alertmanager"
_RESOLVED: Final = "resolved"
_TEXTS: Final = ("summary", "message", "description", "title")


def unpack(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    """A record an alert: when it started, or when it ended where the notification says that it is resolved."""
    del depth
    alerts = [fields] if "startsAt" in fields else objects(fields, "alerts")
    if not alerts or not all(isinstance(each.get("labels"), dict) and text_of(each.get("startsAt")) for each in alerts):
        return None
    return [_record(each, reader) for each in alerts]


def _record(alert: dict[str, object], reader: LineReader) -> LogRecord:
    """The record of one alert.

    Its severity keeps its word without a number: it says how urgent the alert is, and must not count among the errors
    that a service logs. Of an alert that fires `endsAt` says nothing: it is the year 1, or when Alertmanager will give
    it up.
    """
    told = alert.get("labels")
    labels = dict(told) if isinstance(told, dict) else {}
    notes = alert.get("annotations")
    notes = dict(notes) if isinstance(notes, dict) else {}
    state = alert.get("status")
    status = text_of(state.get("state")) if isinstance(state, dict) else text_of(state)
    is_over = status == _RESOLVED
    at = reader.times.read(alert.get("endsAt" if is_over else "startsAt"))
    said = next((key for key in _TEXTS if text_of(notes.get(key))), None)
    raw = as_json(alert)
    attributes = {**labels, **notes, "status": status, "starts_at": alert.get("startsAt")}
    attributes |= {"fingerprint": alert.get("fingerprint")} | ({"ends_at": alert.get("endsAt")} if is_over else {})
    for taken in ("severity", "service", said):
        attributes.pop(taken, None)
    return LogRecord(
        FORMAT,
        timestamp=at[0] if at else None,
        zone_assumed=at[1] if at else False,
        severity_text=text_of(labels.get("severity")),
        message=text_of(notes.get(said)) if said else text_of(labels.get("alertname")),
        service=text_of(labels.get("service")) or text_of(labels.get("job")),
        attributes={key: value for key, value in attributes.items() if key and value is not None},
        raw=raw,
    )
