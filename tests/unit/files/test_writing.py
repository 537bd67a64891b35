"""What is written comes back the same, and no text becomes a formula."""

import csv
import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.files.formula_marks import mark, mark_again, unmark
from bcf.files.reading import read_table
from bcf.files.writing import CannotWrite, Cell, Column, Kind, Sheet, csv_lines, workbook

COLUMNS = (
    Column("ref"),
    Column("amount", Kind.MONEY),
    Column("value", Kind.NUMBER),
    Column("on", Kind.DATE),
    Column("note", Kind.LONG_TEXT),
)
ROW: tuple[Cell, ...] = ("a", Decimal("1234.50"), 7, datetime.date(2015, 4, 1), "£ – café")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'=1", "''-x"]

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t='-+@_x"), max_size=30
)


def as_csv(*rows: tuple[Cell, ...]) -> bytes:
    return "".join(csv_lines(COLUMNS, rows)).encode()


def as_xlsx(*rows: tuple[Cell, ...]) -> bytes:
    return workbook([Sheet("Rows", COLUMNS, rows)])


def page_of(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_csv_is_read_by_excel_as_utf_8_and_numbers_are_plain() -> None:
    assert as_csv(ROW, (None, None, True, None, "")).decode("utf-8") == (
        "\ufeffref,amount,value,on,note\r\na,1234.50,7,2015-04-01,£ – café\r\n,,yes,,\r\n"
    )


def test_csv_is_streamed_row_by_row() -> None:
    taken: list[int] = []

    def rows() -> object:
        for number in range(3):
            taken.append(number)
            yield (str(number),)

    lines = csv_lines([Column("ref")], rows())  # type: ignore[arg-type]
    next(lines)
    next(lines)
    assert taken == [0]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_marked_in_csv(text: str) -> None:
    cell = next(csv.reader(io.StringIO(as_csv((text,)).decode().partition("\r\n")[2], newline="")))

    assert cell == ["'" + text]


def test_a_number_is_not_marked() -> None:
    assert as_csv(("a", Decimal("-5.00"))).decode().splitlines()[1] == "a,-5.00"


@pytest.mark.parametrize("text", FORMULAS[:5])
def test_a_text_that_looks_like_a_formula_is_a_text_in_a_workbook(text: str) -> None:
    cell = page_of(as_xlsx((text,))).cell(2, 1)

    assert (cell.data_type, cell.value) == ("s", text)


def test_a_workbook_has_money_as_numbers_and_its_head_stays() -> None:
    page = page_of(as_xlsx(ROW))

    assert page.freeze_panes == "A2"
    assert [cell.value for cell in page[2]] == [
        "a",
        1234.5,
        7,
        datetime.datetime(2015, 4, 1),
        "£ – café",
    ]
    assert page["B2"].number_format == "£#,##0.00"
    assert page["A1"].font.bold


def test_a_workbook_holds_nothing_that_runs_or_leads_elsewhere() -> None:
    content = as_xlsx(("=HYPERLINK()", None, None, None, "https://example.org/"), ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_more_digits_than_a_spreadsheet_keeps_are_written_as_text() -> None:
    digits = Decimal("12345678901234.5678")

    assert page_of(as_xlsx(("a", None, digits)))["C2"].value == "12345678901234.5678"


def test_what_does_not_fit_into_a_workbook_is_refused_with_a_sentence() -> None:
    with pytest.raises(CannotWrite, match="Choose CSV"):
        as_xlsx(("x" * 32_768,))


def test_a_workbook_may_have_several_sheets() -> None:
    content = workbook([Sheet("Rows", COLUMNS, []), Sheet("Choices", [Column("column")], [("a",)])])

    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Rows", "Choices"]


@given(texts)
def test_a_mark_is_always_taken_away_again(text: str) -> None:
    assert unmark(mark(text)) == text
    assert unmark(mark_again(text)) == text


@given(st.lists(st.tuples(texts.filter(str.strip), texts), min_size=1, max_size=5))
def test_csv_comes_back_the_same(rows: list[tuple[str, str]]) -> None:
    lines = csv_lines([Column("ref"), Column("note")], rows)
    table = read_table("rows.csv", "".join(lines).encode())

    assert [row.cells for row in table.rows] == rows


@given(st.lists(st.tuples(texts.filter(str.strip), texts), min_size=1, max_size=3))
def test_a_workbook_comes_back_the_same(rows: list[tuple[str, str]]) -> None:
    content = workbook([Sheet("Rows", [Column("ref"), Column("note")], rows)])
    table = read_table("rows.xlsx", content)

    assert [row.cells for row in table.rows] == rows
