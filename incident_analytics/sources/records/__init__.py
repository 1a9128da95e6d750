"""Incident records: from YAML, JSON and NDJSON text to checked `Incident` objects.

In comes a file's text; out goes one `Incident` a record, with the line of every field and a finding
for everything doubtful. What cannot mean anything is a `RecordError` with its place.
Start reading in `files.py`, which finds the records, and `reading.py`, which gives fields their types.
"""

from incident_analytics.sources.records.files import RawRecord, read_each_record, read_raw_records, read_records
from incident_analytics.sources.records.reading import read_record

__all__ = ["RawRecord", "read_each_record", "read_raw_records", "read_record", "read_records"]
