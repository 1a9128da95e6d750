"""What the explore notebook shows: a history, durations or the outcome of a statistic in, one block of a page out.

Each is one public function that chooses words and order and computes no statistic of its own but those of the table it
fills; `save_frame` keeps a frame as CSV or Parquet. Start reading in `durations_table.py`.
"""

from incident_analytics.reporting.exploring.clocks import clocks
from incident_analytics.reporting.exploring.curves import curves
from incident_analytics.reporting.exploring.differences import changes, comparison, detectable
from incident_analytics.reporting.exploring.durations_table import durations
from incident_analytics.reporting.exploring.ledger import ledger
from incident_analytics.reporting.exploring.saving import save_frame

__all__ = ["changes", "clocks", "comparison", "curves", "detectable", "durations", "ledger", "save_frame"]
