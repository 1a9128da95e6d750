"""The query beside an answer: ``orders.query.yaml`` says what made ``orders.json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import RecordError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.safe_yaml import decoded, load_documents
from incident_analytics.sources.compressed import plain_stem
from incident_analytics.sources.evidence_text import relative_name

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = ".query.yaml"
_MADE_WITH: Final = ("start", "end", "step", "source")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is known about how an answer was made.

    Args:
        query: The query text. None where it is not known.
        unit: The unit of its values, where somebody wrote it down.
        notes: Start, end, step and source, as written.
        findings: Why it could not be read.
    """

    query: str | None = None
    unit: str | None = None
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def sniff(head: bytes, name: str) -> float:
    """How surely a file is a query kept beside an answer, from 0 to 1; its name alone says so."""
    del head
    return 1.0 if name.endswith(SUFFIX) else 0.0


def read_sidecar(answer: Path, *, root: Path) -> Sidecar:
    """The query beside an answer's file, or an empty one where none was kept."""
    path = answer.with_name(plain_stem(answer) + SUFFIX)
    name = relative_name(path, root)
    try:
        if not path.is_file():
            return Sidecar()
        documents = load_documents(decoded(path.read_bytes(), where=name), where=name)
    except (OSError, RecordError) as error:
        return Sidecar(findings=(_unreadable(name, str(error)),))
    value = documents[0].value if documents else None
    if not isinstance(value, dict):
        return Sidecar(findings=(_unreadable(name, "it holds no keys"),))
    texts = {key: text for key, text in value.items() if isinstance(text, str)}
    made = [f"{key} {texts[key]}" for key in _MADE_WITH if key in texts]
    return Sidecar(
        query=texts.get("query"),
        unit=texts.get("unit"),
        notes=(f"asked for {', '.join(made)}",) if made else (),
    )


def _unreadable(name: str, reason: str) -> Finding:
    return Finding(
        "query-unreadable",
        "warning",
        f"The query kept beside an answer cannot be read: {reason}.",
        Place(name),
        expected="YAML with query, start, end, step and source",
    )
