"""Workbooks and Parquet as tables of incidents."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pytest

from incident_analytics.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.histories import History

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: list[list[str]], sheet: str = "Incidents") -> bytes:
    """A workbook of one sheet of texts, as Excel writes it."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


ROWS = [["No", "Opened", "Prio"], ["T-1", "15.01.2024 14:15", "P1"], ["T-2", "16.01.2024 09:00", "P9"]]
MAPPING = "columns: {No: id, Opened: started_at, Prio: severity}\nday_first: true\nzone: UTC\n"


def test_workbook_is_a_table(load: Callable[..., History]) -> None:
    """The first sheet, every cell a text; the lines are those of the sheet."""
    pytest.importorskip("fastexcel")
    history = load("x.xlsx", workbook(ROWS), MAPPING)
    assert history.frame.select("id", "line", "severity").rows() == [("T-1", 2, "SEV1"), ("T-2", 3, None)]
    assert history.frame["started_at"][0] == dt.datetime(2024, 1, 15, 14, 15, tzinfo=dt.UTC)


def test_sheet_that_is_not_there_is_an_error(load: Callable[..., History]) -> None:
    """The ones that are there are named."""
    pytest.importorskip("fastexcel")
    with pytest.raises(SourceError, match="there is no such sheet: expected Incidents, found 'Data'"):
        load("x.xlsx", workbook(ROWS), MAPPING + "sheet: Data\n")
    with pytest.raises(SourceError, match="this is not a workbook"):
        load("y.xlsx", b"no workbook", MAPPING)


def test_missing_reader_of_workbooks_says_what_to_install(
    load: Callable[..., History], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "fastexcel", None)
    with pytest.raises(
        SourceError, match=r"workbooks need one more package; pip install 'incident-analytics\[excel\]'"
    ):
        load("x.xlsx", workbook(ROWS), MAPPING)


def test_parquet_keeps_its_types(load: Callable[..., History]) -> None:
    """Datetimes, numbers and truths need no spelling."""
    frame = pl.DataFrame(
        {
            "key": [1, 2],
            "begin": pl.Series([dt.datetime(2024, 7, 15, 14, 15), None]),  # noqa: DTZ001
            "users": [1500.0, 2.5],
            "loss": [45000.25, None],
            "drill": [False, True],
        }
    )
    stream = io.BytesIO()
    frame.write_parquet(stream)
    mapping = (
        "columns: {key: id, begin: started_at, users: users_affected, loss: revenue_lost, drill: is_drill}\n"
        "zone: Europe/Berlin\ncurrency: EUR\n"
    )
    history = load("x.parquet", stream.getvalue(), mapping, drills="kept")
    assert history.frame.select("id", "users_affected", "revenue_currency", "is_drill").rows() == [
        ("1", 1500, "EUR", False), ("2", None, None, True),
    ]  # fmt: skip
    assert history.frame["started_at"][0].isoformat() == "2024-07-15T12:15:00+00:00"
    assert str(history.frame["revenue_lost"][0]) == "45000.2500"
    assert [(each.reason, each.count) for each in history.ledger.unread] == [("users_affected", 1)]
