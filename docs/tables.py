"""Writes the tables of docs/ that repeat the code or the runbook, so that the two cannot differ.

    .venv/bin/python docs/tables.py        # after a change of incident_analytics/runbook.yaml or of a frame

In definitions.md each table stands between a comment that names it and ``<!-- end -->``. In columns.md it is the first
table below a frame's heading: names, order and types are the frame's; what a column means is kept as it is written
there. Everything else stays as it is.
"""  # noqa: INP001 -- a script, not a package

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.action_items_frame import ACTION_ITEM_SCHEMA
from incident_analytics.analysis.people_frame import PEOPLE_SCHEMA
from incident_analytics.analysis.timeline_frame import TIMELINE_SCHEMA
from incident_analytics.atomic_write import atomic_write
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.database import ACTIVITY_SCHEMA, COUNT_SCHEMA, LOCK_SCHEMA, SETTING_SCHEMA
from incident_analytics.sources.histories import HISTORY_SCHEMA
from incident_analytics.sources.histories.schema import LATEST, MILESTONES, ORIGIN
from incident_analytics.sources.logs import SCHEMA as LOG_SCHEMA
from incident_analytics.sources.metrics import SAMPLE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from incident_analytics.model.runbook import Rule, Runbook

DEFINITIONS = Path(__file__).with_name("definitions.md")
COLUMNS = Path(__file__).with_name("columns.md")
END = "<!-- end -->"
_HOUR_MINUTES = 60
_OF_MILESTONES = frozenset(f"{name}{end}" for name in MILESTONES for end in ("", LATEST, ORIGIN))
# The frames of columns.md by heading; the columns of milestones have a table of their own, once for all of them.
FRAMES: dict[str, Mapping[str, pl.DataType]] = {
    "`bundle.logs`": LOG_SCHEMA,
    "`bundle.samples`": SAMPLE_SCHEMA,
    "`bundle.database.activity`": ACTIVITY_SCHEMA,
    "`bundle.database.locks`": LOCK_SCHEMA,
    "`bundle.database.counts`": COUNT_SCHEMA,
    "`bundle.database.settings`": SETTING_SCHEMA,
    "`incidents_frame`": {name: dtype for name, dtype in HISTORY_SCHEMA.items() if name not in _OF_MILESTONES},
    "`timeline_frame`": TIMELINE_SCHEMA,
    "`action_items_frame`": ACTION_ITEM_SCHEMA,
    "`people_frame`": PEOPLE_SCHEMA,
}


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


def with_columns(text: str) -> str:
    """The document with the first table below each frame's heading as the frame has its columns now.

    Raises:
        ValueError: A frame has no heading there, or nothing says what a column means.
    """
    for title, schema in FRAMES.items():
        before, heading, rest = text.partition(f"\n## {title}\n")
        lines = rest.splitlines(keepends=True)
        first = next((place for place, line in enumerate(lines) if line.startswith("|")), None)
        if not heading or first is None:
            raise ValueError(f"{COLUMNS.name} has no table for {title}")
        last = next((place for place in range(first, len(lines)) if not lines[place].startswith("|")), len(lines))
        body = "".join(f"{row}\n" for row in _columns(title, schema, lines[first:last]))
        text = f"{before}{heading}{''.join(lines[:first])}{body}{''.join(lines[last:])}"
    return text


def type_words(dtype: pl.DataType) -> str:
    """A column's type as a reader writes it in polars."""
    if isinstance(dtype, pl.Decimal):
        return f"Decimal({dtype.precision}, {dtype.scale})"
    return f'Datetime("us", "{dtype.time_zone}")' if isinstance(dtype, pl.Datetime) else str(dtype)


def _columns(title: str, schema: Mapping[str, pl.DataType], written: Iterable[str]) -> Iterator[str]:
    """The rows of a frame's table; the last cell of each is what stands there already."""
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in written]
    means = {row[0].strip("`"): row[-1] for row in cells}
    yield from _head("Column", "Type", "Meaning")
    for name, dtype in schema.items():
        if not means.get(name):
            raise ValueError(f"{COLUMNS.name} does not say what {title} means by '{name}': add its row")
        yield _row(f"`{name}`", type_words(dtype), means[name])


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
    atomic_write(COLUMNS, with_columns(COLUMNS.read_text(encoding="utf-8")))
