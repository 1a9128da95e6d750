"""The runbook over all incidents: which steps are not followed, and of which nothing tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Column, Folded, Paragraph, Table
from incident_analytics.reporting.figures.fleet_conformance import fleet_conformance_figure

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.fleet_conformance import FleetConformance, RuleConformance
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_MOST_ROWS: Final = 12
# Of fewer incidents nothing is said about the runbook itself.
_ENOUGH: Final = 10
_MOST_NAMED: Final = 3
# From so many of ten on what is not told does not change what is said.
_NEARLY_ALL: Final = 0.9
_COLUMNS: Final = (
    Column("Rule"),
    Column("Met", "right"),
    Column("Missed", "right"),
    Column("Not evidenced", "right"),
    Column("Pending", "right"),
    Column("Not applicable", "right"),
    Column("Met where told"),
    Column("Told"),
    Column("Missed in"),
)


def conformance(report: TrendReport) -> tuple[Block, ...]:
    """The steps that are not followed in a sentence, the least kept rules as bars, and all of them in a table."""
    fleet = report.conformance
    if fleet.n is None:
        return (Callout("The runbook cannot be judged.", f"{_sentence(fleet.reason)}", tone="note"),)
    blocks: list[Block] = [Paragraph(_lead(fleet))]
    figure = fleet_conformance_figure(fleet.missed_most[:_MOST_ROWS], note=_note(fleet))
    blocks += [figure] if figure else []
    blocks += [Paragraph(_untold(fleet))] if fleet.never_told else []
    blocks += [Paragraph(_left_out(fleet))] if fleet.left_out else []
    blocks.append(Folded(f"All {len(fleet.rules)} rules", (_table(report), *_severities(fleet))))
    return tuple(blocks)


def _lead(fleet: FleetConformance) -> str:
    never = [rule for rule in fleet.rules if rule.is_never_followed]
    if never:
        return " ".join(_never(rule) for rule in _most_asked(never)[:_MOST_NAMED])
    if fleet.missed_most:
        return f"No step is never followed. The least kept: {_kept(fleet.missed_most[0])}."
    if not any(rule.counts.judged for rule in fleet.rules):
        return f"Of {words.counted(fleet.n or 0, 'incident')} no record tells whether the runbook was followed."
    return "No rule was missed where a record tells."


def _most_asked(rules: list[RuleConformance]) -> list[RuleConformance]:
    return sorted(rules, key=lambda rule: -rule.counts.judged)


def _never(rule: RuleConformance) -> str:
    counts = rule.counts
    if (rule.share_evidenced.estimate or 0.0) >= _NEARLY_ALL:
        return f"{rule.title}: never, in {words.counted(counts.judged, 'incident')}."
    told = words.counted(counts.judged, "incident whose record tells", "incidents whose records tell")
    return f"{rule.title}: never, in the {told} (of {counts.asked:,})."


def _kept(rule: RuleConformance) -> str:
    return f"{rule.title}, in {rule.counts.met:,} of {words.counted(rule.counts.judged, 'incident')}"


def _note(fleet: FleetConformance) -> str:
    clean = sum(1 for rule in fleet.rules if rule.counts.met and not rule.counts.missed)
    parts = ["Counted are incidents whose record tells, as of the report's instant."]
    if len(fleet.missed_most) > _MOST_ROWS:
        parts.append(f"{len(fleet.missed_most) - _MOST_ROWS} more rules were missed at times.")
    if clean:
        parts.append(f"{words.counted(clean, 'other rule was', 'other rules were')} met wherever a record tells.")
    if (fleet.n or 0) >= _ENOUGH:
        parts.append("A step below half says more about the runbook than about the people.")
    return " ".join(parts)


def _untold(fleet: FleetConformance) -> str:
    asked = [rule for rule in fleet.never_told if rule.counts.asked]
    named = ", ".join(rule.title for rule in sorted(asked, key=lambda rule: -rule.counts.asked)[:_MOST_NAMED])
    more = len(asked) - _MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    rules = words.counted(len(asked), "rule", "rules")
    return f"Of {rules} no record tells either way, which is not the same as missed: {named}{rest}."


def _left_out(fleet: FleetConformance) -> str:
    gone = "; ".join(f"{each.count:,} left out: {each.reason}" for each in fleet.left_out)
    return f"{words.counted(fleet.n or 0, 'incident')} judged, {gone}."


def _table(report: TrendReport) -> Table:
    fleet = report.conformance
    rows = tuple(_row(rule) for rule in fleet.rules)
    caption = f"{report.runbook.name}: each rule over {words.counted(fleet.n or 0, 'incident')}"
    manual = sum(1 for rule in fleet.rules if rule.counts.manual)
    note = f"{words.counted(manual, 'rule', 'rules')} for the review to judge: no record can tell." if manual else ""
    return Table(caption, _COLUMNS, rows, note)


def _row(rule: RuleConformance) -> tuple[Inline | None, ...]:
    counts = rule.counts
    numbers = (counts.met, counts.missed, counts.not_evidenced, counts.pending, counts.not_applicable)
    return (
        rule.title,
        *(words.count(number) if number else None for number in numbers),
        _share(rule.share_met),
        _share(rule.share_evidenced),
        ", ".join(rule.missed_examples) or None,
    )


def _share(share: Estimate) -> str | None:
    if share.estimate is None:
        return None
    told = f"{100 * share.estimate:.0f} %"
    return (
        told if share.low is None or share.high is None else f"{told} ({100 * share.low:.0f} to {100 * share.high:.0f})"
    )


def _severities(fleet: FleetConformance) -> tuple[Block, ...]:
    """Met of judged in each severity, for the rules that were missed."""
    names = list(dict.fromkeys(name for rule in fleet.rules for name in rule.by_severity))
    missed = fleet.missed_most
    if len(names) < 2 or not missed:  # noqa: PLR2004 -- one severity is all of them
        return ()
    rows = tuple((rule.title, *(_of(rule, name) for name in names)) for rule in missed)
    columns = (Column("Rule"), *(Column(name, "right") for name in names))
    return (Table("Met of those that could be judged, by severity", columns, rows),)


def _of(rule: RuleConformance, severity: str) -> str | None:
    counts = rule.by_severity.get(severity)
    return f"{counts.met:,} of {counts.judged:,}" if counts and counts.judged else None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
