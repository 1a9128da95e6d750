"""Which keys tell who wrote a JSON line."""

from __future__ import annotations

import pytest

from incident_analytics.sources.logs.flavours import flavour_of


@pytest.mark.parametrize(
    ("keys", "level", "name"),
    [
        ("level time pid hostname msg", int, "pino"),
        ("level time msg", int, "pino"),
        ("severity pid hostname name message v", type(None), "pino"),
        ("level time pid hostname name msg v", int, "bunyan"),
        ("level message", str, "winston"),
        ("level message timestamp service", str, "winston"),
        ("event level timestamp", str, "structlog"),
        ("@timestamp log.level message", type(None), "ecs"),
        ("@timestamp log message", type(None), "ecs"),
        ("@timestamp message level logger_name", str, "json"),
        ("text record", type(None), "loguru"),
        ("asctime levelname name message", type(None), "python-json-logger"),
        ("message exc_info", type(None), "python-json-logger"),
        ("log stream time", type(None), "docker"),
        ("ts level msg caller", str, "zap"),
        ("time level msg", str, "json"),
        ("version host short_message level", int, "gelf"),
        ("MESSAGE PRIORITY __REALTIME_TIMESTAMP", type(None), "journald"),
        ("timestamp pid error_severity message", type(None), "postgresql"),
        ("t s c id ctx msg attr", type(None), "mongodb"),
        ("time status req ua", type(None), "access-json"),
        ("time status req level message", str, "json"),
        ("@timestamp level message logger_name thread_name", str, "logback"),
        ("a b", type(None), "json"),
    ],
)
def test_keys_tell_the_flavour(keys: str, level: type, name: str) -> None:
    """The keys of a record and the type of its level name the library."""
    assert flavour_of(frozenset(keys.split()), level).name == name
