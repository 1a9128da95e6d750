"""The known patterns of a runbook against the evidence of one incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.patterns.database_signals import captured_state, database_evidence
from incident_analytics.analysis.patterns.evidence import STANCES, KnownPatterns, Resemblance
from incident_analytics.analysis.patterns.log_words import log_evidence, word_lines
from incident_analytics.analysis.patterns.metric_signals import metric_evidence, named_series
from incident_analytics.analysis.patterns.movements import Stretches

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    import polars as pl

    from incident_analytics.model.runbook import Pattern
    from incident_analytics.sources.database import DatabaseReading


def known_patterns(
    patterns: Sequence[Pattern],
    *,
    logs: pl.DataFrame,
    samples: pl.DataFrame,
    database: DatabaseReading,
    begins: datetime | None = None,
    ends: datetime | None = None,
    services: Collection[str] = (),
) -> KnownPatterns:
    """Every pattern with the evidence for it, against it, and what there was none to look at.

    A pattern is resembled where something telling speaks for it, and more pieces of evidence for it than against.
    Those come first; then the one with evidence in more of logs, metrics and captures; then by pieces for less pieces
    against (`Resemblance.surplus`); then by pieces for; then by log lines; then in the runbook's order. This is an
    order of where to look, not a probability, and a person confirms.

    Args:
        patterns: Those of the runbook.
        logs: The frame of logs.
        samples: The frame of samples.
        database: The captures.
        begins: The onset: the minute errors rose, else the recorded start. None where neither is known.
        ends: The end of the incident, or what is known of it.
        services: Those of the organisation, beside the ones that the logs name: none of them is a third party.

    Raises:
        ParameterError: The words of a pattern are too large an expression to be searched.
    """
    if begins is None or ends is None or not patterns:
        reason = "the runbook has no known patterns" if not patterns else "no start is recorded to compare evidence at"
        return KnownPatterns((), begins, ends, reason)
    own = {*services, *(logs["service"].drop_nulls().unique() if "service" in logs.columns else ())}
    lines = word_lines(logs, patterns, begins, ends, own)
    series = named_series(samples, [signal for pattern in patterns for signal in pattern.metric_signals])
    state = captured_state(database, begins, ends)
    stretches = Stretches.around(begins, ends)
    found = []
    for pattern in patterns:
        evidence = [
            *log_evidence(pattern, lines),
            *(
                metric_evidence(signal, series, stretches, own if pattern.of_third_party else ())
                for signal in pattern.metric_signals
            ),
            *(database_evidence(signal, state) for signal in pattern.database_signals),
        ]
        found.append(Resemblance(pattern, tuple(sorted(evidence, key=lambda each: STANCES.index(each.stance)))))
    is_told = any(each.is_told for each in found)
    reason = "" if is_told else "no logs, metrics or captures that its signals are looked for in"
    return KnownPatterns(tuple(sorted(found, key=_order)), begins, ends, reason)


def _order(found: Resemblance) -> tuple[bool, int, float, int, int]:
    return not found.resembles, -found.sources, -found.surplus, -len(found.of("for")), -found.log_lines
