"""The whole records behind a history or some bundles, each with its runbook and the folder that it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.histories import History, WholeRecord, records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor, Place
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources import Bundle


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """One whole record.

    Args:
        record: The incident, and the further entries of its timeline.csv.
        runbook: What its words mean.
        folder: The name of its folder or zip; empty of a record in a file of many.
    """

    record: WholeRecord
    runbook: Runbook
    folder: str = ""

    def events(self) -> tuple[Event, ...]:
        """Its merged timeline."""
        return merged_timeline(self.record.incident, self.runbook, self.record.entries)

    def anchors(self) -> dict[str, Anchor]:
        """Its milestones."""
        return milestones(self.record.incident, self.events(), self.runbook)

    def file(self, place: Place | None) -> str | None:
        """The file of a place, its folder before it as in a history's frame."""
        if place is None or not self.folder or place.file.startswith(f"{self.folder}/"):
            return place.file if place else None
        return f"{self.folder}/{place.file}"


def told_records(incidents: History | Iterable[Bundle]) -> Iterator[ToldRecord]:
    """Each whole record, in the order of the history's inputs or of the bundles; rows of tables have none.

    Raises:
        BundleError: A bundle has no record.
        RecordError: A bundle's record cannot be read.
    """
    if isinstance(incidents, History):
        runbook = incidents.runbook or load_runbook()
        for record in records_of(incidents):
            place = record.incident.read_from
            folder = place.file.rpartition("/")[0] if record.bundle and place else ""
            yield ToldRecord(record, runbook, folder)
        return
    for bundle in incidents:
        record = WholeRecord(bundle.record, tuple(bundle.timeline), bundle)
        yield ToldRecord(record, bundle.runbook, bundle.name if bundle.folder else "")
