"""A table of figures as plain values, which the page and the PDF draw alike.

Nothing here knows Django. `{% table t %}` draws a `Table` on a page; `formatted` gives the
words of one cell to any other writer, so that a figure reads the same wherever it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bcf.money import format_pounds

Kind = Literal["text", "money", "number", "percent"]
Value = str | Decimal | int | None

NOT_STATED = "not stated"
NOTHING_RECORDED = "Nothing recorded."
MINUS = "\N{MINUS SIGN}"


class ShapeError(ValueError):
    """A row has more or fewer cells than the table has columns."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its values are, and whether they name their rows."""

    label: str
    kind: Kind = "text"
    is_row_header: bool = False

    @property
    def is_figure(self) -> bool:
        """True where values are numbers, which stand to the right."""
        return self.kind != "text"


@dataclass(frozen=True)
class Cell:
    """One value, with the address it leads to, a small note underneath, and a tag's colour.

    A `Decimal` in a money column is pounds, in a percent column is percentage points
    (12.5 is "12.5%"). None is "not stated". A `str` is shown as it stands in any column.
    """

    value: Value = None
    url: str = ""
    note: str = ""
    tag_colour: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a table; `emphasis` marks a subtotal, `indent` a part of the line above."""

    cells: tuple[Cell, ...]
    emphasis: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Working:
    """How one figure of a table was made, in words, with links to the rows it was made of.

    `label` names the figure and `value` says it as the table does; `links` are words and addresses.
    """

    label: str
    value: str
    how: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A captioned table. `key` is a slug, unique on its page; `empty` stands in for no rows.

    `workings` say on request how its figures were made.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[str, ...] = ()
    empty: str = ""
    workings: tuple[Working, ...] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row.cells) != len(self.columns):
                raise ShapeError(
                    f"A row of table {self.key!r} has {len(row.cells)} cells "
                    f"for {len(self.columns)} columns."
                )

    @property
    def empty_text(self) -> str:
        """The sentence to show in place of a table without rows."""
        return self.empty or NOTHING_RECORDED


def build_row(cells: Iterable[Cell | Value], *, emphasis: bool = False, indent: int = 0) -> Row:
    """A row from cells or bare values."""
    made = tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells)
    return Row(made, emphasis=emphasis, indent=indent)


def build_table(
    key: str,
    caption: str,
    columns: Iterable[Column | str],
    rows: Iterable[Row | Iterable[Cell | Value]],
    *,
    total: Row | Iterable[Cell | Value] | None = None,
    notes: Iterable[str] = (),
    empty: str = "",
    workings: Iterable[Working] = (),
) -> Table:
    """A table from columns or their labels, and from rows, cells or bare values.

    Raises `ShapeError` where a row does not fit the columns.
    """
    return Table(
        key=key,
        caption=caption,
        columns=tuple(c if isinstance(c, Column) else Column(c) for c in columns),
        rows=tuple(_as_row(row) for row in rows),
        total=None if total is None else _as_row(total),
        notes=tuple(notes),
        empty=empty,
        workings=tuple(workings),
    )


def _as_row(row: Row | Iterable[Cell | Value]) -> Row:
    return row if isinstance(row, Row) else build_row(row)


def formatted(cell: Cell, column: Column) -> str:
    """The words of a cell: "£23,412,000", "1,234.5", "78%", "not stated"."""
    if cell.value is None:
        return NOT_STATED
    if isinstance(cell.value, str):
        return cell.value
    if column.kind == "money":
        return format_pounds(Decimal(cell.value))
    if column.kind == "percent":
        return f"{format_number(cell.value)}%"
    if column.kind == "number":
        return format_number(cell.value)
    return str(cell.value)


def format_number(value: Decimal | int) -> str:
    """A number with thousands separated and a true minus sign; no trailing noughts."""
    text = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def data_amount(cell: Cell, column: Column) -> str:
    """The amount of a money cell for machines, as "23412000.00"; empty where it is none."""
    if column.kind != "money" or cell.value is None or isinstance(cell.value, str):
        return ""
    return f"{Decimal(cell.value):.2f}"
