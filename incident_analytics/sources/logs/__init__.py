"""Log files come in, one frame of log records goes out.

What may come in: files of JSON lines (pino, winston, bunyan, structlog, ECS, loguru, python-json-logger or of
an unknown make), of text (with a leading time or level, stack traces included) and CSV log tables; plain or
compressed; whole, cut off or half binary. docs/formats.md lists them.

What goes out: a `LogReading` with a lazy frame in the columns of the OpenTelemetry log data model, a line of
the ledger for each file, and findings. Every line is in a record: what is not understood keeps its raw text.

Start reading in `reading.py`. A line's way: `lines` (bytes to lines), `joining` (lines to records, with
`json_line` after the plan of `flavours`, and `text_line`) or `table` (rows to records), `record` (to a frame).
JSON lines that look alike take a shorter way to the same rows: `shapes` learns them, `uniform` reads them all at once.
"""

from incident_analytics.sources.logs.reading import LogReading, read_logs
from incident_analytics.sources.logs.record import SCHEMA
from incident_analytics.sources.logs.sniffing import looks_like_logs, sniff

__all__ = ["SCHEMA", "LogReading", "looks_like_logs", "read_logs", "sniff"]
