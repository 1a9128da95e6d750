"""The words of known patterns in the logs: those that came at the onset, and those that run through all hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.logs.portable_pattern import portable_pattern
from incident_analytics.analysis.patterns.evidence import Evidence, Stance
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from incident_analytics.model.runbook import Pattern

STRETCH: Final = timedelta(minutes=10)
LEAD: Final = timedelta(minutes=10)
TIMES, MORE = 2, 3
_COLUMNS: Final = ("timestamp", "message", "attributes", "file", "line")
_MOST_NAMED: Final = 4
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class WordLines:
    """The log lines that carry any word of any pattern, and how long the logs are.

    Args:
        lines: Those lines until the end of the incident, by time.
        first_at: The first time of any line; None where no line has one.
        total: How many lines there are in all, whatever they say.
        begins: The onset.
        ends: The end of the incident.
    """

    lines: pl.DataFrame
    first_at: datetime | None
    total: int
    begins: datetime
    ends: datetime

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


def word_lines(logs: pl.DataFrame, patterns: Iterable[Pattern], begins: datetime, ends: datetime) -> WordLines:
    """The lines that the words of all patterns are looked for in: one pass over the logs.

    Args:
        logs: timestamp, message, raw, file, line; lines without a time are counted only.
        patterns: The known patterns.
        begins: The onset.
        ends: The end of the incident.
    """
    words = [each for pattern in patterns for each in pattern.log_words]
    at = logs["timestamp"].drop_nulls()
    first: datetime | None = at.min()  # type: ignore[assignment]  # polars' min is of any type
    seen = logs.lazy().with_columns(message=pl.coalesce("message", "raw"))
    if words:
        is_hit = [pl.col(name).str.contains(_either(words)).fill_null(value=False) for name in ("message", "attributes")]
        seen = seen.filter((pl.col("timestamp") <= ends) & pl.any_horizontal(is_hit))
    lines = seen.select(_COLUMNS).collect() if words else logs.clear().select(_COLUMNS)
    return WordLines(lines.sort("timestamp", maintain_order=True), first, logs.height, begins, ends)


def log_evidence(pattern: Pattern, found: WordLines) -> tuple[Evidence, ...]:
    """What the logs say of a pattern: one piece of those words that came, one of those that were there before as much.

    Words came where the busiest ten minutes of the incident have more than twice the lines, and at least three more,
    than the busiest ten of the time before, which ends ten minutes before the onset. Where the logs have no ten
    minutes before, the words are evidence, and the reason says that nothing is there to compare with.
    """
    if not pattern.log_words:
        return ()
    expected = "Log lines with the words of this pattern"
    if not found.total or found.first_at is None:
        reason = "there are no logs" if not found.total else "no log line has a time"
        return (Evidence("not looked at", "logs", expected, "words", reason=reason),)
    if found.first_at > found.ends:
        return (Evidence("not looked at", "logs", expected, "words", reason="the logs begin after the incident"),)
    lines = _with_words(pattern, found.lines)
    each = {words: lines.filter(pl.col("words") == words) for words in lines["words"].unique(maintain_order=True)}
    came = [words for words, of_words in each.items() if _came(of_words, found)]
    usual = [words for words in each if words not in came]
    told = [
        _told("for", lines, came, found, expected),
        _told("against", lines, usual, found, "These words come at the onset, not at all hours"),
    ]
    shown = tuple(one for one in told if one is not None)
    none = Evidence("against", "logs", expected, "words", number=0, minutes=found.minutes)
    return shown or (none,)


def _either(words: Sequence[str]) -> str:
    return "(?i)(" + "|".join(f"(?:{portable_pattern(each)})" for each in words) + ")"


def _with_words(pattern: Pattern, lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with a word of the pattern: `hit` is what was found, `words` the first expression that finds it."""
    either = _either(pattern.log_words)
    # messages repeat, their fields do not: the fields are looked at only where the message has no word
    messages = lines.select(pl.col("message").unique()).with_columns(hit=pl.col("message").str.extract(either))
    read = lines.join(messages, on="message", how="left", nulls_equal=True, maintain_order="left")
    in_fields = read.filter(pl.col("hit").is_null() & pl.col("attributes").str.contains(either))
    hits = pl.concat(
        [
            read.filter(pl.col("hit").is_not_null()),
            in_fields.with_columns(hit=pl.col("attributes").str.extract(either)),
        ]
    ).sort("timestamp", maintain_order=True)
    first = [pl.when(pl.col("hit").str.contains(_either([each]))).then(pl.lit(each)) for each in pattern.log_words]
    names = hits.select(pl.col("hit").unique()).with_columns(words=pl.coalesce(first))
    # an edge such as \b may need what stands beside the hit; then any of the expressions will do
    names = names.with_columns(pl.col("words").fill_null(pattern.log_words[0]))
    return hits.join(names, on="hit", how="left", maintain_order="left")


def _came(lines: pl.DataFrame, found: WordLines) -> bool:
    before, during = lines.filter(pl.col("timestamp") < found.calm_until), _during(lines, found)
    if during.is_empty():
        return False
    if found.minutes_before < STRETCH / _MINUTE:
        return True
    usual, most = _busiest(before), _busiest(during)
    return most > TIMES * usual and most >= usual + MORE


def _during(lines: pl.DataFrame, found: WordLines) -> pl.DataFrame:
    return lines.filter(pl.col("timestamp") >= found.calm_until)


def _busiest(lines: pl.DataFrame) -> int:
    """The most lines of any ten minutes that begin with one of them."""
    if lines.is_empty():
        return 0
    at = lines["timestamp"].dt.epoch("us").to_numpy()
    last = at.searchsorted(at + STRETCH // timedelta(microseconds=1), side="left")
    return int((last - range(at.size)).max())


def _told(
    stance: Stance, lines: pl.DataFrame, words: Sequence[str], found: WordLines, expected: str
) -> Evidence | None:
    """One piece of evidence of the lines with any of these words."""
    own = lines.filter(pl.col("words").is_in(words))
    if own.is_empty():
        return None
    during = _during(own, found)
    shown = during if during.height else own
    first = shown.row(0, named=True)
    is_compared = found.minutes_before >= STRETCH / _MINUTE
    return Evidence(
        stance,
        "logs",
        expected,
        "words",
        subject=_named(shown),
        number=during.height,
        before=own.height - during.height if found.minutes_before else None,
        minutes=found.minutes,
        minutes_before=found.minutes_before or None,
        at=first["timestamp"],
        places=(Place(first["file"], first["line"]),) if first["file"] else (),
        example=str(first["message"] or ""),
        reason="" if is_compared else "the logs have no time before to compare with",
    )


def _named(lines: pl.DataFrame) -> str:
    """The words as they stand in the lines, the most frequent first."""
    counted = lines.group_by(pl.col("hit").str.to_lowercase()).len().sort("len", "hit", descending=[True, False])
    return ", ".join(counted["hit"].head(_MOST_NAMED))
