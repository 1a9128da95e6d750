"""Every checkout of the six hours, one attempt a row: who, when, how long, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import story
from demand import DECLINED_SHARE, basket_cents, checkouts_per_minute
from seeds import stream

if TYPE_CHECKING:
    from random import Random

CUSTOMERS = 420_000
RETRY_SHARE = 0.45
RETURN_SHARE = 0.11
TURNED_AWAY_SHARE = 0.62
MOST_ATTEMPTS = 5
LONGEST_LOCK_WAIT = story.LOCK_TIMEOUT_SECONDS + 0.06
FAILURES = ("no_connection", "acquire_timeout", "lock_timeout")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to pay.

    Args:
        begun: When the charge was asked for (epoch seconds).
        ended: When it was answered, the time of its log line.
        intention: Counts the wish to buy: attempts of one wish share it.
        number: 1 for the first attempt of a wish.
        user: The customer.
        request: The request id all services log.
        cents: The price.
        card_works: Whether the card can pay at all.
        outcome: ok, declined, or one of `FAILURES`.
    """

    begun: float
    ended: float
    intention: int
    number: int
    user: str
    request: str
    cents: int
    card_works: bool
    outcome: str


def failing_share(seconds: float) -> float:
    """The share of charges begun at this moment that fail for want of a connection.

    Args:
        seconds: Seconds since 1970.

    Returns:
        Between 0 and 1.
    """
    first = story.FIRST_FAILURE - story.ACQUIRE_TIMEOUT_SECONDS
    last = story.TERMINATED - LONGEST_LOCK_WAIT
    if not first <= seconds <= last:
        return 0.0
    if seconds < story.RESIZED:
        return min(0.80, 0.35 + 0.45 * (seconds - first) / 45)
    return max(0.43, 0.80 - 0.37 * (seconds - story.RESIZED) / 120)


def failure(chance: Random, seconds: float) -> tuple[str, float]:
    """How a failing charge begun at this moment fails, and how long that takes.

    Args:
        chance: Where the choice comes from.
        seconds: Seconds since 1970.

    Returns:
        One of `FAILURES`, and seconds.
    """
    queue_is_full = story.POOL_FULL + 25 < seconds < story.RESIZED
    if queue_is_full and chance.random() < TURNED_AWAY_SHARE:
        return "no_connection", 0.001 + chance.random() * 0.004
    if seconds >= story.RESIZED:
        return "lock_timeout", LONGEST_LOCK_WAIT - chance.random() * 0.06
    return "acquire_timeout", story.ACQUIRE_TIMEOUT_SECONDS + chance.random() * 0.012


def working_duration(chance: Random, seconds: float) -> float:
    """How long a charge takes that gets its connection, waiting included.

    Args:
        chance: Where the choice comes from.
        seconds: Seconds since 1970.

    Returns:
        Seconds.
    """
    provider = chance.lognormvariate(-1.56 if seconds < story.DEPLOYED else -1.45, 0.48)
    if story.POOL_FULL <= seconds < story.RESIZED:
        longest = min(9.0, (seconds - story.POOL_FULL) / 2 + 0.5)
        return min(provider + chance.random() * longest, 9.8)
    if story.RESIZED <= seconds < story.TERMINATED:
        return provider + chance.random() ** 2 * 1.6
    return min(provider, 4.0)


def attempts_of(chance: Random, begun: float, intention: int) -> list[Attempt]:
    """All attempts that come from one wish to buy, retries and a later return included.

    Args:
        chance: Where the choices come from.
        begun: When the first attempt is made (epoch seconds).
        intention: The number of the wish.

    Returns:
        In order of time; only the last one can be ok or declined.
    """
    user = f"u{100_000 + chance.randrange(CUSTOMERS)}"
    cents = basket_cents(chance)
    card_works = chance.random() >= DECLINED_SHARE
    made: list[Attempt] = []
    when = begun
    while when < story.WINDOW_END:
        failed = chance.random() < failing_share(when)
        if failed:
            outcome, lasted = failure(chance, when)
        else:
            outcome = "ok" if card_works else "declined"
            lasted = working_duration(chance, when)
        request = f"{chance.getrandbits(32):08x}"
        number, ended = len(made) + 1, when + lasted
        made.append(Attempt(when, ended, intention, number, user, request, cents, card_works, outcome))
        if not failed or len(made) == MOST_ATTEMPTS:
            break
        if chance.random() < RETRY_SHARE:
            when += lasted + 15 + chance.expovariate(1 / 60)
        elif chance.random() < RETURN_SHARE:
            when = max(when, story.TERMINATED) + 60 + chance.expovariate(1 / 1300)
        else:
            break
    return made


def all_attempts() -> list[Attempt]:
    """Every attempt answered inside the six hours.

    Returns:
        Sorted by when they were answered.
    """
    chance = stream("checkouts")
    made: list[Attempt] = []
    when, intention = story.WINDOW_START, 0
    while True:
        when += chance.expovariate(checkouts_per_minute(when) / 60)
        if when >= story.WINDOW_END:
            break
        intention += 1
        made += attempts_of(chance, when, intention)
    return sorted((one for one in made if one.ended < story.WINDOW_END), key=lambda one: one.ended)
