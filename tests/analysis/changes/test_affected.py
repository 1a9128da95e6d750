"""Which services were hit: those the record names, and those whose errors rose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from incident_analytics.analysis.changes import AffectedService, affected_services
from incident_analytics.analysis.changes.affected import services_of_labels

START = datetime(2024, 1, 15, 14, 0, 30, tzinfo=UTC)


def errors(**of_services: list[int]) -> pl.DataFrame:
    """Errors a minute of each service; the fourth minute is the one of the start."""
    rows = [
        (START.replace(second=0) + timedelta(minutes=place - 3), service, number)
        for service, numbers in of_services.items()
        for place, number in enumerate(numbers)
    ]
    schema = {"minute_at": pl.Datetime("us", "UTC"), "service": pl.String, "errors": pl.Int64}
    return pl.DataFrame(rows, schema, orient="row")


def test_services_whose_errors_rose_are_affected() -> None:
    """Checkout went from 0 to 90; mail failed before just as much."""
    told = errors(checkout=[0, 0, 0, 10, 90], mail=[20, 20, 20, 21, 22], search=[0, 0, 0, 1, 5])
    assert affected_services((), told, START) == (AffectedService("checkout", ("its errors rose",)),)


def test_a_service_of_the_record_is_affected_and_keeps_both_reasons() -> None:
    """The record may name one that logs no errors."""
    found = affected_services(("checkout", "orders"), errors(checkout=[0, 0, 0, 90]), START)
    assert found == (
        AffectedService("checkout", ("the record names it", "its errors rose")),
        AffectedService("orders", ("the record names it",)),
    )


def test_a_service_that_logged_nothing_before_is_affected_by_its_errors() -> None:
    """It has no usual to compare with."""
    frame = errors(canary=[0, 0, 0, 40]).filter(pl.col("minute_at") >= START.replace(second=0))
    assert [each.name for each in affected_services((), frame, START)] == ["canary"]


def test_without_a_start_or_lines_only_the_record_tells() -> None:
    """Nothing is made up."""
    assert affected_services((), errors(checkout=[0, 0, 0, 90]), None) == ()
    assert affected_services((), errors(), START) == ()


def test_labels_of_metrics_name_services() -> None:
    """Other labels do not, nor does what is no JSON."""
    labels = ['{"service": "checkout"}', '{"app": "mail", "job": "x"}', "{}", "broken"]
    assert services_of_labels(labels) == ("checkout", "mail")
