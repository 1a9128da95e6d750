"""States and severities: a word, a shape and a colour."""

from __future__ import annotations

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.marks import STATES, Mark, SeverityMark


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("met", "● met"),
        ("missed", "✕ missed"),
        ("not_evidenced", "? not evidenced"),
        ("not applicable", "\N{EN DASH} not applicable"),
        ("doubtful", "▲ doubtful"),
        ("pending", "○ pending"),
        ("invalid", "✕ invalid"),
        ("manual", "☐ manual"),
    ],
)
def test_state_is_a_shape_and_a_word(state: str, expected: str) -> None:
    """The shapes are those of the design notes."""
    assert Mark(state).plain() == expected


def test_no_two_tones_share_a_shape() -> None:
    """Colour alone never tells two states apart: one shape has one tone."""
    tones: dict[str, set[str]] = {}
    for shape, tone in STATES.values():
        tones.setdefault(shape, set()).add(tone)
    assert {shape: len(found) for shape, found in tones.items()} == dict.fromkeys(tones, 1)


def test_mark_in_html_hides_its_shape_from_screen_readers() -> None:
    """A screen reader says the word once."""
    assert Mark("met").html() == '<span class="mark good"><span aria-hidden="true">●</span> met</span>'


def test_word_of_its_own_keeps_the_shape() -> None:
    """Another word may stand beside the shape of a state."""
    assert Mark("unknown", "nobody named").markdown() == "? nobody named"


def test_unknown_state_names_the_nearest() -> None:
    """A misspelt state is an error with the right one in it."""
    with pytest.raises(ParameterError, match=r"unknown state: found 'mised'; did you mean 'missed'\?"):
        Mark("mised")


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("SEV1", "▲ SEV1"), ("SEV2", "■ SEV2"), ("SEV3", "◆ SEV3"), ("SEV4", "● SEV4"), ("P0", "○ P0")],
)
def test_severity_has_its_shape(severity: str, expected: str) -> None:
    """The shapes are those of the design notes; a foreign level gets the open circle."""
    assert SeverityMark(severity).plain() == expected


def test_severity_with_a_hostile_word_is_text() -> None:
    """Words of a user's runbook are untrusted too."""
    assert SeverityMark("SEV1", "<b>").html() == (
        '<span class="severity sev1"><span aria-hidden="true">▲</span> SEV1 &lt;b&gt;</span>'
    )
