"""The metrics that moved most, as a part of the JSON twin."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.moved_most import Moved, MovedMost


def moved_metrics_json(found: MovedMost | None, samples: pl.DataFrame) -> dict[str, Json] | None:
    """Every series with its numbers and its files, those that moved most first; the quiet stretches it was tried on.

    Args:
        found: What moved; None where there was nothing to compare.
        samples: The samples of the stretch shown, for the files.
    """
    if found is None:
        return None
    files = {
        (metric, labels): sorted(names)
        for metric, labels, names in samples.group_by("metric", "labels")
        .agg(pl.col("file").drop_nulls().unique())
        .iter_rows()
    }
    return {
        "window": {"from": instant_json(found.start), "to": instant_json(found.end)},
        "before_seconds": found.before.total_seconds(),
        "quiet_stretches": found.n_placebos,
        "quiet_stretches_apart": found.n_apart,
        "threshold": found.threshold,
        "threshold_quantile": found.quantile,
        "reason": found.reason or None,
        "series": [_series(each, files.get((each.metric, each.labels), [])) for each in found.series],
    }


def _series(each: Moved, files: list[str]) -> dict[str, Json]:
    told: dict[str, Json] = asdict(each)
    for name in ("onset_at", "extreme_at"):
        at = getattr(each, name)
        told[name] = instant_json(at) if at else None
    return {**told, "reason": each.reason or None, "files": list(files)}
