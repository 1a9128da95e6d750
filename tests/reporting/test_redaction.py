"""A planted value of a query is in no byte of any document, where a person or the runbook asks for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.one_report import one_report
from incident_analytics.reporting.publishing import publish
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PLANTED = "ann.secret@example.com"
QUERY = f"update users set mail = '{PLANTED}' where id = 4711001"  # noqa: S608 -- nothing runs it
LOGS = [
    {"level": "error", "time": 1705328100000, "msg": f"query failed: {QUERY}", "service": "api", "user_id": "u1"},
    {"level": "error", "time": 1705328101000, "msg": f"Key (mail)=({PLANTED}) already exists.", "service": "api"},
    {"level": "error", "time": 1705328102000, "msg": "failed", "sql": QUERY, "parameters": [PLANTED, 4711001]},
    {"level": "info", "time": 1705328103000, "msg": "listening on 8080", "service": "api"},
]
POSTGRES = (
    f"2024-01-15 14:15:02.000 UTC [7] LOG:  duration: 12 ms  statement: {QUERY}\n"
    "2024-01-15 14:15:03.000 UTC [7] ERROR:  duplicate key value violates unique constraint\n"
    f"2024-01-15 14:15:03.000 UTC [7] DETAIL:  Key (mail)=({PLANTED}) already exists.\n"
    f"2024-01-15 14:15:03.000 UTC [7] STATEMENT:  {QUERY}\n"
    f"2024-01-15 14:15:04.000 UTC [7] DETAIL:  parameters: $1 = '{PLANTED}', $2 = '4711001'\n"
)
ACTIVITY = (
    "pid,state,application_name,usename,query_start,state_change,wait_event_type,wait_event,query\n"
    f"7,idle in transaction,api,app,2024-01-15 14:10:00+00,2024-01-15 14:10:00+00,Client,ClientRead,{QUERY}\n"
    f"8,active,api,app,2024-01-15 14:11:00+00,2024-01-15 14:11:00+00,Lock,transactionid,{QUERY}\n"
)
# A row out of its columns: the query stands where the list of blocking sessions is expected.
BLOCKING = f"pid,blocked_by,query\n8,{{7}},{QUERY}\n{QUERY},{QUERY},8\n"


@pytest.fixture
def bundle_folder(tmp_path: Path) -> Path:
    """The runbook's record with evidence full of one person's address and number."""
    folder = tmp_path / "data" / "INC-2024-001"
    captures = folder / "evidence" / "database" / "2024-01-15T142000Z"
    logs = folder / "evidence" / "logs"
    for each in (captures, logs):
        each.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "data" / "records" / "runbook_template.yaml", folder / "incident.yaml")
    (logs / "api.ndjson").write_text("".join(f"{json.dumps(line)}\n" for line in LOGS))
    (logs / "postgresql.log").write_text(POSTGRES)
    (captures / "pg_stat_activity.csv").write_text(ACTIVITY)
    (captures / "blocking.csv").write_text(BLOCKING)
    return folder


def told_in(folder: Path) -> Iterator[str]:
    """Each file of a folder in which a planted value stands."""
    for file in sorted(folder.rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        if PLANTED.encode() in content or b"4711001" in content or b"ann.secret" in content:
            yield file.name


def test_unasked_the_query_is_shown_as_captured(bundle_folder: Path, tmp_path: Path) -> None:
    """The counterpart: without it the tests below would prove nothing."""
    publish(open_bundle(bundle_folder), out=tmp_path / "reports")
    assert "INC-2024-001.json" in list(told_in(tmp_path / "reports"))


def test_asked_for_one_report_no_document_holds_a_value(bundle_folder: Path, tmp_path: Path) -> None:
    """Page, Markdown, twin, notebook with its outputs, the prose and the kept run."""
    out = tmp_path / "reports"
    published = publish(open_bundle(bundle_folder, redact_queries=True), out=out, formats=("html", "md", "json"))
    assert published.failed == ()
    assert list(told_in(out)) == []
    assert PLANTED not in (bundle_folder / "postmortem.md").read_text()
    twin = json.loads((out / "INC-2024-001.json").read_text())
    assert "update users set mail = ? where id = ?" in json.dumps(twin)
    redacted = {line["file"].rpartition("/")[2]: line["redacted"] for line in twin["ledger"]}
    assert redacted["pg_stat_activity.csv"] == 2
    assert (redacted["api.ndjson"], redacted["postgresql.log"]) == (3, 4)
    page = (out / "INC-2024-001.html").read_text()
    assert (
        "Values of queries and secrets are left out, as asked: ? stands for them in 4 queries and 7 log records."
        in page
    )


def test_the_runbook_asks_for_every_report(bundle_folder: Path, tmp_path: Path) -> None:
    """`redact: [query_text]` needs no option, and holds where many reports are made."""
    shipped = (ROOT / "incident_analytics" / "runbook.yaml").read_text(encoding="utf-8")
    runbook = tmp_path / "runbook.yaml"
    runbook.write_text(shipped.replace("redact: []", "redact: [query_text]"), encoding="utf-8")
    outcome = one_report(bundle_folder, Asked(tmp_path / "reports", runbook=runbook))
    assert (outcome.reason, outcome.failed) == ("", ())
    assert list(told_in(tmp_path / "reports")) == []


def test_many_reports_can_be_asked_for_it(bundle_folder: Path, tmp_path: Path) -> None:
    """As `incident postmortem --all --redact-queries` does, its question sent to another process and back."""
    asked = Asked.from_answer(Asked(tmp_path / "reports", redact_queries=True).as_answer())
    outcome = one_report(bundle_folder, asked)
    assert (outcome.reason, outcome.failed) == ("", ())
    assert list(told_in(tmp_path / "reports")) == []


def test_secrets_in_log_messages_are_masked_where_the_runbook_asks(bundle_folder: Path, tmp_path: Path) -> None:
    """`redact: [secrets]`: in page, Markdown and twin; unasked they are shown, and queries stay as they are."""
    line = {"level": "error", "time": 1705328104000, "msg": "login failed, password=hunter2", "service": "auth"}
    with (bundle_folder / "evidence" / "logs" / "api.ndjson").open("a") as file:
        file.write(f"{json.dumps(line)}\n")
    shipped = (ROOT / "incident_analytics" / "runbook.yaml").read_text(encoding="utf-8")
    runbook = tmp_path / "rules.yaml"
    runbook.write_text(shipped.replace("redact: []", "redact: [secrets]"), encoding="utf-8")
    shown = []
    for name, rules in (("unasked", None), ("asked", runbook)):
        outcome = one_report(bundle_folder, Asked(tmp_path / name, formats=("html", "md", "json"), runbook=rules))
        assert (outcome.reason, outcome.failed) == ("", ())
        files = [tmp_path / name / f"INC-2024-001.{kind}" for kind in ("html", "md", "json")]
        shown.append([b"hunter2" in file.read_bytes() for file in files])
    assert shown == [[True, True, True], [False, False, False]]
    assert b"4711001" in (tmp_path / "asked" / "INC-2024-001.json").read_bytes()


def test_a_report_made_without_it_is_made_anew_with_it(bundle_folder: Path, tmp_path: Path) -> None:
    """The notebook of the last run is kept, its outputs and parameters are not."""
    out = tmp_path / "reports"
    publish(open_bundle(bundle_folder), out=out)
    publish(open_bundle(bundle_folder, redact_queries=True), out=out)
    shutil.rmtree(out / "runs")  # what earlier runs kept stays until somebody deletes it
    assert list(told_in(out)) == []
