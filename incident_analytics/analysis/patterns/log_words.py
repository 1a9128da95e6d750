"""The words of known patterns in the logs: those that came at the onset, and those that run through all hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from incident_analytics.analysis.logs.portable_pattern import portable_pattern
from incident_analytics.analysis.patterns.evidence import Evidence, Stance
from incident_analytics.model.measurement import Place
from incident_analytics.model.portable_words import portable_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from incident_analytics.analysis.snapshots.series import Times
    from incident_analytics.model.runbook import Pattern

STRETCH: Final = timedelta(minutes=10)
LEAD: Final = timedelta(minutes=10)
TIMES, MORE = 2, 3
_MOST_NAMED: Final = 4
_EXPECTED: Final = "Log lines with the words of this pattern"
_USUAL: Final = "These words come at the onset, not at all hours"
_MINUTE: Final = timedelta(minutes=1)
# one such line is as good as many: a process was killed, or gave up
_KILLED: Final = r"(?i)\b(out of memory|outofmemoryerror|oom[- ]?kill\w*|killed|panic\w*|core dumped)\b"
_SHORTEST_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class WordLines:
    """The log lines that carry any word of any pattern, and how long the logs are.

    Args:
        lines: Those lines until the end of the incident, by time; `is_hit` where the message has such a word. The
            fields beside it are looked at where it has none.
        first_at: The first time of any line; None where no line has one.
        total: How many lines there are in all, whatever they say.
        of_incident: How many of them are of the time of the incident.
        begins: The onset.
        ends: The end of the incident.
        own: Finds the name of a service of one's own; empty where none is known.
    """

    lines: pl.DataFrame
    first_at: datetime | None
    total: int
    of_incident: int
    begins: datetime
    ends: datetime
    own: str = ""

    @property
    def calm_until(self) -> datetime:
        """Where the time before ends."""
        return self.begins - LEAD

    @property
    def minutes_before(self) -> float:
        """How long the logs are before that."""
        return max((self.calm_until - self.first_at) / _MINUTE, 0.0) if self.first_at else 0.0

    @property
    def minutes(self) -> float:
        """How long the incident is, from ten minutes before its onset on."""
        return (self.ends - self.calm_until) / _MINUTE


def word_lines(
    logs: pl.DataFrame, patterns: Iterable[Pattern], begins: datetime, ends: datetime, own: Collection[str] = ()
) -> WordLines:
    """The lines that the words of all patterns are looked for in: one pass over the logs.

    Args:
        logs: timestamp, message, raw, file, line; lines without a time are counted only.
        patterns: The known patterns.
        begins: The onset.
        ends: The end of the incident.
        own: The organisation's services.
    """
    words = [each for pattern in patterns for each in pattern.log_words]
    at = logs["timestamp"].drop_nulls()
    first: datetime | None = at.min()  # type: ignore[assignment]  # polars' min is of any type
    seen = logs.lazy().filter(pl.col("timestamp") <= ends) if words else logs.lazy().clear()
    read = seen.select("timestamp", pl.coalesce("message", "raw").alias("message"), "attributes", "file", "line")
    either = portable_pattern(_either(words))
    told = read.join(_unique(read, either), on="message", how="left", nulls_equal=True, maintain_order="left")
    in_fields = pl.when(pl.col("is_hit").not_()).then(pl.col("attributes")).str.contains(either).fill_null(value=False)
    lines = told.filter(pl.col("is_hit") | in_fields).collect().sort("timestamp", maintain_order=True)
    during = int(at.is_between(begins - LEAD, ends).sum())
    return WordLines(lines, first, logs.height, during, begins, ends, _named_own(own))


def _named_own(services: Collection[str]) -> str:
    """Finds the name of any of them as a word of its own; names of two letters may be anything."""
    names = sorted(re.escape(each) for each in services if len(each) >= _SHORTEST_NAME)
    return rf"(?:{'|'.join(names)})(?:[^\w-]|$)" if names else ""


def _unique(lines: pl.LazyFrame, either: str) -> pl.LazyFrame:
    """Each message once, as messages repeat where their fields do not, with whether it carries a word."""
    is_hit = pl.col("message").str.contains(either).fill_null(value=False)
    return lines.select(pl.col("message").unique()).with_columns(is_hit=is_hit)


def log_evidence(pattern: Pattern, found: WordLines) -> tuple[Evidence, ...]:
    """What the logs say of a pattern: one piece of those words that came, one of those that were there before as much.

    Words came where the busiest ten minutes of the incident have more than twice the lines, and at least three more,
    than the busiest ten of the time before, which ends ten minutes before the onset. Each expression is judged alone,
    those that were never there before together; fewer than three lines of them speak for neither, but where one tells
    of a process that was killed. A line that names a service of one's own is no sign of a third party. Where the
    logs have no ten minutes before, the words are evidence, and the reason says that nothing is there to compare with.
    """
    if not pattern.log_words:
        return ()
    if not found.total or not found.of_incident:
        reason = "no log line is of the time of the incident" if found.total else "there are no logs"
        return (Evidence("not looked at", "logs", _EXPECTED, "words", reason=reason),)
    lines = _with_words(pattern, found.lines)
    if pattern.of_third_party and found.own and lines.height:
        lines, left = _of_others(pattern, lines, found.own)
        if left.height and lines.is_empty():
            reason = f"{left.height:,} lines with such words are of its own services: {_named(left)}"
            return (Evidence("against", "logs", _EXPECTED, "words", number=0, minutes=found.minutes, reason=reason),)
    words = _judged(lines, found)
    told = [_told(stance, lines, words[stance], found) for stance in ("for", "against", "neither")]
    shown = tuple(one for one in told if one is not None)
    return shown or (Evidence("against", "logs", _EXPECTED, "words", number=0, minutes=found.minutes),)


def _judged(lines: pl.DataFrame, found: WordLines) -> dict[Stance, list[int]]:
    """The expressions by what their lines say."""
    at, words = lines["timestamp"].dt.epoch("us").to_numpy(), lines["words"].to_numpy()
    seen = np.unique(words).tolist()
    first = round(found.calm_until.timestamp() * 1e6)
    fresh = [place for place in seen if at[words == place].min() >= first]
    came = [place for place in seen if place not in fresh and _came(at[words == place], found)]
    usual = [place for place in seen if place not in fresh and place not in came]
    is_fresh = np.isin(words, fresh)
    is_killed = lines["message"].str.contains(_KILLED).fill_null(value=False).to_numpy()
    is_enough = _came(at[is_fresh], found) or bool((is_fresh & is_killed).any())
    return {"for": came + fresh * is_enough, "against": usual, "neither": [] if is_enough else fresh}


def _either(words: Sequence[str]) -> str:
    return "(?i)(" + "|".join(f"(?:{portable_words(each)})" for each in words) + ")"


def _with_words(pattern: Pattern, lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with a word of the pattern: `hit` is what was found, `words` the place of the expression for it."""
    either = _either(pattern.log_words)
    told = lines.filter("is_hit")
    messages = told.select(pl.col("message").unique()).with_columns(hit=pl.col("message").str.extract(either))
    in_messages = told.join(messages, on="message", how="left", maintain_order="left")
    in_fields = lines.filter(~pl.col("is_hit")).with_columns(hit=pl.col("attributes").str.extract(either))
    hits = pl.concat([in_messages, in_fields]).filter(pl.col("hit").is_not_null())
    hits = hits.sort("timestamp", maintain_order=True)
    first = [
        pl.when(pl.col("hit").str.contains(_either([words]))).then(place)
        for place, words in enumerate(pattern.log_words)
    ]
    names = hits.select(pl.col("hit").unique()).with_columns(words=pl.coalesce(first))
    # an edge such as \b may need what stands beside the hit; then any of the expressions will do
    names = names.with_columns(pl.col("words").fill_null(0))
    return hits.join(names, on="hit", how="left", maintain_order="left")


