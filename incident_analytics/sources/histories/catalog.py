"""The catalog: a history as it was read, kept in Parquet so that the same files need not be read again.

It is derived and may be deleted at any time; one that does not fit its files, its mapping, its runbook or this
version of the package is made again, as is one that is broken.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import IncidentAnalyticsError
from incident_analytics.sources.histories.fingerprints import Fingerprint, still_hold
from incident_analytics.sources.histories.ledger_json import ledger_from_json, ledger_to_json
from incident_analytics.sources.histories.schema import HISTORY_SCHEMA
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incident_analytics.sources.histories.ledger import HistoryLedger

_KEY_LETTERS = 16


@dataclass(frozen=True)
class Kept:
    """What a catalog holds.

    Args:
        frame: The history, drills included.
        ledger: Its ledger.
        fingerprints: The files it was read from.
    """

    frame: pl.DataFrame
    ledger: HistoryLedger
    fingerprints: tuple[Fingerprint, ...]


@dataclass(frozen=True)
class Catalog:
    """One catalog: ``catalog-<key>.parquet``, and beside it ``catalog-<key>.ndjson`` of its ledger.

    Args:
        folder: Where it lies.
        key: Tells which question it answers.
    """

    folder: Path
    key: str

    @property
    def parquet(self) -> Path:
        """The file of the frame."""
        return self.folder / f"catalog-{self.key}.parquet"

    @property
    def about(self) -> Path:
        """The file of the ledger, and above it the sha256 of that line."""
        return self.folder / f"catalog-{self.key}.ndjson"

    def kept(self, files: Sequence[tuple[Path, str]]) -> Kept | None:
        """What was kept of these files; None where there is nothing, or nothing that still holds."""
        try:
            digest, line = self.about.read_bytes().split(b"\n", 1)
            if digest.decode("ascii") != json.dumps(hashlib.sha256(line).hexdigest()):
                return None
            about = json.loads(line)
            fingerprints = tuple(Fingerprint(*each) for each in about["fingerprints"])
            if not still_hold(fingerprints, files, kept_at=self.about.stat().st_mtime_ns):
                return None
            data = self.parquet.read_bytes()
            if hashlib.sha256(data).hexdigest() != about["parquet_sha256"]:
                return None
            return Kept(_whole(pl.read_parquet(data)), ledger_from_json(about["ledger"]), fingerprints)
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError, IncidentAnalyticsError):
            return None

    def keep(self, kept: Kept) -> bool:
        """Writes it down; whether that was possible."""
        stream = io.BytesIO()
        _lean(kept.frame).write_parquet(stream, compression="lz4", statistics=False)
        data = stream.getvalue()
        about = {
            "fingerprints": [list(asdict(each).values()) for each in kept.fingerprints],
            "ledger": ledger_to_json(kept.ledger),
            "parquet_sha256": hashlib.sha256(data).hexdigest(),
        }
        line = json.dumps(about, ensure_ascii=False, sort_keys=True)
        try:
            atomic_write(self.parquet, data)
            atomic_write(self.about, f'"{hashlib.sha256(line.encode()).hexdigest()}"\n{line}')
        except IncidentAnalyticsError:
            return False
        return True


def catalog_key(*parts: str) -> str:
    """The key of a question; another version of the package, or other columns, ask another one."""
    columns = ",".join(f"{name}:{dtype}" for name, dtype in HISTORY_SCHEMA.items())
    question = "\n".join([__version__, columns, *parts])
    return hashlib.sha256(question.encode()).hexdigest()[:_KEY_LETTERS]


def _lean(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the columns that hold nothing."""
    return frame.select(name for name in frame.columns if frame[name].null_count() < frame.height)


def _whole(frame: pl.DataFrame) -> pl.DataFrame:
    missing = {name: dtype for name, dtype in HISTORY_SCHEMA.items() if name not in frame.columns}
    whole = frame.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items())
    whole = whole.select(list(HISTORY_SCHEMA))
    if dict(whole.schema) != HISTORY_SCHEMA:
        raise ValueError("these are other columns")
    return whole
