"""What two post-mortems of one incident were told differently: milestones, recorded numbers, timeline, action items."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from incident_analytics.reporting.runs.cause import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incident_analytics.reporting.measurement_json import Json
    from incident_analytics.reporting.runs.run import Run

Object: TypeAlias = "Mapping[str, Json]"
TIMELINE, ACTION_ITEM = "timeline", "action_items"
_OF_INCIDENT = ("title", "severity", "status", "services", "detected_by", "zone")
_OF_MILESTONE = ("at", "latest", "origin")
_OF_ACTION = ("owner", "due", "ticket", "status")


def post_mortem_changes(before: Run, after: Run) -> tuple[Cause, ...]:
    """The differences between what two post-mortems of one incident were told, each a field with its place.

    Args:
        before: A run of a post-mortem.
        after: Another one, of the same incident.
    """
    old, new = before.numbers, after.numbers
    return (*_facts(old, new, after.incident), *_entries(old, new, after), *_actions(old, new, after))


def _facts(old: Object, new: Object, incident: str) -> Iterator[Cause]:
    for name in _OF_INCIDENT:
        told = (_object(old, "incident").get(name), _object(new, "incident").get(name))
        if told[0] != told[1]:
            yield Cause("field", name, *told, incident=incident)
    milestones = (_object(old, "milestones"), _object(new, "milestones"))
    for name in dict.fromkeys([*milestones[1], *milestones[0]]):
        was, is_now = (_object(each, name) for each in milestones)
        place = _place(is_now or was)
        for part in _OF_MILESTONE:
            # where a milestone was found says nothing new of one that came or went
            if was.get(part) != is_now.get(part) and not (part == "origin" and not (was and is_now)):
                field = name if part == "at" else f"{name} ({part})"
                yield Cause("field", field, was.get(part), is_now.get(part), incident=incident, place=place)
    metrics = (_object(old, "metrics"), _object(new, "metrics"))
    for name in dict.fromkeys([*metrics[1], *metrics[0]]):
        was, is_now = (_object(each, name) for each in metrics)
        told = (_recorded(was), _recorded(is_now))
        if told[0] != told[1]:
            place = str((is_now if told[1] is not None else was).get("recorded_at_place") or "")
            yield Cause("field", name, *told, incident=incident, place=place)


def _recorded(metric: Object) -> Json:
    if metric.get("status") != "recorded":
        return None
    money = metric.get("money")
    return (
        f"{money.get('amount')} {money.get('currency') or ''}".strip() if isinstance(money, dict) else metric["value"]
    )


def _entries(old: Object, new: Object, after: Run) -> Iterator[Cause]:
    """Entries of the timeline by source and text; what stands there twice is told by where it stands."""
    was, is_now = (_keyed(_objects(each, "timeline")) for each in (old, new))
    for key in dict.fromkeys([*is_now, *was]):
        one, other = was.get(key, {}), is_now.get(key, {})
        if key[0] != "milestone" and one.get("at") != other.get("at"):
            place = str((other or one).get("place") or "")
            told = (one.get("at"), other.get("at"))
            yield Cause("field", f"{TIMELINE}[{key[1]}]", *told, incident=after.incident, place=place)


def _keyed(entries: list[Object]) -> dict[tuple[str, str, int], Object]:
    found: dict[tuple[str, str, int], Object] = {}
    for entry in entries:
        key = (str(entry.get("source")), str(entry.get("text")))
        number = sum(known[:2] == key for known in found) if (*key, 0) in found else 0
        found[*key, number] = entry
    return found


def _actions(old: Object, new: Object, after: Run) -> Iterator[Cause]:
    was, is_now = ({str(each.get("text")): each for each in _objects(told, "action_items")} for told in (old, new))
    for text in dict.fromkeys([*is_now, *was]):
        place = str((is_now.get(text) or was[text]).get("place") or "")
        field = f"{ACTION_ITEM}[{text}]"
        if text not in was or text not in is_now:
            told: tuple[Json, Json] = (None, "new") if text in is_now else ("there", None)
            yield Cause("field", field, *told, incident=after.incident, place=place)
            continue
        for part in _OF_ACTION:
            told = (was[text].get(part), is_now[text].get(part))
            if told[0] != told[1]:
                yield Cause("field", f"{field}.{part}", *told, incident=after.incident, place=place)


def _object(holder: Object, key: str) -> Object:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _objects(holder: Object, key: str) -> list[Object]:
    value = holder.get(key)
    return [cast("Object", each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _place(anchor: Object) -> str:
    file, line = anchor.get("file"), anchor.get("line")
    return f"{file}:{line}" if line is not None else str(file or "")
