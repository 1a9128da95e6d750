"""Known patterns and temporary fixes in the JSON twin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.reporting.post_mortem.patterns_json import patterns_json, temporary_fixes_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem


def test_every_number_of_the_sample_stands_in_the_twin_with_its_place(sample: PostMortem) -> None:
    """The pool first; JSON can write it all."""
    told = json.loads(json.dumps(patterns_json(sample.patterns), allow_nan=False))
    assert (told["answer"], told["compared_from"]) == ("resembles", "2024-01-15T14:12:00Z")
    assert [(each["id"], each["resembles"]) for each in told["ranked"]] == [
        ("database-connection-pool-exhausted", True),
        ("third-party-service-down", False),
        ("memory-leak", False),
    ]
    in_use = told["ranked"][0]["evidence"][1]
    assert {name: in_use[name] for name in ("stance", "subject", "number", "before", "limit", "at", "places")} == {
        "stance": "for",
        "subject": "db_pool_in_use",
        "number": 20,
        "before": 5,
        "limit": 20,
        "at": "2024-01-15T14:12:30Z",
        "places": ["evidence/metrics/db_pool_in_use.json"],
    }


def test_the_fix_of_the_sample_is_in_place(sample: PostMortem) -> None:
    """data/README.md: the pool is resized to 50 at 14:40."""
    (fix,) = temporary_fixes_json(sample.temporary_fixes)
    assert fix == {
        "text": "Fix applied: connection pool resized from 20 to 50",
        "put_in_at": "2024-01-15T14:40:00Z",
        "ended": None,
        "ended_at": None,
        "lasting_fix": None,
        "owner": None,
        "due": None,
        "overdue": False,
        "place": "timeline.csv:12",
    }


def test_what_cannot_be_told_is_told_with_its_reason(reported: Callable[..., PostMortem]) -> None:
    """Null where nothing is known."""
    told = patterns_json(reported("id: INC-7\n").patterns)
    assert told == {
        "answer": "cannot be told",
        "reason": "no start is recorded to compare evidence at",
        "compared_from": None,
        "compared_to": None,
        "ranked": [],
    }
