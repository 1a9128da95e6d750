"""Text as plotly draws it: a small HTML of its own, so what people and logs wrote is escaped first."""

from __future__ import annotations

from incident_analytics.reporting.blocks.escape import printable

# A pair of dollar signs would be read as TeX where MathJax is loaded, as in JupyterLab.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}


def one_line(text: str) -> str:
    r"""The text on one line, without characters that no page may carry.

    >>> one_line("pool\n  resized")
    'pool resized'
    """
    return " ".join(printable(text).split())


def plot_text(text: str, *, bold: bool = False, colour: str = "") -> str:
    """The text for a label or a hover box, shown as it stands.

    Args:
        text: Anything that anyone wrote.
        bold: Set in bold.
        colour: The colour of a part of a label; empty for that of the label.

    >>> plot_text("<b> & $45", bold=True)
    '<b>&lt;b&gt; &amp; &#36;45</b>'
    """
    escaped = "".join(_ENTITIES.get(sign, sign) for sign in one_line(text))
    if bold:
        escaped = f"<b>{escaped}</b>"
    return f'<span style="color:{colour}">{escaped}</span>' if colour else escaped
