"""Words of patterns in logs: those that come at the onset, and those that are always there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.patterns.log_words import log_evidence, word_lines
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.patterns import Evidence

ONSET = dt.datetime(2024, 1, 15, 14, tzinfo=dt.UTC)
END = ONSET + dt.timedelta(hours=1)
PATTERN = Pattern(name="Pool", id="pool", log_words=("no connection", r"\bpool (is )?full\b"))


def evidence(logs: pl.DataFrame, pattern: Pattern = PATTERN) -> tuple[Evidence, ...]:
    """What the logs say of a pattern."""
    return log_evidence(pattern, word_lines(logs, [pattern], ONSET, END))


def test_words_that_come_at_the_onset_speak_for_it(line_logs: Callable[..., pl.DataFrame]) -> None:
    """Counted in both stretches, told with the first line."""
    (one,) = evidence(line_logs((-240, "started"), (-1, "no connection"), (2, "Pool is full"), (3, "no connection")))
    assert (one.stance, one.number, one.before, one.minutes, one.minutes_before) == ("for", 3, 0, 70, 230)
    assert (one.subject, str(one.places[0]), one.example) == (
        "no connection, pool is full",
        "app.log:2",
        "no connection",
    )
    assert one.at == ONSET - dt.timedelta(minutes=1)


def test_words_that_are_there_just_as_much_before_speak_against_it(line_logs: Callable[..., pl.DataFrame]) -> None:
    """One a minute through all hours."""
    (one,) = evidence(line_logs(*((at, "no connection") for at in range(-240, 60))))
    assert (one.stance, one.number, one.before) == ("against", 70, 230)


def test_words_are_judged_one_by_one(line_logs: Callable[..., pl.DataFrame]) -> None:
    """One expression comes, the other was always there."""
    always = [(at, "no connection") for at in range(-240, 60)]
    came, usual = evidence(line_logs(*always, *((at, "pool full") for at in range(5))))
    assert (came.stance, came.subject, came.number) == ("for", "pool full", 5)
    assert (usual.stance, usual.subject, usual.number) == ("against", "no connection", 70)


@pytest.mark.parametrize(("lines", "stance"), [(2, "neither"), (3, "for")])
def test_fewer_than_three_lines_more_are_chance(
    line_logs: Callable[..., pl.DataFrame], lines: int, stance: str
) -> None:
    """Two of them may come and go, so they speak for neither."""
    (one,) = evidence(line_logs((-240, "started"), *((at, "no connection") for at in range(lines))))
    assert one.stance == stance


def test_words_stand_in_the_fields_beside_a_message(line_logs: Callable[..., pl.DataFrame]) -> None:
    """As errors do in structured logs."""
    failed = [(at, "charge failed", '{"err": "No connection to db"}') for at in range(3)]
    (one,) = evidence(line_logs((-240, "started"), *failed))
    assert (one.stance, one.number, one.subject) == ("for", 3, "no connection")


def test_logs_without_a_time_before_say_so(line_logs: Callable[..., pl.DataFrame]) -> None:
    """Whether the words are new cannot be told."""
    (one,) = evidence(line_logs((0, "no connection")))
    assert (one.stance, one.before, one.reason) == ("for", None, "the logs have no time before to compare with")


def test_logs_without_the_words_speak_against_it(line_logs: Callable[..., pl.DataFrame]) -> None:
    """And no logs, or logs of another time, are no such evidence."""
    (quiet,) = evidence(line_logs((-240, "started"), (3, "ok"), (90, "no connection")))
    (empty,) = evidence(line_logs())
    (later,) = evidence(line_logs((90, "no connection")))
    assert [(one.stance, one.reason) for one in (quiet, empty, later)] == [
        ("against", ""),
        ("not looked at", "there are no logs"),
        ("not looked at", "no log line is of the time of the incident"),
    ]


def test_a_pattern_without_words_says_nothing_of_logs(line_logs: Callable[..., pl.DataFrame]) -> None:
    """It is told by other evidence."""
    signal = {"says": "Queue grows", "metric": ["queue"], "does": "rises"}
    assert evidence(line_logs((0, "x")), Pattern(name="a", id="a", metric_signals=[signal])) == ()


def test_an_expression_that_unfolds_too_large_is_refused(line_logs: Callable[..., pl.DataFrame]) -> None:
    """It is the engine that cannot search it."""
    large = Pattern(name="a", id="a", log_words=("((a{1000}){1000}){1000}",))
    with pytest.raises(ParameterError, match="expected a smaller regular expression"):
        evidence(line_logs((0, "x")), large)


KILLED = Pattern(name="Leak", id="leak", log_words=("out of memory", "heap limit"))
OTHERS = Pattern(
    name="Third party", id="third", of_third_party=True, log_words=(r"upstream .*\brefused", "ECONNREFUSED")
)


def of_others(logs: pl.DataFrame) -> tuple[Evidence, ...]:
    """What the logs say of a third party, of an organisation that runs shop and recommender."""
    return log_evidence(OTHERS, word_lines(logs, [OTHERS], ONSET, END, ["shop", "recommender"]))


def test_one_line_of_a_killed_process_speaks_for_its_pattern(line_logs: Callable[..., pl.DataFrame]) -> None:
    """It is new, and a kernel does not kill by chance; the reason says that there are few."""
    (one,) = evidence(line_logs((-240, "started"), (1, "Out of memory: Killed process 2220 (shop)")), KILLED)
    assert (one.stance, one.number, one.before) == ("for", 1, 0)
    assert one.reason == "few lines, but new, and they tell of a process that was killed"


def test_words_that_name_a_service_of_ones_own_are_no_third_party(line_logs: Callable[..., pl.DataFrame]) -> None:
    """Refused by the own recommender, in the words and right after them."""
    own = [(at, "upstream recommender refused") for at in range(5)]
    own += [(at + 0.5, "connect ECONNREFUSED recommender:8080") for at in range(5)]
    (one,) = of_others(line_logs((-240, "started"), *own))
    assert (one.stance, one.number) == ("against", 0)
    assert one.reason == (
        "10 lines with such words are of its own services: econnrefused, upstream recommender refused"
    )


def test_words_that_name_another_host_are_a_third_party(line_logs: Callable[..., pl.DataFrame]) -> None:
    """A partner's host, also where its name begins as a service of one's own does."""
    lines = [(at, "upstream shop-partner.example refused") for at in range(5)]
    (one,) = of_others(line_logs((-240, "started"), *lines))
    assert (one.stance, one.number) == ("for", 5)
