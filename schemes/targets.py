"""What rows of files point at within a plan: its schemes, spend lines and benefits."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from bcf.base.references import Target
from plans.models import Plan
from plans.queries import Somebody, plans_visible_to
from plans.targets import PLANS
from schemes.models import Benefit, Scheme, SpendLine


def _in_plan(model: Any, noun: str, names: Callable[[Any], list[str]]) -> Target:
    def rows(person: Somebody) -> QuerySet[Any]:
        visible = plans_visible_to(person).values("pk")
        found: QuerySet[Any] = model.objects.filter(plan__in=visible)
        return found

    return Target(
        noun,
        rows=rows,
        names=names,
        place=lambda row: row.plan_id,
        within=lambda rows, plan: rows.filter(plan=plan),
        owner=PLANS,
        owner_id="plan_id",
    )


SCHEMES = _in_plan(
    Scheme, "scheme", lambda scheme: [scheme.reference, scheme.ref, scheme.name, str(scheme)]
)
LINES = _in_plan(SpendLine, "spend line", lambda line: [line.ref])
BENEFITS = _in_plan(Benefit, "benefit", lambda benefit: [benefit.ref])


def own_plan(row: Any) -> list[int | None]:
    """Where a row looks for rows of its own plan."""
    return [row.plan_id]


def plan_and_joint_plan(row: Any) -> list[int | None]:
    """Where a row looks for schemes: in its plan, and in the joint plan which that is part of."""
    plan: Plan | None = row.plan if row.plan_id else None
    return [row.plan_id, plan.part_of_id if plan else None]
