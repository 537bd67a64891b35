"""Reads of schemes and spend lines; who may see them is decided by `plans.queries`."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from schemes.models import SpendLine


def components_under_wholes(lines: QuerySet[SpendLine]) -> QuerySet[SpendLine]:
    """By plan and year, each line followed by the lines that break it down."""
    whole = Coalesce("breaks_down", "id")
    top_first = F("breaks_down").asc(nulls_first=True)
    return lines.order_by("plan", "financial_year", whole, top_first, "id")
