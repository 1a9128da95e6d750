"""Claims: records load from NDJSON within 1.5 times the CPU of bare pydantic, and the second load is 50 times cheaper.

Bare pydantic is `TypeAdapter.validate_json` line by line with a model of the same fields, which makes objects but no
frame, ledger or catalog. CPU seconds of one process are compared, as walls are noisy.

    .venv/bin/python benchmarks/load_records.py [RECORDS]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources.histories import load_incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.measurement import Anchor

RECORDS = 100_000
MOST_OF_PYDANTIC, LEAST_CHEAPER = 1.5, 50
START = datetime(2022, 1, 1, tzinfo=UTC)


class Impact(BaseModel):
    """The harm done."""

    users_affected: int | None = None
    revenue_lost: str | None = None
    duration_minutes: float | None = None


class Role(BaseModel):
    """Who took which role."""

    role: str
    person: str | None = None
    assigned_at: datetime | None = None


class Entry(BaseModel):
    """What happened when."""

    time: datetime
    event: str


class Record(BaseModel):
    """The fields of the records below, and no others."""

    id: str
    title: str = ""
    severity: str | None = None
    services: list[str] = []
    team: str | None = None
    detected_by: str | None = None
    started_at: datetime | None = None
    detected_at: datetime | None = None
    acknowledged_at: datetime | None = None
    mitigated_at: datetime | None = None
    resolved_at: datetime | None = None
    impact: Impact = Impact()
    roles: list[Role] = []
    timeline: list[Entry] = []
    action_items: list[str] = []


def a_record(dice: random.Random, number: int) -> dict[str, object]:
    """A whole record; one of thirty is still open."""
    began = START + timedelta(seconds=dice.randrange(63_072_000))
    gaps = [timedelta(seconds=dice.randrange(30, most)) for most in (600, 900, 9000, 9000)]
    detected, acknowledged, mitigated, resolved = (
        (began + sum(gaps[: count + 1], timedelta())).strftime("%Y-%m-%dT%H:%M:%SZ") for count in range(4)
    )
    timeline = [
        {"time": detected, "event": f"Alert triggered: latency of service {number % 31}"},
        {"time": acknowledged, "event": "Acknowledged by on-call"},
        {"time": mitigated, "event": f"Rolled back release 5.{number % 1009}"},
    ]
    record: dict[str, object] = {
        "id": f"INC-{number:06d}",
        "title": f"{dice.choice(['Checkout', 'Search', 'Login'])} slow for some users ({number % 977})",
        "severity": dice.choice(["SEV1", "SEV2", "SEV3", "sev-4"]),
        "services": [dice.choice(["checkout", "search", "login"])],
        "team": dice.choice(["payments", "platform"]),
        "detected_by": dice.choice(["monitoring_alert", "customer"]),
        "started_at": began.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detected_at": detected,
        "acknowledged_at": acknowledged,
        "mitigated_at": mitigated,
        "impact": {"users_affected": dice.randrange(5000), "revenue_lost": f"${dice.randrange(100, 90_000)}"},
        "roles": [{"role": "Incident Commander", "person": "A. Person", "assigned_at": acknowledged}],
        "timeline": timeline,
        "action_items": ["Add an alert on the use of the pool"],
    }
    if dice.random() > 1 / 30:
        record["resolved_at"] = resolved
        timeline.append({"time": resolved, "event": "Marked resolved"})
    return record


def lines(count: int) -> Iterator[str]:
    """The records, the same ones every time."""
    dice = random.Random(1)  # noqa: S311 -- the same records every time
    for number in range(count):
        yield json.dumps(a_record(dice, number)) + "\n"


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU seconds of some work."""
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> int:
    """Measures each once and prints the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    runbook, bare = load_runbook(), TypeAdapter(Record)

    def told(incident: Incident, entries: Sequence[TimelineEntry]) -> dict[str, Anchor]:
        return milestones(incident, merged_timeline(incident, runbook, entries), runbook)

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.ndjson"
        file.write_text("".join(lines(count)), encoding="utf-8")
        load_incidents(runbook=runbook)  # what is loaded once in a process is not counted for either side
        theirs = cpu_seconds(lambda: [bare.validate_json(line) for line in file.read_bytes().splitlines()])
        first = cpu_seconds(lambda: load_incidents(file, runbook=runbook, milestones=told))
        second = cpu_seconds(lambda: load_incidents(file, runbook=runbook, milestones=told))
        megabytes = file.stat().st_size / 1e6
    print(
        f"{count} records, {megabytes:.0f} MB; bare pydantic {theirs:.2f} CPU s, "
        f"first load {first:.2f}, second {second:.3f}"
    )
    print(f"first load is {first / theirs:.2f} of bare pydantic (at most {MOST_OF_PYDANTIC})")
    print(f"second load is {first / second:.0f} times cheaper (at least {LEAST_CHEAPER})")
    return 0 if first <= MOST_OF_PYDANTIC * theirs and first >= LEAST_CHEAPER * second else 1


if __name__ == "__main__":
    sys.exit(main())
