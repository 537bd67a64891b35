"""Tables as CSV and XLSX in which no text becomes a formula."""

import csv
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

import xlsxwriter

from bcf.files.formula_marks import mark, mark_again

# None is an empty cell; a bool is written as yes or no.
Cell = str | Decimal | int | bool | datetime.date | None
BYTE_ORDER_MARK = "\ufeff"
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_575
# More digits than a spreadsheet keeps of a number: such a one is written as a text.
MOST_DIGITS = 15


class CannotWrite(Exception):
    """A table that does not fit into a workbook, with a sentence for a person."""


class Kind(StrEnum):
    """What a column holds, which says how wide it is and how its numbers look."""

    TEXT = "text"
    LONG_TEXT = "long text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """A column by its name, and what it holds."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook; its rows may be a stream."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


_FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.MONEY: {"num_format": "£#,##0.00"},
    Kind.DATE: {"num_format": "yyyy-mm-dd"},
    Kind.LONG_TEXT: {"text_wrap": True, "valign": "top"},
}
_WIDTHS = {Kind.LONG_TEXT: 50, Kind.TEXT: 22, Kind.MONEY: 18, Kind.NUMBER: 14, Kind.DATE: 12}


class _Line:
    """What `csv.writer` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, one by one; in UTF-8, Excel knows them by the mark at the start."""
    writer: Any = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow([mark(column.name) for column in columns])
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in row])


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return mark(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX workbook of these sheets; raises `CannotWrite` where one does not fit."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
    try:
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.title), sheet, head, formats)
    finally:
        # Takes its temporary files away, whatever happened.
        book.close()
    return target.getvalue()


def _write_sheet(page: Any, sheet: Sheet, head: Any, formats: dict[Kind, Any]) -> None:
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, max(_WIDTHS[column.kind], len(column.name) + 2))
        page.write_string(0, place, mark_again(column.name), head)
    looks = [formats.get(column.kind) for column in sheet.columns]
    for number, row in enumerate(sheet.rows, start=1):
        if number > MOST_ROWS:
            raise CannotWrite(
                f"A workbook holds {MOST_ROWS:,} rows and these are more. Filter the list, or "
                "choose CSV."
            )
        for place, cell in enumerate(row):
            _write_cell(page, number, place, cell, looks[place])


def _write_cell(page: Any, row: int, place: int, cell: Cell, look: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(row, place, "yes" if cell else "no", look)
    elif isinstance(cell, str):
        page.write_string(row, place, _text(cell), look)
    elif isinstance(cell, datetime.date):
        page.write_datetime(row, place, cell, look)
    elif len(Decimal(cell).as_tuple().digits) > MOST_DIGITS:
        page.write_string(row, place, format(Decimal(cell), "f"), look)
    else:
        page.write_number(row, place, cell, look)


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise CannotWrite(
            f"A cell of a workbook holds {LONGEST_TEXT:,} characters and the text “{text[:40]}…” "
            "is longer. Choose CSV."
        )
    # Within a cell, Excel ends a line by a line feed alone.
    return mark_again(text.replace("\r\n", "\n").replace("\r", "\n"))
