"""What is doubtful about a snapshot: each doubt once a file, with its count and first line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.errors import shortened
from incident_analytics.model.measurement import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.sources.database.snapshot import Snapshot
    from incident_analytics.sources.database.timestamps import TimestampReader
    from incident_analytics.sources.delimited import BrokenRow

# What each problem of a cell is called, and what would have been right.
_PROBLEMS: Final = {
    "unreadable-number": ("Whole numbers cannot be read", "a whole number"),
    "unreadable-boolean": ("Booleans cannot be read", "t or f"),
    "unreadable-interval": ("Durations cannot be read", "an interval such as 00:05:01.5 or PT5M1.5S"),
    "unreadable-array": ("Lists of blocking sessions cannot be read", "an array such as {18737}"),
    "query-after-capture": ("Queries began after the capture time, so their duration is not known", "an earlier time"),
}


def about_cells(snapshot: Snapshot) -> list[Finding]:
    """Cells that cannot be read, by kind."""
    findings = []
    for rule, (words, expected) in _PROBLEMS.items():
        found = [each for each in snapshot.problems if each.rule == rule]
        if found:
            place = Place(snapshot.name, found[0].line)
            message = f"{words} ({len(found)} here)."
            findings.append(Finding(rule, "warning", message, place, shortened(found[0].seen), expected))
    return findings


def about_times(reader: TimestampReader, name: str) -> list[Finding]:
    """Timestamps whose zone nobody explained, that cannot be read, or that carry no zone."""
    findings = []
    for word in sorted({each.zone for each in reader.refused if each.zone}):
        found = [each for each in reader.refused if each.zone == word]
        message = f"The zone {word} can mean several offsets, so its timestamps are not read ({len(found)} here)."
        expected = f"an offset (datestyle=ISO), or {word} explained in the runbook's zones"
        findings.append(
            Finding("zone-unknown", "warning", message, Place(name, found[0].line), found[0].text, expected)
        )
    unread = [each for each in reader.refused if not each.zone]
    if unread:
        message = f"Timestamps cannot be read, or their day and month look alike ({len(unread)} here)."
        place, seen = Place(name, unread[0].line), shortened(unread[0].text)
        findings.append(Finding("unreadable-time", "warning", message, place, seen, "2024-01-15 14:27:30+00"))
    if reader.assumed:
        zone = reader.rules.zone
        words = f"the incident's, {zone}," if zone else "UTC, a guess,"
        message = f"Timestamps carry no zone ({len(reader.assumed)} here); {words} was used."
        first = reader.assumed[0]
        level: Level = "info" if zone else "warning"
        place = Place(name, first.line)
        findings.append(Finding("zone-assumed", level, message, place, first.text, "an offset such as +00"))
    return findings


def about_capture(snapshot: Snapshot) -> list[Finding]:
    """A capture time that nothing tells, or that the file's own times contradict."""
    if snapshot.capture.disagrees:
        message = "The file holds times later than the capture time in its name."
        return [Finding("capture-time-disagrees", "warning", message, Place(snapshot.name))]
    if snapshot.table.rows and all(snapshot.captured_at(row) is None for row in range(len(snapshot.table.rows))):
        message = "Nothing tells when this was captured."
        expected = "a folder named like 2024-01-15T142730Z, or a column captured_at"
        return [Finding("capture-time-unknown", "info", message, Place(snapshot.name), expected=expected)]
    return []


def about_rows(broken: Sequence[BrokenRow], name: str) -> list[Finding]:
    """Rows that could not be split into the header's cells."""
    if not broken:
        return []
    message = f"Rows do not fit the header ({len(broken)} here); cells that are there are kept."
    return [
        Finding(
            "broken-row", "warning", message, Place(name, broken[0].line), broken[0].reason, "cells as in the header"
        )
    ]
