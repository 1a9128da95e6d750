"""The metrics that moved, in the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.post_mortem.moved_json import moved_metrics_json

if TYPE_CHECKING:
    from incident_analytics.reporting.post_mortem import PostMortem


def test_each_series_has_its_numbers_and_its_files(sample: PostMortem) -> None:
    """The pool in use is the first of six to begin; its onset is data/README.md's 14:12:28, to the next sample."""
    told = moved_metrics_json(sample.evidence.moved_metrics, sample.evidence.samples)
    assert told is not None
    assert (told["quiet_stretches"], told["quiet_stretches_apart"], told["threshold_quantile"]) == (39, 2, 0.95)
    series = told["series"]
    assert isinstance(series, list)
    assert len(series) == 13
    (pool,) = [each for each in series if isinstance(each, dict) and each["metric"] == "db_pool_in_use"]
    assert {
        name: pool[name] for name in ("is_moved", "onset_at", "onset_place", "median_before", "extreme", "files")
    } == {
        "is_moved": True,
        "onset_at": "2024-01-15T14:12:30Z",
        "onset_place": 1,
        "median_before": 6.0,
        "extreme": 20.0,
        "files": ["evidence/metrics/db_pool_in_use.json"],
    }


def test_a_series_that_cannot_be_judged_has_a_reason(sample: PostMortem) -> None:
    """The orders of the weeks before end before the incident."""
    told = moved_metrics_json(sample.evidence.moved_metrics, sample.evidence.samples)
    assert told is not None
    series = told["series"]
    assert isinstance(series, list)
    last = series[-1]
    assert isinstance(last, dict)
    assert (last["score"], last["reason"]) == (None, "no samples during")


def test_nothing_to_compare_is_null(sample: PostMortem) -> None:
    """No samples, or no start."""
    assert moved_metrics_json(None, sample.evidence.samples) is None
