"""A deadline that also ends a cell which never returns."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_RING_AGAIN_SECONDS = 1.0


class DeadlineError(BaseException):
    """Time is up. Not an Exception, so that a cell's ``except Exception`` cannot swallow it."""


class Deadline:
    """So many seconds from now.

    Args:
        seconds: How long from now.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; 0 when it has passed."""
        return max(0.0, self._ends - time.monotonic())

    def check(self) -> None:
        """Raise when it has passed.

        Raises:
            DeadlineError: It has.
        """
        if not self.remaining():
            raise DeadlineError(f"{self.seconds:g} seconds have passed")


@contextmanager
def alarm(deadline: Deadline) -> Iterator[None]:
    """Raise DeadlineError in whatever runs when the deadline passes.

    It needs the main thread and a POSIX signal; elsewhere the deadline is only seen between cells.
    It rings again every second, for code that swallows everything. Long calls into compiled code end first.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise DeadlineError(f"{deadline.seconds:g} seconds have passed")

    handler = signal.signal(signal.SIGALRM, ring)
    timer = signal.setitimer(signal.ITIMER_REAL, max(deadline.remaining(), 1e-6), _RING_AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)
