"""Which recorded change may have begun the incident: each with its evidence for and against, and a grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from incident_analytics.analysis.changes.evidence import Reason, reasons_of
from incident_analytics.analysis.changes.undoing import is_rollback, taken_back_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from incident_analytics.analysis.changes.affected import AffectedService
    from incident_analytics.analysis.changes.change import Change
    from incident_analytics.analysis.changes.impact_bounds import ImpactBounds
    from incident_analytics.analysis.changes.new_warnings import NewWarning

__all__ = ["Candidate", "ChangeCandidates", "Grade", "Reason", "change_candidates"]

Grade: TypeAlias = Literal["strong candidate", "possible", "unlikely", "took back", "came after"]
Answer: TypeAlias = Literal["candidates", "none of these", "no impact seen", "no change recorded", "no start known"]

STRONG_FROM, POSSIBLE_FROM = 4, 2
_BEFORE_IT: Final = frozenset({"strong candidate", "possible"})
_CANNOT: Final = frozenset({"took back", "came after"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change and what speaks for and against it.

    Args:
        change: The change.
        seconds_before: From the change to the start of the impact; negative where it came after.
        points: The sum of its reasons.
        grade: ``strong candidate`` from 4 points on, ``possible`` from 2, else ``unlikely``; ``took back``
            where it takes another change back; ``came after`` where it came after the start. Neither can have begun it.
        reasons: The evidence, for, against, and what could not be told (no points).
    """

    change: Change
    seconds_before: float
    points: int
    grade: Grade
    reasons: tuple[Reason, ...]

    @property
    def speaks_for(self) -> tuple[Reason, ...]:
        """The evidence for it."""
        return tuple(reason for reason in self.reasons if reason.points > 0)

    @property
    def speaks_against(self) -> tuple[Reason, ...]:
        """The evidence against it."""
        return tuple(reason for reason in self.reasons if reason.points < 0)

    @property
    def is_candidate(self) -> bool:
        """Whether it reaches the threshold."""
        return self.grade in _BEFORE_IT


@dataclass(frozen=True, slots=True)
class ChangeCandidates:
    """What the recorded changes have to say about the start of an incident.

    Args:
        answer: Whether there are candidates; ``none of these`` where no change reaches the threshold; ``no impact
            seen`` where the evidence was searched and shows none, so that nothing can be told of any.
        candidates: Every recorded change: most points first, then nearest to the start; those after the start last.
        bounds: The start and end of the impact that they were held against.
        affected: The services that were hit.
    """

    answer: Answer
    candidates: tuple[Candidate, ...]
    bounds: ImpactBounds
    affected: tuple[AffectedService, ...]

    @property
    def reached(self) -> tuple[Candidate, ...]:
        """Those that reach the threshold; none where no impact is seen."""
        if self.answer == "no impact seen":
            return ()
        return tuple(each for each in self.candidates if each.is_candidate)


def change_candidates(
    changes: Sequence[Change],
    *,
    bounds: ImpactBounds,
    affected: Iterable[AffectedService],
    warned: Mapping[Change, NewWarning],
    zone: tzinfo,
) -> ChangeCandidates:
    """Every change with its evidence, graded by a plain sum of points; the rule stands in docs/definitions.md.

    Points are no probability. They count nearness to the start, the services, whether taking the change back ended the
    impact, and new warnings of the changed service; nearness counts for nothing where such changes come so often that
    one lies near any moment. What takes another change back, and what came after the start, is no candidate. Where the
    evidence was searched and shows no impact, a change is possible at most and none is a candidate.

    Args:
        changes: As `recorded_changes` gives them.
        bounds: Start and end of the impact.
        affected: The services that were hit.
        warned: What a changed service began to say, by change.
        zone: Times in reasons are told in it.
    """
    affected = tuple(affected)
    start = bounds.start
    if start is None:
        return ChangeCandidates("no start known" if changes else "no change recorded", (), bounds, affected)
    found = []
    for change in changes:
        before = (start.latest - change.moment).total_seconds()
        if before < 0:
            found.append(Candidate(change, before, 0, "came after", ()))
            continue
        back = _taking_back(change, changes)
        if back is not None:
            found.append(Candidate(change, before, 0, "took back", (back,)))
            continue
        reasons = reasons_of(change, changes, start, bounds.end, affected, warned.get(change), zone)
        points = sum(reason.points for reason in reasons)
        grade = _grade(points if bounds.is_impact_seen else min(points, STRONG_FROM - 1))
        found.append(Candidate(change, before, points, grade, reasons))
    found.sort(
        key=lambda each: (each.grade in _CANNOT, each.grade == "came after", -each.points, abs(each.seconds_before))
    )
    return ChangeCandidates(_answer(found, bounds), tuple(found), bounds, affected)


def _answer(found: Sequence[Candidate], bounds: ImpactBounds) -> Answer:
    if not found:
        return "no change recorded"
    if not bounds.is_impact_seen:
        return "no impact seen"
    return "candidates" if any(each.is_candidate for each in found) else "none of these"


def _taking_back(change: Change, changes: Sequence[Change]) -> Reason | None:
    """Why it is no candidate: what takes a change back is not what began the trouble of that change."""
    taken = taken_back_by(change, changes)
    if taken is not None:
        return Reason("took-back", 0, f'it takes "{taken.text}" back', taken.place)
    return Reason("took-back", 0, "it takes a change back") if is_rollback(change) else None


def _grade(points: int) -> Grade:
    if points >= STRONG_FROM:
        return "strong candidate"
    return "possible" if points >= POSSIBLE_FROM else "unlikely"
