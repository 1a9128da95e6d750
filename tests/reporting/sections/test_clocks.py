"""Clocks compared, folded, with what cannot be told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.analysis.source_clocks import RequestClocks, clocks_compared
from incident_analytics.reporting.post_mortem.twin import twin
from incident_analytics.reporting.sections.clocks import clocks
from incident_analytics.reporting.sections.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

HEAD = "id: INC-7\nseverity: SEV1\nstarted_at: 2024-01-15T14:00:00Z\nresolved_at: 2024-01-15T15:00:00Z\n"


def test_the_services_of_the_sample_agree(sample: PostMortem) -> None:
    """Six pairs of services by their requests; the record and the alert share nothing that is surely the same."""
    (fold,) = clocks(sample)
    text = fold.markdown()
    assert text.startswith("**7 comparisons of clocks: 6 agree, 1 cannot be told**")
    assert "| checkout-api | payment-processor | 2,547 | under 0.1 s | ● agree |" in text
    assert "| record | alertmanager | 0 | – | ? cannot be told: no event is surely the same in both |" in text


def test_a_pager_that_is_ahead_differs(reported: Callable[..., PostMortem]) -> None:
    """By 37 seconds, three times."""
    rows = [
        f"2024-01-15T14:{minute}:{second},,,{word} {minute},{source},p-{minute}\n"
        for minute in (10, 20, 30)
        for second, word, source in (("00", "Told", "chat"), ("37", "Paged", "pager"))
    ]
    report = reported(HEAD, {"timeline.csv": "at,kind,actor,text,source,ref\n" + "".join(rows)})
    (fold,) = clocks(report)
    assert "| pager | chat | 3 | 37 s | ▲ differ |" in fold.markdown()
    assert [each.rule for each in report.findings if each.rule.startswith("clock")] == ["clock-skew"]


def test_sources_that_share_nothing_show_nothing(reported: Callable[..., PostMortem]) -> None:
    """A record alone has one clock."""
    assert clocks(reported(HEAD)) == ()


def test_a_log_an_hour_ahead_is_said_openly(sample: PostMortem) -> None:
    """With its file, by what, and which numbers rest on it; nothing is shifted."""
    ahead = RequestClocks(
        "edge", "payments", 400, 3599.2, 3599.1, 3599.3, 0.4, is_told=True, by="order", zone_seconds=3600
    )
    known = replace(ahead, odd="edge", files=("evidence/logs/edge/access.log",))
    first, fold = clocks(replace(sample, clocks_compared=clocks_compared((), (known,))))
    assert first.markdown() == (
        "**The times of edge look 1 h ahead (evidence/logs/edge/access.log)**: by 400 order ids that both write, held "
        "against payments. Nothing was shifted. Errors per minute, users, first errors and what moved have these lines "
        "where they are written, so what they show of that service lies at the wrong time."
    )
    assert "| edge | payments | 400 | 59 min 59 s | ▲ differ |" in fold.markdown()
    unknown = clocks(replace(sample, clocks_compared=clocks_compared((), (ahead,))))[0].markdown()
    assert unknown.startswith("**The times of edge lie 1 h after those of payments, by 400 order ids that both write;")
    behind = replace(known, odd="payments", files=("p.log",))
    told = clocks(replace(sample, clocks_compared=clocks_compared((), (behind,))))[0].markdown()
    assert told.startswith("**The times of payments look 1 h behind (p.log)**")


def test_an_hour_in_a_log_is_told_where_its_numbers_stand(reported: Callable[..., PostMortem]) -> None:
    """An edge that writes the same orders an hour later: beside the errors, in the findings and as a question."""
    lines: dict[str, list[str]] = {"payments": [], "edge": []}
    for place in range(60):
        for service, hour in (("payments", 13), ("edge", 14)):
            told = {"level": "info", "time": f"2024-01-15T{hour}:{place:02}:00Z", "service": service}
            lines[service].append(json.dumps({**told, "msg": f"order={6000 + place} taken"}) + "\n")
    report = reported(HEAD, {f"evidence/logs/{name}/app.ndjson": "".join(told) for name, told in lines.items()})
    first = evidence(report)[0].markdown()
    assert first.startswith("**The times of edge lie 1 h after those of payments, by 60 order ids that both write;")
    assert [each.rule for each in report.findings if each.rule == "clock-zone"] == ["clock-zone"]
    assert sum(each.id.startswith("clock-zone") for each in report.questions) == 1
    compared = twin(report)["clocks_compared"]
    assert isinstance(compared, dict)
    assert [(each["told_by"], each["zone_seconds"], each["odd"]) for each in compared["services"]] == [
        ("order", 3600, None)
    ]
