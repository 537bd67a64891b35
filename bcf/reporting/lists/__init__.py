"""Every list of rows that a plan's and a board's pages lead to, by group."""

from bcf.reporting.lists.base import RowList
from bcf.reporting.lists.money import CONTRIBUTIONS, REQUIREMENTS, SPEND_LINES

# The order in which a plan's page names them.
PLAN_LISTS: dict[str, tuple[RowList, ...]] = {
    "Money": (CONTRIBUTIONS, SPEND_LINES, REQUIREMENTS),
}
BOARD_LISTS: dict[str, tuple[RowList, ...]] = {}


def every_plan_list() -> list[RowList]:
    return [spec for group in PLAN_LISTS.values() for spec in group]


def every_board_list() -> list[RowList]:
    return [spec for group in BOARD_LISTS.values() for spec in group]
