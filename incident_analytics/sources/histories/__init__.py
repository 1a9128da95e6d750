"""Histories: many incidents from folders, record files and tables, as one frame with a ledger of every row.

In come paths and, for tables, a mapping.yaml that says what their columns mean; out goes a `History`: a frame with one
row an incident, the ledger that tells what became of every row read, and findings. Start reading in `load.py`;
`mapped.py` makes rows of tables, `record_files.py` of records, `catalog.py` keeps them.
"""

from incident_analytics.sources.histories.fingerprints import Fingerprint
from incident_analytics.sources.histories.history import History
from incident_analytics.sources.histories.ledger import Counted, HistoryLedger
from incident_analytics.sources.histories.load import load_incidents
from incident_analytics.sources.histories.mapping import Mapping
from incident_analytics.sources.histories.mapping_file import load_mapping
from incident_analytics.sources.histories.schema import HISTORY_SCHEMA, INCIDENT_SCHEMA, SOURCE_SCHEMA, incident_row
from incident_analytics.sources.histories.whole_records import WholeRecord, records_of

__all__ = [
    "HISTORY_SCHEMA",
    "INCIDENT_SCHEMA",
    "SOURCE_SCHEMA",
    "Counted",
    "Fingerprint",
    "History",
    "HistoryLedger",
    "Mapping",
    "WholeRecord",
    "incident_row",
    "load_incidents",
    "load_mapping",
    "records_of",
]
