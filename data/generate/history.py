"""Four weeks of orders and revenue before the incident window, at a step of five minutes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import story
from demand import DECLINED_SHARE, ITEMS, MEAN_CENTS, PRICES, checkouts_per_minute
from query_range import Answer, Series, number
from seeds import stream

if TYPE_CHECKING:
    from random import Random

DAY_SCATTER = 0.015


def basket_deviation() -> float:
    """The standard deviation of what one order costs, from its price list.

    Returns:
        US cents.
    """
    mean = sum(PRICES) / len(PRICES)
    variance = sum((price - mean) ** 2 for price in PRICES) / len(PRICES)
    items = sum(ITEMS) / len(ITEMS)
    items_variance = sum((count - items) ** 2 for count in ITEMS) / len(ITEMS)
    return math.sqrt(items * variance + items_variance * mean**2)


def paid_in(chance: Random, end: float, level: float) -> tuple[int, float]:
    """Orders and cents paid in the five minutes before this moment.

    Args:
        chance: Where the scatter comes from.
        end: Epoch seconds.
        level: How this day compares with the usual one, 1.0 being usual.

    Returns:
        Orders and cents.
    """
    middle = end - story.HISTORY_STEP_SECONDS / 2
    minutes = story.HISTORY_STEP_SECONDS / 60
    mean = checkouts_per_minute(middle) * (1 - DECLINED_SHARE) * level * minutes
    orders = max(round(chance.gauss(mean, math.sqrt(mean))), 0)
    return orders, orders * MEAN_CENTS + chance.gauss(0, basket_deviation() * math.sqrt(orders))


def history_answers() -> list[Answer]:
    """Orders and revenue per minute of the four weeks that end where the incident window begins.

    Returns:
        Two answers.
    """
    chance, step = stream("history"), story.HISTORY_STEP_SECONDS
    end = int(story.WINDOW_START)
    orders, revenue = [], []
    levels: dict[int, float] = {}
    for when in range(end - story.HISTORY_SECONDS, end + 1, step):
        level = levels.setdefault(when // 86400, 1 + chance.gauss(0, DAY_SCATTER))
        count, cents = paid_in(chance, when, level)
        orders.append((when, number(count * 60 / step, 1)))
        revenue.append((when, number(cents / 100 * 60 / step, 2)))
    return [
        Answer(
            "orders_per_minute_history",
            "sum(increase(orders_paid_total[5m])) / 5",
            "orders",
            step,
            [Series({}, orders)],
        ),
        Answer(
            "revenue_per_minute_history",
            "sum by (currency) (increase(orders_paid_amount_total[5m])) / 5",
            "USD",
            step,
            [Series({"currency": "USD"}, revenue)],
        ),
    ]
