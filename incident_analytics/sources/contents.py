"""Which file of a bundle is what: by its place in the bundle, else by what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from incident_analytics.sources import alerts
from incident_analytics.sources.manifest import MANIFEST
from incident_analytics.sources.timeline_csv import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EvidenceKind: TypeAlias = Literal["alerts", "logs", "metrics", "database"]
PROSE = "postmortem.md"
RECORD_NAMES = ("incident.yaml", "incident.yml", "incident.json")
_SIDECAR = ".query.yaml"
_HEAD_BYTES = 64 * 1024
_LEAST_CONFIDENCE = 0.5
# These stand at the top of a bundle and have readers of their own, or are for people.
_ABOUT_THE_BUNDLE = frozenset({MANIFEST, TIMELINE, PROSE, *RECORD_NAMES, "README.md"})


@dataclass
class Contents:
    """The files of a bundle, sorted by what they are, each list in order of path.

    Args:
        alerts: Alerts and nothing else, wherever they lie but under evidence/database/.
        logs: Log files.
        metrics: Monitoring answers, and the queries kept beside them.
        database: Answers of the database.
        about: The record, timeline, prose, manifest and README at the top of the bundle.
        other: Files of no kind that is read.
    """

    alerts: list[Path] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)
    metrics: list[Path] = field(default_factory=list)
    database: list[Path] = field(default_factory=list)
    about: list[Path] = field(default_factory=list)
    other: list[Path] = field(default_factory=list)


def record_in(folder: Path) -> Path | None:
    """The record of a bundle's folder; None where it has none of the usual name."""
    return next((folder / name for name in RECORD_NAMES if (folder / name).is_file()), None)


def sort_contents(folder: Path) -> Contents:
    """Every evidence file of a folder, sorted; hidden files and derived/ are left out."""
    contents = Contents()
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if not file.is_file() or parts[0] == "derived" or any(part.startswith(".") for part in parts):
            continue
        if len(parts) == 1 and file.name in _ABOUT_THE_BUNDLE:
            contents.about.append(file)
        elif file.name.endswith(_SIDECAR):
            contents.metrics.append(file)
        else:
            getattr(contents, _kind(file, parts) or "other").append(file)
    return contents


def _kind(file: Path, parts: tuple[str, ...]) -> EvidenceKind | None:
    by_place = _kind_by_place(parts)
    if by_place in {"alerts", "database"}:
        return by_place
    head = _head(file)
    # Alertmanager's notifications are often kept with the logs, Prometheus's list of alerts with the metrics.
    if alerts.sniff(head, file.name) >= _LEAST_CONFIDENCE:
        return "alerts"
    return by_place or _kind_by_content(head, file.name)


def _kind_by_place(parts: tuple[str, ...]) -> EvidenceKind | None:
    if parts[0] != "evidence" or len(parts) < 3:  # noqa: PLR2004 -- evidence/<kind>/<file>
        return None
    by_folder: dict[str, EvidenceKind] = {each: each for each in get_args(EvidenceKind)}
    return by_folder.get(parts[1])


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD_BYTES)
    except OSError:
        return b""


def _kind_by_content(head: bytes, name: str) -> EvidenceKind | None:
    confidence, kind = max((sniff(head, name), kind) for kind, sniff in _sniffers().items())
    return kind if confidence >= _LEAST_CONFIDENCE else None


def _sniffers() -> dict[EvidenceKind, Callable[[bytes, str], float]]:
    from incident_analytics.sources import database, logs, metrics  # noqa: PLC0415 -- polars loads only when needed

    return {"logs": logs.sniff, "metrics": metrics.sniff, "database": database.sniff}