def _of_others(pattern: Pattern, lines: pl.DataFrame, own: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The lines of others, and those whose words name a service of one's own, or stand right before its name."""
    named = rf"(?i)(?:[^\w-]|^){own}"
    beside = rf"{_either(pattern.log_words)}[\s:=('\"/]*(?:\w+://)?{own}"
    is_own = pl.col("hit").str.contains(named) | pl.col("message").str.contains(beside).fill_null(value=False)
    return lines.filter(~is_own), lines.filter(is_own)


def _came(at: Times, found: WordLines) -> bool:
    first = round(found.calm_until.timestamp() * 1e6)
    before, during = at[at < first], at[at >= first]
    if not during.size or found.minutes_before < STRETCH / _MINUTE:
        return bool(during.size)
    usual, most = _busiest(before), _busiest(during)
    return most > TIMES * usual and most >= usual + MORE


def _busiest(at: Times) -> int:
    """The most lines of any ten minutes that begin with one of them."""
    last = np.searchsorted(at, at + STRETCH // timedelta(microseconds=1), side="left")
    return int((last - np.arange(at.size)).max(initial=0))


def _told(stance: Stance, lines: pl.DataFrame, words: Sequence[int], found: WordLines) -> Evidence | None:
    """One piece of evidence of the lines with any of these words."""
    own = lines.filter(pl.col("words").is_in(words))
    if own.is_empty():
        return None
    during = own.filter(pl.col("timestamp") >= found.calm_until)
    shown = during if during.height else own
    first = shown.row(0, named=True)
    is_compared = found.minutes_before >= STRETCH / _MINUTE
    few = "too few lines to tell" if stance == "neither" else ""
    if stance == "for" and not _came(own["timestamp"].dt.epoch("us").to_numpy(), found):
        few = "few lines, but new, and they tell of a process that was killed"
    return Evidence(
        stance,
        "logs",
        _USUAL if stance == "against" else _EXPECTED,
        "words",
        subject=_named(shown),
        number=during.height,
        before=own.height - during.height if found.minutes_before else None,
        minutes=found.minutes,
        minutes_before=found.minutes_before or None,
        at=first["timestamp"],
        places=(Place(first["file"], first["line"]),) if first["file"] else (),
        example=str(first["message"] or ""),
        reason=few if is_compared else "the logs have no time before to compare with",
    )


def _named(lines: pl.DataFrame) -> str:
    """The words as they stand in the lines, the most frequent first."""
    counted = lines.group_by(pl.col("hit").str.to_lowercase()).len().sort("len", "hit", descending=[True, False])
    return ", ".join(counted["hit"].head(_MOST_NAMED))
