"""Lists of a plan's money: contributions, spend lines and published minimums."""

from bcf.base.sums import Sum
from bcf.reporting.lists.base import Filter, RowList, Shown, year_words
from plans.cycle_words import cycle_words
from plans.models import Contribution, Requirement
from schemes.models import SpendLine
from schemes.queries import SPEND, components_under_wholes

YEAR = Filter("year", "Financial year", "financial_year", year_words)


def _counts(line: SpendLine) -> str:
    if line.breaks_down_id:
        return "No: component"
    return "Yes" if line.in_pool else "No: not in pool"


def _provider(line: SpendLine) -> str:
    """The provider, or what type it is in the cycle's words."""
    if line.provider or not line.provider_type:
        return str(line.provider or "")
    words = cycle_words(line.plan.cycle.key)["provider_type"]
    return words.get(line.provider_type, line.provider_type)


CONTRIBUTIONS = RowList(
    key="contributions",
    heading="Contributions",
    empty="No contribution by source is entered. Until one is, the plan’s income is the total "
    "pool that it states.",
    rows=lambda plans: (
        Contribution.objects.filter(plan__in=plans)
        .select_related("contributor", "plan__cycle")
        .order_by("plan", "financial_year", "pk")
    ),
    columns=(
        Shown("Funding source", lambda row: row.source_label),
        Shown("Financial year", lambda row: row.financial_year.label),
        Shown("Contributor", lambda row: row.contributor),
        Shown("Amount", lambda row: row.amount, "money", sums=True),
    ),
    filters=(
        YEAR,
        Filter("source", "Funding source", "funding_source"),
        Filter("contributor", "Contributor", "contributor__name"),
    ),
    search=("funding_source", "contributor__name", "note"),
    amount="amount",
    sum=Sum("Contributions", "amount"),
    bodies=lambda row: (row.contributor,),
)

SPEND_LINES = RowList(
    key="spend-lines",
    heading="Spend lines",
    empty="No spend line is entered yet.",
    rows=lambda plans: components_under_wholes(
        SpendLine.objects.filter(plan__in=plans).select_related("scheme", "plan__cycle", "provider")
    ),
    columns=(
        Shown("Spend line", lambda row: row.description),
        Shown("Financial year", lambda row: row.financial_year.label),
        Shown("Scheme", lambda row: row.scheme and row.scheme.reference),
        Shown("Theme", lambda row: row.theme),
        Shown("Funding source", lambda row: row.source_label),
        Shown("Provider", _provider),
        Shown("Counts", _counts),
        Shown("Amount", lambda row: row.amount, "money", sums=True),
    ),
    filters=(
        YEAR,
        Filter("scheme", "Scheme", "scheme__reference"),
        Filter("scheme-ref", "Scheme", "scheme__ref", is_offered=False),
        Filter("area", "Area of spend", "area_of_spend", is_offered=False),
        Filter("objective", "Primary objective", "primary_objective", is_offered=False),
        Filter("theme", "Theme", "theme"),
        Filter("source", "Funding source", "funding_source"),
    ),
    search=("description", "theme", "scheme__name", "provider__name"),
    amount="amount",
    sum=SPEND,
    indent=lambda row: 1 if row.breaks_down_id else 0,
    notes=(
        "A component breaks down the line above it, and a line outside the pool stands beside "
        "it: neither counts in the total.",
    ),
)

REQUIREMENTS = RowList(
    key="requirements",
    heading="Published minimums",
    empty="No published minimum is entered yet.",
    rows=lambda plans: Requirement.objects.filter(plan__in=plans).select_related("plan__cycle"),
    columns=(
        Shown("Requirement", lambda row: row.rule_label),
        Shown("Financial year", lambda row: row.financial_year.label),
        Shown("Minimum", lambda row: row.minimum, "money"),
        Shown("Stated by the plan", lambda row: row.actual, "money"),
    ),
    filters=(YEAR, Filter("rule", "Requirement", "rule")),
    search=("rule", "note"),
)
