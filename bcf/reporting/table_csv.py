"""A table of a page as a file: its rows, in plain figures, without the total under them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bcf.files.writing import Cell as Plain
from bcf.files.writing import Column as FileColumn
from bcf.files.writing import csv_lines
from bcf.money import PENNY
from bcf.ui.tables import Cell, Column, Table

UNITS = {"money": " (£)", "percent": " (%)"}


def table_csv(table: Table) -> Iterator[str]:
    """The lines of the file; what stands small under a figure has a column of its own."""
    noted = [any(row.cells[place].note for row in table.rows) for place in _places(table)]
    return csv_lines(
        [each for place in _places(table) for each in _columns(table.columns[place], noted[place])],
        (_line(row.cells, table.columns, noted) for row in table.rows),
    )


def _places(table: Table) -> range:
    return range(len(table.columns))


def _columns(column: Column, is_noted: bool) -> Iterator[FileColumn]:
    name = column.label + _unit(column)
    yield FileColumn(name)
    if is_noted:
        yield FileColumn(f"{name}: note")


def _unit(column: Column) -> str:
    unit = UNITS.get(column.kind, "")
    return "" if unit.strip() in column.label else unit


def _line(cells: Sequence[Cell], columns: Sequence[Column], noted: Sequence[bool]) -> list[Plain]:
    return [
        value
        for cell, column, is_noted in zip(cells, columns, noted, strict=True)
        for value in (_value(cell, column), *([cell.note] if is_noted else []))
    ]


def _value(cell: Cell, column: Column) -> Plain:
    if column.kind == "money" and isinstance(cell.value, Decimal | int):
        return Decimal(cell.value).quantize(PENNY)
    return cell.value
