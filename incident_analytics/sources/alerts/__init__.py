"""Exported alerts in, one account of each alert out, however many files tell it.

Comes in: JSON of Alertmanager (notifications of its webhook, API v2's alerts and groups) and of Prometheus
(``/api/v1/alerts`` and ``/api/v1/rules``), one document a file or one a line, packed or not.
Goes out: ``AlertReading``: the alerts in order of time, a line of the ledger a file, findings.

Start reading at ``reading.py``. ``documents.py`` takes a file apart, ``mentions.py`` knows the shapes of answers,
``merging.py`` makes one alert of all that tell of it.
"""

from incident_analytics.sources.alerts.alert import Alert, State
from incident_analytics.sources.alerts.reading import AlertReading, read_alerts, sniff

__all__ = ["Alert", "AlertReading", "State", "read_alerts", "sniff"]
