"""The statistics for analysts, under one roof: durations and counts in, estimates with intervals and reasons out.

    from incident_analytics import load_incidents, statistics, watched_durations

    history = load_incidents("data/history/incidents.ndjson")
    times = watched_durations(history.frame, "time_to_resolution", as_of=history.as_of)
    statistics.time_until_done(times)          # the median, open incidents used for as long as they were watched

Durations are what `watched_durations` gives, or numbers of seconds. docs/exploring.md says which to use for what.
"""

from incident_analytics.analysis.statistics.change_point import change_point
from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.statistics.control_chart import control_chart
from incident_analytics.analysis.statistics.detectable import detectable_counts, smallest_detectable_reduction
from incident_analytics.analysis.statistics.durations import durations, spread_of_logs
from incident_analytics.analysis.statistics.false_discovery import family_of_changes
from incident_analytics.analysis.statistics.questions_asked import count_questions, duration_questions
from incident_analytics.analysis.statistics.rates import compare_counts, compare_rates, rate
from incident_analytics.analysis.statistics.survival import share_done_within, survival, time_until_done

__all__ = [
    "change_point",
    "compare",
    "compare_counts",
    "compare_rates",
    "control_chart",
    "count_questions",
    "detectable_counts",
    "duration_questions",
    "durations",
    "family_of_changes",
    "rate",
    "share_done_within",
    "smallest_detectable_reduction",
    "spread_of_logs",
    "survival",
    "time_until_done",
]
