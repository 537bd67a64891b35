"""When a plan or one of its rows last changed, from the history."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Max, QuerySet

from bcf.base.models import Row
from plans.models import Plan


def kinds_of_rows() -> list[Any]:
    """Every kind of row that names a plan."""
    return [model for model in apps.get_models() if issubclass(model, Row) and _has_plan(model)]


def _has_plan(model: Any) -> bool:
    try:
        model._meta.get_field("plan")
    except FieldDoesNotExist:
        return False
    return True


def last_changed(family: Iterable[Plan]) -> datetime | None:
    """The moment of the last change of any of these plans, or of any row of theirs.

    Removed rows count. None where there is no history, as in a plan that was never saved. One
    query, however many kinds of row there are.
    """
    ids = [plan.pk for plan in family]
    plans = _moments(Plan.history.filter(id__in=ids), "id")
    rows = [_moments(kind.history.filter(plan__in=ids), "plan_id") for kind in kinds_of_rows()]
    return max(plans.union(*rows), default=None)


def last_changes(plans: Sequence[int]) -> dict[int, datetime]:
    """The moment of the last change of each of these plans or of any row of its own.

    A plan without a history is not among them. One query, however many plans and kinds of row.
    """
    if not plans:
        return {}
    found = _by_plan(Plan.history.filter(id__in=plans), "id").union(
        *(_by_plan(kind.history.filter(plan__in=plans), "plan_id") for kind in kinds_of_rows())
    )
    latest: dict[int, datetime] = {}
    for plan, at in found:
        latest[plan] = max(at, latest.get(plan, at))
    return latest


def _by_plan(history: QuerySet[Any], owner: str) -> QuerySet[Any]:
    """Each plan of one history with the latest moment in it."""
    latest = history.order_by().annotate(of_plan=F(owner)).values("of_plan")
    return latest.annotate(latest=Max("history_date")).values_list("of_plan", "latest")


def _moments(history: QuerySet[Any], owner: str) -> QuerySet[Any]:
    """The latest moment of each plan in one history."""
    latest = history.order_by().values(owner).annotate(at=Max("history_date"))
    return latest.values_list("at", flat=True)
