"""The parts of a record that name people: roles in the response, and who does what after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.incident import ActionItem, Role

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.records.field_reader import FieldReader, Pointer, RecordPart
    from incident_analytics.sources.records.record_times import RecordTimes


def read_roles(reader: FieldReader, record: RecordPart, times: RecordTimes, runbook: Runbook) -> tuple[Role, ...]:
    """The roles: a list of them, or a mapping of each to a person."""
    value, pointer = record.take("roles")
    if isinstance(value, dict):
        items = [((*pointer, name), _named_role(name, person)) for name, person in value.items()]
    else:
        items = reader.items(value, pointer)
    roles = []
    for here, item in items:
        part = reader.part(item, here)
        name = reader.text(*part.take("role"))
        if name is None:
            reader.problem((*here, "role"), "a role such as Incident Commander", item)
            continue
        known = {
            "role": runbook.role_named(name),
            "person": reader.text(*part.take("person", "name")),
            "assigned_at": times.milestone(*part.take("assigned_at", "at")),
            "read_from": reader.place(here),
        }
        roles.append(Role.recorded(known, part.unknown))
    return tuple(roles)


def _named_role(name: str, person: object) -> dict[str, object]:
    words = name.replace("_", " ")
    return {**person, "role": words} if isinstance(person, dict) else {"role": words, "person": person}


def read_action_items(reader: FieldReader, record: RecordPart, times: RecordTimes) -> tuple[ActionItem, ...]:
    """The action items, plain sentences or mappings."""
    actions = []
    for pointer, item in reader.items(*record.take("action_items")):
        part = reader.part({"text": item} if not isinstance(item, dict) else item, pointer)
        text = reader.text(*_pointed(part, item, pointer))
        if text is None:
            reader.problem(pointer, "what is to be done", item)
            continue
        known: dict[str, object] = {
            "text": text,
            "due": reader.day(*part.take("due")),
            "closed_at": times.milestone(*part.take("closed_at")),
            "read_from": reader.place(pointer),
        }
        known |= {name: reader.text(*part.take(name)) for name in ("owner", "ticket", "kind", "status")}
        actions.append(ActionItem.recorded(known, part.unknown))
    return tuple(actions)


def _pointed(part: RecordPart, item: object, pointer: Pointer) -> tuple[object, Pointer]:
    """The text of an action item; a plain sentence stands where the item does."""
    value, inner = part.take("text", "title")
    return value, inner if isinstance(item, dict) else pointer
