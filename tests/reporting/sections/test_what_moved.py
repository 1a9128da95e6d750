"""What moved at the onset: first what, how sure, and what is quiet."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.reporting.blocks import FigureBlock, Folded, Paragraph
from incident_analytics.reporting.sections.what_moved import what_moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

Reported: TypeAlias = "Callable[..., PostMortem]"
START = datetime(2024, 1, 15, 15, tzinfo=UTC)
RECORD = 'id: INC-7\nseverity: SEV2\nstarted_at: "2024-01-15T15:00:00Z"\nresolved_at: "2024-01-15T15:30:00Z"\n'


def log(*lines: tuple[datetime, str]) -> dict[str, str]:
    """A log file of pino lines."""
    told = [json.dumps({"level": 30, "time": at.isoformat(), "msg": text}) for at, text in sorted(lines)]
    return {"evidence/logs/app.ndjson": "\n".join(told) + "\n"}


def ticks(hours: float, text: str = "tick 7") -> list[tuple[datetime, str]]:
    """A line every ten seconds from some hours before the start to half an hour after it."""
    first = START - timedelta(hours=hours)
    return [(first + timedelta(seconds=10 * n), text) for n in range(int((hours + 0.5) * 360))]


def metrics(**series: Callable[[int], float | str | None]) -> dict[str, str]:
    """Prometheus answers of a sample a minute, five hours before the start to half an hour after it."""
    files = {}
    for name, value in series.items():
        values = [
            [START.timestamp() + 60 * minute, str(told)]
            for minute in range(-300, 30)
            if (told := value(minute)) is not None
        ]
        answer = {"metric": {"__name__": name}, "values": values}
        told_as = {"status": "success", "data": {"resultType": "matrix", "result": [answer]}}
        files[f"evidence/metrics/{name}.json"] = json.dumps(told_as)
    return files


def page(report: PostMortem) -> str:
    """All blocks as plain text."""
    return "\n".join(block.plain() for block in what_moved(report))


def test_in_the_sample_the_pool_is_first_and_cpu_and_memory_are_quiet(sample: PostMortem) -> None:
    """data/README.md: the pool is at its limit at 14:12:28, the impact begins at 14:12:40; CPU is well."""
    answer, of_messages, of_metrics, numbers, quiet = what_moved(sample)
    assert isinstance(answer, Paragraph)
    assert answer.plain().startswith(
        "First, at the same time as far as samples 15 s apart can tell, came a new message, “pool exhausted”, at "
        "14:12:28 and Database pool waiting (pgbouncer payments) and Database pool in use (pgbouncer payments) left "
        "their level at 14:12:30. The first error, of payment-processor, stands at 14:12:40. From 14:12 to 14:24 UTC, "
        "10 of 20 messages moved more than any message did in 19 stretches of the same length before. 6 of 11 metrics "
        "moved more than in 39 quiet stretches, 2 of which do not overlap."
    )
    assert isinstance(of_messages, FigureBlock)
    assert "connection held long: 2.7 a minute, 0.15 before" in of_messages.alt
    assert "pool exhausted: 12 a minute, new" in of_messages.alt
    assert isinstance(of_metrics, FigureBlock)
    assert "Database pool in use (pgbouncer payments) 6 to 20 connections, 3.29 times its usual spread, since " in (
        of_metrics.alt
    )
    assert "need not be the cause" in of_metrics.caption
    assert isinstance(numbers, Folded)
    assert isinstance(quiet, Folded)
    assert quiet.plain().startswith("Examined and found quiet: 10 messages, 7 metrics and 2 known patterns")
    for name in (
        "CPU percent (payments-db)",
        "Memory bytes (payment-processor)",
        "card declined",
        "Pattern: Memory Leak",
    ):
        assert name in quiet.plain()
        assert name not in numbers.plain()


def test_an_order_is_told_only_of_what_is_further_apart_than_samples(reported: Reported) -> None:
    """A message at 15:02:20 and a metric that is sampled once a minute and is up at 15:03, then at 15:05."""
    lines = [*ticks(5), *[(START + timedelta(seconds=140 + n), "pool exhausted") for n in range(600)]]
    near = reported(RECORD, {**log(*lines), **metrics(queue_waiting=lambda minute: 50 if minute >= 3 else minute % 3)})
    assert page(near).startswith(
        "First, at the same time as far as samples 1 min apart can tell, came a new message, “pool exhausted”, at "
        "15:02:20 and Queue waiting left its level at 15:03."
    )
    far = reported(RECORD, {**log(*lines), **metrics(queue_waiting=lambda minute: 50 if minute >= 5 else minute % 3)})
    assert page(far).startswith(
        "First came a new message, “pool exhausted”, at 15:02:20; then Queue waiting left its level at 15:05."
    )


def test_one_line_that_says_that_something_broke_is_shown_as_new(reported: Reported) -> None:
    """A kill by the kernel, among rare messages that come and go as often; it says how certain that is."""
    rare = [(START + timedelta(minutes=40 - 16 * n), f"job {name} was moved") for n, name in enumerate("abcdefghijk")]
    killed = (START + timedelta(minutes=1), "Out of memory: Killed process 2220 (shop)")
    told = page(reported(RECORD, log(*ticks(5), *[each for each in rare if each[0] < START], killed)))
    assert "came a new message, “Out of memory: Killed process … (shop)”, at 15:01" in told
    assert (
        "1 more is new and says that something broke: so few lines come by chance, but none of those stretches has "
        "such a new message."
    ) in told


def test_holes_of_samples_are_told(reported: Reported) -> None:
    """Every tenth value is NaN, and forty minutes are missing."""

    def value(minute: int) -> str | None:
        return None if -50 < minute < -10 else "NaN" if minute % 10 == 0 else str(5 + minute % 3)

    told = page(reported(RECORD, metrics(queue_depth=value, cpu=lambda minute: minute % 7)))
    assert "Samples with holes: 1 metric" in told
    assert "Queue depth" in told.partition("Samples with holes")[2]
    assert " NaN" in told.partition("Samples with holes")[2]
    assert "42 min, from 14:09 to 14:51 UTC" in told


def test_what_grows_slowly_is_said_to_where_it_is_called_quiet(reported: Reported) -> None:
    """Memory that grows from 14:00 on leaves no level at once."""
    grows = metrics(memory_rss_bytes=lambda minute: 1e9 + 2e7 * max(minute + 60, 0))
    told = page(reported(RECORD, {**grows, **log(*ticks(5))}))
    assert "it grew steadily from 13:58 on, see Known patterns" in told


def test_services_that_say_the_same_are_named(reported: Reported) -> None:
    """One message of two services, three times as often of one of them."""
    lines = [
        json.dumps({"level": 50, "time": (START + timedelta(seconds=n)).isoformat(), "msg": "timeout", "service": name})
        for n in range(400)
        for name in (("edge", "shop") if n % 4 == 0 else ("shop",))
    ]
    quiet = log(*ticks(5))["evidence/logs/app.ndjson"]
    told = page(reported(RECORD, {"evidence/logs/app.ndjson": quiet + "\n".join(lines) + "\n"}))
    assert "timeout by shop 400, edge 100" in told


def test_evidence_without_change_says_so(reported: Reported) -> None:
    """A line every ten seconds and a level metric, before and after alike."""
    report = reported(RECORD, {**log(*ticks(5)), **metrics(queue_waiting=lambda minute: minute % 5)})
    answer, quiet = what_moved(report)
    assert answer.plain().startswith("Nothing moved more than it does in quiet stretches.")
    assert "0 of 1 message moved" in answer.plain()
    assert "0 of 1 metric moved" in answer.plain()
    assert "tick …" in quiet.plain()
    assert "Queue waiting" in quiet.plain()


def test_a_known_message_that_came_more_often_is_told(reported: Reported) -> None:
    """Sixty times as many of a message that always came, and none that is new."""
    often = [(START + timedelta(seconds=n / 6), "tick 7") for n in range(3600)]
    told = page(reported(RECORD, log(*ticks(5), *often)))
    assert told.startswith("The message that moved most, “tick …”, came more often. Nothing new came.")


def test_without_a_time_before_nothing_can_be_told(reported: Reported) -> None:
    """Logs and samples begin with the incident."""
    lines = [(START + timedelta(seconds=n), "tick") for n in range(600)]
    told = page(reported(RECORD, {**log(*lines), **metrics(cpu=lambda minute: 5.0 if minute >= 0 else None)}))
    assert told.startswith("Whether anything moved cannot be told.")
    assert "Whether messages moved cannot be told: there are no lines before the window." in told
    assert "Whether metrics moved cannot be told: too little history: 0 quiet stretches, at least 30" in told


def test_a_short_time_before_shows_new_messages_without_a_test(reported: Reported) -> None:
    """A minute before is shorter than twenty windows of a minute; what is new is new all the same."""
    lines = [*ticks(0.02), (START + timedelta(seconds=30), "pool exhausted")]
    told = "\n".join(block.markdown() for block in what_moved(reported(RECORD, log(*lines))))
    assert "First came a new message, “pool exhausted”, at 15:00:30." in told
    assert "Whether messages moved cannot be told: the time before is shorter than 20 windows; 1 message never" in told
    assert "Only new messages are shown, without a test: the time before is shorter than 20 windows." in told


def test_one_metric_without_logs_is_told_alone(reported: Reported) -> None:
    """It rises from 5 to 50 two minutes after the start."""
    report = reported(RECORD, metrics(queue_waiting=lambda minute: 50 if minute >= 2 else 5 + minute % 3))
    answer, figure, numbers = what_moved(report)
    assert "First Queue waiting left its level at 15:02." in answer.plain()
    assert "1 of 1 metric moved" in answer.plain()
    assert "Of messages nothing can be told: no log line has a time." in answer.plain()
    assert isinstance(figure, FigureBlock)
    assert "Queue waiting 6 to 50, 22 times its usual spread, since 15:02" in figure.alt
    assert numbers.plain().startswith("What moved, in numbers")


def test_without_evidence_it_says_why(reported: Reported) -> None:
    """No empty figure."""
    assert page(reported(RECORD)) == (
        "What moved cannot be told: the bundle holds no log lines with a time and no metric samples."
    )


def test_without_a_start_it_says_why(reported: Reported) -> None:
    """A record that names none."""
    assert page(reported("id: INC-7\nseverity: SEV2\n", log(*ticks(1)))) == (
        "What moved cannot be told: the record has no start, or nothing after it."
    )


def test_hundreds_of_series_leave_a_page(reported: Reported) -> None:
    """Three hundred move: the figure shows twelve, the caption how many there are."""
    steps = {f"queue_waiting_{n}": (lambda minute: 90.0 if minute >= 3 else minute % 4) for n in range(300)}
    report = reported(RECORD, metrics(**steps))
    figure = next(block for block in what_moved(report) if isinstance(block, FigureBlock))
    assert "The first 12 of 300." in figure.caption
    assert figure.spec()["layout"]["height"] < 900  # type: ignore[index]  # a mapping


def test_words_of_a_log_are_shown_and_never_run(reported: Reported) -> None:
    """Markup and very long words, in figure and tables."""
    shout = "<script>alert(1)</script> " + "longword" * 60
    report = reported(RECORD, log(*ticks(5), *[(START + timedelta(seconds=n), shout) for n in range(60, 500)]))
    html = "\n".join(block.html() for block in what_moved(report))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_numbers_that_are_none_are_gaps(reported: Reported) -> None:
    """NaN and infinity, in a series without a unit and in one of nothing else."""
    report = reported(
        RECORD,
        metrics(
            queue_waiting=lambda minute: "NaN" if minute % 9 == 0 else "+Inf" if minute % 9 == 1 else minute % 4,
            only_nan=lambda _: "NaN",
        ),
    )
    told = page(report)
    assert "0 of 1 metric moved" in told
    assert "cannot be told: no samples during" in told
    assert "nan" not in told.replace("only nan", "").replace("Only nan", "")
