"""Two bars a message, on one scale from zero."""

from __future__ import annotations

from typing import Any

import pytest

from incident_analytics.reporting.figures.message_rates import MessageRate, message_rates_figure

RATES = [MessageRate("pool exhausted", 0, 12.04), MessageRate("charge ok", 22.6, 7.1), MessageRate("gone", 3.0, 0)]


def spec(rates: list[MessageRate]) -> dict[str, Any]:
    """The figure as plotly's JSON."""
    figure = message_rates_figure(rates, before="10:15 to 14:12", during="14:12 to 14:24", caption="Moved.")
    assert figure is not None
    return figure.spec()


def test_the_words_say_each_rate() -> None:
    """New, rarer, and silent."""
    figure = message_rates_figure(RATES, before="10:15 to 14:12", during="14:12 to 14:24", caption="Moved.")
    assert figure is not None
    assert figure.alt == (
        "Lines a minute of each message, 14:12 to 14:24 against 10:15 to 14:12. pool exhausted: 12 a minute, new; "
        "charge ok: 7.1 a minute, 23 before; gone: silent, 3 before."
    )
    assert figure.caption == "Moved."


def test_a_bar_is_as_long_as_its_number() -> None:
    """From zero: twice as long is twice as many; what never came has no bar."""
    during, before = spec(RATES)["data"]
    assert during["x"] == [12.04, 7.1, 0]
    assert before["x"] == [0, 22.6, 3]
    assert spec(RATES)["layout"]["xaxis"]["ticktext"] == ["0", "12.5", "25"]


def test_a_message_without_any_line_is_left_out_and_none_is_no_figure() -> None:
    """Nothing to draw."""
    assert message_rates_figure([MessageRate("never", 0, 0)], before="a", during="b", caption="c") is None
    assert message_rates_figure([], before="a", during="b", caption="c") is None


def test_very_long_words_end_in_an_ellipsis_and_markup_is_words() -> None:
    """On a phone too; the whole of it stands in the text alternative."""
    layout = spec([MessageRate("<b>" + "word " * 80, 1, 2)])["layout"]
    texts = [words["text"] for words in layout["annotations"]]
    phone = [words["text"] for words in layout["meta"]["phone"]["annotations"]]
    for each in (texts, phone):
        (name,) = [text for text in each if "word" in text]
        assert name.endswith("…</span>")
        assert "&lt;b&gt;" in name
    assert max(map(len, phone)) < max(map(len, texts))


@pytest.mark.parametrize(
    "rates", [[MessageRate("a", 0, 1e-4)], [MessageRate("a", 1e6, 2e7), MessageRate("b", 1e-3, 0)]]
)
def test_marks_stand_clear_of_each_other(rates: list[MessageRate]) -> None:
    """Two powers of ten at least; of many, every second or third."""
    marks = spec(rates)["layout"]["xaxis"]["tickvals"]
    assert 2 <= len(marks) <= 12
    assert marks[0] == 0
