"""Tables with captions, scopes and aligned columns."""

from __future__ import annotations

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks import Column, Pill, Table

TABLE = Table(
    "Recorded <beside> measured",
    (Column("What"), Column("Recorded", "right")),
    (("Users | all", "15,000"), ("Revenue", None)),
    (Pill("doubtful"), " see below"),
)


def test_table_has_caption_and_scopes() -> None:
    """Headings say what they head; the region can be reached and has a name."""
    assert TABLE.html() == (
        '<div class="scroll" role="region" aria-label="Recorded &lt;beside&gt; measured" tabindex="0">'
        "<table><caption>Recorded &lt;beside&gt; measured</caption>"
        '<thead><tr><th scope="col">What<th scope="col" class="n">Recorded'
        '<tbody><tr><th scope="row">Users | all<td class="n">15,000'
        '<tr><th scope="row">Revenue<td class="n">\N{EN DASH}</table></div>'
        '<p class="table-note"><span class="pill">doubtful</span> see below</p>'
    )


def test_pipe_in_a_cell_stays_in_its_cell() -> None:
    """Markdown tables are cut at pipes, so pipes are escaped."""
    assert TABLE.markdown() == (
        "*Recorded &lt;beside> measured*\n\n| What | Recorded |\n| --- | ---: |\n"
        "| Users \\| all | 15,000 |\n| Revenue | \N{EN DASH} |\n\ndoubtful see below"
    )


def test_plain_table_has_even_columns() -> None:
    """Numbers end at the same place."""
    assert TABLE.plain() == (
        "Recorded <beside> measured\nWhat         Recorded\nUsers | all    15,000\n"
        "Revenue             \N{EN DASH}\ndoubtful see below"
    )


def test_table_without_rows_says_so() -> None:
    """No empty grid is shown."""
    empty = Table("Slow queries", (Column("Query"),), (), empty="None was seen.")
    assert empty.html() == '<p class="empty"><b>Slow queries</b> None was seen.</p>'
    assert empty.markdown() == "*Slow queries* None was seen."
    assert empty.plain() == "Slow queries None was seen."


def test_row_that_does_not_fit_is_refused() -> None:
    """The error says which row of which table."""
    with pytest.raises(
        ParameterError, match=r"Sizes, row 2: a row does not fit its table: expected 1 cells, found '2'"
    ):
        Table("Sizes", (Column("a"),), (("1",), ("1", "2")))
