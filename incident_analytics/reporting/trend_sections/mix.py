"""Which incidents: severities, who noticed them, and what the mix does to durations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Paragraph, SeverityMark, Subheading, Table
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.figures.mix import mix_figure
from incident_analytics.reporting.trend_sections.figures_in_words import interval, of_many
from incident_analytics.reporting.trend_sections.mix_shift import mix_shift

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.mix import MixOf, MixTrend
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_SOURCES = {
    "monitoring_alert": "monitoring alert",
    "customer": "customer",
    "employee": "employee",
    "third_party": "third party",
    "unknown": "not recorded",
}
_UNKNOWN = "unknown"


def mix(report: TrendReport) -> tuple[Block, ...]:
    """The severities with their figure and both halves, then who noticed, then the mix shift of durations."""
    severity, detection = report.severity_mix, report.detection_mix
    if not severity.whole.n:
        return (Paragraph(unbroken("There is no incident whose severity could be counted.")),)
    blocks: list[Block | None] = [
        Paragraph(unbroken(" ".join(part for part in (_answer(severity), _unknown(severity)) if part))),
        mix_figure(severity, title="Severities", names={}, caption=_caption(severity)),
        _table("Severity", severity),
        Subheading("Who noticed first"),
        Paragraph(unbroken(_noticed(detection))),
        _table("Noticed by", detection),
        *mix_shift(report),
    ]
    return tuple(block for block in blocks if block is not None)


def _answer(trend: MixTrend) -> str:
    halves = [half for half in trend.halves if half.together is not None and half.n_known]
    if len(halves) == 2 and trend.together:  # noqa: PLR2004 -- both halves
        told = [f"{of_many(half.together.n, half.together.share)} in {half.label}" for half in halves if half.together]
        return f"{' and '.join(trend.together)} together were {told[0]}, and {told[1]}."
    if not trend.whole.n_known:
        return f"None of {words.counted(trend.whole.n, 'incident')} has a severity that the runbook knows."
    told = [f"{share.n:,} {share.group}" for share in trend.whole.shares if share.n and share.group != _UNKNOWN]
    return f"{', '.join(told)}, of {words.counted(trend.whole.n_known, 'incident')} with a known severity."


def _unknown(trend: MixTrend) -> str:
    n = trend.whole.n - trend.whole.n_known
    if not n:
        return ""
    written = [f"“{each.text}” {each.n:,} times" for each in trend.unknown_written if each.text]
    nothing = sum(each.n for each in trend.unknown_written if not each.text)
    written += [f"nothing {nothing:,} times" if written else "none was written"] if nothing else []
    more = trend.n_unknown_written - len(trend.unknown_written)
    told = f" ({', '.join(written)}{f' and {more:,} more words' if more else ''})" if written else ""
    has = "has" if n == 1 else "have"
    return f"{words.counted(n, 'incident')} {has} no known severity{told} and no part in the shares of the others."


def _caption(trend: MixTrend) -> str:
    cut = " The first or the last bar is cut off." if not trend.whole.is_complete else ""
    judged = "Whether the mix changed is judged at the top of the page, with all other questions."
    return f"The share of each severity; a number in a part is how many incidents it has.{cut} {judged}"


def _noticed(trend: MixTrend) -> str:
    known = [share for share in trend.whole.shares if share.n and share.group != _UNKNOWN]
    if not known:
        return "No record says who noticed."
    told = [f"{_SOURCES.get(share.group, share.group)} {of_many(share.n, share.share)}" for share in known]
    silent = trend.whole.n - trend.whole.n_known
    rest = f" Of {words.counted(silent, 'incident')} nobody recorded it." if silent else ""
    return f"First noticed by: {', '.join(told)}.{rest}"


def _table(title: str, trend: MixTrend) -> Table:
    sides = trend.halves or (trend.whole,)
    columns = [Column(title)]
    for side in sides:
        columns += [Column(side.label, "right"), Column("95 % interval", "right")]
    rows = tuple(_row(place, trend, sides) for place in range(len(trend.groups)))
    if trend.together:
        both = tuple(
            cell
            for side in sides
            if side.together
            for cell in (_cell(side.together.n, side), interval(side.together.share))
        )
        rows = (*rows, (" and ".join(trend.together), *both))
    return Table(_what(trend), tuple(columns), rows)


def _what(trend: MixTrend) -> str:
    noun = "known severity" if trend.column == "severity" else "known source"
    return f"Of the incidents with a {noun}; {'unknown' if trend.column == 'severity' else 'not recorded'} of all"


def _row(place: int, trend: MixTrend, sides: tuple[MixOf, ...]) -> tuple[Inline | None, ...]:
    group = trend.groups[place]
    name: Inline = SeverityMark(group) if trend.column == "severity" else _SOURCES.get(group, group)
    shares = [side.shares[place] for side in sides]
    return (name, *(cell for each in shares for cell in (of_many(each.n, each.share), interval(each.share))))


def _cell(n: int, side: MixOf) -> str:
    return of_many(n, side.together.share) if side.together else ""
