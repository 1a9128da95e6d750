"""Reading only what is wanted gives the rows of the full read, filtered, whatever the lines are."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from incident_analytics.sources.logs import lines, read_logs
from incident_analytics.sources.logs.prefilter import Wanted, wanted_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import polars as pl

ZULU = "2024-01-15T14:15:{:02}.123Z"
QUESTIONS: tuple[tuple[Wanted, ...], ...] = (
    (Wanted(errors=True),),
    (Wanted(pattern="timeout|connection refused"),),
    (Wanted(errors=True), Wanted(pattern="timeout|connection refused")),
    (Wanted(errors=True, pattern="time.ut"),),
    (Wanted(pattern="^timeout$"),),
    (Wanted(pattern=r"pa\"id|\[[0-9]+\]|\{"),),
    (Wanted(pattern="2024|INFO"),),
    (Wanted(service="payments"),),
    (Wanted(service='cäf"é', errors=True),),
)
# Lines that a naive search gets wrong, with the reason where it is not plain.
NASTY = (
    '{"level":"\\u0045RROR","msg":"escaped level"}',
    '{"l\\u0065vel":"error","msg":"escaped key"}',
    '{"level" : "ERROR","msg":"spaces before the colon"}',
    '{"level":\t"eRRor","msg":"a tab and odd cases"}',
    '{"level":" error\\n","msg":"blanks that are stripped"}',
    '{"level":"\\u001b[31merror\\u001b[39m","msg":"coloured"}',
    '{"level":"e\x1b[31mrror","message":"coloured inside"}',
    '{"level":"\u00a0error","msg":"no-break space"}',
    '{"level":50,"time":1705328100000,"pid":1,"hostname":"h","msg":"timeout"}',
    '{"level":5e1,"time":1705328100000,"pid":1,"hostname":"h","msg":"exponent"}',
    '{"level":0.6E2,"time":1705328100000,"pid":1,"hostname":"h","msg":"exponent"}',
    '{"level":30,"time":1705328100000,"level":50,"msg":"the last of two levels counts"}',
    '{"timestamp":"2024-01-15T14:15:01.123Z","level":"INFO","service":"cart","level":"FATAL","message":"two levels"}',
    '{"timestamp":"2024-01-15T14:15:01.123Z","level":"INFO","service":"cart","message":"x","severity":"ERROR"}',
    '{"severity":"INFO","level":"ERROR","message":"the other key goes first"}',
    '{"@timestamp":"2024-01-15T14:15:01.123Z","level":"INFO","log.level":"error","message":"ECS"}',
    '{"@timestamp":"2024-01-15T14:15:01.123Z","level":"INFO","log":{"level":"error"},"message":"ECS, nested"}',
    '{"context":{"level":"INFO"},"level":"ERROR","message":"nested first"}',
    '{"t":{"$date":"2024-01-15T14:15:01.123Z"},"s":"E","c":"NETWORK","msg":"MongoDB"}',
    '{"t":1,"level":"info","s":"F","c":"NETWORK","msg":"MongoDB with a level"}',
    '{"version":"1.1","host":"h","short_message":"GELF","level":3}',
    '{"__REALTIME_TIMESTAMP":"1705328100000000","PRIORITY":"3","MESSAGE":"journald"}',
    '{"__REALTIME_TIMESTAMP":"1705328100000000","PRIORITY":"6","MESSAGE":[116,105,109,101,111,117,116]}',
    '{"level":"info","__REALTIME_TIMESTAMP":"1705328100000000","PRIORITY":"2","MESSAGE":"journald"}',
    '{"timestamp":"2024-01-15 14:15:01.123 UTC","error_severity":"ERROR","message":"PostgreSQL"}',
    '{"time":"2024-01-15T14:15:01Z","request":"GET /","status":"0502"}',
    '{"time":"2024-01-15T14:15:01Z","request":"GET /","status": 502}',
    '{"level":"info","data":[{"attributes":{"message":"timeout","status":"error"}}]}',
    '{"data":[{"attributes":{"message":"timeout","status":"error","timestamp":"2024-01-15T14:15:01Z"}}]}',
    '{"log":"{\\"level\\":\\"error\\",\\"msg\\":\\"timeout\\"}\\n","stream":"stderr","time":"2024-01-15T14:15:01Z"}',
    '{"stream":"stderr","log":"ERROR timeout\\n","time":"2024-01-15T14:15:01Z"}',
    '{"level":"info","msg":"time\\u006fut"}',
    '{"level":"info","msg":"pa\\"id [1,2] {}"}',
    '{"level":"info","msg":{"b":[ 1, 2 ],"a":"timeout"}}',
    '{"level":"info","msg":1e999}',
    '{"level":"info","msg":[ 12 ],"service":"payments"}',
    '{"level":"info","msg":"x","service":"\\u0070ayments"}',
    '{"level":"error","msg":"x","service":"c\\u00e4f\\"é"}',
    '{"level":"info","msg":"timeout","service":"payments"',
    '{"level":"error","msg":"cut off',
    ' {"level":"error","msg":"indented"}',
    '{ "level":"error","msg":"a space inside"}',
    '{"level":"info","msg":"x"},',
    "[2024-01-15T14:15:01Z] ERROR timeout",
    "2024-01-15 14:15:01,123 ERROR payments: failed",
    "Traceback (most recent call last):",
    '  File "pay.py", line 1, in pay',
    "TimeoutError: timeout",
    "\tat com.example.Pay(Pay.java:7)",
    "Caused by: java.net.ConnectException: connection refused",
    'level=error msg="timeout" service=payments',
    "2024-01-15T14:15:01.123456789Z stdout P the line is ",
    "2024-01-15T14:15:02.123456789Z stdout F cut by a timeout",
    "2024-01-15T14:15:02.123456789Z stderr F ERROR whole",
    "",
    "\0\0",
    "}",
    "{",
    '{"',
    "é ERROR ü",
    "\ufffd\ufffd\x01\x02\x03",
)


def harmless(number: int) -> str:
    """A line as most are."""
    at, level = ZULU.format(number % 60), ("INFO", "DEBUG", "WARN")[number % 3]
    return json.dumps(
        {"timestamp": at, "level": level, "service": "cart", "message": f"request {number} served"},
        separators=(",", ":"),
    )


def pino(number: int) -> str:
    """A line of pino."""
    return (
        f'{{"level":{(10, 20, 30, 40)[number % 4]},"time":{1705328100000 + number},"pid":1,"hostname":"h","msg":"ok"}}'
    )


def read(folder: Path, content: bytes, wanted: Sequence[Wanted] = (), name: str = "app.log") -> pl.DataFrame:
    """The rows, in the order of their lines."""
    path = folder / name
    path.write_bytes(content)
    found = read_logs([path], root=folder, around=datetime(2024, 1, 15, tzinfo=UTC), wanted=wanted)
    return found.frame.collect()


def check(folder: Path, content: bytes, name: str = "app.log") -> None:
    """Every question gets the rows of the full read, filtered."""
    everything = read(folder, content, name=name)
    for wanted in QUESTIONS:
        expected = everything.filter(wanted_records(wanted))
        assert_frame_equal(read(folder, content, wanted, name), expected)


@pytest.mark.parametrize("between", [harmless, pino])
def test_every_nasty_line_among_many_plain_ones(tmp_path: Path, between: object) -> None:
    """Each once between lines that are left out, and all of them in a row."""
    assert callable(between)
    every = [line for number, line in enumerate(NASTY) for line in (between(number), line)]
    plain = [between(number) for number in range(200)]
    check(tmp_path, "\n".join([*plain, *every, *plain, *NASTY, *plain]).encode() + b"\n")


def test_the_errors_are_found(tmp_path: Path) -> None:
    """Counted by hand, so that both ways cannot be wrong alike."""
    spelled = ['{"level":"\\u0045RROR","msg":"a"}', '{"level" : "ERROR","msg":"b"}', '{"msg":"c","level":"eRRor"}']
    content = "\n".join([*map(harmless, range(300)), *spelled, *map(harmless, range(300))]).encode()
    found = read(tmp_path, content, [Wanted(errors=True)])
    assert found["message"].to_list() == ["a", "b", "c"]
    assert found["line"].to_list() == [301, 302, 303]


def test_a_stack_trace_belongs_to_its_record(tmp_path: Path) -> None:
    """The lines of text after a record of text join it; a line of JSON that is left out ends it."""
    text = ["2024-01-15 14:15:01,123 ERROR failed", "Traceback (most recent call last):", "ValueError: 7"]
    content = "\n".join([*map(harmless, range(100)), *text, *map(harmless, range(100)), "ValueError: 8"]).encode()
    found = read(tmp_path, content, [Wanted(errors=True)])
    assert found["raw"].to_list() == ["\n".join(text)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("bad", [b"", b"\xff\xfe", b"\xed\xa0\x80"])
def test_line_endings_and_bytes_that_are_no_text(tmp_path: Path, ending: str, bad: bytes) -> None:
    """CRLF, and bytes that are not UTF-8 among the lines."""
    content = ending.join([*map(harmless, range(150)), *NASTY, *map(harmless, range(150))]).encode()
    check(tmp_path, content + ending.encode() + bad + ending.encode() + content)


def test_compressed_files(tmp_path: Path) -> None:
    """gzip, whole and cut off."""
    content = "\n".join([*map(harmless, range(3000)), *NASTY, *map(harmless, range(3000))]).encode()
    packed = gzip.compress(content)
    check(tmp_path, packed, "app.log.gz")
    check(tmp_path, packed[: len(packed) * 3 // 4], "app.log.gz")


def test_a_folder_that_names_the_service(tmp_path: Path) -> None:
    """Lines without a service of their own are of the folder's."""
    (tmp_path / "logs" / "payments").mkdir(parents=True)
    content = "\n".join([*map(pino, range(100)), *NASTY, *map(harmless, range(100))]).encode()
    check(tmp_path, content, "logs/payments/app.log")


@given(
    st.lists(
        st.one_of(
            st.sampled_from(NASTY),
            st.integers(0, 999).map(harmless),
            st.integers(0, 999).map(pino),
            st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30),
        ),
        max_size=60,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([harmless, pino]),
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mixture(
    tmp_path_factory: pytest.TempPathFactory, mixture: list[str], ending: str, between: object
) -> None:
    """Whatever lines there are, in any order, in blocks so small that records lie across them."""
    assert callable(between)
    folder = tmp_path_factory.mktemp("mixture")
    content = ending.join([*map(between, range(70)), *mixture, *map(between, range(70))]).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK_BYTES", 2000)
        patch.setattr(lines, "READ_BYTES", 700)
        check(folder, content)
