"""Prometheus's list of alerts (``/api/v1/alerts``) as the series it keeps of them: since when each has been active."""

from __future__ import annotations

from datetime import UTC, datetime


def alert_series(alerts: list[object]) -> list[object]:
    """One series an alert, as ALERTS_FOR_STATE has it: at the time the alert became active, that time in seconds.

    That is when its expression was first true, which is earlier than Alertmanager's startsAt by the rule's ``for``.
    What is no alert stays as it is, so that it is counted as unreadable.
    """
    return [_series(each) for each in alerts]


def _series(alert: object) -> object:
    if not isinstance(alert, dict) or not isinstance(alert.get("labels"), dict):
        return alert
    try:
        active = datetime.fromisoformat(str(alert.get("activeAt")))
    except ValueError:
        return {"metric": {"__name__": "ALERTS_FOR_STATE", **alert["labels"]}, "value": None}
    # Without a zone nothing is guessed: Prometheus always writes one.
    seconds = active.replace(tzinfo=active.tzinfo or UTC).timestamp()
    return {"metric": {"__name__": "ALERTS_FOR_STATE", **alert["labels"]}, "value": [seconds, int(seconds)]}


def told_states(alerts: list[object]) -> str:
    """How many alerts are in each state, in words: ``1 firing, 2 pending``."""
    states = [str(each.get("state", "unknown")) for each in alerts if isinstance(each, dict)]
    return ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))
