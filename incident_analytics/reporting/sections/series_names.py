"""What people call a series of samples: its metric in words, and the labels that tell it from others."""

from __future__ import annotations

import json
import re
from typing import Final

_WORDS: Final = {
    "db": "database", "cpu": "CPU", "api": "API", "http": "HTTP", "io": "IO", "gc": "GC", "jvm": "JVM",
}  # fmt: skip


def metric_title(metric: str) -> str:
    """A metric's name in words.

    >>> metric_title("db_pool_in_use"), metric_title("node:cpu:rate5m")
    ('Database pool in use', 'Node CPU rate5m')
    """
    text = " ".join(_WORDS.get(word, word) for word in re.split(r"[:_\s]+", metric) if word)
    return text[:1].upper() + text[1:]


def label_values(labels: str) -> str:
    """The values of a series' labels, a JSON object.

    >>> label_values('{"job": "pgbouncer", "pool": "payments"}'), label_values("{}")
    ('pgbouncer payments', '')
    """
    values: dict[str, str] = json.loads(labels)
    return " ".join(str(value) for value in values.values())


def series_name(metric: str, labels: str) -> str:
    """Both on one line.

    >>> series_name("cpu_percent", '{"service": "payments-db"}')
    'CPU percent (payments-db)'
    """
    values = label_values(labels)
    return f"{metric_title(metric)} ({values})" if values else metric_title(metric)
