"""`incident logs`: the runbook's log commands, on exported files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = [
    {"level": 30, "time": "2024-01-15T14:00:00.000Z", "name": "checkout", "msg": "order 17 paid"},
    {"level": 50, "time": "2024-01-15T14:10:00.000Z", "name": "payments", "msg": "connection refused by 10.0.0.7"},
    {"level": 50, "time": "2024-01-15T15:05:00.000Z", "name": "payments", "msg": "timeout after 30 s"},
    {"level": 30, "time": "2024-01-15T15:06:00.000Z", "name": "checkout", "msg": "order 18 paid"},
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Four pino lines of two services, and one that nobody understands."""
    file = tmp_path / "app.ndjson"
    cut = '{"level":50,"time":"2024-01-15T15:06\n'
    file.write_text("".join(f"{json.dumps(line)}\n" for line in LINES) + cut, encoding="utf-8")
    return file


def messages(run: Callable[..., Any], *words: object) -> list[str | None]:
    """The messages that are printed as JSON."""
    ended = run("logs", *words, "--format", "json")
    assert ended.exit_code == 0, ended.stderr
    return [line["message"] for line in json.loads(ended.stdout)]


def test_errors_of_the_last_hour(run: Callable[..., Any], log: Path) -> None:
    """Counted back from the newest line, as the runbook's last=1h; without it all of them."""
    assert messages(run, "errors", log, "--last", "1h") == ["connection refused by 10.0.0.7", "timeout after 30 s"]
    assert messages(run, "errors", log, "--last", "10m") == ["timeout after 30 s"]
    assert len(messages(run, "errors", log)) == 2


def test_one_service(run: Callable[..., Any], log: Path) -> None:
    """Its name exactly."""
    assert messages(run, "service", log, "--service", "checkout") == ["order 17 paid", "order 18 paid"]


def test_a_pattern(run: Callable[..., Any], log: Path) -> None:
    """The runbook's own, narrowed to the end."""
    assert messages(run, "search", log, "--pattern", "timeout|connection refused") == [
        "connection refused by 10.0.0.7",
        "timeout after 30 s",
    ]
    assert messages(run, "search", log, "--pattern", "timeout|refused", "--last", "5m") == ["timeout after 30 s"]


def test_a_line_is_printed_with_its_place(run: Callable[..., Any], log: Path) -> None:
    """Time in UTC, level by name, service, message, file and line; what was not understood is counted."""
    ended = run("logs", "errors", log.parent, "--last", "10m")
    assert ended.stdout.splitlines()[1].split("  ") == [
        "2024-01-15T15:05:00Z", "ERROR", "payments", "timeout after 30 s", "app.ndjson:3",
    ]  # fmt: skip
    assert "note: 1 of 5 records could not be understood; they are kept as they were" in ended.stderr


def test_templates_count_what_was_said(run: Callable[..., Any], log: Path) -> None:
    """Two orders are one template."""
    ended = run("logs", "templates", log, "--service", "checkout")
    assert ended.stdout.splitlines()[1].split("  ")[:1] == ["2"]
    assert "order <*> paid" in ended.stdout


def test_an_incident_is_named_by_its_folder(run: Callable[..., Any], sample: Path) -> None:
    """The sample's evidence: the pool was exhausted from 14:12:28 on."""
    found = messages(run, "search", sample, "--pattern", "pool exhausted", "--last", "3h")
    assert set(found) == {"pool exhausted"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["errors", "nowhere.log"], "there is no incident 'nowhere.log'"),
        (["service", "{log}"], "incident logs service: expected --service NAME"),
        (["search", "{log}"], "incident logs search: expected --pattern RE"),
        (["search", "{log}", "--pattern", "a("], "--pattern"),
        (["service", "{log}", "--service", "payment"], "did you mean payments?"),
        (["errors", "{log}", "--last", "soon"], "--last: expected a time such as 10m, 1h or 2d, found 'soon'"),
        (["errors", "{log}", "--last", "0m"], "--last: expected a time"),
        (["errors", "{log}", "--zone", "Mars"], "Mars"),
    ],
)
def test_what_cannot_be_asked_is_one_line(run: Callable[..., Any], log: Path, words: list[str], message: str) -> None:
    """With exit code 2 and the nearest right answer."""
    ended = run("logs", *[word.format(log=log) for word in words])
    assert ended.exit_code == 2
    assert message.removeprefix("--pattern") in ended.stderr
    assert len([line for line in ended.stderr.splitlines() if line.startswith("error: ")]) == 1


def test_large_files_are_searched_with_the_same_answers(
    run: Callable[..., Any], log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines that cannot be wanted are passed over, and that is told; the lines that are printed are the same."""
    plain = '{"level":30,"time":"2024-01-15T13:00:00.000Z","name":"checkout","msg":"order paid"}\n' * 100
    log.write_text(plain + log.read_text(encoding="utf-8") + plain, encoding="utf-8")
    questions = (
        ("errors", log),
        ("errors", log, "--service", "payments"),
        ("errors", log, "--service", "checkout"),
        ("search", log, "--pattern", "timeout|refused"),
        ("errors", log, "--last", "1h"),
    )
    whole = [messages(run, *question) for question in questions]
    monkeypatch.setattr("incident_analytics.sources.log_source.LARGE_BYTES", 1)
    assert [messages(run, *question, "--no-keep") for question in questions] == whole
    assert whole[0] == ["connection refused by 10.0.0.7", "timeout after 30 s"]
    assert "lines were passed over at a look" in run("logs", *questions[0]).stderr
    assert not (log.parent / "derived").exists()
    for _ in range(2):  # read whole and kept, then from what was kept
        assert [messages(run, *question) for question in questions] == whole
    assert "1 of 205 records could not be understood" in run("logs", *questions[0]).stderr
    assert "did you mean payments?" in run("logs", "service", log, "--service", "paymets").stderr


def test_values_and_secrets_are_left_out_where_asked(run: Callable[..., Any], tmp_path: Path) -> None:
    """--redact-queries, as other commands have it; never unasked."""
    file = tmp_path / "auth.log"
    file.write_text("2024-01-15 14:15:00 ERROR login failed, password=hunter2: select 1 from t where a = 'Ann'\n")
    assert "hunter2" in run("logs", "errors", file, "--zone", "UTC").stdout
    asked = run("logs", "search", file, "--pattern", "login", "--zone", "UTC", "--redact-queries")
    assert asked.exit_code == 0, asked.stderr
    assert "login failed, password=?" in asked.stdout
    assert "hunter2" not in asked.stdout
    assert "Ann" not in asked.stdout
