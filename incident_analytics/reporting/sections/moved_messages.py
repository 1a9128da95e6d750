"""Messages that are new at the onset, or came much more or less often than before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.logs.template_masks import ANY
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Pill, Table
from incident_analytics.reporting.figures.message_rates import MessageRate, message_rates_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.logs.moved_templates import MovedTemplates
    from incident_analytics.reporting.blocks import FigureBlock, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_RARE: Final = 0.05
MOST_SHOWN: Final = 10
_LONGEST: Final = 100
_VARIES: Final = "…"
_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the logs, before and at the onset.

    Args:
        words: What it says, with … for what varies.
        before: Lines before.
        during: Lines at the onset.
        expected: Lines at the onset at the rate of before; None without a time before.
        g2: How far it moved, below 0 where it came less often; None without a time before.
        p_value: The share of stretches in which any message moved as much; None without enough of them.
        first_at: Its first line at the onset; None where it has none.
        services: Who said it there, each with its lines; empty where none is named.
        p_new: Of a new one that is telling, the share of stretches in which such a one came; None of all others.
    """

    words: str
    before: int
    during: int
    expected: float | None
    g2: float | None
    p_value: float | None
    first_at: datetime | None
    services: str | None = None
    p_new: float | None = None

    @property
    def is_few(self) -> bool:
        """Whether it stands among those that moved for what it says, not for how many lines it has."""
        return self.p_new is not None and self.p_new <= _RARE and not (self.p_value or 0) <= _RARE

    @property
    def said_by(self) -> str:
        """Who said it, where several did."""
        return f" by {self.services}" if self.services and ", " in self.services else ""

    @property
    def state(self) -> str:
        """How it moved."""
        if not self.before:
            return "is new"
        return "came more often" if (self.g2 or 0) > 0 else "came less often"


def messages(moved: MovedTemplates) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """Those that moved, most moved first, and the others.

    A new one that is telling stands among those that moved, also with a line or two, where no more than one in twenty
    stretches has such a new one. Without quiet stretches to compare with, those moved that are new, if there is any
    line before to tell that by.
    """
    has_moved = (pl.col("p_value") <= _RARE) | (pl.col("p_new") <= _RARE).fill_null(value=False)
    if not moved.placebos:
        has_moved = pl.col("is_new") & (pl.col("during") > 0) & (pl.col("before").sum() > 0)
    loud = moved.frame.filter(has_moved)
    return _messages(loud), _messages(moved.frame.filter(~has_moved))


def _messages(frame: pl.DataFrame) -> tuple[Message, ...]:
    shown = frame.with_columns(words=pl.col("template").str.replace_all(ANY, _VARIES, literal=True))
    columns = ["words", "before", "during", "expected", "g2", "p_value", "first_at", "services", "p_new"]
    return tuple(Message(*row) for row in shown.select(columns).iter_rows())


def moved_messages_figure(report: PostMortem) -> FigureBlock | None:
    """Lines a minute of the messages that moved, before and at the onset; None where none did."""
    moved = report.evidence.moved
    if moved is None or moved.start <= moved.before_start:
        return None
    loud, _ = messages(moved)
    minutes_before = (moved.start - moved.before_start).total_seconds() / _MINUTE
    minutes = (moved.end - moved.start).total_seconds() / _MINUTE
    start = words.clock_time(minute(moved.start), report.zone)
    return message_rates_figure(
        [MessageRate(each.words, each.before / minutes_before, each.during / minutes) for each in loud[:MOST_SHOWN]],
        before=f"{words.clock_time(minute(moved.before_start), report.zone)} to {start}",
        during=f"{start} to {words.clock_time(minute(moved.end), report.zone)}",
        caption=_caption(moved, loud),
    )


def minute(at: datetime) -> datetime:
    """The nearest whole minute: a stretch is told without its seconds."""
    seconds = at.second + at.microsecond / 1e6
    return datetime.fromtimestamp(at.timestamp() - seconds + (60 if seconds >= 30 else 0), at.tzinfo)  # noqa: PLR2004 -- half of a minute


def _caption(moved: MovedTemplates, loud: Sequence[Message]) -> str:
    n_loud = len(loud)
    hidden = f"The first {MOST_SHOWN} of {n_loud}, most moved first. " if n_loud > MOST_SHOWN else "Most moved first. "
    if not moved.placebos:
        return f"{hidden}Only new messages are shown, without a test: {moved.reason}."
    few = any(each.is_few for each in loud)
    broken = ", or is new and says that something broke, which hardly any of them does" if few else ""
    same = f"{moved.placebos} stretches of the same length before it"
    return f"{hidden}Each moved more than any message did in {same}{broken}."


def moved_messages_table(report: PostMortem) -> Table | None:
    """The same in numbers; None where no message moved."""
    moved = report.evidence.moved
    loud = messages(moved)[0] if moved is not None else ()
    if moved is None or not loud:
        return None
    columns = (
        Column("Message"),
        Column("Lines", "right"),
        Column("Expected", "right"),
        Column(f"First, {report.zone_name}", "right"),
        Column("It"),
    )
    ends = [words.clock_time(minute(at), report.zone) for at in (moved.start, moved.end)]
    return Table(
        f"Messages that moved at the onset, {ends[0]} to {ends[1]} {report.zone_name}, most moved first",
        columns,
        tuple(_row(each, report) for each in loud),
        note="Expected: as many as at the rate of the time before.",
    )


def _row(each: Message, report: PostMortem) -> tuple[Inline | None, ...]:
    is_rarer = each.before > 0 and (each.g2 or 0) < 0
    return (
        (Code(words.shortened(each.words, _LONGEST)), each.said_by)
        if each.said_by
        else Code(words.shortened(each.words, _LONGEST)),
        words.count(each.during),
        lines_expected(each.expected),
        None if each.first_at is None or is_rarer else words.clock_time(each.first_at, report.zone),
        Pill(each.state),
    )


def lines_expected(expected: float | None) -> str | None:
    """How many lines were to be expected, a tenth of a line where they are few."""
    if expected is None:
        return None
    return f"{expected:,.1f}" if 0 < expected < 10 else words.count(expected)  # noqa: PLR2004 -- of ten lines a tenth is nothing
