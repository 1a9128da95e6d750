"""What was promised after incidents, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Mark, Paragraph, Strong, Table
from incident_analytics.reporting.figures.action_items import ageing_figure
from incident_analytics.reporting.trend_sections.figures_in_words import percent
from incident_analytics.reporting.trend_sections.told import (
    day_of,
    identity,
    left_out_words,
    long_time,
    shortlist,
    with_interval,
)

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.action_items import ActionItemTrend, OpenItem, Promises
    from incident_analytics.analysis.trends.ageing import Ageing
    from incident_analytics.analysis.trends.recurrence import Recurrence
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport


def action_items(report: TrendReport) -> tuple[Block, ...]:
    """How many are open and overdue, how long they stay open, the oldest, and what came again after closing."""
    trend = report.action_items
    if not trend.n or trend.promises is None:
        return (Paragraph(_nothing(trend)),)
    blocks: list[Block] = [Paragraph(_answer(trend, trend.promises))]
    figure = ageing_figure(trend.ageing, caption=_ageing(trend.ageing))
    blocks += [figure] if figure else []
    blocks += [Paragraph(f"{_lacking(trend.promises)}{_bands(trend)}")]
    blocks += shortlist(_oldest(report)) if trend.promises.open else ()
    blocks += _came_again(report, trend.recurrence) if trend.recurrence else ()
    note = left_out_words((*trend.left_out, *trend.ageing.left_out), "item")
    return (*blocks, Paragraph(note)) if note else tuple(blocks)


def _nothing(trend: ActionItemTrend) -> str:
    return f"Nothing can be said of action items: {trend.reason}." if trend.n is None else "No action item is recorded."


def _answer(trend: ActionItemTrend, promises: Promises) -> Inline:
    items = words.counted(trend.n or 0, "action item")
    overdue = f"{promises.overdue:,} of them overdue" if promises.overdue else "none overdue"
    head = f"{promises.open:,} of {items} {'is' if promises.open == 1 else 'are'} open, {overdue}."
    late = f" {promises.closed_late:,} of {promises.closed_with_due:,} that were closed and had a due date were late."
    comes = "It comes" if trend.n == 1 else "They come"
    of = f" {comes} from {trend.incidents_with_items or 0:,} of {words.counted(trend.incidents, 'incident')}"
    return (Strong(head), f"{late if promises.closed_with_due else ''}{of} with a record.")


def _lacking(promises: Promises) -> str:
    if not promises.open:
        return "None is open."
    lacking = {
        "no owner": promises.open_without_owner,
        "no due date": promises.open_without_due,
        "no ticket": promises.open_without_ticket,
    }
    told = [f"{count:,} {'has' if count == 1 else 'have'} {what}" for what, count in lacking.items() if count]
    return f"Of the {promises.open:,} open, {', '.join(told) or 'all have an owner, a due date and a ticket'}."


def _ageing(ageing: Ageing) -> str:
    median = ageing.median
    if median.estimate is None:
        half = f"When half are closed cannot be told: {median.reason}."
    else:
        half = f"Half were closed within {with_interval(median)}."
    after = next((each for each in ageing.after if each.days == 90 and each.share.estimate is not None), None)  # noqa: PLR2004 -- days
    late = f" {percent(after.share.estimate)} are still open after 90 days." if after else ""
    watched = f" {median.n:,} items, {median.n_open:,} of them open and counted for as long as they are."
    return f"{half}{late}{watched} Shaded: 95 % interval."


def _bands(trend: ActionItemTrend) -> str:
    told = [f"{each.count:,} {_band_name(each.from_days, each.to_days)}" for each in trend.age_bands if each.count]
    return f" By age: {', '.join(told)}." if told else ""


def _band_name(start: int, end: int | None) -> str:
    if end is None:
        return f"for {start} days or more"
    return f"for under {end} days" if not start else f"for {start} to {end - 1} days"


def _oldest(report: TrendReport) -> Table:
    trend = report.action_items
    total = trend.promises.open if trend.promises else 0
    shown = f"the {len(trend.oldest)} oldest of {total:,}" if total > len(trend.oldest) else "oldest first"
    columns = (
        Column("Incident", is_whole=True),
        Column("Item"),
        Column("Owner"),
        Column("Due"),
        Column("Open for", "right"),
        Column("State"),
    )
    rows = tuple(_open_row(report, item) for item in trend.oldest)
    return Table(
        f"Open action items, {shown}", columns, rows, note="An item counts as open from its incident's end on."
    )


def _open_row(report: TrendReport, item: OpenItem) -> tuple[Inline | None, ...]:
    age = None if item.age_seconds is None else long_time(item.age_seconds)
    state = Mark("late", "overdue") if item.is_overdue else Mark("open")
    link = identity(report, item.incident_id)
    return (link, words.shortened(item.text), item.owner, day_of(item.due), age, state)


def _came_again(report: TrendReport, found: Recurrence) -> list[Block]:
    if not found.n:
        return [
            Paragraph("Whether anything came again after items were closed cannot be told: no cause or no service.")
        ]
    chance = (
        ""
        if found.by_chance is None
        else f" If closing them had made no difference, about {found.by_chance:.0f} would be."
    )
    items = words.counted(found.n, "closed item")
    said = f"After {found.followed:,} of {items} an incident of the same cause and service began."
    rows = tuple(
        (
            identity(report, each.incident_id),
            words.shortened(each.text),
            day_of(each.closed_at.astimezone(report.scope.zone).date()),
            f"{each.count:,}",
            ", ".join(each.again) + (" …" if each.count > len(each.again) else ""),
            "the record says so" if each.is_recorded else "same cause and service",
        )
        for each in found.listed
    )
    columns = (
        Column("Incident", is_whole=True),
        Column("Closed item"),
        Column("Closed"),
        Column("Began since", "right"),
        Column("Which"),
        Column("Told by"),
    )
    of = f", {len(rows)} of {found.followed:,}" if found.followed > len(rows) else ""
    table = Table(f"Closed action items after which it came again{of}", columns, rows)
    folded = Folded(f"{words.counted(len(rows), 'closed item')} after which it came again", (table,))
    return [Paragraph(f"{said}{chance}{_recorded(found)}"), *([folded] if rows else [])]


def _recorded(found: Recurrence) -> str:
    """Those of which a record says that it came again, by name: they are no chance."""
    told = [each for each in found.listed if each.is_recorded]
    return "".join(
        f' {each.incident_id} came again by its own records ({", ".join(each.again)}), after "{each.text}" was closed.'
        for each in told
    )
