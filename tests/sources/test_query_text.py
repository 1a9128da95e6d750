"""Values are taken out of queries wherever a log message holds them; other messages stay as they are."""

from __future__ import annotations

import json

import pytest

from incident_analytics.sources.query_text import redacted_line, redacted_text


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (
            "duration: 12.3 ms  statement: select * from u where m = 'a@b.c'",
            "duration: 12.3 ms  statement: select * from u where m = ?",
        ),
        (
            "execute <unnamed>: INSERT INTO t (a) VALUES ('it''s', 5)",
            "execute <unnamed>: INSERT INTO t (a) VALUES (?, ?)",
        ),
        ("parameters: $1 = 'a, b', $2 = '17'", "parameters: ?"),
        ("unnamed portal with parameters: $1 = 'a', $2 = NULL", "unnamed portal with parameters: ?"),
        ("Key (mail)=(a@b.c) already exists.", "Key (mail)=(?) already exists."),
        ('Key (lower(mail))=(a(x)) is not present in table "u".', 'Key (lower(mail))=(?) is not present in table "u".'),
        ("Failing row contains (1, Ann, null).", "Failing row contains (?)."),
        ('invalid input syntax for type integer: "Ann"', 'invalid input syntax for type integer: "?"'),
        ('value "99999999999" is out of range for type integer', 'value "?" is out of range for type integer'),
        ('COPY users, line 3, column mail: "a@b.c"', "COPY users, line 3, column mail: ?"),
        ("LINE 1: select * from u where m='a'", "LINE 1: select * from u where m=?"),
        (
            "Executing (default): SELECT id FROM u WHERE m = 'a' LIMIT 1;",
            "Executing (default): SELECT id FROM u WHERE m = ? LIMIT ?;",
        ),
        ("CALL pay('a')", "CALL pay(?)"),
        ("ALTER ROLE bob PASSWORD 'a'", "ALTER ROLE bob PASSWORD ?"),
        (
            'query="SELECT 1 FROM u WHERE m = \'a\'" params="b" took=17ms',
            'query="SELECT ? FROM u WHERE m = ?" params=?',
        ),
        (
            "[SQL: INSERT INTO u (m) VALUES (%(m)s)] [parameters: {'m': 'a'}] (more)",
            "[SQL: INSERT INTO u (m) VALUES (%(m)s)] [parameters: ?",
        ),
        ("with x as (select 'a' b) delete from t where c = 1.5", "with x as (select ? b) delete from t where c = ?"),
    ],
)
def test_the_values_of_a_query_in_a_message_become_question_marks(text: str, redacted: str) -> None:
    """As PostgreSQL, SQLAlchemy, Sequelize and psycopg write them."""
    assert redacted_text(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "process 18764 still waiting for ShareLock on transaction 738 after 502.986 ms",
        "pool resized to 50",
        "canceling statement due to lock timeout after 10000 ms",
        "update available: 3 items set aside",
        "connected to 'payments' in 12 ms",
        "offset 5 reset, settlement 7 booked",
    ],
)
def test_other_messages_stay_as_they_are(text: str) -> None:
    """Numbers and quotes outside of queries are what a reader needs."""
    assert redacted_text(text) == text


def test_attributes_are_gone_through_key_by_key() -> None:
    """A statement is nothing but a query, what is bound to it is values, a stack may hold it."""
    written = {
        "db.statement": "select a from b where c = 'Ann'",
        "parameters": ["Ann", 17],
        "status": 500,
        "err": {"stack": "Error: no\n select a from b where c = 'Ann'", "code": "23505"},
    }
    assert json.loads(redacted_line(json.dumps(written))) == {
        "db.statement": "select a from b where c = ?",
        "parameters": "?",
        "status": 500,
        "err": {"stack": "Error: no\n select a from b where c = ?", "code": "23505"},
    }


def test_a_line_without_a_query_keeps_its_bytes() -> None:
    """Spaces and order of keys are not written anew."""
    line = '{"msg": "canceling statement due to timeout",  "b": 1, "a": 2}'
    assert redacted_line(line) == line


def test_a_broken_object_is_read_as_text() -> None:
    """A line cut short is no JSON."""
    assert redacted_line('{"sql": "delete from t where a = \'Ann\'').endswith("delete from t where a = ?")
