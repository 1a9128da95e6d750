"""Which known pattern planted evidence resembles, and that quiet evidence resembles none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from incident_analytics.analysis.patterns import known_patterns
from incident_analytics.model.runbook import Runbook, load_runbook
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.patterns import KnownPatterns, Resemblance

ROOT = Path(__file__).parents[3]
POOL, MEMORY, THIRD = "database-connection-pool-exhausted", "memory-leak", "third-party-service-down"
OWN = """
  - name: Queue Backed Up
    id: queue-backed-up
    log_words: ['queue is full']
    metric_signals:
      - {says: Messages wait, metric: ['\\bqueue depth\\b'], does: rises}
    quick_fix: [Add consumers]
"""


@pytest.fixture(scope="module")
def of_sample() -> KnownPatterns:
    """The sample incident's evidence, compared at its first failing charge."""
    bundle = open_bundle(ROOT / "data/INC-2024-001")
    return known_patterns(
        bundle.runbook.patterns,
        logs=bundle.logs.collect(),
        samples=bundle.samples.collect(),
        database=bundle.database,
        begins=datetime(2024, 1, 15, 14, 12, 40, tzinfo=UTC),
        ends=datetime(2024, 1, 15, 15, 45, tzinfo=UTC),
    )


def shown(each: Resemblance) -> list[tuple[str, str, str]]:
    """Stance, source and kind of each piece of evidence."""
    return [(one.stance, one.source, one.kind) for one in each.evidence]


def test_the_pool_comes_first_on_the_sample_with_its_evidence(of_sample: KnownPatterns) -> None:
    """data/README.md: 9,464 no connection available, 6,038 timeouts acquiring one, 335 warnings of the pool."""
    best = of_sample.best
    assert best is not None
    assert (of_sample.answer, best.pattern.id, best.sources) == ("resembles", POOL, 3)
    assert shown(best) == [
        ("for", "logs", "words"),
        ("for", "metrics", "reaches_limit"),
        ("for", "metrics", "rises"),
        ("for", "database", "waiting_sessions"),
        ("for", "database", "idle_in_transaction"),
        ("not looked at", "database", "connections_near_limit"),
    ]
    lines, in_use, waiting, behind, idle, limit = best.evidence
    assert (lines.number, lines.before, str(lines.at)[11:23]) == (9464 + 6038 + 335, 0, "14:12:28.413")
    assert lines.subject == "no connection available, timeout acquiring connection, pool exhausted"
    assert [str(place) for place in lines.places] == ["evidence/logs/payment-processor/20240115T131500Z.ndjson.gz:1897"]
    assert (in_use.number, in_use.limit, str(in_use.at)[11:19]) == (20, 20, "14:12:30")
    assert (waiting.number, waiting.before, str(waiting.at)[11:19]) == (50, 0, "14:12:30")
    assert (behind.number, behind.subject, idle.subject, idle.number) == (
        11,
        "session 4187",
        "session 4187",
        910.514487,
    )
    assert limit.reason == "no capture tells the server's limit"


def test_quiet_memory_and_cpu_speak_against_a_leak_on_the_sample(of_sample: KnownPatterns) -> None:
    """data/README.md: nothing is wrong with either."""
    leak = next(each for each in of_sample.ranked if each.pattern.id == MEMORY)
    assert not leak.resembles
    assert shown(leak)[:3] == [
        ("against", "logs", "words"),
        ("against", "metrics", "grows_steadily"),
        ("against", "metrics", "rises"),
    ]


def test_what_fails_at_all_hours_speaks_against_a_third_party_on_the_sample(of_sample: KnownPatterns) -> None:
    """Currency rates and the mail relay fail through all six hours."""
    third = next(each for each in of_sample.ranked if each.pattern.id == THIRD)
    assert (third.resembles, third.of("for")) == (False, ())
    (lines,) = third.of("against")
    assert (lines.subject, lines.number, lines.before) == ("421 4.7.0, eai_again", 95, 185)


def test_a_memory_leak_is_recognised(judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]) -> None:
    """Memory grows for four hours and falls back at each restart; three lines tell of it."""
    memory = series(
        "container_memory_working_set_bytes", lambda at: 4e8 + (at + 240) % 120 * 4e6, unit="bytes", pod="a"
    )
    restarts = series("kube_pod_container_status_restarts_total", lambda at: 0 if at < 2 else 1 + (at > 30), pod="a")
    found = judged(memory, restarts, logs=[(at, "Killed: OOM") for at in (0, 1, 2, 30)] + [(-200, "started")])
    assert (found.answer, [each.pattern.id for each in found.resembling]) == ("resembles", [MEMORY])
    grown = next(one for one in found.ranked[0].evidence if one.kind == "grows_steadily")
    assert (grown.stance, grown.reason) == ("for", "fell back 2 times, as at a restart")
    assert [one.stance for one in found.ranked[0].evidence] == ["for", "for", "for", "not looked at"]


