"""Tests of the runbook over all incidents."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.fleet_conformance import fleet_conformance
from incident_analytics.analysis.trends.scope import Condition, Scope
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.fleet_conformance import FleetConformance, RuleConformance
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History, WholeRecord

    Told = Callable[..., tuple[Cohort, tuple[WholeRecord, ...]]]

ROOT = Path(__file__).resolve().parents[3]
NEW_YEAR_2024 = datetime(2024, 1, 1, tzinfo=UTC)
JUNE = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample_fleet(sample_history: History, sample_cohort: Cohort, runbook: Runbook) -> FleetConformance:
    """The runbook over data/history."""
    return fleet_conformance(records_of(sample_history), sample_cohort, runbook, as_of=NEW_YEAR_2024)


def rule_of(fleet: FleetConformance, name: str) -> RuleConformance:
    """One rule of it."""
    (rule,) = [rule for rule in fleet.rules if rule.rule == name]
    return rule


def record(**more: object) -> dict[str, object]:
    """A record of a SEV1 that was acknowledged after four minutes and lasted an hour."""
    return {
        "id": "INC-1",
        "severity": "SEV1",
        "started_at": "2024-01-15T14:00:00Z",
        "detected_at": "2024-01-15T14:00:00Z",
        "acknowledged_at": "2024-01-15T14:04:00Z",
        "resolved_at": "2024-01-15T15:00:00Z",
        **more,
    }


def test_nobody_was_ever_the_scribe(sample_fleet: FleetConformance) -> None:
    """data/README.md; one of the 101 of SEV1 and SEV2 keeps no roles at all."""
    scribe = rule_of(sample_fleet, "role-scribe")
    assert (scribe.counts.met, scribe.counts.missed, scribe.counts.not_evidenced) == (0, 100, 1)
    assert (scribe.counts.not_applicable, scribe.counts.judged, scribe.counts.asked) == (141, 100, 101)
    assert scribe.is_never_followed
    assert [rule.rule for rule in sample_fleet.missed_most[:2]] == ["role-scribe", "roles-assigned"]


def test_share_has_an_exact_interval_and_what_was_evidenced_stands_apart(sample_fleet: FleetConformance) -> None:
    """223 of 240 met the response target; of 242 two do not tell. Clopper-Pearson as in R's binom.test."""
    target = rule_of(sample_fleet, "response-target")
    assert (target.counts.met, target.share_met.n) == (223, 240)
    assert target.share_met.estimate == pytest.approx(0.92917, abs=1e-5)
    assert (target.share_met.low, target.share_met.high) == (
        pytest.approx(0.889, abs=1e-3),
        pytest.approx(0.958, abs=1e-3),
    )
    assert (target.share_evidenced.n, target.share_evidenced.estimate) == (242, pytest.approx(240 / 242))


def test_severities_are_counted_apart_in_the_runbooks_order(sample_fleet: FleetConformance) -> None:
    """The 19 SEV1 acknowledged under five minutes are 9 of 2022 and 10 of 2023 (data/README.md)."""
    target = rule_of(sample_fleet, "response-target")
    assert list(target.by_severity) == ["SEV1", "SEV2", "SEV3", "SEV4", "unknown"]
    assert (target.by_severity["SEV1"].met, target.by_severity["SEV1"].judged) == (19, 33)


def test_what_no_record_tells_is_neither_met_nor_missed(sample_fleet: FleetConformance) -> None:
    """No status page is in the history: nothing is known of it, and no share is told."""
    page = rule_of(sample_fleet, "acknowledged-status-page")
    assert page in sample_fleet.never_told
    assert (page.share_met.estimate, page.share_met.n, page.counts.not_evidenced) == (None, 0, 101)
    assert not page.is_never_followed


def test_examples_are_the_first_that_missed(sample_fleet: FleetConformance) -> None:
    """The first five of SEV1 and SEV2 in the file."""
    assert rule_of(sample_fleet, "role-scribe").missed_examples == (
        "INC-2022-004", "INC-2022-006", "INC-2022-007", "INC-2022-009", "INC-2022-010"
    )  # fmt: skip


def test_every_incident_is_in_one_state_of_each_rule(sample_fleet: FleetConformance) -> None:
    """242, whatever the rule."""
    assert sample_fleet.n == 242
    for rule in sample_fleet.rules:
        counts = rule.counts
        assert counts.asked + counts.pending + counts.manual + counts.not_applicable == 242


def test_only_incidents_of_the_cohort_are_judged(sample_history: History, runbook: Runbook) -> None:
    """The 33 SEV1 of the history."""
    scope = Scope(NEW_YEAR_2024, where=(Condition("severity", ("SEV1",)),))
    looked_at = cohort(sample_history.frame, scope, runbook)
    fleet = fleet_conformance(records_of(sample_history), looked_at, runbook, as_of=NEW_YEAR_2024)
    assert (fleet.n, fleet.left_out) == (33, ())


def test_rows_of_tables_cannot_be_judged(told: Told, runbook: Runbook) -> None:
    """No number, and a reason."""
    looked_at, records = told(table="id,severity,started_at\nINC-1,SEV1,2024-01-15T14:00:00Z\n")
    fleet = fleet_conformance(records, looked_at, runbook, as_of=JUNE)
    assert (fleet.n, fleet.rules) == (None, ())
    assert fleet.reason == "no records: rows of tables tell of no such thing"
    assert [(each.count, each.examples) for each in fleet.left_out] == [(1, ("INC-1",))]


def test_rows_of_tables_beside_records_are_counted_as_left_out(told: Told, runbook: Runbook) -> None:
    """One record is judged, one row is not."""
    table = "id,severity,started_at\nINC-2,SEV1,2024-01-15T14:00:00Z\n"
    looked_at, records = told(record(), table=table)
    fleet = fleet_conformance(records, looked_at, runbook, as_of=JUNE)
    assert (fleet.n, [each.examples for each in fleet.left_out]) == (1, [("INC-2",)])


def test_no_incidents_have_no_rules(sample_history: History, runbook: Runbook) -> None:
    """An empty history says so."""
    nothing = cohort(sample_history.frame.clear(), Scope(NEW_YEAR_2024), runbook)
    fleet = fleet_conformance((), nothing, runbook, as_of=NEW_YEAR_2024)
    assert (fleet.n, fleet.rules, fleet.reason) == (None, (), "no incidents")


def test_what_came_after_the_instant_had_not_happened(told: Told, runbook: Runbook) -> None:
    """Seen from 14:02 the acknowledgment of 14:04 is still to come, and in time."""
    as_of = datetime(2024, 1, 15, 14, 2, tzinfo=UTC)
    looked_at, records = told(record(), as_of="2024-01-15T14:02:00Z")
    fleet = fleet_conformance(records, looked_at, runbook, as_of=as_of)
    assert rule_of(fleet, "response-target").counts.pending == 1
    assert rule_of(fleet, "monitored").counts.pending == 1


def test_evidence_of_a_bundles_manifest_counts(runbook: Runbook) -> None:
    """The sample incident's logs, metrics and database state were received within two hours."""
    history = load_incidents(ROOT / "data/INC-2024-001", catalog=None)
    as_of = datetime(2024, 2, 1, tzinfo=UTC)
    looked_at = cohort(history.frame, Scope(as_of), runbook)
    fleet = fleet_conformance(records_of(history), looked_at, runbook, as_of=as_of)
    preserved = [rule_of(fleet, f"{kind}-preserved").counts.met for kind in ("logs", "metrics", "database")]
    assert preserved == [1, 1, 1]
