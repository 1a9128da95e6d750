"""What every real history has: reopened, open, back-dated and broken records, a drill, and a cause that returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleet import AS_OF, CERTIFICATE, DAY, HOUR, MINUTE, at
from fleet_incidents import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OPEN_FOR_HOURS = (61.3, 56.8, 30.1, 3.2)
TOLD_BY = ("intervals", "timeline", "both", "intervals", "timeline", "both", "intervals", "timeline")
BACK_DATED_BY = 5 * DAY + 3 * HOUR
LONGEST = 5 * DAY + 7 * HOUR + 12 * MINUTE


def with_exceptions(drawn: Sequence[Draft]) -> list[Draft]:
    """The drawn incidents with the exceptions made of them or put beside them, numbered in order of start."""
    drafts = sorted([*drawn, *_certificate(), _drill()], key=lambda draft: draft.started)
    for draft in drafts:
        draft.identity = _identity(draft, drafts)
    first, *repeats = [draft for draft in drafts if draft.cause == CERTIFICATE]
    for repeat in repeats:
        repeat.repeat_of = first.identity
    free = list(drawn)
    _take(free, "2023-11-15", lambda draft: draft.severity == "SEV4", _leave_open)
    for draft, hours in zip(free[-len(OPEN_FOR_HOURS) :], OPEN_FOR_HOURS, strict=True):
        _move(draft, at(AS_OF) - round(hours * HOUR))
        _leave_open(draft)
        free.remove(draft)
    _take(free, "2023-06-01", lambda draft: draft.severity == "SEV3", _make_longest)
    _take(free, "2022-04-01", lambda draft: draft.severity == "SEV4", _never_acknowledge)
    _take(free, "2022-08-01", lambda draft: draft.severity == "SEV3", _end_before_start)
    _take(free, "2023-03-01", lambda draft: draft.severity == "SEV2", _back_date)
    _take(free, "2022-10-10", lambda draft: draft.severity == "SEV3", _forget_severity)
    step = len(free) // len(TOLD_BY)
    for number, told_by in enumerate(TOLD_BY):
        draft = next(draft for draft in free[number * step :] if _is_long_enough(draft))
        _reopen(draft, told_by)
        free.remove(draft)
    for day in ("2022-03-01", "2022-11-01", "2023-05-01", "2023-09-15"):
        _take(free, day, lambda draft: draft.detected_by == "customer", _start_at_detection)
    return drafts


def _identity(draft: Draft, drafts: Sequence[Draft]) -> str:
    year = 2022 if draft.started < at("2023-01-01T00:00:00") else 2023
    ordinal = sum(at(f"{year}-01-01T00:00:00") <= other.started <= draft.started for other in drafts)
    return f"INC-{year}-{ordinal:03d}"


def _take(free: list[Draft], day: str, fits: Callable[[Draft], bool], change: Callable[[Draft], None]) -> None:
    """Changes the first incident from this day on that fits, which is then no longer free."""
    chosen = next(draft for draft in free if draft.started >= at(f"{day}T00:00:00") and fits(draft))
    change(chosen)
    free.remove(chosen)


def _leave_open(draft: Draft) -> None:
    draft.mitigated = draft.resolved = None


def _move(draft: Draft, started: int) -> None:
    """Lets an incident begin at another time; what follows keeps its distance."""
    later = started - draft.started
    draft.started, draft.detected, draft.declared = started, draft.detected + later, draft.declared + later
    draft.acknowledged = (draft.acknowledged or 0) + later
    draft.engaged = None if draft.engaged is None else draft.engaged + later


def _make_longest(draft: Draft) -> None:
    draft.mitigated, draft.resolved = draft.started + LONGEST - 2 * HOUR, draft.started + LONGEST


def _never_acknowledge(draft: Draft) -> None:
    draft.acknowledged = draft.engaged = None


def _end_before_start(draft: Draft) -> None:
    """Somebody took the wrong day for its end."""
    draft.recorded_end = (draft.resolved or 0) - DAY


def _back_date(draft: Draft) -> None:
    """It became an incident days after it was over."""
    draft.declared = draft.started + BACK_DATED_BY


def _forget_severity(draft: Draft) -> None:
    draft.severity, draft.severity_word = None, "Major"


def _start_at_detection(draft: Draft) -> None:
    """The start of impact was not looked for."""
    draft.started = draft.detected


def _is_long_enough(draft: Draft) -> bool:
    last, end = draft.engaged or draft.acknowledged or 0, draft.resolved or 0
    return end - draft.started > 100 * MINUTE and last - draft.started < 0.3 * (end - draft.started)


def _reopen(draft: Draft, told_by: str) -> None:
    """Half of its time it was over: the end stays where it was drawn."""
    span = (draft.resolved or 0) - draft.started
    draft.broken = (draft.started + round(0.35 * span), draft.started + round(0.6 * span))
    draft.mitigated = draft.started + round(0.95 * span)
    draft.told_by = told_by


def _certificate() -> list[Draft]:
    """The same certificate runs out three times, twice after its action item was closed."""
    times = (("2022-09-13T06:02:11", 12), ("2023-02-21T07:31:40", 6), ("2023-08-08T05:48:09", 5))
    return [
        Draft(
            severity="SEV2",
            service="edge-gateway",
            cause=CERTIFICATE,
            detected_by="customer",
            title="TLS certificate expired in edge-gateway",
            started=at(start),
            detected=at(start) + 9 * MINUTE + 30,
            declared=at(start) + 13 * MINUTE,
            acknowledged=at(start) + 9 * MINUTE + 30 + minutes * MINUTE,
            engaged=at(start) + 14 * MINUTE + 10 + minutes * MINUTE,
            mitigated=at(start) + 81 * MINUTE,
            resolved=at(start) + 96 * MINUTE,
            users=3100,
        )
        for start, minutes in times
    ]


def _drill() -> Draft:
    start = at("2023-05-17T10:00:00")
    return Draft(
        severity="SEV1",
        service="payment-processor",
        cause="drill",
        detected_by="employee",
        title="Drill: region of payment-processor lost",
        started=start,
        detected=start + 60,
        declared=start + 90,
        acknowledged=start + 100,
        engaged=start + 160,
        mitigated=start + 35 * MINUTE,
        resolved=start + 40 * MINUTE,
        users=0,
        is_drill=True,
    )
