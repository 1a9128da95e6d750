"""Metric snapshots: what monitoring tools answer and export in, one long frame of samples out.

Comes in: files somebody exported, with the query that made them beside them where there is one.
Goes out: ``SampleReading``: a frame of samples in UTC, a line of the ledger a file, findings.

Start reading at ``reading.py``. ``prometheus.py`` and ``csv_samples.py`` read one kind each, ``formats.py``
lists the kinds that are read point by point (``points.py``), a small module each;
``columns.py`` says which header words are understood, ``two_clocks.py`` which time is believed
when a file tells two.
"""

from incident_analytics.sources.metrics.frame import SAMPLE_SCHEMA
from incident_analytics.sources.metrics.reading import SampleReading, read_samples, sniff

__all__ = ["SAMPLE_SCHEMA", "SampleReading", "read_samples", "sniff"]
