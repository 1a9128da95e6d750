"""Tests of the timeline: what is named where, on a page and on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from incident_analytics.analysis.phases import Phase, phases
from incident_analytics.model.instants import Instant
from incident_analytics.reporting.figures import timeline_figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.reporting.blocks.figure import FigureBlock

    Known = Callable[..., dict[str, Anchor]]
    Row = Callable[..., Event]
    Moment = Callable[..., datetime]
    Layout = Callable[..., dict[str, Any]]
    Words = Callable[..., list[tuple[float, str]]]


def drawn(**arguments: Any) -> FigureBlock:  # noqa: ANN401 - whatever the figure takes
    """The figure, which is there."""
    figure = timeline_figure(**arguments)
    assert figure is not None
    return figure


@pytest.fixture
def layout(spec: Callable[..., dict[str, Any]]) -> Layout:
    """The layout on one sheet."""

    def on_sheet(figure: FigureBlock, *, phone: bool = False) -> dict[str, Any]:
        whole = spec(figure)["layout"]
        return cast("dict[str, Any]", whole["meta"]["phone"] if phone else whole)

    return on_sheet


@pytest.fixture
def words(layout: Layout) -> Words:
    """Every label of a sheet with its height above the bar's foot; the name of the axis is none."""

    def with_heights(figure: FigureBlock, *, phone: bool = False) -> list[tuple[float, str]]:
        labels = layout(figure, phone=phone)["annotations"]
        return [(each["y"], each["text"]) for each in labels if each.get("xref") != "paper"]

    return with_heights


def test_milestones_of_the_runbooks_example_descend_in_lanes(
    example_timeline: Callable[..., Any], words: Words
) -> None:
    """Each in the words of the event that tells it; the bar ends at 26, lanes are 20 apart."""
    figure = drawn(**example_timeline())
    assert words(figure) == [
        (106, "<b>14:15 Impact began</b>"),
        (86, "<b>14:15 Alert triggered</b>"),
        (66, "<b>14:18 IC assigned</b>"),
        (46, "<b>14:25 Root cause identified</b>"),
        (46, "<b>15:45 Resolved</b>"),
        (13.0, "<b>Mitigation and monitoring, 1 h 20 min</b>"),
        (-32, "Acknowledgment, 3 min"),
        (-14, "Diagnosis, 7 min"),
        (-65.0, "<b>1 h 20 min without an entry in the record</b>"),
    ]


def test_phone_has_its_own_lanes_and_fewer_ticks(example_timeline: Callable[..., Any], layout: Layout) -> None:
    """A phase whose name fits neither in the bar nor below shows its duration."""
    phone = layout(drawn(**example_timeline()), phone=True)
    assert [each["text"] for each in phone["annotations"]] == [
        "<b>14:15 Impact began</b>",
        "<b>14:15 Alert triggered</b>",
        "<b>14:18 IC assigned</b>",
        "<b>14:25 Root cause identified</b>",
        "<b>15:45 Resolved</b>",
        "Acknowledgment, 3 min",
        "Diagnosis, 7 min",
        "<b>1 h 20 min</b>",
        "<b>1 h 20 min without an entry in the record</b>",
        "15 Jan 2024, times in UTC",
    ]
    assert phone["xaxis"]["ticktext"] == ["14:30", "15:00", "15:30"]
    assert {each["font"]["size"] for each in phone["annotations"]} == {12}


def test_phases_are_a_bar_with_their_colours(example_timeline: Callable[..., Any], layout: Layout) -> None:
    """Each ends a pixel and a half before the next begins; a silence is a dotted line below."""
    shapes = layout(drawn(**example_timeline()))["shapes"]
    assert [(each["x0"], each["x1"], each["fillcolor"]) for each in shapes if each["type"] == "rect"] == [
        ("2024-01-15 14:15", "2024-01-15 14:17:46", "#8DB6DA"),
        ("2024-01-15 14:18", "2024-01-15 14:24:46", "#2F74AD"),
        ("2024-01-15 14:25", "2024-01-15 15:44:46", "#0E3B61"),
    ]
    assert [(each["x0"], each["x1"]) for each in shapes if each["line"].get("dash") == "dot"] == [
        ("2024-01-15 14:25:29", "2024-01-15 15:44:31")
    ]


