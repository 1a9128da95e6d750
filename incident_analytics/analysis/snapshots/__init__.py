"""Monitoring samples -> what moved, and few enough points to draw.

In: the frame of samples as `sources` gives it (timestamp, metric, labels, value, unit), on pandas, polars (eager or
lazy) or DuckDB. Out: the same kind of frame. A value that is not a finite number is set aside and counted.

Start reading in `baseline`. Three more are imported from their own modules, as they need numpy and the history before
the incident: `impact_window` (onset and end of one series), `lost_amount` (what it cost), `moved_most` (a ranking of
all series). Each is tried on quiet stretches of history first (`placebos`) and says where nothing can be told.
"""

from incident_analytics.analysis.snapshots.baseline import FEWEST_SAMPLES, MOVED_SHARE, against_baseline
from incident_analytics.analysis.snapshots.downsampled import downsampled
from incident_analytics.analysis.snapshots.telling_first import telling_first

__all__ = ["FEWEST_SAMPLES", "MOVED_SHARE", "against_baseline", "downsampled", "telling_first"]
