"""Delimited text: each row with the line it began on, and what does not fit is lost by name, not shifted."""

from __future__ import annotations

import pytest

from incident_analytics.sources.histories.csv_table import distinct, read_csv_table


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_rows_and_their_lines(mark: str, end: str) -> None:
    """Any delimiter, any line end; blank lines are passed over and counted as lines."""
    text = end.join([mark.join(row) for row in (["a", "b"], ["1", ""], [])] + [mark.join(["2", "x y"])]) + end
    table = read_csv_table(text.encode())
    assert table.frame.rows() == [("1", None), ("2", "x y")]
    assert table.lines.to_list() == [2, 4]
    assert (table.lost, table.notes) == ((), ())


def test_only_the_wanted_columns_are_kept() -> None:
    """The others are still known by name."""
    table = read_csv_table(b"a,b,c\n1,2,3\n", ["c", "a"])
    assert table.frame.to_dicts() == [{"a": "1", "c": "3"}]
    assert table.names == ("a", "b", "c")


def test_quoted_cells_may_hold_anything() -> None:
    """Delimiters, quotes and line ends; the next row's line counts them."""
    table = read_csv_table(b'a,b\n"1,5","say ""hi"""\n"two\nlines",x\n3,y\n')
    assert table.frame.rows() == [("1,5", 'say "hi"'), ("two\nlines", "x"), ("3", "y")]
    assert table.lines.to_list() == [2, 3, 5]


def test_rows_that_do_not_fit_are_lost_with_their_line() -> None:
    """A cell too many or too few would shift what stands behind it."""
    table = read_csv_table(b"a,b\n1,2\n3,4,5\n6\n7,8\n")
    assert table.frame.rows() == [("1", "2"), ("7", "8")]
    assert table.lines.to_list() == [2, 5]
    assert [(lost.line, lost.reason) for lost in table.lost] == [
        (3, "more or fewer cells than the header"), (4, "more or fewer cells than the header"),
    ]  # fmt: skip


def test_broken_quotes_lose_their_rows_alone() -> None:
    """Text behind a closing quote."""
    table = read_csv_table(b'a,b\n1,2\n"x"y,3\n4,5\n')
    assert table.frame.rows() == [("1", "2"), ("4", "5")]
    assert [lost.line for lost in table.lost] == [3]


@pytest.mark.parametrize(
    ("data", "encoding", "cell"),
    [
        ("a,b\né,1\n".encode("utf-8-sig"), None, "é"),
        ("a,b\né,1\n".encode("utf-16"), None, "é"),
        ("a,b\né,1\n".encode("latin-1"), "latin-1", "é"),
        ("a,b\n€,1\n".encode("cp1252"), "cp1252", "€"),
    ],
)
def test_encodings(data: bytes, encoding: str | None, cell: str) -> None:
    """With a mark or told by the mapping."""
    table = read_csv_table(data, encoding=encoding)
    assert table.frame["a"].to_list() == [cell]
    assert table.notes == ()


def test_bytes_that_are_no_text_are_told() -> None:
    """They read as U+FFFD."""
    table = read_csv_table(b"a,b\n\xe9,1\n")
    assert table.frame["a"].to_list() == ["\ufffd"]
    assert table.notes == ("bytes that are not utf-8, first on line 2; they read as U+FFFD",)


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n", "sep=;\na;b\n"])
def test_table_without_rows(text: str) -> None:
    """Nothing is made up."""
    assert read_csv_table(text.encode()).frame.height == 0


def test_line_of_excel_is_no_header() -> None:
    """It tells the delimiter, and counts as a line."""
    table = read_csv_table(b"sep=;\na;b\n1;2\n")
    assert table.frame.to_dicts() == [{"a": "1", "b": "2"}]
    assert table.lines.to_list() == [3]


def test_repeated_names_are_numbered() -> None:
    """Jira repeats Comment."""
    assert distinct(["Comment", "id", "Comment"]) == ("Comment", "id", "Comment (2)")
