"""What there is to say about a file: findings for the report, notes for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Finding


@dataclass(frozen=True, slots=True)
class Account:
    """Findings for the report and notes for the ledger."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
