"""Log lines that no single checkout causes: the pool, the deploy, and troubles that are always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import story
from checkouts import FAILURES
from pino import ERROR, INFO, WARN, Line, error, line
from pods import DEPLOYED_PODS, PODS, pod
from seeds import stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from checkouts import Attempt

RATES_ERROR = error(
    "Error",
    "getaddrinfo EAI_AGAIN rates.internal",
    "GetAddrInfoReqWrap.onlookup [as oncomplete] (node:dns:107:26)",
    code="EAI_AGAIN",
)
SMTP_ERROR = error(
    "SMTPError",
    "421 4.7.0 try again later",
    "SMTPConnection._onData (/srv/notify/node_modules/smtp/lib/connection.js:510:20)",
)
KILLED_ERROR = error(
    "DatabaseError",
    "terminating connection due to administrator command",
    "Parser.parseErrorMessage (/srv/payments/node_modules/pg-protocol/dist/parser.js:287:98)",
    code="57P01",
)


def moments(chance: Random, every: float, start: float, end: float) -> Iterator[float]:
    """Moments at random, so many seconds apart on average.

    Args:
        chance: Where the gaps come from.
        every: Mean gap in seconds.
        start: Epoch seconds.
        end: Epoch seconds.

    Yields:
        Epoch seconds, rising.
    """
    when = start + chance.expovariate(1 / every)
    while when < end:
        yield when
        when += chance.expovariate(1 / every)


def standing_noise() -> dict[str, list[Line]]:
    """Troubles that have nothing to do with the incident and run through all six hours.

    Returns:
        Lines by service.
    """
    chance = stream("noise")
    found: dict[str, list[Line]] = {service: [] for service in PODS}
    plan = (
        ("payment-processor", 540.0, ERROR, {"err": RATES_ERROR}, "currency rates refresh failed"),
        ("notification-worker", 75.0, ERROR, {"err": SMTP_ERROR}, "receipt not sent, will retry"),
        ("order-service", 200.0, WARN, {"feed": "stores"}, "opening hours missing, default used"),
        ("checkout-api", 130.0, WARN, {"statusCode": 429}, "client over rate limit"),
        ("notification-worker", 60.0, INFO, {"queue": "receipts"}, "queue polled"),
        ("order-service", 60.0, INFO, {}, "health check ok"),
    )
    for service, every, level, fields, message in plan:
        for when in moments(chance, every, story.WINDOW_START, story.WINDOW_END):
            host = pod(service, when, chance.randrange(2))
            found[service].append(line(when, level, host, service, dict(fields), message))
    return found


def expired_orders(attempts: Sequence[Attempt]) -> Iterator[Line]:
    """order-service sweeping up, once a minute, orders that were never paid.

    Args:
        attempts: Every attempt.

    Yields:
        One warning for each minute in which orders expired, ten minutes after their last attempt.
    """
    last = {one.intention: one for one in attempts}
    expiring = [one.ended + 600 for one in last.values() if one.outcome in FAILURES]
    expired: dict[int, int] = {}
    for when in expiring:
        expired[int(when // 60) + 1] = expired.get(int(when // 60) + 1, 0) + 1
    for minute, count in sorted(expired.items()):
        when = minute * 60 + 0.25
        if when < story.WINDOW_END:
            fields: dict[str, object] = {"expired": count}
            yield line(when, WARN, PODS["order-service"][0], "order-service", fields, "unpaid orders expired")


def pool_lines() -> Iterator[Line]:
    """What payment-processor says about its connections: held long, exhausted, resized, terminated.

    Yields:
        Lines; not in order.
    """
    chance, service = stream("pool lines"), "payment-processor"
    for when in moments(chance, 22.0, story.DEPLOYED + 40, story.WINDOW_END):
        held: dict[str, object] = {"heldMs": 1500 + int(chance.expovariate(1 / 400))}
        yield line(when, WARN, pod(service, when, chance.randrange(2)), service, held, "connection held long")
    when, waiting = story.POOL_FULL + 0.413, 1
    while when < story.RESIZED:
        full: dict[str, object] = {"inUse": story.POOL_LIMIT, "max": story.POOL_LIMIT, "waiting": waiting}
        yield line(when, WARN, pod(service, when, chance.randrange(2)), service, full, "pool exhausted")
        when += 3 + chance.random() * 4
        waiting = min(story.QUEUE_LIMIT, waiting + 14, 38 + chance.randrange(13))
    for host in DEPLOYED_PODS:
        sizes: dict[str, object] = {"from": story.POOL_LIMIT, "to": story.POOL_LIMIT_RESIZED}
        yield line(story.RESIZED + chance.random(), INFO, host, service, sizes, "pool resized")
    for _ in range(12):
        when = story.TERMINATED + chance.random() * 0.4
        host = pod(service, when, chance.randrange(2))
        yield line(when, ERROR, host, service, {"err": KILLED_ERROR}, "idle client error")


def deploy_lines() -> Iterator[Line]:
    """The old pods going and the new ones coming: banners as npm prints them, then pino.

    Yields:
        Lines in order.
    """
    service = "payment-processor"
    for number, host in enumerate(PODS[service]):
        yield line(story.DEPLOYED - 9 + number, INFO, host, service, {"signal": "SIGTERM"}, "draining")
    for number, host in enumerate(DEPLOYED_PODS):
        start = story.DEPLOYED - 2 + number * 0.7
        yield Line(start, "> payment-processor@2.31.0 start")
        yield Line(start + 0.001, "> node --enable-source-maps dist/server.js")
        yield line(start + 1.3, INFO, host, service, {"version": "2.31.0", "port": 8080}, "listening")


def plain_lines() -> dict[str, list[Line]]:
    """Lines that are not JSON: warnings of the runtime and of the shell.

    Returns:
        Lines by service.
    """
    trace = "(Use `node --trace-warnings ...` to show where the warning was created)"
    leak = (
        "(node:1) MaxListenersExceededWarning: Possible EventEmitter memory leak detected. "
        "11 release listeners added to [Pool]. Use emitter.setMaxListeners() to increase limit"
    )
    buffer = "(node:1) [DEP0005] DeprecationWarning: Buffer() is deprecated due to security and usability issues."
    banner = "> notification-worker@1.14.3 start"
    return {
        "payment-processor": [Line(story.at("14:12:31"), leak), Line(story.at("14:12:31.001"), trace)],
        "checkout-api": [Line(story.at("10:48:12"), buffer), Line(story.at("10:48:12.001"), trace)],
        "order-service": [Line(story.at("15:20:07"), "SIGHUP received, configuration read again")],
        "notification-worker": [Line(story.at("12:02:30"), banner), Line(story.at("12:02:30.2"), "> node worker.js")],
    }
