"""The admin of rows of plans: each chooses its plan once, and offers what its cycle offers."""

from django.contrib import admin

from bcf.base.sums import Sum
from plans.admin.columns import OF_PLAN, money_column
from plans.admin.fieldsets import PUBLISHED, fieldsets
from plans.admin.filters import OF_PLANS, year_filter
from plans.admin.grid import GridAdmin
from plans.admin.money_grids import CONTRIBUTIONS, REQUIREMENTS
from plans.admin.owners import PlanRowAdmin
from plans.admin.value_filters import cycle_filter, related_filter
from plans.models import Contribution, Requirement
from plans.row_forms import ContributionForm, RequirementForm

SOURCE = cycle_filter(
    "funding_source", "funding source", lambda cycle: cycle.funding_sources, "source"
)
OVERLAP = (
    "Published minimums of different rules overlap, so they are not added up. "
    "Filter by one requirement to see its total."
)


class ContributionAdmin(GridAdmin, PlanRowAdmin):
    """Contributions of all plans that the person may read."""

    grid = CONTRIBUTIONS
    form = ContributionForm
    list_display = (
        "source",
        "year",
        "contributor",
        money_column("amount", "amount (£)"),
        OF_PLAN,
    )
    list_select_related = ("plan__cycle", "contributor")
    list_filter = (*OF_PLANS, year_filter(), SOURCE, related_filter("contributor"))
    search_fields = ("ref", "funding_source", "note", "plan__title", "contributor__name")
    sums = (Sum("Contributions", "amount"),)
    fieldsets = fieldsets(
        ("financial_year", "funding_source", "sub_source", "contributor", "amount", "note"),
        PUBLISHED,
    )

    @admin.display(description="funding source", ordering="funding_source")
    def source(self, contribution: Contribution) -> str:
        return contribution.source_label


class RequirementAdmin(GridAdmin, PlanRowAdmin):
    """Published minimums of all plans that the person may read."""

    grid = REQUIREMENTS
    form = RequirementForm
    list_display = (
        "requirement",
        "year",
        money_column("minimum", "minimum (£)"),
        money_column("actual", "as the plan states it (£)"),
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        year_filter(),
        cycle_filter("rule", "requirement", lambda cycle: cycle.requirement_rules),
    )
    search_fields = ("ref", "rule", "note", "plan__title")
    sums = (
        Sum("Minimum", "minimum", within="rule", why=OVERLAP),
        Sum("As the plans state it", "actual", within="rule"),
    )
    fieldsets = fieldsets(
        ("financial_year", "rule", "minimum", "actual", "printed_actual", "note"), PUBLISHED
    )

    @admin.display(description="requirement", ordering="rule")
    def requirement(self, requirement: Requirement) -> str:
        return requirement.rule_label
