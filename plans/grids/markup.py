"""The markup of a grid's rows, written straight: thousands of cells would be slow as templates."""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from plans.grids.columns import YES, Column
from plans.grids.sheet import GridRow, Sheet

# What stands for a row's place in the row that a script copies to add one.
PLACE = "__place__"
# The number of a row, its buttons for a copy and for removal.
ACTIONS = 3
# So many rows are laid out together.
GROUP = 25


def rows_markup(sheet: Sheet, rows: Iterable[GridRow]) -> SafeString:
    """The rows with their controls, each followed by what is wrong with it, in groups.

    A browser lays out a group when it comes into sight, so that many rows show as soon as few.
    """
    writers = [_Writer(column) for column in sheet.columns]
    made = [_row(writers, str(n), row) for n, row in enumerate(rows)]
    groups = (made[first : first + GROUP] for first in range(0, len(made), GROUP))
    return mark_safe("".join(f"<tbody>{''.join(group)}</tbody>" for group in groups))  # noqa: S308


def new_row_markup(sheet: Sheet) -> SafeString:
    """The row that a script copies for each row that it adds."""
    writers = [_Writer(column) for column in sheet.columns]
    return mark_safe(_row(writers, PLACE, sheet.blank()))  # noqa: S308


def plain_markup(sheet: Sheet, rows: Iterable[GridRow]) -> SafeString:
    """The rows as words alone, for who may not change them."""
    columns = sheet.columns
    return mark_safe("".join(_plain_row(columns, n, row) for n, row in enumerate(rows, 1)))  # noqa: S308


def cell_id(place: int | str, column: str) -> str:
    """The address on the page of a cell with an error."""
    return f"r{place}-{column}"


class _Writer:
    """Writes the cells of one column; what is the same in all of them is prepared once."""

    def __init__(self, column: Column) -> None:
        self.name, self.kind = column.name, column.kind
        self.label = escape(column.label)
        keyboard = ' inputmode="decimal"' if column.is_figure else ""
        self._after = f', {self.label}"{keyboard}'
        # A browser takes longer over these than over all the rest, so that rows which are only
        # shown have none; a script adds it to the cell that is edited.
        self._list = f' list="list-{column.name}"' if column.words else ""
        sort = " money" if column.is_figure else " yes" if column.kind == "yes" else ""
        self._cell = f'<td class="is-{column.width}{sort}">'

    def cell(self, place: str, label: str, text: str, wrong: str, is_typed: bool) -> str:
        name = f'name="r{place}-{self.name}"{wrong} aria-label="Row {label}{self._after}'
        if self.kind == "yes":
            ticked = " checked" if text else ""
            return f'{self._cell}<input type="checkbox" value="{YES}" {name}{ticked}></td>'
        if self.kind == "long":
            return f'{self._cell}<textarea rows="1" {name}>\n{escape(text)}</textarea></td>'
        offered = self._list if is_typed else ""
        return f'{self._cell}<input {name}{offered} value="{escape(text)}"></td>'


def _row(writers: Sequence[_Writer], place: str, row: GridRow) -> str:
    label = str(int(place) + 1) if place.isdecimal() else PLACE
    is_typed = row.number is None or row.is_kept
    cells = (
        each.cell(place, label, row.cells[each.name], _wrong(place, row, each.name), is_typed)
        for each in writers
    )
    classed = _classed(row)
    kept = ' data-kept="1"' if row.is_kept else ""
    gone = " checked" if row.is_removed else ""
    return (
        f'<tr data-row="{place}"{kept}{classed}>'
        f'<th scope="row" class="is-number">{label}'
        f'<input type="hidden" name="r{place}-row" value="{escape(row.token)}"></th>'
        f'<td class="is-act"><button name="_duplicate" value="{place}" '
        f'aria-label="Duplicate row {label}">+</button></td>'
        f'<td class="is-act yes"><input type="checkbox" name="r{place}-gone" value="1"{gone} '
        f'aria-label="Remove row {label}"></td>{"".join(cells)}</tr>'
        f"{_errors(writers, place, label, row)}"
    )


def _classed(row: GridRow) -> str:
    names = [*(["is-gone"] if row.is_removed else []), *(["is-wrong"] if row.errors else [])]
    return f' class="{" ".join(names)}"' if names else ""


def _wrong(place: str, row: GridRow, name: str) -> str:
    """What ties a cell to its error; a row's own error is tied to its first cell."""
    if not row.errors:
        return ""
    names = [name] if name in row.errors else []
    if "" in row.errors and name == next(iter(row.cells)):
        names.append("")
    if not names:
        return f' id="{cell_id(place, name)}"'
    described = " ".join(f"e{place}-{each}" for each in names)
    invalid = ' aria-invalid="true"' if name in row.errors else ""
    return f' id="{cell_id(place, name)}" aria-describedby="{described}"{invalid}'


def _errors(writers: Sequence[_Writer], place: str, label: str, row: GridRow) -> str:
    if not row.errors:
        return ""
    labels = {each.name: f"{each.label}: " for each in writers}
    said = "".join(
        f'<li id="e{place}-{name}">{labels.get(name, "")}{escape(" ".join(sentences))}</li>'
        for name, sentences in row.errors.items()
    )
    theirs = (
        f'<button name="_theirs" value="{place}">Take theirs in row {label}</button>'
        if row.is_conflict
        else ""
    )
    return (
        f'<tr class="app-grid__errors"><td colspan="{len(writers) + ACTIONS}">'
        f"<div><ul>{said}</ul>{theirs}</div></td></tr>"
    )


def _plain_row(columns: Sequence[Column], number: int, row: GridRow) -> str:
    cells = "".join(_plain_cell(column, row.cells[column.name]) for column in columns)
    return f'<tr><th scope="row">{number}</th>{cells}</tr>'


def _plain_cell(column: Column, text: str) -> str:
    if column.kind == "yes":
        text = "Yes" if text else "No"
    return (
        f'<td class="money">{escape(text)}</td>' if column.is_figure else f"<td>{escape(text)}</td>"
    )
