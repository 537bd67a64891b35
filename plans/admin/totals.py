"""The totals under a list of the admin, as a table that says what counts and what does not."""

from collections.abc import Iterator

from bcf.base.sums import Added, SumOfRows, Totals, total_of
from bcf.ui.tables import Column, Row, Table, build_row, build_table


def totals_table(totals: Totals, *, is_narrowed: bool) -> Table | None:
    """The sums of all rows of a list, on whatever page one is; None where none is added up."""
    rows = [row for each in totals.sums for row in _rows(each)]
    if not rows or not totals.rows:
        return None
    return build_table(
        "totals",
        _caption(totals.rows, is_narrowed),
        [
            Column("What is added up", is_row_header=True),
            Column("Rows", "number"),
            Column("Of these, stating no amount", "number"),
            Column("Total (£)", "money"),
        ],
        rows,
    )


def _caption(rows: int, is_narrowed: bool) -> str:
    if rows == 1:
        return "Totals of the one row that matches" if is_narrowed else "Totals of the one row"
    return f"Totals of all {rows:,} rows" + (" that match" if is_narrowed else "")


def _rows(each: SumOfRows) -> Iterator[Row]:
    several = sum(part.part.counts for part in each.parts) > 1
    for part in each.parts:
        yield _row(each, part)
    if several:
        yield build_row([f"{each.label}: together", "", "", total_of(each.parts)], emphasis=True)


def _row(each: SumOfRows, part: Added) -> Row:
    words = part.part.label
    label = f"{each.label}: {words[:1].lower()}{words[1:]}" if words else each.label
    prefix = "" if part.part.counts else "Left out of "
    if prefix:
        label = f"{prefix}{label[:1].lower()}{label[1:]}"
    return build_row([label, part.rows, part.unstated, part.amount], emphasis=part.part.counts)


def refusals(totals: Totals) -> list[str]:
    """Why some of the money of a list is not added up; nothing where there are no rows."""
    return [each.refusal for each in totals.sums if each.refusal] if totals.rows else []
