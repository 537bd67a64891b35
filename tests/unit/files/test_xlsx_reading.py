"""Workbooks as Excel and others write them, and those that are refused."""

import datetime
import io
import zipfile
from typing import Any

import pytest

from bcf.files.reading import read_table
from bcf.files.table import FileRefused, Limits, Table
from bcf.files.xlsx_reading import is_percentage
from tests.unit.files.workbooks import MAIN, OFFICE, PACKAGE, book, package, sheet_data, zipped


def read(content: bytes, limits: Limits | None = None) -> Table:
    return read_table("Rows.XLSX", content, limits)


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, limits)
    return str(refused.value)


def one(value: Any, number_format: str = "") -> str:
    """A value as it comes back from a workbook in which its column has this format."""
    formats = {0: number_format} if number_format else None
    return read(book([["amount", "ref"], [value, "a"]], formats)).rows[0].cells[0]


def raw(cell: str, **parts: str) -> str:
    """What comes of one cell written by hand into A2."""
    return read(package(sheet_data(f'<row r="2">{cell}</row>'), **parts)).rows[0].cells[0]


def test_rows_carry_the_number_that_a_spreadsheet_shows() -> None:
    table = read(book([["ref", "amount"], ["a", 1], [], ["b", 2]]))

    assert table.columns == ("ref", "amount")
    assert [tuple(row) for row in table.rows] == [(2, ("a", "1")), (4, ("b", "2"))]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234, "", "1234"),
        (1234.5, "£#,##0.00", "1234.5"),
        (0.1 + 0.2, "", "0.3"),
        (-0.05, "", "-0.05"),
        (1e16, "", "10000000000000000"),
        (9999999999999.99, "", "9999999999999.99"),
        (0.625, "0.0%", "62.5%"),
        (0.07, "0%", "7%"),
        (62.5, '0.0"%"', "62.5"),
        (datetime.date(2015, 4, 1), "dd/mm/yyyy", "2015-04-01"),
        (datetime.datetime(2015, 4, 1, 9, 30), "dd/mm/yyyy hh:mm", "2015-04-01T09:30:00"),
        (True, "", "yes"),
        (False, "", "no"),
        ("=1+1", "", "=1+1"),
        ("'=1+1", "", "=1+1"),
        ("  kept  ", "", "  kept  "),
        ("two\nlines", "", "two\nlines"),
        ("a\r\nb", "", "a\r\nb"),
    ],
)
def test_a_cell_comes_as_people_write_it(value: Any, number_format: str, text: str) -> None:
    assert one(value, number_format) == text


def test_of_a_formula_its_result_is_read() -> None:
    assert raw('<c r="A2"><f>1+1</f><v>2</v></c>') == "2"
    assert raw('<c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>') == "ab"
    assert raw('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>') == "#DIV/0!"


def test_a_formula_without_its_result_is_refused_by_its_cell() -> None:
    cells = '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><f>A2+1</f></c></row>'

    assert "Cell A3 holds a formula" in refusal(package(sheet_data(cells)))


def test_dates_may_count_from_1904() -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    old_mac = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    cell = '<c r="A2" s="0"><v>366</v></c>'

    assert raw(cell, styles=styles) == "1900-12-31"
    assert raw(cell, styles=styles, workbook=old_mac) == "1905-01-01"


def test_shared_and_rich_strings_and_cells_without_a_place_are_read() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><r><t>ri</t></r><r><t>ch</t></r></si></sst>'

    assert raw('<c t="s"><v>0</v></c>', strings=strings) == "rich"


def test_a_workbook_without_styles_and_with_a_prefix_for_its_tags_is_read() -> None:
    sheet = (
        f'<x:sheetData xmlns:x="{MAIN}"><x:row><x:c t="inlineStr"><x:is><x:t>ref</x:t></x:is></x:c>'
        "</x:row><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData>"
    )

    assert read(package(sheet)).rows[0].cells == ("5",)


