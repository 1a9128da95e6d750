"""Large log files as they were read, kept in Parquet so that they need not be read again.

It is derived and may be deleted at any time; what does not fit its file, its reading or this version of the package is
made again, as is what is broken. It holds every record, and answers every later question to the file.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import IncidentAnalyticsError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.evidence_text import relative_name
from incident_analytics.sources.histories.fingerprints import Fingerprint, fingerprint, still_hold
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.logs.prefilter import wanted_records
from incident_analytics.sources.logs.reading import LogReading, read_logs
from incident_analytics.sources.logs.record import SCHEMA
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incident_analytics.sources.logs.prefilter import Wanted

ROWS_A_PART: Final = 250_000
_KEY_LETTERS: Final = 16


def read_logs_once(
    path: Path,
    *,
    root: Path,
    folder: Path,
    zone: str | None = None,
    around: datetime | None = None,
    wanted: Sequence[Wanted] = (),
) -> LogReading:
    """The records of one log file, from what was kept of it where that still holds.

    Args:
        path: The file.
        root: As for `read_logs`.
        folder: Where it is kept: ``logs-<key>-<part>.parquet``, and ``logs-<key>.ndjson`` about them.
        zone: As for `read_logs`.
        around: As for `read_logs`.
        wanted: Only records that any of these wants. Nothing is kept then, since not all is read.

    Raises:
        SourceError: The file cannot be opened.
        ParameterError: There is no such zone.
    """
    name = relative_name(path, root)
    dated = str(path.stat().st_mtime_ns) if around is None else around.isoformat()  # it tells the years
    kept = _Kept(folder, _key(name, zone or "", dated))
    found = kept.reading(path, name)
    if found is None:
        before = None if wanted else fingerprint(path, name)
        found = read_logs([path], root=root, zone=zone, around=around, wanted=wanted)
        return found if before is None else kept.keep(found, before)
    return replace(found, frame=found.frame.filter(wanted_records(wanted))) if wanted else found


def _key(*parts: str) -> str:
    columns = ",".join(f"{name}:{dtype}" for name, dtype in SCHEMA.items())
    return hashlib.sha256("\n".join([__version__, columns, *parts]).encode(errors="replace")).hexdigest()[:_KEY_LETTERS]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one file for one way to read it."""

    folder: Path
    key: str

    @property
    def about(self) -> Path:
        return self.folder / f"logs-{self.key}.ndjson"

    def part(self, number: int) -> Path:
        return self.folder / f"logs-{self.key}-{number:04}.parquet"

    def reading(self, path: Path, name: str) -> LogReading | None:
        """The reading; None where there is none, or none that still holds."""
        try:
            digest, line = self.about.read_bytes().split(b"\n", 1)
            if digest.decode("ascii") != json.dumps(hashlib.sha256(line).hexdigest()):
                return None
            about = json.loads(line)
            told = Fingerprint(*about["fingerprint"])
            if not still_hold([told], [(path, name)], kept_at=self.about.stat().st_mtime_ns):
                return None
            parts = [self.part(number) for number in range(len(about["parts"]))]
            if not parts or [fingerprint(each, each.name).sha256 for each in parts] != about["parts"]:
                return None
            return LogReading(
                pl.scan_parquet(parts, schema=SCHEMA),
                tuple(_file(each) for each in about["files"]),
                tuple(_finding(each) for each in about["findings"]),
            )
        except (OSError, ValueError, KeyError, TypeError, IncidentAnalyticsError):
            return None

    def keep(self, reading: LogReading, before: Fingerprint) -> LogReading:
        """The same reading, from what is kept of it now; as it was where that cannot be written."""
        parts: list[str] = []
        try:
            for batch in reading.frame.collect_batches(chunk_size=ROWS_A_PART, maintain_order=True):
                for frame in batch.iter_slices(ROWS_A_PART):
                    stream = io.BytesIO()
                    frame.write_parquet(stream, compression="lz4")
                    atomic_write(self.part(len(parts)), stream.getvalue())
                    parts.append(hashlib.sha256(stream.getvalue()).hexdigest())
            about = {
                "fingerprint": list(asdict(before).values()),
                "parts": parts,
                "files": [asdict(each) for each in reading.files],
                "findings": [asdict(each) for each in reading.findings],
            }
            line = json.dumps(about, ensure_ascii=False, sort_keys=True, default=datetime.isoformat)
            atomic_write(self.about, f'"{hashlib.sha256(line.encode()).hexdigest()}"\n{line}')
        except IncidentAnalyticsError:
            return reading
        whole = pl.scan_parquet([self.part(number) for number in range(len(parts))], schema=SCHEMA)
        return replace(reading, frame=whole) if parts else reading


def _file(told: dict[str, Any]) -> FileReading:
    at = {name: told[name] and datetime.fromisoformat(told[name]) for name in ("first_at", "last_at")}
    return FileReading(**{**told, **at, "notes": tuple(told["notes"])})


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**{**told, "where": told["where"] and Place(**told["where"])})
