"""Which known kind of incident this one resembles: evidence for each, against it, and what there was none to look at.

In: the patterns of a runbook; the frames of logs and samples and the reading of database captures, as `sources` gives
them; the onset and the end. Out: frozen numbers, each with its place. "None of them" and "cannot be told" are answers.

Start reading in `known_patterns.py`. `log_words.py`, `metric_signals.py` and `database_signals.py` each judge one kind
of signal; `movements.py` says what a series did.
"""

from incident_analytics.analysis.patterns.evidence import Evidence, KnownPatterns, Resemblance
from incident_analytics.analysis.patterns.known_patterns import known_patterns

__all__ = ["Evidence", "KnownPatterns", "Resemblance", "known_patterns"]
