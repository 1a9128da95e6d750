"""The frames of database state: sessions, locks and counts."""

from __future__ import annotations

from typing import Final

import polars as pl

_PLACE: Final = {"file": pl.String(), "line": pl.Int64()}
_INSTANT: Final = pl.Datetime("us", "UTC")

ACTIVITY_SCHEMA: Final = pl.Schema(
    {
        "captured_at": _INSTANT,
        "pid": pl.Int64(),
        "state": pl.String(),
        "application": pl.String(),
        "user": pl.String(),
        "duration_seconds": pl.Float64(),
        "query": pl.String(),
        "wait_event_type": pl.String(),
        "wait_event": pl.String(),
        "blocked_by": pl.List(pl.Int64()),
        **_PLACE,
    }
)
LOCK_SCHEMA: Final = pl.Schema(
    {
        "captured_at": _INSTANT,
        "pid": pl.Int64(),
        "locktype": pl.String(),
        "mode": pl.String(),
        "granted": pl.Boolean(),
        "relation": pl.String(),
        "waitstart": _INSTANT,
        **_PLACE,
    }
)
COUNT_SCHEMA: Final = pl.Schema(
    {
        "captured_at": _INSTANT,
        "state": pl.String(),
        "application": pl.String(),
        "count": pl.Int64(),
        **_PLACE,
    }
)
SCHEMAS: Final = {"activity": ACTIVITY_SCHEMA, "locks": LOCK_SCHEMA, "counts": COUNT_SCHEMA}
