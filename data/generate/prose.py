"""What the facilitator has written so far; the sections without text are still to be written."""

from __future__ import annotations

PROSE = "postmortem.md"

SECTIONS = (
    (
        "Summary",
        "summary",
        """\
On Monday afternoon most payments failed for the better part of an hour. People filled their basket, paid,
waited about ten seconds and were told to try again; many tried several times, and some came back later.

A card provider call that never returned left one database session idle in the middle of a transaction. It
held the row that sums the day's settlement for one region. Other payments lined up behind that row, each
of them keeping a connection, until the pool had none left and payments of every region waited too.

Enlarging the pool gave the other regions their connections back. The held row, and with it the last part
of the outage, went away when the idle session was terminated.
""",
    ),
    (
        "Contributing factors",
        "contributing-factors",
        """\
- Since release 2.31.0 the settlement row is updated before the card provider is called, in the same
  transaction. A row lock is now held for as long as an outside service takes to answer.
- The call to the provider has no time limit of its own, and the database has no limit for sessions that
  are idle in a transaction. Either would have ended the wait within seconds.
- One row for each region and day is a queue by design: every payment of the region needs it.
- The pool has one size for all regions, so trouble with one row can use up every connection.
- The alert watches the success rate. Nothing watched the pool, which was full before the first payment failed.
""",
    ),
    (
        "What went well",
        "what-went-well",
        """\
- The page went out ten seconds after the alert, and command was established three minutes after it.
- The state of the database was captured while the trouble lasted. It shows the whole line of waiting sessions.
- A rollback was prepared beside the fix, so there was a second way out.
""",
    ),
    ("What went badly", "what-went-badly", ""),
    ("Where we were lucky", "where-we-were-lucky", ""),
    (
        "Why were we surprised",
        "why-were-we-surprised",
        """\
The symptom fitted a pattern we know, a pool that is too small, and the known remedy helped at once. That
made it harder to see that something else went on: payments still failed with room in the pool. The captured
database state held the answer half an hour before we acted on it. We had looked at it for the number of
connections, not for who was waiting for whom.
""",
    ),
    ("Lessons", "lessons", ""),
)


def prose_files() -> dict[str, bytes]:
    """The prose, by path relative to the bundle.

    Returns:
        The bytes of `postmortem.md`.
    """
    parts = [f"## {title} {{#{key}}}\n" + (f"\n{text}" if text else "") for title, key, text in SECTIONS]
    return {PROSE: "\n".join(parts).encode()}
