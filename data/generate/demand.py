"""How many checkouts a minute people begin, by hour of the week, and what they pay."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

# A counter-service chain with order-ahead: breakfast, lunch and the way home.
PEAKS = ((8.3, 1.6, 470.0), (12.8, 2.1, 495.0), (17.2, 2.6, 410.0))
NIGHT = 55.0
DAYS = (1.0, 1.01, 1.03, 1.02, 1.08, 0.74, 0.58)
PRICES = (180, 220, 240, 260, 275, 285, 300, 315, 340, 360, 385, 440)
ITEMS = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3)
MEAN_CENTS = sum(PRICES) / len(PRICES) * sum(ITEMS) / len(ITEMS)
DECLINED_SHARE = 0.012


def checkouts_per_minute(seconds: float) -> float:
    """The expected number of checkouts begun a minute.

    Args:
        seconds: Seconds since 1970.

    Returns:
        Checkouts a minute, by hour of the week alone: no holidays, no growth.
    """
    when = datetime.fromtimestamp(seconds, tz=UTC)
    hour = when.hour + when.minute / 60 + when.second / 3600
    peaks = sum(height * math.exp(-(((hour - middle) / width) ** 2)) for middle, width, height in PEAKS)
    return DAYS[when.weekday()] * (NIGHT + peaks)


def basket_cents(chance: Random) -> int:
    """What one order costs.

    Args:
        chance: Where the choice comes from.

    Returns:
        US cents.
    """
    return sum(chance.choice(PRICES) for _ in range(chance.choice(ITEMS)))