def test_a_third_party_that_fails_is_recognised(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """Calls to one host of three fail from the onset on; the others go on as before."""
    name = "http_client_request_duration_seconds_count"
    calls = [
        series(name, lambda at, host=host: at + 240 + (900 * max(at, 0) if host == "pay" else 0),
               server_address=host, error_type="timeout")
        for host in ("pay", "mail", "maps")
    ]  # fmt: skip
    logs = [(at / 4, "stripe: 503 service unavailable") for at in range(40)] + [(-200, "started")]
    found = judged(*calls, logs=logs)
    assert [each.pattern.id for each in found.resembling] == [THIRD]
    calls_fail = next(one for one in found.ranked[0].evidence if one.expected == "Calls to one external host fail")
    assert (calls_fail.stance, calls_fail.labels) == ("for", '{"error_type": "timeout", "server_address": "pay"}')


def test_calls_to_every_host_that_fail_are_no_third_party(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """Then the trouble is nearer."""
    calls = [series("outbound_errors", lambda at: 50 * (at >= 0), host=host) for host in ("pay", "mail", "maps")]
    found = judged(*calls)
    third = next(each for each in found.ranked if each.pattern.id == THIRD)
    assert (third.resembles, third.of("against")[0].reason) == (False, "3 of 3 did, so not one alone")


def test_a_pool_that_is_full_as_often_as_ever_is_not_resembled(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """Every hour for ten minutes, as its words are."""
    in_use = series("hikaricp_connections_active", lambda at: 10 if at % 60 < 10 else 3, pool="a")
    most = series("hikaricp_connections_max", lambda _: 10, pool="a")
    words = [(at, "no connection available") for at in range(-240, 60) if at % 60 < 10]
    found = judged(in_use, most, logs=words)
    assert (found.answer, found.best) == ("none", None)
    pool = next(each for each in found.ranked if each.pattern.id == POOL)
    assert [one.reason for one in pool.of("against") if one.source == "metrics"] == [
        "it was there before the onset too, 4 times"
    ]


def test_without_any_evidence_nothing_can_be_told(judged: Callable[..., KnownPatterns]) -> None:
    """That is no "none of them"."""
    found = judged()
    assert (found.answer, found.best) == ("cannot be told", None)
    assert found.reason == "no logs, metrics or captures that its signals are looked for in"
    assert {one.stance for each in found.ranked for one in each.evidence} == {"not looked at"}


def test_without_a_start_nothing_can_be_told(runbook: Runbook, line_logs: Callable[..., pl.DataFrame]) -> None:
    """There is no time before to compare with."""
    empty = open_bundle(ROOT / "tests/data/records/runbook_template.yaml")
    found = known_patterns(runbook.patterns, logs=line_logs(), samples=empty.samples.collect(), database=empty.database)
    assert (found.answer, found.reason) == ("cannot be told", "no start is recorded to compare evidence at")


def test_logs_without_any_words_resemble_none(judged: Callable[..., KnownPatterns]) -> None:
    """The logs were looked at, so that is an answer."""
    found = judged(logs=[(at, "order placed") for at in range(-240, 60)])
    assert (found.answer, found.resembling) == ("none", ())


def test_a_team_adds_a_pattern_of_its_own(
    tmp_path: Path, judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """In its runbook.yaml; no code changes."""
    shipped = (ROOT / "incident_analytics/runbook.yaml").read_text(encoding="utf-8")
    file = tmp_path / "runbook.yaml"
    file.write_text(shipped.replace("\npatterns:\n", f"\npatterns:{OWN}", 1), encoding="utf-8")
    depth = series("rabbitmq_queue_depth", lambda at: 500 if at > 3 else 20)
    found = judged(depth, own=load_runbook(file))
    best = found.best
    assert best is not None
    assert (best.pattern.id, best.evidence[0].number, best.evidence[0].before) == ("queue-backed-up", 500, 20)
    assert len(found.ranked) == 4


def test_quiet_evidence_seldom_resembles_a_pattern(
    judged: Callable[..., KnownPatterns], series: Callable[..., pl.DataFrame]
) -> None:
    """At most eight of 100 seeded afternoons: noise, drifting memory, a busy pool, words that come at random."""
    resembling = 0
    for seed in range(100):
        chance = np.random.default_rng(seed)
        steps, noise, busy = chance.normal(size=300).cumsum(), chance.normal(size=300), chance.poisson(6, size=300)
        resembling += judged(
            series("memory_bytes", lambda at, of=steps: 5e8 + 1e6 * of[at + 240], unit="bytes"),
            series("cpu_percent", lambda at, of=noise: 40 + 6 * of[at + 240], unit="percent"),
            series("db_pool_in_use", lambda at, of=busy: min(of[at + 240], 20)),
            series("db_pool_max", lambda _: 20),
            series("db_pool_waiting", lambda at, of=busy: max(of[at + 240] - 9, 0)),
            logs=[(float(at), "no connection available") for at in chance.uniform(-240, 60, size=60)],
        ).answer == "resembles"  # fmt: skip
    assert resembling <= 8


def test_a_leak_is_told_before_refusals_of_ones_own_service(
    runbook: Runbook, line_logs: Callable[..., pl.DataFrame], series: Callable[..., pl.DataFrame]
) -> None:
    """Forty refused calls of the own recommender, one kill by the kernel, memory that grew, restarts."""
    refused = [(at / 8, "upstream recommender refused connection") for at in range(40)]
    empty = open_bundle(ROOT / "data/INC-2024-001").database
    found = known_patterns(
        runbook.patterns,
        logs=line_logs((-240, "started"), (0.2, "Out of memory: Killed process 22 (recommender)"), *refused),
        samples=series("container_memory_rss_bytes", lambda at: 1e9 + max(at + 60, 0) * 2e7 * (at < 1)),
        database=replace(
            empty, activity=empty.activity.clear(), locks=empty.locks.clear(), counts=empty.counts.clear()
        ),
        begins=datetime(2024, 1, 15, 14, tzinfo=UTC),
        ends=datetime(2024, 1, 15, 15, tzinfo=UTC),
        services=("recommender",),
    )
    assert [each.pattern.id for each in found.resembling] == [MEMORY]