def test_words_of_the_figure_carry_its_numbers(example_timeline: Callable[..., Any]) -> None:
    """For those who cannot see it, and for those who only read captions."""
    figure = drawn(**example_timeline())
    assert figure.alt == (
        "Timeline, 14:15 to 15:45 UTC on 15 Jan 2024: 14:15 Impact began, 14:15 Alert triggered, 14:18 IC assigned, "
        "14:25 Root cause identified, 15:45 Resolved. Phases: Acknowledgment 3 min, Diagnosis 7 min, "
        "Mitigation and monitoring 1 h 20 min; 1 h 20 min without an entry."
    )
    assert figure.caption.replace("\u00a0", " ") == (
        "Mitigation and monitoring took longest, 1 h 20 min of 1 h 30 min. Bold: milestones."
    )


def test_what_the_evidence_showed_stands_apart(
    example_timeline: Callable[..., Any], moment: Moment, layout: Layout
) -> None:
    """In another colour than what was recorded."""
    figure = drawn(**example_timeline(measured={"First failed payment": moment(14, 12, 40)}))
    first = layout(figure)["annotations"][0]
    assert (first["text"], first["font"]["color"]) == ("<b>14:12:40 First failed payment</b>", "#A5380B")
    assert "in the warning colour, what the evidence showed" in figure.caption


def test_far_events_are_left_to_the_table(
    example_timeline: Callable[..., Any], moment: Moment, row: Row, words: Words
) -> None:
    """A third of 90 minutes before is drawn, a minute more is not."""
    given = example_timeline()
    more = (row(moment(13, 44), "Too early"), row(moment(13, 45), "Deployed", "deployed"), row(moment(16, 16), "Late"))
    figure = drawn(**{**given, "events": (*given["events"], *more)})
    texts = [text for _, text in words(figure)]
    assert "13:45 Deployed" in texts
    assert not {"13:44 Too early", "16:16 Late"} & set(texts)
    assert figure.caption.endswith("6 events are named here; the table has them all.")


def test_crowd_is_thinned_by_importance(
    example_timeline: Callable[..., Any], moment: Moment, row: Row, words: Words
) -> None:
    """Twenty status updates in as many minutes do not push the milestones out."""
    given = example_timeline()
    crowd = tuple(row(moment(14, 16 + number), f"Status update {number}", "update_sent") for number in range(20))
    figure = drawn(**{**given, "events": (*given["events"], *crowd)})
    for phone in (False, True):
        bold = [text for height, text in words(figure, phone=phone) if text.startswith("<b>") and height > 26]
        assert len(bold) == 5
    assert figure.spec()["data"][0]["text"][3] == "14:17 Status update 1"  # type: ignore[index]
    assert "events are named here" in figure.caption


def test_open_incident_fades_out_and_says_so(
    moment: Moment, row: Row, known_at: Known, layout: Layout, words: Words
) -> None:
    """Its last phase has no recorded end."""
    anchors = known_at(started_at=moment(14, 15), detected_at=moment(14, 35))
    figure = drawn(
        phases=phases(anchors, as_of=moment(16, 5)),
        anchors=anchors,
        events=(row(moment(14, 35), "Alert triggered", "detected"),),
        silences=(),
        zone="UTC",
    )
    boxes = [each["fillcolor"] for each in layout(figure)["shapes"] if each["type"] == "rect"]
    assert boxes == [
        "#DDE9F4",
        "#8DB6DA",
        *(f"rgba(141,182,218,{opacity})" for opacity in ("0.8", "0.62", "0.46", "0.32", "0.2", "0.1")),
    ]
    assert (46, "<b>16:05 still open</b>") in words(figure)
    assert figure.caption.startswith("Still open: the last phase has no recorded end.")


def test_incident_of_three_days_names_days(moment: Moment, known_at: Known, layout: Layout, words: Words) -> None:
    """On the axis and beside each point."""
    anchors = known_at(started_at=moment(22, 10), detected_at=moment(23, 40), resolved_at=moment(21, 0, day=18))
    figure = drawn(
        phases=phases(anchors, as_of=moment(21, 0, day=18)), anchors=anchors, events=(), silences=(), zone="UTC"
    )
    assert layout(figure)["xaxis"]["ticktext"] == [
        *("00:00<br>16 Jan", "12:00", "00:00<br>17 Jan", "12:00", "00:00<br>18 Jan", "12:00")
    ]
    assert words(figure)[0][1] == "<b>15 Jan 22:10 Impact began</b>"
    assert layout(figure)["annotations"][-1]["text"] == "times in UTC"


