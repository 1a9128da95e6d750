"""When the impact began and ended, whom it hit and what it cost, as the evidence tells it; or why it cannot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.impact_seen import LOGS, SeenBy, seen_by_metric, seen_in_logs
from incident_analytics.analysis.measured_losses import Loss, losses
from incident_analytics.analysis.measured_users import MeasuredUsers, measured_users, users_by_share
from incident_analytics.analysis.snapshots.impact_metrics import LeftAside, impact_metrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from incident_analytics.analysis.looked_near import LookedNear

__all__ = ["BEYOND", "LOGS", "NO_WINDOW", "MeasuredImpact", "SeenBy", "measured_impact"]

# how far beyond the recorded incident its traces are looked for
BEYOND: Final = dt.timedelta(minutes=30)
# of several sources one may show a window by chance: alone it must move so many times as far as quiet stretches do
ALONE: Final = 2.0
NO_WINDOW: Final = "no impact window can be told"
_FAILURES: Final = ("success", "errors")


@dataclass(frozen=True, slots=True)
class MeasuredImpact:
    """The impact as the evidence tells it, beside what is recorded.

    Args:
        searched: From when to when its traces were looked for.
        told_by: The source whose start and end are the measured ones; None where no source tells a window.
        reason: Why no window is told; empty where one is.
        seen_by: Every source that was searched, the logs first.
        left_aside: Series that could have told but were not searched.
        users: Users with an error in the window.
        losses: What was lost, by metric.
        near: Near what it was looked for, where no start is recorded; None where one is.
    """

    searched: tuple[dt.datetime, dt.datetime] | None
    told_by: SeenBy | None
    reason: str
    seen_by: tuple[SeenBy, ...] = ()
    left_aside: tuple[LeftAside, ...] = ()
    users: MeasuredUsers | None = None
    losses: tuple[Loss, ...] = ()
    near: LookedNear | None = None

    @property
    def start_at(self) -> dt.datetime | None:
        """When the impact had begun, by the source that tells it best."""
        return self.told_by.start_at if self.told_by else None

    @property
    def end_at(self) -> dt.datetime | None:
        """When it was over; None also where it was not over when the evidence ends."""
        return self.told_by.end_at if self.told_by else None

    @property
    def seconds(self) -> float | None:
        """How long it lasted: of bursts their sum."""
        if not self.start_at or not self.end_at:
            return None
        stretches = self.bursts or ((self.start_at, self.end_at),)
        return sum((end - begin).total_seconds() for begin, end in stretches if end)

    @property
    def bursts(self) -> tuple[tuple[dt.datetime, dt.datetime | None], ...]:
        """From when to when it lasted, where it came and went; empty where it came once."""
        return self.told_by.bursts if self.told_by else ()

    @property
    def told(self) -> tuple[SeenBy, ...]:
        """The sources that tell a window."""
        return tuple(one for one in self.seen_by if one.start_at)


def measured_impact(
    logs: pl.DataFrame,
    samples: pl.DataFrame,
    *,
    recorded: tuple[dt.datetime, dt.datetime] | None,
    zone: str = "UTC",
    near: LookedNear | None = None,
) -> MeasuredImpact:
    """The impact that logs and samples tell, from half an hour before the recorded one to half an hour after it.

    Each metric of `impact_metrics`, and the errors of the logs by the minute, is searched for its own window
    (`impact_window`, with the guard). The measured start and end are those of one source: one that is not outvoted, as
    more sources agree on another start; of these, those that count failures (a success rate, errors) go before demand
    and before latency; among them the finest step; then the one that moved farthest against quiet stretches. The
    others stand beside it. A source that no other agrees with
    counts only where it moved twice as far as quiet stretches do (ALONE), or where it is the only one: of five quiet
    sources one tells a window in 8 to 18 of 100 cases, but twice as far in 0 (synthetic) to 7 (NAB).

    Args:
        logs: The log frame.
        samples: The frame of samples with its history.
        recorded: The recorded start and end, or until when an open incident is looked at.
        zone: The zone whose clock demand follows.
        near: Where to look instead, where no start is recorded.
    """
    if recorded is not None:
        searched, near = (recorded[0] - BEYOND, recorded[1] + BEYOND), None
    elif near is not None:
        searched = near.searched
    else:
        return MeasuredImpact(None, None, f"{NO_WINDOW}: no start is recorded near which to look")
    metrics, aside, series = impact_metrics(samples)
    seen = (*seen_in_logs(logs, searched), *(seen_by_metric(one, series[one.key], searched) for one in metrics))
    best = _best(seen)
    if best is None or best.start_at is None or best.start_after is None:
        return MeasuredImpact(searched, None, _why(seen, logs, samples), seen, aside, near=near)
    last = _last(logs, samples) if best.end_at is None else None
    until = best.end_at or last
    lost = losses(series, metrics, onset=best.start_at, end=best.end_at, zone=zone)
    users = measured_users(logs, outer=(best.start_after, until or searched[1]), step=best.step)
    if users.users is None:
        success = next((one.window for one in seen if one.kind == "success" and one.is_near(best)), None)
        users = users_by_share(users, lost, success)
    return MeasuredImpact(
        searched=searched,
        told_by=best,
        reason="",
        seen_by=tuple(replace(one, agrees=one.is_near(best)) for one in seen),
        left_aside=aside,
        users=users,
        losses=lost,
        near=near,
    )


def _best(seen: Sequence[SeenBy]) -> SeenBy | None:
    told = [one for one in seen if one.start_at]
    sure = [one for one in told if len(seen) == 1 or one.difference >= ALONE or len(_near(one, told)) > 1]
    most = [one for one in sure if not _is_outvoted(one, sure)]
    failures = [one for one in most if one.kind in _FAILURES]
    demand = [one for one in most if one.kind == "demand"]
    among = failures or demand or most
    return min(among, key=lambda one: (one.step, -one.difference, one.source, one.labels)) if among else None


def _near(one: SeenBy, told: Sequence[SeenBy]) -> list[SeenBy]:
    """The sources that agree with one, itself among them."""
    return [other for other in told if other is one or one.is_near(other)]


def _is_outvoted(one: SeenBy, told: Sequence[SeenBy]) -> bool:
    """Whether more sources agree on another start than on this one."""
    own = _near(one, told)
    return any(len(group) > len(own) and one not in group for group in (_near(other, told) for other in told))


def _last(logs: pl.DataFrame, samples: pl.DataFrame) -> dt.datetime | None:
    known = [frame["timestamp"].max() for frame in (logs, samples) if not frame.is_empty()]
    return max((at for at in known if isinstance(at, dt.datetime)), default=None)


def _why(seen: tuple[SeenBy, ...], logs: pl.DataFrame, samples: pl.DataFrame) -> str:
    told = [one for one in seen if one.start_at]
    if told:
        return (
            f"{NO_WINDOW}: {told[0].source} shows one that no other of {len(seen)} sources agrees with, less than "
            "twice as far as quiet stretches go"
        )
    if seen:
        reasons = {one.window.reason for one in seen}
        sources = f"any of {len(seen)} sources" if len(seen) > 1 else seen[0].source
        return f"{NO_WINDOW} from {sources}{f': {reasons.pop()}' if len(reasons) == 1 else ''}"
    if logs.is_empty() and samples.is_empty():
        return f"{NO_WINDOW}: there are no logs and no metric samples"
    return f"{NO_WINDOW}: no metric measures what customers met, and no log line has a level"
