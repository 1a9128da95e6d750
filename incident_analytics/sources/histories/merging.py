"""Rows are not incidents: an audit log, a location, a receiver repeats one. The last row of each incident is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.measurement import Place
from incident_analytics.sources.histories.mapped import KEY, LAST
from incident_analytics.sources.histories.schema import HISTORY_SCHEMA, LATEST, MILESTONES, OPEN, ORIGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.sources.histories.ledger import Tally

_ORDER = "row order"
_COMPARED = ("title", "severity", "service", "team", "cause", "detected_by", *MILESTONES)


def last_states(frames: Sequence[pl.DataFrame], tally: Tally) -> pl.DataFrame:
    """One row an incident: the last one by the mapping's rule, at a tie the last one read.

    Args:
        frames: Rows with their keys, in the order read.
        tally: Counts the rows merged, and whose rows tell different things.

    Returns:
        The columns of a history, in the order in which the rows that are kept were read.
    """
    rows = pl.concat(frames).with_row_index(_ORDER)
    if rows[KEY].n_unique() == rows.height:
        return _without_ends(rows.select(list(HISTORY_SCHEMA)), tally)
    rows = rows.sort(KEY, LAST, _ORDER, nulls_last=False)
    is_same = rows[KEY] == rows[KEY].shift()
    for name in _COMPARED:
        differs = is_same & rows[name].ne_missing(rows[name].shift())
        incidents = rows.filter(differs.fill_null(value=False))[KEY].n_unique()
        if incidents:
            tally.rows_differ[name] += incidents
    kept = rows.filter(rows[KEY].ne_missing(rows[KEY].shift(-1))).sort(_ORDER)
    tally.merged += rows.height - kept.height
    return _without_ends(kept.select(list(HISTORY_SCHEMA)), tally)


def _without_ends(frame: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    """An incident that is open by its status has no end: the one that stands there is of an earlier resolution."""
    is_open = pl.col("status") == OPEN
    for name in ("resolved_at", "closed_at"):
        ended = frame.filter(is_open & pl.col(name).is_not_null())
        if ended.height:
            places = (Place(file, line) for file, line in ended.select("file", "line").iter_rows())
            tally.lose(f"{name} of an incident whose status is open", ended.height, places)
            names = (name, name + LATEST, name + ORIGIN)
            frame = frame.with_columns(pl.when(~is_open).then(pl.col(each)).alias(each) for each in names)
    return frame
