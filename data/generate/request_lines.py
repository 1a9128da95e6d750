"""The log lines that one attempt to pay leaves in the four services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import story
from checkouts import FAILURES
from pino import ERROR, INFO, WARN, Line, error, line
from pods import pod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checkouts import Attempt

POOL_FRAMES = ("Pool.acquire (/srv/payments/dist/db/pool.js:88:13)", "charge (/srv/payments/dist/charge.js:41:31)")
QUERY_FRAMES = ("Client.query (/srv/payments/dist/db/client.js:132:17)", "charge (/srv/payments/dist/charge.js:57:22)")
FAILED = {
    "no_connection": (
        "charge failed: no connection available",
        error("PoolError", "no connection available", *POOL_FRAMES, code="POOL_QUEUE_FULL"),
    ),
    "acquire_timeout": (
        "charge failed: timeout acquiring connection",
        error("PoolError", "timeout acquiring connection", *POOL_FRAMES, code="POOL_ACQUIRE_TIMEOUT"),
    ),
    "lock_timeout": (
        "charge failed: lock timeout",
        error("DatabaseError", "canceling statement due to lock timeout", *QUERY_FRAMES, code="55P03"),
    ),
}


def is_logged(attempt: Attempt) -> bool:
    """Whether the services log this request although all went well: one in twenty, by its id.

    Args:
        attempt: The attempt.

    Returns:
        The same answer in each service.
    """
    return int(attempt.request, 16) % story.SAMPLED_ONE_IN == 0


def payment_lines(attempts: Iterable[Attempt]) -> Iterator[Line]:
    """What payment-processor logs: every failed and declined charge, one in twenty of the others.

    Args:
        attempts: Every attempt.

    Yields:
        Lines, in the attempts' order.
    """
    for one in attempts:
        fields: dict[str, object] = {"reqId": one.request, "userId": one.user}
        fields["durationMs"] = int((one.ended - one.begun) * 1000)
        host = pod("payment-processor", one.begun, int(one.request, 16))
        if one.outcome in FAILURES:
            message, err = FAILED[one.outcome]
            yield line(one.ended, ERROR, host, "payment-processor", {"err": err, **fields}, message)
        elif one.outcome == "declined":
            yield line(one.ended, WARN, host, "payment-processor", fields, "card declined")
        elif is_logged(one):
            fields["amountCents"] = one.cents
            yield line(one.ended, INFO, host, "payment-processor", fields, "charge ok")


def checkout_lines(attempts: Iterable[Attempt]) -> Iterator[Line]:
    """What checkout-api logs: every failed checkout and retry, one in twenty of the others.

    Args:
        attempts: Every attempt.

    Yields:
        Lines, in the attempts' order.
    """
    for one in attempts:
        who: dict[str, object] = {"reqId": one.request, "userId": one.user}
        answered = one.ended + 0.002 + (one.ended * 1000 % 9) / 1000
        answer = who | {"durationMs": int((answered - one.begun) * 1000) + 4}
        host = pod("checkout-api", one.begun, int(one.request, 16) // 7)
        if one.number > 1:
            yield line(one.begun, WARN, host, "checkout-api", who | {"attempt": one.number}, "payment retried")
        if one.outcome in FAILURES:
            fields = answer | {"statusCode": 503}
            yield line(answered, ERROR, host, "checkout-api", fields, "checkout failed: payment unavailable")
        elif is_logged(one):
            code = 200 if one.outcome == "ok" else 402
            fields = answer | {"statusCode": code}
            yield line(answered, INFO, host, "checkout-api", fields, "checkout answered")


def follow_up_lines(attempts: Iterable[Attempt], service: str, message: str, later: float) -> Iterator[Line]:
    """What a service behind the payment logs about one in twenty of the paid orders.

    Args:
        attempts: Every attempt.
        service: order-service or notification-worker.
        message: What it says.
        later: Seconds after the payment.

    Yields:
        Lines, in the attempts' order.
    """
    for one in attempts:
        if one.outcome == "ok" and is_logged(one):
            took = 8 + int(one.request[:2], 16) % 40
            fields: dict[str, object] = {"reqId": one.request, "userId": one.user, "durationMs": took}
            host = pod(service, one.ended, int(one.request, 16) // 11)
            yield line(one.ended + later + took / 1000, INFO, host, service, fields, message)
