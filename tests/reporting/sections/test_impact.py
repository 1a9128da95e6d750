"""Recorded beside measured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import FigureBlock, Table
from incident_analytics.reporting.blocks.spans import inline_plain
from incident_analytics.reporting.sections.impact import impact
from incident_analytics.reporting.sections.impact_rows import lost_money
from incident_analytics.reporting.sections.receipt import receipt, sentence
from incident_analytics.reporting.sections.what_moved import what_moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

TEN = 1_709_287_200  # 2024-03-01T10:00:00Z
RECORD = "id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\nresolved_at: 2024-03-01T11:00:00Z\n"
SUCCESS = "evidence/metrics/checkout_success_rate.json"
REVENUE = "evidence/metrics/revenue_per_minute.json"


def answer(metric: str, values: dict[int, float], **labels: str) -> str:
    """What Prometheus answers: a value for each number of minutes after ten."""
    series = {"metric": {"__name__": metric, **labels}, "values": [[TEN + 60 * at, str(v)] for at, v in values.items()]}
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": [series]}})


def success(*, dropped: tuple[int, int]) -> str:
    """A success rate of about 99 % for eight hours, 40 % from so many minutes after ten to so many."""
    minutes = range(-390, 91)
    values = {at: 0.4 if dropped[0] <= at < dropped[1] else 0.99 + 0.001 * (at % 7) for at in minutes}
    return answer("checkout_success_rate", values)


def revenue(currency: str) -> str:
    """Six weeks of 200 every five minutes, nothing from five past ten to half past."""
    minutes = range(-6 * 7 * 24 * 60, 91, 5)
    values = {at: 0.0 if 5 < at <= 30 else 200.0 + (at // 5) % 3 for at in minutes}
    return answer("revenue_per_minute", values, currency=currency)


def rows(report: PostMortem) -> dict[str, list[str | None]]:
    """The cells of the table, by what each row tells."""
    table = next(block for block in impact(report) if isinstance(block, Table))
    lines = [line for line in table.markdown().splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {name: [None if cell == "–" else cell for cell in rest] for name, *rest in cells}


def test_the_first_sentence_tells_the_measured_impact_with_what_it_leaves_open(sample: PostMortem) -> None:
    """No amount stands without its interval, none without what is recorded."""
    assert impact(sample)[0].plain() == (
        "Measured from payment success rate: impact from 14:12:45 to 15:02:30, 49 min 45 s, either end to within 15 s; "
        "recorded from 14:15 to 15:45. $46,374 lost ($39,298 to $53,071, 90 % interval), after $5,560 ($1,471 to "
        "$10,528) came back until 16:15; $45,000 recorded. 14,208 users met an error (14,199 to 14,268); 15,000 "
        "recorded."
    )


def test_the_table_holds_recorded_measured_interval_and_difference(sample: PostMortem) -> None:
    """The planted truth lies in each interval: 14:12:40, 15:02:10, 14,208 users, 46,521 USD (data/README.md)."""
    usual = "usual at that hour in 4 weeks before, less actual"
    assert rows(sample) == {
        "Start of impact": ["14:15", "14:12:45", "14:12:30 to 14:12:45", "2 min 15 s earlier", "payment success rate"],
        "End of impact": ["15:45", "15:02:30", "15:02:15 to 15:02:30", "42 min 30 s earlier", "payment success rate"],
        "Duration, as declared": [
            "1 h 30 min",
            "49 min 45 s",
            "49 min 30 s to 50 min",
            "40 min 15 s shorter",
            "● agrees with start to resolution as recorded",
        ],
        "Users affected": [
            "15,000",
            "14,208",
            "14,199 to 14,268",
            "792 fewer",
            "distinct user ids with an error; 13,561 in the recorded window",
        ],
        "Revenue lost": [r"$45,000", r"$46,374", r"$39,298 to $53,071", r"$1,374 more, ● agrees", usual],
        "Orders lost": [None, "10,174", "8,784 to 11,581", None, usual],
    }


def test_revenue_is_drawn_against_what_was_expected(sample: PostMortem) -> None:
    """The caption names the filled area with its interval; the text alternative too."""
    demand, users = (block for block in impact(sample) if isinstance(block, FigureBlock))
    assert demand.caption.replace("\u00a0", " ") == (
        "Filled: $51,935 ($48,270 to $54,979) not taken while the impact lasted. Dashed: expected. Shaded: the "
        "incident as recorded. Between the upright lines: the impact as measured, 14:12:45 to 15:02:30."
    )
    assert demand.alt == (
        "Revenue per minute, 13:12 to 16:15 UTC on 15 Jan 2024: lowest at 14:39 with 530 USD, where 1.99 k USD was "
        "expected. Not taken from 14:12:45 to 15:02:30: $51,935 ($48,270 to $54,979)."
    )
    assert "14,208" in users.alt


def test_how_it_was_measured_names_each_source_and_why_some_tell_nothing(sample: PostMortem) -> None:
    """Folded below the figures, with the parts of each loss."""
    told = impact(sample)[-1].plain()
    assert told.startswith("How this was measured: 3 of 5 sources tell a window")
    for line in (
        "errors in the logs    errors          14:12     15:03  ● agrees on the start, to within 1 min",
        "orders per minute     demand              –         –  what moved is within what quiet stretches of the same",
        "Revenue, came back after it           15:02:30     16:15  $138,648  $144,209   $5,560   $1,471 to $10,528",
    ):
        assert line in told


def test_a_quiet_bundle_says_that_no_window_can_be_told(reported: Callable[..., PostMortem]) -> None:
    """What is recorded stays beside a dash and the reason."""
    record = f"{RECORD}impact:\n  users_affected: 20\n  revenue_lost: EUR 900\n"
    report = reported(record, {SUCCESS: success(dropped=(0, 0))})
    reason = (
        "no impact window can be told from checkout_success_rate: what moved is within what quiet stretches of the "
        "same length do"
    )
    assert impact(report)[0].plain() == f"N{reason[1:]}. What was lost cannot be told without one."
    told = rows(report)
    assert told["Start of impact"] == ["10:00", None, None, None, reason]
    assert told["Revenue lost"] == ["€900", None, None, None, reason]
    assert told["Users affected"] == ["20", None, None, None, "there are no logs"]


def test_without_logs_the_table_says_that_there_are_none(reported: Callable[..., PostMortem]) -> None:
    """Not that user ids are missing in lines that nobody wrote."""
    report = reported(RECORD)
    assert rows(report)["Users affected"][-1] == "there are no logs"
    assert (
        impact(report)[0].plain().startswith("No impact window can be told: there are no logs and no metric samples.")
    )


def test_an_open_incident_may_have_no_end_yet(reported: Callable[..., PostMortem]) -> None:
    """The metric had not come back; nothing is written in place of a resolution."""
    record = "id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\n"
    report = reported(record, {SUCCESS: success(dropped=(5, 500))})
    assert rows(report)["End of impact"] == [
        "not resolved", None, None, None, "not back when the evidence ends",
    ]  # fmt: skip
    assert impact(report)[0].plain() == (
        "Measured from checkout success rate: impact from 10:05 on, to within 1 min; not back when the evidence ends; "
        "recorded from 10:00 on."
    )


def test_a_start_that_nobody_recorded_is_looked_for_near_the_detection(reported: Callable[..., PostMortem]) -> None:
    """It is measured, proposed in a question, and what moved and the patterns are compared with the time before it."""
    record = (
        "id: INC-7\nseverity: SEV2\ndetected_at: 2024-03-01T10:20:00Z\nresolved_at: 2024-03-01T11:00:00Z\n"
        "impact:\n  users_affected: 20\n"
    )
    report = reported(record, {SUCCESS: success(dropped=(5, 30))})
    assert impact(report)[0].plain() == (
        "Measured from checkout success rate: impact from 10:05 to 10:30, 25 min, either end to within 1 min; no start "
        "is recorded, so it was looked for near the recorded detection at 10:20."
    )
    assert rows(report)["Start of impact"][:3] == [None, "10:05", "10:04 to 10:05"]
    asked = next(question for question in report.questions if question.id == "start-not-recorded")
    assert asked.why == (
        "No start is recorded: checkout_success_rate shows the impact from 10:05:00 UTC on, looked for near the "
        "recorded detection at 10:20:00 UTC."
    )
    assert what_moved(report)[0].plain().startswith("First Checkout success rate left its level at 10:05")
    assert report.window is None
    assert [f"{at:%H:%M}" for at in report.evidence.assumed or ()] == ["10:04", "11:00"]


def test_where_nothing_is_found_near_it_the_page_says_near_what_it_looked(reported: Callable[..., PostMortem]) -> None:
    """No start is made up, and no question proposes one."""
    record = "id: INC-7\nseverity: SEV2\ndetected_at: 2024-03-01T10:20:00Z\n"
    report = reported(record, {SUCCESS: success(dropped=(0, 0))})
    assert (
        impact(report)[0]
        .plain()
        .endswith(" No start is recorded, so it was looked for near the recorded detection at 10:20.")
    )
    assert report.evidence.assumed is None
    assert [question.id for question in report.questions if question.id == "start-not-recorded"] == []


def test_bursts_are_counted_and_named(reported: Callable[..., PostMortem]) -> None:
    """Five, four and six minutes; the duration is their sum."""
    dropped = {*range(5, 10), *range(30, 34), *range(50, 56)}
    values = {at: 0.4 if at in dropped else 0.99 + 0.001 * (at % 7) for at in range(-390, 91)}
    report = reported(RECORD, {SUCCESS: answer("checkout_success_rate", values)})
    assert impact(report)[0].plain() == (
        "Measured from checkout success rate: impact in 3 bursts from 10:05 to 10:56, 15 min of it with impact, either "
        "end to within 1 min; recorded from 10:00 to 11:00."
    )
    assert rows(report)["Duration"] == [
        "1 h",
        "15 min",
        "12 min to 18 min",
        "45 min shorter",
        "the sum of 3 bursts: 10:05 to 10:10, 10:30 to 10:34, 10:50 to 10:56",
    ]


def test_another_currency_is_no_difference(reported: Callable[..., PostMortem]) -> None:
    """25 minutes of 201 francs were not taken; the record speaks of dollars."""
    record = f"{RECORD}impact:\n  revenue_lost: $900\n"
    files = {SUCCESS: success(dropped=(5, 30)), REVENUE: revenue("CHF")}
    lost = rows(reported(record, files))["Revenue lost"]
    assert lost[0] == "$900"
    assert lost[1] == "5,025 CHF"
    assert lost[3] == "recorded in USD"


def test_a_wide_interval_agrees_with_nothing(reported: Callable[..., PostMortem]) -> None:
    """18 users are measured, 22 lines name none: what is recorded lies inside and is not borne out."""
    log = [
        json.dumps({"level": 50, "time": (TEN + 60 * 6 + number) * 1000, "msg": "failed", "service": "api", **user})
        for number in range(40)
        for user in [{"userId": f"u{number}"} if number < 18 else {}]
    ]
    record = f"{RECORD}impact:\n  users_affected: 30\n"
    files = {SUCCESS: success(dropped=(5, 30)), "evidence/logs/api/api.ndjson": "\n".join(log)}
    users = rows(reported(record, files))["Users affected"]
    assert users[1:4] == ["18", "18 to 40", "12 fewer, within a wide interval"]


def test_a_return_that_may_be_none_is_not_told(reported: Callable[..., PostMortem]) -> None:
    """After the impact revenue swings as it does on any day: zero lies within."""
    minutes = range(-6 * 7 * 24 * 60, 91, 5)
    swings = {at: 0.0 if 5 < at <= 30 else 200.0 + 40 * ((at // 5 * 7919) % 11 - 5) for at in minutes}
    files = {SUCCESS: success(dropped=(5, 30)), REVENUE: answer("revenue_per_minute", swings, currency="USD")}
    told = impact(reported(RECORD, files))[0].plain()
    assert "; whether any came back until 11:30 cannot be told (−$" in told
    assert ", after" not in told


def test_a_loss_that_may_be_none_is_not_told(reported: Callable[..., PostMortem]) -> None:
    """Checkouts fail for five minutes; revenue swings as on any day, so zero lies within its interval."""
    swings = {at: 200.0 + 40 * ((at // 5 * 7919) % 11 - 5) for at in range(-6 * 7 * 24 * 60, 91, 5)}
    files = {SUCCESS: success(dropped=(5, 30)), REVENUE: answer("revenue_per_minute", swings, currency="USD")}
    report = reported(RECORD, files)
    assert " Whether any revenue was lost cannot be told (−$" in impact(report)[0].plain()
    assert not lost_money(report)


def test_a_loss_without_history_says_why(reported: Callable[..., PostMortem]) -> None:
    """A day is no week; no amount is guessed."""
    day = dict.fromkeys(range(-600, 91, 5), 200.0)
    files = {SUCCESS: success(dropped=(5, 30)), REVENUE: answer("revenue_per_minute", day, currency="USD")}
    assert rows(reported(RECORD, files))["Revenue lost"] == [
        None,
        None,
        None,
        None,
        "too little history: the same hour of the week is not known of at least two weeks before",
    ]


def test_the_receipt_of_the_users_tells_the_window(sample: PostMortem) -> None:
    """The fold of the tile and the whole receipt do."""
    users = sample.measurements["users_affected"]
    window = "Mon 15 Jan 2024, 14:15 to 15:45"
    assert f"; 13,561 counted in the logs, {window}." in inline_plain(sentence(users, sample.zone))
    assert ("Measured", f"13,561 users in the logs, {window}") in receipt(users, sample).facts
