"""Who may read and change rows that name a board, an agreement or a programme.

A row of a plan is changed while the plan is a draft; one that names no plan, by the editors of
one of its boards.
"""

from typing import Any

from governance.queries import (
    agreement_rows_editable_by,
    agreement_rows_visible_to,
    agreements_editable_by,
    agreements_visible_to,
    notes_editable_by,
    notes_visible_to,
    passages_editable_by,
    passages_visible_to,
    placed_editable_by,
    placed_visible_to,
    programme_rows_editable_by,
    programme_rows_visible_to,
    programmes_editable_by,
    programmes_visible_to,
    risk_share_terms_editable_by,
    risk_share_terms_visible_to,
    risk_shares_editable_by,
    risk_shares_visible_to,
)
from plans.models import Board, Plan
from plans.scopes import Scope


def _no_plan(row: Any) -> Plan | None:
    return None


def _plan(row: Any) -> Plan | None:
    """The row's own plan, or the plan that carries its agreement."""
    plan: Plan | None = getattr(row, "plan", None)
    agreement = getattr(row, "agreement", None)
    return plan or (agreement.plan if agreement else None)


def _boards(row: Any) -> list[Board]:
    """The boards of the row's agreement, or the row's own board."""
    agreement = getattr(row, "agreement", None)
    if agreement:
        return list(agreement.boards.all())
    return [row.board] if getattr(row, "board", None) else []


PLACED = Scope(
    visible=placed_visible_to,
    editable=placed_editable_by,
    plan_of=_plan,
    boards_of=_boards,
    settled=("plan", "board"),
)

AGREEMENTS = Scope(
    visible=lambda user, rows: rows.filter(pk__in=agreements_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=agreements_editable_by(user).values("pk")),
    plan_of=_plan,
    boards_of=lambda agreement: list(agreement.boards.all()),
    settled=("plan",),
)

AGREEMENT_ROWS = Scope(
    visible=agreement_rows_visible_to,
    editable=agreement_rows_editable_by,
    plan_of=_plan,
    boards_of=_boards,
    settled=("agreement",),
)

NOTES = Scope(
    visible=lambda user, rows: rows.filter(pk__in=notes_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=notes_editable_by(user).values("pk")),
    plan_of=_plan,
    boards_of=_boards,
    settled=("agreement", "board"),
)

RISK_SHARES = Scope(
    visible=lambda user, rows: rows.filter(pk__in=risk_shares_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=risk_shares_editable_by(user).values("pk")),
    plan_of=_plan,
    boards_of=_boards,
    settled=("plan", "agreement", "board"),
)

RISK_SHARE_TERMS = Scope(
    visible=lambda user, rows: rows.filter(pk__in=risk_share_terms_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=risk_share_terms_editable_by(user).values("pk")),
    plan_of=lambda term: _plan(term.risk_share),
    boards_of=lambda term: _boards(term.risk_share),
    settled=("risk_share",),
)

PASSAGES = Scope(
    visible=lambda user, rows: rows.filter(pk__in=passages_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=passages_editable_by(user).values("pk")),
    plan_of=_no_plan,
    boards_of=lambda passage: [passage.board],
    settled=("board",),
)

PROGRAMMES = Scope(
    visible=lambda user, rows: rows.filter(pk__in=programmes_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=programmes_editable_by(user).values("pk")),
    plan_of=_no_plan,
    boards_of=lambda programme: [programme.board],
    settled=("board",),
)

PROGRAMME_ROWS = Scope(
    visible=programme_rows_visible_to,
    editable=programme_rows_editable_by,
    plan_of=_no_plan,
    boards_of=lambda row: [row.programme.board],
    settled=("programme",),
)
