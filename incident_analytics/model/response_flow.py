"""The runbook's response flow as data: its steps from top to bottom, alternatives beside each other."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from incident_analytics.model.runbook_part import Part


class FlowStep(Part):
    """A step of the response; that it was taken is told by a milestone, by a rule, or by the kind of mitigation.

    Beside a rule a milestone only tells when. Of several in a row, the incident takes the one of its ``severities``
    or its ``mitigation``. A step that ``asks`` is a question; one without anything that tells it asks for the severity.
    """

    title: str
    asks: bool = False
    milestone: str | None = None
    rule: str | None = None
    mitigation: Literal["rollback", "fix_forward"] | None = None
    severities: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_told_by_one(self) -> FlowStep:
        is_told = self.milestone is not None or self.rule is not None
        if is_told == (self.mitigation is not None) and not (self.asks and not is_told):
            raise ValueError(f"flow: '{self.title}' needs a milestone or a rule, or else a mitigation")
        return self
