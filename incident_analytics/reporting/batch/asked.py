"""What every report of a batch is asked for, and what comes back for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from incident_analytics.model.measurement import Finding, Level, Place

if TYPE_CHECKING:
    from incident_analytics.reporting.notebooks.run import EngineName
    from incident_analytics.reporting.publishing import Assets, Format

Answer: TypeAlias = "dict[str, Answer] | list[Answer] | str | int | bool | None"  # what travels between processes


@dataclass(frozen=True, slots=True)
class Asked:
    """What `publish` takes beside the bundle, the same for all.

    Args:
        out: The folder for the documents.
        formats: Which documents.
        assets: Whether the pages share one plotly.js.
        as_of: The instant to look back from; by default the latest in each incident's files.
        engine: Where the notebooks' cells run.
        allow_partial: Whether to write documents although a section failed.
        runbook: The runbook's file, where a person named one.
        redact_queries: Whether to take the values out of the text of queries.
    """

    out: Path
    formats: tuple[Format, ...] = ("html", "json")
    assets: Assets = "shared"
    as_of: str | None = None
    engine: EngineName = "in-process"
    allow_partial: bool = False
    runbook: Path | None = None
    redact_queries: bool = False

    def as_answer(self) -> dict[str, Answer]:
        """Itself as plain JSON, for another process or for a fingerprint."""
        return {
            "out": str(self.out),
            "formats": list(self.formats),
            "assets": self.assets,
            "as_of": self.as_of,
            "engine": self.engine,
            "allow_partial": self.allow_partial,
            "runbook": None if self.runbook is None else str(self.runbook),
            "redact_queries": self.redact_queries,
        }

    @classmethod
    def from_answer(cls, told: dict[str, Answer]) -> Asked:
        """What `as_answer` gave."""
        return cls(
            out=Path(str(told["out"])),
            formats=tuple(cast("list[Format]", told["formats"])),
            assets=cast("Assets", told["assets"]),
            as_of=cast("str | None", told["as_of"]),
            engine=cast("EngineName", told["engine"]),
            allow_partial=bool(told["allow_partial"]),
            runbook=None if told["runbook"] is None else Path(str(told["runbook"])),
            redact_queries=bool(told["redact_queries"]),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one incident.

    Args:
        name: The incident's folder or file, as messages name it.
        paths: Its documents, the notebook last; none where there is no report.
        failed: Sections that could not be generated.
        notes: What the person should know, one line each.
        findings: What the report itself finds doubtful.
        reason: Why there is no report; empty where there is one.
        as_of_note: In which zone the instant to look back from was read, where nobody said.
        was_finished: Whether it was there already, made from the same files.
    """

    name: str
    paths: tuple[Path, ...] = ()
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    as_of_note: str = ""
    was_finished: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether there is a report with all its sections."""
        return not self.reason and not self.failed

    def as_answer(self) -> dict[str, Answer]:
        """Itself as plain JSON."""
        return {
            "name": self.name,
            "paths": [path.as_posix() for path in self.paths],
            "failed": list(self.failed),
            "notes": list(self.notes),
            "findings": [_finding(finding) for finding in self.findings],
            "reason": self.reason,
            "as_of_note": self.as_of_note,
        }

    @classmethod
    def from_answer(cls, told: dict[str, Answer]) -> Outcome:
        """What `as_answer` gave."""
        return cls(
            name=str(told["name"]),
            paths=tuple(Path(path) for path in cast("list[str]", told["paths"])),
            failed=tuple(cast("list[str]", told["failed"])),
            notes=tuple(cast("list[str]", told["notes"])),
            findings=tuple(_found(one) for one in cast("list[dict[str, Answer]]", told["findings"])),
            reason=str(told["reason"]),
            as_of_note=str(told["as_of_note"]),
        )


def _finding(finding: Finding) -> dict[str, Answer]:
    where = finding.where
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "file": where.file if where else None,
        "line": where.line if where else None,
    }


def _found(told: dict[str, Answer]) -> Finding:
    place = None if told["file"] is None else Place(str(told["file"]), cast("int | None", told["line"]))
    return Finding(str(told["rule"]), cast("Level", told["level"]), str(told["message"]), place)