def test_incident_of_two_minutes_shows_seconds(moment: Moment, known_at: Known, layout: Layout, words: Words) -> None:
    """Milliseconds place what seconds cannot."""
    anchors = known_at(started_at=moment(14, 15), detected_at=moment(14, 15, 20), resolved_at=moment(14, 17))
    figure = drawn(phases=phases(anchors, as_of=moment(14, 17)), anchors=anchors, events=(), silences=(), zone="UTC")
    assert layout(figure)["xaxis"]["ticktext"] == ["14:15:30", "14:16:00", "14:16:30"]
    assert words(figure)[1][1] == "<b>14:15:20 Detected</b>"


def test_everything_in_one_instant_is_a_list_on_one_stem(
    moment: Moment, row: Row, known_at: Known, words: Words
) -> None:
    """There are no phases to draw."""
    anchors = known_at(started_at=moment(14, 15), resolved_at=moment(14, 15))
    events = (row(moment(14, 15), "Alert triggered"), row(moment(14, 15), "Rolled back", "rolled_back"))
    figure = drawn(
        phases=phases(anchors, as_of=moment(14, 15)), anchors=anchors, events=events, silences=(), zone="UTC"
    )
    assert words(figure) == [
        (106, "<b>14:15 Impact began</b>"),
        (86, "<b>14:15 Resolved</b>"),
        (66, "14:15 Alert triggered"),
        (46, "14:15 Rolled back"),
    ]
    assert figure.caption == ("Start and end are one instant in the record, so there are no phases. Bold: milestones.")


def test_unknown_start_has_no_timeline(moment: Moment, row: Row, known_at: Known) -> None:
    """The section says why."""
    events = (row(moment(14, 15), "Alert triggered", "detected"),)
    anchors = known_at(detected_at=moment(14, 15))
    assert timeline_figure(phases=(), anchors=anchors, events=events, silences=(), zone="UTC") is None


def test_uncertain_instant_shows_its_range(
    example_timeline: Callable[..., Any], moment: Moment, layout: Layout, words: Words
) -> None:
    """As a bar in its lane, and in words."""
    given = example_timeline()
    early = moment(14, 50)
    unsure = Instant(early, early + timedelta(minutes=5), "14:50 to 14:55", "minute", "UTC")
    given["anchors"]["mitigated_at"] = type(given["anchors"]["started_at"])("mitigated_at", unsure)
    figure = drawn(**given)
    assert "<b>14:50 to 14:55 Mitigated</b>" in [text for _, text in words(figure)]
    bars = [each for each in layout(figure)["shapes"] if each["line"]["width"] == 3]
    assert [(each["x0"], each["x1"]) for each in bars] == [("2024-01-15 14:50", "2024-01-15 14:55")]


def test_words_of_others_are_shown_as_they_stand(
    example_timeline: Callable[..., Any], moment: Moment, row: Row, words: Words
) -> None:
    """Plotly reads a little HTML, JupyterLab would read TeX between dollars."""
    given = example_timeline()
    hostile = row(moment(15, 0), "<a href='x'>$5 & $6</a>", "fix_deployed")
    texts = [text for _, text in words(drawn(**{**given, "events": (*given["events"], hostile)}))]
    assert "15:00 &lt;a href='x'&gt;&#36;5 &amp; &#36;6&lt;/a&gt;" in texts


def test_same_incident_makes_the_same_bytes(example_timeline: Callable[..., Any]) -> None:
    """And few of them."""
    first, second = (drawn(**example_timeline()).html() for _ in range(2))
    assert first == second
    assert len(first) < 12_000


def test_phase_of_an_unknown_name_is_drawn_too(
    example_timeline: Callable[..., Any], moment: Moment, words: Words
) -> None:
    """An organisation may name its own."""
    phase = Phase("Triage", moment(14, 15), moment(15, 45))
    assert (13.0, "<b>Triage, 1 h 30 min</b>") in words(drawn(**example_timeline(phases=(phase,))))
