"""Records as a frame."""

from __future__ import annotations

from incident_analytics.sources.logs.record import SCHEMA, LogRecord, as_json, frame_of


def test_columns_are_those_of_the_log_data_model_in_order() -> None:
    """Every reader of logs relies on these names and types."""
    assert {name: str(dtype) for name, dtype in SCHEMA.items()} == {
        "timestamp": "Datetime(time_unit='us', time_zone='UTC')",
        "severity_number": "Int8",
        "severity_text": "String",
        "message": "String",
        "service": "String",
        "trace_id": "String",
        "span_id": "String",
        "user_id": "String",
        "attributes": "String",
        "format": "String",
        "zone_assumed": "Boolean",
        "raw": "String",
        "file": "String",
        "line": "Int64",
    }
    assert frame_of([], file="a.log").schema == SCHEMA
    assert frame_of([LogRecord("plain")], file="a.log").schema == SCHEMA


def test_attributes_have_sorted_keys_and_null_where_there_are_none() -> None:
    """Same attributes, same text, whatever order they came in; a mark between records does not leak."""
    records = [
        LogRecord("json", attributes={"b": 1, "a": {"d": 2, "c": "é"}}),
        LogRecord("json"),
        LogRecord("json", attributes={"zero": ["x", "\0", "y"]}),
    ]
    assert frame_of(records, file="a.log")["attributes"].to_list() == [
        '{"a":{"c":"é","d":2},"b":1}',
        None,
        '{"zero":["x","\\u0000","y"]}',
    ]


def test_service_is_the_records_own_then_its_folders_then_its_loggers() -> None:
    """The last resort stands only where nothing better does."""
    own, bare = LogRecord("json", service="own", logger="log"), LogRecord("json", logger="log")
    assert frame_of([own, bare], file="a", service="folder")["service"].to_list() == ["own", "folder"]
    assert frame_of([own, bare], file="a")["service"].to_list() == ["own", "log"]


def test_half_a_surrogate_pair_is_replaced() -> None:
    """JSON may escape half of an emoji, which no UTF-8 column can hold."""
    record = LogRecord("json", message="a\ud83d", attributes={"k": "\ud83d"}, raw="whole")
    frame = frame_of([record], file="a")
    assert frame["message"].to_list() == ["a?"]
    assert frame["attributes"].to_list() == ['{"k":"?"}']


def test_infinite_numbers_become_words() -> None:
    """JSON has no infinity, so a reader of the attributes finds text."""
    assert as_json({"a": [float("inf"), -float("inf"), 1.5]}) == '{"a":["Infinity","-Infinity",1.5]}'
