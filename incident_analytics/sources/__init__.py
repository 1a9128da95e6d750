"""Exported files in, records and frames out: the only room that opens evidence.

In come an incident's folder, zip or record file; out go one `Incident`, frames of logs, samples and
database state with fixed columns, and a ledger that tells of every file what was read and what was not.
Start reading in `bundle.py`.
"""

from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.finding import open_bundle, open_bundles
from incident_analytics.sources.ledger import FileReading

__all__ = ["Bundle", "FileReading", "open_bundle", "open_bundles"]