def test_the_first_visible_sheet_is_read_and_no_other() -> None:
    table = sheet_data('<row r="2"><c r="A2"><v>7</v></c></row>')
    content = zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Hidden" sheetId="1" state="hidden" r:id="rId1"/>'
            '<sheet name="Chart" sheetId="2" r:id="rId2"/>'
            '<sheet name="Rows" sheetId="3" r:id="rId3"/>'
            '<sheet name="More" sheetId="4" r:id="rId4"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/a.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/chartsheet" Target="chartsheets/b.xml"/>'
            f'<Relationship Id="rId3" Type="{OFFICE}/worksheet" Target="worksheets/c.xml"/>'
            f'<Relationship Id="rId4" Type="{OFFICE}/worksheet" Target="worksheets/d.xml"/>'
            "</Relationships>",
            "xl/worksheets/a.xml": "not even XML",
            "xl/worksheets/c.xml": f'<worksheet xmlns="{MAIN}">{table}</worksheet>',
            "xl/worksheets/d.xml": "<a>" * 1000,
        }
    )

    assert read(content).rows[0].cells == ("7",)


def test_cells_that_only_have_a_look_are_nothing_however_far_out() -> None:
    far = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="0"/></row>'
        '<row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    table = read(package(sheet_data(far)))

    assert (table.columns, [row.cells for row in table.rows]) == (("ref",), [("1",)])


def test_a_workbook_with_a_password_and_an_old_one_are_told_apart() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100

    assert "protected by a password" in refusal(compound + "EncryptedPackage".encode("utf-16-le"))
    assert "before 2007" in refusal(compound)


def test_what_is_cut_short_or_no_workbook_is_refused() -> None:
    whole = book([["ref"], ["a"]])
    other_zip = zipped({"word/document.xml": "<w/>"})
    flipped = bytearray(whole)
    flipped[whole.index(b"xl/worksheets/sheet1.xml") + 40] ^= 0xFF

    assert "cut short" in refusal(whole[:-30])
    assert "no Excel workbook" in refusal(other_zip)
    assert "damaged" in refusal(bytes(flipped))
    assert "no Excel workbook" in refusal(zipped({"xl/workbook.xml": "<workbook/>"}))


def test_a_locked_part_is_refused() -> None:
    content = bytearray(package(sheet_data("")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(signature, start + 1)) >= 0:
            content[start + place] |= 1

    assert "without a password" in refusal(bytes(content))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="2"/>', "damaged"),
        ('<row r="3"><c r="A3"><v>1</v></c></row><row r="2"/>', "damaged"),
        ('<row r="2"><c r="A2" t="s"><v>9</v></c></row>', "damaged"),
        ('<row r="2"><c r="ZZ2"><v>9</v></c></row>', "Cell ZZ2 lies beyond"),
        ('<row r="20002"><c><v>9</v></c></row>', "Cell A20002 lies beyond"),
        ("", "no rows under them"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(rows: str, says: str) -> None:
    assert says in refusal(package(sheet_data(rows)))


def test_a_workbook_without_anything_is_empty() -> None:
    assert "The file is empty" in refusal(book([]))


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(unzipped_bytes=1000), "unpacks to more than"),
        (Limits(cells=3), "holds too much"),
        (Limits(columns=1), "Cell B1 lies beyond"),
        (Limits(rows=1), "Cell A3 lies beyond"),
    ],
)
def test_beyond_a_limit_the_workbook_is_refused(limits: Limits, says: str) -> None:
    assert says in refusal(book([["ref", "note"], ["a", "b"], ["c", "d"]]), limits)


def test_a_percentage_is_told_by_its_format() -> None:
    assert is_percentage("0.0%")
    assert is_percentage('[Red]0%;-0%;"none"')
    assert not is_percentage('0"%"')
    assert not is_percentage("0\\%")
    assert not is_percentage("General")
