"""Whose figures are whose: those of one board alone, where a plan is of several."""

from collections.abc import Iterable

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
