"""Who may read and change metric values, populations and context figures."""

from typing import Any

from bcf.accounts.access import Ability
from metrics.queries import stated_rows_editable_by, stated_rows_visible_to
from plans.models import Board
from plans.scopes import Scope


def _boards(row: Any) -> list[Board]:
    return [row.board] if row.board else []


STATED_ROWS = Scope(
    visible=stated_rows_visible_to,
    editable=stated_rows_editable_by,
    plan_of=lambda row: row.plan,
    boards_of=_boards,
    ability=Ability.LOAD_ACTUALS,
    settled=("plan", "board"),
)
