"""The declared severity beside the runbook's criteria: words of the record, and numbers of its impact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.recorded_field import recorded_field
from incident_analytics.model.measurement import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.lint_rules import SeveritySignal
    from incident_analytics.model.measurement import Level, Place
    from incident_analytics.model.runbook import Runbook


@dataclass(frozen=True, slots=True)
class _Sign:
    """A criterion that the record shows."""

    signal: SeveritySignal
    seen: str
    where: Place | None


def severity_findings(incident: Incident, runbook: Runbook) -> tuple[Finding, ...]:
    """Where the record shows a more severe criterion than was declared, or a number that no level covers.

    The runbook's ``severity_signals`` tell how each criterion shows. The declared severity is the most severe
    that ever held. A number that its signals all leave out (exactly 50 % degradation, 10 % of users or more)
    falls into a hole of the runbook: the higher level is to be assumed, unless another criterion settles it.
    """
    order = list(runbook.severities)
    declared = _declared(incident, order)
    signs = sorted(_signs(incident, runbook), key=lambda sign: order.index(sign.signal.severity))
    findings = [_hole(hole, declared, order) for hole in _holes(incident, runbook, signs)]
    if declared is not None and signs:
        findings = [*_against(declared, signs, order), *findings]
    return tuple(findings)


def _declared(incident: Incident, order: list[str]) -> str | None:
    held = [change.severity for change in incident.severity_changes]
    held += [incident.severity] if incident.severity else []
    return min(held, key=order.index, default=None)


def _signs(incident: Incident, runbook: Runbook) -> Iterator[_Sign]:
    for signal in runbook.severity_signals:
        if signal.field is not None:
            number = _number(incident, signal.field)
            if number is not None and signal.holds_for(number):
                yield _Sign(signal, f"{_name(signal.field)} {number:g}", incident.fields_read_from.get(signal.field))
            continue
        shown = ((signal.shown_by(text), place) for text, place in _texts(incident))
        first = next(((words, place) for words, place in shown if words), None)
        if first is not None:
            yield _Sign(signal, f'"{first[0]}"', first[1])


def _texts(incident: Incident) -> Iterator[tuple[str, Place | None]]:
    """The title first, then what the record says in words of its impact."""
    yield incident.title, incident.fields_read_from.get("title")
    for name, value in (incident.impact.model_extra or {}).items():
        if isinstance(value, str):
            yield value, incident.fields_read_from.get(f"impact.{name}")
    for update in incident.updates:
        yield update.impact, update.read_from


def _against(declared: str, signs: list[_Sign], order: list[str]) -> list[Finding]:
    worst = signs[0]
    severity, criterion = worst.signal.severity, worst.signal.criterion
    rule = f'{severity}: "{criterion}"'
    if order.index(severity) < order.index(declared):
        message = f"declared {declared}, but {worst.seen} matches the runbook's {rule}"
        return [Finding("severity-below-criteria", "warning", message, worst.where, declared, severity)]
    if order.index(severity) > order.index(declared):
        message = f"declared {declared}; the record shows no criterion of it, only {rule} ({worst.seen})"
        return [Finding("severity-above-criteria", "info", message, worst.where, declared, severity)]
    return []


@dataclass(frozen=True, slots=True)
class _Hole:
    """A number that no level covers, and the level it lies just beyond."""

    seen: str
    beyond: SeveritySignal
    where: Place | None


def _holes(incident: Incident, runbook: Runbook, signs: list[_Sign]) -> Iterator[_Hole]:
    order = list(runbook.severities)
    fields = dict.fromkeys(signal.field for signal in runbook.severity_signals if signal.field)
    for field in fields:
        signals = [signal for signal in runbook.severity_signals if signal.field == field]
        number = _number(incident, field)
        if number is None or any(signal.holds_for(number) for signal in signals):
            continue
        under = [signal for signal in signals if signal.under is not None and number >= signal.under]
        if not under:
            continue
        beyond = min(under, key=lambda signal: order.index(signal.severity))
        if not any(order.index(sign.signal.severity) < order.index(beyond.severity) for sign in signs):
            yield _Hole(f"{_name(field)} {number:g}", beyond, incident.fields_read_from.get(field))


def _hole(hole: _Hole, declared: str | None, order: list[str]) -> Finding:
    position = order.index(hole.beyond.severity)
    higher = order[max(position - 1, 0)]
    level: Level = "info" if declared is not None and order.index(declared) <= order.index(higher) else "warning"
    message = (
        f'unclassified: {hole.seen} lies outside {hole.beyond.severity}: "{hole.beyond.criterion}" and matches '
        f"no other level; the runbook has a hole; assume the higher, {higher}"
    )
    return Finding("severity-unclassified", level, message, hole.where, declared or "no severity", higher)


def _number(incident: Incident, field: str) -> float | None:
    value = recorded_field(incident, field)
    return float(value) if isinstance(value, (int, float)) else None


def _name(field: str) -> str:
    return field.rsplit(".", 1)[-1].replace("_", " ")
