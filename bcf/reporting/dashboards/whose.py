"""Whose a figure is: those of one board alone, and what is inherited."""

from collections.abc import Iterable
from datetime import date

from bcf.assurance.checks.record import Record
from bcf.assurance.measured import MetricFigure


def of_board(record: Record, board: str) -> Iterable[MetricFigure]:
    """The figures of this board alone: those of a joint area are not one board's.

    A plan of one board need not name it.
    """
    alone = {row.plans for row in record.boards if row.slug == board}
    is_alone = len(record.boards) == 1 and bool(alone)
    for each in record.measured.values:
        if each.board == board or (is_alone and not each.board and each.plan == record.slug):
            yield each


def inherited_risks(record: Record) -> frozenset[str]:
    """The refs of those risks that are the joint plan's."""
    return frozenset(row.ref for row in record.risks if row.owner not in record.family)


def begins(record: Record) -> date | None:
    """The first day of the plan's first year."""
    return record.money.years[0].starts_on if record.money.years else None
