"""What the metric samples say of a pattern: which series its signals mean, and whether they did what is expected."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.engine_door import instant_at
from incident_analytics.analysis.patterns.evidence import Evidence
from incident_analytics.analysis.patterns.movements import Movement, as_gauge, grew, moved, reached
from incident_analytics.analysis.snapshots.series import Series, series_of
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from incident_analytics.analysis.patterns.movements import Stretches
    from incident_analytics.model.known_pattern import MetricSignal

_FULL: Final = {"percent": 100.0, "%": 100.0, "ratio": 1.0}
_BETWEEN_WORDS: Final = re.compile(r"[^0-9A-Za-z]+|(?<=[a-z0-9])(?=[A-Z])")
_MOST_ALIKE: Final = 0.5
_FEWEST_APART: Final = 3


@dataclass(frozen=True, slots=True)
class NamedSeries:
    """One series with what it is called.

    Args:
        metric: Its metric.
        labels: Its labels.
        written: The labels as they stand in the samples, a JSON object.
        text: Name, labels and unit as signals search them.
        series: Its samples; a counter as what it grew by.
        place: Where its first sample stands.
    """

    metric: str
    labels: Mapping[str, str]
    written: str
    text: str
    series: Series
    place: Place | None


def readable_series(metric: str, labels: Mapping[str, str], unit: str) -> str:
    """Name, labels and unit of a series as the words of a signal are searched in them.

    >>> readable_series("db.client.connection.count", {"state": "used"}, "")
    'db client connection count {state=used}'
    """
    pairs = ", ".join(f"{_words(name)}={value}" for name, value in sorted(labels.items()))
    return f"{_words(metric)} {{{pairs}}} {unit}".strip()


def named_series(samples: pl.DataFrame, signals: Sequence[MetricSignal]) -> tuple[NamedSeries, ...]:
    """The series that any of the signals means, or whose limit one names.

    Args:
        samples: timestamp, metric, labels, unit, value, file, line.
        signals: The signals of all patterns.
    """
    if samples.is_empty() or not signals:
        return ()
    known = samples.lazy().group_by("metric", "labels", maintain_order=True).agg(
        pl.col("unit").drop_nulls().first(), pl.col("file").first(), pl.col("line").first()
    ).collect()  # fmt: skip
    found = []
    for metric, written, unit, file, line in known.sort("metric", "labels").iter_rows():
        labels = _labels(written)
        text = readable_series(metric or "", labels, unit or "")
        if any(means(signal, text) or _has(signal.limit, text) for signal in signals):
            is_own = pl.col("metric").eq_missing(metric) & pl.col("labels").eq_missing(written)
            series = as_gauge(metric or "", series_of(samples.filter(is_own)))
            place = Place(file, line) if file else None
            found.append(NamedSeries(metric or "", labels, written or "{}", text, series, place))
    return tuple(found)


def means(signal: MetricSignal, text: str) -> bool:
    """Whether a signal means a series, by its readable text."""
    return _has(signal.metric, text) and not _has(signal.but_not, text)


def metric_evidence(
    signal: MetricSignal, known: Sequence[NamedSeries], stretches: Stretches, own_services: Collection[str] = ()
) -> Evidence:
    """What the series of one signal did, told by the one that did it most.

    Args:
        signal: What is looked for.
        known: The series.
        stretches: The onset and the end.
        own_services: Services whose series do not count, as the signal is of a third party.
    """
    kind = signal.does
    none = Evidence("not looked at", "metrics", signal.says, kind, is_telling=kind != "stays_level")
    meant = [each for each in known if means(signal, each.text)]
    own = [each for each in meant if not _is_of(signal, each, own_services)]
    if not own:
        names = "only services of its own have such a metric" if meant else "there is no such metric"
        return replace(none, reason=names)
    told = [(each, found) for each in own if (found := _movement(signal, each, known, stretches)) is not None]
    if not told:
        return replace(none, reason=_why_nothing(signal, own), subject=own[0].metric, series=len(own))
    if kind == "stays_level":
        return _level(none, told)
    each, found = max(told, key=lambda pair: (pair[1].is_so, pair[1].size))
    apart = _not_one(signal, told)
    is_for = found.is_so and not apart
    stance = "for" if is_for else "neither" if signal.if_absent == "says_nothing" else "against"
    shown = _shown(replace(none, stance=stance), each, found)  # type: ignore[arg-type]  # three of the stances
    return replace(shown, series=len(told), reason=apart or found.reason)


def _is_of(signal: MetricSignal, each: NamedSeries, services: Collection[str]) -> bool:
    """Whether a series is of one of these services, by the labels that name one host of many."""
    hosts = [each.labels[name].split("://")[-1] for name in signal.of_one if name in each.labels]
    called = {re.split(r"[.:/]", host)[0].lower() for host in hosts}
    return bool(called & {service.lower() for service in services})


def _level(none: Evidence, told: Sequence[tuple[NamedSeries, Movement]]) -> Evidence:
    """It stays level where no series moved; one that did is told."""
    each, found = max(told, key=lambda pair: (pair[1].is_so, pair[1].size))
    stance = "against" if found.is_so else "for"
    return replace(_shown(replace(none, stance=stance), each, found), series=len(told))  # type: ignore[arg-type]


def _shown(evidence: Evidence, each: NamedSeries, found: Movement) -> Evidence:
    return replace(
        evidence,
        subject=each.metric,
        labels=each.written,
        number=found.number,
        before=found.usual,
        limit=found.limit,
        unit=each.series.unit,
        at=instant_at(found.at),
        places=(each.place,) if each.place else (),
        reason=found.reason,
    )


def _movement(
    signal: MetricSignal, each: NamedSeries, known: Sequence[NamedSeries], stretches: Stretches
) -> Movement | None:
    """What one series did; None where it has too few samples, or no limit that it could reach."""
    if signal.does == "reaches_limit":
        limit = signal.limit_at or _limit_of(signal, each, known) or _FULL.get(each.series.unit.lower())
        return None if limit is None else reached(each.series, limit, stretches, signal.share)
    if signal.does == "grows_steadily":
        return grew(each.series, stretches, signal.grows_by)
    if signal.does == "stays_level":
        both = [found for sign in (1, -1) if (found := moved(each.series, stretches, sign)) is not None]
        return max(both, key=lambda found: (found.is_so, found.size), default=None)
    return moved(each.series, stretches, 1 if signal.does == "rises" else -1)


def _limit_of(signal: MetricSignal, each: NamedSeries, known: Sequence[NamedSeries]) -> Series | None:
    """The limit's series whose labels agree with those of the series, most of them first."""
    found = [
        (sum(other.labels.get(name) == value for name, value in each.labels.items()), -place, other.series)
        for place, other in enumerate(known)
        if _has(signal.limit, other.text)
        and other.series.value.size
        and not any(name in other.labels and other.labels[name] != value for name, value in _fixed(each).items())
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def _fixed(each: NamedSeries) -> dict[str, str]:
    """The labels that say what a series is of, without those that say which part of it."""
    return {name: value for name, value in each.labels.items() if name not in {"state", "status", "__name__"}}


def _not_one(signal: MetricSignal, told: Sequence[tuple[NamedSeries, Movement]]) -> str:
    """Why what moved is not one alone; empty where it is, or where that cannot be told."""
    if not signal.of_one:
        return ""
    did: dict[str, bool] = {}
    for each, found in told:
        name = next((each.labels[label] for label in signal.of_one if label in each.labels), "")
        did[name] = did.get(name, False) or found.is_so
    moving = sum(did.values())
    is_all = len(did) >= _FEWEST_APART and moving > _MOST_ALIKE * len(did)
    return f"{moving} of {len(did)} did, so not one alone" if is_all else ""


def _why_nothing(signal: MetricSignal, own: Sequence[NamedSeries]) -> str:
    if signal.does == "reaches_limit" and any(each.series.value.size for each in own):
        return "no metric tells its limit"
    return "too few samples before the onset or none during the incident"


def _has(words: Sequence[str], text: str) -> bool:
    return any(re.search(each, text, re.IGNORECASE) for each in words)


def _words(name: str) -> str:
    return _BETWEEN_WORDS.sub(" ", name).strip().lower()


def _labels(written: str | None) -> dict[str, str]:
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
