"""The three sentences on top: what changed, what did not, what is too early to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.changes import INCIDENTS, SEVERITY_MIX
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Mark, Verdict

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from incident_analytics.analysis.trends.changes import Statement
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport

# What people do when a duration falls, and when it rises.
_PEOPLE = {
    "time_to_detection": ("Incidents are noticed sooner", "Incidents are noticed later"),
    "time_to_acknowledgment": ("People answer faster", "People answer more slowly"),
    "time_to_engage": ("The right people are at work sooner", "The right people are at work later"),
    "time_to_mitigation": ("Harm ends sooner", "Harm lasts longer"),
    "time_to_resolution": ("Incidents end sooner", "Incidents last longer"),
}
# What a leader asks first.
_FIRST = ("time_to_resolution", "time_to_acknowledgment", INCIDENTS, SEVERITY_MIX)
_MOST_NAMED = 6
_WEEKS_OF_A_MONTH = 30.4375 / 7


def verdict_lines(report: TrendReport) -> Block:
    """The sentences, each about the most telling metric, the others named below it."""
    verdict, zone = report.verdict, report.scope.zone
    if not report.cohort.n:
        return Verdict(((Mark("too early to say"), "There are no incidents to ask about.", ""),))
    if not verdict.n_questions:
        n = words.counted(report.cohort.n, "incident")
        too_few = "there are too few" if len(report.cohort.periods) > 1 else "there is one period only"
        told = f"Of {n} nothing can be said to have moved: {too_few}."
        return Verdict(((Mark("too early to say"), told, ""),))
    lines = []
    if verdict.changed:
        first, *others = verdict.changed
        lines.append((Mark("changed"), told_change(first, zone), _also_changed(others)))
    same = sorted(verdict.not_changed, key=_place)
    asked = words.counted(verdict.n_questions, "question")
    if same:
        is_all = not verdict.changed and not verdict.too_early
        nothing = f"Of {asked} asked, chance alone explains every answer. " if is_all else ""
        lines.append((Mark("not changed"), nothing + told_same(same[0]), _nor(same[1:])))
    elif not verdict.changed and not verdict.too_early:
        text = f"Nothing that can be told: of {asked} asked, chance alone explains every answer."
        lines.append((Mark("not changed"), text, ""))
    early = sorted(verdict.too_early, key=_place_of_early)
    if early:
        lines.append((Mark("too early to say"), told_early(early[0]), _also_early(early[1:])))
    return Verdict(tuple(lines))


def name_of(metric: str) -> str:
    """What people call what was asked about.

    >>> name_of("incidents of SEV1"), name_of("severity_mix"), name_of("time_to_resolution")
    ('SEV1 incidents', 'Severity mix', 'Time to resolution')
    """
    if metric.startswith(f"{INCIDENTS} of "):
        return f"{metric.removeprefix(f'{INCIDENTS} of ')} incidents"
    return "All incidents" if metric == INCIDENTS else words.title_of(metric)


def told_change(told: Statement, zone: tzinfo) -> str:
    """A change in a sentence.

    Raises:
        ValueError: Nothing was compared.
    """
    if told.shares:
        return _told_mix(told)
    if told.before_value is None or told.after_value is None:
        raise ValueError(told.metric)
    falls = (told.ratio or 0.0) < 1
    if told.metric.startswith(INCIDENTS):
        name = name_of(told.metric).removesuffix(" a week")
        return f"{'Fewer' if falls else 'More'} {_lower(name)}: {_counts(told)} ({_apart(told)})."
    people = _PEOPLE.get(told.metric, (f"{name_of(told.metric)} fell", f"{name_of(told.metric)} rose"))[not falls]
    medians = _medians(told, is_named=told.between is not None)
    typical = f"the typical {_lower(name_of(told.metric))} {'fell' if falls else 'rose'} {medians}"
    return f"{people}: {typical}, {_when(told, zone)}."


def told_same(told: Statement) -> str:
    """That no change was found, and how large one might be all the same."""
    name = name_of(told.metric)
    if told.shares:
        return f"{name}: no change beyond chance."
    return f"{name}: no change beyond chance. {_found(told)}{_could(told)}."


def told_early(told: Statement) -> str:
    """Why it is too early to say."""
    name = name_of(told.metric)
    if told.before_value is None or told.after_value is None or told.ratio is None:
        return f"{name}: {told.reason or 'there are too few'}."
    return f"{name}: {_found(told)}{_could(told)}."


def _told_mix(told: Statement) -> str:
    totals = [sum(getattr(each, side) for each in told.shares) or 1 for side in ("before", "after")]
    worst = told.shares[: max(len(told.shares) // 2, 1)]
    parts = [sum(getattr(each, side) for each in worst) for side in ("before", "after")]
    names = " and ".join(each.group for each in worst)
    shares = [part / total for part, total in zip(parts, totals, strict=True)]
    before, after = (
        f"{_percent(share)} ({part} of {total})" for share, part, total in zip(shares, parts, totals, strict=True)
    )
    return f"Other severities than before: {names} were {before} in {told.before} and {after} in {told.after}."


def _found(told: Statement) -> str:
    if told.metric.startswith(INCIDENTS):
        return _counts(told)
    before, after = (each.estimate if each else None for each in (told.before_value, told.after_value))
    if before is None or after is None:
        return "Too many are open for a median"
    return f"The typical one took {words.duration(before)} before and {words.duration(after)} after"


def _counts(told: Statement) -> str:
    """How many a month, from the whole weeks that were compared: the counts of all days stand in their own section."""
    if told.before_value is None or told.after_value is None:
        return ""
    before, after = (_WEEKS_OF_A_MONTH * (each.estimate or 0.0) for each in (told.before_value, told.after_value))
    return f"{after:.1f} a month in {told.after} after {before:.1f} in {told.before}"


def _medians(told: Statement, *, is_named: bool = True) -> str:
    before, after = (each.estimate if each else None for each in (told.before_value, told.after_value))
    if before is None or after is None:
        return "too many are open for a median"
    if not is_named:
        return f"from {words.duration(before)} to {words.duration(after)}"
    return f"from {words.duration(before)} ({told.before}) to {words.duration(after)} ({told.after})"


def _apart(told: Statement) -> str:
    if told.ratio is None:
        return "no ratio"
    if told.low is None or told.high is None:
        return f"{told.ratio:.2f} times as many"
    return f"{told.ratio:.2f} times as many, {told.low:.2f} to {told.high:.2f}"


def _when(told: Statement, zone: tzinfo) -> str:
    if told.between:
        return f"between {_day(told.between[0], zone)} and {_day(told.between[1], zone)}"
    return f"from {told.before} to {told.after}"


def _day(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def _could(told: Statement) -> str:
    """How large a change might be all the same."""
    if told.low is None or told.high is None:
        return ""
    less, more = ("fewer", "more") if told.metric.startswith(INCIDENTS) else ("shorter", "longer")
    return f"; it could be anything between {_step(told.low, less, more)} and {_step(told.high, less, more)}"


def _step(ratio: float, less: str, more: str) -> str:
    return f"{_percent(1 - ratio)} {less}" if ratio < 1 else f"{_percent(ratio - 1)} {more}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _also_changed(others: list[Statement]) -> str:
    if not others:
        return ""
    told = [
        _told_mix(each).rstrip(".")
        if each.shares
        else f"{name_of(each.metric)}: {_counts(each) if each.metric.startswith(INCIDENTS) else _medians(each)}"
        for each in others[:_MOST_NAMED]
    ]
    rest = f". And {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    return f"Also changed. {'. '.join(told)}{rest}."


def _nor(others: list[Statement]) -> str:
    if not others:
        return ""
    return f"Nor was one found in {_listed([_lower(name_of(each.metric)) for each in others])}."


def _also_early(others: list[Statement]) -> str:
    if not others:
        return ""
    return f"Nor can it be told of {_listed([_lower(name_of(each.metric)) for each in others])}."


def _listed(names: list[str]) -> str:
    named = names[:_MOST_NAMED]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(named)} and {len(names) - _MOST_NAMED} more"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def _lower(name: str) -> str:
    """The name within a sentence; SEV1 stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _place(told: Statement) -> tuple[int, str]:
    return (_FIRST.index(told.metric) if told.metric in _FIRST else len(_FIRST), told.metric)


def _place_of_early(told: Statement) -> tuple[bool, str]:
    """Those with numbers first, then the worst severity."""
    return (told.p_value is None or told.ratio is None, told.metric)
