"""Log files come in, one frame of log records goes out.

What may come in: files of JSON lines, of text (stack traces included), CSV log tables, and answers of log stores;
wrapped by a container runtime or not; plain or compressed; whole, cut off or half binary. docs/formats.md lists them.

What goes out: a `LogReading` with a lazy frame in the columns of the OpenTelemetry log data model, a line of
the ledger for each file, and findings. Every line is in a record: what is not understood keeps its raw text.

Start reading in `reading.py`. A line's way: `lines` (bytes to lines), `joining` (lines to records) or `table` (rows to
records) or `documents` (a whole file to records), `record` (to a frame). On the way `containers` unwraps, `json_line`
reads objects after the plan of `flavours`, `envelopes` holds the answers of log stores, `formats` the formats of text
that are known by name, and `text_line` reads text that only shows a time or a level. A new format is one entry in
`flavours`, `formats` or `envelopes`. JSON lines that look alike take a shorter way to the same rows: `shapes` learns
them, `uniform` reads them all at once. Where only some records are wanted (`prefilter`), `sieve` leaves out most lines
before.
"""

from incident_analytics.sources.logs.reading import LogReading, read_logs
from incident_analytics.sources.logs.record import SCHEMA
from incident_analytics.sources.logs.sniffing import looks_like_logs, sniff

__all__ = ["SCHEMA", "LogReading", "looks_like_logs", "read_logs", "sniff"]
