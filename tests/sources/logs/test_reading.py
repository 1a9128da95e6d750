"""Log files as one frame."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.errors import ParameterError, SourceError
from incident_analytics.sources.logs import SCHEMA, log_file, read_logs, reading

PINO = '{"level":30,"time":1795402425409,"pid":1,"hostname":"vm","name":"pay","userId":"u1","msg":"ok"}'


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_no_files_give_an_empty_frame_with_all_columns(tmp_path: Path) -> None:
    """Nothing to read is not an error."""
    read = read_logs([], root=tmp_path)
    assert read.frame.collect_schema() == SCHEMA
    assert (read.frame.collect().height, read.files, read.findings) == (0, (), ())


def test_empty_file_has_a_line_in_the_ledger(tmp_path: Path) -> None:
    """A file with nothing in it was looked at all the same."""
    read = read_logs([_file(tmp_path, "empty.log", b"")], root=tmp_path)
    assert (read.files[0].file, read.files[0].rows, read.files[0].reader) == ("empty.log", 0, "")
    assert read.frame.collect().height == 0


def test_one_row_tells_file_line_and_raw_text(tmp_path: Path) -> None:
    """The receipt of a record: where it stands and what stood there."""
    path = _file(tmp_path, "evidence/logs/api/app.ndjson", f"\n{PINO}\r\n".encode())
    row = read_logs([path], root=tmp_path).frame.collect().row(0, named=True)
    assert row["timestamp"].isoformat() == "2026-11-23T02:53:45.409000+00:00"
    assert (row["file"], row["line"], row["raw"]) == ("evidence/logs/api/app.ndjson", 2, PINO)
    assert (row["service"], row["user_id"], row["attributes"]) == ("pay", "u1", '{"hostname":"vm","pid":1}')


def test_service_is_the_folder_where_the_record_names_none(tmp_path: Path) -> None:
    """evidence/logs/<service>/ names the service of lines that do not."""
    paths = [_file(tmp_path, name, b"hello") for name in ("evidence/logs/api/a.log", "evidence/logs/b.log", "c.log")]
    assert read_logs(paths, root=tmp_path).frame.collect()["service"].to_list() == ["api", None, None]


def test_zone_of_naive_times_is_the_one_given(tmp_path: Path) -> None:
    """14:15 in New York in January is 19:15 UTC, and marked as assumed."""
    path = _file(tmp_path, "a.log", b"2024-01-15 14:15:00 ERROR down\n2024-01-15T14:15:00Z ERROR down")
    frame = read_logs([path], root=tmp_path, zone="America/New_York").frame.collect()
    assert [time.isoformat() for time in frame["timestamp"]] == [
        "2024-01-15T19:15:00+00:00",
        "2024-01-15T14:15:00+00:00",
    ]
    assert frame["zone_assumed"].to_list() == [True, False]


def test_zone_that_does_not_exist_is_one_clear_error(tmp_path: Path) -> None:
    """The error says what a zone looks like."""
    with pytest.raises(
        ParameterError, match=r"no such time zone: expected a name such as Europe/Berlin .*, found 'EST5000'"
    ):
        read_logs([], root=tmp_path, zone="EST5000")


def test_csv_log_table_gives_a_record_a_row(tmp_path: Path) -> None:
    """The header is no record; rows keep the order of the file, the ledger says that it was a table."""
    content = b"time,level,service,message\n2024-01-15T14:15:01Z,warn,api,slow\n2024-01-15T14:15:00Z,info,api,ok\n"
    read = read_logs([_file(tmp_path, "export.csv", content)], root=tmp_path)
    frame = read.frame.collect()
    assert frame["message"].to_list() == ["slow", "ok"]
    assert frame["line"].to_list() == [2, 3]
    assert frame["raw"].to_list() == ["2024-01-15T14:15:01Z,warn,api,slow", "2024-01-15T14:15:00Z,info,api,ok"]
    assert (read.files[0].reader, read.files[0].rows) == ("csv:plain", 2)


def test_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    """A path that is not there raises at once, not when the frame is collected."""
    with pytest.raises(SourceError, match="the log cannot be opened"):
        read_logs([tmp_path / "gone.log"], root=tmp_path)


def test_truncated_gzip_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The last half line is unreadable, the rest are records, and a finding says what happened."""
    randomness = random.Random(7)  # noqa: S311 -- the same noise each time
    lines = [json.dumps({"level": 30, "time": 1795402425409, "msg": f"{randomness.random()}"}) for _ in range(5_000)]
    packed = gzip.compress("\n".join(lines).encode())
    read = read_logs([_file(tmp_path, "a.ndjson.gz", packed[:-20_000])], root=tmp_path)
    frame = read.frame.collect()
    whole = frame.filter(pl.col("format") == "pino")
    assert whole["raw"].to_list() == lines[: whole.height]
    assert frame.height - whole.height <= 1
    assert read.findings[0].rule == "log-file-truncated"
    assert read.files[0].notes[0].startswith("truncated: the compressed data ends early")


def test_binary_noise_between_records_is_kept_and_counted(tmp_path: Path) -> None:
    """Random bytes cost no record around them."""
    noise = random.Random(7).randbytes(20_000).replace(b"\n", b"\0")  # noqa: S311 -- the same noise each time
    read = read_logs([_file(tmp_path, "a.log", b"\n".join([PINO.encode(), noise, PINO.encode()]))], root=tmp_path)
    assert read.frame.collect()["format"].to_list() == ["pino", "unreadable", "pino"]
    assert (read.files[0].rows, read.files[0].unreadable) == (3, 1)
    assert read.files[0].notes[-1] == "lines with bytes that are not UTF-8, replaced: 1"


