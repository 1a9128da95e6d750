"""Which metrics tell most of an incident: those that moved the way trouble moves them, one of each kind first."""

from __future__ import annotations

from typing import Final

import polars as pl

from incident_analytics.analysis.snapshots.bad_direction import KINDS, words_of

_LIMITS: Final = {"max", "limit", "size", "capacity", "quota"}
_FEW_VALUES: Final = 3
_BAD, _ANOTHER_BAD, _MOVED, _STILL, _LIMIT = range(5)


def telling_first(baselines: pl.DataFrame, samples: pl.DataFrame) -> list[str]:
    """The metrics that have samples during the incident, most telling first.

    First comes one metric of each kind that moved in its known bad direction (success falls, errors, waiting,
    latency and use rise, throughput falls), then the others that did, then what else moved, then what did not.
    A limit (max, limit, size, with no more than three values) comes last: somebody set it. Within each the largest
    share of samples outside the baseline comes first, ties in the order of the frame.

    Args:
        baselines: As `against_baseline` gives it.
        samples: The samples themselves, to tell a limit by its few values.
    """
    distinct = dict(samples.group_by("metric").agg(values=pl.col("value").n_unique()).iter_rows())
    shares: dict[str, tuple[int, float, str]] = {}
    for row in baselines.iter_rows(named=True):
        metric = row["metric"]
        if metric not in distinct or row["status"] == "no samples":
            continue
        kind, is_bad = _kind(row)
        rank = _ANOTHER_BAD if is_bad else _MOVED if row["status"] == "moved" else _STILL
        rank = _LIMIT if words_of(metric) & _LIMITS and distinct[metric] <= _FEW_VALUES else rank
        found = (rank, -(row["outside_share"] or 0.0), kind)
        shares[metric] = min(shares.get(metric, found), found)
    kinds: set[str] = set()
    ranked = []
    for metric, (rank, share, kind) in sorted(shares.items(), key=lambda pair: pair[1][:2]):
        is_first = rank == _ANOTHER_BAD and kind not in kinds
        kinds |= {kind} if is_first else set()
        ranked.append((_BAD if is_first else rank, share, metric))
    return [metric for *_, metric in sorted(ranked, key=lambda one: one[:2])]


def _kind(row: dict[str, object]) -> tuple[str, bool]:
    """The kind of a metric, and whether it moved the way trouble moves it."""
    words = words_of(str(row["metric"]))
    extreme, usual = row["most_extreme"], row["baseline_median"]
    for kind, named, direction in KINDS:
        if words & named:
            moved = row["status"] == "moved" and isinstance(extreme, float) and isinstance(usual, float)
            return kind, moved and (float(str(extreme)) - float(str(usual))) * direction > 0
    return "", False
