"""One report of a batch: every end is an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from incident_analytics.reporting import publishing
from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.one_report import one_report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.reporting.batch.conftest import MakeBundle


def test_a_record_that_cannot_be_read_is_the_reason(make_bundle: MakeBundle, tmp_path: Path) -> None:
    """In the words that one incident alone would give."""
    folder = make_bundle(text="incident: [1, 2]\n")
    outcome = one_report(folder, Asked(tmp_path / "out"))
    assert outcome.paths == ()
    assert outcome.reason.startswith(f"{folder}/incident.yaml:1: ")


def test_a_mistake_of_ours_is_one_failed_incident(
    make_bundle: MakeBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how to see where it came from."""

    def broken(*_: object, **__: object) -> NoReturn:
        message = "pool"
        raise KeyError(message)

    monkeypatch.setattr(publishing, "publish", broken)
    outcome = one_report(make_bundle(), Asked(tmp_path))
    assert outcome.reason == "unexpected KeyError: 'pool'; make it alone with --traceback to see where"


def test_an_instant_without_a_zone_tells_the_one_it_was_read_in(
    make_bundle: MakeBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one incident alone would; an instant with a zone needs no word."""
    monkeypatch.setattr(publishing, "publish", lambda *_, **__: publishing.Published((), (), (), ()))
    folder = make_bundle()
    told = one_report(folder, Asked(tmp_path, as_of="2024-01-17 09:00")).as_of_note
    assert told == "--as-of 2024-01-17 09:00 names no zone; it was read in UTC, the zone of the incident"
    assert one_report(folder, Asked(tmp_path, as_of="2024-01-17T09:00Z")).as_of_note == ""
