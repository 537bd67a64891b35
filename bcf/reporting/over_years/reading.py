"""Reads the plans of a board alone, with their money, whatever their cycles."""

from collections.abc import Sequence
from dataclasses import dataclass

from bcf.assurance.gather import gather_each
from bcf.assurance.over_years import Column, columns_of
from plans.models import Board, Plan
from plans.queries import Somebody, plans_visible_to


@dataclass(frozen=True)
class YearsRead:
    """A board with the years of its own plans; `shared` are those that it has with other boards.

    The money of several boards is nobody's alone, and stands in no column.
    """

    board: Board
    plans: tuple[Plan, ...]
    shared: tuple[Plan, ...]
    columns: tuple[Column, ...]


def read_years(user: Somebody, board: Board) -> YearsRead:
    """The board's years as far as the reader may see them. Five queries, whatever there is."""
    found = plans_visible_to(user).filter(boards=board).order_by("cycle__first_year", "title")
    plans = list(found.prefetch_related("boards"))
    own = [plan for plan in plans if len(plan.boards.all()) == 1]
    figures = gather_each(own)
    cycles = [plan.asked for plan in own]
    return YearsRead(
        board=board,
        plans=tuple(own),
        shared=_without(plans, own),
        columns=columns_of(list(zip(figures, cycles, strict=True))),
    )


def _without(plans: Sequence[Plan], own: Sequence[Plan]) -> tuple[Plan, ...]:
    return tuple(plan for plan in plans if plan not in own)
