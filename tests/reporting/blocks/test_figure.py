"""Figures as data with their words."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.blocks.figure import PLOTLY, figure_html, figure_markdown


def bars() -> go.Figure:
    """A small figure with a patch for phones."""
    return go.Figure(go.Bar(x=["a"], y=[1]), layout={"meta": {"phone": {"height": 200}}, "title": {"text": "T"}})


@pytest.mark.parametrize("alt", ["", "  "])
def test_figure_without_text_alternative_is_refused(alt: str) -> None:
    """Someone will not see it."""
    with pytest.raises(ParameterError, match="a figure needs a text alternative: expected alt="):
        FigureBlock(bars(), alt=alt)


def test_only_data_leaves_the_kernel() -> None:
    """No HTML of plotly's, no random ids: the bundle is the same every time."""
    shown = FigureBlock(bars(), alt="One bar", caption="C")._repr_mimebundle_()
    assert list(shown) == [PLOTLY, "text/plain"]
    assert shown["text/plain"] == "One bar"
    assert shown == FigureBlock(bars(), alt="One bar", caption="C")._repr_mimebundle_()


def test_words_join_what_the_figure_already_says_about_itself() -> None:
    """The patch for phones stays beside text alternative and caption."""
    layout = FigureBlock(bars(), alt="One bar", caption="C").spec()["layout"]
    assert layout == {
        "meta": {"alt": "One bar", "caption": "C", "phone": {"height": 200}},
        "title": {"text": "T"},
    }


def test_stock_template_of_plotly_is_left_out() -> None:
    """It weighs 6 KB a figure and the page has its own; one somebody chose stays."""
    assert "template" not in json.dumps(FigureBlock(bars(), alt="a").spec())
    chosen = bars().update_layout(template=go.layout.Template(layout={"font": {"size": 9}}))
    assert FigureBlock(chosen, alt="a").spec()["layout"]["template"] == {"layout": {"font": {"size": 9}}}  # type: ignore[index]


def test_figure_in_html_cannot_be_left_by_its_data() -> None:
    """A closing tag in a label neither ends the JSON nor the attribute."""
    spec: dict[str, object] = {
        "data": [{"name": "</script><b>"}],
        "layout": {"meta": {"alt": '"><b>', "caption": "<i>"}},
    }
    page = figure_html(spec, "fig-1")
    assert page == (
        '<figure class="figure" data-name="fig-1"><div class="plot" role="img" aria-label="&quot;&gt;&lt;b&gt;">'
        '<p class="alt">&quot;&gt;&lt;b&gt;</p></div><script type="application/json">'
        '{"data":[{"name":"\\u003c/script\\u003e\\u003cb\\u003e"}],"layout":{"meta":{}}}</script>'
        "<figcaption>&lt;i&gt;</figcaption></figure>"
    )


def test_figure_in_markdown_is_a_picture_or_its_words() -> None:
    """Without a browser there is no picture, and the words stand in for it."""
    spec = FigureBlock(bars(), alt="One bar", caption="It is 1.").spec()
    assert figure_markdown(spec, "figures/x.svg") == "![One bar](figures/x.svg)\n\nIt is 1."
    assert figure_markdown(spec) == "*Figure:* One bar\n\nIt is 1."


def test_figure_of_a_person_is_named_by_its_title() -> None:
    """A figure from a cell somebody added has no words of ours."""
    assert figure_markdown({"layout": {"title": {"text": "Load"}}}) == "*Figure:* Load"
    assert figure_markdown({}) == "*Figure:* Figure without a description"
