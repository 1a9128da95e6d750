"""Files of alerts in; the alerts, an account of each file and what is doubtful out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import SourceError, shortened
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.alerts.documents import documents
from incident_analytics.sources.alerts.mentions import is_alerts, items_of, mention, refusal
from incident_analytics.sources.alerts.merging import merged
from incident_analytics.sources.compressed import decompressed_head
from incident_analytics.sources.evidence_text import about_text, read_evidence, relative_name
from incident_analytics.sources.ledger import FileReading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from incident_analytics.sources.alerts.alert import Alert

READER: Final = "alerts"
_SIGNS: Final = re.compile(rb'"(?:startsAt|activeAt|alerts|rules)"\s*:')
_LIKELY: Final = 0.9


@dataclass(frozen=True, slots=True)
class AlertReading:
    """What the files of alerts gave.

    Args:
        alerts: Each alert once, in order of time.
        files: One line of the ledger a file.
        findings: What is doubtful.
    """

    alerts: tuple[Alert, ...] = ()
    files: tuple[FileReading, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    mentions: tuple[Alert, ...]
    reading: FileReading
    findings: tuple[Finding, ...]


def sniff(head: bytes, name: str) -> float:
    """How surely a file holds alerts and nothing else, from 0 to 1, by its first bytes.

    >>> sniff(b'{"status":"success","data":{"alerts":[]}}', "a.json")
    0.9
    """
    del name
    text = decompressed_head(head).removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] not in {b"{", b"["} or not _SIGNS.search(text):
        return 0.0
    found = [(document, wrong) for _, document, wrong in documents(text.decode(errors="replace"))]
    whole = [document for document, wrong in found if not wrong]
    # The head may end within a document.
    cut = [_without_last(document) for document, wrong in found[-1:] if wrong]
    known = whole or cut
    return _LIKELY if known and all(is_alerts(document) for document in known) else 0.0


def read_alerts(paths: Iterable[Path], *, root: Path) -> AlertReading:
    """The alerts of all files, each once, however many tell of it.

    A file that cannot be read gives a finding and a line of the ledger, never an error.

    Args:
        paths: The files.
        root: The bundle's folder; files are named relative to it.
    """
    read = [_file(path, relative_name(path, root)) for path in sorted(set(paths))]
    return AlertReading(
        merged(each for file in read for each in file.mentions),
        tuple(file.reading for file in read),
        tuple(finding for file in read for finding in file.findings),
    )


def _file(path: Path, name: str) -> _File:
    try:
        evidence = read_evidence(path, name)
    except SourceError as error:
        return _broken(name, error.message)
    told: list[Alert] = []
    findings = list(about_text(evidence, name))
    refused, is_empty = 0, True
    several = [*documents(evidence.text)]
    for line, document, wrong in several:
        place = Place(name, line if len(several) > 1 else None)
        items = items_of(document)
        found = [mention(item, status, place) for item, status in items or ()]
        told += [each for each in found if each is not None]
        refused += found.count(None) or int(items is None or bool(wrong))
        is_empty &= items == [] and not wrong
        findings += _about(document, wrong, place, is_read=items is not None)
    if is_empty:
        message = "The answer is empty: no alert was firing. Alertmanager forgets alerts once they are resolved."
        findings.append(Finding("alerts-empty", "info", message, Place(name)))
    elif refused and not told and not any(finding.rule == "alerts-error" for finding in findings):
        reasons = [evidence.cut, *(wrong for _, _, wrong in several), "it is no list of alerts"]
        message = f"No alert can be read from this file: {next(filter(None, reasons))}."
        findings = [Finding("unreadable-file", "error", message, Place(name))]
    return _File(tuple(told), _line(name, told, refused), tuple(findings))


def _about(document: object, wrong: str, place: Place, *, is_read: bool) -> list[Finding]:
    """What is wrong with a document: damage, an error instead of alerts, alerts that were left out of it."""
    found = []
    if wrong:
        message = f"The JSON is not read to its end: {wrong}."
        found.append(Finding("truncated-file", "warning", message, place))
    told = "" if is_read else refusal(document)
    if told:
        message = "This answer tells an error instead of alerts."
        found.append(Finding("alerts-error", "warning", message, place, seen=shortened(told)))
    left_out = document.get("truncatedAlerts") if isinstance(document, dict) else None
    if isinstance(left_out, int) and left_out > 0:
        message = f"Alertmanager left {left_out:,} more alerts out of this notification."
        found.append(Finding("alerts-left-out", "warning", message, place, seen=str(left_out)))
    return found


def _line(name: str, told: list[Alert], refused: int) -> FileReading:
    moments = [at for each in told for at in each.moments]
    states = [each.state for each in told]
    counted = [f"{states.count(state)} {state}" for state in sorted(set(states))]
    return FileReading(
        name,
        "alerts",
        READER,
        len(told) + refused,
        refused,
        min(moments, default=None),
        max(moments, default=None),
        (f"alerts: {', '.join(counted)}",) if counted else (),
    )


def _broken(name: str, reason: str) -> _File:
    message = f"{reason[:1].upper()}{reason[1:]}."
    finding = Finding("unreadable-file", "error", message, Place(name))
    return _File((), FileReading(name, "alerts", READER, 1, 1, notes=(reason,)), (finding,))


def _without_last(document: object) -> object:
    """A cut document without the alert that the cut goes through."""
    if isinstance(document, list):
        return document[:-1] if len(document) > 1 else [_without_last(each) for each in document]
    if isinstance(document, dict):
        return {
            key: _without_last(each) if key in {"data", "alerts", "groups", "rules"} else each
            for key, each in document.items()
        }
    return document
