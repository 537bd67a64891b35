"""Figures of files that are suppressed: read from marks in place of the value, written as one."""

from collections.abc import Callable
from typing import Any

from bcf.base.cells import NumberCell, YesNoCell
from bcf.files.table import Table, TableRow
from bcf.files.writing import Cell
from metrics.rules import MARK, is_suppression_mark

VALUE, NUMERATOR, FLAG = "value", "numerator", "is_suppressed"
YES, NO = "yes", "no"
WITHHELD = "Yes: a small number is withheld. It is not 0, and not missing."


class FigureCell(NumberCell):
    """A value, or in its place the mark of one that is suppressed."""

    def write(self, value: Any, row: Any, directory: Any) -> Cell:
        is_marked = value is None and row is not None and row.is_suppressed
        return MARK if is_marked else super().write(value, row, directory)

    def hint(self) -> str:
        return f"{super().hint()}; *, c, {MARK}, <6, 1-5 or suppressed where it is withheld"


class SuppressedCell(YesNoCell):
    """Whether a figure is suppressed, with what that means where it is."""

    def show(self, value: Any, row: Any) -> str:
        return WITHHELD if value else super().show(value, row)


def with_flags(table: Table, column_of: Callable[[str], str]) -> Table:
    """The table with the marks of its value column as yes in the column of what is suppressed.

    A mark in the numerator of such a row says the same once more. In a file without that column
    the value says by itself whether it is suppressed. `column_of` gives the column that a head
    means.
    """
    names = [column_of(each) for each in table.columns]
    if VALUE not in names:
        return table
    columns = table.columns if FLAG in names else (*table.columns, FLAG)
    rows = tuple(TableRow(each.number, _flagged(each.cells, names)) for each in table.rows)
    return Table(columns, rows)


def _flagged(cells: tuple[str, ...], names: list[str]) -> tuple[str, ...]:
    named = [*names, FLAG] if FLAG not in names else names
    made = [*cells, NO] if FLAG not in names else [*cells]
    if is_suppression_mark(made[names.index(VALUE)]):
        made[names.index(VALUE)], made[named.index(FLAG)] = "", YES
        if NUMERATOR in names and is_suppression_mark(made[names.index(NUMERATOR)]):
            made[names.index(NUMERATOR)] = ""
    return tuple(made)
