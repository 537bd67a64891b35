"""Who may read and change the rows of a kind of model: one answer for admin, files and API.

A scope says which rows a person may read, which the person may change now, and holds rows for
a change: it locks their plans, and refuses where a plan is closed or a row is not the person's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from plans import actions
from plans.models import Board, Plan
from plans.queries import (
    Somebody,
    boards_where,
    plans_editable_by,
    plans_visible_to,
    rows_editable_by,
    rows_visible_to,
)

Rows = QuerySet[Any]


def _no_boards(row: Any) -> list[Board]:
    return []


@dataclass(frozen=True)
class Scope:
    """The rows of one kind that a person may read and change.

    `plan_of` gives the plan whose status decides whether a row may change; where there is none,
    `ability` on one of the boards of `boards_of` decides. `settled` names what is chosen once,
    when a row is made, because it decides who may read and change the row.
    """

    visible: Callable[[Somebody, Rows], Rows]
    editable: Callable[[Somebody, Rows], Rows]
    plan_of: Callable[[Any], Plan | None]
    boards_of: Callable[[Any], list[Board]] = _no_boards
    ability: Ability = Ability.EDIT_DRAFT
    settled: tuple[str, ...] = ()

    def rows(self, user: Somebody, model: Any) -> Rows:
        """All rows of the model that the user may read."""
        return self.visible(user, model._default_manager.all())

    def hold(self, rows: Iterable[Any], *, by: User) -> None:
        """Lock the plans of the rows, within a transaction of the caller.

        Raises `NotAllowed` or `PlanClosed` for the first row that the person may not change now.
        """
        plans: dict[int, Plan] = {}
        alone = []
        for row in rows:
            plan = self.plan_of(row)
            if plan is None:
                alone.append(row)
            else:
                plans[plan.pk] = plan
        # Always in the same order, so that two changes never wait for each other.
        for _, plan in sorted(plans.items()):
            actions.hold_draft(plan, by=by)
        if alone:
            self._hold_of_boards(alone, by)

    def _hold_of_boards(self, rows: list[Any], by: User) -> None:
        own = set(boards_where(by, self.ability).values_list("pk", flat=True))
        for row in rows:
            if own.isdisjoint(board.pk for board in self.boards_of(row)):
                raise actions.NotAllowed(f"You may not change {row}: it is of no board of yours.")


def _plan_itself(row: Any) -> Plan | None:
    plan: Plan = row
    return plan


def _plan(row: Any) -> Plan | None:
    plan: Plan | None = row.plan
    return plan


PLANS = Scope(
    visible=lambda user, rows: rows.filter(pk__in=plans_visible_to(user).values("pk")),
    editable=lambda user, rows: rows.filter(pk__in=plans_editable_by(user).values("pk")),
    plan_of=_plan_itself,
)

PLAN_ROWS = Scope(
    visible=rows_visible_to,
    editable=rows_editable_by,
    plan_of=_plan,
    settled=("plan",),
)


class ReferenceScope(Scope):
    """What everybody shares, such as organisations: read by all, changed by administrators."""

    def hold(self, rows: Iterable[Any], *, by: User) -> None:
        """Raise `NotAllowed` for everybody but an administrator."""
        if not by.is_administrator:
            raise actions.NotAllowed("Only an administrator changes what all plans share.")


def _nobodys(row: Any) -> Plan | None:
    return None


def _for_administrators(user: Somebody, rows: Rows) -> Rows:
    return rows if isinstance(user, User) and user.is_administrator else rows.none()


REFERENCE = ReferenceScope(
    visible=lambda user, rows: rows,
    editable=_for_administrators,
    plan_of=_nobodys,
)
