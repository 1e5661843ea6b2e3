"""Files of ledgers hold what was seen: every cell, numbers exact, texts never run as formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.reports.listing import comma_separated, workbook
from zhiheng_web.ui.exporting import NotATable, seen_rows

SEEN = [[["名称", False], ["金额", False]], [["甲,乙\n丙", False], ["1,234.56", True]], [["=1+1", False], ["—", True]]]
WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@pytest.fixture
def client_in(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("jixiao")


def test_the_workbook_holds_the_rows_that_were_sent(client_in: Client) -> None:
    answer = client_in.post("/export/xlsx/", {"title": "绩效/目标表", "table": json.dumps(SEEN)})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["名称", "金额"], ["甲,乙\n丙", 1234.56], ["=1+1", "—"]]
    assert sheet["A3"].data_type == "s", "a text that looks like a formula stays a text"


def test_the_csv_holds_them_and_runs_nothing(client_in: Client) -> None:
    answer = client_in.post("/export/csv/", {"title": "表", "table": json.dumps(SEEN)})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows == [["名称", "金额"], ["甲,乙\n丙", "1234.56"], ["'=1+1", "—"]]


@pytest.mark.parametrize("sent", ["", "{", "[1]", '[["a"]]', '{"a":1}', "null"])
def test_what_is_no_table_is_refused(client_in: Client, sent: str) -> None:
    assert client_in.post("/export/csv/", {"table": sent}).status_code == 400
    with pytest.raises(NotATable):
        seen_rows(sent)


def test_it_is_for_those_who_have_signed_in(organisation: object, client: Client) -> None:
    assert client.post("/export/csv/", {"table": "[]"}).status_code in (302, 403)


def test_it_takes_no_reading_and_no_other_kind(client_in: Client) -> None:
    assert client_in.get("/export/csv/").status_code == 405
    assert client_in.post("/export/exe/", {"table": "[]"}).status_code == 400


@given(
    rows=st.lists(
        st.lists(st.one_of(WORDS, st.integers(-(10**20), 10**20), st.decimals(allow_nan=False, allow_infinity=False)), min_size=1)
    )
)
def test_every_cell_comes_through_a_csv(rows: list[list]) -> None:
    back = list(csv.reader(io.StringIO(comma_separated(rows).decode("utf-8-sig"), newline="")))
    assert [len(row) for row in back] == [len(row) for row in rows]
    for told, kept in zip(rows, back, strict=True):
        for value, text in zip(told, kept, strict=True):
            assert text.removeprefix("'") == value.removeprefix("'") if isinstance(value, str) else Decimal(text) == value


@given(numbers=st.lists(st.decimals(min_value=-(10**30), max_value=10**30, places=4), min_size=1, max_size=5))
def test_a_workbook_loses_no_digit(numbers: list[Decimal]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook("数", [["数"] * len(numbers), numbers]))).active
    cells = next(sheet.iter_rows(min_row=2, max_row=2))
    for number, cell in zip(numbers, cells, strict=True):
        digits = len("".join(map(str, number.as_tuple().digits)).strip("0"))
        assert (Decimal(repr(cell.value)) if cell.data_type == "n" else Decimal(cell.value)) == number
        assert (cell.data_type == "n") is (digits <= 15)
