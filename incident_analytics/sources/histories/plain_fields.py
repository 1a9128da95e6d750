"""The shape of a record that needs no interpretation: full timestamps with their zone, plain texts and numbers.

`read_record` reads such a record to the same values; everything else is left to it.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- pydantic reads the annotations
from typing import Annotated, Literal, Required

from pydantic import ConfigDict, Field, TypeAdapter
from typing_extensions import TypedDict

from incident_analytics.sources.histories.times import FULL_STAMP

_OTHER_KEYS = ConfigDict(extra="allow")
Stamp = Annotated[str, Field(pattern=FULL_STAMP)]
Told = Annotated[str, Field(pattern=r"\S")]
Count = Annotated[int, Field(strict=True, ge=0, le=10**15)]
# Larger and smaller ones are printed with an exponent, which a record may not have.
Number = Annotated[int, Field(strict=True, ge=0, le=10**14)] | Annotated[float, Field(strict=True, ge=0.001, le=1e14)]


class PlainImpact(TypedDict, total=False):
    """The harm done, in plain numbers."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    users_affected: Count | None
    revenue_lost: str | Count | None
    duration_minutes: Number | None
    degradation_percent: Number | None
    users_percent: Number | None


class PlainRole(TypedDict, total=False):
    """A role and who took it."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    role: Required[Told]
    person: str | None
    name: str | None
    assigned_at: Stamp | None
    at: Stamp | None


class PlainEntry(TypedDict, total=False):
    """An entry of the timeline."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    time: Required[Stamp]
    event: Required[Told]
    kind: str | None
    kinds: None
    actor: str | None
    source: str | None
    ref: str | None


class PlainUpdate(TypedDict, total=False):
    """A status update."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    time: Required[Stamp]
    next_update: Stamp | None
    status: str | None
    impact: str | None
    actions: str | None
    actor: str | None


class PlainAction(TypedDict, total=False):
    """An action item."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    text: Required[Told]
    due: Annotated[dt.date, Field(strict=True)] | None
    closed_at: Stamp | None
    owner: str | None
    ticket: str | None
    kind: str | None
    status: str | None


class PlainMitigation(TypedDict, total=False):
    """What ended the harm."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    kind: Literal["rollback", "fix_forward"] | None
    at: Stamp | None
    description: str | None


class PlainRecord(TypedDict, total=False):
    """A whole record."""

    __pydantic_config__ = _OTHER_KEYS  # type: ignore[misc]

    id: Required[Told]
    schema_version: Literal["1"] | None
    title: str | None
    severity: str | None
    status: str | None
    timezone: str | None
    channel: str | None
    status_page: str | None
    services: list[str] | str | None
    service: str | None
    detected_by: str | None
    started_at: Stamp | None
    detected_at: Stamp | None
    declared_at: Stamp | None
    acknowledged_at: Stamp | None
    engaged_at: Stamp | None
    diagnosed_at: Stamp | None
    mitigated_at: Stamp | None
    resolved_at: Stamp | None
    closed_at: Stamp | None
    postmortem_at: Stamp | None
    deployed_at: Stamp | None
    impact: PlainImpact | None
    mitigation: PlainMitigation | None
    roles: list[PlainRole] | None
    updates: list[PlainUpdate] | None
    timeline: list[PlainEntry] | None
    action_items: list[Told | PlainAction] | None
    severity_changes: Annotated[list[None], Field(max_length=0)] | None
    impact_intervals: Annotated[list[None], Field(max_length=0)] | None


KNOWN_KEYS = frozenset(PlainRecord.__annotations__)
PLAIN_RECORD: TypeAdapter[PlainRecord] = TypeAdapter(PlainRecord)
