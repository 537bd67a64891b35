"""The sheet of a template file that explains its columns."""

from collections.abc import Iterator
from typing import Any

from bcf.base.columns import Column
from bcf.base.resources import RowResource
from bcf.files import writing

COLUMNS = (
    writing.Column("column"),
    writing.Column("what it is"),
    writing.Column("needed"),
    writing.Column("what to write", writing.Kind.LONG_TEXT),
    writing.Column("choice"),
    writing.Column("choice in words", writing.Kind.LONG_TEXT),
)


def guide(resource: RowResource, plan: Any = None) -> writing.Sheet:
    """One row a column, or one a choice; the choices are those of the plan's cycle."""
    rows = (row for column in resource.columns for row in _rows(resource, column, plan))
    return writing.Sheet("Columns", COLUMNS, rows)


def _rows(resource: RowResource, column: Column, plan: Any) -> Iterator[list[writing.Cell]]:
    about: list[writing.Cell] = [
        column.column_name,
        column.label,
        _needed(resource, column),
        _what_to_write(resource, column),
    ]
    choices = column.widget.options(plan)
    if not choices:
        yield [*about, "", ""]
    for key, label in choices:
        yield [*about, key, label]


def _needed(resource: RowResource, column: Column) -> str:
    if column.column_name == resource.REF and resource.makes_refs:
        return "to change a row"
    return "yes" if column.is_needed else "no"


def _what_to_write(resource: RowResource, column: Column) -> str:
    if column.column_name == resource.REF and resource.makes_refs:
        return "The ref of a row, as an export writes it, to change that row. Empty for a new row."
    return ". ".join(each.rstrip(".") for each in (column.widget.hint(), column.help) if each)
