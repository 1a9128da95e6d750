"""Which answer of PostgreSQL a table is, told by its header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from incident_analytics.sources.compressed import decompressed_head
from incident_analytics.sources.database.tables import table_of
from incident_analytics.sources.evidence_text import decode_evidence

FrameName: TypeAlias = Literal["activity", "locks", "counts", "settings"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One answer we know.

    Args:
        name: What the ledger calls its reader.
        frame: The frame its rows go to.
        needs: Headers that must be there.
        sure: How surely these headers mean this answer, from 0 to 1.
        hints: Parts of a file's name that make it surer.
    """

    name: str
    frame: FrameName
    needs: frozenset[str]
    sure: float = 0.95
    hints: tuple[str, ...] = ()


# The first that fits is taken, so the fuller answers stand before those that need less.
SHAPES: Final = (
    Shape("pg_locks", "locks", frozenset({"locktype", "mode", "granted", "pid"})),
    Shape("blocking", "activity", frozenset({"pid", "blocked_by"})),
    Shape("pg_stat_activity", "activity", frozenset({"pid", "state", "query_start", "query"})),
    Shape("long_running", "activity", frozenset({"pid", "duration", "query"})),
    Shape("long_running", "activity", frozenset({"pid", "duration", "xact_start"}), 0.9),
    Shape("long_running", "activity", frozenset({"pid", "duration", "query_start"}), 0.9),
    Shape("long_running", "activity", frozenset({"pid", "xact_start"}), 0.7),
    Shape("pg_settings", "settings", frozenset({"name", "setting"}), 0.9),
    Shape("pg_settings", "settings", frozenset({"max_connections"}), 0.9),
    Shape("connection_count", "counts", frozenset({"state", "application_name", "count"}), 0.9),
    Shape("connection_count", "counts", frozenset({"state", "count"}), 0.6, ("connection", "activity", "sessions")),
    Shape("connection_count", "counts", frozenset({"count"}), 0.5, ("connection", "activity", "sessions")),
)
# A log line may well have a pid, a duration and a query; these answers have names that nothing else has.
_SURE_AS_JSON: Final = frozenset({"pg_stat_activity", "pg_locks"})
_MOST_COUNT_HEADERS = 6
_WITH_HINT = 0.9


def shape_of(header: tuple[str, ...]) -> Shape | None:
    """The answer that a header means, or None."""
    words = {word.strip().lower() for word in header}
    for shape in SHAPES:
        if shape.needs <= words and (shape.frame != "counts" or _counts_only(words)):
            return shape
    return None


def sniff(head: bytes, name: str) -> float:
    r"""How surely a file is an answer of PostgreSQL as CSV, from 0 to 1, by its header.

    >>> sniff(b"pid,duration,query\n1,00:05:01,select 1\n", "long_running.csv")
    0.95
    """
    head = decompressed_head(head)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 0.0
    shape = shape_of(table_of(decode_evidence(head).text).header)
    is_json = head.lstrip()[:1] == b"{"
    if shape is None or (is_json and shape.name not in _SURE_AS_JSON):
        return 0.0
    has_hint = any(hint in name.lower() for hint in shape.hints)
    return max(shape.sure, _WITH_HINT) if has_hint else shape.sure


def _counts_only(words: set[str]) -> bool:
    """Whether a table with a count has no more than what tells sessions apart, so that it is not any CSV."""
    known = {"count", "state", "application_name", "usename", "datname", "captured_at", "now", "wait_event_type"}
    return words <= known and len(words) <= _MOST_COUNT_HEADERS
