"""The rows of a grid's page: as stored, or as posted with everything typed still there."""

from typing import Any

from plans.grids.sheet import MOST_ROWS, GridRow, Posted, Sheet

BLANK_ROWS = 5
MORE_ROWS = 10


def stored_rows(sheet: Sheet, *, with_blanks: bool) -> list[GridRow]:
    """The rows as stored, and after them some empty ones."""
    rows = [sheet.row_of(each) for each in sheet.stored().values()]
    return rows + _blanks(sheet, BLANK_ROWS, rows) if with_blanks else rows


def posted_rows(sheet: Sheet, posted: Posted) -> list[GridRow]:
    """The rows as posted, in their order; those not touched as stored now, then others’."""
    stored = sheet.stored()
    shown = [row for each in posted.rows.values() if (row := _again(sheet, posted, each, stored))]
    there = {row.number for row in shown}
    return [*shown, *(sheet.row_of(each) for pk, each in stored.items() if pk not in there)]


def _again(sheet: Sheet, posted: Posted, row: GridRow, stored: dict[int, Any]) -> GridRow | None:
    """A posted row for its next showing; None for one that somebody else has removed."""
    is_stored = row.number in stored
    row.is_kept = bool(row.is_kept or row.is_removed or row.errors or posted.touched(row))
    if row.number is not None and not row.is_kept:
        return sheet.row_of(stored[row.number]) if is_stored else None
    if row.number is not None and not is_stored and not row.cells:
        return None
    posted.complete(row, stored)
    return row


def with_more(sheet: Sheet, rows: list[GridRow]) -> list[GridRow]:
    """The rows and some empty ones after them."""
    return rows + _blanks(sheet, MORE_ROWS, rows)


def _blanks(sheet: Sheet, count: int, rows: list[GridRow]) -> list[GridRow]:
    """So many empty rows, or as many as the grid still holds."""
    return [sheet.blank() for _ in range(min(count, MOST_ROWS - len(rows)))]


def with_copy(posted: Posted, place: int) -> None:
    """Put a copy of a posted row, as a new row, after it."""
    rows: list[GridRow] = []
    for number, row in posted.rows.items():
        rows.append(row)
        if number == place and row.cells:
            rows.append(GridRow(dict(row.cells), is_kept=True))
    posted.rows = dict(enumerate(rows))


def with_theirs(posted: Posted, place: int) -> None:
    """Let a posted row be as it is stored now."""
    if place in posted.rows:
        row = posted.rows[place]
        posted.rows[place] = GridRow({}, number=row.number, token=row.token)
