"""The pods that write the logs; payment-processor has new ones after the deploy."""

from __future__ import annotations

import story

SERVICES = ("checkout-api", "notification-worker", "order-service", "payment-processor")
PODS = {
    "checkout-api": ("checkout-api-5f7c9d8b64-7wqzn", "checkout-api-5f7c9d8b64-m2hxk"),
    "notification-worker": ("notification-worker-66d5b7c9f-tz4lp",),
    "order-service": ("order-service-7b8f6c5d9-cv9rj", "order-service-7b8f6c5d9-q8ntw"),
    "payment-processor": ("payment-processor-6c84d97f5b-h5kxs", "payment-processor-6c84d97f5b-zr2vd"),
}
DEPLOYED_PODS = ("payment-processor-79b6fc8d44-4jgfm", "payment-processor-79b6fc8d44-x8lqc")


def pod(service: str, at: float, pick: int) -> str:
    """The pod of the service that answered.

    Args:
        service: One of `SERVICES`.
        at: Epoch seconds.
        pick: Any number; the same one lands on the same pod.

    Returns:
        The host name.
    """
    is_new = service == "payment-processor" and at >= story.DEPLOYED
    hosts = DEPLOYED_PODS if is_new else PODS[service]
    return hosts[pick % len(hosts)]
