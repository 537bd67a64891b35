"""Rows as tables of a document: the columns of the form, without those that nothing fills."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bcf.assurance.money_tables import source_notes
from bcf.assurance.rows import Held
from bcf.base.published import Citation
from bcf.reporting.documents.model import Origin, Tabled
from bcf.reporting.documents.reading import Reading
from bcf.reporting.documents.widths import needs_landscape
from bcf.ui.tables import Cell, Column, Kind, Row, Table, build_row, build_table
from plans.cycle_definitions import Block as FormBlock


@dataclass(frozen=True)
class Shown:
    """A column: its key in the form, its heading where the form has none, and what it shows."""

    key: str
    label: str
    value: Callable[[Any], Any]
    kind: Kind = "text"
    optional: bool = False


def row_table(
    reading: Reading,
    form: FormBlock,
    caption: str,
    columns: Sequence[Shown],
    rows: Sequence[Held],
    *,
    empty: str,
    key: str = "",
    origin: Origin | None = None,
    notes: Iterable[str] = (),
    place: Callable[[Any], str] | None = None,
    whose: bool = True,
) -> Tabled:
    """The rows as a table, with a column for their area where they are of several.

    `place` gives a small note under a row's first cell; `whose` is false where the caption says
    of which area the rows are.
    """
    first, *others = columns
    filled, unstated = _filled(others, rows)
    several = whose and bool(reading.parts) and origin is None
    heads = [
        Column(_head(form, first), is_row_header=True),
        *([Column("Area")] if several else []),
        *(Column(_head(form, each), each.kind) for each in filled),
    ]
    made = [
        build_row(
            [
                Cell(_shown(first, held.row), note=place(held.row) if place else ""),
                *([Cell(reading.area(held.plan))] if several else []),
                *(Cell(_shown(each, held.row)) for each in filled),
            ]
        )
        for held in rows
    ]
    said = [*notes, *_missing(form, unstated), *sources(held.row for held in rows)]
    table = build_table(key or form.key, caption, heads, made, notes=said, empty=empty)
    return tabled(table, origin)


def _head(form: FormBlock, column: Shown) -> str:
    return form.column_label(column.key, column.label)


def _filled(columns: Sequence[Shown], rows: Sequence[Held]) -> tuple[list[Shown], list[Shown]]:
    """The columns that at least one row fills, and the others."""
    filled = [
        each
        for each in columns
        if not rows or any(each.value(held.row) not in ("", None) for held in rows)
    ]
    return filled, [each for each in columns if each not in filled and not each.optional]


def _missing(form: FormBlock, unstated: Sequence[Shown]) -> list[str]:
    names = "; ".join(_head(form, each).lower() for each in unstated)
    return [f"Not answered in any row: {names}."] if names else []


def _shown(column: Shown, row: Any) -> Any:
    value = column.value(row)
    if column.optional and value in ("", None):
        return ""
    if column.kind != "text":
        return value
    return None if value in ("", None) else str(value)


def sources(rows: Iterable[Any]) -> list[str]:
    """One sentence for each document from which rows come."""
    found: list[Citation] = [row.citation for row in rows if row.citation]
    return source_notes(found, with_places=False)


def tabled(table: Table, origin: Origin | None = None) -> Tabled:
    """The table for the document, on a landscape page where it needs one."""
    return Tabled(table, is_wide=needs_landscape(table), origin=origin)


def without_empty(table: Table) -> Table:
    """The table without those of its later columns that no row fills; a note names them."""
    filled = [
        place
        for place in range(len(table.columns))
        if place == 0 or any(row.cells[place].value not in ("", None) for row in table.rows)
    ]
    lost = [each.label.lower() for n, each in enumerate(table.columns) if n not in filled]
    if not lost or not table.rows:
        return table

    def cut(row: Row) -> Row:
        return replace(row, cells=tuple(row.cells[place] for place in filled))

    return replace(
        table,
        columns=tuple(table.columns[place] for place in filled),
        rows=tuple(map(cut, table.rows)),
        total=cut(table.total) if table.total and _says_more(table.total, filled) else None,
        notes=(f"Not answered in any row: {'; '.join(lost)}.", *table.notes),
    )


def _says_more(total: Row, filled: Sequence[int]) -> bool:
    """Whether anything but its label is left of a total."""
    return any(total.cells[place].value not in ("", None) for place in filled if place)


def inherited_pair(
    reading: Reading,
    kind: str,
    make: Callable[[list[Held], Origin | None, str], Tabled],
) -> list[Tabled]:
    """The plan's own rows as a table, and those of its joint plan as another, marked as such.

    `make` is given the rows, where they are inherited from, and what to add to the table's key.
    """
    own, inherited = reading.held(kind), reading.rows.inherited(kind)
    made = [make(own, None, "")] if own or not inherited else []
    return [*made, *([make(inherited, reading.origin, "-inherited")] if inherited else [])]


def money_row(cells: Iterable[Any], amounts: Iterable[Any], is_part: bool = False) -> Row:
    """A row of words followed by amounts; a part of the row above it stands further in."""
    return build_row([*cells, *(Cell(amount) for amount in amounts)], indent=int(is_part))
