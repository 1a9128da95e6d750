"""The clocks of services that share no request id, compared by orders, payments and other ids that both write down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.source_clocks.requests import FEWEST, RequestClocks, clocks_of_differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

# Whole logs are looked at, as an hour of a clock that is an hour off has no id in common with another.
MOST_LINES: Final = 300_000
# Of more lines than this only those with some of the ids are read.
MANY_LINES: Final = 5_000
MOST_SERVICES: Final = 12
MOST_OFTEN: Final = 3
_SHORTEST: Final = 4
_QUARTER: Final = 900
_ZONE_SLACK: Final = 90.0
_FEWEST_OF_A_ZONE: Final = 10
_AGREE_SHARE: Final = 0.8
_NEAR_NOTHING: Final = 60.0
# order=682554, "orderId":"682554", order 682554, order #682554: a word, and what has a digit.
_WRITTEN: Final = r"""[A-Za-z][A-Za-z_.-]*(?:["']?[=:]["']?| #?|#)[0-9A-Za-z-]*[0-9][0-9A-Za-z-]*"""
_PARTS: Final = r"""^([A-Za-z][A-Za-z_.-]*?)["']?[=: #]["'#]?([0-9A-Za-z-]+)$"""
_NO_NAME: Final = r"[^a-z]|(?:id|no|nr|number)$"


def shared_ids(
    logs: pl.DataFrame, compared: Iterable[RequestClocks], before: datetime | None
) -> tuple[RequestClocks, ...]:
    """Services that request ids do not link, compared by other ids that both write; the farthest apart first.

    An id is what stands behind the same word in both (``order=682554``, ``"orderId":"682554"``, ``order 682554``),
    written at most three times by each. A difference of whole, half or quarter hours needs ten ids, four in five of
    them within a minute and a half, and no other word by which both agree.

    Args:
        logs: The frame of logs.
        compared: As `request_clocks` gives them: where these link all services, nothing is looked for.
        before: The start of the incident; where there are too many lines those nearest to it are looked at.
    """
    timed = logs.filter(pl.col("timestamp").is_not_null())
    counted = timed.group_by(pl.coalesce("service", "file").alias("service")).agg(lines=pl.len())
    most = counted.filter(pl.col("lines") >= _FEWEST_OF_A_ZONE).sort("lines", "service", descending=[True, False])
    services = most["service"].head(MOST_SERVICES)
    pairs = tuple(compared)
    if len(services) < 2 or _are_linked(services.to_list(), pairs):  # noqa: PLR2004 -- one clock has no other
        return ()
    ids = _ids(_nearest(timed, before), services.to_list())
    both = ids.join(ids, on=["key", "id"], suffix="_other").filter(pl.col("service") < pl.col("service_other"))
    apart = (pl.col("at_other") - pl.col("at")).dt.total_microseconds() / 1e6
    told = both.group_by("service", "service_other", "key").agg(apart.sort().alias("apart"))
    by_pair: dict[tuple[str, str], list[tuple[str, pl.Series]]] = {}
    for one, other, key, seconds in told.sort("service", "service_other", "key").iter_rows():
        by_pair.setdefault((one, other), []).append((key, pl.Series(seconds)))
    known = {frozenset((each.service, each.against)) for each in pairs}
    found = [_compared(*names, told) for names, told in by_pair.items() if frozenset(names) not in known]
    return tuple(sorted((each for each in found if each), key=lambda each: (-each.seconds, each.service)))


def _are_linked(services: Sequence[str], pairs: Sequence[RequestClocks]) -> bool:
    """Whether request ids lead from each service to each other."""
    reached, waiting = set[str](), [services[0]]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        ends = [(pair.service, pair.against) for pair in pairs]
        near = {other for one, two in ends for own, other in ((one, two), (two, one)) if own == name}
        waiting += sorted(near - reached)
    return reached >= set(services)


def _nearest(timed: pl.DataFrame, before: datetime | None) -> pl.DataFrame:
    if timed.height <= MOST_LINES or before is None:
        return timed.head(MOST_LINES)
    return timed.bottom_k(MOST_LINES, by=(pl.col("timestamp") - before).abs())


def _ids(timed: pl.DataFrame, services: Sequence[str]) -> pl.DataFrame:
    """The first line of each id of each service, ids that come often left out."""
    text = pl.concat_str("message", "attributes", separator=" ", ignore_nulls=True)
    lines = timed.select(
        pl.coalesce("service", "file").alias("service"), "trace_id", text.alias("text"), at="timestamp"
    ).filter(pl.col("service").is_in(services))
    traced = lines.filter(pl.col("trace_id").is_not_null()).select("service", "at", key=pl.lit("trace"), id="trace_id")
    seen = pl.concat([_tokens(_with_some_ids(lines, services)), traced])
    first = seen.group_by("service", "key", "id").agg(pl.col("at").min(), times=pl.len())
    return first.filter(pl.col("times") <= MOST_OFTEN).drop("times")


def _with_some_ids(lines: pl.DataFrame, services: Sequence[str]) -> pl.DataFrame:
    """Of many lines those with an id of a few of them, as looking for given words is faster than reading all."""
    if lines.height <= MANY_LINES:
        return lines
    each = MANY_LINES // 5 // len(services)
    of_service = [lines.filter(pl.col("service") == name) for name in services]
    ids = _tokens(pl.concat([own.gather_every(-(-own.height // each)) for own in of_service]))["id"].value_counts()
    once = ids.filter(pl.col("count") == 1)["id"].sort().to_list()
    return lines.filter(pl.col("text").str.contains_any(once))


def _tokens(lines: pl.DataFrame) -> pl.DataFrame:
    """What has a digit and stands behind a word: service, at, key (the word), id."""
    written = (
        lines.select("service", "at", pl.col("text").str.extract_all(_WRITTEN).alias("token"))
        .explode("token")
        .filter(pl.col("token").str.len_bytes() > _SHORTEST)
    )
    parts = pl.col("token").str.extract_groups(_PARTS)
    return (
        written.select("service", "at", parts.struct[0].str.to_lowercase().alias("key"), parts.struct[1].alias("id"))
        .filter(pl.col("id").str.len_bytes() >= _SHORTEST)
        .with_columns(pl.col("key").str.replace_all(r"[^a-z]", "").str.replace(_NO_NAME, ""))
    )


def _compared(against: str, service: str, told: Sequence[tuple[str, pl.Series]]) -> RequestClocks | None:
    """By the word whose differences are the steadiest; none tells a zone where another word tells that both agree."""
    many = [(key, seconds) for key, seconds in told if len(seconds) >= _FEWEST_OF_A_ZONE]
    agreeing = [(key, seconds) for key, seconds in many if (seconds.abs() < _NEAR_NOTHING).sum() * 2 > len(seconds)]
    if not many:
        return None
    key, seconds = min(agreeing or many, key=lambda each: (_spread(each[1]), -len(each[1]), each[0]))
    zone = _zone(seconds)
    if zone is None and len(seconds) < FEWEST:
        return None
    return clocks_of_differences(against, service, seconds, by=key, zone_seconds=zone)


def _spread(seconds: pl.Series) -> float:
    """Of the middle half: a number that is equal by chance lies anywhere."""
    n = len(seconds)
    return float(seconds[n - 1 - n // 4] - seconds[n // 4])


def _zone(seconds: pl.Series) -> int | None:
    """The quarter hours that four in five of the differences are; None for none."""
    nearest = round(seconds[len(seconds) // 2] / _QUARTER) * _QUARTER
    near = int(((seconds - nearest).abs() <= _ZONE_SLACK).sum())
    return nearest if nearest and near >= _AGREE_SHARE * len(seconds) else None
