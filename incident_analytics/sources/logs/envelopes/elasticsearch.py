"""Elasticsearch and OpenSearch: the hits of a search, and single documents as elasticdump writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import objects, stored_object

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader
    from incident_analytics.sources.logs.record import LogRecord

KEYS: Final = frozenset({"hits", "_source"})
SIGN: Final = r'"hits"\s*:\s*\{|"_source"\s*:\s*\{'


def unpack(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    """The documents, in the order of the answer."""
    if isinstance(fields.get("_source"), dict):
        return [_record(fields, reader, depth)]
    hits = fields.get("hits")
    if not isinstance(hits, dict) or not isinstance(hits.get("hits"), list):
        return None
    return [_record(hit, reader, depth) for hit in objects(hits, "hits") if isinstance(hit.get("_source"), dict)]


def _record(hit: dict[str, object], reader: LineReader, depth: int) -> LogRecord:
    source = hit["_source"]
    record = stored_object(source if isinstance(source, dict) else {}, reader, depth)
    for key in ("_index", "_id"):
        if key in hit:
            record.attributes.setdefault(key, hit[key])
    return record
