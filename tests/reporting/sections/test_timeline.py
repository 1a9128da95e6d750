"""The timeline: what people wrote and, marked, what the evidence tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.sections.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem


def test_measured_moments_stand_beside_the_recorded_ones(sample: PostMortem) -> None:
    """Planted: session 4187 at 14:12:19, the first failing charge at 14:12:40.762, the end at 15:02:10."""
    measured = [(f"{event.moment:%H:%M:%S}", event.text) for event in sample.events if event.is_measured]
    assert measured == [
        ("14:12:19", "Session 4187 began the transaction behind which 11 sessions later waited"),
        ("14:12:30", "Impact began, measured by payment_success_rate"),
        ("14:12:40", "First error, payment-processor: charge failed: timeout acquiring connection"),
        ("15:02:00", "Errors in the logs back to their usual"),
        ("15:02:15", "Impact ended, measured by payment_success_rate"),
    ]


def test_the_table_marks_what_was_found_in_the_evidence(sample: PostMortem) -> None:
    """And says how many of the events that is."""
    table = timeline(sample)[-1].markdown()
    assert "39 events from every source, 5 of them found in the evidence, times in UTC" in table
    assert "| First error, payment-processor: charge failed: timeout acquiring connection | logs measured |" in table


def test_the_figure_names_the_measured_start(sample: PostMortem) -> None:
    """Beside the recorded one, without crowding it with the others."""
    figure = timeline(sample)[0].plain()
    assert "14:12:40 Measured start" in figure
    assert "Session 4187" not in figure


def test_a_record_alone_has_nothing_measured(reported: Callable[..., PostMortem]) -> None:
    """No evidence, no pill."""
    report = reported("id: INC-7\nstarted_at: 2024-01-15T14:00:00Z\nresolved_at: 2024-01-15T15:00:00Z\n")
    assert report.recorded_events == report.events
    assert "2 events from every source, times in UTC" in timeline(report)[-1].markdown()
