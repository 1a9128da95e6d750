"""What moved: which messages and metrics changed at the onset, in which order, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Folded, Paragraph, Strong
from incident_analytics.reporting.sections.moved_messages import (
    Message,
    messages,
    minute,
    moved_messages_figure,
    moved_messages_table,
)
from incident_analytics.reporting.sections.moved_series import moved_metrics_table, moved_series_figure
from incident_analytics.reporting.sections.quiet_evidence import quiet_evidence
from incident_analytics.reporting.sections.sample_holes import sample_holes
from incident_analytics.reporting.sections.series_names import series_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem

_BOTH: Final = 2


@dataclass(frozen=True, slots=True, order=True)
class _First:
    """What appeared first of its kind.

    Args:
        at: When.
        text: What, and when, in words.
        step_seconds: How far apart the instants are at which it could be seen.
    """

    at: datetime
    text: str
    step_seconds: float = 0.0


def what_moved(report: PostMortem) -> tuple[Block, ...]:
    """The answer, the figures, their numbers folded, and folded what was examined and found quiet."""
    untold = _nothing_to_look_at(report)
    if untold:
        return (Paragraph(f"What moved cannot be told: {untold}."),)
    tables = tuple(each for each in (moved_messages_table(report), moved_metrics_table(report)) if each is not None)
    blocks = (
        Paragraph((Strong(_answer(report)), f" {_how_sure(report)}")),
        moved_messages_figure(report),
        moved_series_figure(report),
        Folded("What moved, in numbers", tables) if tables else None,
        quiet_evidence(report),
        sample_holes(report),
    )
    return tuple(block for block in blocks if block is not None)


def _nothing_to_look_at(report: PostMortem) -> str:
    """Why there is nothing to compare; empty where there is."""
    found = report.evidence
    if report.window is None and found.assumed is None:
        return "the record has no start, or nothing after it"
    if found.moved is None and found.moved_metrics is None:
        return "the bundle holds no log lines with a time and no metric samples"
    return ""


def _answer(report: PostMortem) -> str:
    """What appeared first, else that nothing moved, else that it cannot be told."""
    firsts = sorted(each for each in (_first_message(report), _first_metric(report)) if each is not None)
    if firsts:
        return f"{_in_order(firsts)}{_first_error(report)}"
    most = _most_moved(report)
    if most:
        return f"{most} Nothing new came.{_first_error(report)}"
    if _messages_told(report) or _metrics_told(report):
        return "Nothing moved more than it does in quiet stretches."
    return "Whether anything moved cannot be told."


def _in_order(firsts: Sequence[_First]) -> str:
    """Which came first; of what lies no further apart than samples do, no order is told."""
    first, *rest = firsts
    if not rest:
        return f"First {first.text}."
    (second,) = rest
    coarser = max(first.step_seconds, second.step_seconds)
    if (second.at - first.at).total_seconds() > coarser:
        return f"First {first.text}; then {second.text}."
    return (
        f"First, at the same time as far as samples {words.duration(coarser)} apart can tell, {first.text} and "
        f"{second.text}."
    )


def _most_moved(report: PostMortem) -> str:
    """The message or else the metric that moved most, where none has a time at which it began; empty without one."""
    moved, found = report.evidence.moved, report.evidence.moved_metrics
    for message in messages(moved)[0][:1] if moved else ():
        return f"The message that moved most, “{words.shortened(message.words)}”, {message.state}."
    for series in found.moved[:1] if found else ():
        return f"The metric that moved most is {series_name(series.metric, series.labels)}."
    return ""


def _first_message(report: PostMortem) -> _First | None:
    moved = report.evidence.moved
    loud = messages(moved)[0] if moved else ()
    firsts = [(each.first_at, each.words) for each in loud if not each.before and each.first_at is not None]
    if not firsts:
        return None
    at, text = min(firsts)
    return _First(at, f"came a new message, “{words.shortened(text)}”, at {_clock(at, report)}")


def _first_metric(report: PostMortem) -> _First | None:
    """The first to leave its level, with those of which nobody can tell that they did so later."""
    found = report.evidence.moved_metrics
    firsts = [(each.onset_at, each) for each in found.moved if each.onset_at is not None] if found else []
    if not firsts:
        return None
    at = min(at for at, _ in firsts)
    step = max(each.step_seconds for begun, each in firsts if begun == at)
    early = [(begun, each) for begun, each in firsts if (begun - at).total_seconds() <= max(step, each.step_seconds)]
    names = [series_name(each.metric, each.labels) for begun, each in sorted(early, key=lambda one: one[0])]
    last = max(begun for begun, _ in early)
    when = f"at {_clock(at, report)}" if last == at else f"from {_clock(at, report)} to {_clock(last, report)}"
    others = names[1] if len(names) == _BOTH else words.counted(len(names) - 1, "other metric")
    more = f" and {others}" if len(names) > 1 else ""
    return _First(at, f"{names[0]}{more} left {'their' if more else 'its'} level {when}", step)


def _first_error(report: PostMortem) -> str:
    """The first error line since the errors rose."""
    firsts = report.evidence.first_errors.drop_nulls("first_error_at").head(1)
    for row in firsts.iter_rows(named=True):
        whose = f", of {row['service']}," if row["service"] else ""
        return f" The first error{whose} stands at {_clock(row['first_error_at'], report)}."
    return ""


def _clock(at: datetime, report: PostMortem) -> str:
    return words.clock_time(at, report.zone)


def _messages_told(report: PostMortem) -> bool:
    return report.evidence.moved is not None and bool(report.evidence.moved.placebos)


def _metrics_told(report: PostMortem) -> bool:
    found = report.evidence.moved_metrics
    return found is not None and found.threshold is not None


def _how_sure(report: PostMortem) -> str:
    """How many moved of how many, against how many quiet stretches; and what cannot be told, and why."""
    parts = [each for each in (_of_messages(report), _of_metrics(report)) if each]
    if _messages_told(report) or _metrics_told(report):
        parts.append("Of 20 quiet stretches about one names something by chance.")
    return " ".join(parts)


def _of_messages(report: PostMortem) -> str:
    moved = report.evidence.moved
    if moved is None:
        return "Of messages nothing can be told: no log line has a time."
    loud, quiet = messages(moved)
    if not moved.placebos:
        new = f"; {words.counted(len(loud), 'message')} never came before" if loud and moved.frame["g2"].count() else ""
        return f"Whether messages moved cannot be told: {moved.reason}{new}."
    many = words.counted(len(loud) + len(quiet), "message")
    start, end = (_clock(minute(at), report) for at in (moved.start, moved.end))
    few = [each for each in loud if each.is_few]
    return (
        f"From {start} to {end} {report.zone_name}, {len(loud) - len(few)} of {many} moved more than any message did "
        f"in {moved.placebos} stretches of the same length before.{_of_few(few, moved.placebos)}"
    )


def _of_few(few: Sequence[Message], placebos: int) -> str:
    """With what certainty those are shown that are new and telling, but have few lines."""
    if not few:
        return ""
    came = round((few[0].p_new or 0) * (1 + placebos)) - 1
    quiet = "none of those stretches" if not came else f"{came} of those stretches"
    return (
        f" {len(few)} more {'is' if len(few) == 1 else 'are'} new and {'says' if len(few) == 1 else 'say'} that "
        f"something broke: so few lines come by chance, but {quiet} has such a new message."
    )


def _of_metrics(report: PostMortem) -> str:
    found = report.evidence.moved_metrics
    if found is None:
        return "Of metrics nothing can be told: there are no samples."
    if found.threshold is None:
        return f"Whether metrics moved cannot be told: {found.reason}."
    judged = sum(each.quiet_score is not None for each in found.series)
    apart = "" if found.n_apart >= found.n_placebos else f", {found.n_apart} of which do not overlap"
    return (
        f"{len(found.moved)} of {words.counted(judged, 'metric')} moved more than in "
        f"{found.n_placebos} quiet stretches{apart}."
    )