def test_lines_of_a_megabyte_and_brackets_without_end_are_records(tmp_path: Path) -> None:
    """A huge message is read; a line that nests 10,000 deep is kept as it is."""
    huge = json.dumps({"level": 30, "time": 1795402425409, "msg": "x" * 1_000_000})
    deep = '{"level":30,"msg":' + "[" * 10_000 + "]" * 10_000 + "}"
    read = read_logs([_file(tmp_path, "a.ndjson", f"{huge}\n{deep}\n{PINO}".encode())], root=tmp_path)
    frame = read.frame.collect()
    assert frame["format"].to_list() == ["pino", "unreadable", "pino"]
    assert frame["message"].str.len_chars().to_list() == [1_000_000, None, 2]
    assert frame["raw"].to_list()[1] == deep


def test_times_that_repeat_or_run_backwards_keep_the_order_of_the_file(tmp_path: Path) -> None:
    """The frame does not sort: the order of the lines is evidence too."""
    times = [1795402425409, 1795402425409, 1795402400000]
    lines = [json.dumps({"level": 30, "time": time, "msg": str(number)}) for number, time in enumerate(times)]
    read = read_logs([_file(tmp_path, "a.ndjson", "\n".join(lines).encode())], root=tmp_path)
    assert read.frame.collect()["message"].to_list() == ["0", "1", "2"]
    assert read.files[0].notes == ("1 of 3 records over a second earlier than the one before",)


def test_markup_in_a_line_stays_text(tmp_path: Path) -> None:
    """What a line says is never run, parsed as a date or shortened."""
    line = json.dumps({"level": 30, "msg": "<script>alert(1)</script>", "when": "2024-01-15", "f": "__import__('os')"})
    row = read_logs([_file(tmp_path, "a", line.encode())], root=tmp_path).frame.collect().row(0, named=True)
    assert row["message"] == "<script>alert(1)</script>"
    assert row["attributes"] == '{"f":"__import__(\'os\')","when":"2024-01-15"}'


def test_more_than_memory_keeps_is_read_again_with_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the bound the frame reads the files when it is collected; filters, columns and heads give the same."""
    path = _file(tmp_path, "a.ndjson", "\n".join([PINO, "plain", PINO] * 50).encode())
    kept = read_logs([path], root=tmp_path).frame
    monkeypatch.setattr(reading, "BYTES_KEPT", 0)
    monkeypatch.setattr(log_file, "RECORDS_A_FRAME", 7)
    again = read_logs([path], root=tmp_path).frame
    assert again.collect().equals(kept.collect())
    for frame in (kept, again):
        assert frame.filter(pl.col("format") == "plain").select(pl.len()).collect().item() == 50
        assert frame.select("line").head(9).collect()["line"].to_list() == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_file_name_that_is_not_utf8_is_read_all_the_same(tmp_path: Path) -> None:
    """File systems allow any bytes in a name; the ledger shows U+FFFD for them."""
    path = tmp_path / os.fsdecode(b"caf\xe9.log")
    path.write_text("hello")
    read = read_logs([path], root=tmp_path)
    assert read.files[0].file == "caf\ufffd.log"
    assert read.frame.collect()["file"].to_list() == ["caf\ufffd.log"]


_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
_PINO_LINES = st.fixed_dictionaries(
    {
        "level": st.sampled_from([10, 20, 30, 40, 50, 60]),
        "time": st.integers(min_value=10**12, max_value=4 * 10**12),
        "msg": _TEXT,
        "extra": st.one_of(_TEXT, st.integers(), st.booleans(), st.lists(_TEXT, max_size=3)),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_PINO_LINES, min_size=1, max_size=5))
def test_printed_pino_line_is_read_back(written: list[dict[str, object]]) -> None:
    """Time, level, message and attributes come back as they were printed, whatever characters they hold."""
    with TemporaryDirectory() as folder:
        path = _file(Path(folder), "a.ndjson", "\n".join(json.dumps(line) for line in written).encode())
        frame = read_logs([path], root=Path(folder)).frame.collect()
    assert frame["timestamp"].dt.epoch("ms").to_list() == [line["time"] for line in written]
    assert frame["severity_text"].to_list() == [str(line["level"]) for line in written]
    assert frame["message"].to_list() == [line["msg"] for line in written]
    assert [json.loads(text) for text in frame["attributes"]] == [{"extra": line["extra"]} for line in written]


@settings(deadline=None, max_examples=30)
@given(st.permutations(["a.log", "b.log", "c.log"]), st.lists(st.binary(max_size=200), min_size=3, max_size=3))
def test_order_of_files_changes_no_row_of_any(order: list[str], contents: list[bytes]) -> None:
    """Any bytes at all are read, and each file gives the same rows wherever it stands."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        paths = {name: _file(root, name, content) for name, content in zip(sorted(order), contents, strict=True)}
        together = read_logs([paths[name] for name in order], root=root).frame.collect()
        for name, path in paths.items():
            alone = read_logs([path], root=root).frame.collect()
            assert together.filter(pl.col("file") == name).equals(alone)
