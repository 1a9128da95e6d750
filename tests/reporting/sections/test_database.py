"""What the page says of the captured database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Chain, Table
from incident_analytics.reporting.sections.database import database

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

RECORD = "id: INC-7\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"
AT = "evidence/database/2024-01-15T142730Z"
ACTIVITY = "pid,state,application_name,query_start,state_change,wait_event_type,wait_event,query\n"


def text(report: PostMortem) -> str:
    """The section as plain text."""
    return "\n".join(block.plain() for block in database(report))


def test_the_sample_tells_root_queue_and_connections(sample: PostMortem) -> None:
    """4187 had been idle in transaction since before the recorded start; the one sentence stands on top."""
    sentence, drawing, *_ = database(sample)
    assert sentence.plain() == (
        "At Mon 15 Jan 2024, 14:27:30 UTC 11 sessions waited behind session 4187 of payment-processor, "
        "idle in transaction for 15 min 11 s; 46 connections were open."
    )
    root, first, queue = drawing.plain().splitlines()
    assert "since 14:12:19, 2 min 41 s before the recorded start" in root
    assert first.startswith("  Session 4190, waits for the transaction ahead to end, 15 min 10 s")
    assert queue.startswith("    10 sessions of payment-processor, one behind the other, wait for their turn at a row")
    told = text(sample)
    assert "Sessions that took long: 11 active sessions over 5 min, 4 idle in transaction" in told
    assert "46 connections by application and state; the server's limit (max_connections) was not captured" in told


def test_without_captures_it_is_one_line(reported: Callable[..., PostMortem]) -> None:
    """And a file that nobody can read is another."""
    assert text(reported(RECORD)) == "No state of the database was captured."
    assert text(reported(RECORD, {f"{AT}/x.csv": "a,b\n1,2\n"})) == "No state of the database could be read."


def test_connections_are_told_as_a_share_of_the_limit(reported: Callable[..., PostMortem]) -> None:
    """30 of 40, 18 of them of the service that holds most."""
    counts = "state,application_name,count\nactive,api,18\nidle,job,12\n"
    report = reported(RECORD, {f"{AT}/count.csv": counts, f"{AT}/limit.csv": "max_connections\n40\n"})
    (table,) = (block for block in database(report) if isinstance(block, Table))
    assert table.caption == "30 connections by application and state: 75 % of the limit of 40"
    assert [(row[0], row[-1]) for row in table.rows] == [("api", "45 %"), ("job", "30 %"), ("all", "75 %")]


def test_many_applications_are_summed_in_one_row(reported: Callable[..., PostMortem]) -> None:
    """Ten are named; fifteen more hold one connection each."""
    rows = "".join(f"active,api-{number:02},{2 if number < 10 else 1}\n" for number in range(25))
    report = reported(RECORD, {f"{AT}/connection_count.csv": f"state,application_name,count\n{rows}"})
    (table,) = (block for block in database(report) if isinstance(block, Table))
    assert len(table.rows) == 12
    assert [row[0] for row in table.rows[-2:]] == ["15 more", "all"]
    assert [row[-1] for row in table.rows[-2:]] == ["15", "35"]


def test_a_bare_count_is_a_sentence(reported: Callable[..., PostMortem]) -> None:
    """The runbook's own query tells neither state nor application."""
    report = reported(RECORD, {f"{AT}/connection_count.csv": "count\n23\n"})
    assert "23 connections in all; the server's limit (max_connections) was not captured." in text(report)
    assert "nothing was captured that tells whether sessions waited for locks; 23 connections were open" in text(report)


def test_circles_and_waits_without_a_holder_are_shown_as_what_they_are(reported: Callable[..., PostMortem]) -> None:
    """1 and 2 wait for each other, 4 for 9, and 7 for somebody."""
    report = reported(
        RECORD,
        {
            f"{AT}/blocking.csv": "pid,blocked_by\n1,{2}\n2,{1}\n4,{9}\n",
            f"{AT}/locks.csv": "locktype,mode,granted,pid\nrelation,AccessShareLock,f,7\n",
        },
    )
    sentence, drawing, *_ = database(report)
    assert "1 session waited behind session 9, and 3 more elsewhere" in sentence.plain()
    assert isinstance(drawing, Chain)
    assert [(box.title, box.kind) for box in drawing.boxes] == [
        ("Session 9 holds up 1", "root"),
        ("2 sessions wait for each other: 1 and 2", "unclear"),
        ("1 session waits for a lock: 7", "unclear"),
    ]
    assert drawing.boxes[0].note == "the capture does not list what it was doing"


