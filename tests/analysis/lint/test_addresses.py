"""E-mail addresses and phone numbers never reach a page for many readers."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.lint.addresses import without_addresses


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Jane Smith <jane.smith@example.com>", "Jane Smith"),
        ("ask ops+sev1@mail.example.org, then wait", "ask, then wait"),
        ("mailto:ops@example.com", ""),
        ("Call +49 30 901820 now", "Call now"),
        ("Call (555) 010-0199 now", "Call now"),
        ("5550100199", ""),
        ("tel:+15550100199", ""),
    ],
)
def test_addresses_and_numbers_go(text: str, rest: str) -> None:
    """With what stands around them for their sake."""
    assert without_addresses(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "until 2024-01-15 14:10",
        "from 2022-11-13 to 2022-12-14",
        "host 10.200.100.200",
        "INC-2024-0012345678",
        "limit 15000000",
        "@platform-team",
        "pool from 20 to 50",
    ],
)
def test_days_hosts_ids_and_amounts_stay(text: str) -> None:
    """They are digits too."""
    assert without_addresses(text) == text
