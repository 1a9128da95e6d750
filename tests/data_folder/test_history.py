"""The two-year history as `data/README.md` tells it, counted again from its files without the package."""

from __future__ import annotations

import json
import math
from datetime import datetime
from itertools import product
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DATA = Path(__file__).resolve().parents[2] / "data"
HISTORY = DATA / "history"
AS_OF = datetime.fromisoformat("2024-01-01T00:00:00Z")
ALL_OF_THEM = [json.loads(line) for line in (HISTORY / "incidents.ndjson").read_text(encoding="utf-8").splitlines()]
RECORDS: list[dict[str, Any]] = [record for record in ALL_OF_THEM if not record.get("is_drill")]
BY_ID = {record["id"]: record for record in ALL_OF_THEM}
SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4")
YEARS = ("2022", "2023")


def instant(record: dict[str, Any], name: str) -> datetime | None:
    """A milestone of a record."""
    return datetime.fromisoformat(record[name]) if name in record else None


def final_end(record: dict[str, Any]) -> datetime | None:
    """When it was resolved for good."""
    told = [event["time"] for event in record.get("timeline", []) if event["kind"] == "resolved"]
    told += [record["resolved_at"]] if "resolved_at" in record else []
    return max(map(datetime.fromisoformat, told), default=None)


def seconds(start: datetime | None, end: datetime | None) -> float | None:
    """A duration; None where an end of it is missing or it is negative."""
    if start is None or end is None or end < start:
        return None
    return (end - start).total_seconds()


def to_acknowledgment(record: dict[str, Any]) -> float | None:
    """From detection."""
    return seconds(instant(record, "detected_at"), instant(record, "acknowledged_at"))


def to_resolution(record: dict[str, Any]) -> float | None:
    """From the start of impact to the last resolution."""
    return seconds(instant(record, "started_at"), final_end(record))


def year_of(record: dict[str, Any]) -> str:
    """The year of the start of impact."""
    return str(record["started_at"][:4])


def both_years(
    metric: Callable[[dict[str, Any]], float | None], severity: str | None = None
) -> tuple[list[float], list[float]]:
    """The values of a metric in 2022 and in 2023, of one severity or of all."""
    before, after = (
        [
            value
            for record in RECORDS
            if year_of(record) == year and (severity is None or record.get("severity") == severity)
            if (value := metric(record)) is not None
        ]
        for year in YEARS
    )
    return before, after


def hodges_lehmann_ratio(before: Iterable[float], after: Iterable[float]) -> float:
    """The typical ratio of a duration after the change to one before it."""
    return math.exp(median(math.log(later / earlier) for earlier, later in product(before, after)))


def mann_whitney(before: list[float], after: list[float]) -> float:
    """The p-value, where scipy is installed."""
    stats = pytest.importorskip("scipy.stats")
    return float(stats.mannwhitneyu(before, after).pvalue)


def test_acknowledgment_halves_with_2023() -> None:
    """In each severity, and pooled; the medians fall from 511 s to 288 s."""
    before, after = both_years(to_acknowledgment)
    assert (len(before), len(after)) == (124, 117)
    assert (median(before), median(after)) == (511, 288)
    assert hodges_lehmann_ratio(before, after) == pytest.approx(0.539, abs=0.0005)
    ratios = [round(hodges_lehmann_ratio(*both_years(to_acknowledgment, severity)), 2) for severity in SEVERITIES]
    assert ratios == [0.56, 0.43, 0.47, 0.56]


def test_the_halving_is_beyond_chance() -> None:
    """Pooled p < 0.001, and below 0.003 in each severity alone."""
    assert mann_whitney(*both_years(to_acknowledgment)) == pytest.approx(4.92e-11, rel=0.01)
    assert max(mann_whitney(*both_years(to_acknowledgment, severity)) for severity in SEVERITIES) < 0.003


def test_engagement_falls_only_because_it_counts_from_detection() -> None:
    """The typical ratio is 0.72 from detection, and 0.98 from acknowledgment."""

    def to_engage(record: dict[str, Any], since: str) -> float | None:
        return seconds(instant(record, since), instant(record, "engaged_at"))

    from_detection = both_years(lambda record: to_engage(record, "detected_at"))
    from_acknowledgment = both_years(lambda record: to_engage(record, "acknowledged_at"))
    assert hodges_lehmann_ratio(*from_detection) == pytest.approx(0.720, abs=0.0005)
    assert hodges_lehmann_ratio(*from_acknowledgment) == pytest.approx(0.980, abs=0.0005)
    assert mann_whitney(*from_acknowledgment) == pytest.approx(0.802, abs=0.001)


def test_the_halving_is_located_at_the_turn_of_the_year() -> None:
    """The sum of the logs' distances from their mean is farthest from zero after 127 of 124 + 117."""
    ordered = sorted(RECORDS, key=lambda record: str(record["started_at"]))
    logs = [math.log(value) for record in ordered if (value := to_acknowledgment(record))]
    mean = fmean(logs)
    sums = [abs(math.fsum(logs[:count]) - count * mean) for count in range(1, len(logs))]
    assert sums.index(max(sums)) + 1 == 127


