"""Many well-formed records at once: checked one by one, their columns made all together."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from incident_analytics.model.zones import zone_named
from incident_analytics.safe_yaml import LARGEST_BYTES
from incident_analytics.sources.histories.plain_columns import PlainReading, joined, plain_columns
from incident_analytics.sources.histories.plain_fields import KNOWN_KEYS, PLAIN_RECORD
from incident_analytics.sources.histories.source_columns import SOURCE_KEYS, source_columns
from incident_analytics.sources.histories.told_elsewhere import ToldElsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.plain_fields import PlainRecord

# Spellings that a record's own reader judges: control characters, and numbers that JSON does not know.
_ODD = (rb"\u000", rb"\u001", rb"\b", rb"\f", b"NaN", b"Infinity")
# Records are large as objects, and small as columns.
_AT_ONCE = 50_000
_LISTS = ("roles", "updates", "timeline", "action_items")
_PARTS = ("impact", "mitigation")
_SOURCE_KEYS = frozenset(SOURCE_KEYS)
_NO_COLUMNS = source_columns({})


def read_plain_records(lines: Iterable[bytes], runbook: Runbook, *, is_told: bool) -> PlainReading:
    """The well-formed records of NDJSON lines.

    Args:
        lines: One record each; blank ones are passed over.
        runbook: What words, zones and currencies mean.
        is_told: Whether milestones may also be told by the timeline; a record whose timeline, roles or updates tell a
            milestone that it has no field for is odd then.
    """
    reader = _Reader(runbook, is_told=is_told)
    parts = []
    for number, line in enumerate(lines, start=1):
        fields = reader.fields(line)
        if fields is not None:
            reader.take(fields, number)
        elif line.strip():
            reader.odd.append(number)
        if len(reader.records) == _AT_ONCE:
            parts.append(plain_columns(reader.records, runbook))
            reader.records = []
    parts.append(plain_columns(reader.records, runbook))
    return joined(parts, reader.odd)


class _Reader:
    def __init__(self, runbook: Runbook, *, is_told: bool) -> None:
        self.runbook = runbook
        self.told = ToldElsewhere(runbook, is_told=is_told)
        self.records: list[dict[str, Any]] = []
        self.odd: list[int] = []
        self._is_zone = lru_cache(maxsize=1024)(self._zone_is_known)

    def fields(self, line: bytes) -> PlainRecord | None:
        """The fields of a well-formed record; None for any other line."""
        if len(line) > LARGEST_BYTES or any(odd in line for odd in _ODD):
            return None
        try:
            fields = PLAIN_RECORD.validate_json(line)
        except ValidationError:
            return None
        # A key that stands twice, or deep in a part of no known shape, shows as a colon too many.
        if line.count(b'":') + line.count(b'" :') != _keys_of(fields):
            return None
        others = fields.keys() - KNOWN_KEYS
        if others and any(isinstance(fields[name], (list, dict)) for name in others):  # type: ignore[literal-required]
            return None
        zone = fields.get("timezone")
        if (zone and not self._is_zone(zone)) or self.told.may_tell(fields):
            return None
        return fields

    def take(self, fields: PlainRecord, number: int) -> None:
        record: dict[str, Any] = dict(fields)
        impact = fields.get("impact") or {}
        revenue = impact.get("revenue_lost")
        minutes = impact.get("duration_minutes")
        services = fields.get("services")
        if services is None:
            services = fields.get("service")
        listed = [services] if isinstance(services, str) else services or []
        names = [name.strip() for name in listed if name.strip()]
        extra = source_columns(record) if _SOURCE_KEYS & fields.keys() else _NO_COLUMNS
        reopened = 0 if extra["reopened"] is None and fields.get("timeline") else extra["reopened"]
        record |= extra
        record |= {
            "line": number,
            "users_affected": impact.get("users_affected"),
            "revenue_lost": None if revenue is None else str(revenue),
            "duration_minutes": None if minutes is None else float(minutes),
            "services": ", ".join(names),
            "service": names[0] if names else None,
            "reopened": reopened,
        }
        self.records.append(record)

    def _zone_is_known(self, zone: str) -> bool:
        return bool(zone.strip()) and zone_named(self.runbook.zones.get(zone.strip().upper(), zone.strip())) is not None


def _keys_of(fields: PlainRecord) -> int:
    """How many keys a record and its parts have."""
    record: dict[str, Any] = fields  # type: ignore[assignment]
    count = len(record)
    for name in _PARTS:
        part = record.get(name)
        if part:
            count += len(part)
    for name in _LISTS:
        for item in record.get(name) or ():
            if isinstance(item, dict):
                count += len(item)
    return count
