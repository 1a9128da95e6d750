"""The question that a candidate asks of the review: whether it began the incident is for people to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.lint.persons import without_names
from incident_analytics.analysis.questions import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.changes import ChangeCandidates

_MOST: Final = 2
_LONGEST_ID: Final = 40


def change_questions(found: ChangeCandidates, people: Iterable[str] = ()) -> tuple[Question, ...]:
    """One question for each of the two best candidates, with the two strongest reasons for it and one against.

    Args:
        found: The candidates.
        people: Names to leave out.
    """
    names = tuple(people)
    asked = []
    for candidate in found.reached[:_MOST]:
        change = candidate.change
        slug = re.sub(r"[^a-z0-9]+", "-", (change.ref or change.text).lower()).strip("-")[:_LONGEST_ID].strip("-")
        whys = [reason.text for reason in candidate.speaks_for[:_MOST]]
        whys += [f"against it, {reason.text}" for reason in candidate.speaks_against[:1]]
        text = without_names(f'Did the change "{change.text}" begin this incident, and what would tell us?', names)
        why = f"{candidate.grade[:1].upper()}{candidate.grade[1:]}: {'; '.join(whys)}."
        asked.append(Question(f"change-{slug}", text, without_names(why, names)))
    return tuple(asked)
