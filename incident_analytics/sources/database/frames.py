"""The frames of database state: sessions, locks, counts and settings."""

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
        "transaction_started_at": _INSTANT,
        "state_changed_at": _INSTANT,
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
        "target": pl.String(),
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
SETTING_SCHEMA: Final = pl.Schema({"captured_at": _INSTANT, "name": pl.String(), "value": pl.String(), **_PLACE})
SCHEMAS: Final = {"activity": ACTIVITY_SCHEMA, "locks": LOCK_SCHEMA, "counts": COUNT_SCHEMA, "settings": SETTING_SCHEMA}
