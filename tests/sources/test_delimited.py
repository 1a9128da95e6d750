"""Delimited text is split into rows; what is broken is named with its line."""

from __future__ import annotations

from incident_analytics.sources.delimited import read_table


def test_line_of_a_row_is_its_first_though_a_quoted_cell_spans_several() -> None:
    """Lines counted by hand: the header is 1, the first row 2 and 3, the second 4."""
    table = read_table('pid,query\n1,"select\n 1"\n2,x\n')
    assert table.rows == (("1", "select\n 1"), ("2", "x"))
    assert table.lines == (2, 4)


def test_semicolons_tabs_and_an_excel_directive_are_understood() -> None:
    """The delimiter is the one that splits the header most."""
    assert read_table("sep=;\r\na;b\r\n1;2\r\n").rows == (("1", "2"),)
    assert read_table("a\tb\n1\t2,5\n").rows == (("1", "2,5"),)
    assert read_table("sep=;\r\na;b\r\n1;2\r\n").lines == (3,)


def test_blank_lines_are_no_rows() -> None:
    """Grafana ends its files with one."""
    assert read_table("a,b\r\n\r\n1,2\r\n\r\n").rows == (("1", "2"),)


def test_short_and_long_rows_are_kept_and_named() -> None:
    """Missing cells are empty, extra ones cut."""
    table = read_table("a,b\n1\n1,2,3\n")
    assert table.rows == (("1", ""), ("1", "2"))
    assert [(each.line, each.reason) for each in table.broken] == [
        (2, "1 cells where the header has 2"),
        (3, "3 cells where the header has 2"),
    ]
    assert table.lost == 0


def test_a_broken_quote_loses_its_row_alone() -> None:
    """The row after it is read."""
    table = read_table('a,b\n1,"x"y\n2,z\n')
    assert table.rows == (("2", "z"),)
    assert (table.lost, table.broken[0].line) == (1, 2)


def test_a_quote_cut_off_at_the_end_is_one_lost_row() -> None:
    """A truncated file keeps what came before."""
    table = read_table('a,b\n1,x\n2,"cut')
    assert table.rows == (("1", "x"),)
    assert (table.lost, table.broken[0].line) == (1, 3)


def test_a_cell_of_a_megabyte_loses_its_row_alone() -> None:
    """Python's csv refuses cells over 128 KiB."""
    table = read_table(f"a,b\n1,{'x' * 1_000_000}\n2,z\n")
    assert table.rows == (("2", "z"),)
    assert table.lost == 1


def test_nothing_has_no_header() -> None:
    """Neither has a file of blank lines."""
    assert read_table("").header == ()
    assert read_table("\n \n").header == ()
