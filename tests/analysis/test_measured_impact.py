"""When the impact began and ended, whom it hit and what it cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.measured_impact import MeasuredImpact, measured_impact
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
RECORDED = (NOON, NOON + HOUR)
LOG_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "user_id": pl.String,
}
NO_LOGS = pl.DataFrame(schema=LOG_COLUMNS)
SAMPLE_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "metric": pl.String,
    "labels": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
}
NO_SAMPLES = pl.DataFrame(schema=SAMPLE_COLUMNS)


def series(
    metric: str, values: list[float], *, step: timedelta = MINUTE, unit: str = "", labels: str = "{}"
) -> pl.DataFrame:
    """One series whose last sample lies half an hour after the recorded end."""
    last = RECORDED[1] + 30 * MINUTE
    at = [last - step * (len(values) - 1 - number) for number in range(len(values))]
    return pl.DataFrame(
        {"timestamp": at, "metric": metric, "labels": labels, "value": values, "unit": unit}, schema=SAMPLE_COLUMNS
    )


def success(*, step: timedelta = MINUTE, dropped: tuple[int, int] | None = (10, 40), hours: int = 8) -> pl.DataFrame:
    """A success rate near 99 %, at 40 % from so many minutes after noon to so many."""
    many = hours * HOUR // step
    first = RECORDED[1] + 30 * MINUTE - step * (many - 1)
    noise = np.random.default_rng(3).normal(0.99, 0.002, many)
    minutes = [((first + step * number) - NOON) / MINUTE for number in range(many)]
    values = [
        0.4 if dropped and dropped[0] <= minute < dropped[1] else float(value)
        for minute, value in zip(minutes, noise, strict=True)
    ]
    return series("checkout_success_rate", values, step=step, unit="ratio")


def logs(*, failing: tuple[int, int] | None = (10, 40), with_ids: bool = True) -> pl.DataFrame:
    """Two lines a minute over eight hours; each is an error from so many minutes after noon to so many."""
    rows = []
    for number in range(-390, 90):
        is_failing = failing is not None and failing[0] <= number < failing[1]
        for half in (0, 30):
            at = NOON + MINUTE * number + timedelta(seconds=half)
            rows.append((at, 17 if is_failing else 9, f"u{number}-{half}" if with_ids else None))
    return pl.DataFrame(rows, schema=LOG_COLUMNS, orient="row")


@pytest.fixture(scope="module")
def sample() -> MeasuredImpact:
    """What the evidence of the sample incident tells."""
    bundle = open_bundle(ROOT / "data/INC-2024-001")
    recorded = datetime(2024, 1, 15, 14, 15, tzinfo=UTC), datetime(2024, 1, 15, 15, 45, tzinfo=UTC)
    return measured_impact(bundle.logs.collect(), bundle.samples.collect(), recorded=recorded)


def test_the_planted_start_and_end_of_the_sample_are_found(sample: MeasuredImpact) -> None:
    """14:12:40.762 and 15:02:10.797 in data/README.md; the success rate is sampled every 15 seconds."""
    assert (str(sample.start_at), str(sample.end_at)) == ("2024-01-15 14:12:45+00:00", "2024-01-15 15:02:30+00:00")
    assert sample.told_by is not None
    assert (sample.told_by.source, sample.told_by.step.seconds) == ("payment_success_rate", 15)


def test_every_source_of_the_sample_says_what_it_sees_or_why_not(sample: MeasuredImpact) -> None:
    """Logs and latency agree on the start; orders and revenue follow the time of day too much to tell one."""
    quiet = "what moved is within what quiet stretches of the same length do"
    told = [(one.source, one.start_at and f"{one.start_at:%H:%M:%S}", one.agrees) for one in sample.seen_by]
    assert told == [
        ("errors in the logs", "14:12:00", True),
        ("payment_success_rate", "14:12:45", True),
        ("orders_per_minute", None, False),
        ("revenue_per_minute", None, False),
        ("latency_p95_seconds", "14:12:45", True),
    ]
    assert [one.window.reason for one in sample.seen_by] == ["", "", quiet, quiet, ""]


def test_the_planted_users_of_the_sample_lie_in_the_interval(sample: MeasuredImpact) -> None:
    """14,208 distinct users with a failing charge (data/README.md)."""
    users = sample.users
    assert users is not None
    assert (users.users, users.low, users.high, users.before) == (14208, 14199, 14268, 0)


def test_the_planted_losses_of_the_sample_lie_in_their_intervals(sample: MeasuredImpact) -> None:
    """52,398.55 USD not taken, 5,877.45 came back until 16:15, 46,521.10 lost (data/README.md)."""
    revenue, orders = sample.losses
    assert revenue.amount is not None
    assert revenue.amount.came_back is not None
    parts = (revenue.amount.not_taken, revenue.amount.came_back, revenue.amount.lost)
    told = [(round(part.low or 0), round(part.amount or 0), round(part.high or 0)) for part in parts]
    assert told == [(48270, 51935, 54979), (1471, 5560, 10528), (39298, 46374, 53071)]
    assert (revenue.what, revenue.currency, revenue.reason) == ("revenue", "USD", "")
    assert (orders.what, orders.currency) == ("orders", "")


def test_a_drop_of_the_success_rate_is_the_impact() -> None:
    """From ten past noon to twenty to one; a sample a minute."""
    found = measured_impact(NO_LOGS, success(), recorded=RECORDED)
    assert (found.start_at, found.end_at, found.seconds) == (NOON + 10 * MINUTE, NOON + 40 * MINUTE, 1800.0)


def test_errors_of_the_logs_tell_it_to_a_minute_without_any_metric() -> None:
    """Two errors a minute for half an hour, sixty different users."""
    found = measured_impact(logs(), NO_SAMPLES, recorded=RECORDED)
    assert found.told_by is not None
    assert (found.told_by.source, found.start_at, found.end_at) == (
        "errors in the logs",
        NOON + 10 * MINUTE,
        NOON + 40 * MINUTE,
    )
    assert found.users is not None
    # a minute less at either end in the strictest reading, both ends of which are included
    assert (found.users.users, found.users.low, found.users.high) == (60, 57, 60)


def test_the_finer_of_two_sources_of_failures_tells_start_and_end() -> None:
    """Samples every 15 seconds before minutes of errors."""
    found = measured_impact(logs(), success(step=timedelta(seconds=15)), recorded=RECORDED)
    assert found.told_by is not None
    assert found.told_by.source == "checkout_success_rate"
    assert [one.agrees for one in found.seen_by] == [True, True]


def test_sources_that_differ_stand_beside_each_other() -> None:
    """Errors from ten past noon, the success rate falls only at half past."""
    rates = success(step=timedelta(seconds=15), dropped=(30, 40))
    found = measured_impact(logs(), rates, recorded=RECORDED)
    assert [(one.source, one.agrees) for one in found.seen_by] == [
        ("errors in the logs", False),
        ("checkout_success_rate", True),
    ]


def test_one_source_does_not_outvote_several_that_agree() -> None:
    """The success rate is half an hour off; errors and orders agree, and of these the errors count failures."""
    orders = series("orders_per_minute", [5.0 + at % 3 - 5 * (410 <= at < 440) for at in range(490)])
    shifted = success(step=timedelta(seconds=15), dropped=(40, 70))
    found = measured_impact(logs(), pl.concat([shifted, orders]), recorded=RECORDED)
    assert [(one.source, one.agrees) for one in found.seen_by] == [
        ("errors in the logs", True),
        ("checkout_success_rate", False),
        ("orders_per_minute", True),
    ]
    assert (found.start_at, found.end_at) == (NOON + 10 * MINUTE, NOON + 40 * MINUTE)


def test_bursts_are_one_impact_that_lasted_as_long_as_all_of_them() -> None:
    """A process dies at five past, at half past and at one: fifteen minutes within an hour."""
    drops = [success(dropped=(begin, begin + 5)) for begin in (5, 30, 55)]
    lowest = drops[0].with_columns(value=pl.min_horizontal(*(one["value"] for one in drops)))
    found = measured_impact(NO_LOGS, lowest, recorded=RECORDED)
    assert (found.start_at, found.end_at, found.seconds) == (NOON + 5 * MINUTE, NOON + 60 * MINUTE, 900.0)
    assert [(begin - NOON) // MINUTE for begin, _ in found.bursts] == [5, 30, 55]


def test_a_quiet_bundle_tells_no_window() -> None:
    """Neither start nor users nor loss is made up."""
    found = measured_impact(logs(failing=None), success(dropped=None), recorded=RECORDED)
    assert (found.start_at, found.end_at, found.users, found.losses) == (None, None, None, ())
    assert found.reason == "no impact window can be told from any of 2 sources"


def hanging_noise(generator: np.random.Generator, many: int) -> list[float]:
    """Noise whose neighbours are alike, as monitoring shows it."""
    values = generator.normal(size=many)
    for at in range(1, many):
        values[at] += 0.7 * values[at - 1]
    return [float(value) for value in 100 + values]


@pytest.mark.slow
def test_of_a_hundred_quiet_bundles_few_tell_a_window() -> None:
    """None here, of five sources each; eight would be allowed."""
    generator = np.random.default_rng(11)
    names = ("checkout_success_rate", "payment_failures", "orders_per_minute", "logins_success", "latency_seconds")
    alarms = 0
    for _ in range(100):
        samples = pl.concat([series(name, hanging_noise(generator, 480)) for name in names])
        alarms += measured_impact(NO_LOGS, samples, recorded=RECORDED).start_at is not None
    assert alarms == 0


def test_a_small_move_of_one_source_among_several_is_no_impact() -> None:
    """It would be told alone; two other sources that stay quiet do not agree."""
    generator = np.random.default_rng(2)
    latency = hanging_noise(generator, 480)
    latency[400:430] = [value + 4.5 for value in latency[400:430]]
    quiet = [series(name, hanging_noise(generator, 480)) for name in ("orders_per_minute", "payment_failures")]
    alone = measured_impact(NO_LOGS, series("latency_seconds", latency), recorded=RECORDED)
    assert alone.start_at is not None
    found = measured_impact(NO_LOGS, pl.concat([series("latency_seconds", latency), *quiet]), recorded=RECORDED)
    assert found.start_at is None
    assert found.reason == (
        "no impact window can be told: latency_seconds shows one that no other of 3 sources agrees with, less than "
        "twice as far as quiet stretches go"
    )


def test_an_impact_that_is_not_over_has_no_end() -> None:
    """The rate is still low when the samples end."""
    found = measured_impact(NO_LOGS, success(dropped=(10, 200)), recorded=RECORDED)
    assert (found.start_at, found.end_at, found.seconds) == (NOON + 10 * MINUTE, None, None)


@pytest.mark.parametrize(
    ("samples", "recorded", "reason"),
    [
        (NO_SAMPLES, None, "no impact window can be told: no start is recorded near which to look"),
        (NO_SAMPLES, RECORDED, "no impact window can be told: there are no logs and no metric samples"),
        (
            series("cpu_percent", [5.0] * 300, unit="percent"),
            RECORDED,
            "no impact window can be told: no metric measures what customers met, and no log line has a level",
        ),
        (
            success(hours=2),
            RECORDED,
            (
                "no impact window can be told from checkout_success_rate: too little history: 0 quiet stretches as "
                "long as the snapshot, at least 30 are needed"
            ),
        ),
    ],
)
def test_what_cannot_be_told_says_why(
    samples: pl.DataFrame, recorded: tuple[datetime, datetime] | None, reason: str
) -> None:
    """A reason stands in the place of every number."""
    assert measured_impact(NO_LOGS, samples, recorded=recorded).reason == reason


def test_a_long_incident_is_searched_in_means() -> None:
    """Eight hours at a second a sample are 32,400 samples; means of 23 seconds find the drop as well."""
    step = timedelta(seconds=1)
    many = 20 * 3600
    values = [0.99 + 0.001 * (number % 5) for number in range(many)]
    begun = many - 9 * 3600
    values[begun + 3600 : begun + 7200] = [0.4] * 3600
    rates = series("checkout_success_rate", values, step=step, unit="ratio")
    end = RECORDED[1]
    found = measured_impact(NO_LOGS, rates, recorded=(end - 8 * HOUR, end))
    assert found.told_by is not None
    assert (found.told_by.step, found.told_by.window.n) == (timedelta(seconds=23), 1409)
    assert found.start_at is not None
    assert abs(found.start_at - (end - 8 * HOUR + 30 * MINUTE)) <= timedelta(seconds=23)


def weekly_orders(metric: str, unit: str, *, lost: bool = True) -> pl.DataFrame:
    """Six weeks of 100 every five minutes, by day twice as much; nothing from 12:10 to 12:40."""
    step = 5 * MINUTE
    many = 6 * 7 * 24 * 12
    last = RECORDED[1] + 30 * MINUTE
    at = [last - step * (many - 1 - number) for number in range(many)]
    values = [
        0.0 if lost and NOON + 10 * MINUTE < when <= NOON + 40 * MINUTE else 200.0 if 6 <= when.hour < 22 else 100.0
        for when in at
    ]
    return pl.DataFrame(
        {"timestamp": at, "metric": metric, "labels": "{}", "value": values, "unit": unit}, schema=SAMPLE_COLUMNS
    )


def test_money_keeps_its_currency() -> None:
    """Thirty minutes of 200 EUR are 6,000, each minute of quiet weeks alike."""
    samples = pl.concat([success(), weekly_orders("revenue_per_minute", "EUR")])
    (loss,) = measured_impact(NO_LOGS, samples, recorded=RECORDED).losses
    assert loss.amount is not None
    assert (loss.currency, round(loss.amount.not_taken.amount or 0)) == ("EUR", 6000)


def test_a_metric_that_does_not_say_what_it_counts_loses_nothing_that_could_be_told() -> None:
    """Orders of what time: the reason names what would tell."""
    samples = pl.concat([success(), weekly_orders("orders", "orders")])
    (loss,) = measured_impact(NO_LOGS, samples, recorded=RECORDED).losses
    assert (loss.amount, loss.reason) == (
        None,
        "neither its name nor its unit says what time one value counts, as orders_per_minute does",
    )


def test_without_weeks_of_history_the_loss_cannot_be_told() -> None:
    """A day of samples is no week."""
    day = weekly_orders("orders_per_minute", "orders").filter(pl.col("timestamp") > NOON - 24 * HOUR)
    (loss,) = measured_impact(NO_LOGS, pl.concat([success(), day]), recorded=RECORDED).losses
    assert loss.reason == "too little history: the same hour of the week is not known of at least two weeks before"


def test_without_user_ids_the_failing_share_of_users_is_taken() -> None:
    """Of the usual 6,000 users in thirty minutes 59.6 % fail: 0.4 instead of 0.9902 succeed."""
    samples = pl.concat([success(), weekly_orders("active_users_per_minute", "users", lost=False)])
    users = measured_impact(logs(with_ids=False), samples, recorded=RECORDED).users
    assert users is not None
    assert (users.share_of, users.users, users.low, users.high) == ("active_users_per_minute", 3576, 3576, 3576)


@pytest.mark.parametrize("zone", ["+05:30", "Europe/Berlin", "UTC", "nowhere"])
def test_a_week_is_a_week_in_every_zone(zone: str) -> None:
    """No clock changes in these six weeks, so the loss is 6,000 on every clock."""
    samples = pl.concat([success(), weekly_orders("orders_per_minute", "orders")])
    (loss,) = measured_impact(NO_LOGS, samples, recorded=RECORDED, zone=zone).losses
    assert loss.amount is not None
    assert round(loss.amount.not_taken.amount or 0) == 6000
