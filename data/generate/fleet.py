"""The organisation of the two-year history: its services and teams, what goes wrong and how it is told.

Nobody in it is a person: roles are taken by rotas of teams, and action items belong to roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

# One stream of chance each, so that changing one leaves what the others draw as it is.
SEEDS = {"starts": 97, "kinds": 425, "durations": 2162, "aftermath": 1, "actions": 1}
MINUTE, HOUR, DAY = 60, 3600, 86400
FIRST_DAY = "2022-01-01T00:00:00"
CHANGED = "2023-01-01T00:00:00"
AS_OF = "2024-01-01T00:00:00"

TEAMS = {
    "payment-processor": "payments",
    "checkout-api": "payments",
    "order-service": "storefront",
    "search-api": "storefront",
    "notification-worker": "storefront",
    "edge-gateway": "platform",
    "auth-service": "platform",
    "data-pipeline": "data",
    "inventory-sync": "data",
}
SERVICE_WEIGHTS = (4, 5, 4, 3, 3, 3, 3, 2, 2)
EARNING = frozenset({"payment-processor", "checkout-api", "order-service"})

DETECTION = {"monitoring_alert": 60, "customer": 21, "employee": 14, "third_party": 5}
TO_DETECTION_MINUTES = {"monitoring_alert": 4, "customer": 18, "employee": 11, "third_party": 15}


@dataclass(frozen=True)
class Severity:
    """What one severity is like.

    Args:
        share: How many in a hundred incidents have it, in 2022 and in 2023.
        to_acknowledgment: Median minutes from detection, before the change.
        to_resolution: Median minutes from the start, in both years.
        users: Median of the users affected.
    """

    share: tuple[int, int]
    to_acknowledgment: float
    to_resolution: float
    users: int


SEVERITIES = {
    "SEV1": Severity((16, 8), 7, 75, 9000),
    "SEV2": Severity((32, 20), 8, 95, 2500),
    "SEV3": Severity((35, 45), 10, 120, 400),
    "SEV4": Severity((17, 27), 13, 145, 60),
}


@dataclass(frozen=True)
class Cause:
    """A class of causes.

    Args:
        weight: How frequent it is.
        shows: How an incident of it looks, as the beginning of a title.
        actions: What is done about it afterwards.
    """

    weight: int
    shows: tuple[str, ...]
    actions: tuple[str, ...]


CAUSES = {
    "deploy": Cause(
        26,
        ("Error rate up after a release", "Requests rejected after a release"),
        ("Add a canary step to the release of {service}", "Roll {service} back when its error rate doubles"),
    ),
    "configuration": Cause(
        16,
        ("Wrong limits", "Feature switched off"),
        ("Validate the configuration of {service} before it is applied", "Review the limits of {service} each quarter"),
    ),
    "capacity": Cause(
        17,
        ("Slow responses under load", "Queue growing"),
        ("Alert on the saturation of {service} at 80 %", "Load-test {service} before the next campaign"),
    ),
    "database": Cause(
        14,
        ("Timeouts on the database", "Replica lagging"),
        ("Add monitoring for the connection pool of {service}", "Set a statement timeout for {service}"),
    ),
    "third_party": Cause(
        13,
        ("Provider timing out", "Provider answering errors"),
        ("Add a fallback for the provider of {service}", "Put a circuit breaker before the provider of {service}"),
    ),
    "network": Cause(
        8,
        ("Packet loss between zones", "Name resolution slow"),
        ("Probe the path to {service} from each zone", "Shorten the retry of {service}"),
    ),
    "code_defect": Cause(
        6,
        ("Wrong results for some accounts", "Worker restarting"),
        ("Cover the failing case of {service} with a test", "Add a memory limit alert to {service}"),
    ),
}
# Only the three incidents of one certificate have it.
CERTIFICATE = "expired_certificate"
CERTIFICATE_ACTION = "Renew the certificate of {service} automatically"


def at(text: str) -> int:
    """Epoch seconds of an instant in UTC, such as ``2023-01-01T00:00:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
