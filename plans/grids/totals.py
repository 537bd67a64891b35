"""What the money of a grid comes to as it is typed, by year or by another column."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bcf.money import NotMoney, parse_pounds
from plans.grids.columns import Column
from plans.grids.sheet import GridRow, Sheet


@dataclass(frozen=True)
class Added:
    """What the rows of one year come to, in pounds; None where none states an amount."""

    key: str
    label: str
    amount: Decimal | None


def totals(sheet: Sheet, rows: Iterable[GridRow]) -> list[Added]:
    """The grid's total for each choice of its column, and for what is not among them."""
    total = sheet.grid.total
    if total is None:
        return []
    columns = {column.name: column for column in sheet.columns}
    by = columns[total.by]
    sums: dict[str, Decimal | None] = {}
    for row in rows:
        if row.is_removed or any(row.cells[name] != text for name, text in total.where.items()):
            continue
        amount, key = _pounds(columns[total.column], row), _read(by, row)
        if amount is not None:
            sums[key] = (sums.get(key) or Decimal(0)) + amount
    return [
        Added(key, by.words.of(key) if by.words and key else key, sums.get(key))
        for key in _keys(by, sums)
    ]


def _keys(by: Column, sums: dict[str, Decimal | None]) -> list[str]:
    offered = by.words.values if by.words else []
    return [*offered, *sorted(key for key in sums if key and key not in offered)]


def _read(column: Column, row: GridRow) -> str:
    try:
        return str(column.read(row.cells[column.name]))
    except ValueError:
        return ""


def _pounds(column: Column, row: GridRow) -> Decimal | None:
    text = _read(column, row)
    try:
        return parse_pounds(text) if text else None
    except NotMoney:
        return None
