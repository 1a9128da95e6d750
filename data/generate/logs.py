"""The log files: four services, two rotations each, packed the same way every time."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import story
from background_lines import deploy_lines, expired_orders, plain_lines, pool_lines, standing_noise
from pods import SERVICES
from request_lines import checkout_lines, follow_up_lines, payment_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checkouts import Attempt
    from pino import Line

ROTATIONS = (
    ("20240115T101500Z", story.WINDOW_START, story.ROTATED),
    ("20240115T131500Z", story.ROTATED, story.WINDOW_END),
)
# Lines of a file that lost their end: how far into the file (percent), and the characters that are left.
CUT = {
    ("checkout-api", 0): ((31, 117),),
    ("notification-worker", 1): ((44, 63),),
    ("order-service", 0): ((58, 140),),
    ("payment-processor", 0): ((72, 96),),
    ("payment-processor", 1): ((2, 151), (93, 82), (97, 133)),
}


def log_lines(attempts: Sequence[Attempt]) -> dict[str, list[Line]]:
    """Everything the four services logged in the six hours.

    Args:
        attempts: Every attempt.

    Returns:
        Lines by service, in order of time.
    """
    lines = standing_noise()
    for service, plain in plain_lines().items():
        lines[service] += plain
    lines["payment-processor"] += [*payment_lines(attempts), *pool_lines(), *deploy_lines()]
    lines["checkout-api"] += checkout_lines(attempts)
    lines["order-service"] += follow_up_lines(attempts, "order-service", "order paid", 0.03)
    lines["order-service"] += expired_orders(attempts)
    lines["notification-worker"] += follow_up_lines(attempts, "notification-worker", "receipt sent", 1.4)
    return {service: sorted(lines[service], key=lambda one: one.at) for service in SERVICES}


def cut_short(texts: list[str], cuts: Sequence[tuple[int, int]]) -> list[str]:
    """The lines, some of them without their end.

    Only an info line is cut, the first one from that place on: nothing of the truth is lost.

    Args:
        texts: The lines of one file.
        cuts: Place (percent of the lines) and length of each cut.

    Returns:
        As many lines.
    """
    cut = list(texts)
    for percent, length in cuts:
        start = len(cut) * percent // 100
        place = next(place for place in range(start, len(cut)) if cut[place].startswith('{"level":30'))
        cut[place] = cut[place][:length]
    return cut


def packed(text: str) -> bytes:
    """The text, gzipped without a name or a time.

    Args:
        text: What to pack.

    Returns:
        The same bytes for the same text.
    """
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(text.encode())
    return buffer.getvalue()


def log_files(attempts: Sequence[Attempt]) -> dict[str, bytes]:
    """The log files as they lie in the bundle.

    Args:
        attempts: Every attempt.

    Returns:
        Bytes by path, relative to the bundle.
    """
    files: dict[str, bytes] = {}
    for service, lines in log_lines(attempts).items():
        for number, (name, start, end) in enumerate(ROTATIONS):
            texts = [one.text for one in lines if start <= one.at < end]
            texts = cut_short(texts, CUT.get((service, number), ()))
            files[f"evidence/logs/{service}/{name}.ndjson.gz"] = packed("\n".join(texts) + "\n")
    return files
