"""Deadlines: time that runs out, and an alarm that leaves no trace."""

from __future__ import annotations

import signal
import threading

import pytest

from incident_analytics.reporting.notebooks.deadline import Deadline, DeadlineError, alarm


def test_a_deadline_that_has_passed_says_so() -> None:
    """With the time that was allowed."""
    with pytest.raises(DeadlineError, match="0 seconds have passed"):
        Deadline(0).check()


def test_a_deadline_far_away_is_silent() -> None:
    """And most of its time is left."""
    deadline = Deadline(1000)
    deadline.check()
    assert 999 < deadline.remaining() <= 1000


def test_the_alarm_ends_code_that_swallows_exceptions() -> None:
    """It is no Exception."""
    with pytest.raises(DeadlineError), alarm(Deadline(0.05)):  # noqa: PT012  # the loop is what is tested
        while True:
            try:
                while True:
                    pass
            except Exception:  # noqa: BLE001, S110  # the attack
                pass


def test_the_alarm_puts_the_callers_handler_back() -> None:
    """And its timer."""
    before = signal.getsignal(signal.SIGALRM)
    with alarm(Deadline(100)):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_outside_the_main_thread_there_is_no_alarm() -> None:
    """Signals belong to the main thread; the deadline is then only seen between cells."""
    done: list[str] = []

    def work() -> None:
        with alarm(Deadline(100)):
            done.append(str(signal.getitimer(signal.ITIMER_REAL)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["(0.0, 0.0)"]
