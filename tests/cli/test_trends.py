"""`incident trends`: documents, what moved, and one clear line for what cannot be read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
HISTORY = ROOT / "data" / "history"
AS_OF = "2024-01-01T00:00:00Z"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A copy of the sample's records, which no catalog stands beside yet."""
    return Path(shutil.copy(HISTORY / "incidents.ndjson", tmp_path))


def told(out: Path) -> dict[str, Any]:
    """The JSON twin of the trend report."""
    twin: dict[str, Any] = json.loads((out / "trends.json").read_text(encoding="utf-8"))
    return twin


def test_the_sample_finds_what_was_planted(run: Callable[..., Any], history: Path, tmp_path: Path) -> None:
    """Acknowledgment halved, resolution did not change although its mean rose, and the mix of severities shifted."""
    ended = run("trends", history, "--as-of", AS_OF, "--mean", "--out", tmp_path / "r")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [str(tmp_path / "r" / "trends.html"), str(tmp_path / "r" / "trends.json")]
    twin = told(tmp_path / "r")
    changed = {each["metric"]: each for each in twin["verdict"]["changed"]}
    assert set(changed) == {"time_to_acknowledgment", "time_to_engage", "severity_mix"}
    assert changed["time_to_acknowledgment"]["ratio"] == pytest.approx(0.54, abs=0.005)
    assert [each[:7] for each in changed["time_to_acknowledgment"]["between"]] == ["2022-12", "2023-02"]
    assert "time_to_resolution" in [each["metric"] for each in twin["verdict"]["not_changed"]]
    page = (tmp_path / "r" / "trends.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "People answer faster" in page
    assert "+27 %" in page
    assert "a mean moves with its longest incident" in page
    assert "SEV1 and SEV2 together were 63 of 124 (51 %) in 2022, and 37 of 117 (32 %) in 2023." in page


def test_the_same_history_gives_the_same_bytes(run: Callable[..., Any], history: Path, tmp_path: Path) -> None:
    """Page, twin and the kept run, from the file and from a copy of it that is younger."""
    (tmp_path / "copy").mkdir()
    for folder, file in (("a", history), ("b", Path(shutil.copyfile(history, tmp_path / "copy" / history.name)))):
        assert run("trends", file, "--as-of", AS_OF, "--out", tmp_path / folder).exit_code == 0
    files = [file.relative_to(tmp_path / "a") for file in (tmp_path / "a").rglob("*") if file.is_file()]
    assert {file.name for file in files} >= {"trends.html", "trends.json", "run.json", "incidents.parquet"}
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_what_moved_since_the_last_run_is_told(run: Callable[..., Any], history: Path, tmp_path: Path) -> None:
    """An incident that is back-dated by 14 minutes moves numbers; the difference names it and the field."""
    out = tmp_path / "r"
    assert run("trends", history, "--as-of", AS_OF, "--out", out).exit_code == 0
    text = history.read_text(encoding="utf-8")
    history.write_text(text.replace("2022-01-06T16:28:51Z", "2022-01-06T16:14:51Z"), encoding="utf-8")
    again = run("trends", history, "--as-of", AS_OF, "--out", out)
    assert "numbers moved since trends-" in again.stderr
    before, after = again.stderr.split("incident diff ")[1].split()
    found = run("diff", before, after)
    assert found.exit_code == 0
    assert "INC-2022-001" in found.stdout
    assert "started_at" in found.stdout
    assert "2022-01-06T16:14:51Z" in found.stdout


def test_an_export_is_read_with_its_mapping(run: Callable[..., Any], tmp_path: Path) -> None:
    """Local clock, day first, P1 to P4: the same change is found; what rows cannot tell is told as such."""
    for name in ("incidents.csv", "mapping.yaml"):
        shutil.copy(HISTORY / name, tmp_path)
    out = tmp_path / "r"
    ended = run(
        "trends", tmp_path / "incidents.csv", "--map", tmp_path / "mapping.yaml", "--as-of", AS_OF, "--out", out
    )
    assert ended.exit_code == 0
    twin = told(out)
    assert "time_to_acknowledgment" in [each["metric"] for each in twin["verdict"]["changed"]]
    assert (twin["conformance"]["n"], twin["action_items"]["n"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere.ndjson"], "nowhere.ndjson: there is no such file or folder"),
        (["{history}", "--where", "servce=search"], "--where: expected one of severity, service, team, cause"),
        (["{history}", "--since", "2024-01-01", "--until", "2023-01-01"], "expected a beginning before the end"),
        (["{history}", "--since", "spring"], "--since: expected a time such as"),
        (["{history}", "--as-of", "soon"], "--as-of: expected a time such as"),
        (["{history}", "--map", "nowhere.yaml"], "nowhere.yaml"),
        (["{history}", "--format", "docx"], "--format: expected html, md, pdf, json"),
        (["{history}", "--period", "year"], "period"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    run: Callable[..., Any], history: Path, tmp_path: Path, words: list[str], message: str
) -> None:
    """With exit code 2, no document and no traceback."""
    ended = run("trends", *[word.format(history=history) for word in words], "--out", tmp_path / "r")
    assert ended.exit_code == 2
    assert message in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "r" / "trends.html").exists()


def test_markdown_stands_with_pictures_or_says_why_not(run: Callable[..., Any], history: Path, tmp_path: Path) -> None:
    """Pipe tables, no raw HTML."""
    ended = run("trends", history, "--as-of", AS_OF, "--format", "md", "--out", tmp_path / "r")
    assert ended.exit_code == 0
    text = (tmp_path / "r" / "trends.md").read_text(encoding="utf-8")
    assert text.startswith("Incident trends\n\n# January 2022 to December 2023")
    assert "<div" not in text
    assert "| Time to resolution |" in text


def test_rows_that_cannot_be_read_are_told_and_end_with_3(run: Callable[..., Any], tmp_path: Path) -> None:
    """The report is there all the same; nobody sees in a shell's script what only the page tells."""
    record = '{"id": "INC-2024-001", "severity": "SEV1", "started_at": "2024-01-01T10:00:00Z"}'
    (tmp_path / "h.ndjson").write_text(f"{record}\n{{broken\n{{broken\n", encoding="utf-8")
    ended = run("trends", tmp_path / "h.ndjson", "--out", tmp_path / "r", "--format", "json")
    assert ended.exit_code == 3
    assert ended.stderr == (
        "warning: h.ndjson:2: 2 of 3 rows were left out: "
        "this is not JSON (Expecting property name enclosed in double quotes) (2)\n"
    )
    assert told(tmp_path / "r")["cohort"]["n"] == 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["--where", "service=nope"], "drill (1), service is not nope (242)"),
        (["--as-of", "2020-01-01T00:00:00Z"], "begins after 2020-01-01T00:00:00+00:00 (242), drill (1)"),
    ],
)
def test_a_report_on_nobody_says_so(
    run: Callable[..., Any], history: Path, tmp_path: Path, asked: list[str], why: str
) -> None:
    """An empty page may be a slip of the pen in a condition."""
    ended = run("trends", history, *asked, "--out", tmp_path / "r", "--format", "json")
    assert (ended.exit_code, ended.stderr) == (0, f"note: no incident is left to look at: {why}\n")