def test_waits_alone_say_that_nobody_is_named(reported: Callable[..., PostMortem]) -> None:
    """The runbook's lock query cannot name who holds."""
    report = reported(RECORD, {f"{AT}/locks.csv": "locktype,mode,granted,pid\nrelation,AccessShareLock,f,7\n"})
    assert "1 session waited for locks, and the capture does not tell who held them" in text(report)
    assert "Nothing captured tells who holds it" in text(report)
    assert "No file captured lists every session with its state" in text(report)


def test_several_roots_and_many_groups_stay_readable(reported: Callable[..., PostMortem]) -> None:
    """Seven roots, the first with nine applications behind it: five roots and six groups are drawn, the rest told."""
    waiting = [(100 + number, 1, f"app-{number}") for number in range(9)]
    waiting += [(200 + root, root, "job") for root in range(2, 8)]
    rows = "".join(f"{pid},{{{root}}},{application},q\n" for pid, root, application in waiting)
    report = reported(RECORD, {f"{AT}/blocking.csv": f"pid,blocked_by,application_name,query\n{rows}"})
    (drawing,) = (block for block in database(report) if isinstance(block, Chain))
    assert [box.title for box in drawing.boxes] == [
        "Session 1 holds up 9",
        *(f"Session {root} holds up 1" for root in range(2, 6)),
        "2 more that hold others up",
    ]
    assert drawing.boxes[-1].note == "2 sessions wait behind 6 and 7"
    assert [box.title for box in drawing.boxes[0].behind][-1] == "3 more sessions with 3 other queries"
    assert len(drawing.boxes[0].behind) == 7


def test_several_captures_are_told_from_first_to_last(reported: Callable[..., PostMortem]) -> None:
    """The one with two waiting is shown in full, all three in the table."""
    files = {
        "evidence/database/2024-01-15T142000Z/blocking.csv": "pid,blocked_by\n2,{1}\n",
        "evidence/database/2024-01-15T142500Z/blocking.csv": "pid,blocked_by\n2,{1}\n3,{2}\n",
        "evidence/database/2024-01-15T143000Z/blocking.csv": "pid,blocked_by\n2,{}\n",
    }
    blocks = database(reported(RECORD, files))
    assert blocks[0].plain().startswith("At Mon 15 Jan 2024, 14:25 UTC, the capture with the most waits, 2 sessions")
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert table.caption == "The database in 3 captures, first to last"
    assert [(row[0], row[2]) for row in table.rows] == [
        ("Mon 15 Jan 2024, 14:20", "1"),
        ("Mon 15 Jan 2024, 14:25", "2"),
        ("Mon 15 Jan 2024, 14:30", "0"),
    ]


def test_a_quiet_database_is_called_so(reported: Callable[..., PostMortem]) -> None:
    """One idle session and nothing else."""
    times = "2024-01-15 14:00:00+00,2024-01-15 14:00:00+00"
    report = reported(RECORD, {f"{AT}/activity.csv": f"{ACTIVITY}9,idle,api,{times},Client,ClientRead,select 1\n"})
    told = text(report)
    assert "no session waited for a lock; 1 connection was open" in told
    assert "No active session ran longer than 5 min, and none was idle in transaction." in told


def test_nothing_of_a_query_is_markup(reported: Callable[..., PostMortem]) -> None:
    """A query is text from outside."""
    times = "2024-01-15 14:00:00+00,2024-01-15 14:00:00+00"
    query = "select '<script>alert(1)</script>'"
    rows = f"7,idle in transaction,<b>,{times},Client,ClientRead,{query}\n8,active,<i>,{times},Lock,tuple,{query}\n"
    report = reported(RECORD, {f"{AT}/activity.csv": ACTIVITY + rows, f"{AT}/blocking.csv": "pid,blocked_by\n8,{7}\n"})
    page = "".join(block.html() for block in database(report))
    assert "<script>" not in page
    assert "<b>," not in page
