"""Whether one wrong digit explains a time that cannot be right."""

from __future__ import annotations

from datetime import UTC, datetime

Span = tuple[datetime, datetime]


def one_digit_off(at: datetime, span: Span) -> str | None:
    """What the time would be with one digit changed so that it lies in the span; None where no digit does it.

    Tried are the digits of its seconds since 1970, then those of its calendar spelling.

    >>> low, high = datetime(2022, 8, 22, 3, tzinfo=UTC), datetime(2022, 8, 22, 5, tzinfo=UTC)
    >>> one_digit_off(datetime.fromtimestamp(1861140279, UTC), (low, high))
    '1661140279 (2022-08-22T03:51:19Z)'
    """
    epoch = str(int(at.timestamp()))
    for changed in _neighbours(epoch):
        right = datetime.fromtimestamp(int(changed), UTC)
        if span[0] <= right <= span[1]:
            return f"{changed} ({right:%Y-%m-%dT%H:%M:%SZ})"
    for changed in _neighbours(f"{at:%Y-%m-%dT%H:%M:%S}"):
        try:
            right = datetime.fromisoformat(changed).replace(tzinfo=UTC)
        except ValueError:
            continue
        if span[0] <= right <= span[1]:
            return f"{changed}Z"
    return None


def _neighbours(text: str) -> list[str]:
    """The text with one digit changed, in every way; a number keeps its length."""
    return [
        f"{text[:index]}{digit}{text[index + 1 :]}"
        for index, old in enumerate(text)
        if old.isdecimal()
        for digit in "0123456789"
        if digit != old and (index or digit != "0")
    ]
