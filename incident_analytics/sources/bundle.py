"""One incident's folder: its record, its evidence as frames, and the ledger of what was read."""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import TYPE_CHECKING

from incident_analytics.errors import BundleError, RecordError, SourceError
from incident_analytics.model.instants import Instant, is_epoch
from incident_analytics.sources.alerts import AlertReading, read_alerts
from incident_analytics.sources.contents import PROSE, RECORD_NAMES, Contents, record_in, sort_contents
from incident_analytics.sources.folder_findings import manifest_findings, record_findings
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.manifest import Integrity, ManifestEntry, check_integrity, read_manifest
from incident_analytics.sources.other_files import other_lines
from incident_analytics.sources.records import read_records
from incident_analytics.sources.timeline_csv import TimelineReading, read_timeline_csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    import polars as pl

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.measurement import Finding
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.alerts import Alert
    from incident_analytics.sources.database import DatabaseReading
    from incident_analytics.sources.logs import LogReading
    from incident_analytics.sources.metrics import SampleReading
    from incident_analytics.sources.unpacked import UnpackedFolder


class Bundle:
    """One incident's files, each opened when it is first asked for and never twice.

    Args:
        folder: Where the files lie; None for a record file that stands alone.
        runbook: Gives the record's words their meaning.
        record_file: The record, where it is not one of the usual names in the folder.
        incident: The record itself, where it has been read already, or why it cannot be read.
        is_one_of_many: Whether the record file holds other records too.
        kept: A temporary folder that must live as long as the bundle.
        opened_from: The zip it was unpacked from.
    """

    def __init__(
        self,
        folder: Path | None,
        runbook: Runbook,
        *,
        record_file: Path | None = None,
        incident: Incident | RecordError | None = None,
        is_one_of_many: bool = False,
        kept: UnpackedFolder | None = None,
        opened_from: Path | None = None,
    ) -> None:
        self.folder = folder
        self.runbook = runbook
        self._record_file = record_file
        self._incident = incident
        self._is_one_of_many = is_one_of_many
        self._kept = kept
        self._opened_from = opened_from
        self.runbook_file: Path | None = None
        # both may be set before a file is read
        self.redact_queries = "query_text" in runbook.redact
        self.redact_secrets = "secrets" in runbook.redact

    @property
    def named(self) -> Path:
        """What a person names to open this bundle again: folder, zip, record file, or ``FILE#ID``."""
        if self._is_one_of_many and not isinstance(self._incident, RecordError):
            return self.record_file.with_name(f"{self.record_file.name}#{self.record.id}")
        return self._opened_from or self.folder or self.record_file

    @property
    def name(self) -> str:
        """The bundle's name for messages."""
        named = self._opened_from or self.folder or self._record_file
        return named.resolve().name if named else "record"

    @cached_property
    def record_file(self) -> Path:
        """The record's file.

        Raises:
            BundleError: The folder has none.
        """
        if self._record_file is not None:
            return self._record_file
        found = record_in(self.folder) if self.folder else None
        if found is not None:
            return found
        where = str(self._opened_from or self.folder)
        raise BundleError("there is no incident record", where=where, expected=" or ".join(RECORD_NAMES))

    @cached_property
    def record(self) -> Incident:
        """The incident as recorded.

        Raises:
            BundleError: There is no record, or more than one.
            RecordError: The record cannot be read.
        """
        if isinstance(self._incident, RecordError):
            raise self._incident
        if self._incident is not None:
            return self._incident
        folder = str(self._opened_from or self.record_file.parent)
        try:
            records = read_records(self.record_file, self.runbook)
        except (RecordError, SourceError) as error:
            raise error.inside(folder) from None
        if len(records) > 1:
            ids = ", ".join(record.id for record in records[:5])
            found = f"{len(records)} records: {ids}"
            raise BundleError("a bundle holds one incident", where=self.record_file.name, found=found).inside(folder)
        return records[0]

    @cached_property
    def zone(self) -> str | None:
        """The zone of evidence that names none: the record's, the one its start is written in, or the runbook's."""
        with contextlib.suppress(BundleError, RecordError):
            start = self.record.started_at
            written = start.zone if start and not start.zone_assumed and not is_epoch(start.text) else None
            zone = self.record.timezone or written or self.runbook.zone
            # The readers of evidence know offsets and names; what EST means only the runbook tells.
            return self.runbook.zones.get(zone.upper(), zone) if zone else None
        return None

    @property
    def start(self) -> datetime | None:
        """When the incident began, as early as its record allows; None where it does not tell."""
        return self.window[0] if self.window else None

    @cached_property
    def contents(self) -> Contents:
        """The evidence files, sorted by kind."""
        return sort_contents(self.folder) if self.folder else Contents()

    @cached_property
    def _timeline(self) -> TimelineReading:
        if self.folder is None:
            return TimelineReading()
        return read_timeline_csv(self.folder, self.record, self.runbook, zone=self.zone)

    @property
    def timeline(self) -> tuple[TimelineEntry, ...]:
        """The entries of timeline.csv, beside the record's own."""
        return self._timeline.entries

    @cached_property
    def _alerts(self) -> AlertReading:
        return read_alerts(self.contents.alerts, root=self._root) if self.contents.alerts else AlertReading()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Each alert of the exported alert files once, in order of time."""
        return self._alerts.alerts

    @cached_property
    def _logs(self) -> LogReading:
        from incident_analytics.sources.logs import read_logs  # noqa: PLC0415 -- polars loads only when needed

        reading = read_logs(self.contents.logs, root=self._root, zone=self.zone, around=self.start)
        if self.redact_queries or self.redact_secrets:
            from incident_analytics.sources.redacted_logs import redacted_logs  # noqa: PLC0415 -- 20 ms, seldom asked

            return redacted_logs(reading, queries=self.redact_queries, secrets=self.redact_secrets)
        return reading

    @property
    def logs(self) -> pl.LazyFrame:
        """Every log record, one a row; columns in docs/formats.md."""
        return self._logs.frame

    @cached_property
    def _samples(self) -> SampleReading:
        from incident_analytics.sources.metrics import read_samples  # noqa: PLC0415 -- polars loads only when needed

        return read_samples(self.contents.metrics, root=self._root, zone=self.zone, window=self.window)

    @property
    def samples(self) -> pl.LazyFrame:
        """Every monitoring value, one a row; columns in docs/formats.md."""
        return self._samples.frame

    @cached_property
    def database(self) -> DatabaseReading:
        """The state of the database: frames of activity, locks and connection counts."""
        from incident_analytics.sources.database import read_database  # noqa: PLC0415 -- polars loads only when needed

        return read_database(self.contents.database, root=self._root, zone=self.zone, redact=self.redact_queries)

    @cached_property
    def manifest(self) -> tuple[ManifestEntry, ...]:
        """What the manifest lists; nothing where there is none or it cannot be read (a finding says so)."""
        return self._manifest[0]

    @cached_property
    def _manifest(self) -> tuple[tuple[ManifestEntry, ...], SourceError | None]:
        try:
            return (read_manifest(self.folder) if self.folder else (), None)
        except SourceError as error:
            return ((), error)

    @cached_property
    def integrity(self) -> Integrity:
        """Whether every listed file still is what was received; a manifest that cannot be read lists nothing."""
        entries, error = self._manifest
        return check_integrity(self.folder, entries) if self.folder and error is None else Integrity(None)

    @cached_property
    def prose_file(self) -> Path | None:
        """Where the prose stands: postmortem.md in the folder; None for a lone record or a zip."""
        return self.folder / PROSE if self.folder and self._kept is None else None

    @cached_property
    def prose(self) -> str:
        """The text that people wrote, byte for byte; empty without its file."""
        inside = self.folder / PROSE if self.folder else None
        file = next((file for file in (self.prose_file, inside) if file and file.is_file()), None)
        return file.read_bytes().decode("utf-8", errors="surrogateescape") if file else ""

    @cached_property
    def ledger(self) -> tuple[FileReading, ...]:
        """One line a file: who read it, how much of it, and what could not be read."""
        return tuple(self._ledger_lines())

    def _ledger_lines(self) -> Iterator[FileReading]:
        with contextlib.suppress(BundleError, RecordError):
            moments = [instant.earliest for instant in self._record_instants()]
            yield FileReading(
                self.record_file.name,
                "record",
                self.record_file.suffix.removeprefix("."),
                1,
                first_at=min(moments, default=None),
                last_at=max(moments, default=None),
            )
            yield from self._timeline.files
        yield from self._alerts.files
        yield from self._logs.files
        yield from self._samples.files
        yield from self.database.files
        listed, record = len(self.manifest), self._first_record()
        yield from other_lines(self.contents, self._root, listed=listed, record=record)

    def _first_record(self) -> Path | None:
        with contextlib.suppress(BundleError):
            return self.record_file
        return None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was doubtful about any file, in the order of the ledger."""
        found = [*self.record.reading_findings, *self._timeline.findings]
        found += [*self._alerts.findings, *self._logs.findings, *self._samples.findings, *self.database.findings]
        has_own_name = self.folder is not None and self._kept is None and self._record_file is None
        return (
            *found,
            *record_findings(self.record, self.ledger, named=self.name if has_own_name else None),
            *manifest_findings(self.integrity, self._manifest[1]),
        )

    @property
    def latest_instant(self) -> datetime | None:
        """The latest instant that any file tells: where the evidence ends, the default of ``as_of``."""
        moments = [instant.latest for instant in self._record_instants()]
        moments += [entry.at.latest for entry in self.timeline]
        moments += [entry.received_at.latest for entry in self.manifest if entry.received_at]
        moments += [line.last_at for line in self.ledger if line.last_at]
        return max(moments, default=None)

    def _record_instants(self) -> Iterator[Instant]:
        record = self.record
        lists = (record.timeline, record.updates, record.roles, record.impact_intervals, record.severity_changes)
        parts = [record, *([record.mitigation] if record.mitigation else []), *record.action_items]
        for part in (*parts, *(part for each in lists for part in each)):
            for name in type(part).model_fields:
                value = getattr(part, name)
                # A promised next update tells what should come, not what has been.
                if isinstance(value, Instant) and name != "next_update_at":
                    yield value

    @property
    def _root(self) -> Path:
        return self.folder or self.record_file.parent

    @property
    def window(self) -> tuple[datetime, datetime] | None:
        """From the recorded start to the recorded resolution, as wide as the record allows; None without a start."""
        with contextlib.suppress(BundleError, RecordError):
            start, end = self.record.started_at, self.record.resolved_at
            return (start.earliest, (end or start).latest) if start else None
        return None
