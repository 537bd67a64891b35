"""When a plan or one of its rows last changed, from the history."""

from datetime import datetime

from django.db.models import Max, Model, QuerySet

from plans.models import Contribution, Plan, Requirement
from schemes.models import Scheme, SpendLine

ROWS: tuple[type[Model], ...] = (Contribution, Requirement, Scheme, SpendLine)


def last_changed(plan: Plan, parts: QuerySet[Plan]) -> datetime | None:
    """The moment of the last change of the plan, of these parts of it, or of any row of theirs.

    Removed rows count. None where there is no history, as in a plan that was never saved.
    """
    ids = [plan.pk, *parts.values_list("pk", flat=True)]
    moments = [
        model.history.filter(plan__in=ids).aggregate(at=Max("history_date"))["at"]  # type: ignore[attr-defined]
        for model in ROWS
    ]
    moments.append(Plan.history.filter(id__in=ids).aggregate(at=Max("history_date"))["at"])
    return max((moment for moment in moments if moment), default=None)
