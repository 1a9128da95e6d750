"""The history as it is written down: one full record a line, and the flat export of a tracker."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fleet import MINUTE
from story import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fleet_incidents import Draft

LED = frozenset({"SEV1", "SEV2"})
ROTA_WEEKS = 4
EXPORT_ZONE = ZoneInfo("Europe/Berlin")
EXPORT_TIME = "%d/%m/%Y %H:%M:%S"
EXPORT_NULL = "n/a"
EXPORT_SEVERITIES = {"SEV1": "P1", "SEV2": "P2", "SEV3": "P3", "SEV4": "P4"}


def ndjson(drafts: Iterable[Draft], actions: Mapping[str, Sequence[Mapping[str, object]]]) -> bytes:
    """One record a line, in order of their ids."""
    lines = (json.dumps(_record(draft, actions[draft.identity]), separators=(",", ":")) for draft in drafts)
    return "".join(line + "\n" for line in lines).encode()


def _record(draft: Draft, actions: Sequence[Mapping[str, object]]) -> dict[str, object]:
    record: dict[str, object] = {
        "id": draft.identity,
        "title": draft.title,
        "severity": draft.severity,
        "severity_reported": draft.severity_word,
        "status": "open" if draft.resolved is None else "resolved",
        "is_drill": draft.is_drill or None,
        "services": [draft.service],
        "team": draft.team,
        "cause": draft.cause,
        "repeat_of": draft.repeat_of,
        "detected_by": draft.detected_by,
        "timezone": "UTC",
        **{name: None if when is None else stamp(when) for name, when in _milestones(draft).items()},
        "postmortem_at": None if draft.reviewed is None else stamp(draft.reviewed),
        "channel": f"#incident-{stamp(draft.started)[:10]}-{draft.service}" if draft.severity in LED else None,
        "impact": _impact(draft),
        "mitigation": _mitigation(draft),
        "roles": _roles(draft),
        "impact_intervals": _intervals(draft),
        "timeline": _timeline(draft),
        "action_items": list(actions),
    }
    return {key: value for key, value in record.items() if value not in (None, "", [])}


def _milestones(draft: Draft) -> dict[str, int | None]:
    end = draft.resolved if draft.recorded_end is None else draft.recorded_end
    if draft.broken and draft.told_by == "timeline":
        end = draft.broken[0]
    return {
        "started_at": draft.started,
        "detected_at": draft.detected,
        "declared_at": draft.declared,
        "acknowledged_at": draft.acknowledged,
        "engaged_at": draft.engaged,
        "mitigated_at": draft.mitigated,
        "resolved_at": end,
    }


def _impact(draft: Draft) -> dict[str, object]:
    over = draft.broken[1] - draft.broken[0] if draft.broken else 0
    known = {
        "users_affected": draft.users,
        "revenue_lost": None if draft.dollars is None else f"${draft.dollars}",
        "duration_minutes": None if draft.resolved is None else round((draft.resolved - draft.started - over) / MINUTE),
    }
    return {key: value for key, value in known.items() if value is not None}


def _mitigation(draft: Draft) -> dict[str, str] | None:
    if draft.mitigated is None:
        return None
    return {"kind": "rollback" if draft.is_rolled_back else "fix_forward"}


def _roles(draft: Draft) -> list[dict[str, str]]:
    """A rota takes each role; SEV1 and SEV2 are led by three of them, and nobody is ever the scribe."""
    if draft.acknowledged is None:
        return []
    names = ["Technical Lead"]
    if draft.severity in LED:
        names = ["Incident Commander", "Technical Lead", "Communications Lead"]
    week = datetime.fromtimestamp(draft.started, tz=UTC).isocalendar().week % ROTA_WEEKS
    taken = [draft.engaged if name == "Technical Lead" else draft.acknowledged for name in names]
    return [
        {"role": name, "person": f"{draft.team} on-call {(week + number) % ROTA_WEEKS + 1}"}
        | ({} if when is None else {"assigned_at": stamp(when)})
        for number, (name, when) in enumerate(zip(names, taken, strict=True))
    ]


def _intervals(draft: Draft) -> list[dict[str, str]]:
    if draft.broken is None or draft.resolved is None or draft.told_by == "timeline":
        return []
    over, again = draft.broken
    stretches = ((draft.started, over), (again, draft.resolved))
    return [{"from": stamp(begun), "to": stamp(ended)} for begun, ended in stretches]


def _timeline(draft: Draft) -> list[dict[str, str]]:
    events: list[tuple[int, str, str]] = []
    if draft.quick_fixed is not None:
        events.append((draft.quick_fixed, f"More memory added to {draft.service} for now", "quick_fix_applied"))
    if draft.broken and draft.resolved is not None and draft.told_by != "intervals":
        over, again = draft.broken
        events.append((over, "Incident resolved", "resolved"))
        events.append((again, "Incident reopened: impact is back", "reopened"))
        events.append((draft.resolved, "Incident resolved", "resolved"))
    return [{"time": stamp(when), "event": text, "kind": kind} for when, text, kind in sorted(events)]


def export_csv(drafts: Iterable[Draft]) -> bytes:
    """The same incidents as a tracker in Berlin exports them: its own clock, the day first, P1 to P4."""
    buffer = io.StringIO()
    rows = [_row(draft) for draft in drafts]
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _row(draft: Draft) -> dict[str, object]:
    times = _milestones(draft)
    if draft.recorded_end is None:
        times["resolved_at"] = draft.resolved
    known = {
        "number": draft.identity,
        "title": draft.title,
        "priority": EXPORT_SEVERITIES.get(draft.severity or "", draft.severity_word),
        "state": "open" if draft.resolved is None else "resolved",
        "service": draft.service,
        "team": draft.team,
        "cause": draft.cause,
        "detected_by": draft.detected_by,
        **{name.removesuffix("_at"): None if when is None else _local(when) for name, when in times.items()},
        "reopened": int(draft.broken is not None),
        "users_affected": draft.users,
        "revenue_lost_usd": draft.dollars,
        "drill": "yes" if draft.is_drill else "no",
    }
    return {key: EXPORT_NULL if value is None else value for key, value in known.items()}


def _local(when: int) -> str:
    """The clock of the export; an hour that comes twice could not be read again."""
    local = datetime.fromtimestamp(when, tz=EXPORT_ZONE)
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        raise ValueError(f"{local} comes twice in {EXPORT_ZONE.key}: take another seed")
    return local.strftime(EXPORT_TIME)
