"""One record of a history: what cannot be read in it is left out and counted, the incident stays."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from incident_analytics.errors import RecordError
from incident_analytics.model.measurement import Place
from incident_analytics.sources.histories.schema import MILESTONES, history_row
from incident_analytics.sources.records import read_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.ledger import Tally
    from incident_analytics.sources.histories.schema import Milestones, Row
    from incident_analytics.sources.records import RawRecord

_INDEX = re.compile(r"\.\d+(?=\.|$)")
_NO_SEVERITY = "severity-missing"


@dataclass(frozen=True)
class RecordRows:
    """Makes rows of records.

    Args:
        runbook: What words, zones and currencies mean.
        milestones: Finds the milestones of an incident.
        tally: Where everything is counted.
    """

    runbook: Runbook
    milestones: Milestones
    tally: Tally

    def incident(self, raw: RawRecord) -> Incident | None:
        """The incident of a raw record; None where it is dropped."""
        raw, unknown = self._with_known_severity(raw)
        try:
            incident = self._read(raw)
        except RecordError as error:
            self.drop(error)
            return None
        for finding in incident.reading_findings:
            if not (unknown and finding.rule == _NO_SEVERITY):
                self.tally.doubts[finding.rule] += 1
        return incident.model_copy(update={"severity_written": unknown}) if unknown else incident

    def row(self, incident: Incident, entries: Sequence[TimelineEntry] = ()) -> Row:
        """The row of an incident with the further entries of its timeline."""
        for name in MILESTONES:
            at = incident.at(name)
            if at is not None:
                self.tally.zones[at.zone] += 1
                if at.zone_assumed:
                    self.tally.zones_assumed[at.zone] += 1
        return history_row(incident, self.milestones(incident, entries), entries)

    def drop(self, error: RecordError) -> None:
        """Counts a record that is left out."""
        reason = _INDEX.sub("[]", error.message)
        told = f"{reason}: expected {error.expected}" if error.expected else reason
        self.tally.drop(told, 1, [_place(error)])

    def _with_known_severity(self, raw: RawRecord) -> tuple[RawRecord, str]:
        written = raw.fields.get("severity")
        text = str(written).strip() if isinstance(written, (str, int, float)) else ""
        if not text or self.runbook.severity_named(text) is not None:
            return raw, ""
        return replace(raw, fields={**raw.fields, "severity": None}), text

    def _read(self, raw: RawRecord) -> Incident:
        try:
            return read_record(raw, self.runbook)
        except RecordError as error:
            lean = _without(raw, error.problems)
            if lean is None:
                raise
            problems = error.problems
        incident = read_record(lean, self.runbook)
        for problem in problems:
            self.tally.lose(_INDEX.sub("[]", problem.message), 1, [_place(problem)])
        return incident


def _without(raw: RawRecord, problems: Sequence[RecordError]) -> RawRecord | None:
    """The record without the parts that cannot be read; None where the record is nothing without them."""
    fields = deepcopy(raw.fields)
    pointers = sorted({tuple(problem.message.split(".")) for problem in problems}, key=_order, reverse=True)
    for pointer in pointers:
        if pointer[0] == "id" or not _remove(fields, pointer):
            return None
    return replace(raw, fields=fields) if pointers else None


def _order(pointer: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Items of a list are taken out from its end, so that the others keep their place."""
    return tuple(("", int(part)) if part.isdigit() else (part, -1) for part in pointer)


def _remove(value: object, pointer: tuple[str, ...]) -> bool:
    """Takes a part out; of a list, the whole item that it stands in."""
    if isinstance(value, dict):
        key = pointer[0]
        if len(pointer) == 1 or not isinstance(value.get(key), (dict, list)):
            value.pop(key, None)
            return True
        return _remove(value[key], pointer[1:])
    if isinstance(value, list) and pointer[0].isdigit():
        if int(pointer[0]) < len(value):
            del value[int(pointer[0])]
        return True
    return False


def _place(error: RecordError) -> Place:
    file, _, line = error.where.rpartition(":")
    return Place(file, int(line)) if file and line.isdigit() else Place(error.where)
