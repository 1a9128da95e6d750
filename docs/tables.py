"""Writes the tables of docs/definitions.md that repeat the runbook, so that the two cannot differ.

    .venv/bin/python docs/tables.py        # after a change of incident_analytics/runbook.yaml

Each table stands between a comment that names it and ``<!-- end -->``; everything else stays as it is.
"""  # noqa: INP001 -- a script, not a package

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.atomic_write import atomic_write
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from incident_analytics.model.runbook import Rule, Runbook

DEFINITIONS = Path(__file__).with_name("definitions.md")
END = "<!-- end -->"
_HOUR_MINUTES = 60


def with_tables(text: str, runbook: Runbook) -> str:
    """The document with each of its tables as the runbook has it now.

    Raises:
        ValueError: The document has no place for one of them.
    """
    for name, table in TABLES.items():
        before, mark, rest = text.partition(f"<!-- {name}: written by docs/tables.py -->")
        _, end, after = rest.partition(END)
        if not mark or not end:
            raise ValueError(f"{DEFINITIONS.name} has no place for the table '{name}'")
        body = "\n".join(table(runbook))
        text = f"{before}{mark}\n\n{body}\n\n{end}{after}"
    return text


def clocks(runbook: Runbook) -> Iterable[str]:
    """Every clock's metrics with both anchors."""
    yield from _head("Clock", "Metric", "From", "To")
    for clock, metrics in runbook.clocks.items():
        for metric, (start, end) in metrics.items():
            yield _row(f"`{clock}`", f"`{metric}`", f"`{start}`", f"`{end}`")


def milestones(runbook: Runbook) -> Iterable[str]:
    """Each milestone, and which words stand in for a field that is missing."""
    yield from _head("Milestone", "Means", "Without its field, the kinds of entry that tell it", "Of several")
    for name, rule in runbook.milestones.items():
        kinds = ", then ".join(f"`{kind}`" for kind in rule.kinds) or "none: it must be recorded"
        yield _row(f"`{name}`", rule.says, kinds, f"the {rule.take}" if rule.kinds else "")


def severities(runbook: Runbook) -> Iterable[str]:
    """Each severity's targets."""
    yield from _head("Severity", "Response", "Escalation", "Called by", "Status updates", "Roles")
    for name, severity in runbook.severities.items():
        minutes = severity.update_every_minutes
        updates = f"every {minutes:g} min" if minutes else "no cadence"
        roles = "required" if severity.roles_required else "not required"
        yield _row(name, severity.response.text, severity.escalation.text, severity.call_by, updates, roles)


def rules(runbook: Runbook) -> Iterable[str]:
    """Each rule with what it needs."""
    yield from _head("Rule", "Asks for", "Of", "Judged by", "Time")
    for rule in runbook.rules:
        severe = " ".join(rule.severities) or "all"
        after = {"rollback": "after a rollback", "fix_forward": "after a fix forward"}.get(rule.mitigation or "", "")
        asked_of = ", ".join(part for part in (severe if severe != "all" or not after else "", after) if part)
        yield _row(f"`{rule.id}`", rule.title, asked_of, _judged_by(rule), _time(rule))


def _judged_by(rule: Rule) -> str:
    names = [f"`{name}`" for name in (rule.field, rule.evidence, rule.or_field) if name]
    names += [rule.role] if rule.role else []
    names += [f"`{kind}`" for kind in rule.kinds]
    names += ["a recorded mitigation"] if rule.or_mitigation else []
    names += ["a promised next update"] if rule.or_updates else []
    return f"{rule.check}: {', '.join(names)}" if names else rule.check


def _time(rule: Rule) -> str:
    if rule.within_minutes is not None and rule.counted_from:
        return f"within {_minutes(rule.within_minutes)} of `{rule.counted_from}`"
    if rule.at_least_minutes is not None:
        return f"at least {_minutes(rule.at_least_minutes)}"
    if rule.after:
        return "after the mitigation" if rule.after == "mitigation" else f"after `{rule.after}`"
    return f"pending until `{rule.pending_until}`" if rule.pending_until else ""


def _minutes(minutes: float) -> str:
    whole_hours = minutes >= _HOUR_MINUTES and minutes % _HOUR_MINUTES == 0
    return f"{minutes / _HOUR_MINUTES:g} h" if whole_hours else f"{minutes:g} min"


def _head(*titles: str) -> tuple[str, str]:
    return _row(*titles), _row(*["---"] * len(titles))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


TABLES: dict[str, Callable[[Runbook], Iterable[str]]] = {
    "severities": severities,
    "milestones": milestones,
    "clocks": clocks,
    "rules": rules,
}

if __name__ == "__main__":
    atomic_write(DEFINITIONS, with_tables(DEFINITIONS.read_text(encoding="utf-8"), load_runbook()))