def test_the_mean_time_to_resolution_worsens_by_27_percent() -> None:
    """3 h 22 min to 4 h 16 min; without the longest incident it would improve by 6 percent."""
    before, after = both_years(to_resolution)
    assert (len(before), len(after)) == (124, 112)
    assert (sum(before), sum(after)) == (1_500_718, 1_720_211)
    assert fmean(after) / fmean(before) == pytest.approx(1.269, abs=0.0005)
    longest = max(after)
    assert longest == to_resolution(BY_ID["INC-2023-049"]) == 457_920
    assert longest / sum(after) == pytest.approx(0.266, abs=0.0005)
    rest = [value for value in after if value != longest]
    assert fmean(rest) / fmean(before) == pytest.approx(0.940, abs=0.0005)


def test_the_mix_alone_moves_the_mean_by_8_percent() -> None:
    """The means of each severity in 2022, weighted as 2022 and as 2023 were."""
    by_severity = [both_years(to_resolution, severity) for severity in SEVERITIES]
    means = [fmean(before) for before, _ in by_severity]
    mixes = [[len(years[year]) for years in by_severity] for year in (0, 1)]
    then, now = (sum(mean * n for mean, n in zip(means, mix, strict=True)) / sum(mix) for mix in mixes)
    assert mixes == [[22, 41, 40, 20], [11, 26, 48, 27]]
    assert (round(then), round(now)) == (12_149, 13_074)


def test_time_to_resolution_stays_as_it_was() -> None:
    """The typical ratio is 0.97, and the medians are 121 and 117 minutes."""
    before, after = both_years(to_resolution)
    assert (median(before), median(after)) == (7264, 7039.5)
    assert hodges_lehmann_ratio(before, after) == pytest.approx(0.973, abs=0.0005)
    ratios = [round(hodges_lehmann_ratio(*both_years(to_resolution, severity)), 2) for severity in SEVERITIES]
    assert ratios == [1.23, 1.01, 0.79, 0.91]


def test_no_difference_in_time_to_resolution_is_beyond_chance() -> None:
    """Each p is above 0.2, pooled and in each severity."""
    p_values = [mann_whitney(*both_years(to_resolution, severity)) for severity in (None, *SEVERITIES)]
    assert p_values == pytest.approx([0.817, 0.606, 0.954, 0.232, 0.739], abs=0.001)


def test_the_open_ones_change_nothing_of_that() -> None:
    """The log-rank test counts them as still lasting at the end of 2023."""
    stats = pytest.importorskip("scipy.stats")
    done = both_years(to_resolution)
    lasting = [
        [
            seconds(instant(record, "started_at"), AS_OF)
            for record in RECORDS
            if final_end(record) is None and year_of(record) == year
        ]
        for year in YEARS
    ]
    years = [stats.CensoredData(uncensored=done[year], right=lasting[year]) for year in (0, 1)]
    assert stats.logrank(*years).pvalue == pytest.approx(0.288, abs=0.001)


def test_the_severity_mix_shifts() -> None:
    """SEV1 and SEV2 fall from 63 of 124 to 37 of 117; the one without a severity is counted in neither."""
    severe = [
        [year_of(record) for record in RECORDS if record.get("severity") in two]
        for two in (SEVERITIES[:2], SEVERITIES[2:])
    ]
    table = [[years.count(year) for years in severe] for year in YEARS]
    assert table == [[63, 61], [37, 80]]
    stats = pytest.importorskip("scipy.stats")
    assert stats.chi2_contingency(table).pvalue == pytest.approx(0.0039, abs=0.0001)


def test_the_rate_of_incidents_does_not_change() -> None:
    """Eight quarters are as even as chance makes them."""
    quarters = [f"{record['started_at'][:4]}-{(int(record['started_at'][5:7]) - 1) // 3 + 1}" for record in RECORDS]
    counts = [quarters.count(quarter) for quarter in sorted(set(quarters))]
    assert counts == [28, 34, 36, 27, 29, 25, 27, 36]
    stats = pytest.importorskip("scipy.stats")
    assert stats.chisquare(counts).pvalue == pytest.approx(0.723, abs=0.001)
    assert stats.binomtest(125, 242).pvalue == pytest.approx(0.653, abs=0.001)


def test_working_hours_are_heavier() -> None:
    """27 percent of the week, Monday to Friday 9 to 18 UTC, has 60 percent of the incidents."""
    starts = [datetime.fromisoformat(record["started_at"]) for record in RECORDS]
    assert sum(start.weekday() < 5 and 9 <= start.hour < 18 for start in starts) == 144
    assert sum(start.weekday() >= 5 for start in starts) == 27
    assert sum(start.hour >= 22 or start.hour < 7 for start in starts) == 37


def test_the_response_target_of_sev1_is_met_more_often() -> None:
    """Under 5 minutes: 9 of 22 in 2022, 10 of 11 in 2023."""
    met = [sum(value < 300 for value in values) for values in both_years(to_acknowledgment, "SEV1")]
    assert met == [9, 10]
