"""What the evidence of the sample says before its recorded start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

RECORD = "id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\nresolved_at: 2024-03-01T11:00:00Z\n"
LINE = '{"level":50,"time":"2024-03-01T%sZ","msg":"charge failed","userId":"%s"}\n'


def test_the_first_errors_of_the_sample_lie_before_its_recorded_start(sample: PostMortem) -> None:
    """The database's client breaks first, 3 ms before its caller and 2 min 20 s before the alert."""
    firsts = {row["service"]: str(row["first_error_at"])[11:23] for row in sample.evidence.first_errors.to_dicts()}
    assert firsts == {
        "payment-processor": "14:12:40.762",
        "checkout-api": "14:12:40.765",
        "notification-worker": "14:16:26.869",
    }


def test_the_rise_before_the_start_is_a_finding_and_the_first_doubt_about_detection(sample: PostMortem) -> None:
    """The tile of the time to detection and the first question say what the logs show."""
    told = (
        "errors rose from 14:12 UTC on, 3 min before the recorded start (194 in that minute, usually 1); "
        "857 users met one before it"
    )
    assert (sample.findings[0].rule, sample.findings[0].message) == ("errors-before-start", told)
    assert sample.measurements["time_to_detection"].findings[0].message == told
    assert not sample.measurements["time_to_resolution"].is_doubtful
    assert sample.questions[0].text == "What was already wrong before the recorded start?"


def test_quiet_logs_before_the_start_give_no_finding(reported: Callable[..., PostMortem]) -> None:
    """First errors are then looked for from the recorded start on."""
    lines = "".join(LINE % pair for pair in [("09:10:00.000", "u1"), ("09:59:00.000", "u2"), ("10:01:00.000", "u3")])
    report = reported(RECORD, {"evidence/logs/pay.ndjson": lines})
    assert "errors-before-start" not in {finding.rule for finding in report.findings}
    assert [str(at)[11:19] for at in report.evidence.first_errors["first_error_at"]] == ["10:01:00"]


def test_users_outside_the_recorded_window_are_counted_apart(
    sample: PostMortem, reported: Callable[..., PostMortem]
) -> None:
    """647 of the sample's users; two of three where one met errors inside too."""
    assert sample.evidence.users_outside == 647
    pairs = [("09:30:00.000", "u1"), ("09:59:00.000", "u2"), ("10:01:00.000", "u1"), ("11:20:00.000", "u3")]
    report = reported(RECORD, {"evidence/logs/pay.ndjson": "".join(LINE % pair for pair in pairs)})
    assert (report.evidence.users_measured, report.evidence.users_outside) == (1, 2)


def test_without_a_start_users_are_not_counted(reported: Callable[..., PostMortem]) -> None:
    """There is no window to count in, and the reason says so."""
    report = reported("id: INC-7\n", {"evidence/logs/pay.ndjson": LINE % ("10:01:00.000", "u1")})
    users = report.measurements["users_affected"]
    assert (users.measured, users.reason) == (
        None,
        "the record has no number and no start is recorded, from which to count in the logs",
    )


def test_without_logs_the_reason_is_that_there_are_none(reported: Callable[..., PostMortem]) -> None:
    """Nothing is said of user ids where no line was read."""
    users = reported(RECORD).measurements["users_affected"]
    assert users.reason == "the record has no number and there are no logs"
