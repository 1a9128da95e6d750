"""How the impact was measured: what each source tells or why it does not, and what each amount is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Mark, Paragraph, Table
from incident_analytics.reporting.sections.impact_rows import amount_words, interval_words, moment, source_words

if TYPE_CHECKING:
    from incident_analytics.analysis.measured_impact import SeenBy
    from incident_analytics.analysis.measured_losses import Loss
    from incident_analytics.analysis.snapshots.amounts import Amount
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_TWO_WEEKS = 2
_KINDS = {"success": "success", "errors": "errors", "demand": "demand", "latency": "waiting"}


def impact_sources(report: PostMortem) -> Folded | None:
    """Every source that was searched, and the parts of each loss; None where there was nothing to search."""
    found = report.measured_impact
    blocks: list[Block] = []
    if found.seen_by and found.searched:
        blocks += [_sources(report), Paragraph(_guard(report))]
    told = [loss for loss in found.losses if loss.amount]
    if told:
        blocks += [_parts(report, told), Paragraph(_assumptions(report, told))]
    if not blocks:
        return None
    seen = sum(one.start_at is not None for one in found.seen_by)
    return Folded(f"How this was measured: {seen} of {len(found.seen_by)} sources tell a window", tuple(blocks))


def _sources(report: PostMortem) -> Table:
    found = report.measured_impact
    rows = [_source(report, one) for one in found.seen_by]
    rows += [(source_words(one.metric), None, None, None, f"not searched: {one.reason}") for one in found.left_aside]
    columns = (
        Column("Source"),
        Column("It measures", is_whole=True),
        Column("Onset", "right"),
        Column("End", "right"),
        Column("What to know"),
    )
    begin, end = (moment(at, report) for at in found.searched or (report.as_of, report.as_of))
    return Table(f"Each source that measures what customers met, searched from {begin} to {end}", columns, tuple(rows))


def _source(report: PostMortem, one: SeenBy) -> tuple[Inline | None, ...]:
    start, end = (moment(at, report) if at else None for at in (one.start_at, one.end_at))
    known: Inline = one.window.reason
    if one.start_at:
        best = report.measured_impact.told_by
        is_best = best is not None and (one.source, one.labels) == (best.source, best.labels)
        within = f"to within {words.duration(one.step.total_seconds())}"
        verdict = Mark("agrees") if one.agrees else Mark("differs")
        known = f"{within}; tells start and end" if is_best else (verdict, f" on the start, {within}")
        known = (
            (*((known,) if isinstance(known, str) else known), f"; {one.window.reason}")
            if known and (one.window.reason)
            else known
        )
    return (source_words(one.source), _KINDS[one.kind], start, end, known)


def _guard(report: PostMortem) -> str:
    searched = [one.window for one in report.measured_impact.seen_by if one.window.n_placebos]
    most = max((one.n_placebos for one in searched), default=0)
    if not most:
        return "No source has enough quiet history before the incident to tell an onset from noise."
    apart = max(one.n_apart for one in searched)
    stretches = (
        f"of which {apart} do not overlap"
        if apart > 1
        else "which overlap, as the history is short; the limit is widened for it"
    )
    return (
        f"A window is told only where a metric moved farther than it does in 95 % of {most} quiet stretches as long "
        f"as the one searched, {stretches}. No source tells the window that more sources contradict; "
        "then what counts failures goes before demand and waiting, and the finest step before coarser ones."
    )


def _parts(report: PostMortem, told: list[Loss]) -> Table:
    rows: list[tuple[Inline | None, ...]] = []
    for loss in told:
        found = loss.amount
        if found is None:
            continue
        rows.append(_part(report, f"{loss.what}, not taken during the impact", found.not_taken, loss))
        if found.came_back:
            rows.append(_part(report, f"{loss.what}, came back after it", found.came_back, loss))
            rows.append(_part(report, f"{loss.what}, lost", found.lost, loss))
    columns = (
        Column("What"),
        Column("From", "right"),
        Column("To", "right"),
        Column("Usual", "right"),
        Column("Actual", "right"),
        Column("Amount", "right"),
        Column("90 % interval", "right"),
    )
    return Table("What each loss is made of", columns, tuple(rows))


def _part(report: PostMortem, what: str, amount: Amount, loss: Loss) -> tuple[Inline | None, ...]:
    def shown(value: float | None) -> str | None:
        return None if value is None else amount_words(value, loss)

    interval = interval_words(amount, loss)
    return (
        f"{what[:1].upper()}{what[1:]}",
        moment(amount.since_at, report),
        moment(amount.until_at, report),
        shown(amount.usual),
        shown(amount.actual),
        shown(amount.amount) if interval else None,
        interval or amount.reason,
    )


def _assumptions(report: PostMortem, told: list[Loss]) -> str:
    weeks = min((loss.amount.weeks for loss in told if loss.amount), default=0)
    before = f"the {words.counted(weeks, 'week')} before" if weeks > 1 else "the weeks before, as far as known,"
    return (
        f"Usual is the median of the same local hour in {before} "
        f"({report.zone_name}), times how the four hours before the onset compare with it. It assumes that demand "
        f"would have followed its week at that level: no holiday, campaign or other incident.{_interval(told)}"
    )


def _interval(told: list[Loss]) -> str:
    """What the intervals are made of; without one, that no amount is told."""
    amounts = [loss.amount.lost for loss in told if loss.amount and not loss.reason]
    if not amounts:
        return " Without an interval no amount is told."
    quiet, weeks = min(one.n_placebos for one in amounts), min(one.placebo_weeks for one in amounts)
    short = (
        " The history is short: what was usual for those windows is of one week only, a worse guess than for the "
        "impact, so the interval is wide."
    )
    return (
        f" The interval is how far the same sum was off in at least {words.counted(quiet, 'quiet window')} of the two "
        "weeks before: nine in ten of such intervals hold the truth. Each amount has an interval of its own, so those "
        f"of its parts do not add up to that of the whole.{short if weeks < _TWO_WEEKS else ''}"
    )
